//! Which pools will the Engine use, in which order, and where does its default bridge land?

use std::net::IpAddr;

use super::{AddressPool, Allocator, Capacity, Count, Reading, WrittenPool, default_pools, swarm_pool, written_pools};
use crate::{
    Engine,
    address::{Family, Subnet},
    daemon::settings::Settings,
    docker::go::net::{Cidr, parse_cidr},
    text::{Span, order},
};

/// The subnets that the settings give to networks.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressPlan {
    /// The pools, in the order the Engine goes through them; IPv4 first where it keeps the two apart.
    pub pools: Vec<PlannedPool>,
    /// Whether these are the Engine's own pools, because the settings name none that it could use.
    pub from_defaults: bool,
    /// Whether the Engine adds an IPv6 pool of its own: a /48 below fd00::/8 that it makes from its id, cut into /64.
    pub adds_ipv6: bool,
    /// Whether the host is in a swarm, whose overlay networks come from a pool of its own: see [`swarm_pool`].
    pub swarm: bool,
    /// How many IPv4 networks the pools give, the one of the default bridge included.
    pub networks: Count,
    /// How many of them are left for networks of your own.
    pub left: Count,
    /// The IPv4 side of the default bridge, docker0.
    pub docker0: DefaultBridge,
    /// Its IPv6 side, when `ipv6` is on.
    pub docker0_ipv6: Option<DefaultBridge>,
    /// The Engine that follows it.
    pub engine: Engine,
    /// A key that decides about it and whose value the text does not tell; the plan is then that of a text without it.
    pub unknown: Option<&'static str>,
    /// All that in one line: "255 networks for your own use, 253 containers each".
    pub summary: String,
}

/// The top-level keys that decide which subnets networks get.
const DECIDING: &[&str] = &["default-address-pools", "bip", "fixed-cidr", "bip6", "fixed-cidr-v6", "ipv6", "bridge"];

/// A pool and what the Engine does with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlannedPool {
    /// The pool.
    pub pool: AddressPool,
    /// How much it gives by itself.
    pub capacity: Capacity,
    /// How many different networks the Engine cuts from it.
    pub networks: Count,
    /// How many of them have no address in common with the pools before it.
    pub adds: Count,
    /// Where it is written in the text; `None` for a pool of the Engine's own.
    pub spans: Option<PoolSpans>,
    /// Its fate.
    pub fate: Fate,
}

/// Where a pool is written in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolSpans {
    /// Its element.
    pub element: Span,
    /// The value of its `base`.
    pub base: Span,
    /// The value of its `size`.
    pub size: Span,
}

/// The fate of a pool among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its networks are handed out.
    Used,
    /// Pool number `by` of the plan covers it, and the Engine drops it.
    Dropped {
        /// An index into [`AddressPlan::pools`].
        by: usize,
    },
    /// It overlaps pool number `with` of the plan; both are kept.
    Shared {
        /// An index into [`AddressPlan::pools`].
        with: usize,
    },
    /// The Engine cuts nothing from it.
    Empty,
}

/// One address family of the default bridge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DefaultBridge {
    /// What decides its subnet.
    pub origin: Origin,
    /// Its subnet, where the settings tell it.
    pub subnet: Option<Subnet>,
    /// The address of the bridge itself, which is the containers' gateway.
    pub address: Option<IpAddr>,
    /// The part of the subnet that containers get addresses from, when it is fixed.
    pub range: Option<Subnet>,
}

/// What decides the subnet of the default bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// There is no default bridge: `"bridge": "none"`.
    Disabled,
    /// A bridge that Docker did not make, with that bridge's addresses.
    OwnBridge,
    /// `bip` or `bip6`.
    Address,
    /// `fixed-cidr` or `fixed-cidr-v6`.
    Range,
    /// A pool: an index into [`AddressPlan::pools`].
    Pool(usize),
    /// The element with this number in the text, from which no subnet can be cut.
    Unusable(usize),
    /// The IPv6 pool the Engine adds.
    AddedPool,
    /// Nothing: no pool has networks of its family.
    Nothing,
}

impl Origin {
    /// Whether the Engine finds no subnet for the default bridge, and does not start.
    pub fn fails(self) -> bool {
        matches!(self, Self::Nothing | Self::Unusable(_))
    }
}

