//! A subnet that a network has which is there already.

use super::{Context, Diagnostic};
use crate::containers::model::Network;

rule! {
    /// A subnet has addresses of a network that is there already.
    ///
    /// ## Why it matters
    /// What was pasted among the networks to keep clear of says which networks Docker has. It refuses another one with
    /// addresses of theirs: "Pool overlaps with other one on this address space".
    ///
    /// ## What to do
    /// Choose another subnet, or remove the network that is there.
    ///
    /// ## Example
    /// ```yaml keep-clear=[{"Name":"old","IPAM":{"Config":[{"Subnet":"10.7.0.0/16"}]}}]
    /// # With the networks that Docker has pasted among those to keep clear of; `old` has 10.7.0.0/16.
    /// services:
    ///   web: { image: "nginx:1.27", networks: [front] }
    /// networks:
    ///   front:
    ///     ipam: { config: [{ subnet: 10.7.1.0/24 }] }
    /// ```
    /// ```sh keep-clear=[{"Name":"old","IPAM":{"Config":[{"Subnet":"10.7.0.0/16"}]}}]
    /// # With the networks that Docker has pasted among those to keep clear of; `old` has 10.7.0.0/16.
    /// docker network create --subnet 10.7.1.0/24 front
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/address_space.go`, `allocateSubnet`; containers/common
    /// `libnetwork/internal/util/util.go`, `GetUsedSubnets`
    "subnet-in-use", [Warning], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let networks = context.networks;
    for it in networks.written.iter().filter(|it| it.is_exclusive && !networks.meets_bridge(it.subnet)) {
        let Some(network) = context.project.networks.get(it.network) else { continue };
        let in_use = networks.avoid.in_use().iter().take(MOST);
        let mut others = in_use.filter(|other| other.subnet.overlaps(it.subnet) && !is_itself(network, &other.name));
        let Some(other) = others.next() else { continue };
        found.push(
            Diagnostic::warning(
                ID,
                it.span,
                format!(
                    "{} of `{}` overlaps {} of `{}`, which is there",
                    it.subnet, network.name, other.subnet, other.name
                ),
            )
            .why(format!("{} refuses to make a network with addresses that another one has.", context.maker()))
            .help(format!("Choose another subnet{}, or remove the network that is there.", context.such_as())),
        );
    }
}

/// So many networks that are there are compared.
const MOST: usize = 512;

/// Whether a network that is there is likely one of the text, made before: `shop_front` is `front` of the project `shop`.
fn is_itself(network: &Network, there: &str) -> bool {
    let own = network.own_name.as_ref().map_or(&network.name, |it| &it.value);
    there.strip_suffix(own.as_str()).is_some_and(|it| it.is_empty() || it.ends_with('_'))
}
