//! Does docker0 find a subnet beside the networks that the Engine sees? Without one, the daemon does not start.

use super::{
    AddressPlan, AddressPool, Avoid, Avoided, DefaultBridge, Forecast, Origin, Recipient, Situation, Step,
    avoid::{disjoint, merged, overlapping},
    plan::elects_docker0,
    proposal::private_ranges,
    space::{gaps, middle_block},
};
use crate::{
    address::{Family, Subnet},
    text::order,
};

/// Networks that keep the daemon from starting: they leave docker0 no subnet.
///
/// The Engine passes over what it sees on the host, and over the subnets of Docker's other networks, which it restores
/// first. An existing docker0 keeps its subnet, whatever the pools say, but only until the next boot.
///
/// Source: moby daemon/daemon_unix.go, `configureNetworking`, `initBridgeDriver` and `selectBIP`;
/// daemon/libnetwork/ipams/defaultipam/address_space.go, `allocatePredefinedPool`; read at docker-v29.7.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartBlock {
    /// The networks in the way: those that overlap the pools or docker0, and lie in no other.
    pub by: Vec<Subnet>,
    /// Whether docker0 exists, so that the start fails only once docker0 has to be created again.
    pub is_docker0_there: bool,
    /// What happens: one sentence.
    pub sentence: String,
    /// What to do, in sentences.
    pub help: String,
    /// A pool that keeps clear of all of them; with it in the list, the daemon starts.
    pub pool: Option<AddressPool>,
}

impl StartBlock {
    /// What keeps the daemon from starting on the host as far as it was read; `None` when nothing does.
    pub fn beside(plan: &AddressPlan, avoid: &Avoid) -> Option<Self> {
        let seen = avoid.certain().networks().iter();
        let seen: Vec<Avoided> = seen.filter(|it| it.is_seen_by(plan.engine)).cloned().collect();
        Self::of(plan, avoid.in_use(), &seen)
    }

    /// What keeps the daemon from starting; `None` when nothing does.
    ///
    /// `in_use` are the networks that Docker has made, docker0 by the name `docker0` or `bridge`; `seen` is what the
    /// Engine finds on the host, each of it [seen](Avoided::is_seen_by) by the Engine.
    pub fn of(plan: &AddressPlan, in_use: &[Avoided], seen: &[Avoided]) -> Option<Self> {
        let is_docker0 = |it: &&Avoided| matches!(it.name.as_str(), "docker0" | "bridge");
        let others: Vec<&Avoided> = in_use.iter().filter(|it| !is_docker0(it)).collect();
        Family::BOTH.into_iter().find_map(|family| {
            let bridge = plan.docker0_of(family);
            let there = in_use.iter().find(|it| is_docker0(it) && it.subnet.family() == family);
            Self::of_family(plan, &bridge?, family, &others, seen, there)
        })
    }

    fn of_family(
        plan: &AddressPlan,
        bridge: &DefaultBridge,
        family: Family,
        others: &[&Avoided],
        seen: &[Avoided],
        docker0: Option<&Avoided>,
    ) -> Option<Self> {
        let is_from_pool = matches!(bridge.origin, Origin::Pool(_));
        let is_elected = elects_docker0(plan.engine) && family == Family::Ipv4;
        if !is_from_pool && bridge.origin != Origin::Address {
            return None;
        }
        let around: Vec<&Avoided> = others.iter().copied().chain(seen).collect();
        let subnets = |of: &[&Avoided]| sorted(of.iter().map(|it| it.subnet).collect());
        let all = merged(&subnets(&around));
        let usual = match is_from_pool {
            true => bridge.subnet,
            false => plan.pools.first().map(|it| it.pool.first()),
        }?;
        let is_free = |it: Subnet| overlapping(&all, it).is_empty();
        if is_free(usual) && bridge.subnet.is_some_and(is_free) {
            return None;
        }
        let in_use = subnets(others);
        let reserved = sorted(seen.iter().map(|it| it.subnet).collect());
        let situation = Situation { family, count: 0, in_use: &in_use, reserved: &reserved, ..Situation::default() };
        let bridge_taken = |plan: &AddressPlan| {
            let forecast = Forecast::of(plan, &situation)?;
            let is_docker0 = |it: &Step| matches!(it, Step::Give { to: Recipient::Docker0, .. });
            let is_made = forecast.steps.iter().any(is_docker0);
            Some((is_made, forecast.docker0_taken))
        };
        let (is_made, taken) = bridge_taken(plan)?;
        let elects_in_vain = is_elected && !is_from_pool && {
            let mut allocator = plan.allocator(family)?;
            allocator.reserve(&reserved);
            allocator.next().is_none()
        };
        if let Some(taken) = taken.filter(|_| !elects_in_vain) {
            return Some(Self::overlapped(bridge, taken.by, &around));
        }
        if is_made && !elects_in_vain {
            return None;
        }
        let bases = plan.pools.iter().map(|it| it.pool.base());
        // Of pools in one another the widest has what overlaps the others.
        let bases = disjoint(bases.filter(|it| it.family() == family).collect());
        let by = bases.iter().flat_map(|it| overlapping(&all, *it).iter());
        let by = disjoint(by.copied().collect());
        Some(Self::covered(by, family, &around, docker0, &all, is_elected))
    }

