//! What is hit, and when does it come to that?

use std::net::IpAddr;

use super::{
    HandedOut, Part,
    steps_aside::{NO_IPV6, SWARM, steps_aside},
};
use crate::{
    Engine,
    address::{Collision, Family, Subnet},
    daemon::network::{
        AddressPlan, Avoid, Avoided, Count, Fate, Origin, PlannedPool, Recipient,
        avoid::{disjoint, merged, overlapping},
        space::{number, union},
        swarm_pool,
    },
};

/// Where the Engine makes its own IPv6 pool.
///
/// Source: moby daemon/daemon.go, `deriveULABaseNetwork`; read at docker-v29.7.2.
const ADDED_POOL: IpAddr = IpAddr::V6(std::net::Ipv6Addr::new(0xFD00, 0, 0, 0, 0, 0, 0, 0));

/// What Docker uses.
pub(super) fn parts(plan: &AddressPlan, avoid: &Avoid) -> Vec<(Part, Subnet)> {
    let mut parts = Vec::new();
    for (index, it) in avoid.in_use().iter().enumerate() {
        parts.push((Part::InUse(index), it.subnet));
    }
    parts.extend(plan.docker0.subnet.map(|it| (Part::Docker0, it)));
    let ipv6 = plan.docker0_ipv6.and_then(|it| it.subnet);
    parts.extend(ipv6.map(|it| (Part::Docker0Ipv6, it)));
    for (index, it) in plan.pools.iter().enumerate() {
        if matches!(it.fate, Fate::Used | Fate::Shared { .. }) {
            parts.push((Part::Pool(index), it.pool.base()));
        }
    }
    let added = Subnet::new(ADDED_POOL, 8);
    if plan.adds_ipv6 && avoid.merged().iter().any(|it| it.contains(added)) {
        parts.push((Part::AddedPool, added));
    }
    if plan.swarm {
        parts.push((Part::SwarmPool, swarm_pool().base()));
    }
    parts
}

/// All that a hit follows from.
pub(super) struct Sight<'a> {
    pub plan: &'a AddressPlan,
    pub avoid: &'a Avoid,
    pub engine: Engine,
    /// Of the networks that the Engine never steps aside for, those that lie in no other.
    pub unseen: Vec<Subnet>,
    /// Of those that it steps aside for, those that lie in no other.
    pub seen: Vec<Subnet>,
    /// What no network can get any more, because Docker uses it.
    pub taken: Vec<Subnet>,
    /// The same with what the Engine passes over.
    pub busy: Vec<Subnet>,
    /// How many subnets are handed out before the first one of each pool.
    pub sooner: Vec<Option<u128>>,
}

impl<'a> Sight<'a> {
    pub fn of(plan: &'a AddressPlan, avoid: &'a Avoid, engine: Engine) -> Self {
        let networks = avoid.networks().iter();
        let (seen, unseen): (Vec<_>, Vec<_>) =
            networks.map(|it| (it.subnet, it.is_seen_by(engine))).partition(|it| it.1);
        let subnets = |networks: Vec<(Subnet, bool)>| -> Vec<Subnet> { networks.into_iter().map(|it| it.0).collect() };
        let (seen, unseen) = (merged(&subnets(seen)), merged(&subnets(unseen)));
        let mut taken: Vec<Subnet> = avoid.in_use().iter().map(|it| it.subnet).collect();
        for bridge in [Some(plan.docker0), plan.docker0_ipv6].into_iter().flatten() {
            let is_set = matches!(bridge.origin, Origin::Address | Origin::Range);
            taken.extend(bridge.subnet.filter(|_| is_set));
        }
        let taken = disjoint(taken);
        let busy = union(&seen, &taken);
        Self { sooner: sooner(plan, engine, &busy), unseen, seen, taken, busy, plan, avoid, engine }
    }

    /// Sorted, disjoint blocks to keep clear of within a network: those that the Engine never steps aside for, if any.
    fn blocks(&self, network: Subnet) -> &[Subnet] {
        match overlapping(&self.unseen, network) {
            [] => overlapping(self.avoid.merged(), network),
            unseen => unseen,
        }
    }

    /// The network that a block is.
    fn network(&self, block: Subnet) -> Option<(usize, &Avoided)> {
        let index = self.avoid.subnets().binary_search(&block).ok()?;
        Some((index, self.avoid.networks().get(index)?))
    }

    /// The subnet of the side of docker0 that has addresses of a family.
    fn docker0(&self, family: Family) -> Option<Subnet> {
        self.plan.docker0_of(family)?.subnet
    }

    /// Whether docker0, which has a hit of its own, is all of a pool that collides.
    fn is_docker0s(&self, pool: &PlannedPool) -> bool {
        let network = pool.pool.base();
        let blocks = overlapping(self.avoid.merged(), network);
        self.docker0(network.family()).is_some_and(|bridge| {
            // They lie in it, or one is around it.
            let within = overlapping(blocks, bridge).len();
            let one = blocks.get(..1).unwrap_or_default();
            within == blocks.len() && cost(pool, one).get() <= pool.taken_by(bridge)
        })
    }

