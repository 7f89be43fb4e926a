//! Which networks of one list overlap which of another?
//!
//! Two CIDR blocks either nest or are disjoint. So a walk through both lists in the order of addresses, the shorter
//! prefix first, needs to remember only the blocks around the present one, and tells of each network how many of the
//! other list contain it or lie in it. Sorting is the larger part of the work.

use std::net::IpAddr;

use super::Subnet;
use crate::text::order::{self, Bytes};

/// The networks of each list that overlap at least one of the other.
///
/// They come in the order of their last addresses, the inner before the outer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collisions {
    /// Those of the first list.
    pub ours: Vec<Collision>,
    /// Those of the second list.
    pub theirs: Vec<Collision>,
}

/// What one network has in common with the other list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Collision {
    /// The index of the network.
    pub index: u32,
    /// How many of the other list it overlaps: at least one.
    pub count: u32,
    /// The index, in the other list, of the one with the shortest prefix; of several, of the first by address.
    pub widest: u32,
    /// The index, in the other list, of the first by address, the shorter prefix first.
    pub first: u32,
}

impl Collisions {
    /// Finds the networks of both lists that overlap some of the other list.
    ///
    /// The costs grow with the number of networks, however many pairs overlap. Of lists that together hold more than
    /// 2^26 networks, the rest is not compared.
    ///
    /// ```
    /// use drydock::{docker::go::net::parse_cidr, address::{Collisions, Subnet}};
    ///
    /// let subnets = |texts: &[&str]| -> Vec<Subnet> {
    ///     texts.iter().filter_map(|it| parse_cidr(it)).map(Subnet::of).collect()
    /// };
    /// let found = Collisions::between(&subnets(&["172.16.0.0/12"]), &subnets(&["172.18.0.0/16", "10.0.0.0/8"]));
    /// assert_eq!((found.ours[0].count, found.ours[0].widest), (1, 0));
    /// ```
    pub fn between(ours: &[Subnet], theirs: &[Subnet]) -> Self {
        let mut ipv4 = Vec::with_capacity(ours.len() + theirs.len());
        let mut ipv6 = Vec::new();
        for (id, network) in (0..MOST).zip(ours.iter().chain(theirs)) {
            match network.network_address() {
                IpAddr::V4(start) => {
                    let start = u64::from(u32::from(start));
                    let prefix = start << LEN_BITS | u64::from(network.prefix_len());
                    ipv4.push(Ipv4(prefix << ID_BITS | u64::from(id)));
                }
                IpAddr::V6(start) => {
                    let start = u128::from(start);
                    ipv6.push(Ipv6 { halves: [start as u64, (start >> 64) as u64], len: network.prefix_len(), id });
                }
            }
        }
        let mut walk = Walk::new(ours.len());
        walk.through(&order::by_bytes::<5, _>(ipv4), 32, Ipv4::block);
        walk.through(&order::by_bytes::<17, _>(ipv6), 128, Ipv6::block);
        let [ours, theirs] = walk.found;
        Self { ours, theirs }
    }
}

/// How many bits the place of a network in both lists takes, one list after the other.
const ID_BITS: u32 = 26;
const MOST: u32 = 1 << ID_BITS;
/// How many bits the length of an IPv4 prefix takes.
const LEN_BITS: u32 = 6;

/// A network and its place in both lists.
#[derive(Clone, Copy)]
struct Block {
    start: u128,
    len: u8,
    id: u32,
}

/// The same in 64 bits: address, prefix length, place.
#[derive(Clone, Copy)]
struct Ipv4(u64);

impl Ipv4 {
    fn block(self) -> Block {
        let prefix = self.0 >> ID_BITS;
        Block {
            start: (prefix >> LEN_BITS).into(),
            len: prefix as u8 & ((1 << LEN_BITS) - 1),
            id: self.0 as u32 & (MOST - 1),
        }
    }
}

impl Bytes for Ipv4 {
    fn byte(self, at: usize) -> u8 {
        let prefix = self.0 >> ID_BITS;
        match at {
            0 => prefix as u8 & ((1 << LEN_BITS) - 1),
            _ => (prefix >> LEN_BITS >> (8 * at - 8)) as u8,
        }
    }
}

/// The same in 24 bytes, a quarter less than a [`Block`] has: memory is what sorting many waits for.
#[derive(Clone, Copy)]
struct Ipv6 {
    /// The lower half of the address, and the upper.
    halves: [u64; 2],
    len: u8,
    id: u32,
}

