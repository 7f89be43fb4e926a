//! A network with addresses that are not private.

use super::{Context, Diagnostic, Found};
use crate::{
    address::{Scope, Subnet},
    docker::go::net::parse_cidr,
};

rule! {
    /// A network with addresses that are not private.
    ///
    /// ## Why it matters
    /// Containers of the network, and the machine itself, no longer reach what has these addresses on the internet.
    /// 172.16.0.0/12 ends at 172.31.255.255, so 172.32.0.0/16 is public.
    ///
    /// ## What to do
    /// Use private addresses: 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   project.name = "traefik";
    ///   networks.traefik.ipam.config = [ { subnet = "172.32.0.0/16"; } ];
    ///   services.traefik.service.image = "traefik:v3.1";
    /// }
    /// ```
    ///
    /// ## Source
    /// RFC 1918, section 3
    "subnet-public", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for subnet in context.reading.project.networks.iter().flat_map(|it| &it.subnets) {
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
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn subnets_are_private() {
        let quadlet =
            |subnet: &str| format!("{{ virtualisation.quadlet.networks.a.networkConfig.subnets = [ \"{subnet}\" ]; }}");
        assert_found(&quadlet("172.32.0.0/16"), ID, &["warning 172.32.0.0/16"]);
        assert_found(&quadlet("172.31.0.0/16"), ID, &[]);
    }
}
