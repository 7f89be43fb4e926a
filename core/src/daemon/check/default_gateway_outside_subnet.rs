//! A default gateway that containers cannot have.

use std::net::IpAddr;

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    address::{Family, Subnet},
    daemon::network::{DefaultBridge, Origin},
    docker::go::net::{parse_cidr, parse_ip},
};

rule! {
    /// `default-gateway` or `default-gateway-v6` is not a free address of docker0's subnet.
    ///
    /// ## Why it matters
    /// Containers on the default bridge can only reach a gateway within their own subnet, and neither the bridge's own
    /// address nor a reserved one will do. The daemon accepts the file and then does not start.
    ///
    /// ## What to do
    /// Set `bip` so that the gateway lies in its subnet; or take the gateway out when the bridge itself is meant: that
    /// is the default.
    ///
    /// ## Example
    /// ```json
    /// { "default-gateway": "10.0.0.1" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/network.go`, `ipamAllocateVersion`: auxiliary addresses
    "default-gateway-outside-subnet", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    found.extend(Family::BOTH.into_iter().filter_map(|family| judged(context, family)));
}

fn judged(context: &Context, family: Family) -> Option<Diagnostic> {
    let docker0 = context.docker0_of(family)?;
    let (key, address_key) = match family {
        Family::Ipv4 => ("default-gateway", "bip"),
        Family::Ipv6 => ("default-gateway-v6", "bip6"),
    };
    let setting = context.settings.text(key)?;
    let gateway = parse_ip(setting.value)?;
    if docker0.origin == Origin::Disabled || docker0.origin.fails() {
        return None;
    }
    let (message, help) = match (docker0.subnet, fault(&docker0, gateway, family)?) {
        (_, Fault::Family) if family == Family::Ipv4 => (
            say!("{gateway} in `{key}` is not IPv4"),
            say!("Write an IPv4 address of docker0's subnet; IPv6 belongs in `default-gateway-v6`."),
        ),
        (_, Fault::Family) => (
            say!("{gateway} in `{key}` is not IPv6"),
            say!("Write an IPv6 address of docker0's subnet; IPv4 belongs in `default-gateway`."),
        ),
        (Some(subnet), Fault::Outside) => (
            say!("{gateway} in `{key}` lies outside docker0's subnet {subnet}"),
            match docker0.origin {
                Origin::Address | Origin::Range => {
                    say!("Choose an address within {subnet}, or change `{address_key}`.")
                }
                _ => say!("Set `{address_key}` so that its subnet holds {gateway}, or take `{key}` out."),
            },
        ),
        (None, Fault::Outside) => (
            say!("{gateway} in `{key}` lies outside docker0's subnet"),
            say!("Set `{address_key}` so that its subnet holds {gateway}, or take `{key}` out."),
        ),
        (_, Fault::Bridge) => (
            say!("{gateway} in `{key}` is the address of docker0 itself"),
            say!("Take `{key}` out: the bridge is the gateway by default."),
        ),
        (_, Fault::Reserved) => (
            say!("{gateway} in `{key}` is a reserved address of docker0's subnet"),
            say!("Choose an address that is neither the first nor, in IPv4, the last of the subnet."),
        ),
    };
    let diagnostic = Diagnostic::error(ID, Stage::Start, setting.span, message);
    let diagnostic = match context.settings.text(address_key) {
        Some(address) => diagnostic.related(address.whole(), "what sets the subnet"),
        None => diagnostic,
    };
    Some(
        diagnostic
            .why("Containers reach only a gateway in their own subnet with an address of its own. The Engine does not start.")
            .help(help)
            .fix(Fix::choice(say!("Remove `{key}`"), context.remove(setting.span))),
    )
}

enum Fault {
    Family,
    Outside,
    Bridge,
    Reserved,
}

fn fault(docker0: &DefaultBridge, gateway: IpAddr, family: Family) -> Option<Fault> {
    if Family::of(gateway) != family {
        return Some(Fault::Family);
    }
    let Some(subnet) = docker0.subnet else {
        // The pool the Engine adds lies somewhere in there.
        let added = parse_cidr("fd00::/8").map(Subnet::of);
        let is_outside = docker0.origin == Origin::AddedPool && added.is_some_and(|it| !it.holds(gateway));
        return is_outside.then_some(Fault::Outside);
    };
    let is_ipv4 = family == Family::Ipv4;
    let has_reserved = !is_ipv4 || subnet.prefix_len() < 31;
    match () {
        () if subnet.family() != family => None,
        () if !subnet.holds(gateway) => Some(Fault::Outside),
        () if docker0.address == Some(gateway) => Some(Fault::Bridge),
        () if has_reserved && gateway == subnet.network_address() => Some(Fault::Reserved),
        () if has_reserved && is_ipv4 && gateway == subnet.last_address() => Some(Fault::Reserved),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn the_gateway_is_a_free_address_of_the_subnet() {
        for (more, gateway, is_flagged) in [
            ("", "10.0.0.1", true),   // docker0 gets 172.17.0.0/16
            ("", "172.17.0.1", true), // docker0 itself
            ("", "172.17.0.2", false),
            (r#""bip": "10.0.0.1/24","#, "10.0.0.254", false),
            (r#""bip": "10.0.0.1/24","#, "10.0.0.1", true),
            (r#""bip": "10.0.0.1/24","#, "10.0.0.0", true),
            (r#""bip": "10.0.0.1/24","#, "10.0.0.255", true),
            (r#""bip": "10.0.0.1/24","#, "10.9.0.1", true),
            (r#""bip": "10.0.0.1/24","#, "fd00::1", true),
            (r#""bridge": "br0","#, "10.9.0.1", false), // unknown subnet
            (r#""bridge": "docker0","#, "10.9.0.1", true),
            (r#""bridge": "none","#, "10.9.0.1", false),
        ] {
            let text = format!(r#"{{{more} "default-gateway": "{gateway}"}}"#);
            let flagged = format!(r#"error "{gateway}""#);
            let expected: &[&str] = if is_flagged { &[&flagged] } else { &[] };
            for engine in ["20.10", "26", "29"] {
                assert_flags(engine, &text, super::ID, expected);
            }
        }
        for (text, expected) in [
            (r#"{"default-gateway-v6": "10.0.0.1"}"#, &[][..]),
            (
                r#"{"ipv6": true, "fixed-cidr-v6": "fd00::/64", "default-gateway-v6": "10.0.0.1"}"#,
                &[r#"error "10.0.0.1""#],
            ),
            (r#"{"ipv6": true, "fixed-cidr-v6": "fd00::/64", "default-gateway-v6": "fd00::5"}"#, &[]),
            (
                r#"{"ipv6": true, "fixed-cidr-v6": "fd00::/64", "default-gateway-v6": "fd00::1"}"#,
                &[r#"error "fd00::1""#],
            ),
        ] {
            assert_flags("26", text, super::ID, expected);
            assert_flags("29", text, super::ID, expected);
        }
        let text = r#"{"ipv6": true, "default-gateway-v6": "2001:db8::1"}"#;
        assert_flags("29", text, super::ID, &[r#"error "2001:db8::1""#]);
        assert_flags("26", text, super::ID, &[]); // another rule's
    }
}