    /// Which network gets the subnet that as many of its family come before.
    fn recipient(&self, mut before: u128, family: Family) -> Recipient {
        let bridge = self.plan.docker0_of(family);
        let is_made = bridge.is_some_and(|it| {
            let subnet = it.subnet.filter(|it| it.family() == family);
            let is_new = |it| !self.avoid.in_use().iter().any(|used| used.subnet == it);
            matches!(it.origin, Origin::Pool(_)) && subnet.is_some_and(is_new)
        });
        let has_swarm = self.plan.swarm && !self.avoid.has_gateway_bridge();
        let made = [(is_made, Recipient::Docker0), (has_swarm && family == Family::Ipv4, Recipient::GatewayBridge)];
        for (_, recipient) in made.into_iter().filter(|it| it.0) {
            let Some(rest) = before.checked_sub(1) else {
                return recipient;
            };
            before = rest;
        }
        Recipient::Own(before.saturating_add(1))
    }
}

/// A collision, with all that its rank and the outlook follow from.
pub(super) struct Weighed {
    pub what: Part,
    pub network: Subnet,
    pub count: usize,
    pub widest: usize,
    pub named: usize,
    pub first: Option<HandedOut>,
    pub steps_aside: bool,
    pub why: &'static str,
}

impl Weighed {
    /// What follows from a collision; `None` when another collision already covers it.
    pub fn of(what: Part, network: Subnet, collision: &Collision, sight: &Sight) -> Option<Self> {
        let worst = *sight.blocks(network).first()?;
        let first = match what {
            Part::Pool(index) => {
                let pool = sight.plan.pools.get(index)?;
                if sight.is_docker0s(pool) {
                    return None;
                }
                match *sight.sooner.get(index)? {
                    Some(sooner) => Some(first_hit(sight, pool, sooner)?),
                    None => None,
                }
            }
            Part::InUse(_) | Part::Docker0 | Part::Docker0Ipv6 | Part::AddedPool | Part::SwarmPool => None,
        };
        let named = match first {
            Some(first) => first.with,
            None => sight.network(worst)?.0,
        };
        let theirs = sight.avoid.networks().get(named)?;
        let of_bridge = |family| match sight.plan.docker0_of(family)?.origin {
            Origin::Address | Origin::Range => Some((
                false,
                "The Engine takes `bip` and `fixed-cidr` as they are, without comparing them with other networks.",
            )),
            _ => Some(steps_aside(theirs, sight.engine)),
        };
        let (steps_aside, why) = match what {
            Part::Pool(_) => steps_aside(theirs, sight.engine),
            Part::InUse(_) => (false, "A network keeps its subnet until it is removed and created again."),
            Part::AddedPool => (false, NO_IPV6),
            Part::SwarmPool => (false, SWARM),
            Part::Docker0 => of_bridge(Family::Ipv4)?,
            Part::Docker0Ipv6 => of_bridge(Family::Ipv6)?,
        };
        let (count, widest) = (collision.count as usize, collision.widest as usize);
        Some(Self { what, network, count, widest, named, first, steps_aside, why })
    }

    /// What collides for certain comes first, then what collides soonest: what exists, then what is handed out.
    pub fn rank(&self) -> (bool, u128, u8, Recipient) {
        let kind = match self.what {
            Part::InUse(_) => 0,
            Part::Docker0 => 1,
            Part::Docker0Ipv6 => 2,
            Part::Pool(_) if self.network.is_ipv4() => 3,
            Part::Pool(_) | Part::AddedPool => 4,
            Part::SwarmPool => 5,
        };
        let to = self.first.map_or(Recipient::Own(u128::MAX), |it| it.to);
        let before = before(self.what, self.first).unwrap_or(u128::MAX);
        (self.steps_aside, before, kind, to)
    }
}

/// How many networks are created before a part of what Docker uses collides, `first` of all; `None` where that is unknown.
pub(super) fn before(what: Part, first: Option<HandedOut>) -> Option<u128> {
    match what {
        Part::InUse(_) | Part::Docker0 | Part::Docker0Ipv6 | Part::AddedPool => Some(0),
        Part::SwarmPool => None,
        Part::Pool(_) => Some(match first?.to {
            Recipient::Docker0 | Recipient::GatewayBridge => 0,
            Recipient::Own(number) => number.saturating_sub(1),
        }),
    }
}

