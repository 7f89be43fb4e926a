//! Stories first, then what holds for every wish.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use proptest::prelude::*;

use super::*;
use crate::{
    Engine,
    address::{Family, known},
    analyze,
    daemon::network::{Allocator, Avoided, Outlook},
    docker::go::net::parse_cidr,
};

fn subnet(text: &str) -> Subnet {
    Subnet::of(parse_cidr(text).expect(text))
}

fn request(text: &str, avoid: &[&str]) -> Request {
    let networks = avoid.iter().map(|it| Avoided::listed(subnet(it), ""));
    Request { avoid: Arc::new(Avoid::new(networks.collect(), Vec::new(), 0)), ..Request::of(text) }
}

fn known() -> Vec<KnownNetwork> {
    #[cfg(feature = "prose")]
    return known::read(known::TEXT);
    #[cfg(not(feature = "prose"))]
    known::read("[]")
}

fn proposals(request: &Request, wish: &Wish) -> Result<Vec<Proposal>, Impossible> {
    propose(request, &analyze(request), wish, &known(), &analyze)
}

#[track_caller]
fn titles(text: &str, avoid: &[&str], wish: &Wish) -> Vec<String> {
    let found = proposals(&request(text, avoid), wish).expect("a proposal");
    found.into_iter().map(|it| it.title).collect()
}

/// Whatever rule it breaks, a configuration whose addresses cannot be used is not proposed as it is.
#[test]
fn no_mistake_in_an_address_is_kept() {
    for text in [
        r#"{"bip": 1}"#,
        r#"{"bip": "10.1.0.0/99"}"#,
        r#"{"bip": "10.1.0.0/24"}"#,
        r#"{"default-address-pools": "10.0.0.0/8"}"#,
        r#"{"default-address-pools": [{"base": "10.0.0.0/8", "size": "24"}]}"#,
        r#"{"fixed-cidr": ["10.1.0.0/24"]}"#,
        r#"{"bip": "10.1.0.1/24", "default-gateway": "10.2.0.1"}"#,
    ] {
        let request = request(text, &["172.18.0.0/16"]);
        let found = proposals(&request, &Wish::default()).unwrap_or_default();
        let kept = found.iter().find(|it| it.text == text);
        assert_eq!(kept.map(|it| &it.title), None, "{text}");
    }
}

const TEN: &str = "{\n  // ours\n  \"default-address-pools\": [\n    { \"base\": \"10.0.0.0/8\", \"size\": 24 } // all of it\n  ]\n}\n";

/// Settings of the network that do not decide which addresses Docker gives out: their mistakes stop the daemon, and pools
/// are as good with them as without.
#[cfg(feature = "prose")]
const NO_POOLS: &[&str] = &[
    "bridge-accept-fwmark",
    "dns",
    "dns-opts",
    "dns-search",
    "firewall-backend",
    "host-gateway-ip",
    "host-gateway-ips",
    "icc",
    "ip",
    "ip6tables",
    "iptables",
    "ipv6",
    "mtu",
    "proxies",
    "userland-proxy-path",
];

/// A rule of later days that finds an address wrong stops a proposal, too, without being named anywhere.
#[cfg(feature = "prose")]
#[test]
fn every_rule_that_refuses_an_address_stops_a_proposal() {
    use crate::{
        daemon::{check::RULES, dialect, options, prose::page},
        schema::Category,
    };
    let (mut stopped, mut kept) = (0, Vec::new());
    for rule in RULES {
        let page = page(rule);
        let engine: Engine = page.engine.parse().expect("an Engine");
        let dialect = dialect::of(&page.example);
        let avoid = request("", &["172.18.0.0/16"]).avoid;
        let request = Request { text: page.example.clone(), dialect, engine, host: page.host(), avoid };
        let report = analyze(&request);
        let is_of_network = |it: &&Diagnostic| {
            let members = report.document.root.members().iter();
            let mut around = members.filter(|member| member.span().holds(it.span));
            around.any(|it| {
                let option = options::member("", &it.key);
                let category = option.map(|it| options::SCHEMA.description(it).category);
                category == Some(Category::Network) && !NO_POOLS.contains(&it.key.as_str())
            })
        };
        let errors = report.diagnostics.iter().filter(|it| it.severity == Severity::Error && it.rule == rule.id);
        let Some(error) = errors.clone().find(is_of_network) else { continue };
        let found = propose(&request, &report, &Wish::default(), &[], &analyze).unwrap_or_default();
        for it in found {
            let after = analyze(&Request { text: it.text.clone(), ..request.clone() });
            let is_left = after.diagnostics.iter().any(|it| it.rule == rule.id && it.severity == Severity::Error);
            kept.extend(is_left.then(|| format!("{}: {}", error.rule, it.text)));
        }
        stopped += 1;
    }
    assert_eq!(kept, Vec::<String>::new());
    assert!(stopped >= 10, "{stopped}");
}