/// An element of the text on its way into the plan.
struct Candidate {
    index: usize,
    base: Subnet,
    /// `None` when no subnet can be cut from it.
    pool: Option<AddressPool>,
    /// How many bits longer its subnets' prefix is than its own.
    split: i64,
    spans: Option<PoolSpans>,
    is_mapped: bool,
}

impl AddressPlan {
    /// The plan of an Engine with these settings.
    pub fn of(settings: &Settings, engine: Engine) -> Self {
        let is_sorted = engine.sorts_pools();
        let written = written_pools(settings);
        let mut candidates = candidates(&written, engine);
        let falls_back = written.is_empty()
            || (Engine::new(24, 0, 0) <= engine
                && !is_sorted
                && candidates.iter().all(|it| networks(it, engine) == Count::ZERO));
        if falls_back {
            candidates = defaults();
        }
        if is_sorted {
            order::sort(&mut candidates, |a, b| a.base.cmp(&b.base));
        }
        let pools = planned(&candidates, engine);
        let number_of = |index: usize| {
            let before = candidates.iter().take(index);
            before.filter(|it| it.pool.is_some()).count()
        };
        // By the election docker0 takes the first subnet of all, be it IPv6.
        let is_any_taken = elects_docker0(engine);
        let first = |family: Family| {
            candidates
                .iter()
                .position(|it| {
                    (it.base.family() == family || is_any_taken) && (is_sorted || networks(it, engine) > Count::ZERO)
                })
                .map(|index| match candidates.get(index) {
                    Some(it) if it.pool.is_none() => Origin::Unusable(it.index),
                    _ => Origin::Pool(number_of(index)),
                })
        };
        let adds_ipv6 = is_sorted && !candidates.iter().any(|it| !it.base.is_ipv4() && !it.is_mapped);
        let from_pools = |family| match first(family) {
            Some(origin) => origin,
            None if adds_ipv6 && family == Family::Ipv6 => Origin::AddedPool,
            None => Origin::Nothing,
        };
        let docker0_of = |family| {
            let from_pools = match family == Family::Ipv4 || has_bip6(engine) {
                true => from_pools(family),
                false => Origin::Nothing,
            };
            DefaultBridge::of(settings, engine, family, from_pools, &pools)
        };
        let docker0 = docker0_of(Family::Ipv4);
        let docker0_ipv6 = settings.is_true("ipv6").then(|| docker0_of(Family::Ipv6));
        let networks = own(&pools).fold(Count::ZERO, |sum, it| sum.plus(it.adds));
        let taken = docker0.subnet.map_or(0, |subnet| own(&pools).map(|it| it.taken_by(subnet)).sum());
        let left = networks.less(taken);
        Self {
            unknown: None,
            summary: summary(&pools, left),
            left,
            from_defaults: falls_back,
            adds_ipv6,
            swarm: false,
            networks,
            docker0,
            docker0_ipv6,
            pools,
            engine,
        }
    }

    /// The same on a host that is in a swarm, or not.
    #[must_use]
    pub fn in_swarm(self, swarm: bool) -> Self {
        Self { swarm, ..self }
    }

    /// The same, or that it is not known where the text leaves open what decides about it.
    #[must_use]
    pub fn or_unknown(self, settings: &Settings) -> Self {
        let Some(key) = settings.unknown_of(DECIDING) else {
            return self;
        };
        let summary = ["Which subnets networks get is not known: the text does not tell `", key, "`"].concat();
        Self { unknown: Some(key), summary, ..self }
    }

    /// That the plan is not known, and what would tell it, in sentences; `None` when it is known.
    pub fn not_known(&self) -> Option<String> {
        let said = [&self.summary, ". Write its value into the text to see them."];
        self.unknown.map(|_| said.concat())
    }

