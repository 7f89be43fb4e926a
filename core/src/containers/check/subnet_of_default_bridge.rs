//! A subnet with addresses of the default bridge.

use super::{Context, Diagnostic, refused};

rule! {
    /// A subnet has addresses of the network that Docker or Podman has by itself: docker0, podman0.
    ///
    /// ## Why it matters
    /// That network is there already, so that this one is refused: "Pool overlaps with other one on this address space".
    /// docker0 has the first subnet of the daemon's address pools, 172.17.0.0/16, unless `bip` says another; Podman's has
    /// 10.88.0.0/16.
    ///
    /// ## What to do
    /// Choose a subnet outside of it.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web: { image: "nginx:1.27", networks: [front] }
    /// networks:
    ///   front:
    ///     ipam: { config: [{ subnet: 172.17.5.0/24 }] }
    /// ```
    /// ```sh
    /// docker network create --subnet 172.17.5.0/24 front
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/address_space.go`, `allocateSubnet`; containers/common
    /// `libnetwork/internal/util/util.go`, `GetUsedSubnets`
    "subnet-of-default-bridge", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let networks = context.networks;
    for it in networks.written.iter().filter(|it| it.is_exclusive) {
        let Some(bridge) = networks.bridges().find(|bridge| bridge.overlaps(it.subnet)) else { continue };
        let name = context.name(it.network);
        found.push(
            refused(ID, it.span, format!("{} of `{name}` overlaps {bridge} of {}", it.subnet, networks.bridge()))
                .why(format!(
                    "{} has that network by itself, and refuses another one with addresses of it.",
                    context.maker()
                ))
                .help(format!("Choose a subnet outside of it{}.", context.such_as())),
        );
    }
}
