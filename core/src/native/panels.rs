//! What does each container get, and where in the address space are all of them?

use std::{collections::HashMap, rc::Rc};

use super::{
    check,
    model::{Container, Shape},
    nat::{self, Cover},
    print::connected,
    rows::Asked,
};
use crate::{
    address::Subnet,
    bench::{Block, Examined, Line, Panel, Written},
    daemon::network::map::{self, Item, Layer},
    rule::diagnostic::{Diagnostic, Severity},
    text::{
        Span,
        words::{self, counted},
    },
};

/// What is shown beside the result.
pub static PANELS: [Panel; 2] = [
    Panel { id: "report", title: "Report", show: report },
    Panel { id: "networks", title: "Networks", show: networks },
];

fn line(word: &str, what: impl Into<String>, how: impl Into<String>, span: Option<Span>) -> Line {
    Line { severity: None, word: word.to_owned(), what: what.into(), how: how.into(), span }
}

fn report(examined: &Examined, written: &Written) -> Vec<Block> {
    let Some(asked) = examined.facts::<Asked>() else { return Vec::new() };
    let containers = &asked.reading.containers;
    if containers.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Lead(lead(containers))];
    for container in containers {
        blocks.extend([Block::Heading(container.name.clone()), Block::Lines(of_container(asked, container))]);
    }
    let (changes, rest): (Vec<Line>, Vec<Line>) =
        written.parts.iter().cloned().partition(|it| matches!(it.word.as_str(), "added" | "changed"));
    let lost: Vec<Line> = rest.into_iter().filter(|it| it.severity.is_some()).collect();
    for (heading, lines) in [("Added by the result", changes), ("Left out of the result", lost)] {
        if !lines.is_empty() {
            blocks.extend([Block::Heading(heading.to_owned()), Block::Lines(lines)]);
        }
    }
    blocks
}

/// `3 containers: 2 routed, 1 on a bridge.`
fn lead(containers: &[Container]) -> String {
    let count = |shape: Shape| containers.iter().filter(|it| it.shape() == shape).count();
    let told = [
        (Shape::Routed, "routed"),
        (Shape::Bridged, "on a bridge"),
        (Shape::Host, "in the network of the host"),
        (Shape::Interfaces, "at interfaces of the host"),
        (Shape::Namespace, "in a network namespace"),
        (Shape::Alone, "without a way out"),
        (Shape::Open, "connected as is not known here"),
    ];
    let told = told.iter().map(|it| (count(it.0), it.1)).filter(|it| it.0 > 0);
    let told: Vec<String> = told.map(|(count, what)| format!("{count} {what}")).collect();
    format!("{}: {}.", counted(containers.len(), "container"), told.join(", "))
}