    /// What else to know about the subnets of networks, in sentences.
    ///
    /// Source: moby daemon/libnetwork/ipams/defaultipam/address_space.go, `allocatePredefinedPool`, at docker-v29.7.2;
    /// libnetwork/ipam/allocator.go, `getPredefineds`, at v26.1.5.
    pub fn besides(&self) -> Vec<String> {
        let mut said = vec![match self.engine.sorts_pools() {
            true => "The lowest free subnet comes first, so one that is freed is handed out again at once.".to_owned(),
            false => "The Engine goes through the pools as they are written, and continues after the subnet it handed \
                 out last: a freed subnet comes up again when it starts over."
                .to_owned(),
        }];
        if self.adds_ipv6 {
            said.push(
                "Networks with IPv6 get a /64 from a pool that the Engine adds: a /48 below fd00::/8 that it makes \
                 from its id. List an IPv6 pool to choose another."
                    .to_owned(),
            );
        }
        if self.swarm {
            let pool = swarm_pool();
            said.push(format!(
                "The swarm gives {} to ingress and the next ones of {} to overlay networks, unless `docker swarm init \
                 --default-addr-pool` named another pool; nothing in this configuration changes it. Containers in \
                 them reach the outside through docker_gwbridge, which takes one subnet of the pools here.",
                pool.first(),
                pool.base()
            ));
        }
        said
    }

    /// The sides of docker0 that exist, each with its name.
    pub fn sides_of_docker0(&self) -> impl Iterator<Item = (&'static str, &DefaultBridge)> {
        let ipv6 = self.docker0_ipv6.iter().map(|it| ("docker0, IPv6", it));
        [("docker0", &self.docker0)].into_iter().chain(ipv6)
    }

    /// The side of docker0 that has addresses of a family.
    pub fn docker0_of(&self, family: Family) -> Option<DefaultBridge> {
        match family {
            Family::Ipv4 => Some(self.docker0),
            Family::Ipv6 => self.docker0_ipv6,
        }
    }

    /// The allocator that hands out these pools; `None` when the plan is not known, and for the IPv6 pool that the Engine
    /// adds, which is not known here.
    pub fn allocator(&self, family: Family) -> Option<Allocator> {
        let pools: Vec<AddressPool> = self.pools.iter().map(|it| it.pool).collect();
        let is_known = self.unknown.is_none() && (family == Family::Ipv4 || !self.adds_ipv6);
        is_known.then(|| Allocator::new(self.engine, &pools, family))
    }
}

fn defaults() -> Vec<Candidate> {
    let pools = default_pools().into_iter().enumerate();
    pools
        .map(|(index, pool)| Candidate {
            index,
            base: pool.base(),
            pool: Some(pool),
            split: pool.capacity().networks_exponent.into(),
            spans: None,
            is_mapped: false,
        })
        .collect()
}

fn candidates(written: &[WrittenPool], engine: Engine) -> Vec<Candidate> {
    let written = written.iter().enumerate();
    written
        .filter_map(|(index, it)| {
            let (base, pool, split) = match it.reading(engine) {
                Reading::Pool(pool) => (pool.base(), Some(pool), pool.capacity().networks_exponent.into()),
                Reading::SizeTooLarge(base, size) => (Subnet::of(base), None, size.saturating_sub(base.bits.into())),
                Reading::Mapped(base) => (mapped(base, engine), None, 0),
                Reading::Null
                | Reading::WrongType
                | Reading::NoBase
                | Reading::BadBase
                | Reading::NoSize(_)
                | Reading::SizeTooSmall(..) => return None,
            };
            Some(Candidate {
                index,
                base,
                pool,
                split,
                spans: it.base.zip(it.size).map(|(base, size)| PoolSpans {
                    element: it.element.span,
                    base: base.span,
                    size: size.span,
                }),
                is_mapped: matches!(it.reading(engine), Reading::Mapped(_)),
            })
        })
        .collect()
}

/// Where the Engine sorts an IPv4 block in IPv6 notation that it cannot cut: up to 26.1 among IPv4.
fn mapped(base: Cidr, engine: Engine) -> Subnet {
    match engine.sorts_pools() {
        true => Subnet::of(base),
        false => Subnet::new(base.addr.to_canonical(), base.bits.saturating_sub(96)),
    }
}

