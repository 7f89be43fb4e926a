//! What will docker0 and the next networks get, in order, and why not something else?

use super::{AddressPlan, Allocator, Avoid, Count, DefaultBridge, Origin, Skipped, Taken, plan::elects_docker0};
use crate::{
    Engine,
    address::{Collisions, Family, Subnet},
    text::order,
};

/// The host, and what is asked about it.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// Of which family the subnets are.
    pub family: Family,
    /// How many networks are made, docker0 and docker_gwbridge not counted.
    pub count: usize,
    /// Whether the host is in a swarm. Its first container in an overlay network makes a network docker_gwbridge; here
    /// that comes before all others.
    ///
    /// Source: moby daemon/libnetwork/default_gateway_linux.go, `createGWNetwork`; read at docker-v29.7.2.
    pub swarm: bool,
    /// What other networks of Docker use already, and docker0 if it is there.
    pub in_use: &'a [Subnet],
    /// What the Engine finds on the host: see [`Allocator::reserve`].
    pub reserved: &'a [Subnet],
}

impl Default for Situation<'_> {
    /// A host with nothing but Docker on it.
    fn default() -> Self {
        Self { family: Family::Ipv4, count: 8, swarm: false, in_use: &[], reserved: &[] }
    }
}

/// What will happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// What the Engine does, one after the other.
    pub steps: Vec<Step>,
    /// How many more ranges of subnets were passed over than the steps tell.
    pub more_skipped: usize,
    /// How many networks of one's own there are among the steps.
    pub count: usize,
    /// How many more could follow: see [`Allocator::left`].
    pub left: Count,
    /// What docker0 collides with, so that the daemon does not start.
    pub docker0_taken: Option<Taken>,
}

/// Something the Engine does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// It passes over subnets.
    Skip(Skipped),
    /// It gives a subnet to a network.
    Give {
        /// The subnet.
        subnet: Subnet,
        /// To which network.
        to: Recipient,
        /// A subnet in use, reserved or docker0's that it overlaps all the same: a quirk of the Engine.
        over: Option<Subnet>,
    },
}

/// A network that gets a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// The default bridge.
    Docker0,
    /// The bridge through which containers in overlay networks reach the world.
    GatewayBridge,
    /// A network of one's own, counted from 1: the next one that is created.
    Own(u128),
}

impl Recipient {
    /// What it is called: `docker0`, `docker_gwbridge`, `network 3`.
    pub fn name(self) -> String {
        match self {
            Self::Own(_) => ["network ", &self.id()].concat(),
            Self::Docker0 | Self::GatewayBridge => self.id(),
        }
    }

    /// What programs call it: `docker0`, `docker_gwbridge`, `3`.
    pub fn id(self) -> String {
        match self {
            Self::Docker0 => "docker0".to_owned(),
            Self::GatewayBridge => "docker_gwbridge".to_owned(),
            Self::Own(number) => number.to_string(),
        }
    }
}

impl Forecast {
    /// No more networks are foretold.
    pub const MOST: usize = 1 << 17;

    /// What will happen on a host with these networks around it, beside what else is asked about it.
    ///
    /// See [`Forecast::of`] for `None`.
    pub fn amid(plan: &AddressPlan, avoid: &Avoid, engine: Engine, asked: &Situation) -> Option<Self> {
        let in_use: Vec<_> = avoid.in_use().iter().map(|it| it.subnet).collect();
        let seen = avoid.networks().iter().filter(|it| it.is_seen_by(engine));
        let reserved: Vec<_> = seen.map(|it| it.subnet).collect();
        Self::of(
            plan,
            &Situation {
                swarm: asked.swarm && !avoid.has_gateway_bridge(),
                in_use: &in_use,
                reserved: &reserved,
                ..*asked
            },
        )
    }