/// How many subnets of a pool overlap sorted, disjoint blocks.
pub(super) fn cost(pool: &PlannedPool, blocks: &[Subnet]) -> Count {
    let size = pool.pool.size();
    let mut last = None;
    let mut cost = Count::ZERO;
    for block in blocks {
        if block.contains(pool.pool.base()) {
            return pool.networks;
        }
        let subnet = Subnet::new(block.network_address(), size);
        if last != Some(subnet) {
            let more = size.saturating_sub(block.prefix_len());
            cost = cost.plus(Count::power_of_two(more));
        }
        last = Some(subnet);
    }
    cost.min(pool.networks)
}

/// How many subnets are handed out before the first one of each pool, of those that are free.
///
/// `None` where pools share addresses, because what is left of one depends on what another has handed out; up to 26.1
/// that changes the order of all.
fn sooner(plan: &AddressPlan, engine: Engine, busy: &[Subnet]) -> Vec<Option<u128>> {
    let is_shared = |it: &&PlannedPool| matches!(it.fate, Fate::Shared { .. });
    let start = |family: Family| {
        let mut shared = plan.pools.iter().filter(is_shared);
        let is_lost = !engine.sorts_pools() && shared.any(|it| it.pool.base().family() == family);
        (!is_lost).then_some(0_u128)
    };
    let (mut ipv4, mut ipv6) = (start(Family::Ipv4), start(Family::Ipv6));
    let mut all = Vec::with_capacity(plan.pools.len());
    for pool in &plan.pools {
        let so_far = match pool.pool.base().family() {
            Family::Ipv4 => &mut ipv4,
            Family::Ipv6 => &mut ipv6,
        };
        if is_shared(&pool) {
            *so_far = None;
        }
        all.push(*so_far);
        if let Some(it) = so_far.as_mut().filter(|_| pool.adds > Count::ZERO) {
            *it = it.saturating_add(free_before(pool, busy, pool.adds.get()));
        }
    }
    all
}

/// The place of the subnet that an address lies in, among all that a pool is cut into.
fn place(pool: &PlannedPool, addr: IpAddr) -> u128 {
    let (base, size) = (pool.pool.base(), pool.pool.size());
    let place = number(addr).saturating_sub(number(base.network_address()));
    let bits = u32::from(base.address_bits() - size);
    place.checked_shr(bits).unwrap_or(0)
}

/// How many of the first `count` subnets of a pool have no address in common with sorted, disjoint blocks.
fn free_before(pool: &PlannedPool, blocks: &[Subnet], count: u128) -> u128 {
    let base = pool.pool.base();
    let mut free = count;
    let mut seen = 0; // so many subnets, from the first
    for block in overlapping(blocks, base) {
        let start = block.network_address().max(base.network_address());
        let end = block.last_address().min(base.last_address());
        let start = place(pool, start).max(seen);
        let end = place(pool, end).saturating_add(1).min(count);
        free = free.saturating_sub(end.saturating_sub(start));
        seen = seen.max(end);
    }
    free
}

/// The first subnet of a pool that is handed out and collides, or would be if the Engine did not pass over it.
fn first_hit(sight: &Sight, pool: &PlannedPool, sooner: u128) -> Option<HandedOut> {
    let base = pool.pool.base();
    let docker0 = sight.docker0(base.family());
    let unseen = overlapping(&sight.unseen, base).iter();
    let unseen = unseen.map(|it| (*it, &sight.busy));
    let seen = overlapping(&sight.seen, base).iter();
    let seen = seen.map(|it| (*it, &sight.taken));
    let found = unseen.chain(seen).find_map(|(block, taken)| {
        let free = first_free(pool, block, taken, docker0)?;
        Some((block, free))
    });
    let (block, subnet) = found?;
    let before = free_before(pool, &sight.busy, place(pool, subnet.network_address()));
    Some(HandedOut {
        subnet,
        to: sight.recipient(sooner.saturating_add(before), base.family()),
        with: sight.network(block)?.0,
    })
}

/// The first subnet of a pool that overlaps a block, and neither docker0 nor any of sorted, disjoint blocks that are taken.
fn first_free(pool: &PlannedPool, block: Subnet, taken: &[Subnet], docker0: Option<Subnet>) -> Option<Subnet> {
    let (base, size) = (pool.pool.base(), pool.pool.size());
    let mut candidate = Subnet::new(block.network_address().max(base.network_address()), size);
    loop {
        let docker0 = docker0.filter(|it| it.overlaps(candidate));
        let Some(taken) = overlapping(taken, candidate).last().copied().or(docker0) else {
            return Some(candidate);
        };
        let behind = next(taken.last_address().max(candidate.last_address()))?;
        if !block.holds(behind) || !base.holds(behind) {
            return None;
        }
        candidate = Subnet::new(behind, size);
    }
}

/// The address after one; `None` after the last.
fn next(addr: IpAddr) -> Option<IpAddr> {
    Some(match addr {
        IpAddr::V4(addr) => IpAddr::V4(u32::from(addr).checked_add(1)?.into()),
        IpAddr::V6(addr) => IpAddr::V6(u128::from(addr).checked_add(1)?.into()),
    })
}
