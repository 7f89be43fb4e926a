//! A subnet of addresses of the internet.

use super::{Context, Diagnostic};
use crate::address::Scope;

rule! {
    /// A network has a subnet of addresses that belong to machines on the internet.
    ///
    /// ## Why it matters
    /// Containers of it, and the machine itself, no longer reach those machines.
    ///
    /// ## What to do
    /// Use private addresses: 10.0.0.0/8, 172.16.0.0/12 (to 172.31.255.255), 192.168.0.0/16, or fd00::/8.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web: { image: "nginx:1.27", networks: [front] }
    /// networks:
    ///   front:
    ///     ipam: { config: [{ subnet: 172.32.0.0/16 }] }
    /// ```
    /// ```sh
    /// docker network create --subnet 172.32.0.0/16 front
    /// ```
    ///
    /// ## Source
    /// RFC 1918, section 3; RFC 4193
    "subnet-public", [Warning], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for it in &context.networks.written {
        let subnet = it.subnet;
        let what = match Scope::of(subnet) {
            Scope::Free => continue,
            Scope::Special(what) => format!("{subnet} are {what}"),
            Scope::Public => format!("{subnet} belongs to machines on the internet"),
            Scope::Mixed => format!("{subnet} holds more than private addresses"),
        };
        found.push(
            Diagnostic::warning(ID, it.span, what)
                .why("Containers of the network, and the machine itself, no longer reach what has these addresses.")
                .help("Use private ones: 10.0.0.0/8, 172.16.0.0/12, which ends at 172.31.255.255, 192.168.0.0/16, or fd00::/8."),
        );
    }
}