    /// What will happen with these settings on a host.
    ///
    /// `None` when that is unknown: the text does not tell what decides about the plan, or the subnets come from an IPv6
    /// pool that the Engine makes from its own id, a /48 below fd00::/8 cut into /64, of which it takes one after the
    /// other.
    ///
    /// Source: moby daemon/daemon.go, `deriveULABaseNetwork`; read at docker-v29.7.2.
    pub fn of(plan: &AddressPlan, situation: &Situation) -> Option<Self> {
        let mut allocator = plan.allocator(situation.family)?;
        let mut in_use = situation.in_use.to_vec();
        order::sort(&mut in_use, |a, b| a.prefix_len().cmp(&b.prefix_len()));
        for it in in_use {
            // One inside another that is in use changes nothing.
            let _ = allocator.occupy(it);
        }
        allocator.reserve(situation.reserved);
        let mut forecast =
            Self { steps: Vec::new(), more_skipped: 0, count: 0, left: Count::ZERO, docker0_taken: None };
        if let Some(bridge) = plan.docker0_of(situation.family) {
            forecast.make_docker0(plan, &bridge, &mut allocator, situation);
        }
        if situation.swarm && situation.family == Family::Ipv4 {
            forecast.make(Recipient::GatewayBridge, &mut allocator);
        }
        while forecast.count < situation.count.min(Self::MOST)
            && forecast.make(Recipient::Own(forecast.count as u128 + 1), &mut allocator)
        {
            forecast.count += 1;
        }
        forecast.more_skipped = allocator.skips().more;
        forecast.left = allocator.left();
        forecast.name_quirks(situation);
        Some(forecast)
    }

    /// The subnets, in order.
    pub fn subnets(&self) -> impl Iterator<Item = Subnet> {
        self.steps.iter().filter_map(|it| match it {
            Step::Give { subnet, .. } => Some(*subnet),
            Step::Skip(_) => None,
        })
    }

    fn give(&mut self, to: Recipient, subnet: Subnet) {
        self.steps.push(Step::Give { subnet, to, over: None });
    }

    /// Makes a network with a subnet of the pools; says whether there was one.
    fn make(&mut self, recipient: Recipient, allocator: &mut Allocator) -> bool {
        let told = allocator.skips().first.len();
        let subnet = allocator.next();
        let skips = &allocator.skips().first;
        let new = skips.get(told..).unwrap_or(skips).iter();
        // That docker0 has its subnet is told before.
        let docker0 = self.subnets().next();
        let new = new.filter(|it| Some(it.first) != docker0 || it.first != it.by);
        self.steps.extend(new.copied().map(Step::Skip));
        if let Some(subnet) = subnet {
            self.give(recipient, subnet);
        }
        subnet.is_some()
    }

    fn make_docker0(
        &mut self,
        plan: &AddressPlan,
        bridge: &DefaultBridge,
        allocator: &mut Allocator,
        situation: &Situation,
    ) {
        let subnet = bridge.subnet;
        let subnet = subnet.filter(|it| it.family() == situation.family);
        let is_there = subnet.is_some_and(|it| situation.in_use.contains(&it));
        match (bridge.origin, subnet) {
            (_, Some(subnet)) if is_there => self.give(Recipient::Docker0, subnet),
            (Origin::Address | Origin::Range, Some(subnet)) => {
                // With a range inside the subnet the Engine does not look.
                let taken = allocator.occupy(subnet).err();
                self.docker0_taken = taken.filter(|_| bridge.range.is_none());
                self.give(Recipient::Docker0, subnet);
            }
            (Origin::Pool(_), Some(_)) if elects_docker0(plan.engine) => {
                let free = first_clear(plan, situation);
                if let Some(subnet) = free {
                    self.docker0_taken = allocator.occupy(subnet).err();
                    self.give(Recipient::Docker0, subnet);
                }
            }
            (Origin::Pool(_), Some(_)) => {
                self.make(Recipient::Docker0, allocator);
                self.name_quirk_of_docker0(situation);
            }
            _ => {}
        }
    }

