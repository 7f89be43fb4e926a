//! A subnet of addresses of the internet.

use super::{Context, Diagnostic};
use crate::{
    address::{Scope, Subnet},
    docker::go::net::parse_cidr,
};

rule! {
    /// A network has a subnet of addresses that belong to machines on the internet.
    ///
    /// ## Why it matters
    /// Containers of it, and the machine itself, no longer reach those machines.
    ///
    /// ## What to do
    /// Use private addresses: 10.0.0.0/8, 172.16.0.0/12 (to 172.31.255.255) or 192.168.0.0/16.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web: { image: "nginx:1.27", networks: [front] }
    /// networks:
    ///   front:
    ///     ipam: { config: [{ subnet: 172.32.0.0/16 }] }
    /// ```
    ///
    /// ## Source
    /// RFC 1918, section 3
    "subnet-public", [Warning], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for subnet in context.project().networks.iter().flat_map(|it| &it.subnets) {
        let Some(block) = parse_cidr(&subnet.value.subnet).map(Subnet::of) else { continue };
        let what = match Scope::of(block) {
            Scope::Free => continue,
            Scope::Special(what) => format!("{block} are {what}"),
            Scope::Public => format!("{block} belongs to machines on the internet"),
            Scope::Mixed => format!("{block} holds more than private addresses"),
        };
        found.push(
            Diagnostic::warning(ID, subnet.span, what)
                .why("Containers of the network, and the machine itself, no longer reach what has these addresses.")
                .help("Use private ones: 10.0.0.0/8, 172.16.0.0/12, which ends at 172.31.255.255, or 192.168.0.0/16."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn subnets_are_private() {
        for (subnet, is_flagged) in [
            ("172.31.0.0/16", false),
            ("172.32.0.0/16", true),
            ("10.5.0.0/16", false),
            ("8.8.8.0/24", true),
            ("127.0.0.0/8", true),
            ("fd00:1::/64", false),
            ("nonsense", false),
        ] {
            let text = format!("networks: {{n: {{ipam: {{config: [{{subnet: '{subnet}'}}]}}}}}}\n");
            let place = format!("warning {{subnet: '{subnet}'}}");
            assert_flags(&text, super::ID, if is_flagged { vec![place.as_str()] } else { vec![] }.as_slice());
        }
    }
}
