//! What holds for every rule, and rows for each, on every bench that shares them.

use std::rc::Rc;

use super::*;
use crate::{
    address::{KnownNetwork, known},
    bench::{Chosen, Request, Workbench},
    compose,
    containers::chosen::CHOICES,
    run,
};

/// A list of known networks in which nothing but these is found.
fn known() -> Rc<Vec<KnownNetwork>> {
    Rc::new(known::read(
        r#"[
            {"id": "wifionice", "name": "WIFIonICE", "cidrs": ["172.18.0.0/16"], "kind": "train", "note": "On board.", "source": "x", "confidence": "reported"},
            {"id": "home", "name": "Home router", "cidrs": ["192.168.178.0/24"], "kind": "router", "note": "At home.", "source": "x", "confidence": "reported"},
            {"id": "pods", "name": "Pods", "cidrs": ["10.42.0.0/16"], "kind": "kubernetes", "note": "", "source": "x", "confidence": "reported", "informs": "It takes some part of it."}
        ]"#,
    ))
}

/// A text with what is chosen beside it: `backend=podman`.
fn request(text: &str, chosen: &[&str]) -> Request {
    let mut all = Chosen::default();
    for it in chosen {
        let (id, value) = it.split_once('=').expect("a choice and its value");
        let choice = CHOICES.iter().find(|it| it.id == id).expect(id);
        all = all.with(choice, value);
    }
    Request { text: text.to_owned(), chosen: all, known: known() }
}

fn bench_of(text: &str) -> &'static Workbench {
    match (compose::LISTING.suits)(text) || text.contains("networks:") {
        true => &compose::WORKBENCH,
        false => &run::WORKBENCH,
    }
}

fn found(text: &str, rule: &str, chosen: &[&str]) -> Vec<Diagnostic> {
    let mut found = (bench_of(text).examine)(&request(text, chosen)).diagnostics;
    found.retain(|it| it.rule == rule);
    found
}

/// Asserts what a rule finds: severity and message.
#[track_caller]
fn assert_finds(text: &str, rule: &str, chosen: &[&str], expected: &[&str]) {
    let told: Vec<String> =
        found(text, rule, chosen).iter().map(|it| format!("{} {}", it.severity, it.message)).collect();
    assert_eq!(told, expected, "{text} {chosen:?}");
}

/// Asserts what the first fix makes of a text.
#[track_caller]
fn assert_fixed(text: &str, rule: &str, chosen: &[&str], title: &str, after: &str) {
    let found = found(text, rule, chosen);
    let fix = found.first().and_then(|it| it.fixes.first()).expect("a fix");
    assert_eq!((fix.title.as_str(), &*fix.edits.apply(text)), (title, after), "{text}");
}

/// Commands that make networks: name and subnet, empty for none.
fn made(networks: &[(&str, &str)]) -> String {
    let line = |(name, subnet): &(&str, &str)| match subnet.is_empty() {
        true => format!("docker network create {name}\n"),
        false => format!("docker network create --subnet {subnet} {name}\n"),
    };
    networks.iter().map(line).collect()
}

/// The same as a Compose file.
fn declared(networks: &[(&str, &str)]) -> String {
    let line = |(name, subnet): &(&str, &str)| match subnet.is_empty() {
        true => format!("  {name}:\n"),
        false => format!("  {name}: {{ ipam: {{ config: [{{ subnet: '{subnet}' }}] }} }}\n"),
    };
    ["networks:\n", &networks.iter().map(line).collect::<String>()].concat()
}

/// Asserts the same of both.
#[track_caller]
fn assert_all_find(networks: &[(&str, &str)], rule: &str, chosen: &[&str], expected: &[&str]) {
    assert_finds(&made(networks), rule, chosen, expected);
    assert_finds(&declared(networks), rule, chosen, expected);
}

#[test]
fn rules_are_in_order() {
    assert!(RULES.is_sorted_by(|a, b| a.id < b.id));
    for own in [run::check::RULES, compose::RULES] {
        assert!(!own.iter().any(|it| RULES.iter().any(|shared| shared.id == it.id)));
    }
}

