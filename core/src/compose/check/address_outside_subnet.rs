//! A static address that its network does not have.

use super::{Context, Diagnostic, Stage};
use crate::{
    address::Subnet,
    docker::go::net::{parse_cidr, parse_ip},
};

rule! {
    /// A static address that is in no subnet of its network.
    ///
    /// ## Why it matters
    /// Docker refuses to start such a container: no configured subnet contains the address. Where the network has no subnet
    /// of its own, Docker takes none of its addresses by hand either.
    ///
    /// ## What to do
    /// Give an address of the subnet, or write the subnet in `ipam.config` of the network.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     networks:
    ///       front: { ipv4_address: 10.7.1.10 }
    /// networks:
    ///   front:
    ///     ipam: { config: [{ subnet: 10.7.0.0/24 }] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/container_operations.go`, `validateEndpointIPAddress`
    "address-outside-subnet", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let project = context.project();
    let networks: std::collections::HashMap<&str, _> =
        project.networks.iter().map(|it| (it.name.as_str(), it)).collect();
    for joined in project.containers.iter().flat_map(|it| &it.networks) {
        let Some(network) = networks.get(joined.value.network.as_str()).filter(|it| !it.is_external) else { continue };
        let subnets = network.subnets.iter().filter_map(|it| parse_cidr(&it.value.subnet)).map(Subnet::of);
        let subnets: Vec<Subnet> = subnets.take(100).collect();
        for written in [&joined.value.ipv4, &joined.value.ipv6].into_iter().flatten() {
            let Some(address) = parse_ip(written) else { continue };
            let own: Vec<&Subnet> = subnets.iter().filter(|it| it.is_ipv4() == address.is_ipv4()).collect();
            if own.iter().any(|it| it.holds(address)) {
                continue;
            }
            let name = &network.name;
            let message = match own.first() {
                Some(subnet) => format!("{written} is not in {subnet}, the subnet of `{name}`"),
                None => format!("{written} is an address of `{name}`, which has no subnet of its own"),
            };
            found.push(
                Diagnostic::error(ID, Stage::Start, joined.span, message)
                    .related(network.span, "the network")
                    .why("Docker gives an address by hand only where the network says its subnet, and within it.")
                    .help("Use an address of the subnet, or write the subnet in `ipam.config` of the network."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn addresses_are_in_the_subnet_of_their_network() {
        let file = |address: &str, ipam: &str| {
            format!(
                "services: {{a: {{image: 'x:1', networks: {{n: {{ipv4_address: {address}}}}}}}}}\nnetworks: {{n: {{{ipam}}}}}\n"
            )
        };
        let subnet = "ipam: {config: [{subnet: 10.7.0.0/24}, {subnet: 'fd00::/64'}]}";
        for (address, ipam, is_flagged) in [
            ("10.7.0.10", subnet, false),
            ("10.7.1.10", subnet, true),
            ("10.7.0.10", "", true),
            ("10.7.0.10", "external: true", false),
            ("${IP}", subnet, false),
        ] {
            let text = file(address, ipam);
            let place = format!("error n: {{ipv4_address: {address}}}");
            assert_flags(
                &text,
                super::ID,
                if is_flagged { std::slice::from_ref(&place) } else { &[] }
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .as_slice(),
            );
        }
    }
}