    /// All pools are covered.
    fn covered(
        by: Vec<Subnet>,
        family: Family,
        around: &[&Avoided],
        docker0: Option<&Avoided>,
        busy: &[Subnet],
        is_elected: bool,
    ) -> Self {
        let (subject, they) = match by[..] {
            [only] => ([&told(only, around), " covers"].concat(), "it is"),
            _ => ([&by.len().to_string(), " networks cover"].concat(), "they are"),
        };
        let subnet = match family {
            Family::Ipv4 => "subnet",
            Family::Ipv6 => "IPv6 subnet",
        };
        let sentence = match docker0 {
            None => {
                format!(
                    "{subject} every address pool: docker0 gets no {subnet}, and the daemon does not start while {they} \
                     there."
                )
            }
            Some(it) => format!(
                "{subject} every address pool: docker0 keeps {} until the next boot, then it gets no {subnet}, and the \
                 daemon does not start while {they} there.",
                it.subnet
            ),
        };
        let pool = match family {
            Family::Ipv4 => free_pool(busy),
            Family::Ipv6 => None,
        };
        let help = match (pool, family) {
            (Some(pool), _) => {
                let add = format!("dd the pool {} cut into /{} subnets", pool.base(), pool.size());
                match (pool.first().address(1), is_elected) {
                    (Some(bip), false) => {
                        format!("Set `bip` to {bip}/{}, or a{add}: with either, the daemon starts.", pool.size())
                    }
                    _ => format!("A{add}: this Engine looks there even when `bip` is set."),
                }
            }
            (None, Family::Ipv6) => "Set `bip6`, or add an IPv6 pool that is clear of them.".to_owned(),
            (None, Family::Ipv4) if is_elected => {
                "No private range is free: take one of these networks away before the daemon starts.".to_owned()
            }
            (None, Family::Ipv4) => "Set `bip`, which the Engine does not compare with the host's networks.".to_owned(),
        };
        Self { by, is_docker0_there: docker0.is_some(), sentence, help, pool }
    }

    /// The subnet of `bip` belongs to another network.
    fn overlapped(bridge: &DefaultBridge, by: Subnet, around: &[&Avoided]) -> Self {
        let ours = bridge.subnet.map_or(String::new(), |it| it.to_string());
        Self {
            by: vec![by],
            is_docker0_there: false,
            sentence: format!(
                "docker0 would be {ours}, which overlaps Docker's own network {}: the daemon does not start.",
                told(by, around)
            ),
            help: "Choose another address for docker0, or remove that network first.".to_owned(),
            pool: None,
        }
    }
}

/// "10.0.0.0/8 (tun0)".
fn told(subnet: Subnet, around: &[&Avoided]) -> String {
    let name = around.iter().filter(|it| it.subnet == subnet);
    let name = name.map(|it| it.name.trim()).find(|it| !it.is_empty());
    match name {
        Some(name) => format!("{subnet} ({name})"),
        None => subnet.to_string(),
    }
}

/// A pool in a private range that has no address of these sorted, disjoint blocks.
fn free_pool(busy: &[Subnet]) -> Option<AddressPool> {
    let bases = [16, 20, 24]
        .into_iter()
        .flat_map(|bits| private_ranges().filter_map(move |range| middle_block(&gaps(range, busy), bits, range)));
    bases.filter_map(|it| AddressPool::new(it, 24).ok()).next()
}