#[test]
fn subnets_are_apart() {
    for (a, b, expected) in [
        ("10.0.0.0/16", "10.0.3.0/24", &["error 10.0.3.0/24 of `b` is within 10.0.0.0/16 of `a`"][..]),
        ("10.0.3.0/24", "10.0.0.0/16", &["error 10.0.3.0/24 of `a` is within 10.0.0.0/16 of `b`"]),
        ("10.0.0.0/16", "10.0.0.0/16", &["error `b` and `a` have the same subnet 10.0.0.0/16"]),
        ("10.0.0.0/16", "10.1.0.0/16", &[]),
        ("fd00:1::/64", "fd00:1::/80", &["error fd00:1::/80 of `b` is within fd00:1::/64 of `a`"]),
        ("fd00:1::/64", "10.1.0.0/16", &[]),
    ] {
        assert_all_find(&[("a", a), ("b", b)], "subnets-overlap", &[], expected);
    }
    let two = "docker network create --subnet 10.1.0.0/16 --subnet 10.1.2.0/24 a";
    assert_finds(two, "subnets-overlap", &[], &["error 10.1.0.0/16 and 10.1.2.0/24 of `a` have addresses in common"]);
    let macvlan = "docker network create -d macvlan --subnet 192.168.1.0/24 a\ndocker network create -d macvlan --subnet 192.168.1.0/24 b";
    // Docker has one list for all drivers.
    assert_finds(macvlan, "subnets-overlap", &[], &["error `b` and `a` have the same subnet 192.168.1.0/24"]);
    assert_finds(&macvlan.replace("docker", "podman"), "subnets-overlap", &["backend=podman"], &[]);
}

#[test]
fn subnets_are_private() {
    for (subnet, expected) in [
        ("172.31.0.0/16", &[][..]),
        ("172.32.0.0/16", &["warning 172.32.0.0/16 belongs to machines on the internet"]),
        ("8.8.8.0/24", &["warning 8.8.8.0/24 belongs to machines on the internet"]),
        ("127.0.0.0/8", &["warning 127.0.0.0/8 are loopback addresses"]),
        ("172.0.0.0/8", &["warning 172.0.0.0/8 holds more than private addresses"]),
        ("fd00:1::/64", &[]),
        ("0.0.0.0/24", &[]), // any of this size
        ("nonsense", &[]),
    ] {
        assert_all_find(&[("a", subnet)], "subnet-public", &[], expected);
    }
}

#[test]
fn the_default_bridge_has_its_addresses() {
    for (subnet, chosen, expected) in [
        ("172.17.5.0/24", &[][..], &["error 172.17.5.0/24 of `a` overlaps 172.17.0.0/16 of docker0"][..]),
        ("172.16.0.0/12", &[], &["error 172.16.0.0/12 of `a` overlaps 172.17.0.0/16 of docker0"]),
        ("172.18.5.0/24", &[], &[]),
        ("172.17.5.0/24", &["pools={\"bip\": \"10.9.0.1/24\"}"], &[]),
        (
            "10.9.0.0/24",
            &["pools={\"bip\": \"10.9.0.1/24\"}"],
            &["error 10.9.0.0/24 of `a` overlaps 10.9.0.0/24 of docker0"],
        ),
        (
            "10.201.0.0/28",
            &["pools=10.201.0.0/16 size 24"],
            &["error 10.201.0.0/28 of `a` overlaps 10.201.0.0/24 of docker0"],
        ),
        ("10.88.5.0/24", &[], &[]),
        ("10.88.5.0/24", &["backend=podman"], &["error 10.88.5.0/24 of `a` overlaps 10.88.0.0/16 of podman0"]),
        ("172.17.5.0/24", &["backend=podman"], &[]),
    ] {
        assert_all_find(&[("a", subnet)], "subnet-of-default-bridge", chosen, expected);
    }
}

#[test]
fn a_subnet_of_the_pools_may_be_gone() {
    let may_have = "hint Docker may have given 172.28.0.0/16 to another network";
    for (networks, chosen, expected) in [
        (&[("a", "172.28.0.0/16")][..], &[][..], &[may_have][..]),
        (&[("a", "172.28.0.0/16"), ("b", "")], &[], &[may_have]), // b gets another
        (&[("a", "172.18.0.0/16"), ("b", "")], &[], &["warning 172.18.0.0/16 of `a` may go to `b` first"]),
        (
            &[("b", ""), ("c", ""), ("a", "172.19.3.0/24")],
            &[],
            &["warning 172.19.3.0/24 of `a` may go to `b` or `c` first"],
        ),
        (&[("a", "172.17.3.0/24"), ("b", "")], &[], &[]), // docker0 has it
        (&[("a", "10.5.0.0/16"), ("b", "")], &[], &[]),
        (
            &[("a", "10.89.0.0/24"), ("b", "")],
            &["backend=podman"],
            &["warning 10.89.0.0/24 of `a` may go to `b` first"],
        ),
        (
            &[("a", "10.200.0.0/24")],
            &["backend=podman"],
            &["hint Podman may have given 10.200.0.0/24 to another network"],
        ),
    ] {
        assert_all_find(networks, "subnet-in-pools", chosen, expected);
    }
    assert_fixed(
        &made(&[("a", "172.18.0.0/16"), ("b", "")]),
        "subnet-in-pools",
        &[],
        "Give `b` the subnet 10.127.255.0/24",
        "docker network create --subnet 172.18.0.0/16 a\ndocker network create --subnet 10.127.255.0/24 b\n",
    );
}

