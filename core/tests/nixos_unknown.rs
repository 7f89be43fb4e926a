//! What a Nix text does not tell is never held against it: a value that nobody knows makes no error of a good module.

use std::collections::{BTreeMap, BTreeSet};

use drydock::{
    Report, Request, analyze,
    daemon::{
        check::RULES,
        print::{self, Order, Target},
        prose::page,
    },
    document::{Kind, Node},
    rule::diagnostic::Severity,
    text::Span,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    text: String,
    accepts: BTreeMap<String, bool>,
}

/// The modules that files a recorded daemon accepts are printed as.
fn modules() -> Vec<String> {
    let rows =
        include_str!("vectors/verdicts.jsonl").lines().chain(include_str!("vectors/verdicts-more.jsonl").lines());
    let rows = rows.map(|it| serde_json::from_str::<Row>(it).expect("a row"));
    let target = Target::find("nixos-module").expect("a target");
    let module = |row: Row| {
        let request = Request::of(row.text);
        print::print(&request, &analyze(&request), target, Order::AsWritten).text
    };
    rows.filter(|it| it.accepts.get("29.7") == Some(&true)).map(module).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The places of the values that are neither list nor set.
fn leaves(node: &Node, found: &mut Vec<Span>) {
    match &node.kind {
        Kind::List(elements) => elements.iter().for_each(|it| leaves(it, found)),
        Kind::Map(members) => members.iter().for_each(|it| leaves(&it.value, found)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => found.push(node.span),
        Kind::Opaque | Kind::Missing => {}
    }
}

fn complaints(report: &Report) -> BTreeSet<&'static str> {
    let found = report.diagnostics.iter().filter(|it| it.severity != Severity::Hint);
    found.map(|it| it.rule).collect()
}

#[test]
fn a_value_that_nobody_knows_is_no_mistake() {
    let mut wrong = BTreeMap::new();
    let mut count = 0;
    for module in modules() {
        let module = module.replacen("{ ... }:", "{ config, ... }:", 1);
        let report = analyze(&Request::of(&*module));
        let usual = complaints(&report);
        let mut places = Vec::new();
        leaves(&report.document.root, &mut places);
        places.retain(|it| it.start < it.end);
        for place in places {
            let head = module.get(..place.start).expect("a place");
            let rest = module.get(place.end..).expect("a place");
            let text = [head, "(config.x)", rest].concat();
            count += 1;
            for rule in complaints(&analyze(&Request::of(&*text))).difference(&usual) {
                wrong.entry(*rule).or_insert(text.clone());
            }
        }
    }
    assert!(count > 500, "only {count} values");
    for (rule, text) in &wrong {
        println!("{rule}:\n{text}");
    }
    assert_eq!(wrong.keys().collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn mistakes_beside_a_value_that_nobody_knows_are_told() {
    let target = Target::find("nixos-module").expect("a target");
    let mut count = 0;
    for rule in RULES {
        let page = page(rule);
        let example = Request { host: page.host(), ..Request::of(&*page.example) };
        let printed = print::print(&example, &analyze(&example), target, Order::AsWritten).text;
        let module = Request { text: printed.clone(), ..Request::of(&*printed) };
        let module = Request { host: page.host(), ..module };
        if page.example.contains("mtu") || !complaints(&analyze(&module)).contains(rule.id) {
            continue;
        }
        count += 1;
        let open = printed.replacen(
            "{\n",
            "{\n  imports = [ { virtualisation.docker.daemon.settings.mtu = config.x; } ];\n",
            1,
        );
        let open = Request { text: open, ..module };
        assert!(complaints(&analyze(&open)).contains(rule.id), "{}: {}", rule.id, open.text);
    }
    assert!(count > 40, "only {count} rules");
}

/// What says of docker0 that it is made, and where, is looked at whenever something is concluded from the plan.
#[test]
fn nothing_is_concluded_from_a_docker0_that_nobody_knows() {
    for (open, settings, rule, engine) in [
        ("bridge", "default-gateway = \"10.9.9.9\";", "default-gateway-outside-subnet", "29"),
        ("bip", "default-gateway = \"10.9.9.9\";", "default-gateway-outside-subnet", "29"),
        ("default-address-pools", "default-gateway = \"10.9.9.9\";", "default-gateway-outside-subnet", "29"),
        ("bridge", "bip = \"10.0.0.1/24\"; default-gateway = \"10.9.9.9\";", "default-gateway-outside-subnet", "29"),
        (
            "bridge",
            "default-address-pools = [ { base = \"fd00::/48\"; size = 64; } ];",
            "address-pools-only-ipv6",
            "29",
        ),
        ("bridge", "bip = \"10.0.0.1/24\"; fixed-cidr = \"10.9.0.0/16\";", "fixed-cidr-outside-subnet", "29"),
        ("bridge", "fixed-cidr = \"999\";", "fixed-cidr-malformed", "29"),
        ("bridge", "mtu = 70000;", "mtu-out-of-range", "29"),
        ("bridge", "ipv6 = true;", "ipv6-without-subnet", "27"),
    ] {
        let engine: drydock::Engine = engine.parse().expect("an Engine");
        let text = |more: &str| {
            format!("{{ config, ... }}: {{ virtualisation.docker.daemon.settings = {{ {more} {settings} }}; }}")
        };
        let found = |more: &str| complaints(&analyze(&Request { engine, ..Request::of(text(more)) }));
        assert!(found("").contains(rule), "{rule} {settings}");
        let open = format!("{open} = config.x;");
        assert!(!found(&open).contains(rule), "{rule} {open} {settings}");
        // What does not depend on docker0 is said as before.
        assert!(found(&[&open, "metrics-addr = \"x\";"].concat()).contains("metrics-addr-malformed"), "{open}");
    }
}