/// How many different networks the Engine cuts from it, usable or not.
///
/// Up to 26.1 the Engine writes them all out, counting in 64 bits: of IPv6 only the lower half of the address is
/// counted through, and a pool of 2^64 networks has none.
///
/// Source: moby libnetwork/ipamutils/utils.go, `splitNetwork`, at v26.1.5.
fn networks(candidate: &Candidate, engine: Engine) -> Count {
    let is_written_out = !engine.sorts_pools();
    let most = match candidate.pool {
        Some(pool) if is_written_out && !candidate.base.is_ipv4() => {
            64_u8.saturating_sub(pool.capacity().addresses_exponent)
        }
        Some(_) => u8::MAX,
        None => 0,
    };
    match u8::try_from(candidate.split) {
        Ok(split) if split < 64 || !is_written_out => Count::power_of_two(split.min(most)),
        _ => Count::ZERO,
    }
}

/// The usable pools with their fates.
///
/// Source: moby daemon/libnetwork/ipams/defaultipam/address_space.go, `newAddrSpace`.
fn planned(candidates: &[Candidate], engine: Engine) -> Vec<PlannedPool> {
    let mut pools: Vec<PlannedPool> = Vec::with_capacity(candidates.len());
    // The widest bases so far, sorted and disjoint, each with its number in `pools`.
    let mut widest: Vec<(Subnet, usize)> = Vec::new();
    for candidate in candidates {
        let Some(pool) = candidate.pool else { continue };
        let base = pool.base();
        let networks = networks(candidate, engine);
        let at = widest.partition_point(|it| it.0 <= base);
        let container = at.checked_sub(1).and_then(|it| widest.get(it));
        let container = container.filter(|it| it.0.contains(base)).map(|it| it.1);
        let inner = widest.iter().skip(at).take_while(|it| base.contains(it.0));
        let (inner_count, first_inner) = (inner.clone().count(), inner.clone().map(|it| it.1).next());
        let overlap = container.or(first_inner);
        let fate = match overlap {
            _ if networks == Count::ZERO => Fate::Empty,
            Some(by) if engine.sorts_pools() => Fate::Dropped { by },
            Some(with) => Fate::Shared { with },
            None => Fate::Used,
        };
        let mut planned =
            PlannedPool { pool, capacity: pool.capacity(), networks, adds: networks, spans: candidate.spans, fate };
        let taken = inner.map(|it| planned.taken_by(it.0));
        let taken = taken.fold(0, u128::saturating_add);
        planned.adds = match (container, fate) {
            (Some(_), _) | (_, Fate::Dropped { .. }) => Count::ZERO,
            _ => networks.less(taken),
        };
        if container.is_none() && fate != Fate::Empty {
            widest.splice(at..at + inner_count, [(base, pools.len())]);
        }
        pools.push(planned);
    }
    pools
}

/// The IPv4 pools that have addresses of their own.
fn own(pools: &[PlannedPool]) -> impl Iterator<Item = &PlannedPool> {
    pools.iter().filter(|it| it.pool.base().is_ipv4() && it.adds > Count::ZERO)
}

/// Whether `engine` elects a subnet for docker0 from the pools before it looks at `bip`: the first of all that the host
/// does not need, whatever Docker uses. It does not start when there is none, also with `bip`.
///
/// Source: moby libnetwork/netutils/utils_linux.go, `ElectInterfaceAddresses`, called by daemon/daemon_unix.go,
/// `initBridgeDriver`, up to v23.0.3.
pub(super) fn elects_docker0(engine: Engine) -> bool {
    engine < Engine::new(23, 0, 4)
}

/// Whether the IPv6 side of docker0 can have its subnet by `bip6` or from a pool; before, only `fixed-cidr-v6` gave it one.
fn has_bip6(engine: Engine) -> bool {
    Engine::new(28, 0, 0) <= engine
}