#[test]
fn a_subnet_keeps_clear_of_what_the_machine_must_reach() {
    let train = "keep-clear=172.18.0.0/16 the train";
    for (subnet, chosen, expected) in [
        ("172.18.7.0/24", &[][..], &[][..]),
        ("172.18.7.0/24", &[train], &["warning 172.18.7.0/24 of `a` overlaps 172.18.0.0/16 of the train"]),
        ("172.19.7.0/24", &[train], &[]),
        (
            "172.18.7.0/24",
            &["keep-clear=wifionice"],
            &["warning 172.18.7.0/24 of `a` overlaps 172.18.0.0/16 of WIFIonICE"],
        ),
        (
            "172.18.7.0/24",
            &["keep-clear= WIFIonICE "],
            &["warning 172.18.7.0/24 of `a` overlaps 172.18.0.0/16 of WIFIonICE"],
        ),
        ("10.42.0.0/24", &["keep-clear=pods"], &["hint 10.42.0.0/24 of `a` overlaps 10.42.0.0/16 of Pods"]),
        (
            "10.42.0.0/24",
            &["keep-clear=pods\n10.42.0.128/25\n10.42.0.0/26"],
            &["warning 10.42.0.0/24 of `a` overlaps 10.42.0.128/25, a network to keep clear of and 1 more"],
        ),
        (
            "fd00:1::/64",
            &["keep-clear=fd00::/8", "backend=podman"],
            &["warning fd00:1::/64 of `a` overlaps fd00::/8, a network to keep clear of"],
        ),
    ] {
        assert_all_find(&[("a", subnet)], "subnet-in-the-way", chosen, expected);
    }
    // A network of the machine itself, shared on purpose.
    let macvlan = "docker network create -d macvlan --subnet 192.168.1.0/24 a";
    assert_finds(macvlan, "subnet-in-the-way", &["keep-clear=192.168.1.0/24"], &[]);
}

#[test]
fn a_network_that_is_there_has_its_subnet() {
    let there = r#"keep-clear=[{"Name": "shop_front", "IPAM": {"Config": [{"Subnet": "10.7.0.0/16"}]}}]"#;
    let expected = "warning 10.7.1.0/24 of `a` overlaps 10.7.0.0/16 of `shop_front`, which is there";
    assert_all_find(&[("a", "10.7.1.0/24")], "subnet-in-use", &[there], &[expected]);
    assert_all_find(&[("a", "10.8.1.0/24")], "subnet-in-use", &[there], &[]);
    // It is this one, made before.
    assert_all_find(&[("front", "10.7.0.0/16")], "subnet-in-use", &[there], &[]);
    assert_all_find(&[("a", "")], "subnet-in-use", &[there], &[]);
}

