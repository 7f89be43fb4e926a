//! Default address pools: how many networks one gives, and how many containers fit into each.

use std::{fmt, net::Ipv4Addr};

use crate::{
    address::{Family, Subnet},
    document::Value,
};

/// A block that subnets of equal size are cut from, one for each new network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressPool {
    base: Subnet,
    size: u8,
}

/// Why a `size` does not fit its `base`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Each subnet would be larger than the pool: the prefix is shorter than that of the base.
    LargerThanPool,
    /// No address is that long.
    LongerThanAddress,
}

impl AddressPool {
    /// The pool that cuts `base` into subnets of `size` prefix length.
    ///
    /// # Errors
    ///
    /// [`Unfit::LargerThanPool`] for 10.0.0.0/16 and 12, [`Unfit::LongerThanAddress`] for 10.0.0.0/16 and 33.
    pub fn new(base: Subnet, size: i64) -> Result<Self, Unfit> {
        match u8::try_from(size) {
            Ok(size) if size < base.prefix_len() => Err(Unfit::LargerThanPool),
            Ok(size) if size <= base.address_bits() => Ok(Self { base, size }),
            Err(_) if size < 0 => Err(Unfit::LargerThanPool),
            _ => Err(Unfit::LongerThanAddress),
        }
    }

    /// The block it cuts from.
    pub fn base(self) -> Subnet {
        self.base
    }

    /// The prefix length of each subnet.
    pub fn size(self) -> u8 {
        self.size
    }

    /// The first subnet.
    pub fn first(self) -> Subnet {
        Subnet::new(self.base.network_address(), self.size)
    }

    /// The pool as written in `default-address-pools`.
    pub fn written(self) -> Value {
        Value::Map(vec![
            ("base".to_owned(), Value::string(self.base.to_string())),
            ("size".to_owned(), Value::integer(self.size.into())),
        ])
    }

    /// How much it gives.
    pub fn capacity(self) -> Capacity {
        Capacity {
            networks_exponent: self.size - self.base.prefix_len(),
            addresses_exponent: self.base.address_bits() - self.size,
            family: self.base.family(),
        }
    }
}

/// The pools the daemon uses when none are set, unchanged from 18.06 to 29.
///
/// Source: moby daemon/libnetwork/ipamutils/utils.go, `localScopeDefaultNetworks`; read at docker-v29.7.2.
pub fn default_pools() -> Vec<AddressPool> {
    const POOLS: &[([u8; 4], u8, u8)] = &[
        ([172, 17, 0, 0], 16, 16),
        ([172, 18, 0, 0], 16, 16),
        ([172, 19, 0, 0], 16, 16),
        ([172, 20, 0, 0], 14, 16),
        ([172, 24, 0, 0], 14, 16),
        ([172, 28, 0, 0], 14, 16),
        ([192, 168, 0, 0], 16, 20),
    ];
    POOLS
        .iter()
        .map(|&(base, bits, size)| AddressPool { base: Subnet::new(Ipv4Addr::from(base).into(), bits), size })
        .collect()
}

/// The pool that a swarm's managers cut overlay networks from, the first for `ingress`, unless `docker swarm init` names
/// others. No setting of a daemon changes it, and it keeps clear of nothing on a host.
///
/// Source: moby daemon/libnetwork/ipamutils/utils.go, `globalScopeDefaultNetworks`; daemon/libnetwork/network.go,
/// `ipamAllocateVersion`; read at docker-v29.7.2.
pub fn swarm_pool() -> AddressPool {
    AddressPool { base: Subnet::new(Ipv4Addr::new(10, 0, 0, 0).into(), 8), size: 24 }
}

/// How many networks a pool gives, and how much room there is in each.
///
/// Counts are kept as exponents: 2^128 fits no integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// The pool gives 2 to the power of this many networks.
    pub networks_exponent: u8,
    /// Each network has 2 to the power of this many addresses.
    pub addresses_exponent: u8,
    family: Family,
}

impl Capacity {
    /// How many networks the pool gives.
    pub fn networks(self) -> Count {
        Count::power_of_two(self.networks_exponent)
    }

    /// How many addresses each network has.
    pub fn addresses(self) -> Count {
        Count::power_of_two(self.addresses_exponent)
    }

    /// How many containers each network has room for.
    ///
    /// The network address, in IPv4 the broadcast address, and the gateway are
    /// taken; a network of one or two IPv4 addresses has neither of the former.
    ///
    /// Source: moby daemon/libnetwork/ipams/defaultipam/allocator.go, `newPoolData`.
    pub fn containers(self) -> Count {
        let taken = match (self.family, self.addresses_exponent) {
            (Family::Ipv4, 0 | 1) => 1,
            (Family::Ipv4, _) => 3,
            (Family::Ipv6, _) => 2,
        };
        self.addresses().less(taken)
    }
}