impl DefaultBridge {
    /// Source: moby daemon/daemon_unix.go, `getDefaultBridgeIPAMConf`; `initBridgeDriver` up to 27.5.
    fn of(settings: &Settings, engine: Engine, family: Family, from_pools: Origin, pools: &[PlannedPool]) -> Self {
        let (address, range) = match family {
            Family::Ipv4 => (settings.text("bip"), settings.text("fixed-cidr")),
            Family::Ipv6 => (settings.text("bip6").filter(|_| has_bip6(engine)), settings.text("fixed-cidr-v6")),
        };
        let address = address.and_then(|it| parse_cidr(it.value));
        let range = range.and_then(|it| parse_cidr(it.value)).map(Subnet::of);
        // By its own name, the bridge that the Engine makes is no other one.
        let bridge = settings.text("bridge").map(|it| it.value).filter(|it| *it != "docker0");
        // Until 23.0.5 the subnet came from the pools, whatever `fixed-cidr` said.
        let is_range_enough = Engine::new(23, 0, 5) <= engine || range.is_some_and(|it| !it.is_ipv4());
        let elects_in_vain = elects_docker0(engine) && from_pools == Origin::Nothing;
        let (origin, subnet) = match (bridge, address, range) {
            (Some("none"), ..) => (Origin::Disabled, None),
            (Some(_), ..) => (Origin::OwnBridge, None),
            (None, Some(address), _) if elects_in_vain && address.addr.is_ipv4() => (from_pools, None),
            (None, Some(address), _) => (Origin::Address, Some(Subnet::of(address))),
            (None, None, Some(range)) if is_range_enough => (Origin::Range, Some(range)),
            (None, None, _) => {
                let subnet = match from_pools {
                    Origin::Pool(number) => pools.get(number).map(|it| it.pool.first()),
                    _ => None,
                };
                (from_pools, subnet)
            }
        };
        let own_address = match origin {
            Origin::Address => address.map(|it| it.addr),
            // Up to 23.0.3 it then was some address of the range.
            Origin::Pool(_) if range.is_some() => None,
            _ => subnet.and_then(first_host),
        };
        Self { origin, subnet, address: own_address, range: range.filter(|_| origin != Origin::Disabled) }
    }
}

impl DefaultBridge {
    /// How many containers have room on it: of its subnet, or of the range within it, what is neither the bridge's own
    /// nor reserved. `None` where the settings tell no subnet.
    ///
    /// Source: moby daemon/libnetwork/ipams/defaultipam/allocator.go, `newPoolData`.
    pub fn containers(&self) -> Option<Count> {
        let subnet = self.subnet?;
        let range = self.range.filter(|it| subnet.contains(*it)).unwrap_or(subnet);
        let is_tiny = subnet.is_ipv4() && subnet.prefix_len() >= 31;
        let first = Some(subnet.network_address()).filter(|_| !is_tiny);
        let last = Some(subnet.last_address()).filter(|_| !is_tiny && subnet.is_ipv4());
        let own = self.address.filter(|it| Some(*it) != first && Some(*it) != last);
        let taken = [first, last, own].into_iter().flatten();
        let taken = taken.filter(|it| range.holds(*it)).count();
        let all = Count::power_of_two(range.address_bits() - range.prefix_len());
        Some(all.less(taken as u128))
    }
}

/// The address the Engine gives out first: IPv4 networks of one or two addresses reserve none.
fn first_host(subnet: Subnet) -> Option<IpAddr> {
    let is_all_hosts = subnet.is_ipv4() && subnet.prefix_len() >= 31;
    subnet.address(u32::from(!is_all_hosts))
}

fn summary(pools: &[PlannedPool], left: Count) -> String {
    let room = || own(pools).map(|it| it.capacity.containers());
    let (Some(least), Some(most)) = (room().min(), room().max()) else {
        return "No IPv4 networks for your own use".to_owned();
    };
    let of_room = match (least == most, most) {
        (true, most) if most == Count::from(1) => "1 container".to_owned(),
        (true, most) => [&most.told(), " containers"].concat(),
        (false, most) => [&least.told(), " to ", &most.told(), " containers"].concat(),
    };
    match left.get() {
        0 => "No networks left for your own use: docker0 takes them all".to_owned(),
        1 => ["1 network for your own use, ", &of_room].concat(),
        _ => [&left.told(), " networks for your own use, ", &of_room, " each"].concat(),
    }
}

