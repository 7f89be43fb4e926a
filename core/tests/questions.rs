//! What people ask about Docker's addresses, and what they are told.

#![cfg(feature = "prose")]

use std::sync::Arc;

use drydock::{
    Engine, Report, Request,
    address::{Family, KnownNetwork, Subnet, known},
    analyze,
    daemon::network::{Avoid, Count, Forecast, Outlook, Proposal, Situation, Step, Wish, map, pasted, propose},
    docker::go::net::parse_cidr,
    rule::diagnostic::Severity,
};

fn subnet(text: &str) -> Subnet {
    Subnet::of(parse_cidr(text).expect(text))
}

fn request(text: &str, pasted: &str) -> Request {
    Request { avoid: Arc::new(Avoid::gather(&pasted::read(pasted), [])), ..Request::of(text) }
}

fn report(text: &str, engine: &str) -> Report {
    analyze(&Request { engine: engine.parse().expect(engine), ..Request::of(text) })
}

fn networks() -> Vec<KnownNetwork> {
    known::read(known::TEXT)
}

fn proposals(request: &Request) -> Vec<Proposal> {
    propose(request, &analyze(request), &Wish::default(), &networks(), &analyze).expect("a proposal")
}

/// The report after a proposal.
fn after(request: &Request, proposal: &Proposal) -> Report {
    analyze(&Request { text: proposal.text.clone(), ..request.clone() })
}

