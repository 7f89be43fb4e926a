//! Addresses and prefixes, as Go's `net` and `net/netip` read them.

use std::net::IpAddr;

use crate::find;

/// An address with the length of a prefix, host bits kept: `10.1.2.3/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
        None => Some((parse(text)?, false)),
        Some((addr, zone)) if !zone.is_empty() => match parse(addr)? {
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

/// An address without a zone. The standard library reads the same ones, and weighs three times as much in the wasm.
fn parse(text: &str) -> Option<IpAddr> {
    match find::has(text, b':') {
        true => parse_ipv6(text).map(|it| IpAddr::V6(it.into())),
        false => parse_ipv4(text).map(|it| IpAddr::V4(it.into())),
    }
}

/// Four numbers up to 255 without leading zeros.
fn parse_ipv4(text: &str) -> Option<u32> {
    let mut number = 0;
    let mut count = 0_usize;
    for part in text.split('.') {
        let is_plain = part.bytes().all(|it| it.is_ascii_digit());
        let has_zeros = part.len() > 1 && part.starts_with('0');
        let byte: u8 = part.parse().ok().filter(|_| is_plain && !has_zeros)?;
        number = number << 8 | u32::from(byte);
        count += 1;
    }
    (count == 4).then_some(number)
}

/// Eight groups, or fewer around one `::`; the last two may be written as an IPv4 address.
pub(super) fn parse_ipv6(text: &str) -> Option<u128> {
    let Some((head, tail)) = find::split_once(text, "::") else {
        let (number, count) = groups(text, true)?;
        return (count == 8).then_some(number);
    };
    let (before, behind) = (groups(head, false)?, groups(tail, true)?);
    let is_room_left = before.1 + behind.1 < 8;
    is_room_left.then(|| before.0.unbounded_shl(16 * (8 - before.1)) | behind.0)
}

/// Up to eight groups between colons, as one number, and how many there are.
fn groups(text: &str, may_end_in_ipv4: bool) -> Option<(u128, u32)> {
    let (mut number, mut count) = (0, 0);
    let mut rest = (!text.is_empty()).then_some(text);
    while let Some(text) = rest {
        let (group, after) = match text.split_once(':') {
            Some((group, after)) => (group, Some(after)),
            None => (text, None),
        };
        rest = after;
        let is_ipv4 = may_end_in_ipv4 && rest.is_none() && find::has(group, b'.');
        let (value, size) = match is_ipv4 {
            true => (parse_ipv4(group)?, 2),
            false if matches!(group.len(), 1..=4) && group.bytes().all(|it| it.is_ascii_hexdigit()) => {
                (u32::from_str_radix(group, 16).ok()?, 1)
            }
            false => return None,
        };
        number = number << (16 * size) | u128::from(value);
        count += size;
        if count > 8 {
            return None;
        }
    }
    Some((number, count))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn reads_the_addresses_that_the_standard_library_reads(
            text in "[0-9a-f:.]{0,12}|([0-9]{1,3}\\.){3}[0-9]{1,3}|([0-9a-fA-F]{0,5}:){1,8}[0-9a-f]{0,4}|([0-9a-f]{1,4}:){0,7}:(:?[0-9a-f]{1,4}){0,7}|:(:[0-9]{1,2}){0,6}:1\\.2\\.3\\.[0-9]{1,3}",
        ) {
            prop_assert_eq!(parse(&text), text.parse().ok(), "{}", text);
        }
    }

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
