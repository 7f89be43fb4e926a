//! Which addresses between used blocks are free?

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::avoid::overlapping;
use crate::address::Subnet;

/// Consecutive addresses, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The first, as a number.
    pub first: u128,
    /// The last, as a number.
    pub last: u128,
}

/// The number that an address is.
pub fn number(addr: IpAddr) -> u128 {
    match addr {
        IpAddr::V4(addr) => u32::from(addr).into(),
        IpAddr::V6(addr) => addr.into(),
    }
}

/// The block of a prefix length around the address with this number, in the family of `like`.
pub fn block(number: u128, prefix_len: u8, like: Subnet) -> Subnet {
    let addr = match like.is_ipv4() {
        true => IpAddr::V4(Ipv4Addr::from(number as u32)),
        false => IpAddr::V6(Ipv6Addr::from(number)),
    };
    Subnet::new(addr, prefix_len)
}

/// The blocks of two sorted, disjoint lists that lie in no other of them, sorted.
pub fn union(a: &[Subnet], b: &[Subnet]) -> Vec<Subnet> {
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    let mut union: Vec<Subnet> = Vec::new();
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) if x <= y => a.next(),
            (_, Some(_)) => b.next(),
            (_, None) => a.next(),
        };
        let Some(next) = next else { return union };
        if !union.last().is_some_and(|last| last.contains(next)) {
            union.push(next);
        }
    }
}

/// What sorted, disjoint blocks leave of a network, in order.
pub fn gaps(within: Subnet, busy: &[Subnet]) -> Vec<Gap> {
    let last = number(within.last_address());
    let mut gaps = Vec::new();
    let mut first = Some(number(within.network_address()));
    for block in overlapping(busy, within) {
        if block.contains(within) {
            return Vec::new();
        }
        let start = number(block.network_address());
        if let Some(first) = first
            && first < start
        {
            gaps.push(Gap { first, last: start - 1 });
        }
        first = number(block.last_address()).checked_add(1);
    }
    if let Some(first) = first
        && first <= last
    {
        gaps.push(Gap { first, last });
    }
    gaps
}

impl Gap {
    /// How many addresses lie between the two ends.
    fn reach(self) -> u128 {
        self.last - self.first
    }

    /// The block of 2^`host_bits` addresses nearest to the middle, as the number of its first address.
    fn middle(self, host_bits: u32) -> Option<u128> {
        let rest = 1_u128.checked_shl(host_bits).map_or(u128::MAX, |it| it - 1);
        let fits = |start: &u128| {
            let last = start.checked_add(rest);
            self.first <= *start && last.is_some_and(|it| it <= self.last)
        };
        let middle = (self.first + self.reach() / 2) & !rest;
        let next = middle.checked_add(rest).and_then(|it| it.checked_add(1));
        [Some(middle), next, middle.checked_sub(rest).and_then(|it| it.checked_sub(1))].into_iter().flatten().find(fits)
    }
}

/// The block of a prefix length in the middle of the widest gap that has room for one: far from everything else.
pub fn middle_block(gaps: &[Gap], prefix_len: u8, like: Subnet) -> Option<Subnet> {
    let host_bits = u32::from(like.address_bits() - prefix_len);
    let mut best: Option<(u128, u128)> = None;
    for gap in gaps {
        if let Some(start) = gap.middle(host_bits)
            && best.is_none_or(|it| it.0 < gap.reach())
        {
            best = Some((gap.reach(), start));
        }
    }
    best.map(|it| block(it.1, prefix_len, like))
}

/// A block of a prefix length in gaps: the one of all possible blocks that a random number selects.
pub fn any_block(gaps: &[Gap], prefix_len: u8, like: Subnet, chance: u64) -> Option<Subnet> {
    let host_bits = u32::from(like.address_bits() - prefix_len);
    let rest = 1_u128.checked_shl(host_bits)?.checked_sub(1)?;
    // The numbers of the first block within a gap and of the one after the last.
    let bounds = |gap: &Gap| {
        let first = (gap.first >> host_bits) + u128::from(gap.first & rest != 0);
        let behind = (gap.last >> host_bits) + u128::from(gap.last & rest == rest);
        (first, behind.max(first))
    };
    let count = |gap: &Gap| bounds(gap).1 - bounds(gap).0;
    let all: u128 = gaps.iter().map(count).fold(0, u128::saturating_add);
    let mut at = u128::from(chance).checked_rem(all)?;
    for gap in gaps {
        if at < count(gap) {
            return Some(block((bounds(gap).0 + at) << host_bits, prefix_len, like));
        }
        at -= count(gap);
    }
    None
}

