//! A `bip` that no host can have in its subnet.

use std::net::IpAddr;

use super::{
    Context, Found,
    bip_malformed::{bridge_addresses, unmapped},
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    address::{Scope, Subnet},
    docker::go::net::parse_cidr,
};

rule! {
    /// `bip` or `bip6` is an address that a bridge cannot have.
    ///
    /// ## Why it matters
    /// The first address of a subnet names the network, the last one in IPv4 is for broadcasts; both are reserved, and
    /// the daemon does not start: "address already in use". A subnet of one or two addresses leaves containers none.
    /// With public, loopback or multicast addresses the daemon starts, and the network does not work as one would
    /// expect.
    ///
    /// ## What to do
    /// Use a private address within the subnet, usually the first but one: 10.200.0.1/24.
    ///
    /// ## Example
    /// ```json
    /// { "bip": "10.200.0.0/24" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/network.go`, `ipamAllocateVersion`;
    /// `daemon/libnetwork/ipams/defaultipam/allocator.go`, `newPoolData`
    "bip-not-a-host-address", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (key, setting) in bridge_addresses(context) {
        let Some(cidr) = parse_cidr(setting.value).map(unmapped) else {
            continue;
        };
        if cidr.addr.is_ipv4() != (key == "bip") {
            continue;
        }
        let subnet = Subnet::of(cidr);
        let text = setting.value;
        let diagnostic = match fault(context, cidr.addr, subnet) {
            None => continue,
            Some(Fault::Fatal(message, why)) => {
                Diagnostic::error(ID, Stage::Start, setting.span, say!("{text} in `{key}` {message}"))
                    .why(say!("{why} The Engine does not start."))
            }
            Some(Fault::Useless(message, why)) => {
                Diagnostic::warning(ID, setting.span, say!("{text} in `{key}` {message}")).why(why)
            }
        };
        found.push(diagnostic.explained(|diagnostic| {
            let is_special = !matches!(Scope::of(subnet), Scope::Free);
            let host = subnet.address(1).filter(|it| *it != subnet.last_address());
            let meant = host.filter(|it| *it != cidr.addr && !is_special);
            match meant.map(|it| say!("{it}/{}", cidr.bits)) {
                Some(meant) => diagnostic
                    .help(say!("Use an address within the subnet, such as {meant}."))
                    .fix(Fix::safe(say!("Use {meant}"), context.replace(setting.span, meant))),
                None if key == "bip" => {
                    diagnostic.help("Use a private address within its subnet, such as 10.200.0.1/24.")
                }
                None => diagnostic.help("Use an address within its subnet, such as fd00:200::1/64."),
            }
        }));
    }
}

enum Fault {
    Fatal(&'static str, &'static str),
    Useless(String, &'static str),
}

fn fault(context: &Context, addr: IpAddr, subnet: Subnet) -> Option<Fault> {
    const RESERVED: &str = "The bridge cannot have an address that is reserved.";
    let fatal = |message, why| Some(Fault::Fatal(message, why));
    let link_local = parse_cidr("fe80::/64").map(Subnet::of);
    let is_unspecified = subnet.network_address().is_unspecified();
    if is_unspecified && (subnet.prefix_len() == 0 || context.since(29, 0)) {
        return fatal(
            "lies in no subnet of its own",
            "A subnet that begins at the unspecified address stands for any subnet.",
        );
    }
    if !subnet.is_ipv4() {
        return match () {
            () if addr == subnet.network_address() => fatal("is the first address of its subnet", RESERVED),
            () if addr.is_multicast() => fatal("is a multicast address", "A bridge cannot have one."),
            () if link_local.is_some_and(|it| it.overlaps(subnet) && it != subnet) => {
                fatal("overlaps the link-local subnet fe80::/64", "The bridge always has an address in that one.")
            }
            () => None,
        };
    }
    let is_small = subnet.prefix_len() >= 31;
    match (is_small, subnet.prefix_len(), Scope::of(subnet)) {
        (true, ..) if !context.since(23, 0) => fatal(
            "has a subnet without room",
            "Its first and last address are reserved, and nothing is left for the bridge.",
        ),
        (true, 32, _) => Some(Fault::Useless(
            say!("has a subnet without room for containers"),
            "The bridge takes the only address. Containers on it do not start.",
        )),
        (false, ..) if addr == subnet.network_address() => fatal("is the network address of its subnet", RESERVED),
        (false, ..) if addr == subnet.last_address() => fatal("is the broadcast address of its subnet", RESERVED),
        (_, _, Scope::Special(what)) => Some(Fault::Useless(
            say!("is one of the {what}"),
            "The Engine starts, but containers on such a subnet reach nothing.",
        )),
        (_, _, Scope::Public) => Some(Fault::Useless(
            say!("is a public address"),
            "Neither the host nor its containers can then reach the machines on the internet that own the subnet.",
        )),
        (_, _, Scope::Mixed) => Some(Fault::Useless(
            say!("has a subnet that reaches beyond the private ranges"),
            "Its other addresses belong to machines on the internet, which then cannot be reached.",
        )),
        (_, _, Scope::Free) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn the_consequence_depends_on_address_and_engine() {
        for (bip, severities) in [
            // 20.10, 26 and 29.
            ("10.0.0.1/24", ["", "", ""]),
            ("10.0.0.254/24", ["", "", ""]),
            ("10.0.0.0/24", ["error", "error", "error"]),
            ("10.0.0.255/24", ["error", "error", "error"]),
            ("10.0.1.0/16", ["", "", ""]), // within
            ("10.0.0.1/30", ["", "", ""]),
            ("10.0.0.0/31", ["error", "", ""]),
            ("10.0.0.1/31", ["error", "", ""]),
            ("10.0.0.1/32", ["error", "warning", "warning"]),
            ("224.0.0.1/24", ["warning", "warning", "warning"]),
            ("127.0.0.1/8", ["warning", "warning", "warning"]),
            ("8.8.8.8/24", ["warning", "warning", "warning"]),
            ("10.0.0.1/7", ["warning", "warning", "warning"]),
            ("0.0.0.1/0", ["error", "error", "error"]),
            ("0.0.0.1/8", ["warning", "warning", "error"]),
            ("10.0.0.0", ["", "", ""]), // another rule's
        ] {
            let text = format!(r#"{{"bip": "{bip}"}}"#);
            for (engine, severity) in ["20.10", "26", "29"].into_iter().zip(severities) {
                let flagged = format!(r#"{severity} "{bip}""#);
                let expected: &[&str] = if severity.is_empty() { &[] } else { &[&flagged] };
                assert_flags(engine, &text, super::ID, expected);
            }
        }
        for (bip6, severity) in [
            ("fd00::1/64", ""),
            ("fd00::/64", "error"),
            ("fd00::ffff:ffff:ffff:ffff/64", ""), // IPv6 has no broadcast
            ("fd00::1/128", "error"),
            ("fe80::1/64", ""),
            ("fe80::1/10", "error"),
            ("ff02::1/64", "error"),
        ] {
            let text = format!(r#"{{"ipv6": true, "bip6": "{bip6}"}}"#);
            let flagged = format!(r#"{severity} "{bip6}""#);
            let expected: &[&str] = if severity.is_empty() { &[] } else { &[&flagged] };
            assert_flags("29", &text, super::ID, expected);
        }
    }
}
