//! Addresses and prefixes, as Go's `net` and `net/netip` read them.

use std::net::IpAddr;

/// An address with the length of a prefix, host bits kept: `10.1.2.3/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    /// The address as written; one in IPv4-mapped notation, `::ffff:10.0.0.1`, stays an IPv6 address.
    pub addr: IpAddr,
    /// At most 32 or 128.
    pub bits: u8,
}

impl Cidr {
    /// Whether the address is written in IPv4-mapped notation.
    pub fn is_mapped(self) -> bool {
        is_mapped(self.addr)
    }
}

/// Whether an address is an IPv4 address in IPv6 notation: `::ffff:10.0.0.1`.
pub fn is_mapped(addr: IpAddr) -> bool {
    addr.to_canonical() != addr
}

/// Reads an address, and whether a zone follows it: `fe80::1%eth0`.
///
/// IPv4-mapped notation stays an IPv6 address.
///
/// Source: Go `net/netip`, `ParseAddr`.
pub fn parse_addr(text: &str) -> Option<(IpAddr, bool)> {
    match text.split_once('%') {
        None => Some((text.parse().ok()?, false)),
        Some((addr, zone)) if !zone.is_empty() => match addr.parse().ok()? {
            IpAddr::V4(_) => None,
            addr => Some((addr, true)),
        },
        Some(_) => None,
    }
}

/// Reads an address without zone; IPv4-mapped notation becomes the IPv4 address it stands for.
///
/// Source: Go `net`, `ParseIP` and `IP.UnmarshalText`, which treat the two as equal.
pub fn parse_ip(text: &str) -> Option<IpAddr> {
    match parse_addr(text)? {
        (addr, false) => Some(addr.to_canonical()),
        (_, true) => None,
    }
}

/// Reads an address with the length of a prefix; leading zeros in the length are accepted.
///
/// Source: Go `net`, `ParseCIDR`.
pub fn parse_cidr(text: &str) -> Option<Cidr> {
    let (addr, bits) = text.split_once('/')?;
    cidr(addr, bits)
}

/// Reads a prefix; leading zeros in the length are refused.
///
/// Source: Go `net/netip`, `ParsePrefix`.
pub fn parse_prefix(text: &str) -> Option<Cidr> {
    let (addr, bits) = text.rsplit_once('/')?;
    match bits.len() > 1 && bits.starts_with('0') {
        true => None,
        false => cidr(addr, bits),
    }
}

fn cidr(addr: &str, bits: &str) -> Option<Cidr> {
    let (addr, false) = parse_addr(addr)? else {
        return None;
    };
    // Rust's parser takes a sign, Go's do not.
    if !bits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let bits = bits.parse::<u32>().ok()?;
    let most = if addr.is_ipv4() { 32 } else { 128 };
    let bits = u8::try_from(bits).ok().filter(|it| *it <= most)?;
    Some(Cidr { addr, bits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_two_parsers_of_prefixes_read() {
        for (text, prefix, cidr) in [
            ("10.0.0.0/16", true, true),
            ("10.1.2.3/8", true, true), // host bits are kept
            ("0.0.0.0/0", true, true),
            ("10.0.0.0/32", true, true),
            ("10.0.0.0/33", false, false),
            ("10.0.0.0/016", false, true), // only net.ParseCIDR takes leading zeros
            ("10.0.0.0/00", false, true),
            ("10.0.0.0/-1", false, false),
            ("10.0.0.0/+8", false, false),
            ("10.0.0.0/", false, false),
            ("10.0.0.0", false, false),
            ("10.0.0.0/255.255.0.0", false, false),
            ("10.0.0/16", false, false),
            ("10/8", false, false),
            ("010.0.0.0/16", false, false), // leading zeros in an address
            ("300.0.0.0/16", false, false),
            (" 10.0.0.0/16", false, false),
            ("10.0.0.0/16 ", false, false),
            ("10.0.0.0/16/24", false, false),
            ("fd00::/8", true, true),
            ("FD00::/8", true, true),
            ("fd00::/129", false, false),
            ("fe80::%eth0/64", false, false),
            ("::ffff:10.0.0.0/112", true, true),
            ("", false, false),
            ("/", false, false),
            ("abc", false, false),
        ] {
            assert_eq!(parse_prefix(text).is_some(), prefix, "{text}");
            assert_eq!(parse_cidr(text).is_some(), cidr, "{text}");
        }
    }

    #[test]
    fn reads_addresses() {
        for (text, addr, ip) in [
            ("1.1.1.1", true, true),
            ("::1", true, true),
            ("::ffff:1.1.1.1", true, true),
            ("fe80::1%eth0", true, false),
            ("fe80::1%", false, false),
            ("1.1.1.1%eth0", false, false),
            ("1.1.1.1 ", false, false),
            ("1.1.1.1:53", false, false),
            ("[::1]", false, false),
            ("01.1.1.1", false, false),
            ("1:2:3:4:5:6:7::", true, true),
            ("1:2:3:4:5:6:7:8::", false, false),
            ("12345::", false, false),
            ("", false, false),
        ] {
            assert_eq!(parse_addr(text).is_some(), addr, "{text}");
            assert_eq!(parse_ip(text).is_some(), ip, "{text}");
        }
        assert_eq!(parse_ip("::ffff:1.1.1.1"), parse_ip("1.1.1.1"));
    }
}