impl Ipv6 {
    fn block(self) -> Block {
        let [lower, upper] = self.halves.map(u128::from);
        Block { start: upper << 64 | lower, len: self.len, id: self.id }
    }
}

impl Bytes for Ipv6 {
    fn byte(self, at: usize) -> u8 {
        let [lower, upper] = self.halves;
        match at {
            0 => self.len,
            1..=8 => (lower >> (8 * at - 8)) as u8,
            _ => (upper >> (8 * at - 72)) as u8,
        }
    }
}

/// A walk through both lists in the order of addresses. Of each pair, the first is ours and the second theirs.
struct Walk {
    /// How many of the networks are ours; they come first.
    ours: u32,
    found: [Vec<Collision>; 2],
    /// How many networks were passed so far.
    passed: [u32; 2],
    /// The innermost network around the present place; the whole address space at first.
    inner: Open,
    /// Those around it, the innermost last.
    outer: Vec<Open>,
}

/// A network around the present place of the walk.
#[derive(Clone, Copy)]
struct Open {
    id: u32,
    len: u8,
    last: u128,
    /// How many networks are around what lies in it, itself included.
    around: [u32; 2],
    /// The outermost of them.
    outermost: [u32; 2],
    /// How many networks were passed before what lies in it.
    passed: [u32; 2],
    /// The first networks that lie in it.
    first: [u32; 2],
    /// The widest networks that lie in it, each with its prefix length.
    widest: [(u8, u32); 2],
}

/// Longer than any prefix: there is no network yet.
const NONE: (u8, u32) = (u8::MAX, 0);

impl Open {
    /// Remembers a network that lies in it.
    fn remember(&mut self, side: usize, first: u32, widest: (u8, u32)) {
        if self.widest[side] == NONE {
            self.first[side] = first;
        }
        if widest.0 < self.widest[side].0 {
            self.widest[side] = widest;
        }
    }
}

impl Walk {
    fn new(ours: usize) -> Self {
        Self {
            ours: u32::try_from(ours).unwrap_or(u32::MAX),
            found: [Vec::new(), Vec::new()],
            passed: [0; 2],
            inner: Open {
                id: 0,
                len: 0,
                last: u128::MAX,
                around: [0; 2],
                outermost: [0; 2],
                passed: [0; 2],
                first: [0; 2],
                widest: [NONE; 2],
            },
            outer: Vec::new(),
        }
    }

    /// 0 for one of ours, 1 for one of theirs.
    fn side(&self, id: u32) -> usize {
        usize::from(id >= self.ours)
    }

    /// Walks through the sorted networks of a family.
    fn through<T: Copy>(&mut self, sorted: &[T], bits: u32, block: impl Fn(T) -> Block) {
        let mut rest = sorted;
        while let Some((it, behind)) = rest.split_first() {
            rest = behind;
            let Block { start, len, id } = block(*it);
            while self.inner.last < start {
                self.leave();
            }
            let host_bits = bits - u32::from(len);
            let last = start | u128::MAX.checked_shr(128 - host_bits).unwrap_or(0);
            let side = self.side(id);
            self.passed[side] += 1;
            let is_empty = behind.first().is_none_or(|it| last < block(*it).start);
            match is_empty {
                true => {
                    let (count, outermost) = (self.inner.around[1 - side], self.inner.outermost[1 - side]);
                    self.tell(id, count, outermost, outermost);
                    self.inner.remember(side, id, (len, id));
                }
                false => self.enter(id, len, last),
            }
        }
        while !self.outer.is_empty() {
            self.leave();
        }
    }

    fn enter(&mut self, id: u32, len: u8, last: u128) {
        let side = self.side(id);
        let (mut around, mut outermost) = (self.inner.around, self.inner.outermost);
        if around[side] == 0 {
            outermost[side] = id;
        }
        around[side] += 1;
        self.outer.push(self.inner);
        self.inner = Open { id, len, last, around, outermost, passed: self.passed, first: [0; 2], widest: [NONE; 2] };
    }

    /// Leaves the innermost network.
    fn leave(&mut self) {
        let Some(outer) = self.outer.pop() else {
            return;
        };
        let it = std::mem::replace(&mut self.inner, outer);
        let (own, other) = (self.side(it.id), 1 - self.side(it.id));
        let inside = self.passed[other] - it.passed[other];
        match it.around[other] {
            0 => self.tell(it.id, inside, it.widest[other].1, it.first[other]),
            count => self.tell(it.id, count + inside, it.outermost[other], it.outermost[other]),
        }
        self.inner.remember(own, it.id, (it.len, it.id));
        self.inner.remember(other, it.first[other], it.widest[other]);
    }