#[test]
fn a_network_without_a_subnet_may_meet_what_the_machine_must_reach() {
    let train = "keep-clear=172.18.0.0/16 the train";
    for (networks, chosen, expected) in [
        (&[("a", "")][..], &[][..], &[][..]),
        (&[("a", "")], &[train], &["warning `a` gets 172.18.0.0/16, which overlaps 172.18.0.0/16 of the train"]),
        (
            &[("a", ""), ("b", ""), ("c", "10.0.0.0/24")],
            &["keep-clear=172.19.5.0/24"],
            &["warning `a` or `b` may get 172.19.0.0/16, which overlaps 172.19.5.0/24, a network to keep clear of"],
        ),
        (
            &[("a", "")],
            &["keep-clear=172.21.0.0/16 office"],
            &["hint `a` may get a subnet of 172.20.0.0/14, which holds 172.21.0.0/16 of office"],
        ),
        // Docker passes over what the machine is connected to.
        (
            &[("a", "")],
            &["keep-clear=172.18.0.0/16 dev wlan0 proto kernel scope link src 172.18.5.6"],
            &["hint `a` may get a subnet of 172.18.0.0/16, which holds 172.18.0.0/16 of wlan0"],
        ),
        (&[("a", "")], &["keep-clear=10.0.0.0/8"], &[]),
        (&[("a", "")], &[train, "pools=10.201.0.0/16 size 24"], &[]),
        (&[("a", "")], &[train, "backend=podman"], &[]),
        (
            &[("a", "")],
            &["keep-clear=10.89.0.0/24", "backend=podman"],
            &["warning `a` gets 10.89.0.0/24, which overlaps 10.89.0.0/24, a network to keep clear of"],
        ),
        // What the text gives away, the pools do not.
        (
            &[("a", ""), ("b", "172.18.0.0/16")],
            &["keep-clear=172.18.0.0/16"],
            &["hint `a` may get a subnet of 172.18.0.0/16, which holds 172.18.0.0/16, a network to keep clear of"],
        ),
    ] {
        assert_all_find(networks, "subnet-left-open", chosen, expected);
    }
}

#[test]
fn only_networks_that_are_made_here_and_served_by_the_pools_count() {
    let train = "keep-clear=172.18.0.0/16";
    for (text, is_found) in [
        ("networks:\n  a:\n", true),
        ("services:\n  web:\n    image: nginx:1.27\n", true), // the network that every project has
        ("services:\n  web:\n    image: nginx:1.27\n    network_mode: host\n", false),
        ("networks:\n  a:\n    external: true\n", false),
        ("networks:\n  a:\n    driver: macvlan\n", true),
        ("networks:\n  a:\n    driver: overlay\n", false),
        ("networks:\n  a:\n    enable_ipv4: false\n", false),
        ("networks:\n  a:\n    ipam:\n      driver: mine\n", false),
        ("networks:\n  a:\n    ipam:\n      config:\n        - subnet: ${SUBNET}\n", false), // not known
        ("networks:\n  a:\n    enable_ipv6: true\n    ipam:\n      config:\n        - subnet: fd00:1::/64\n", true),
        ("docker run nginx", false), // docker0
    ] {
        assert_eq!(found(text, "subnet-left-open", &[train]).len(), usize::from(is_found), "{text}");
    }
    for (text, is_found) in [
        ("podman network create --subnet fd00:1::/64 a", false),
        ("podman network create --ipv6 --subnet fd00:1::/64 a", true),
        ("podman network create -d macvlan a", false),
    ] {
        let chosen = ["keep-clear=10.89.0.0/24", "backend=podman"];
        assert_eq!(found(text, "subnet-left-open", &chosen).len(), usize::from(is_found), "{text}");
    }
}

#[test]
fn an_ipv6_network_without_a_subnet_gets_one_of_the_ipv6_pools() {
    let text = "networks:\n  a:\n    enable_ipv6: true\n";
    let pools = "pools=10.0.0.0/16 size 24\nfd00:5::/48 size 64";
    assert_finds(
        text,
        "subnet-left-open",
        &["keep-clear=fd00:5::/64", pools],
        &["warning `a` gets fd00:5::/64, which overlaps fd00:5::/64, a network to keep clear of"],
    );
    // Docker makes its own pool from its id: nobody knows which.
    assert_finds(text, "subnet-left-open", &["keep-clear=fd00:5::/64"], &[]);
}