/// The fewest blocks that fill gaps, none longer than `longest` prefix length; what is smaller is left out.
///
/// The widest come first, at most `most` of them.
pub fn blocks(gaps: &[Gap], longest: u8, like: Subnet, most: usize) -> Vec<Subnet> {
    let bits = u32::from(like.address_bits());
    let mut by_length: Vec<Vec<u128>> = vec![Vec::new(); usize::from(longest) + 1];
    for gap in gaps {
        let mut first = Some(gap.first);
        while let Some(start) = first.filter(|it| *it <= gap.last) {
            let aligned = start.trailing_zeros().min(bits);
            let room = match (gap.last - start).checked_add(1) {
                Some(count) => count.ilog2(),
                None => 128,
            };
            let host_bits = aligned.min(room);
            let list = by_length.get_mut((bits - host_bits) as usize);
            if let Some(list) = list
                && list.len() < most
            {
                list.push(start);
            }
            first = 1_u128.checked_shl(host_bits).and_then(|it| start.checked_add(it));
        }
    }
    let mut blocks = Vec::new();
    for (prefix_len, starts) in (0..).zip(&by_length) {
        let room = most - blocks.len();
        blocks.extend(starts.iter().take(room).map(|it| block(*it, prefix_len, like)));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{daemon::network::avoid::merged, docker::go::net::parse_cidr};

    fn subnet(text: &str) -> Subnet {
        Subnet::of(parse_cidr(text).expect(text))
    }

    #[test]
    fn the_middle_is_far_from_everything() {
        let within = subnet("10.0.0.0/8");
        for (busy, prefix_len, expected) in [
            (&[][..], 16, Some("10.127.0.0/16")),
            (&["10.0.0.0/9"][..], 16, Some("10.191.0.0/16")),
            (&["10.0.0.0/9", "10.128.0.0/10"], 10, Some("10.192.0.0/10")),
            (&["10.0.0.0/9", "10.192.0.1/32"], 10, Some("10.128.0.0/10")),
            (&["10.0.0.0/9", "10.192.0.1/32"], 9, None),
            (&["10.0.0.0/8"], 32, None),
            (&["0.0.0.0/0"], 32, None),
        ] {
            let busy: Vec<_> = busy.iter().map(|it| subnet(it)).collect();
            let gaps = gaps(within, &busy);
            let found = middle_block(&gaps, prefix_len, within).map(|it| it.to_string());
            assert_eq!(found.as_deref(), expected, "{busy:?}");
        }
    }

    #[test]
    fn holds_at_the_edges() {
        for all in ["0.0.0.0/0", "::/0"] {
            let all = subnet(all);
            let gaps = gaps(all, &[]);
            assert_eq!(blocks(&gaps, all.address_bits(), all, 9), [all]);
            assert_eq!(middle_block(&gaps, 0, all), Some(all));
            let last = Subnet::new(all.last_address(), 128);
            assert_eq!(super::gaps(all, &[last]).len(), 1);
        }
    }

    #[test]
    fn chance_falls_on_any_whole_block() {
        let within = subnet("10.0.0.0/24");
        let busy = ["10.0.0.0/30", "10.0.0.96/27", "10.0.0.129/32"].map(subnet);
        let gaps = gaps(within, &busy);
        let found: Vec<_> =
            (0..6).map(|it| any_block(&gaps, 27, within, it).expect("five are whole").to_string()).collect();
        assert_eq!(
            found,
            ["10.0.0.32/27", "10.0.0.64/27", "10.0.0.160/27", "10.0.0.192/27", "10.0.0.224/27", "10.0.0.32/27"]
        );
        assert_eq!(any_block(&gaps, 24, within, 0), None);
        assert_eq!(any_block(&[], 27, within, 7), None);
    }

    proptest! {
        #[test]
        fn gaps_and_blocks_make_up_the_whole(
            a in proptest::collection::vec((any::<u8>(), 26..=32_u8), 0..12),
            b in proptest::collection::vec((any::<u8>(), 26..=32_u8), 0..12),
        ) {
            let within = subnet("10.0.0.0/24");
            let list = |of: Vec<(u8, u8)>| {
                let mut blocks: Vec<_> = of
                    .into_iter()
                    .map(|(last, len)| Subnet::new(Ipv4Addr::new(10, 0, 0, last).into(), len))
                    .collect();
                blocks.sort();
                merged(&blocks)
            };
            let (a, b) = (list(a), list(b));
            let busy = union(&a, &b);
            let free = blocks(&gaps(within, &busy), 32, within, 256);
            for last in 0..=255 {
                let addr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, last));
                let is_busy = a.iter().chain(&b).any(|it| it.holds(addr));
                prop_assert_eq!(busy.iter().filter(|it| it.holds(addr)).count(), usize::from(is_busy));
                prop_assert_eq!(free.iter().filter(|it| it.holds(addr)).count(), usize::from(!is_busy));
            }
        }
    }
}
