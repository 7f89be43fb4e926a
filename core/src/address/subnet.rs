//! A network in CIDR notation, and how two of them relate.

use std::{fmt, net::IpAddr};

use ipnet::IpNet;

use crate::docker::go::net::Cidr;

/// A network in CIDR notation with no host bits set.
///
/// `10.1.2.3/8` and `10.0.0.0/8` name the same network, but [`IpNet`] compares
/// their addresses; `Subnet` keeps only the second form, so equal means equal.
/// The order is by first address, the shorter prefix first, IPv4 before IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subnet(IpNet);

impl Subnet {
    /// The network of `bits` prefix length that `addr` is in; a longer prefix than the address has is cut.
    pub fn new(addr: IpAddr, bits: u8) -> Self {
        let bits = bits.min(if addr.is_ipv4() { 32 } else { 128 });
        let net = IpNet::new(addr, bits).unwrap_or_else(|_| IpNet::from(addr));
        Self(net.trunc())
    }

    /// The network an address with prefix length lies in.
    pub fn of(cidr: Cidr) -> Self {
        Self::new(cidr.addr, cidr.bits)
    }

    /// Whether some address is in both networks.
    ///
    /// Two CIDR blocks either nest or are disjoint, so one always contains the other.
    pub fn overlaps(self, other: Self) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// Whether every address of `other` is in this network; a network contains itself.
    pub fn contains(self, other: Self) -> bool {
        self.prefix_len() <= other.prefix_len() && self.holds(other.network_address())
    }

    /// The smallest network that contains both; of two families, this one with a prefix of no length.
    #[must_use]
    pub fn widened_to(self, other: Self) -> Self {
        let mut wide = self;
        while !wide.contains(other) && wide.prefix_len() > 0 {
            wide = Self::new(wide.network_address(), wide.prefix_len() - 1);
        }
        wide
    }

    /// Whether an address is in this network.
    pub fn holds(self, addr: IpAddr) -> bool {
        let bits_in_common = match (self.network_address(), addr) {
            (IpAddr::V4(a), IpAddr::V4(b)) => (u32::from(a) ^ u32::from(b)).leading_zeros(),
            (IpAddr::V6(a), IpAddr::V6(b)) => (u128::from(a) ^ u128::from(b)).leading_zeros(),
            _ => return false,
        };
        u32::from(self.prefix_len()) <= bits_in_common
    }

    /// The first address, which IPv4 calls the network address.
    pub fn network_address(self) -> IpAddr {
        self.0.addr() // it has no host bits
    }

    /// The last address, which IPv4 calls the broadcast address.
    pub fn last_address(self) -> IpAddr {
        self.0.broadcast()
    }

    /// The address that many places after the first; `None` beyond the last.
    pub fn address(self, index: u32) -> Option<IpAddr> {
        let addr = match self.network_address() {
            IpAddr::V4(addr) => IpAddr::V4(u32::from(addr).checked_add(index)?.into()),
            IpAddr::V6(addr) => IpAddr::V6(u128::from(addr).checked_add(index.into())?.into()),
        };
        self.holds(addr).then_some(addr)
    }

    /// The length of the prefix.
    pub fn prefix_len(self) -> u8 {
        self.0.prefix_len()
    }

    /// The length of an address of its family: 32 or 128.
    pub fn address_bits(self) -> u8 {
        self.0.max_prefix_len()
    }

    /// The family of its addresses.
    pub fn family(self) -> Family {
        Family::of(self.network_address())
    }

    /// Whether it is an IPv4 network.
    pub fn is_ipv4(self) -> bool {
        self.network_address().is_ipv4()
    }
}

/// The two kinds of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Addresses of 32 bits.
    Ipv4,
    /// Addresses of 128 bits.
    Ipv6,
}

impl Family {
    /// Both, in the order in which the daemon goes through them.
    pub const BOTH: [Self; 2] = [Self::Ipv4, Self::Ipv6];

    /// The family of an address; one in IPv4-mapped notation is an IPv6 address.
    pub fn of(addr: IpAddr) -> Self {
        match addr {
            IpAddr::V4(_) => Self::Ipv4,
            IpAddr::V6(_) => Self::Ipv6,
        }
    }

    /// The length of an address.
    pub fn address_bits(self) -> u8 {
        match self {
            Self::Ipv4 => 32,
            Self::Ipv6 => 128,
        }
    }
}

impl fmt::Display for Subnet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docker::go::net::parse_cidr;

    #[track_caller]
    fn subnet(text: &str) -> Subnet {
        Subnet::of(parse_cidr(text).expect(text))
    }

    #[test]
    fn overlaps_when_one_contains_the_other() {
        for (a, b, contains, overlaps) in [
            ("10.0.0.0/9", "10.128.0.0/9", false, false), // neighbours
            ("10.0.0.0/8", "10.128.0.0/9", true, true),
            ("10.128.0.0/9", "10.0.0.0/8", false, true),
            ("10.0.0.0/8", "10.0.0.0/8", true, true),
            ("0.0.0.0/0", "255.255.255.255/32", true, true),
            ("172.17.0.0/16", "fd00::/8", false, false), // different families
            ("::/0", "::/128", true, true),
        ] {
            assert_eq!(subnet(a).contains(subnet(b)), contains, "{a} {b}");
            assert_eq!(subnet(a).overlaps(subnet(b)), overlaps, "{a} {b}");
            assert_eq!(subnet(b).overlaps(subnet(a)), overlaps, "{b} {a}");
        }
    }

    #[test]
    fn keeps_no_host_bits() {
        for (text, expected, last) in [
            ("10.1.2.3/8", "10.0.0.0/8", "10.255.255.255"),
            ("10.1.2.3/32", "10.1.2.3/32", "10.1.2.3"),
            ("10.1.2.3/0", "0.0.0.0/0", "255.255.255.255"),
            ("fd00::1/64", "fd00::/64", "fd00::ffff:ffff:ffff:ffff"),
        ] {
            assert_eq!(subnet(text).to_string(), expected);
            assert_eq!(subnet(text).last_address().to_string(), last);
        }
        assert_eq!(subnet("255.255.255.254/31").address(2), None);
        assert_eq!(subnet("10.0.0.0/24").address(1), "10.0.0.1".parse().ok());
    }
}