fn sorted(mut subnets: Vec<Subnet>) -> Vec<Subnet> {
    order::sort(&mut subnets, Subnet::cmp);
    subnets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Engine,
        daemon::{dialect::DAEMON_JSON, network::pasted, settings::Settings},
    };

    fn block(text: &str, engine: &str, given: &str) -> Option<StartBlock> {
        let engine: Engine = engine.parse().expect(engine);
        let document = DAEMON_JSON.read(text);
        let plan = AddressPlan::of(&Settings::of(&document, engine), engine);
        StartBlock::beside(&plan, &Avoid::gather(&pasted::read(given), []))
    }

    const TEN: &str = r#"{"default-address-pools": [{"base": "10.20.0.0/16", "size": 24}]}"#;
    const VPN: &str = "10.0.0.0/8 dev tun0 proto kernel scope link src 10.1.2.3\n";

    #[test]
    fn a_route_that_covers_every_pool_stops_the_daemon() {
        let found = block(TEN, "29", VPN).expect("a block");
        assert_eq!(
            (found.sentence.as_str(), found.help.as_str()),
            (
                "10.0.0.0/8 (tun0) covers every address pool: docker0 gets no subnet, and the daemon does not start while \
                 it is there.",
                "Set `bip` to 172.23.0.1/24, or add the pool 172.23.0.0/16 cut into /24 subnets: with either, the daemon \
                 starts."
            )
        );
    }

    /// Up to 23.0.3 the pools are asked whatever `bip` says.
    #[test]
    fn what_helps_hangs_on_the_engine() {
        let tunnel = "172.16.0.0/12 dev tun0 scope link\n192.168.0.0/16 dev tun0 scope link\n";
        let all = format!("{tunnel}10.0.0.0/8 dev tun0 scope link\n");
        for (engine, given, help) in [
            ("29", tunnel, "Set `bip` to 10.127.0.1/24, or add"),
            ("23.0.3", tunnel, "Add the pool 10.127.0.0/16 cut into /24 subnets: this Engine"),
            ("23.0.3", &all, "No private range is free: take one"),
        ] {
            let found = block("{}", engine, given).expect(engine);
            assert!(found.help.starts_with(help), "{engine}: {}", found.help);
        }
    }

    #[test]
    fn comes_before_whatever_the_settings_say() {
        let request = crate::Request { avoid: Avoid::gather(&pasted::read(VPN), []).into(), ..crate::Request::of(TEN) };
        let said = crate::analyze(&request).conclusion();
        assert!(said.starts_with("10.0.0.0/8 (tun0) covers every address pool: docker0 gets no subnet"), "{said}");
    }

    #[test]
    fn what_is_proposed_keeps_the_daemon_startable() {
        let ranges = "172.16.0.0/12 dev a scope link\n192.168.0.0/16 dev b scope link\n10.0.0.0/9 dev c scope link\n";
        for given in [VPN, ranges, &[VPN, ranges].concat()] {
            let text = match given.contains("10.0.0.0/8") {
                true => TEN,
                false => "{}",
            };
            let found = block(text, "29", given).expect("a block");
            let Some(pool) = found.pool else {
                assert_eq!(found.help, "Set `bip`, which the Engine does not compare with the host's networks.");
                continue;
            };
            let (base, size) = (pool.base(), pool.size());
            let mended = format!(
                r#"{{"default-address-pools": [{{"base": "10.20.0.0/16", "size": 24}}, {{"base": "{base}", "size": {size}}}]}}"#
            );
            assert_eq!(block(&mended, "29", given), None, "{mended}");
        }
    }

    #[test]
    fn only_what_takes_everything_from_docker0_does() {
        let others =
            |more: &str| format!(r#"{{"default-address-pools": [{{"base": "10.20.0.0/16", "size": 24}}]{more}}}"#);
        for (text, engine, given, blocks) in [
            (TEN.to_owned(), "29", VPN, true),
            (TEN.to_owned(), "20.10", VPN, true),
            // Nothing is asked of the pools.
            (others(r#", "bip": "10.9.0.1/24""#), "29", VPN, false),
            (others(r#", "bip": "10.9.0.1/24""#), "23.0.4", VPN, false),
            (others(r#", "fixed-cidr": "10.9.0.0/24""#), "29", VPN, false),
            (others(r#", "bridge": "none""#), "29", VPN, false),
            (others(r#", "bridge": "br0""#), "29", VPN, false),
            // Up to 23.0.3 they are asked first.
            (others(r#", "bip": "172.30.0.1/24""#), "23.0.3", VPN, true),
            (others(r#", "bip": "172.30.0.1/24""#), "20.10", "10.20.0.0/17 dev a scope link", false),
            // The Engine does not see them, or finds something beside them.
            (TEN.to_owned(), "29", "10.0.0.0/8 via 10.1.0.1 dev tun0", false),
            (TEN.to_owned(), "20.10.14", "10.0.0.0/8 via 10.1.0.1 dev tun0", true),
            (TEN.to_owned(), "29", "10.0.0.0/8 office", false),
            (TEN.to_owned(), "29", "10.20.0.0/17 dev tun0 scope link", false),
            ("{}".to_owned(), "29", VPN, false),
        ] {
            let found = block(&text, engine, given);
            assert_eq!(found.is_some(), blocks, "{text} on {engine}, {given}: {found:?}");
        }
    }

    #[test]
    fn networks_that_docker_has_made_may_use_up_the_pools() {
        let engine = Engine::LATEST;
        let text = r#"{"default-address-pools": [{"base": "172.30.0.0/16", "size": 27}, {"base": "172.31.0.0/16", "size": 27}]}"#;
        let document = DAEMON_JSON.read(text);
        let plan = AddressPlan::of(&Settings::of(&document, engine), engine);
        let network = |subnet: &str, name: &str| {
            let subnet = crate::docker::go::net::parse_prefix(subnet).map(Subnet::of);
            Avoided::listed(subnet.expect("a subnet"), name)
        };
        let mut in_use: Vec<Avoided> = (17..32).map(|it| network(&format!("172.{it}.0.0/16"), "")).collect();
        let found = StartBlock::of(&plan, &in_use, &[]).expect("a block");
        assert_eq!(
            found.sentence,
            "2 networks cover every address pool: docker0 gets no subnet, and the daemon does not start while they are \
             there."
        );
        // What docker0 has, it keeps until it is made anew.
        in_use.push(network("172.16.0.0/24", "docker0"));
        let found = StartBlock::of(&plan, &in_use, &[]).expect("a block");
        assert!(found.is_docker0_there);
        assert!(found.sentence.contains("docker0 keeps 172.16.0.0/24 until the next boot"), "{found:?}");
        in_use.truncate(14);
        assert_eq!(StartBlock::of(&plan, &in_use, &[]), None);
    }

    #[test]
    fn pools_in_one_another_are_covered_by_each_network_once() {
        let pool = r#"{"base": "10.0.0.0/8", "size": 9}"#;
        let pools = vec![pool; 2_000].join(", ");
        let text = format!(r#"{{"default-address-pools": [{pools}]}}"#);
        let routes =
            (0..2_000).map(|it| format!("10.{}.{}.0/24 dev a scope link\n", it % 256, it / 256)).collect::<String>();
        let found = block(&text, "26", &routes).expect("a block");
        assert_eq!(found.by.len(), 2_000);
    }

    #[test]
    fn bip_must_not_be_another_networks() {
        let engine = Engine::LATEST;
        let document = DAEMON_JSON.read(r#"{"bip": "172.18.0.1/24"}"#);
        let plan = AddressPlan::of(&Settings::of(&document, engine), engine);
        let network = |name: &str| {
            let subnet = crate::docker::go::net::parse_prefix("172.18.0.0/16").map(Subnet::of);
            Avoided::listed(subnet.expect("a subnet"), name)
        };
        let found = StartBlock::of(&plan, &[network("app_default")], &[]).expect("a block");
        assert_eq!(
            found.sentence,
            "docker0 would be 172.18.0.0/24, which overlaps Docker's own network 172.18.0.0/16 (app_default): the daemon \
             does not start."
        );
        assert_eq!(StartBlock::of(&plan, &[network("docker0")], &[]), None);
        assert_eq!(StartBlock::of(&plan, &[], &[network("eth0")]), None);
    }
}