/// A value that the text does not tell is replaced, with a word on it, or stands in the way; it is never taken for absent.
#[test]
fn what_is_not_known_is_replaced_or_asked_for() {
    const KNOWN: &str = "default-address-pools = [ { base = \"10.9.0.0/16\"; size = 24; } ];";
    let pools = " Replaces what is written at `default-address-pools`, which is not known.";
    let bip = " Replaces what is written at `bip`, which is not known.";
    let range = " Replaces what is written at `fixed-cidr`, which is not known.";
    for (settings, title, replaced) in [
        ("default-address-pools = config.x;", "Use 10.20.0.0/16", vec![pools]),
        (
            "default-address-pools = [ { base = \"10.9.0.0/16\"; size = 24; } config.x ];",
            "Keep only 10.9.0.0/16",
            vec![pools],
        ),
        ("default-address-pools = [ { base = config.x; size = 24; } ];", "Use 10.20.0.0/16", vec![pools]),
        ("default-address-pools = config.x; bip = config.y;", "Use 10.20.0.0/16", vec![pools, bip]),
        (&format!("{KNOWN} bip = config.x;"), "Move docker0 to ", vec![bip]),
        (&format!("{KNOWN} bip = \"10.9.0.1/24\"; fixed-cidr = config.x;"), "Move docker0 to ", vec![range]),
    ] {
        let text = format!("{{ config, ... }}: {{ virtualisation.docker.daemon.settings = {{ {settings} }}; }}");
        for avoid in [&["172.18.0.0/16"][..], &[]] {
            let found = proposals(&request(&text, avoid), &Wish::default()).expect(settings);
            assert!(found[0].title.starts_with(title), "{settings}: {}", found[0].title);
            for it in &found {
                assert!(replaced.iter().all(|said| it.why.contains(said)), "{settings}: {}", it.why);
                assert_eq!(it.why.matches("not known").count(), replaced.len(), "{settings}: {}", it.why);
                assert_eq!(analyze(&Request::of(&*it.text)).plan.unknown, None, "{}", it.text);
            }
        }
    }
    for key in ["bridge", "ipv6", "bip6", "fixed-cidr-v6"] {
        let text = format!(
            "{{ config, ... }}: {{ virtualisation.docker.daemon.settings = {{ {KNOWN} {key} = config.x; }}; }}"
        );
        let impossible = proposals(&request(&text, &[]), &Wish::default()).expect_err(key);
        let said =
            format!("What can be proposed is not known: the text does not tell `{key}`. Write its value into it.");
        assert_eq!(impossible.sentence, said);
    }
}

#[test]
fn the_train_gets_a_pool_of_its_own() {
    let request = request("{}", &["172.18.0.0/16"]);
    let before = analyze(&request).clearance.expect("something to avoid");
    assert_eq!(before.outlook, Outlook::Collides);
    let found = proposals(&request, &Wish::default()).expect("a proposal");
    let best = &found[0];
    let after = analyze(&Request { text: best.text.clone(), ..request.clone() });
    assert_eq!(after.clearance.map(|it| it.outlook), Some(Outlook::Fine));
    assert_eq!(best.networks, Count::from(255));
    assert!(best.known.is_empty());
    assert_eq!(
        best.text,
        "{\n  \"default-address-pools\": [\n    { \"base\": \"10.20.0.0/16\", \"size\": 24 }\n  ],\n  \"bip\": \"10.20.0.1/24\"\n}"
    );
    assert_eq!(
        best.why,
        "One pool, clear of everything you gave: 255 networks for your own use, 253 containers each. Clear of all known networks whose addresses are fixed."
    );
    let titles: Vec<_> = found.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["Use 10.20.0.0/16", "Use 172.24.0.0/16", "Use 192.168.192.0/19"]);
}

