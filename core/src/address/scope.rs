//! Whom do addresses belong to: anybody, the internet, or a special use?
//!
//! Source: RFC 1918, RFC 4193, RFC 6598, RFC 6890.

use super::Subnet;
use crate::docker::go::net::parse_cidr;

/// Ranges for private use; 100.64.0.0/10 is shared by providers and VPNs, 198.18.0.0/15 is for tests.
const FREE: &[&str] = &["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15"];

/// Ranges of a special meaning, the narrower before the wider.
const SPECIAL: &[(&str, &str)] = &[
    ("0.0.0.0/8", "addresses that mean this host"),
    ("127.0.0.0/8", "loopback addresses"),
    ("169.254.0.0/16", "link-local addresses"),
    ("224.0.0.0/4", "multicast addresses"),
    ("240.0.0.0/4", "reserved addresses"),
    ("::1/128", "the loopback address"),
    ("fe80::/10", "link-local addresses"),
    ("ff00::/8", "multicast addresses"),
];

/// Whom the addresses of a block belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Anybody may use them; in IPv6 also those that providers assign.
    Free,
    /// They have a meaning of their own, named in the plural: "loopback addresses".
    Special(&'static str),
    /// Machines on the internet.
    Public,
    /// Some are free and others are not.
    Mixed,
}

impl Scope {
    /// Whom the addresses of `block` belong to.
    pub fn of(block: Subnet) -> Self {
        let subnet = |text: &&str| parse_cidr(text).map(Subnet::of);
        let is_within = |text: &&str| subnet(text).is_some_and(|it| it.contains(block));
        if let Some((_, what)) = SPECIAL.iter().find(|(range, _)| is_within(range)) {
            return Scope::Special(what);
        }
        if !block.is_ipv4() {
            return match SPECIAL.iter().any(|(range, _)| subnet(range).is_some_and(|it| it.overlaps(block))) {
                true => Scope::Mixed,
                false => Scope::Free,
            };
        }
        if FREE.iter().any(is_within) {
            return Scope::Free;
        }
        match FREE.iter().filter_map(subnet).any(|it| it.overlaps(block)) {
            true => Scope::Mixed,
            false => Scope::Public,
        }
    }
}
