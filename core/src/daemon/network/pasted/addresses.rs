//! How do people and programs write addresses, masks and ranges?

use std::net::{IpAddr, Ipv4Addr};

use super::{Ignored, NotUnderstood};
use crate::{
    address::Subnet,
    docker::go::net::{Cidr, parse_addr},
};

/// An address or a block of them, as written in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// One address, which a mask or the end of a range can follow.
    Address(IpAddr),
    /// A block with its prefix length.
    Block(Subnet),
    /// The addresses from the first to the last, both included and of one family.
    Range(IpAddr, IpAddr),
}

/// Reads an address; a zone after it is dropped, and IPv4 in IPv6 notation counts as IPv4.
pub fn address(text: &str) -> Option<IpAddr> {
    let text = text.strip_prefix('[').unwrap_or(text);
    let text = text.strip_suffix(']').unwrap_or(text);
    Some(parse_addr(text)?.0.to_canonical())
}

/// Reads an address with prefix length or mask, host bits kept; without either it is the address alone.
///
/// The zone may be on either side of the length: `fe80::%lo0/64`, `fe80::/64%12`.
pub fn cidr(text: &str) -> Option<Cidr> {
    let Some((addr, bits)) = text.split_once('/') else {
        let addr = address(text)?;
        return Some(Cidr { addr, bits: address_bits(addr) });
    };
    let written = parse_addr(addr)?.0;
    let bits = match bits.split_once('%') {
        Some((bits, _)) if written.is_ipv6() => bits,
        _ => bits,
    };
    let bits = match bits.contains('.') {
        true if written.is_ipv4() => mask(bits)?,
        _ => number(bits)?,
    };
    let addr = written.to_canonical();
    // 96 bits of IPv4-mapped notation are the notation itself.
    let bits = match addr == written {
        true => bits,
        false => bits.checked_sub(96)?,
    };
    (bits <= address_bits(addr)).then_some(Cidr { addr, bits })
}

