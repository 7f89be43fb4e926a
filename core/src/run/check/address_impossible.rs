//! An address that the container cannot have.

use std::{collections::BTreeMap, net::IpAddr};

use super::{Context, Found, refused};
use crate::{
    address::Subnet,
    containers::model::{Joined, Network},
    docker::go::net,
    text::Span,
};

rule! {
    /// An address that the container cannot have.
    ///
    /// ## Why it matters
    /// Docker gives an address only on a network whose subnet the command chose, within that subnet, and neither the
    /// first and last nor the gateway. On the network that it has by itself, and on those whose subnet it chose, it
    /// refuses.
    ///
    /// ## What to do
    /// Make a network with `--subnet`, and choose an address of it.
    ///
    /// ## Example
    /// ```sh
    /// docker run --ip 172.17.0.5 nginx:1.27
    /// ```
    ///
    /// ## Source
    /// moby `daemon/container_operations.go`, `validateNetworkingConfig`: "user specified IP address is supported only
    /// when connecting to networks with user configured subnets"
    "address-impossible", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let networks: BTreeMap<&str, &Network> = context.project.networks.iter().map(|it| (it.name.as_str(), it)).collect();
    let mut taken: BTreeMap<(&str, IpAddr), (&str, Span)> = BTreeMap::new();
    for (container, run) in context.runs() {
        let single = ["ip", "ip6"].into_iter().filter_map(|it| run.last(it)).filter_map(|it| it.value.as_ref());
        if container.networks.is_empty() && !context.is_podman(run) {
            for address in single {
                found.push(
                    refused(ID, address.span, "On the network that Docker has by itself, nobody chooses an address")
                        .why("Docker refuses an address on a network whose subnet the user did not choose.")
                        .help("Make a network with `docker network create --subnet`, and join it with `--network`."),
                );
            }
            continue;
        }
        for joined in &container.networks {
            let Joined { network: name, ipv4, ipv6, .. } = &joined.value;
            for written in ipv4.iter().chain(ipv6) {
                let Some(address) = net::parse_ip(written) else { continue };
                let said = ["ip", "ip6"].into_iter().filter_map(|it| run.last(it)?.value.as_ref());
                let span = said.into_iter().find(|it| it.value == *written).map_or(joined.span, |it| it.span);
                if let Some((other, place)) = taken.get(&(name.as_str(), address)) {
                    found.push(
                        refused(ID, span, format!("{address} is that of `{other}` already"))
                            .related(*place, "has it")
                            .why("An address belongs to one container.")
                            .help("Choose another address of the subnet."),
                    );
                }
                taken.insert((name, address), (&container.name, span));
                let network = networks.get(name.as_str()).filter(|it| !it.is_external);
                if let Some((message, help)) = network.and_then(|it| flaw(it, address)) {
                    found.push(
                        refused(ID, span, message)
                            .why("Docker gives an address only of a subnet that the user chose for the network.")
                            .help(help),
                    );
                }
            }
        }
    }
}

/// Why a network has no such address for a container, and what to do.
fn flaw(network: &Network, address: IpAddr) -> Option<(String, String)> {
    let name = &network.name;
    let of = |it: &str| net::parse_cidr(it).map(Subnet::of);
    let blocks: Vec<Subnet> = network.subnets.iter().filter_map(|it| of(&it.value.subnet)).collect();
    if blocks.is_empty() {
        return Some((
            format!("Nobody chose a subnet for `{name}`, so that {address} cannot be given"),
            "Add `--subnet` to `docker network create`, with a block that holds it.".to_owned(),
        ));
    }
    let Some(block) = blocks.iter().find(|it| it.holds(address)) else {
        let all = blocks.iter().map(|it| it.to_string()).collect::<Vec<_>>().join(" and ");
        return Some((format!("{address} lies outside {all} of `{name}`"), format!("Choose an address of {all}.")));
    };
    let subnet = network.subnets.iter().find(|it| of(&it.value.subnet) == Some(*block));
    let gateway = subnet.and_then(|it| it.value.gateway.as_deref()).and_then(net::parse_ip);
    let gateway = gateway.or_else(|| block.address(1));
    let is_ours = |it: IpAddr| it == address;
    let what = match () {
        () if gateway.is_some_and(is_ours) => "is the gateway",
        () if is_ours(block.network_address()) => "is the first address",
        () if block.is_ipv4() && is_ours(block.last_address()) => "is the last address",
        () => return None,
    };
    Some((format!("{address} {what} of {block}"), format!("Choose another address of {block}.")))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_addresses_that_cannot_be() {
        let network = "docker network create --subnet 10.1.0.0/24 a\n";
        for (text, expected) in [
            ("docker run --ip 172.17.0.5 x:1", &["error 172.17.0.5"][..]),
            ("docker network create a\ndocker run --network a --ip 10.1.0.5 x:1", &["error 10.1.0.5"]),
            (&format!("{network}docker run --network a --ip 10.1.1.5 x:1"), &["error 10.1.1.5"]),
            (&format!("{network}docker run --network a --ip 10.1.0.1 x:1"), &["error 10.1.0.1"]),
            (&format!("{network}docker run --network a --ip 10.1.0.255 x:1"), &["error 10.1.0.255"]),
            (&format!("{network}docker run --network a --ip 10.1.0.5 x:1"), &[]),
            (&format!("{network}docker run --network name=a,ip=10.1.1.5 x:1"), &["error name=a,ip=10.1.1.5"]),
            (
                &format!("{network}docker run --net a --ip 10.1.0.5 x:1\ndocker run --net a --ip 10.1.0.5 y:1"),
                &["error 10.1.0.5"],
            ),
            ("docker run --network there --ip 10.1.0.5 x:1", &[]), // its subnet is not known
            ("podman run --ip 10.88.0.5 x:1", &[]),                // Podman lets it be
        ] {
            assert_found(text, ID, expected);
        }
    }
}
