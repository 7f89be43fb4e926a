//! The allocator held against the Engine's code, taken over line by line, and against what people see.

use proptest::prelude::*;

use super::{block::long, rotation::distinct, *};
use crate::{
    daemon::network::{Count, default_pools},
    docker::go::net::parse_prefix,
};

#[track_caller]
fn subnet(text: &str) -> Subnet {
    Subnet::of(parse_prefix(text).expect(text))
}

fn subnets(texts: &[&str]) -> Vec<Subnet> {
    texts.iter().map(|it| subnet(it)).collect()
}

#[track_caller]
fn pools(texts: &[(&str, i64)]) -> Vec<AddressPool> {
    let pool = |(base, size): &(&str, i64)| AddressPool::new(subnet(base), *size).expect(base);
    texts.iter().map(pool).collect()
}

#[track_caller]
fn allocator(engine: &str, texts: &[(&str, i64)]) -> Allocator {
    let engine = engine.parse().expect("an Engine");
    let pools = pools(texts);
    let family = pools.first().map_or(Family::Ipv4, |it| it.base().family());
    Allocator::new(engine, &pools, family)
}

fn first(allocator: &mut Allocator, count: usize) -> Vec<String> {
    let handed_out = allocator.take(count);
    handed_out.map(|it| it.to_string()).collect()
}

#[test]
fn hands_out_the_built_in_pools_and_then_no_more() {
    for engine in ["20.10", "26", "27", "29"] {
        let engine = engine.parse().expect("an Engine");
        let mut allocator = Allocator::new(engine, &default_pools(), Family::Ipv4);
        assert_eq!(allocator.left(), Count::from(31));
        let all: Vec<_> = allocator.by_ref().take(40).collect();
        assert_eq!(all.len(), 31);
        assert_eq!(all.first(), Some(&subnet("172.17.0.0/16")));
        assert_eq!(all.last(), Some(&subnet("192.168.240.0/20")));
        assert_eq!(allocator.next(), None);
        assert_eq!(allocator.left(), Count::ZERO);
    }
}