fn pool(base: &str, size: u8) -> String {
    format!(r#"{{"default-address-pools": [{{"base": "{base}", "size": {size}}}]}}"#)
}

fn messages(report: &Report) -> Vec<&str> {
    report.diagnostics.iter().map(|it| it.message.as_str()).collect()
}

fn handed_out(report: &Report, count: usize, reserved: &[Subnet]) -> Forecast {
    let situation = Situation { count, reserved, ..Situation::default() };
    Forecast::of(&report.plan, &situation).expect("IPv4")
}

/// moby/moby#21847, #23971, #29239; docker/for-linux#599
#[test]
fn why_does_network_create_fail() {
    let defaults = report("{}", "29");
    let all = handed_out(&defaults, 31, &[]);
    assert_eq!(all.subnets().count(), 31, "docker0 and 30 more");
    assert_eq!((all.count, all.left), (30, Count::ZERO));

    // A VPN that puts 172.16.0.0/12 on its device hides 15 of them.
    let route = subnet("172.16.0.0/12");
    let hidden = handed_out(&defaults, 31, &[route]);
    let skipped = hidden.steps.iter().filter_map(|it| match it {
        Step::Skip(it) if it.by == route => Some(it.count.get()),
        _ => None,
    });
    assert_eq!(skipped.sum::<u128>(), 15);
    assert_eq!(hidden.subnets().count(), 16);

    // And a pool that works.
    let request = request("{}", "172.16.0.0/12 dev tun0 proto kernel scope link src 172.16.0.9\n");
    for it in proposals(&request) {
        assert!(!it.pools.iter().any(|it| it.base().overlaps(route)), "{}", it.title);
    }
}

/// docker/for-linux#1543; docker/for-mac#2820; moby/moby#10307
#[test]
fn will_it_collide_with_my_vpn_office_or_train() {
    for (pasted, outlook, sentence) in [
        (
            "172.18.0.0/16 train",
            Outlook::Collides,
            "Collides as soon as you create a network. Network 1, the first you create, is 172.18.0.0/16, the same as train.",
        ),
        (
            "172.17.42.0/24 via 10.8.0.1 dev tun0\n",
            Outlook::Collides,
            "Collides now. Docker's default bridge, docker0, is 172.17.0.0/16, which contains 172.17.42.0/24 (tun0).",
        ),
        (
            "192.168.178.0/24 dev eth0 proto kernel scope link src 192.168.178.20\n",
            Outlook::Unsure, // the Engine steps aside while it is connected
            "Nothing collides now. Network 26 would be 192.168.176.0/20, which contains 192.168.178.0/24 (eth0).",
        ),
        ("10.0.0.0/8", Outlook::Fine, "Never collides with the network you gave."),
        (
            "10.0.0.0/8\nand the office",
            Outlook::Unsure,
            "No collision with the network you gave. One line was not understood, so something may be missing.",
        ),
    ] {
        let clearance = analyze(&request("{}", pasted)).clearance.expect(pasted);
        assert_eq!(clearance.outlook, outlook, "{pasted}");
        assert!(clearance.sentence.starts_with(sentence), "{}", clearance.sentence);
    }
}

#[test]
fn the_verdict_of_a_file_counts_its_collisions() {
    let clear = pool("10.210.0.0/16", 24);
    for (text, pasted, expected) in [
        (
            clear.as_str(),
            "172.18.0.0/16\n10.0.0.0/9\n192.168.0.0/16",
            "The daemon starts with this configuration. 255 networks for your own use, 253 containers each. Never collides with the 3 networks you gave.",
        ),
        (
            "{}",
            "172.18.0.0/16 train",
            "Collides as soon as you create a network. Network 1, the first you create, is 172.18.0.0/16, the same as train. The daemon starts with this configuration. 30 networks for your own use, 4,093 to 65,533 containers each.",
        ),
        (
            clear.as_str(),
            "",
            "The daemon starts with this configuration. 255 networks for your own use, 253 containers each.",
        ),
    ] {
        assert_eq!(analyze(&request(text, pasted)).conclusion(), expected);
    }
}

/// docker/for-mac#7270; docker/docs#18802, #8663, #18782
#[test]
fn how_many_networks_do_i_get_and_what_is_size() {
    for (base, size, networks, containers, summary) in [
        ("172.16.0.0/12", 24, 4_096, 253, "4,095 networks for your own use, 253 containers each"),
        ("10.0.0.0/16", 24, 256, 253, "255 networks for your own use, 253 containers each"),
        ("10.0.0.0/24", 28, 16, 13, "15 networks for your own use, 13 containers each"),
    ] {
        let plan = report(&pool(base, size), "29").plan;
        assert_eq!(plan.networks, Count::from(networks));
        assert_eq!(plan.pools[0].capacity.containers(), Count::from(containers));
        assert_eq!(plan.summary, summary);
    }
}

/// docker/for-linux#599 ("changed to *what*?"), #123; moby/moby#47737
#[test]
fn which_range_should_i_pick() {
    let pasted = "172.18.0.0/16 train\n10.0.0.0/9 office\n192.168.0.0-192.168.255.255 home\n";
    let request = request("{}", pasted);
    let found = proposals(&request);
    assert!(found.len() > 1, "there is a choice");
    assert!(found.windows(2).all(|it| it[0].known.len() <= it[1].known.len()), "the best comes first");
    for it in &found {
        let clearance = after(&request, it).clearance.expect("networks to avoid");
        assert_eq!(clearance.outlook, Outlook::Fine, "{}", it.title);
        assert!(it.networks >= Count::from(30));
    }
}

/// docker/for-mac#218; moby/moby#22638
#[test]
fn is_bip_a_network_or_a_host() {
    let request = Request::of(r#"{"bip": "172.26.0.0/24"}"#);
    let report = analyze(&request);
    let found = &report.diagnostics[0];
    assert_eq!(found.severity, Severity::Error);
    assert!(found.message.contains("172.26.0.0/24"), "{}", found.message);
    assert_eq!(found.fixes[0].edits.apply(&request.text), r#"{"bip": "172.26.0.1/24"}"#);
}

/// moby/moby#46098
#[test]
fn may_bip_sit_in_a_pool() {
    let text = r#"{"bip": "10.0.16.1/20", "default-address-pools": [{"base": "10.0.0.0/16", "size": 24}]}"#;
    let report = report(text, "29");
    assert!(report.diagnostics.iter().all(|it| it.severity != Severity::Error));
    assert_eq!(report.plan.left, Count::from(240), "it takes 16 of 256");
    let forecast = handed_out(&report, 20, &[]);
    let taken = forecast.steps.iter().find_map(|it| match it {
        Step::Skip(it) => Some((it.first.to_string(), it.count, it.by.to_string())),
        Step::Give { .. } => None,
    });
    let expected = ("10.0.16.0/24".to_owned(), Count::from(16), "10.0.16.0/20".to_owned());
    assert_eq!(taken, Some(expected));
}

/// docker/docs#11868; moby/moby#34461; docker/compose#9833; moby/moby#46862
#[test]
fn is_this_public_space() {
    for (base, size, expected) in [
        ("172.80.0.0/16", 24, true),
        ("127.29.0.0/16", 24, true),
        ("169.254.0.0/16", 24, true),
        ("172.31.0.0/16", 24, false),
        ("100.64.0.0/10", 24, false), // shared, and no machine of the internet
    ] {
        let report = report(&pool(base, size), "29");
        let is_told = report.diagnostics.iter().any(|it| it.rule == "address-pool-not-private");
        assert_eq!(is_told, expected, "{base}: {:?}", messages(&report));
    }
}

/// moby/moby#38811, #41438, #40275, #44923, #47990
#[test]
fn what_are_the_rules_for_ipv6_pools() {
    let both =
        r#"{"default-address-pools": [{"base": "10.0.0.0/16", "size": 24}, {"base": "fd00:1::/48", "size": 64}]}"#;
    for (engine, networks) in [("29", 65_536), ("27.0", 65_536), ("26", 1), ("20.10", 1)] {
        let plan = report(both, engine).plan;
        let ipv6 = plan.pools.iter().find(|it| !it.pool.base().is_ipv4());
        assert_eq!(ipv6.map(|it| it.networks), Some(Count::from(networks)), "{engine}");
        assert!(!plan.adds_ipv6, "{engine}");
    }
    // None listed: since 27.0 the Engine adds one.
    for (engine, adds) in [("29", true), ("26", false)] {
        assert_eq!(report("{}", engine).plan.adds_ipv6, adds, "{engine}");
    }
    // No IPv4 pool: docker0 finds no subnet.
    let only = pool("fd00:1::/48", 64);
    let found = report(&only, "29");
    assert!(found.diagnostics.iter().any(|it| it.rule == "address-pools-only-ipv6" && it.severity == Severity::Error));
}

/// moby/moby#37823; moby/libnetwork#1454
#[test]
fn why_did_compose_take_192_168_and_my_lan_with_it() {
    let forecast = handed_out(&report("{}", "29"), 30, &[]);
    let order: Vec<String> = forecast.subnets().map(|it| it.to_string()).collect();
    assert_eq!(order[0], "172.17.0.0/16");
    assert_eq!(order[14], "172.31.0.0/16");
    assert_eq!(order[15], "192.168.0.0/20", "network 15, for docker0 comes first");
    let clearance = analyze(&request("{}", "192.168.1.0/24 lan")).clearance.expect("the LAN");
    assert_eq!(
        clearance.sentence,
        "Collides when you create more than 14 networks. Network 15 is 192.168.0.0/20, which contains 192.168.1.0/24 (lan)."
    );
}

/// moby/moby#37823, #34461
#[test]
fn do_networks_move_when_the_pool_changes() {
    let existing = r#"[{"Name": "app_default", "IPAM": {"Config": [{"Subnet": "172.18.0.0/16"}]}}]"#;
    let inspected = pasted::read(existing);
    assert_eq!(inspected.in_use().count(), 1);
    let train = networks();
    let train = train.iter().filter(|it| it.id == "wifionice");
    let request =
        Request { avoid: Arc::new(Avoid::gather(&inspected, train)), ..Request::of(pool("10.20.0.0/16", 24)) };
    let clearance = analyze(&request).clearance.expect("the train");
    assert_eq!(
        clearance.sentence,
        "Collides now. The Docker network app_default is 172.18.0.0/16, the same as WIFIonICE (Deutsche Bahn ICE)."
    );
    assert_eq!(clearance.hits[0].why, "A network keeps its subnet until it is removed and created again.");
}

/// The NixOS wiki, "Cannot connect to public Wi-Fi, when using Docker"
#[test]
fn wifionice() {
    let list = networks();
    let train = list.iter().filter(|it| it.id == "wifionice");
    let request = Request { avoid: Arc::new(Avoid::gather(&pasted::read(""), train)), ..Request::of("{}") };
    let before = analyze(&request).clearance.expect("the train");
    assert_eq!(before.outlook, Outlook::Collides);
    assert_eq!(
        before.sentence,
        "Collides as soon as you create a network. Network 1, the first you create, is 172.18.0.0/16, the same as WIFIonICE (Deutsche Bahn ICE)."
    );
    let best = &proposals(&request)[0];
    let after = after(&request, best);
    assert_eq!(after.clearance.map(|it| it.outlook), Some(Outlook::Fine));
    assert_eq!(after.plan.left, Count::from(255));
    assert!(best.known.is_empty());

    // The pool that the wiki proposes keeps clear of the train, but not of another known network.
    let wiki = Request { text: pool("172.27.0.0/16", 24), ..request };
    let report = analyze(&wiki);
    assert_eq!(report.clearance.map(|it| it.outlook), Some(Outlook::Fine));
    let drawn = map::items(&report.plan, None, &Avoid::default(), &list);
    let openvpn = drawn.iter().find(|it| it.name.starts_with("OpenVPN Access"));
    let openvpn = openvpn.expect("a known network");
    assert_eq!(openvpn.subnet, subnet("172.27.224.0/20"));
    assert_eq!(openvpn.with, "pool, cut into /24 172.27.0.0/16");
    assert!(!openvpn.collides(), "it was not chosen");
}

/// What the Engine does not say.
#[test]
fn what_happens_to_pools_without_a_word() {
    // Sorted by address since 27.0, as written before.
    let text = r#"{"default-address-pools": [{"base": "192.168.0.0/16", "size": 24}, {"base": "10.0.0.0/16", "size": 24}, {"base": "10.0.0.0/8", "size": 20}]}"#;
    for (engine, first) in [("29", "10.0.0.0/20"), ("26", "192.168.0.0/24")] {
        let plan = report(text, engine).plan;
        assert_eq!(plan.docker0.subnet, Some(subnet(first)), "{engine}");
    }
    // Host bits are masked, a size shorter than the prefix stops the daemon.
    for (base, size, rule, severity) in [
        ("172.17.0.0/12", 24, "address-pool-host-bits", Severity::Warning),
        ("10.0.0.0/24", 16, "address-pool-size-too-small", Severity::Error),
    ] {
        let report = report(&pool(base, size), "29");
        let found = report.diagnostics.iter().find(|it| it.rule == rule).expect(rule);
        assert_eq!(found.severity, severity);
    }
    let ipv6 = Forecast::of(&report("{}", "29").plan, &Situation { family: Family::Ipv6, ..Situation::default() });
    assert_eq!(ipv6, None, "nobody can tell the /48 that the Engine makes");
    assert_eq!(Engine::LATEST, "29".parse().expect("an Engine"));
}