    /// Says what the subnet that the pools gave to docker0 overlaps all the same; one set by hand, or its own from
    /// before, may overlap anything.
    fn name_quirk_of_docker0(&mut self, situation: &Situation) {
        if let Some(Step::Give { subnet, over, .. }) = self.steps.last_mut() {
            let away = situation.in_use.iter().chain(situation.reserved);
            *over = away.copied().filter(|it| it.overlaps(*subnet)).min_by_key(|it| it.prefix_len());
        }
    }

    /// Says which subnets of the networks after docker0 overlap what they should not.
    fn name_quirks(&mut self, situation: &Situation) {
        let given: Vec<Subnet> = self.subnets().collect();
        let docker0 = self.steps.iter().filter_map(|it| match it {
            Step::Give { subnet, to: Recipient::Docker0, .. } => Some(subnet),
            Step::Give { .. } | Step::Skip(_) => None,
        });
        let away: Vec<Subnet> = situation.in_use.iter().chain(situation.reserved).chain(docker0).copied().collect();
        let mut over: Vec<Option<Subnet>> = vec![None; given.len()];
        for collision in Collisions::between(&given, &away).ours {
            if let Some(it) = over.get_mut(collision.index as usize) {
                *it = away.get(collision.widest as usize).copied();
            }
        }
        let mut over = over.into_iter();
        for step in &mut self.steps {
            if let Step::Give { to, over: found, .. } = step {
                let collider = over.next().flatten();
                if *to != Recipient::Docker0 {
                    *found = collider;
                }
            }
        }
    }
}