/// How many there are: exact up to 2^128 - 1, and 2^128 beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(u128);

impl Count {
    /// None.
    pub const ZERO: Self = Self(0);

    /// 2 to the power of `exponent`.
    pub fn power_of_two(exponent: u8) -> Self {
        Self(1_u128.checked_shl(exponent.into()).unwrap_or(u128::MAX))
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// That many fewer, at least none.
    #[must_use]
    pub fn less(self, taken: u128) -> Self {
        match self.0 {
            u128::MAX => self,
            count => Self(count.saturating_sub(taken)),
        }
    }

    /// Digits with a comma between thousands; from 2^40 on the nearest power of two. Without a formatter, which a glance
    /// does without.
    pub fn told(self) -> String {
        if self.0 >= 1 << 40 {
            let below = 127 - self.0.leading_zeros();
            let is_nearer_next = self.0 >> (below - 1) & 1 == 1;
            return ["2^", &(below + u32::from(is_nearer_next)).to_string()].concat();
        }
        let digits = (self.0 as u64).to_string();
        let mut told = String::new();
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                told.push(',');
            }
            told.push(digit);
        }
        told
    }

    /// The number itself; the largest one stands for 2^128.
    pub fn get(self) -> u128 {
        self.0
    }
}

impl From<u128> for Count {
    fn from(count: u128) -> Self {
        Self(count)
    }
}

impl fmt::Display for Count {
    /// As [`Count::told`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docker::go::net::parse_prefix;

    #[track_caller]
    fn pool(base: &str, size: i64) -> Result<AddressPool, Unfit> {
        AddressPool::new(Subnet::of(parse_prefix(base).expect(base)), size)
    }

    #[test]
    fn is_built_only_when_the_size_fits() {
        for (base, size, expected) in [
            ("10.0.0.0/16", 16, None),
            ("10.0.0.0/16", 32, None),
            ("10.0.0.0/16", 15, Some(Unfit::LargerThanPool)),
            ("10.0.0.0/16", 0, Some(Unfit::LargerThanPool)),
            ("10.0.0.0/16", -1, Some(Unfit::LargerThanPool)),
            ("0.0.0.0/0", 0, None),
            ("10.0.0.0/16", 33, Some(Unfit::LongerThanAddress)),
            ("10.0.0.0/16", 255, Some(Unfit::LongerThanAddress)),
            ("10.0.0.0/16", 1 << 32, Some(Unfit::LongerThanAddress)),
            ("fd00::/64", 128, None),
            ("fd00::/64", 129, Some(Unfit::LongerThanAddress)),
        ] {
            assert_eq!(pool(base, size).err(), expected, "{base} {size}");
        }
    }

    #[test]
    fn tells_its_capacity() {
        for (base, size, networks, addresses, containers) in [
            ("10.0.0.0/8", 24, "65,536", "256", "253"),
            ("10.0.0.0/8", 16, "256", "65,536", "65,533"),
            ("10.0.0.0/24", 24, "1", "256", "253"),
            ("10.0.0.0/24", 28, "16", "16", "13"),
            ("10.0.0.0/24", 30, "64", "4", "1"),
            ("10.0.0.0/24", 31, "128", "2", "1"),
            ("10.0.0.0/24", 32, "256", "1", "0"),
            ("0.0.0.0/0", 0, "1", "4,294,967,296", "4,294,967,293"),
            ("fd00::/48", 64, "65,536", "2^64", "2^64"),
            ("fd00::/64", 128, "2^64", "1", "0"),
            ("::/0", 128, "2^128", "1", "0"),
            ("::/0", 0, "1", "2^128", "2^128"),
        ] {
            let capacity = pool(base, size).expect(base).capacity();
            assert_eq!(capacity.networks().to_string(), networks, "{base} {size}");
            assert_eq!(capacity.addresses().to_string(), addresses, "{base} {size}");
            assert_eq!(capacity.containers().to_string(), containers, "{base} {size}");
        }
    }

    #[test]
    fn writes_counts_for_people() {
        for (count, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_048_576, "1,048,576"),
            ((1 << 40) - 1, "1,099,511,627,775"),
            (1 << 40, "2^40"),
            (1 << 127, "2^127"),
            (u128::MAX, "2^128"),
        ] {
            assert_eq!(Count::from(count).to_string(), text);
        }
    }

    #[test]
    fn the_built_in_pools_give_31_networks() {
        let networks = default_pools().into_iter().fold(Count::ZERO, |sum, it| sum.plus(it.capacity().networks()));
        assert_eq!(networks, Count::from(31));
    }
}