/// What one container gets.
fn of_container(asked: &Asked, container: &Container) -> Vec<Line> {
    let host = &asked.reading.host;
    let how = match container.shape() {
        Shape::Host => "It binds ports of the host, whose firewall decides about them.".to_owned(),
        Shape::Routed => {
            let way = match nat::cover(host, &asked.choices, container) {
                Cover::Yes => "It reaches the internet by NAT.",
                Cover::Open => "Whether it reaches the internet is not known here.",
                _ => "As the text stands, it reaches the host alone.",
            };
            ["A pair of interfaces, with an address at each end. ", way].concat()
        }
        Shape::Bridged => "It is a neighbour of whatever else is plugged into the bridge.".to_owned(),
        Shape::Alone => "It has a loopback interface alone.".to_owned(),
        Shape::Interfaces => "Interfaces of the host are in it, or beside its own.".to_owned(),
        Shape::Namespace => "It is in a network that is there already.".to_owned(),
        Shape::Open => String::new(),
    };
    let mut lines = vec![line("network", connected(container), how, Some(container.span))];
    let starts = match container.auto_start.as_ref().and_then(|it| it.value) {
        Some(true) => ("with the host", String::new()),
        _ if container.auto_start.as_ref().is_some_and(|it| it.value.is_none()) => ("not known here", String::new()),
        _ => ("by hand", format!("`nixos-container start {}`, or `autoStart = true;`.", container.name)),
    };
    let span = container.auto_start.as_ref().map(|it| it.whole);
    lines.push(line("starts", starts.0, starts.1, span));
    for port in &container.link.ports {
        let number = |it: Option<u16>| it.map_or_else(|| "…".to_owned(), |it| it.to_string());
        let what = format!("{} → {}/{}", number(port.host), number(port.container), port.protocol);
        lines.push(line("port", what, "At the addresses of the host, not at 127.0.0.1.", Some(port.span)));
    }
    for mount in &container.mounts {
        let target = mount.target.as_deref().unwrap_or("…");
        let source = mount.source.as_ref().map(|it| it.value.as_deref().unwrap_or("…"));
        let how = match (source, mount.is_read_only()) {
            (None, true) => "The same path of the host, which the container can only read.",
            (None, false) => "The same path of the host, which the container can write to.",
            (Some(_), true) => "The container can only read it.",
            (Some(_), false) => "The container can write to it.",
        };
        let what = format!("{} → {target}", source.unwrap_or(target));
        lines.push(line("mount", what, how, Some(mount.span)));
    }
    if let Some(it) = container.ephemeral.as_ref().filter(|it| it.value == Some(true)) {
        lines.push(line("files", "gone when it stops", "Its root is empty each time it starts.", Some(it.whole)));
    }
    if let Some(inside) = &container.config {
        let services: Vec<&str> = inside.services.iter().map(|it| it.0.as_str()).collect();
        let what = match (inside.is_read, services.as_slice()) {
            (false, _) => "in another file".to_owned(),
            (true, []) => "a NixOS".to_owned(),
            (true, some) => some.join(", "),
        };
        lines.push(line("inside", what, "", Some(inside.name)));
    }
    lines
}

/// So many networks to keep clear of are told one by one; the map has all of them.
const TOLD: usize = 40;

fn networks(examined: &Examined, _: &Written) -> Vec<Block> {
    let Some(asked) = examined.facts::<Asked>() else { return Vec::new() };
    let Asked { reading, space, .. } = asked;
    if reading.containers.is_empty() && space.networks.unread.is_empty() {
        return Vec::new();
    }
    let rules: Vec<&str> = check::RULES.iter().map(|it| it.id).filter(|it| is_of_addresses(it)).collect();
    let mut found: HashMap<Span, Vec<&Diagnostic>> = HashMap::new();
    for it in examined.diagnostics.iter().filter(|it| rules.contains(&it.rule)) {
        found.entry(it.span).or_default().push(it);
    }
    let mut own: Vec<Line> = Vec::new();
    for it in &space.used {
        let name = reading.containers.get(it.container).map_or("", |it| &it.name);
        let told = found.get(&it.span).map(Vec::as_slice).unwrap_or_default();
        let word = match (it.is_hosts(), it.shape) {
            (true, _) => format!("the host, for {name}"),
            (false, Shape::Bridged) => format!("{name}, on a bridge"),
            (false, _) => name.to_owned(),
        };
        let messages: Vec<String> = told.iter().map(|it| format!("{}.", it.message)).collect();
        own.push(Line {
            severity: told.iter().map(|it| it.severity).min(),
            word,
            what: it.address.to_string(),
            how: messages.join(" "),
            span: Some(it.span),
        });
    }
    let bad = own.iter().filter(|it| it.severity.is_some_and(|it| it <= Severity::Warning)).count();
    let avoided = space.networks.avoid.networks();
    let first = match (own.len(), bad) {
        (0, _) => "No container has an address of its own here.".to_owned(),
        (count, 0) => format!("{}, none with a problem.", addresses(count)),
        (count, bad) => format!("{}, {bad} with a problem.", addresses(count)),
    };
    let second = match avoided.len() {
        0 => " No network to keep clear of is named: a train, a VPN, or what `ip route` says can be, under Surroundings, in the header.".to_owned(),
        count => format!(" {} to keep clear of.", counted(count, "network")),
    };
    let free = space.free_pair(&reading.host);
    let third = free.map(|[host, local]| format!(" The next free pair: {host} for the host, {local} for a container."));
    let lead = [first, second, third.unwrap_or_default()].concat();
    let mut blocks = vec![Block::Lead(lead), Block::Map(Rc::new(items(asked)))];
    for (heading, lines) in [("Addresses of the text", own), ("What else is there", others(asked))] {
        if !lines.is_empty() {
            blocks.extend([Block::Heading(heading.to_owned()), Block::Lines(lines)]);
        }
    }
    blocks
}

