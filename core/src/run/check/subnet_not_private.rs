//! A subnet of addresses that belong to others.

use super::{Context, Found};
use crate::{
    address::{Scope, Subnet},
    docker::go::net,
    rule::diagnostic::Diagnostic,
};

rule! {
    /// A subnet of addresses that belong to others.
    ///
    /// ## Why it matters
    /// Machines on the internet have these addresses: the host and its containers would look for them in this network,
    /// and never reach them. 172.16.0.0/12 ends with 172.31.255.255.
    ///
    /// ## What to do
    /// Use addresses of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, or fd00::/8.
    ///
    /// ## Example
    /// ```sh
    /// docker network create --subnet 172.32.0.0/16 web
    /// ```
    ///
    /// ## Source
    /// RFC 1918; RFC 4193
    "subnet-not-private", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for network in &context.project.networks {
        for subnet in &network.subnets {
            let Some(block) = net::parse_cidr(&subnet.value.subnet).map(Subnet::of) else { continue };
            let message = match Scope::of(block) {
                Scope::Free => continue,
                Scope::Special(what) => format!("{block} are {what}"),
                Scope::Public => format!("{block} belongs to machines on the internet"),
                Scope::Mixed => format!("{block} reaches beyond the private ranges"),
            };
            found.push(
                Diagnostic::warning(ID, subnet.span, message)
                    .why("The host and its containers would look for these addresses in this network, and never reach who has them.")
                    .help("Use addresses of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, or fd00::/8."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_what_is_not_private() {
        assert_found("docker network create --subnet 172.32.0.0/16 a", ID, &["warning 172.32.0.0/16"]);
        assert_found("docker network create --subnet 172.31.0.0/16 a", ID, &[]);
    }
}
