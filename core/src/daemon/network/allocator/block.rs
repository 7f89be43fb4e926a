//! A subnet as the number of its first address and the length of its prefix, for the Engine's arithmetic.

use std::net::IpAddr;

use crate::address::{Family, Subnet};

/// A subnet of a family known from elsewhere, ordered by first address, the shorter prefix first.
///
/// Source of the order: moby daemon/internal/netiputil/netiputil.go, `PrefixCompare`; read at docker-v29.7.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Block {
    /// The first address.
    pub addr: u128,
    /// The length of the prefix, counted from the 128th bit: that of an IPv4 subnet is longer by 96.
    pub bits: u8,
}

impl Block {
    pub fn of(subnet: Subnet) -> Self {
        let addr = match subnet.network_address() {
            IpAddr::V4(it) => u32::from(it).into(),
            IpAddr::V6(it) => it.into(),
        };
        Self { addr, bits: long(subnet.prefix_len(), subnet.family()) }
    }

    pub fn subnet(self, family: Family) -> Subnet {
        let addr = match family {
            Family::Ipv4 => IpAddr::V4(u32::try_from(self.addr).unwrap_or(u32::MAX).into()),
            Family::Ipv6 => IpAddr::V6(self.addr.into()),
        };
        Subnet::new(addr, self.bits - long(0, family))
    }

    /// The block with this length of prefix that an address is in.
    pub fn around(addr: u128, bits: u8) -> Self {
        Self {
            addr: match bits {
                0 => 0,
                bits => addr >> (128 - bits) << (128 - bits),
            },
            bits,
        }
    }

    /// Its two halves; of a single address, that address twice.
    pub fn halves(self) -> [Self; 2] {
        let bits = (self.bits + 1).min(128);
        [Self::around(self.addr, bits), Self::around(self.last(), bits)]
    }

    /// The last address.
    pub fn last(self) -> u128 {
        self.addr | u128::MAX.checked_shr(self.bits.into()).unwrap_or(0)
    }

    pub fn contains(self, other: Self) -> bool {
        self.bits <= other.bits && Self::around(other.addr, self.bits) == self
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.contains(other) || other.contains(self)
    }
}

/// The length of a prefix as blocks count it.
pub(super) fn long(prefix_len: u8, family: Family) -> u8 {
    prefix_len + (128 - family.address_bits())
}