    /// Notes what a network has in common with the other list.
    fn tell(&mut self, id: u32, count: u32, widest: u32, first: u32) {
        if count == 0 {
            return;
        }
        let side = self.side(id);
        let index = |side, id| if side == 0 { id } else { id - self.ours };
        let collision =
            Collision { index: index(side, id), count, widest: index(1 - side, widest), first: index(1 - side, first) };
        self.found[side].push(collision);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::docker::go::net::parse_cidr;

    fn subnets(texts: &[&str]) -> Vec<Subnet> {
        let read = |it: &&str| Subnet::of(parse_cidr(it).expect(it));
        texts.iter().map(read).collect()
    }

    /// Every network against every other.
    fn obviously(ours: &[Subnet], theirs: &[Subnet]) -> Vec<Collision> {
        let of = |(index, network): (usize, &Subnet)| {
            let overlaps = |it: &usize| theirs[*it].overlaps(*network);
            let found: Vec<usize> = (0..theirs.len()).filter(overlaps).collect();
            let first = found.iter().min_by_key(|it| (theirs[**it], **it))?;
            let widest = found.iter().min_by_key(|it| (theirs[**it].prefix_len(), theirs[**it], **it))?;
            Some(Collision {
                index: index as u32,
                count: found.len() as u32,
                widest: *widest as u32,
                first: *first as u32,
            })
        };
        ours.iter().enumerate().filter_map(of).collect()
    }

    #[track_caller]
    fn agree(ours: &[Subnet], theirs: &[Subnet]) {
        let mut found = Collisions::between(ours, theirs);
        for (found, ours, theirs) in [(&mut found.ours, ours, theirs), (&mut found.theirs, theirs, ours)] {
            let at = |it: &Collision| ours[it.index as usize];
            let order = |it: &Collision| (at(it).last_address(), u8::MAX - at(it).prefix_len());
            assert!(found.is_sorted_by_key(order));
            found.sort();
            assert_eq!(*found, obviously(ours, theirs), "{ours:?} {theirs:?}");
        }
    }

    #[test]
    fn tells_how_many_the_widest_and_the_first() {
        let ours = subnets(&["172.16.0.0/12", "10.0.0.0/24", "192.168.0.0/16", "fd00::/8"]);
        let theirs = subnets(&["172.18.0.0/16", "172.17.1.0/24", "10.0.0.0/8", "0.0.0.0/1", "fd00:1::/48"]);
        let found = Collisions::between(&ours, &theirs);
        let told = |it: &Collision| (it.index, it.count, it.widest, it.first);
        assert_eq!(found.ours.iter().map(told).collect::<Vec<_>>(), [(1, 2, 3, 3), (0, 2, 0, 1), (3, 1, 4, 4)]);
        assert_eq!(Collisions::between(&[], &[]), Collisions::default());
    }

    #[test]
    fn holds_at_the_edges() {
        let edges = subnets(&[
            "0.0.0.0/0",
            "0.0.0.0/32",
            "255.255.255.255/32",
            "128.0.0.0/1",
            "255.255.255.254/31",
            "::/0",
            "::/128",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
            "8000::/1",
            "::/96", // the same bits as 0.0.0.0/0
        ]);
        for start in 0..=edges.len() {
            let (ours, theirs) = edges.split_at(start);
            agree(ours, theirs);
        }
        agree(&edges, &edges);
    }

    /// Few bits, so that networks nest and repeat; both families; every prefix length.
    fn networks() -> impl Strategy<Value = Vec<Subnet>> {
        let ipv4 = (any::<u32>(), any::<u32>(), 0..=32_u8)
            .prop_map(|(a, b, len)| Subnet::new(IpAddr::V4((a & b & 0xC0C0_0003).into()), len));
        let ipv6 = (any::<u128>(), any::<u128>(), 0..=128_u8).prop_map(|(a, b, len)| {
            let bits = a & b & 0xC000_0000_0000_0003_0000_0000_0000_0003;
            Subnet::new(IpAddr::V6(bits.into()), len)
        });
        proptest::collection::vec(prop_oneof![ipv4, ipv6], 0..120)
    }

    proptest! {
        #[test]
        fn agrees_with_comparing_every_pair(ours in networks(), theirs in networks()) {
            agree(&ours, &theirs);
        }
    }
}
