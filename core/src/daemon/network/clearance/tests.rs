//! What is hit, and what is said of it.

use std::net::Ipv4Addr;

use proptest::prelude::*;

use super::*;
use crate::{
    daemon::{
        dialect::DAEMON_JSON,
        network::{Forecast, Situation, Step, avoid::disjoint, pasted},
        settings::Settings,
    },
    docker::go::net::parse_cidr,
};

fn subnet(text: &str) -> Subnet {
    Subnet::of(parse_cidr(text).expect(text))
}

fn plan(text: &str, engine: Engine) -> AddressPlan {
    let document = DAEMON_JSON.read(text);
    AddressPlan::of(&Settings::of(&document, engine), engine)
}

#[track_caller]
fn clearance(text: &str, engine: &str, pasted: &str) -> Clearance {
    let engine = engine.parse().expect(engine);
    let avoid = Avoid::gather(&pasted::read(pasted), []);
    Clearance::of(&plan(text, engine), &avoid, engine).expect("something to avoid")
}

fn pools(pools: &[(&str, u8)], more: &str) -> String {
    let pools: Vec<_> = pools.iter().map(|(base, size)| format!(r#"{{"base": "{base}", "size": {size}}}"#)).collect();
    let pools = pools.join(", ");
    format!(r#"{{"default-address-pools": [{pools}]{more}}}"#)
}

#[test]
fn nothing_is_computed_for_nothing() {
    let avoid = Avoid::gather(&pasted::read("# nothing\n"), []);
    let engine = Engine::LATEST;
    assert_eq!(Clearance::of(&plan("{}", engine), &avoid, engine), None);
}

#[test]
fn says_in_a_sentence_whether_all_is_well() {
    let ten = [("10.0.0.0/16", 24)];
    for (text, given, expected) in [
        (
            "{}".to_owned(),
            "172.18.0.0/16 WIFIonICE",
            "Collides as soon as you create a network. Network 1, the first you create, is 172.18.0.0/16, the same as WIFIonICE.",
        ),
        (
            "{}".to_owned(),
            "172.18.0.0/16",
            "Collides as soon as you create a network. Network 1, the first you create, is 172.18.0.0/16, the same as a network you gave.",
        ),
        (
            "{}".to_owned(),
            "172.17.5.0/24 office\n8.8.8.8",
            "Collides now. Docker's default bridge, docker0, is 172.17.0.0/16, which contains 172.17.5.0/24 (office).",
        ),
        (
            "{}".to_owned(),
            "172.16.0.0/12\n10.0.0.0/8",
            "Collides now. Docker's default bridge, docker0, is 172.17.0.0/16, which lies in 172.16.0.0/12.",
        ),
        (
            "{}".to_owned(),
            "192.168.20.0/24\n192.168.178.0/24",
            "Collides when you create more than 15 networks. Network 16 is 192.168.16.0/20, which contains 192.168.20.0/24. 2 of the 2 networks you gave collide.",
        ),
        (
            pools(&ten, ""),
            "10.0.200.7",
            "Collides when you create more than 199 networks. Network 200 is 10.0.200.0/24, which contains 10.0.200.7/32.",
        ),
        (
            pools(&ten, r#", "bip": "10.0.3.1/23""#),
            "10.0.200.7", // docker0 comes first and takes two of those before
            "Collides when you create more than 198 networks. Network 199 is 10.0.200.0/24, which contains 10.0.200.7/32.",
        ),
        (
            pools(&ten, r#", "bip": "192.168.0.1/24""#),
            "10.0.0.7",
            "Collides as soon as you create a network. Network 1, the first you create, is 10.0.0.0/24, which contains 10.0.0.7/32.",
        ),
        (
            pools(&ten, r#", "bridge": "none""#),
            "10.0.0.7",
            "Collides as soon as you create a network. Network 1, the first you create, is 10.0.0.0/24, which contains 10.0.0.7/32.",
        ),
        (
            pools(&ten, r#", "bip": "10.1.0.1/24""#),
            "10.1.0.0/16",
            "Collides now. Docker's default bridge, docker0, is 10.1.0.0/24, which lies in 10.1.0.0/16.",
        ),
        (
            pools(&ten, ""),
            "172.18.0.0/16\n192.168.0.0/16\n172.18.0.0/16",
            "Never collides with the 2 networks you gave.",
        ),
        (pools(&ten, ""), "172.18.0.0/16", "Never collides with the network you gave."),
        (
            pools(&ten, ""),
            "172.18.0.0/16\nwhat is this?",
            "No collision with the network you gave. One line was not understood, so something may be missing.",
        ),
        (
            pools(&ten, ""),
            "10.0.0.0/33",
            "Nothing could be read, so collisions cannot be ruled out. Paste the output of `ip route`, `route \
             print` or `netstat -rn`, or write networks such as 10.0.0.0/8.",
        ),
    ] {
        assert_eq!(clearance(&text, "29", given).sentence, expected);
    }
}

#[test]
fn what_takes_an_unknown_part_of_its_block_informs() {
    let random = Avoided {
        informs: Some("A random /20 of this block.".to_owned()),
        ..Avoided::listed(subnet("172.16.0.0/12"), "WSL")
    };
    let train = Avoided::listed(subnet("172.18.0.0/16"), "the train");
    let far = Avoided::listed(subnet("10.0.0.0/8"), "office");
    for (given, not_understood, outlook, sentence) in [
        (
            vec![random.clone()],
            0,
            Outlook::Perhaps,
            "May collide now. Docker's default bridge, docker0, is 172.17.0.0/16, which lies in 172.16.0.0/12 (WSL). A random \
             /20 of this block.",
        ),
        (
            vec![random.clone(), train],
            0,
            Outlook::Collides,
            "Collides as soon as you create a network. Network 1, the first you create, is 172.18.0.0/16, the same as the train.",
        ),
        (
            vec![random.clone(), far],
            1,
            Outlook::Unsure,
            "May collide now. Docker's default bridge, docker0, is 172.17.0.0/16, which lies in 172.16.0.0/12 (WSL). A random \
             /20 of this block. One line was not understood, so something may be missing.",
        ),
    ] {
        let avoid = Avoid::new(given, Vec::new(), not_understood);
        let clearance = Clearance::of(&plan("{}", Engine::LATEST), &avoid, Engine::LATEST);
        let clearance = clearance.expect("something to avoid");
        assert_eq!((clearance.outlook, clearance.sentence.as_str()), (outlook, sentence));
    }
    let avoid = Avoid::new(vec![random], Vec::new(), 0);
    let ten = plan(&pools(&[("10.0.0.0/16", 24)], ""), Engine::LATEST);
    let clearance = Clearance::of(&ten, &avoid, Engine::LATEST).expect("something to avoid");
    assert_eq!(clearance.outlook, Outlook::Fine);
}

#[test]
fn what_collides_soonest_comes_first_in_either_family() {
    let text = r#"{"ipv6": true, "fixed-cidr-v6": "fd00:1::/64", "default-address-pools": [
        {"base": "10.0.0.0/16", "size": 24}, {"base": "fd00:2::/48", "size": 64}]}"#;
    let found = clearance(text, "29", "10.0.200.0/24 office\nfd00:2::/64 vpn");
    assert_eq!(
        found.sentence,
        "Collides when you create a network with IPv6. IPv6 network 1, the first you create, is fd00:2::/64, the \
         same as vpn. 2 of the 2 networks you gave collide."
    );
    assert_eq!(found.severity, Some(Severity::Error));
}

#[test]
fn garbage_is_not_called_free_of_collisions() {
    let avoid = Avoid::gather(&crate::daemon::network::pasted::read("lorem ipsum\ndolor"), []);
    let clearance = Clearance::of(&plan("{}", Engine::LATEST), &avoid, Engine::LATEST);
    let clearance = clearance.expect("something was given");
    assert_eq!(clearance.outlook, Outlook::Unsure);
    assert!(clearance.sentence.starts_with("Nothing could be read"));
}

#[test]
fn the_pool_of_a_swarm_may_be_in_the_way() {
    let in_swarm = |text: &str| AddressPlan { swarm: true, ..plan(text, Engine::LATEST) };
    for (text, given, outlook, sentence) in [
        (
            "{}",
            "10.8.0.0/24 vpn",
            Outlook::Perhaps,
            "May collide. The pool of the swarm is 10.0.0.0/8, which contains 10.8.0.0/24 (vpn). Overlay networks",
        ),
        (
            "{}",
            "10.8.0.0/24\n172.18.0.0/16",
            Outlook::Collides,
            "Collides now. The bridge of the swarm, docker_gwbridge, is 172.18.0.0/16",
        ),
        ("{}", "192.0.2.0/24", Outlook::Fine, "Never collides"),
    ] {
        let avoid = Avoid::gather(&pasted::read(given), []);
        let clearance = Clearance::of(&in_swarm(text), &avoid, Engine::LATEST);
        let clearance = clearance.expect("something to avoid");
        assert_eq!(clearance.outlook, outlook, "{given}");
        assert!(clearance.sentence.starts_with(sentence), "{}", clearance.sentence);
    }
}

#[test]
fn is_never_fine_while_a_line_is_not_understood() {
    for (text, given, expected) in [
        ("{}", "172.18.0.0/16\n???", Outlook::Collides),
        ("{}", "10.0.0.0/8\n???", Outlook::Unsure),
        ("{}", "???", Outlook::Unsure),
        ("{}", "10.0.0.0/8", Outlook::Fine),
    ] {
        assert_eq!(clearance(text, "29", given).outlook, expected, "{given}");
    }
}

#[test]
fn counts_what_it_costs() {
    for (base, size, given, cost, of) in [
        ("10.0.0.0/16", 24, "10.0.4.0/24", 1, 256),
        ("10.0.0.0/16", 24, "10.0.4.0/30\n10.0.4.9", 1, 256),
        ("10.0.0.0/16", 24, "10.0.4.0/22\n10.0.4.0/24\n10.0.9.9", 5, 256),
        ("10.0.0.0/16", 24, "10.0.0.0/8", 256, 256),
        ("10.0.0.0/16", 24, "10.0.0.0/16", 256, 256),
        ("10.0.0.0/16", 16, "10.0.0.7", 1, 1),
        ("::/0", 128, "::/1\n8000::/1", u128::MAX, u128::MAX), // 2^128
    ] {
        let text = pools(&[(base, size)], r#", "bip": "192.168.7.1/24""#);
        let hits = clearance(&text, "29", given).hits;
        assert_eq!(hits.len(), 1, "{given}");
        assert_eq!(hits[0].cost, Count::from(cost), "{given}");
        assert_eq!(hits[0].of, Count::from(of), "{given}");
    }
}

#[test]
fn tells_when_the_engine_steps_aside() {
    let avoid = |role| {
        let network = Avoided { role, system: System::Linux, ..Avoided::listed(subnet("172.18.0.0/16"), "") };
        Avoid::new(vec![network], Vec::new(), 0)
    };
    for (role, engine, outlook, why) in [
        (Role::OnLinkRoute, "29", Outlook::Unsure, "steps aside only when"),
        (Role::GatewayRoute, "29", Outlook::Collides, "Since 20.10.15"),
        (Role::GatewayRoute, "20.10.14", Outlook::Unsure, "steps aside only when"),
        (Role::AllowedIps, "29", Outlook::Collides, "WireGuard"),
        (Role::Listed, "29", Outlook::Collides, "one that you join later"),
    ] {
        let engine: Engine = engine.parse().expect(engine);
        let clearance = Clearance::of(&plan("{}", engine), &avoid(role), engine);
        let clearance = clearance.expect("a hit");
        assert_eq!(clearance.outlook, outlook, "{role:?}");
        assert!(clearance.hits[0].why.contains(why), "{clearance:?}");
    }
    let bip = plan(r#"{"bip": "172.18.0.1/24"}"#, Engine::LATEST);
    let clearance = Clearance::of(&bip, &avoid(Role::OnLinkRoute), Engine::LATEST);
    let outlook = clearance.map(|it| it.outlook);
    assert_eq!(outlook, Some(Outlook::Collides), "it compares bip with nothing");
}

#[test]
fn what_it_never_steps_aside_for_comes_first() {
    let seen =
        Avoided { role: Role::OnLinkRoute, system: System::Linux, ..Avoided::listed(subnet("10.0.1.0/24"), "home") };
    let unseen = Avoided::listed(subnet("10.0.9.0/24"), "office");
    let avoid = Avoid::new(vec![seen, unseen], Vec::new(), 0);
    let plan = plan(&pools(&[("10.0.0.0/16", 24)], ""), Engine::LATEST);
    let clearance = Clearance::of(&plan, &avoid, Engine::LATEST).expect("a hit");
    assert_eq!(
        clearance.sentence,
        "Nothing collides now, only when you create more than 7 networks. Network 8 is 10.0.9.0/24, the same as office. 2 of the 2 networks you gave collide."
    );
    assert_eq!(clearance.hits[0].cost, Count::from(2));
}

#[test]
fn a_network_that_exists_comes_first() {
    let app = Avoided { role: Role::Docker, ..Avoided::listed(subnet("172.18.0.0/16"), "app_default") };
    let wide = Avoided::listed(subnet("172.16.0.0/12"), "");
    let avoid = Avoid::new(vec![wide], vec![app], 0);
    let pools = plan(&pools(&[("10.0.0.0/16", 24)], ""), Engine::LATEST);
    let clearance = Clearance::of(&pools, &avoid, Engine::LATEST).expect("a hit");
    assert_eq!(
        clearance.sentence,
        "Collides now. The Docker network app_default is 172.18.0.0/16, which lies in 172.16.0.0/12."
    );
}

/// Blocks below 10.0.0.0/16, so that pools, bridges and what to avoid meet.
fn block(len: std::ops::RangeInclusive<u8>) -> impl Strategy<Value = Subnet> {
    (0..=u16::MAX, len).prop_map(|(bits, len)| {
        let addr = Ipv4Addr::from(0x0A00_0000 | u32::from(bits & 0xFF00));
        Subnet::new(addr.into(), len)
    })
}

/// Blocks as wide as a family, and as narrow as an address.
fn extreme() -> impl Strategy<Value = Subnet> {
    let texts = [
        "::/0",
        "::/1",
        "8000::/1",
        "c000::/2",
        "ffff::/16",
        "::/128",
        "fd00::/8",
        "0.0.0.0/0",
        "0.0.0.0/1",
        "128.0.0.0/1",
        "255.255.255.255/32",
    ];
    proptest::sample::select(texts.map(subnet).to_vec())
}

proptest! {
    #[test]
    fn the_widest_blocks_overflow_nothing(
        bases in proptest::collection::vec((extreme(), 0..=128_u8), 1..5),
        bip6 in proptest::option::of(extreme()),
        avoid in proptest::collection::vec(extreme(), 1..4),
        engine in prop_oneof![Just(Engine::new(20, 10, 0)), Just(Engine::new(26, 1, 5)), Just(Engine::LATEST)],
    ) {
        let written: Vec<_> = bases
            .iter()
            .map(|(base, size)| (base.to_string(), (*size).clamp(base.prefix_len(), base.address_bits())))
            .collect();
        let written: Vec<_> = written.iter().map(|it| (it.0.as_str(), it.1)).collect();
        let bip6 = bip6.map(|it| format!(r#", "ipv6": true, "bip6": "{it}""#)).unwrap_or_default();
        let text = pools(&written, &bip6);
        let plan = plan(&text, engine);
        let avoided = avoid.iter().map(|it| Avoided::listed(*it, "")).collect();
        let clearance = Clearance::of(&plan, &Avoid::new(avoided, Vec::new(), 0), engine);
        for hit in clearance.iter().flat_map(|it| &it.hits) {
            prop_assert!(Count::ZERO < hit.cost && hit.cost <= hit.of, "{} {:?}", text, hit);
            if let Some(first) = hit.first {
                prop_assert!(hit.network.contains(first.subnet), "{} {:?}", text, hit);
            }
        }
    }

    #[test]
    fn numbers_are_those_of_the_forecast(
        bases in proptest::collection::vec((block(17..=24), 0..=4_u8), 1..5),
        bip in proptest::option::of(block(18..=26)),
        avoid in proptest::collection::vec((block(18..=28), any::<bool>()), 1..4),
        in_use in proptest::collection::vec(block(20..=26), 0..3),
        swarm in any::<bool>(),
        engine in prop_oneof![Just(Engine::new(26, 1, 5)), Just(Engine::LATEST)],
    ) {
        let written: Vec<_> = bases
            .iter()
            .map(|(base, more)| (base.to_string(), (base.prefix_len() + more).min(26)))
            .collect();
        let written: Vec<_> = written.iter().map(|it| (it.0.as_str(), it.1)).collect();
        let bip = bip.map(|it| format!(r#", "bip": "{}/{}""#, it.address(1).expect("a host"), it.prefix_len()));
        let text = pools(&written, &bip.clone().unwrap_or_default());
        let plan = plan(&text, engine).in_swarm(swarm);
        let avoided = disjoint(avoid.iter().map(|it| it.0).collect()).into_iter().map(|it| Avoided {
            role: match avoid.contains(&(it, true)) {
                true => Role::OnLinkRoute,
                false => Role::Listed,
            },
            system: System::Linux,
            ..Avoided::listed(it, "")
        });
        let in_use = disjoint(in_use);
        let used = in_use.iter().map(|it| Avoided::listed(*it, "")).collect();
        let avoid = Avoid::new(avoided.collect(), used, 0);
        let Some(clearance) = Clearance::of(&plan, &avoid, engine) else { return Ok(()) };
        let reserved = avoid.networks().iter().filter(|it| it.is_seen_by(engine));
        let reserved: Vec<_> = reserved.map(|it| it.subnet).collect();
        let situation = Situation { count: 1 << 12, swarm, in_use: &in_use, reserved: &reserved, ..Situation::default() };
        let forecast = Forecast::of(&plan, &situation).expect("IPv4");
        // Of blocks in one another the Engine forgets some: see `names_the_quirk` of the forecast.
        let is_quirk = |it: &Step| matches!(it, Step::Give { over: Some(_), .. });
        if forecast.docker0_taken.is_some() || forecast.steps.iter().any(is_quirk) {
            return Ok(());
        }
        let given = forecast.steps.iter().filter_map(|it| match it {
            Step::Give { subnet, to, .. } => Some((*to, *subnet)),
            Step::Skip(_) => None,
        });
        let given: Vec<(Recipient, Subnet)> = given.collect();
        for hit in &clearance.hits {
            let Some(first) = hit.first.filter(|_| !hit.steps_aside) else { continue };
            prop_assert!(given.contains(&(first.to, first.subnet)), "{} {:?} {:?}", text, hit, forecast);
            let unseen: Vec<_> = avoid.networks().iter().filter(|it| !it.is_seen_by(engine)).collect();
            let sooner = given.iter().filter(|it| it.0 != Recipient::Docker0 && it.0 < first.to);
            let mut sooner = sooner.filter(|it| hit.network.contains(it.1));
            let collides = |it: &Subnet| unseen.iter().any(|avoided| it.overlaps(avoided.subnet));
            prop_assert!(!sooner.any(|it| collides(&it.1)), "{} {:?}", text, hit);
        }
    }
}

#[test]
fn the_worst_of_many_decides() {
    let seen: Vec<String> = (0..64).map(|it| format!("10.0.{it}.0/24")).collect();
    let mut bases: Vec<_> = seen.iter().map(|it| (it.as_str(), 24)).collect();
    bases.push(("10.1.0.0/24", 24));
    let mut routes = seen.join(" dev eth0 scope link\n") + " dev eth0 scope link\n";
    routes.push_str("10.1.0.0/24 via 10.0.0.1 dev eth0\n");
    let found = clearance(&pools(&bases, ""), "29", &routes);
    assert_eq!(found.outlook, Outlook::Collides);
    let said = "Collides now. Docker's default bridge, docker0, is 10.1.0.0/24,";
    assert!(found.sentence.starts_with(said), "{}", found.sentence);
    assert_eq!((found.hits.len(), found.more), (Clearance::MOST, 1));
}

#[test]
fn a_pool_is_hit_beside_docker0() {
    let text = pools(&[("10.0.0.0/16", 24)], r#", "bip": "10.0.0.1/20""#);
    let hits = clearance(&text, "29", "10.0.0.5\n10.0.200.7").hits;
    let said: Vec<_> = hits.iter().map(|it| it.sentence.as_str()).collect();
    assert_eq!(
        said,
        [
            "Docker's default bridge, docker0, is 10.0.0.0/20, which contains 10.0.0.5/32.",
            "Network 185 is 10.0.200.0/24, which contains 10.0.200.7/32.",
        ]
    );
}

#[test]
fn a_subnet_of_docker0_is_told_once() {
    let hits = clearance("{}", "29", "172.17.0.0/16").hits;
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].what, Part::Docker0);
}