#[test]
fn a_subnet_is_written_where_it_belongs() {
    let chosen = ["keep-clear=172.18.0.0/16", "pools=172.17.0.0/12 size 16"];
    let ipam = |indent: &str| format!("{indent}ipam:\n{indent}  config:\n{indent}    - subnet: 10.127.255.0/24\n");
    for (before, after) in [
        (
            "services:\n  web:\n    image: nginx:1.27\n",
            format!("services:\n  web:\n    image: nginx:1.27\nnetworks:\n  default:\n{}", ipam("    ")),
        ),
        ("networks:\n  a:\n", format!("networks:\n  a:\n{}", ipam("    "))),
        (
            "networks:\n  a: # mine\n  b:\n    external: true\n",
            format!("networks:\n  a: # mine\n{}  b:\n    external: true\n", ipam("    ")),
        ),
        ("networks:\n  a:", format!("networks:\n  a:\n{}", ipam("    "))),
        (
            "networks:\n  a:\n      internal: true\n",
            format!("networks:\n  a:\n{}      internal: true\n", ipam("      ")),
        ),
        ("networks:\n  a: {}\n", "networks:\n  a: { ipam: { config: [{ subnet: 10.127.255.0/24 }] } }\n".to_owned()),
        (
            "networks:\n  a: {internal: true}\n",
            "networks:\n  a: { ipam: { config: [{ subnet: 10.127.255.0/24 }] }, internal: true}\n".to_owned(),
        ),
        (
            "networks: { a: { internal: true } }\n",
            "networks: { a: { ipam: { config: [{ subnet: 10.127.255.0/24 }] }, internal: true } }\n".to_owned(),
        ),
        ("docker network create 'a'\n", "docker network create --subnet 10.127.255.0/24 'a'\n".to_owned()),
        (
            "docker network create \\\n  --internal a\n",
            "docker network create \\\n  --internal --subnet 10.127.255.0/24 a\n".to_owned(),
        ),
    ] {
        let name = if before.starts_with("services") { "default" } else { "a" };
        assert_fixed(before, "subnet-left-open", &chosen, &format!("Give `{name}` the subnet 10.127.255.0/24"), &after);
        assert_finds(&after, "subnet-left-open", &chosen, &[]);
        let errors = (bench_of(&after).examine)(&request(&after, &chosen)).diagnostics;
        assert!(errors.iter().all(|it| it.severity != crate::rule::diagnostic::Severity::Error), "{after} {errors:#?}");
    }
    // Where nothing can be added without a change of what is there, it is said only.
    for text in [
        "networks:\n  a:\n    ipam: {}\n",
        "x: &it\n  internal: true\nnetworks:\n  a: *it\n",
        "x: &it\n  internal: true\nnetworks:\n  a:\n    <<: *it\n",
        "networks: { a }\n",
        "networks:\n  ? a\n",
    ] {
        let found = found(text, "subnet-left-open", &chosen);
        assert_eq!(found.len(), 1, "{text} {found:#?}");
        assert!(found[0].fixes.is_empty() && found[0].help.contains("10.127.255.0/24"), "{text} {found:#?}");
    }
}

#[test]
fn a_subnet_of_a_known_network_is_named() {
    for (subnet, chosen, expected) in [
        ("192.168.0.0/16", &[][..], &["hint 192.168.0.0/16 of `a` overlaps 192.168.178.0/24 of Home router"][..]),
        ("192.168.177.0/24", &[], &[]),
        ("10.42.0.0/24", &[], &[]),                      // it takes some part of it
        ("192.168.178.0/24", &["keep-clear=home"], &[]), // told as one to keep clear of
        ("192.168.178.0/24", &["keep-clear=192.168.178.0/25"], &[]),
    ] {
        assert_all_find(&[("a", subnet)], "subnet-of-known-network", chosen, expected);
    }
}

#[test]
fn what_is_not_understood_beside_the_text_is_told() {
    let told = |it: &str| format!("warning The networks were not compared with what `{it}` names");
    for (chosen, expected) in [
        ("keep-clear=172.18.0.0/16\n# mine\n\n", vec![]),
        ("keep-clear=10.0.0.0/33", vec![told("10.0.0.0/33")]),
        ("keep-clear=trian", vec![told("trian")]),
        ("pools=10.0.0.0/8", vec![told("10.0.0.0/8")]),
        ("pools=10.0.0.0/16 size 8", vec![told("10.0.0.0/16 size 8")]),
        ("pools=Base: 10.201.0.0/16, Size: 24\nbase=10.202.0.0/16,size=24\n10.203.0.0/16 /24\n", vec![]),
        ("pools={\"bip\": }", vec![told("\"bip\"")]),
        ("pools={\"default-address-pools\": [{\"base\": \"10.0.0.0/16\", \"size\": 24}]}", vec![]),
        (
            "keep-clear=a\nb\nc\nd\ne",
            vec![
                told("a"),
                told("b"),
                told("c"),
                "warning 2 more lines under Surroundings, in the header, were not understood".to_owned(),
            ],
        ),
    ] {
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        assert_all_find(&[("a", "10.7.0.0/24")], "surroundings-unread", &[chosen], &expected);
    }
}