fn addresses(count: usize) -> String {
    if count == 1 { "1 address".to_owned() } else { format!("{count} addresses") }
}

/// Whether a rule is about where an address is.
fn is_of_addresses(rule: &str) -> bool {
    rule.starts_with("address")
        || rule.starts_with("bridge")
        || matches!(rule, "ipv6-prefix-undefined" | "prefix-on-veth")
}

/// What is drawn.
fn items(asked: &Asked) -> Vec<Item> {
    let Asked { reading, space, .. } = asked;
    let networks = &space.networks;
    let mut own: Vec<Item> = space.docker0().map(|it| Item::new(Layer::DefaultBridge, it, networks.bridge())).collect();
    // A network that several are on is drawn once, with all of them.
    let mut of_subnet: Vec<(Subnet, Vec<&str>)> = Vec::new();
    let mut places: HashMap<Subnet, usize> = HashMap::new();
    for it in &space.used {
        let name = reading.containers.get(it.container).map_or("", |it| it.name.as_str());
        let at = *places.entry(it.subnet).or_insert(of_subnet.len());
        match of_subnet.get_mut(at) {
            Some(known) if known.1.contains(&name) => {}
            Some(known) => known.1.push(name),
            None => of_subnet.push((it.subnet, vec![name])),
        }
    }
    for (subnet, names) in of_subnet {
        let told = match names.as_slice() {
            [one] => (*one).to_owned(),
            [one, other] => [one, " and ", other].concat(),
            [one, rest @ ..] => format!("{one} and {} others", rest.len()),
            [] => String::new(),
        };
        own.push(Item::new(Layer::Own, subnet, told));
    }
    let mut lan: Vec<Subnet> = Vec::new();
    for it in &reading.host.addresses {
        if !lan.contains(&it.subnet) && !places.contains_key(&it.subnet) && lan.len() < 64 {
            lan.push(it.subnet);
            own.push(Item::new(Layer::InUse, it.subnet, ["the host at ", &it.interface].concat()));
        }
    }
    map::drawn(own, &networks.plan, &networks.avoid, &networks.known)
}

/// What else has addresses.
fn others(asked: &Asked) -> Vec<Line> {
    let Asked { reading, space, .. } = asked;
    let networks = &space.networks;
    let mut lines: Vec<Line> = Vec::new();
    for it in &networks.unread {
        let severity = Some(Severity::Warning);
        lines.push(Line { severity, ..line("not understood", it.line.clone(), format!("{}.", it.why), None) });
    }
    for it in &reading.host.addresses {
        lines.push(line(
            "the host",
            it.subnet.to_string(),
            format!("{} at `{}`.", it.address, it.interface),
            Some(it.span),
        ));
    }
    for subnet in space.docker0() {
        lines.push(line(networks.bridge(), subnet.to_string(), "Docker's default bridge.", None));
    }
    let pools: Vec<String> = networks.plan.pools.iter().take(12).map(|it| it.pool.base().to_string()).collect();
    if !pools.is_empty() {
        let told = words::listed(pools.iter().map(String::as_str), "and");
        lines.push(line("of Docker", "pools", format!("{told}: from these its networks get their addresses."), None));
    }
    for it in networks.avoid.networks().iter().take(TOLD) {
        let name = if it.name.is_empty() { "to keep clear of" } else { &it.name };
        lines.push(line(name, it.subnet.to_string(), it.informs.clone().unwrap_or_default(), None));
    }
    let more = networks.avoid.networks().len().saturating_sub(TOLD);
    if more > 0 {
        lines.push(line(&counted(more, "more network"), "…", "", None));
    }
    lines
}