#[test]
fn what_could_not_be_read_is_not_called_clear() {
    for (lines, why) in [
        (0, "Nothing collides, and there is room enough: "),
        (2, "Nothing of what could be read collides, and there is room enough: "),
    ] {
        let request = Request { avoid: Arc::new(Avoid::new(Vec::new(), Vec::new(), lines)), ..Request::of("{}") };
        let found = proposals(&request, &Wish::default()).expect("a proposal");
        let first = found.first().expect("a proposal");
        assert!(first.why.starts_with(why), "{}", first.why);
    }
}

#[test]
fn what_docker_has_taken_is_not_offered_again() {
    let pool = |base: &str| format!(r#"{{"default-address-pools": [{{"base": "{base}", "size": 27}}]}}"#);
    let many: Vec<String> = (0..16).map(|it| format!("10.9.{it}.0/24")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (text, in_use, title) in [
        // docker0 finds no subnet.
        (pool("10.9.0.0/20"), &["10.9.0.0/16"][..], "Add 10."),
        // It does, and the first network does not.
        (
            r#"{"default-address-pools": [{"base": "10.9.0.0/20", "size": 24}], "bip": "10.8.0.1/24"}"#.to_owned(),
            &many,
            "Add ",
        ),
        ("{}".to_owned(), &["172.16.0.0/12", "192.168.0.0/16"], "Use 10."),
        (pool("10.9.0.0/20"), &["10.9.0.0/27"], "Change nothing"),
    ] {
        let networks = in_use.iter().map(|it| Avoided::listed(subnet(it), ""));
        let request =
            Request { avoid: Arc::new(Avoid::new(Vec::new(), networks.collect(), 0)), ..Request::of(text.clone()) };
        let found = proposals(&request, &Wish::of(&analyze(&request))).expect("a proposal");
        assert!(found[0].title.starts_with(title), "{text}: {}", found[0].title);
    }
}

#[test]
fn the_smallest_change_comes_first() {
    let usual = Wish::default();
    for (text, avoid, expected) in [
        // Nothing collides.
        ("{}", &["10.0.0.0/8"][..], "Change nothing"),
        (TEN, &["172.16.0.0/12"], "Change nothing"),
        // Only docker0 does.
        (
            r#"{"bip": "172.31.0.1/24", "default-address-pools": [{"base": "10.9.0.0/16", "size": 24}]}"#,
            &["172.31.0.0/16"],
            "Move docker0 to 10.9.255.0/24",
        ),
        (r#"{"bip": "10.31.0.1/24"}"#, &["10.31.0.0/16"], "Move docker0 to"),
        // One pool of two does.
        (
            r#"{"default-address-pools": [{"base": "10.9.0.0/16", "size": 24}, {"base": "172.18.0.0/16", "size": 24}]}"#,
            &["172.18.0.0/16"],
            "Keep only 10.9.0.0/16",
        ),
        // A part of the only one does.
        (TEN, &["10.1.0.0/16"], "Use 10.128.0.0/9"),
        // Keeping what is clear is not enough.
        (
            r#"{"default-address-pools": [{"base": "10.9.0.0/22", "size": 24}, {"base": "172.18.0.0/16", "size": 24}]}"#,
            &["172.18.0.0/16"],
            "Add ",
        ),
    ] {
        let found = titles(text, avoid, &usual);
        assert!(found[0].starts_with(expected), "{text}: {found:?}");
    }
}

#[test]
fn of_many_pools_those_stay_that_are_clear() {
    let pool = |it: usize| {
        let first = if it.is_multiple_of(2) { 172 } else { 10 };
        format!("    {{ \"base\": \"{first}.18.{it}.0/24\", \"size\": 24 }}, // {it}\n")
    };
    let list = |all: &mut dyn Iterator<Item = usize>| {
        let pools: String = all.map(pool).collect();
        format!(
            "{{\n  \"default-address-pools\": [\n{pools}    {{ \"base\": \"192.168.0.0/24\", \"size\": 24 }}\n  ]\n}}\n"
        )
    };
    let text = list(&mut (0..200));
    let found = proposals(&request(&text, &["172.18.0.0/16"]), &Wish::default());
    let best = &found.expect("a proposal")[0];
    assert_eq!(best.title, "Keep only 101 pools from 10.18.1.0/24 on");
    assert_eq!(best.text, list(&mut (0..200).filter(|it| it % 2 == 1)));
}

#[test]
fn networks_that_exist_are_in_nobodys_way() {
    let exists = |it: u8| {
        let subnet = Subnet::new(Ipv4Addr::new(172, 20, it, 0).into(), 24);
        Avoided::listed(subnet, format!("app{it}"))
    };
    let train = Avoided::listed(subnet("172.16.0.0/12"), "the train");
    let request =
        Request { avoid: Arc::new(Avoid::new(vec![train], (0..100).map(exists).collect(), 0)), ..Request::of("{}") };
    let found = proposals(&request, &Wish::default()).expect("a proposal");
    assert_eq!(found[0].title, "Use 10.20.0.0/16");
}

#[test]
fn comments_and_order_stay() {
    let request = request(TEN, &["10.1.0.0/16"]);
    let found = proposals(&request, &Wish::default()).expect("a proposal");
    assert_eq!(
        found[0].text,
        "{\n  // ours\n  \"default-address-pools\": [\n    { \"base\": \"10.128.0.0/9\", \"size\": 24 } // all of it\n  ],\n  \"bip\": \"10.255.255.1/24\"\n}\n"
    );
}

#[test]
fn what_was_meant_for_the_old_docker0_goes_with_it() {
    let text = r#"{"bip": "172.18.0.1/16", "fixed-cidr": "172.18.5.0/24", "default-gateway": "172.18.0.9"}"#;
    let request = request(text, &["172.18.0.0/16"]);
    let found = proposals(&request, &Wish::default()).expect("a proposal");
    for it in &found {
        assert!(!it.text.contains("172.18.5") && !it.text.contains("172.18.0.9"), "{}", it.text);
    }
}

#[test]
fn says_what_to_give_up() {
    let wish = |networks, hosts| Wish { networks, hosts, ipv6: false };
    for (avoid, wish, expected) in [
        (
            &["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"][..],
            wish(30, 253),
            &["There is room if 192.168.0.0/16 need not be kept clear of."][..],
        ),
        (
            &["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/17", "192.168.128.0/18"],
            wish(100, 253), // 64 are free
            &[
                "Smaller networks would fit: /25, 125 containers each.",
                "63 networks of that size would fit.",
                "There is room if 192.168.128.0/18 need not be kept clear of.",
            ],
        ),
        (
            &["10.0.0.0/9", "10.128.0.0/10", "10.192.0.0/10", "172.16.0.0/12", "192.168.0.0/16"],
            wish(1, 100_000),
            &["There is room if 172.16.0.0/12 need not be kept clear of."],
        ),
        (&[], wish(1, 20_000_000), &[]),
    ] {
        let found = proposals(&request("{}", avoid), &wish).expect_err("impossible");
        let said: Vec<_> = found.give_up.iter().map(|it| it.sentence.as_str()).collect();
        assert_eq!(said, expected, "{}", found.sentence);
    }
    let ipv6 = Wish { ipv6: true, ..Wish::default() };
    let found = proposals(&request("{}", &["172.18.0.0/16", "fd00::/8"]), &ipv6);
    let found = found.expect_err("nothing else is free");
    assert_eq!(found.give_up[0].sentence, "There is room without IPv6 networks.");
    for (text, said) in
        [("[", "Fix the mistakes in the text first"), ("services:\n  web:\n    image: x\n", "not a daemon.json")]
    {
        let found = proposals(&request(text, &["172.18.0.0/16"]), &Wish::default());
        let found = found.expect_err("it cannot be edited");
        assert!(found.sentence.contains(said), "{}", found.sentence);
    }
}

#[test]
fn a_swarm_takes_one_more() {
    let wish = Wish { networks: 63, ..Wish::default() };
    let avoid = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/17", "192.168.128.0/18"];
    let mut request = request("{}", &avoid);
    assert!(proposals(&request, &wish).is_ok());
    request.host.swarm = true;
    assert!(proposals(&request, &wish).is_err());
}

#[test]
fn ipv6_pools_are_unique_local_and_clear() {
    let wish = Wish { ipv6: true, ..Wish::default() };
    for (engine, avoid) in [
        ("29", &["172.18.0.0/16", "fd00::/9"][..]),
        ("29", &["172.18.0.0/16", "fd12:3456:789a::/48"]),
        ("26", &["172.18.0.0/16", "fd80::/9"]),
        ("20.10", &["172.18.0.0/16"]),
    ] {
        let request = Request { engine: engine.parse().expect(engine), ..request("{}", avoid) };
        let found = proposals(&request, &wish).expect(engine);
        let ula = subnet("fd00::/8");
        let pools = found[0].pools.iter().filter(|it| !it.base().is_ipv4());
        let pools: Vec<_> = pools.map(|it| it.base()).collect();
        if avoid.len() > 1 || engine != "29" {
            assert_eq!(pools.len(), 1, "{engine} {avoid:?}");
        }
        for pool in pools {
            assert!(ula.contains(pool));
            assert!(!avoid.iter().any(|it| subnet(it).overlaps(pool)), "{pool}");
        }
    }
}

fn blocks_of_private_space() -> impl Strategy<Value = Vec<Subnet>> {
    let range = prop_oneof![Just(subnet("10.0.0.0/8")), Just(subnet("172.16.0.0/12")), Just(subnet("192.168.0.0/16"))];
    let block = (range, any::<u32>(), 0..=16_u8).prop_map(|(range, bits, more)| {
        let IpAddr::V4(base) = range.network_address() else {
            return range;
        };
        let rest = u32::MAX >> range.prefix_len();
        let addr = Ipv4Addr::from(u32::from(base) | (bits & rest));
        Subnet::new(addr.into(), range.prefix_len() + more)
    });
    proptest::collection::vec(block, 0..12)
}

fn texts() -> impl Strategy<Value = String> {
    let pool = (0..6_usize, 0..3_u8);
    let pools = proptest::collection::vec(pool, 0..4);
    let bip = proptest::option::of(0..4_usize);
    (pools, bip, any::<bool>(), any::<bool>()).prop_map(|(pools, bip, gateway, other)| {
        let bases = ["10.0.0.0/8", "10.5.0.0/16", "172.20.0.0/14", "192.168.0.0/16", "172.18.0.0/16", "fd00:1::/48"];
        let pools: Vec<String> = pools
            .iter()
            .map(|(base, size)| {
                let base = bases[*base];
                let size = if base.contains(':') { 64 } else { 24 + size };
                format!("    {{ \"base\": \"{base}\", \"size\": {size} }} /* {size} */")
            })
            .collect();
        let mut members = Vec::new();
        if other {
            members.push("  \"debug\": true".to_owned());
        }
        if !pools.is_empty() {
            members.push(format!("  \"default-address-pools\": [\n{}\n  ]", pools.join(",\n")));
        }
        if let Some(bip) = bip {
            let (bip, next) = [
                ("172.18.0.1/24", "172.18.0.9"),
                ("10.5.1.1/16", "10.5.1.9"),
                ("192.168.7.1/24", "192.168.7.9"),
                ("10.200.0.1/24", "10.200.0.9"),
            ][bip];
            members.push(format!("  \"bip\": \"{bip}\""));
            if gateway {
                members.push(format!("  \"default-gateway\": \"{next}\""));
            }
        }
        members.push("  \"mtu\": 1400 // last".to_owned());
        format!("{{\n{}\n}}\n", members.join(",\n"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_proposal_holds_what_was_asked_for_and_collides_with_nothing(
        text in texts(),
        avoid in blocks_of_private_space(),
        networks in 1..200_u32,
        hosts in 1..2_000_u32,
        ipv6 in any::<bool>(),
        engine in prop_oneof![Just(Engine::new(20, 10, 27)), Just(Engine::new(26, 1, 5)), Just(Engine::LATEST)],
        is_known in any::<bool>(),
    ) {
        let networks_to_avoid = avoid.iter().map(|it| Avoided::listed(*it, "")).collect();
        let request = Request {
            engine,
            avoid: Arc::new(Avoid::new(networks_to_avoid, Vec::new(), 0)),
            ..Request::of(text.clone())
        };
        let before = analyze(&request);
        let wish = Wish { networks, hosts, ipv6 };
        let list = if is_known { known() } else { Vec::new() };
        let Ok(found) = propose(&request, &before, &wish, &list, &analyze) else { return Ok(()) };
        prop_assert!(!found.is_empty() && found.len() <= MOST);
        for it in &found {
            prop_assert_eq!(&it.edits.apply(&text), &it.text);
            // Everything else stays.
            prop_assert!(it.text.contains("\"mtu\": 1400 // last") || it.text.contains("\"mtu\": 1400, // last"), "{}", it.text);
            prop_assert_eq!(it.text.contains("\"debug\": true"), text.contains("\"debug\": true"));
            let after = analyze(&Request { text: it.text.clone(), ..request.clone() });
            prop_assert!(after.count(Severity::Error) <= before.count(Severity::Error), "{}", it.text);
            // The allocator of this Engine hands out enough networks, wide enough, all of them clear.
            let pools: Vec<_> = after.plan.pools.iter().map(|it| it.pool).collect();
            let mut allocator = Allocator::new(engine, &pools, Family::Ipv4);
            let docker0 = after.plan.docker0.subnet.expect("a bridge");
            if after.plan.docker0.origin == Origin::Address {
                allocator.occupy(docker0).expect("nothing is in use");
            } else {
                prop_assert_eq!(allocator.next(), Some(docker0));
            }
            let handed_out: Vec<_> = allocator.take(networks as usize).collect();
            prop_assert_eq!(handed_out.len(), networks as usize, "{}", it.text);
            for subnet in handed_out.iter().chain([&docker0]) {
                prop_assert!(!avoid.iter().any(|it| it.overlaps(*subnet)), "{} {}", subnet, it.text);
                prop_assert!(private_ranges().any(|it| it.contains(*subnet)), "{}", subnet);
            }
            for subnet in &handed_out {
                let addresses = 1_u64 << (32 - subnet.prefix_len());
                prop_assert!(addresses >= u64::from(hosts) + 3, "{} {}", subnet, hosts);
            }
        }
    }

    #[test]
    fn what_is_given_up_makes_it_possible(
        text in texts(),
        avoid in blocks_of_private_space(),
        networks in 1..5_000_u32,
        hosts in 1..70_000_u32,
    ) {
        let with = |avoid: &[Subnet]| {
            let networks = avoid.iter().map(|it| Avoided::listed(*it, "")).collect();
            Request {
                avoid: Arc::new(Avoid::new(networks, Vec::new(), 0)),
                ..Request::of(text.clone())
            }
        };
        let request = with(&avoid);
        let wish = Wish { networks, hosts, ipv6: false };
        let Err(impossible) = propose(&request, &analyze(&request), &wish, &[], &analyze) else { return Ok(()) };
        for it in &impossible.give_up {
            let mut rest = request.avoid.subnets().to_vec();
            if let Some(index) = it.avoided {
                rest.remove(index);
            }
            let request = with(&rest);
            let found = propose(&request, &analyze(&request), &it.wish, &[], &analyze);
            prop_assert!(found.is_ok(), "{} {} {:?}", text, it.sentence, found);
        }
        // More networks than that are not to be had.
        if let Some(fewer) = impossible.give_up.iter().find(|it| it.wish.networks < networks) {
            let wish = Wish { networks: fewer.wish.networks + 1, ..wish };
            prop_assert!(propose(&request, &analyze(&request), &wish, &[], &analyze).is_err(), "{}", fewer.sentence);
        }
    }
}