impl PlannedPool {
    /// How many networks of the pool have addresses in common with a subnet.
    pub fn taken_by(&self, subnet: Subnet) -> u128 {
        let base = self.pool.base();
        if subnet.contains(base) {
            self.networks.get()
        } else if base.contains(subnet) {
            Count::power_of_two(self.pool.size().saturating_sub(subnet.prefix_len())).get()
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::dialect::DAEMON_JSON;

    #[track_caller]
    fn plan(text: &str, engine: &str) -> AddressPlan {
        let document = DAEMON_JSON.read(text);
        let engine = engine.parse().expect("an Engine");
        AddressPlan::of(&Settings::of(&document, engine), engine)
    }

    fn lines(plan: &AddressPlan) -> Vec<String> {
        plan.pools.iter().map(|it| format!("{}:{} {:?}", it.pool.base(), it.pool.size(), it.fate)).collect()
    }

    #[test]
    fn a_range_leaves_docker0_less_room() {
        for (settings, expected) in [
            (r#""bip": "192.168.1.1/24""#, "253"),
            (r#""bip": "192.168.1.1/24", "fixed-cidr": "192.168.1.0/25""#, "126"),
            (r#""bip": "192.168.1.1/24", "fixed-cidr": "192.168.1.128/25""#, "127"),
            (r#""bip": "192.168.1.129/24", "fixed-cidr": "192.168.1.0/25""#, "127"),
            (r#""bip": "192.168.1.1/24", "fixed-cidr": "192.168.1.64/26""#, "64"),
            (r#""bip": "192.168.1.1/24", "fixed-cidr": "192.168.0.0/16""#, "253"), // cut down to the subnet
            (r#""fixed-cidr": "192.168.1.0/25""#, "125"),
            (r#""bip": "192.168.1.1/31""#, "1"),
            (r#""bip": "192.168.1.1/32""#, "0"),
        ] {
            let plan = plan(&format!("{{{settings}}}"), "29");
            let room = plan.docker0.containers().map(|it| it.to_string());
            assert_eq!(room.as_deref(), Some(expected), "{settings}");
        }
        let text = r#"{"ipv6": true, "bip6": "fd00::1/64", "fixed-cidr-v6": "fd00::/112"}"#;
        let room = plan(text, "29").docker0_ipv6.and_then(|it| it.containers());
        assert_eq!(room, Some(Count::from(65_534)));
    }

    #[test]
    fn without_settings_the_engine_has_its_own_pools() {
        for engine in ["20.10", "26", "29"] {
            let plan = plan("{}", engine);
            assert!(plan.from_defaults);
            assert_eq!(plan.networks, Count::from(31));
            assert_eq!(plan.docker0.subnet.map(|it| it.to_string()).as_deref(), Some("172.17.0.0/16"));
            assert_eq!(plan.docker0.address, "172.17.0.1".parse().ok());
            assert_eq!(plan.summary, "30 networks for your own use, 4,093 to 65,533 containers each");
            assert_eq!(plan.adds_ipv6, engine == "29");
        }
    }

    #[test]
    fn order_and_overlap_depend_on_the_engine() {
        let nested = r#"{"default-address-pools": [
            {"base": "192.168.0.0/16", "size": 24},
            {"base": "10.0.0.0/16", "size": 24},
            {"base": "10.0.0.0/8", "size": 20},
            {"base": "192.168.0.0/16", "size": 28}]}"#;
        let new = plan(nested, "29");
        assert_eq!(
            lines(&new),
            [
                "10.0.0.0/8:20 Used",
                "10.0.0.0/16:24 Dropped { by: 0 }",
                "192.168.0.0/16:24 Used",
                "192.168.0.0/16:28 Dropped { by: 2 }",
            ]
        );
        assert_eq!(new.docker0.origin, Origin::Pool(0));
        assert_eq!(new.summary, "4,351 networks for your own use, 253 to 4,093 containers each");
        let old = plan(nested, "26");
        assert_eq!(
            lines(&old),
            [
                "192.168.0.0/16:24 Used",
                "10.0.0.0/16:24 Used",
                "10.0.0.0/8:20 Shared { with: 1 }",
                "192.168.0.0/16:28 Shared { with: 0 }",
            ]
        );
        assert_eq!(old.docker0.subnet.map(|it| it.to_string()).as_deref(), Some("192.168.0.0/24"));
    }

    #[test]
    fn pools_may_share_all_there_is() {
        let halves = r#"{"default-address-pools": [{"base": "::/1", "size": 32}, {"base": "8000::/1", "size": 32},
            {"base": "::/0", "size": 128}]}"#;
        assert_eq!(lines(&plan(halves, "26")), ["::/1:32 Used", "8000::/1:32 Used", "::/0:128 Empty"]);
    }

    #[test]
    fn docker0_lands() {
        let pools = r#""default-address-pools": [{"base": "10.0.0.0/16", "size": 24}]"#;
        for (text, engine, origin, subnet) in [
            (format!("{{{pools}}}"), "29", Origin::Pool(0), "10.0.0.0/24"),
            (format!(r#"{{{pools}, "bip": "10.9.0.5/20"}}"#), "29", Origin::Address, "10.9.0.0/20"),
            (format!(r#"{{{pools}, "fixed-cidr": "10.9.0.0/25"}}"#), "29", Origin::Range, "10.9.0.0/25"),
            (format!(r#"{{{pools}, "fixed-cidr": "10.9.0.0/25"}}"#), "20.10", Origin::Pool(0), "10.0.0.0/24"),
            (format!(r#"{{{pools}, "bridge": "none"}}"#), "29", Origin::Disabled, ""),
            (format!(r#"{{{pools}, "bridge": "docker0"}}"#), "29", Origin::Pool(0), "10.0.0.0/24"),
            (format!(r#"{{{pools}, "bridge": "br0"}}"#), "29", Origin::OwnBridge, ""),
            (r#"{"default-address-pools": [{"base": "fd00::/48", "size": 64}]}"#.into(), "29", Origin::Nothing, ""),
            (
                r#"{"default-address-pools": [{"base": "10.0.0.0/16", "size": 33}]}"#.into(),
                "29",
                Origin::Unusable(0),
                "",
            ),
        ] {
            let docker0 = plan(&text, engine).docker0;
            assert_eq!(docker0.origin, origin, "{text}");
            assert_eq!(docker0.subnet.map(|it| it.to_string()).unwrap_or_default(), subnet, "{text}");
        }
    }

    #[test]
    fn sums_up_in_a_line() {
        for (pool, more, summary) in [
            (("10.0.0.0/16", 24), "", "255 networks for your own use, 253 containers each"),
            (("10.0.0.0/23", 24), "", "1 network for your own use, 253 containers"),
            (("10.0.0.0/24", 24), "", "No networks left for your own use: docker0 takes them all"),
            (("10.0.0.0/16", 24), r#", "bip": "10.0.0.1/20""#, "240 networks for your own use, 253 containers each"),
            (("10.0.0.0/16", 24), r#", "bip": "10.1.0.1/20""#, "256 networks for your own use, 253 containers each"),
            (
                ("10.0.0.0/16", 24),
                r#", "bip": "10.0.0.1/8""#,
                "No networks left for your own use: docker0 takes them all",
            ),
            (("10.0.0.0/28", 30), "", "3 networks for your own use, 1 container each"),
            (("fd00::/48", 64), "", "No IPv4 networks for your own use"),
        ] {
            let (base, size) = pool;
            let text = format!(r#"{{"default-address-pools": [{{"base": "{base}", "size": {size}}}]{more}}}"#);
            assert_eq!(plan(&text, "29").summary, summary, "{text}");
        }
    }

    #[test]
    fn before_27_ipv6_pools_give_fewer_networks_than_they_hold() {
        for (base, size, networks) in [
            ("fd00::/48", 64, 1), // every one of them is the first
            ("fd00::/48", 72, 256),
            ("fd00::/100", 120, 1 << 20),
            ("fd00::/64", 128, 0),
        ] {
            let text = format!(
                r#"{{"default-address-pools": [{{"base": "10.0.0.0/16", "size": 24}}, {{"base": "{base}", "size": {size}}}]}}"#
            );
            let pools = plan(&text, "26").pools;
            assert_eq!(pools.last().map(|it| it.networks.get()), Some(networks), "{base} {size}");
        }
        let only = r#"{"default-address-pools": [{"base": "fd00::/64", "size": 128}]}"#;
        assert!(plan(only, "26").from_defaults);
        assert!(!plan(only, "20.10").from_defaults);
    }
}