#[test]
fn free_subnets_have_no_address_that_anything_else_has() {
    let chosen = ["keep-clear=10.0.0.0/9\n192.168.0.0/16", "pools=10.201.0.0/16 size 24"];
    let text = made(&[("a", "10.160.0.0/24"), ("b", ""), ("c", ""), ("d", "")]);
    let request = request(&text, &chosen);
    let examined = (run::WORKBENCH.examine)(&request);
    let asked = examined.facts::<crate::containers::bench::Asked>().expect("what was asked for");
    let free = asked.networks.free(3);
    assert_eq!(free.len(), 3);
    for (at, it) in free.iter().enumerate() {
        let busy = asked.networks.written.iter().map(|it| it.subnet).chain(asked.networks.bridges());
        let busy = busy.chain(asked.networks.avoid.subnets().iter().copied());
        let busy = busy.chain(asked.networks.plan.pools.iter().map(|it| it.pool.base()));
        let others = free.iter().enumerate().filter(|other| other.0 != at).map(|it| *it.1);
        assert!(!busy.chain(others).any(|other| other.overlaps(*it)), "{it}");
    }
    assert!(asked.networks.free(1 << 25).is_empty());
}

#[cfg(feature = "prose")]
mod examples {
    use super::*;
    use crate::rule::Rule;

    /// The examples of a rule, each with what is chosen beside it.
    fn examples(rule: &Rule) -> Vec<(String, Vec<String>)> {
        let page = rule.page();
        let section = page.split("## Example").nth(1).and_then(|it| it.split("## Source").next()).expect(rule.id);
        let fences = section.split("```").skip(1).step_by(2);
        let example = |it: &str| {
            let (head, text) = it.split_once('\n').expect("a line");
            (text.to_owned(), head.split(' ').skip(1).map(str::to_owned).collect())
        };
        fences.map(example).collect()
    }

    #[test]
    fn every_page_has_its_headings_and_an_example_for_each_bench_that_is_flagged() {
        for rule in RULES {
            for heading in ["Why it matters", "What to do", "Example", "Source"] {
                assert!(rule.page().contains(&format!("## {heading}")), "{}: {heading}", rule.id);
            }
            let examples = examples(rule);
            for bench in [&compose::LISTING, &run::LISTING] {
                let (text, chosen) = examples.iter().find(|it| (bench.suits)(&it.0)).expect(rule.id);
                let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
                let found = found(text, rule.id, &chosen);
                assert!(!found.is_empty(), "{} {}", rule.id, bench.id);
                for it in found {
                    assert!(rule.severities.contains(&it.severity), "{it:?}");
                    assert!(!it.why.is_empty() && !it.help.is_empty(), "{it:?}");
                    assert!(!it.message.ends_with('.') && it.why.ends_with('.') && it.help.ends_with('.'), "{it:?}");
                    for fix in &it.fixes {
                        let after = super::found(&fix.edits.apply(text), rule.id, &chosen);
                        assert!(!after.iter().any(|after| after.severity <= it.severity), "{after:#?}");
                    }
                }
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_surroundings_are_read_and_fixes_are_places_of_the_text(
        text in "(networks:|  a:|  b: |\n|\n    |\\{|\\}|, |ipam: |config: |\\[|\\]|subnet: |172.18.0.0/16|10.0.0.0/8|::/0|0.0.0.0/0|internal: true|docker network create |--subnet |x |'|\"){0,30}",
        keep in "(172.18.0.0/16|0.0.0.0/0|::/0|10.0.0.0/8|wifionice|pods|what|\n| |dev wlan0){0,12}",
        pools in "(10.0.0.0/16|0.0.0.0/0|fd00::/8|::/0| size |24|64|0|128|\n|,|\\{|\\}|\"default-address-pools\": |\\[|\\]|\"base\": |\"size\": ){0,12}",
        podman in proptest::bool::ANY,
    ) {
        let backend = if podman { "backend=podman" } else { "backend=docker" };
        let request = request(&text, &[&["keep-clear=", &keep].concat(), &["pools=", &pools].concat(), backend]);
        for bench in [&compose::WORKBENCH, &run::WORKBENCH] {
            for found in (bench.examine)(&request).diagnostics {
                proptest::prop_assert!(text.get(found.span.start..found.span.end).is_some(), "{found:?}");
                for edit in found.fixes.iter().flat_map(|it| it.edits.iter()) {
                    proptest::prop_assert!(text.get(edit.span.start..edit.span.end).is_some(), "{found:?}");
                }
            }
        }
    }
}