#[test]
fn engines_differ_in_their_order() {
    let written = [("192.168.0.0/23", 24), ("10.0.0.0/23", 24), ("10.0.0.0/22", 24)];
    assert_eq!(
        first(&mut allocator("29", &written), 9),
        ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24", "192.168.0.0/24", "192.168.1.0/24"]
    );
    assert_eq!(
        first(&mut allocator("26", &written), 9),
        ["192.168.0.0/24", "192.168.1.0/24", "10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]
    );
}

#[test]
fn passes_over_what_is_in_use_or_reserved_and_says_so() {
    for engine in ["26", "29"] {
        let engine = engine.parse().expect("an Engine");
        let mut allocator = Allocator::new(engine, &default_pools(), Family::Ipv4);
        allocator.reserve(&subnets(&["172.18.0.53/32", "172.20.0.0/15", "fd00::/8"]));
        assert_eq!(allocator.occupy(subnet("172.17.8.0/24")), Ok(()));
        assert_eq!(allocator.occupy(subnet("172.17.0.0/16")), Err(Taken { by: subnet("172.17.8.0/24") }));
        assert_eq!(allocator.left(), Count::from(27));
        assert_eq!(first(&mut allocator, 2), ["172.19.0.0/16", "172.22.0.0/16"]);
        let skips: Vec<_> = allocator
            .skips()
            .first
            .iter()
            .map(|it| format!("{} x{} {:?} {}", it.first, it.count, it.cause, it.by))
            .collect();
        assert_eq!(
            skips,
            [
                "172.17.0.0/16 x1 Taken 172.17.8.0/24",
                "172.18.0.0/16 x1 Reserved 172.18.0.53/32",
                "172.20.0.0/16 x2 Reserved 172.20.0.0/15",
            ]
        );
    }
}

#[test]
fn the_list_of_what_was_passed_over_is_bounded() {
    let reserved: Vec<_> = (0..200).map(|it| subnet(&format!("10.0.{it}.0/28"))).collect();
    for engine in ["26", "29"] {
        let mut allocator = allocator(engine, &[("10.0.0.0/16", 24)]);
        allocator.reserve(&reserved);
        assert_eq!(first(&mut allocator, 1), ["10.0.200.0/24"]);
        assert_eq!(allocator.skips().first.len(), Skips::MOST);
        assert_eq!(allocator.skips().more, 200 - Skips::MOST);
    }
}

#[test]
fn quirks_since_27() {
    // Behind a range nested in a wider one it goes on inside the wider one.
    let mut nested = allocator("29", &[("10.0.0.0/8", 16)]);
    nested.reserve(&subnets(&["10.0.0.0/12", "10.1.0.0/16", "10.200.0.0/16"]));
    assert_eq!(first(&mut nested, 1), ["10.2.0.0/16"]);
    // At the end of the address space it begins again at its beginning, outside every pool, again and again.
    let mut end = allocator("29", &[("255.252.0.0/14", 14)]);
    end.reserve(&subnets(&["255.255.252.0/23", "255.255.253.152/31"]));
    assert_eq!(first(&mut end, 3), ["0.0.0.0/14"; 3]);
    assert_eq!(end.nth(100_000), Some(subnet("0.0.0.0/14")));
    assert_eq!(end.left(), Count::ZERO);
}

#[test]
fn quirks_up_to_26() {
    // What overlaps a subnet that the host needs is kept back together with it, but only while a subnet is looked for.
    let mut held = allocator("26", &[("10.0.0.0/23", 23), ("10.0.0.0/23", 24)]);
    held.reserve(&subnets(&["10.0.0.0/25"]));
    assert_eq!(held.next(), None);
    assert_eq!(held.next(), Some(subnet("10.0.1.0/24")));
    assert_eq!(held.next(), None);
    // Nothing else of what the host needs is kept back: having begun at 4.0.0.0/6, it finds 2.0.0.0/7 as well.
    let mut in_use = allocator("26", &[("0.0.0.0/5", 7), ("0.0.0.0/4", 6), ("8.0.0.0/5", 7)]);
    assert_eq!(in_use.occupy(subnet("0.0.0.0/11")), Ok(()));
    in_use.reserve(&subnets(&["0.0.0.0/5", "12.0.0.0/7"]));
    assert_eq!(in_use.next(), Some(subnet("8.0.0.0/6")));
    let found = [(); 5].map(|()| in_use.next());
    assert_eq!(found, [None, None, None, Some(subnet("14.0.0.0/7")), None]);
    // All subnets of this pool are one and the same.
    let mut wide = allocator("26", &[("fd00::/48", 64)]);
    assert_eq!(first(&mut wide, 3), ["fd00::/64"]);
    assert_eq!(wide.left(), Count::ZERO);
}

#[test]
fn a_size_alone_is_a_request_since_29() {
    let mut allocator = allocator("29", &[("10.0.0.0/16", 24)]);
    assert_eq!(first(&mut allocator, 1), ["10.0.0.0/24"]);
    assert_eq!(allocator.next_of_size(20), Ok(subnet("10.0.16.0/20")));
    assert_eq!(allocator.next_of_size(8), Err(NoSubnet::NoPool));
    assert_eq!(allocator.next_of_size(33), Err(NoSubnet::NoPool));
    assert_eq!(allocator.next_of_size(16), Err(NoSubnet::UsedUp));
    assert_eq!(allocator.next_of_size(0), Ok(subnet("10.0.1.0/24")));
    assert_eq!(first(&mut allocator, 1), ["10.0.2.0/24"]);
}

#[test]
fn edges_of_the_address_space() {
    for (base, size, expected) in [
        ("0.0.0.0/0", 1, &["0.0.0.0/1", "128.0.0.0/1"][..]),
        ("255.255.255.254/31", 32, &["255.255.255.254/32", "255.255.255.255/32"]),
        ("::/0", 1, &["::/1", "8000::/1"]),
        ("ffff::/16", 16, &["ffff::/16"]),
        ("fd00::/127", 128, &["fd00::/128", "fd00::1/128"]),
    ] {
        assert_eq!(first(&mut allocator("29", &[(base, size)]), 3), expected, "{base}");
    }
    assert_eq!(allocator("29", &[("::/0", 128)]).left(), Count::power_of_two(128));
    // Behind a half of it, the Engine adds nothing to its address, and finds the whole again.
    let mut whole = allocator("29", &[("::/0", 0)]);
    assert_eq!(whole.occupy(subnet("8000::/1")), Ok(()));
    assert_eq!(first(&mut whole, 1), ["::/0"]);
    assert_eq!(allocator("29", &[]).next(), None);
    assert_eq!(allocator("26", &[]).next(), None);
}

/// `allocatePredefinedPool` line by line: each time from the start, remembering nothing.
///
/// Source: moby daemon/libnetwork/ipams/defaultipam/address_space.go; read at docker-v29.7.2.
fn plain_walk(
    allocated: &mut Vec<Block>,
    reserved: &[Block],
    predefined: &[(Block, u8)],
    family: Family,
) -> Option<Block> {
    let mask = u128::MAX >> (128 - family.address_bits());
    let prefix_after = |previous: Block, bits: u8| {
        let step = 1_u128.checked_shl((128 - previous.bits.min(bits)).into());
        let addr = previous.addr.wrapping_add(step.unwrap_or(0)) & mask;
        (addr != 0).then(|| Block::around(addr, bits))
    };
    let subnets_between = |from: u128, to: u128, bits: u8| match from <= to {
        true => {
            let [from, to] = [from, to].map(|it| Block::around(it, bits).addr);
            (to - from).checked_shr((128 - bits).into()).unwrap_or(0) as u64
        }
        false => 0,
    };
    let (mut ia, mut ib) = (0, 0);
    let mut pool = 0;
    let mut previous: Option<Block> = None;
    let (found, at) = loop {
        let (next_used, next_reserved) = (allocated.get(ia), reserved.get(ib));
        let is_used = match (next_used, next_reserved) {
            (Some(used), Some(reserved)) => used <= reserved,
            (used, _) => used.is_some(),
        };
        let current = if is_used { next_used } else { next_reserved };
        let &(base, bits) = predefined.get(pool)?;
        let first = Block { addr: base.addr, bits };
        let after = previous.and_then(|it| prefix_after(it, bits));
        let Some(&current) = current else {
            if previous.is_none() {
                break (first, ia);
            }
            if let Some(after) = after.filter(|it| base.overlaps(*it)) {
                break (after, ia);
            }
            let &(base, bits) = predefined.get(pool + 1)?;
            let first = Block { addr: base.addr, bits };
            break (first, ia);
        };
        if current.overlaps(base) {
            if current.bits <= base.bits {
                previous = None;
                pool += 1;
                continue;
            }
            if previous.is_none() && subnets_between(base.addr, current.addr, bits) >= 1 {
                break (first, ia);
            }
            if let Some(after) = after
                && subnets_between(after.addr, current.addr, bits) >= 1
            {
                break (after, ia);
            }
            match is_used {
                true => ia += 1,
                false => ib += 1,
            }
            // Go's LastAddr of a subnet at 0.0.0.0 or :: is no address of it.
            if base.addr != 0 && current.last() == base.last() {
                previous = None;
                pool += 1;
            } else {
                previous = Some(current);
            }
            continue;
        }
        if previous.take().is_some() {
            if let Some(after) = after.filter(|it| base.overlaps(*it)) {
                break (after, ia);
            }
            pool += 1;
            continue;
        }
        if base.addr < current.addr {
            break (first, ia);
        }
        match is_used {
            true => ia += 1,
            false => ib += 1,
        }
    };
    allocated.insert(at, found);
    Some(found)
}

/// `requestPoolHelper` and `allocatePredefinedPool` line by line, with the list written out.
///
/// Source: moby libnetwork/network.go, libnetwork/ipam/allocator.go; read at v26.1.5.
fn plain_rotation(in_use: &mut Vec<Block>, reserved: &[Block], list: &[Block], start: &mut usize) -> Option<Block> {
    let mut held: Vec<Block> = Vec::new();
    loop {
        let mut rotated = (0..list.len()).map(|it| (it, list[(*start + it) % list.len()]));
        let is_free = |it: &Block| !in_use.iter().chain(&held).any(|used| used.overlaps(*it));
        let (offset, block) = rotated.find(|it| is_free(&it.1))?;
        *start += offset + 1;
        if *start >= list.len() {
            *start = 0;
        }
        if !reserved.iter().any(|it| it.overlaps(block)) {
            in_use.push(block);
            return Some(block);
        }
        held.push(block);
    }
}

/// Subnets of one small part of the address space, at its start, its end or in the middle, so that they often meet.
#[derive(Clone, Debug)]
struct Situation {
    pools: Vec<AddressPool>,
    reserved: Vec<Subnet>,
    by_hand: Vec<Subnet>,
}

impl Situation {
    fn family(&self) -> Family {
        let pool = self.pools.first();
        pool.map_or(Family::Ipv4, |it| it.base().family())
    }

    /// The allocator, and which subnets were to be had.
    fn allocator(&self, engine: &str) -> (Allocator, Vec<Subnet>) {
        let engine = engine.parse().expect("an Engine");
        let mut allocator = Allocator::new(engine, &self.pools, self.family());
        let by_hand = self.by_hand.iter().copied();
        let taken = by_hand.filter(|it| allocator.occupy(*it).is_ok()).collect();
        allocator.reserve(&self.reserved);
        (allocator, taken)
    }
}

fn situation() -> impl Strategy<Value = Situation> {
    let arena = (any::<bool>(), 0_u8..4, any::<u128>(), 0_u8..=6);
    arena.prop_flat_map(|(is_ipv4, end, middle, bits)| {
        let family = if is_ipv4 { Family::Ipv4 } else { Family::Ipv6 };
        let width = family.address_bits();
        let addr = match end {
            0 => 0,
            1 => u128::MAX,
            _ => middle,
        };
        // How many bits longer the prefix is than that of the part, and which of so many subnets it is.
        let part = Block::around(addr >> (128 - width), long(bits * 4, family));
        let subnet = move |longer: u8, which: u128| {
            let bits = part.bits.saturating_add(longer);
            let size = 1_u128.checked_shl((128 - bits).into()).unwrap_or(0);
            Block::around(part.addr + (which % (1 << longer)) * size, bits).subnet(family)
        };
        let some = move |from: u8, to: u8, most: usize| {
            let one = (from..to, prop_oneof![Just(0), Just(u128::MAX), any::<u128>()]);
            let one = one.prop_map(move |(longer, which)| subnet(longer, which));
            prop::collection::vec(one, 0..most)
        };
        let longer = prop::collection::vec(0_u8..5, 4);
        let pools = (some(0, 4, 4), longer).prop_map(|(bases, longer)| {
            let pools = bases.into_iter().zip(longer);
            let pool =
                |(base, longer): (Subnet, u8)| AddressPool::new(base, i64::from(base.prefix_len() + longer)).ok();
            pools.filter_map(pool).collect()
        });
        (pools, some(0, 8, 6), some(0, 8, 4)).prop_map(|(pools, reserved, by_hand)| Situation {
            pools,
            reserved,
            by_hand,
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn going_on_finds_what_starting_again_finds(situation in situation()) {
        let (mut allocator, taken) = situation.allocator("29");
        let Way::Walk(walk) = &allocator.way else { unreachable!() };
        let pools = walk.pools();
        let mut reserved: Vec<_> = situation.reserved.iter().map(|it| Block::of(*it)).collect();
        reserved.sort();
        let mut in_use: Vec<_> = taken.iter().map(|it| Block::of(*it)).collect();
        in_use.sort();
        for _ in 0..60 {
            let expected = plain_walk(&mut in_use, &reserved, &pools, situation.family());
            prop_assert_eq!(allocator.next().map(Block::of), expected);
        }
    }

    #[test]
    fn leaping_finds_what_the_written_list_holds(situation in situation()) {
        let (mut allocator, taken) = situation.allocator("26");
        // Wider IPv6 pools are written out many times over: not modelled.
        prop_assume!(situation.pools.iter().all(|it| distinct(*it) == Some(it.capacity().networks_exponent)));
        let pools = situation.pools.iter().map(|it| (Block::of(it.base()), it.capacity().networks_exponent));
        let list: Vec<_> = pools
            .flat_map(|(base, longer)| {
                let bits = base.bits + longer;
                let behind = move |it: u128| it.checked_shl((128 - bits).into()).unwrap_or(0);
                (0..1_u128 << longer).map(move |it| Block { addr: base.addr + behind(it), bits })
            })
            .collect();
        let reserved: Vec<_> = situation.reserved.iter().map(|it| Block::of(*it)).collect();
        let mut in_use: Vec<_> = taken.iter().map(|it| Block::of(*it)).collect();
        let mut start = 0;
        for _ in 0..60 {
            let expected = plain_rotation(&mut in_use, &reserved, &list, &mut start);
            prop_assert_eq!(allocator.next().map(Block::of), expected);
        }
    }

    #[test]
    fn what_is_left_is_free_and_handed_out(mut situation in situation(), engine in prop_oneof!["26", "29"]) {
        // Nested reserved ranges, the end of the address space and overlapping pools: quirks, seen above.
        let family = situation.family();
        let disjoint = |subnets: &mut dyn Iterator<Item = Subnet>| {
            let mut disjoint: Vec<Subnet> = Vec::new();
            for it in subnets {
                if !disjoint.iter().any(|other| other.overlaps(it)) {
                    disjoint.push(it);
                }
            }
            disjoint
        };
        let away = disjoint(&mut situation.by_hand.iter().chain(&situation.reserved).copied());
        situation.by_hand.retain(|it| away.contains(it));
        situation.reserved = away;
        let mut pools: Vec<AddressPool> = Vec::new();
        for it in situation.pools {
            let is_last = Block::of(it.base()).last() == u128::MAX >> (128 - family.address_bits());
            if !is_last && !pools.iter().any(|other| other.base().overlaps(it.base())) {
                pools.push(it);
            }
        }
        situation.pools = pools;
        let (mut allocator, _) = situation.allocator(&engine);
        let left = allocator.left().get();
        let handed_out: Vec<_> = allocator.by_ref().take(2000).collect();
        prop_assert_eq!(handed_out.len() as u128, left.min(2000));
        prop_assert_eq!(allocator.left().get(), left.saturating_sub(2000));
        prop_assert!(!handed_out.iter().any(|it| situation.reserved.iter().any(|other| other.overlaps(*it))));
        prop_assert_eq!(disjoint(&mut handed_out.iter().copied()).len(), handed_out.len());
    }
}