/// The length of an address: 32 or 128.
pub fn address_bits(addr: IpAddr) -> u8 {
    match addr {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// Reads up to three digits without sign.
pub fn number(text: &str) -> Option<u8> {
    let is_number = (1..=3).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// The prefix length of an IPv4 mask: `255.255.240.0`, `0xfffff000`.
pub fn mask(text: &str) -> Option<u8> {
    let bits = match text.strip_prefix("0x") {
        Some(digits) if digits.len() == 8 => u32::from_str_radix(digits, 16).ok()?,
        Some(_) => return None,
        None => u32::from(text.parse::<Ipv4Addr>().ok()?),
    };
    let ones = bits.leading_ones();
    (ones == bits.count_ones()).then_some(ones as u8)
}

/// The prefix length of a mask or of its inverse, which routers' access lists use: `0.0.15.255`.
pub fn mask_or_inverse(text: &str) -> Option<u8> {
    mask(text).or_else(|| {
        let inverse = !u32::from(text.parse::<Ipv4Addr>().ok()?);
        mask(&Ipv4Addr::from(inverse).to_string())
    })
}

/// Reads a destination as `netstat` abbreviates it, trailing zeros left out: `10.8/16`, `127`, `192.168.1`.
pub fn abbreviated(text: &str) -> Option<Cidr> {
    if text.contains(':') {
        return cidr(text);
    }
    let (addr, bits) = match text.split_once('/') {
        Some((addr, bits)) => (addr, Some(number(bits).filter(|it| *it <= 32)?)),
        None => (text, None),
    };
    let mut octets = [0; 4];
    let mut count = 0;
    for octet in addr.split('.') {
        *octets.get_mut(count)? = number(octet)?;
        count += 1;
    }
    Some(Cidr { addr: IpAddr::from(octets), bits: bits.unwrap_or(8 * count as u8) })
}

/// Whether a word is meant as an address, so that it must not be taken for a name.
pub fn looks_like_address(word: &str) -> bool {
    // Nearly every word ends here.
    let begins = word.bytes().next().is_some_and(|it| it.is_ascii_hexdigit() || matches!(it, b'[' | b':' | b'.'));
    if !begins || !has_marks(word) {
        return false;
    }
    // The start of a range tells.
    let word = match word.is_ascii() {
        true => word.split('-').next(),
        false => word.split(['-', '–', '—']).next(),
    };
    let word = word.unwrap_or_default();
    looks_like_six(word.trim_start_matches('[')) || looks_like_four(word)
}

/// Whether a word has a mark that no address goes without: `10.8.0.1`, `10/8`, `fd00::`.
pub fn has_marks(word: &str) -> bool {
    word.bytes().any(|it| matches!(it, b'.' | b':' | b'/'))
}

fn looks_like_four(word: &str) -> bool {
    let dots = word.bytes().filter(|it| *it == b'.').count();
    let is_cut = word.contains(['/', '*']) && dots > 0 || matches!(word, "10/8" | "127/8");
    word.bytes().next().is_some_and(|it| it.is_ascii_digit())
        && (dots >= 2 || is_cut)
        && word.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'/' | b'*' | b'x' | b'X' | b':'))
}

fn looks_like_six(word: &str) -> bool {
    let addr = word.split(['/', '%', ']']).next().unwrap_or_default();
    let colons = addr.bytes().filter(|it| *it == b':').count();
    (addr.contains("::") || colons >= 7) && addr.bytes().all(|it| it.is_ascii_hexdigit() || matches!(it, b':' | b'.'))
}

/// Whether an address is hidden in a word that does not look like one: `https://10.0.0.1/`, `10.0.0.0/8+`.
pub fn hides_address(word: &str) -> bool {
    if !has_marks(word) {
        return false;
    }
    let four = |it: &str| it.bytes().filter(|it| *it == b'.').count() >= 3;
    let is_four = |it: char| it.is_ascii_digit() || it == '.';
    let six = |it: &str| it.contains("::") && it.contains(|it: char| it.is_ascii_digit());
    let is_six = |it: char| it.is_ascii_hexdigit() || it == ':';
    word.split(|it| !is_four(it)).any(|it| four(it) && it.starts_with(|it: char| it.is_ascii_digit()))
        || word.split(|it| !is_six(it)).any(six)
}

/// Whether an address is the first of a network rather than one of a machine.
pub fn is_network(addr: IpAddr) -> bool {
    match addr {
        IpAddr::V4(addr) => addr.octets()[3] == 0,
        IpAddr::V6(addr) => addr.segments()[4..] == [0; 4],
    }
}

/// Reads a word of a list: an address, a block, a wildcard or a range without spaces.
pub fn written(word: &str) -> Result<Written, NotUnderstood> {
    // A slash in IPv6 may be part of a zone.
    let is_block = word.contains('/') && !word.contains(':');
    if !is_block && let Some(addr) = address(word) {
        return Ok(Written::Address(addr));
    }
    if let Some(cidr) = cidr(word) {
        return Ok(Written::Block(Subnet::of(cidr)));
    }
    if let Some((first, last)) = word.split_once(['-', '–', '—']) {
        return range_of(first, last);
    }
    if word.contains(['*', 'x', 'X']) {
        return wildcard(word).ok_or(NotUnderstood::Address);
    }
    if let Some(cidr) = abbreviated(word).filter(|_| word.contains('/')) {
        return Ok(Written::Block(Subnet::of(cidr)));
    }
    let port = |it: &str| it.parse::<u16>().is_ok();
    match word.rsplit_once(':') {
        Some((addr, after)) if port(after) && !addr.contains("::") => {
            let addr = address(addr).ok_or(NotUnderstood::Address)?;
            Ok(Written::Address(addr))
        }
        _ => Err(NotUnderstood::Address),
    }
}

/// `10.0.0.0-10.0.3.255`, and `192.168.1.10-50` with the last number only.
fn range_of(first: &str, last: &str) -> Result<Written, NotUnderstood> {
    let first = address(first).ok_or(NotUnderstood::Address)?;
    let last = match (first, number(last)) {
        (IpAddr::V4(first), Some(octet)) => {
            let [a, b, c, _] = first.octets();
            IpAddr::from([a, b, c, octet])
        }
        _ => address(last).ok_or(NotUnderstood::Address)?,
    };
    range(first, last)
}

/// The addresses between two, both included.
///
/// # Errors
///
/// [`NotUnderstood::Range`] when they are of two families or the first lies after the last.
pub fn range(first: IpAddr, last: IpAddr) -> Result<Written, NotUnderstood> {
    match first.is_ipv4() == last.is_ipv4() && first <= last {
        true => Ok(Written::Range(first, last)),
        false => Err(NotUnderstood::Range),
    }
}

/// `192.168.1.*`, `10.*`, `172.16.x.x`: stars at the end only.
fn wildcard(word: &str) -> Option<Written> {
    let mut octets = [0; 4];
    let mut kept = 0;
    let mut stars = 0;
    for (at, part) in word.split('.').enumerate() {
        let octet = octets.get_mut(at)?;
        match part {
            "*" | "x" | "X" => stars += 1,
            part if stars == 0 => {
                *octet = number(part)?;
                kept += 1;
            }
            _ => return None,
        }
    }
    (stars > 0 && kept > 0).then(|| {
        let bits = 8 * kept;
        Written::Block(Subnet::new(IpAddr::from(octets), bits))
    })
}

/// Passes the fewest blocks that hold the addresses from `first` to `last` and no other, in order.
///
/// At most 62 for IPv4 and 254 for IPv6. Addresses of two families, or out of order, give none.
pub fn cover(first: IpAddr, last: IpAddr, mut pass: impl FnMut(Subnet)) {
    let (length, first, last) = match (first, last) {
        (IpAddr::V4(first), IpAddr::V4(last)) => (32, u32::from(first).into(), u32::from(last).into()),
        (IpAddr::V6(first), IpAddr::V6(last)) => (128, u128::from(first), u128::from(last)),
        _ => return,
    };
    let mut start: u128 = first;
    while start <= last {
        // The widest block that begins at `start` and does not reach beyond `last`.
        let free = start.trailing_zeros().min(length);
        let rest = (last - start).saturating_add(1);
        let host_bits = free.min(rest.ilog2());
        let addr = match length {
            32 => IpAddr::V4((start as u32).into()),
            _ => IpAddr::V6(start.into()),
        };
        // All 2^128 addresses are one more than fit into `rest`.
        let host_bits = match start == 0 && last == u128::MAX {
            true => length,
            false => host_bits,
        };
        pass(Subnet::new(addr, (length - host_bits) as u8));
        let Some(next) = 1u128.checked_shl(host_bits).and_then(|it| start.checked_add(it)) else {
            return;
        };
        start = next;
    }
}

/// Why a network is nothing to keep clear of, whoever names it.
///
/// Source: RFC 6890; RFC 5771; RFC 4291.
pub fn special(subnet: Subnet) -> Option<Ignored> {
    if subnet.prefix_len() == 0 {
        return Some(Ignored::DefaultRoute);
    }
    let first = subnet.network_address();
    let bits = subnet.prefix_len();
    match first {
        IpAddr::V4(addr) => {
            let [a, b, ..] = addr.octets();
            match a {
                0 | 127 if bits >= 8 => Some(Ignored::Loopback),
                169 if b == 254 && bits >= 16 => Some(Ignored::LinkLocal),
                224..=239 if bits >= 4 => Some(Ignored::Multicast),
                _ => addr.is_broadcast().then_some(Ignored::Multicast),
            }
        }
        IpAddr::V6(addr) => {
            let [a, b, ..] = addr.octets();
            match (a, b) {
                (0xfe, 0x80..=0xbf) if bits >= 10 => Some(Ignored::LinkLocal),
                (0xff, _) if bits >= 8 => Some(Ignored::Multicast),
                _ if bits == 128 && (addr.is_loopback() || addr.is_unspecified()) => Some(Ignored::Loopback),
                _ => None,
            }
        }
    }
}

/// Parts of a default route that VPNs install beside the true one, so that it can stay.
///
/// Source: OpenVPN src/openvpn/route.c, `redirect_default_route_to_vpn` (0.0.0.0/1 and 128.0.0.0/1); src/openvpn/init.c,
/// `do_init_route_ipv6_list` (::/3, 2000::/4, 3000::/4, fc00::/7).
pub fn is_part_of_default(subnet: Subnet) -> bool {
    let [a, ..] = match subnet.network_address() {
        IpAddr::V4(addr) => [addr.octets()[0]],
        IpAddr::V6(addr) => [addr.octets()[0]],
    };
    match (subnet.is_ipv4(), subnet.prefix_len()) {
        (_, 1) => true,
        (false, 3) => matches!(a, 0 | 0x20),
        (false, 4) => matches!(a, 0x20 | 0x30),
        (false, 7) => a == 0xfc,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What [`looks_like_address`] says, without its short cuts.
    fn looks_like_address_at_length(word: &str) -> bool {
        let word = word.split(['-', '–', '—']).next().unwrap_or_default();
        looks_like_six(word.trim_start_matches('[')) || looks_like_four(word)
    }

    proptest! {
        #[test]
        fn short_cuts_lead_to_the_same(word in "[0-9a-f:./*xX%\\[\\]–—\\-g]{0,12}|.{0,8}") {
            prop_assert_eq!(looks_like_address(&word), looks_like_address_at_length(&word));
            if word.contains('/') && !word.contains(':') {
                prop_assert_eq!(address(&word), None);
            }
            if !has_marks(&word) {
                let is_mark = |it: char| it.is_ascii_hexdigit() || matches!(it, '.' | ':');
                prop_assert!(word.split(|it| !is_mark(it)).all(|it| !it.contains("::") && !it.contains('.')));
            }
        }
    }
}