/// The first subnet of all pools that the host does not need, whatever Docker uses.
///
/// Source: moby libnetwork/netutils/utils_linux.go, `ElectInterfaceAddresses`, `FindAvailableNetwork`; read at v23.0.3.
fn first_clear(plan: &AddressPlan, situation: &Situation) -> Option<Subnet> {
    let mut allocator = plan.allocator(situation.family)?;
    allocator.reserve(situation.reserved);
    allocator.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        daemon::{dialect::DAEMON_JSON, settings::Settings},
        docker::go::net::parse_prefix,
    };

    #[track_caller]
    fn subnets(texts: &[&str]) -> Vec<Subnet> {
        let subnet = |text: &&str| Subnet::of(parse_prefix(text).expect(text));
        texts.iter().map(subnet).collect()
    }

    #[track_caller]
    fn plan(text: &str, engine: &str) -> AddressPlan {
        let engine = engine.parse().expect("an Engine");
        AddressPlan::of(&Settings::of(&DAEMON_JSON.read(text), engine), engine)
    }

    fn lines(forecast: &Forecast) -> Vec<String> {
        let steps = forecast.steps.iter();
        steps
            .map(|it| match it {
                Step::Skip(it) => format!("{} x{} {:?} {}", it.first, it.count, it.cause, it.by),
                Step::Give { subnet, to, over } => {
                    let over = over.map_or(String::new(), |it| format!(" over {it}"));
                    format!("{to:?} {subnet}{over}")
                }
            })
            .collect()
    }

    const POOL: &str = r#""default-address-pools": [{"base": "10.0.0.0/22", "size": 24}]"#;

    #[test]
    fn docker0_comes_first() {
        for (more, engine, expected, left) in [
            ("", "29", "Docker0 10.0.0.0/24, Own(1) 10.0.1.0/24, Own(2) 10.0.2.0/24", 1),
            ("", "26", "Docker0 10.0.0.0/24, Own(1) 10.0.1.0/24, Own(2) 10.0.2.0/24", 1),
            ("", "23", "Docker0 10.0.0.0/24, Own(1) 10.0.1.0/24, Own(2) 10.0.2.0/24", 1),
            (r#", "bip": "10.0.1.1/24""#, "29", "Docker0 10.0.1.0/24, Own(1) 10.0.0.0/24, Own(2) 10.0.2.0/24", 1),
            (
                r#", "fixed-cidr": "10.9.0.0/24""#,
                "29",
                "Docker0 10.9.0.0/24, Own(1) 10.0.0.0/24, Own(2) 10.0.1.0/24",
                2,
            ),
            (r#", "bridge": "none""#, "29", "Own(1) 10.0.0.0/24, Own(2) 10.0.1.0/24", 2),
            (r#", "bridge": "br0""#, "29", "Own(1) 10.0.0.0/24, Own(2) 10.0.1.0/24", 2),
        ] {
            let plan = plan(&format!("{{{POOL}{more}}}"), engine);
            let situation = Situation { count: 2, ..Situation::default() };
            let forecast = Forecast::of(&plan, &situation).expect("IPv4");
            assert_eq!(lines(&forecast).join(", "), expected, "{more} {engine}");
            assert_eq!(forecast.left, Count::from(left), "{more} {engine}");
        }
    }

    #[test]
    fn a_traveller_sees_what_the_engine_passes_over() {
        let reserved = subnets(&["172.18.0.0/16", "172.20.7.0/24"]);
        for (engine, in_use) in [("29", &["172.17.0.0/16"][..]), ("26", &[]), ("20.10", &[])] {
            let in_use = subnets(in_use);
            let situation =
                Situation { count: 2, swarm: true, in_use: &in_use, reserved: &reserved, ..Situation::default() };
            let forecast = Forecast::of(&plan("{}", engine), &situation).expect("IPv4");
            assert_eq!(
                lines(&forecast),
                [
                    "Docker0 172.17.0.0/16",
                    "172.18.0.0/16 x1 Reserved 172.18.0.0/16",
                    "GatewayBridge 172.19.0.0/16",
                    "172.20.0.0/16 x1 Reserved 172.20.7.0/24",
                    "Own(1) 172.21.0.0/16",
                    "Own(2) 172.22.0.0/16",
                ],
                "{engine}"
            );
            assert_eq!(forecast.left, Count::from(25), "{engine}");
        }
    }

    #[test]
    fn ends_where_the_pools_end() {
        let in_use = subnets(&["10.0.0.0/8", "10.0.1.0/24"]);
        let bip = plan(&format!(r#"{{{POOL}, "bip": "10.0.0.1/24"}}"#), "29");
        let forecast = Forecast::of(&bip, &Situation::default()).expect("IPv4");
        assert_eq!(forecast.count, 3);
        assert_eq!(forecast.left, Count::ZERO);
        let situation = Situation { in_use: &in_use, ..Situation::default() };
        let forecast = Forecast::of(&bip, &situation).expect("IPv4");
        assert_eq!(forecast.count, 0);
        assert_eq!(forecast.docker0_taken.map(|it| it.by), in_use.first().copied());
    }

    #[test]
    fn names_the_quirk() {
        let reserved = subnets(&["10.0.0.0/12", "10.1.0.0/16", "10.200.0.0/16"]);
        let pool = r#"{"bridge": "none", "default-address-pools": [{"base": "10.0.0.0/8", "size": 16}]}"#;
        let situation = Situation { count: 1, reserved: &reserved, ..Situation::default() };
        let forecast = Forecast::of(&plan(pool, "29"), &situation).expect("IPv4");
        assert_eq!(lines(&forecast), ["10.0.0.0/16 x16 Reserved 10.0.0.0/12", "Own(1) 10.2.0.0/16 over 10.0.0.0/12"]);
        // A route within docker0 makes it forget the rest of docker0.
        let reserved = subnets(&["10.0.128.0/19"]);
        let text = r#"{"bip": "10.0.128.1/18", "default-address-pools": [{"base": "10.0.128.0/17", "size": 20}]}"#;
        let situation = Situation { count: 1, reserved: &reserved, ..Situation::default() };
        let forecast = Forecast::of(&plan(text, "29"), &situation).expect("IPv4");
        assert_eq!(
            lines(&forecast),
            [
                "Docker0 10.0.128.0/18",
                "10.0.128.0/20 x4 Taken 10.0.128.0/18",
                "Own(1) 10.0.160.0/20 over 10.0.128.0/18"
            ]
        );
    }

    /// A network within a range of the host makes the Engine forget the rest of the range.
    ///
    /// Source: moby daemon/libnetwork/ipams/defaultipam/address_space.go, `allocatePredefinedPool`, where `prevAlloc` is
    /// the last one passed, not the widest; read at docker-v29.7.2. Up to 26.1 all of the range is passed over.
    #[test]
    fn names_the_quirk_of_docker0() {
        let in_use = subnets(&["10.0.16.0/21"]);
        let reserved = subnets(&["10.0.0.0/19"]);
        let pool = r#""default-address-pools": [{"base": "10.0.0.0/17", "size": 21}]"#;
        for (more, engine, docker0, own) in [
            ("", "29", "Docker0 10.0.24.0/21 over 10.0.0.0/19", "Own(1) 10.0.32.0/21"),
            ("", "26.1", "Docker0 10.0.32.0/21", "Own(1) 10.0.40.0/21"),
            (r#", "bip": "10.0.24.1/21""#, "29", "Docker0 10.0.24.0/21", "Own(1) 10.0.32.0/21"),
        ] {
            let situation = Situation { count: 1, in_use: &in_use, reserved: &reserved, ..Situation::default() };
            let forecast = Forecast::of(&plan(&format!("{{{pool}{more}}}"), engine), &situation).expect("IPv4");
            let mut lines = lines(&forecast);
            lines.retain(|it| !it.contains(" x"));
            assert_eq!(lines, [docker0, own], "{more} {engine}");
        }
        // What is there already keeps its subnet.
        let in_use = subnets(&["10.0.0.0/21"]);
        let situation = Situation { count: 0, in_use: &in_use, reserved: &reserved, ..Situation::default() };
        let forecast = Forecast::of(&plan(&format!("{{{pool}}}"), "29"), &situation).expect("IPv4");
        assert_eq!(lines(&forecast), ["Docker0 10.0.0.0/21"]);
    }

    #[test]
    fn of_an_unknown_plan_nothing_is_foretold() {
        for (key, is_known) in [("default-address-pools", false), ("bip", false), ("bridge", false), ("mtu", true)] {
            let text = format!("{{ config, ... }}: {{ virtualisation.docker.daemon.settings.{key} = config.x; }}");
            let plan = crate::analyze(&crate::Request::of(text)).plan;
            assert_eq!(Forecast::of(&plan, &Situation::default()).is_some(), is_known, "{key}");
            assert_eq!(plan.not_known().is_none(), is_known, "{key}");
            let said = plan.not_known().unwrap_or_default();
            assert!(is_known || said.contains(&format!("the text does not tell `{key}`. ")), "{said}");
        }
    }

    #[test]
    fn ipv6() {
        let situation = Situation { family: Family::Ipv6, count: 2, ..Situation::default() };
        assert_eq!(Forecast::of(&plan("{}", "29"), &situation), None);
        for (engine, expected) in [
            ("29", "Docker0 fd00::/64, Own(1) fd00:0:0:1::/64, Own(2) fd00:0:0:2::/64"),
            ("27", "Own(1) fd00::/64, Own(2) fd00:0:0:1::/64"),
        ] {
            let text = r#"{"ipv6": true, "default-address-pools": [
                {"base": "10.0.0.0/16", "size": 24}, {"base": "fd00::/48", "size": 64}]}"#;
            let forecast = Forecast::of(&plan(text, engine), &situation).expect("a pool");
            assert_eq!(lines(&forecast).join(", "), expected, "{engine}");
        }
    }
}
