//! Where in the address space are the networks of a text, and what else is there? A picture, and the same in words.

use std::rc::Rc;

use super::{
    bench::{Asked, counted},
    check,
    model::Network,
    networks::Networks,
};
use crate::{
    address::Family,
    bench::{Block, Examined, Line, Panel, Written},
    daemon::network::{
        Avoided,
        map::{self, Item, Layer},
    },
    rule::diagnostic::{Diagnostic, Severity},
    text::words,
};

/// The networks of a text on the map of addresses.
pub const NETWORKS: Panel = Panel { id: "networks", title: "Networks", show };

/// So many networks to keep clear of are told one by one; the map has all of them.
const TOLD: usize = 40;

fn show(examined: &Examined, _: &Written) -> Vec<Block> {
    let Some(asked) = examined.facts::<Asked>() else { return Vec::new() };
    let Asked { project, networks, .. } = asked;
    if project.containers.is_empty() && project.networks.is_empty() && networks.unread.is_empty() {
        return Vec::new();
    }
    let mut own: Vec<Line> = Vec::new();
    for (at, network) in project.networks.iter().enumerate() {
        own.push(line(at, network, networks, &examined.diagnostics));
    }
    let mut blocks = vec![
        Block::Lead(lead(&own, project.networks.len(), networks)),
        Block::Map(Rc::new(items(&project.networks, networks))),
    ];
    for (heading, lines) in [("Networks of the text", own), ("What else is there", others(networks))] {
        if !lines.is_empty() {
            blocks.extend([Block::Heading(heading.to_owned()), Block::Lines(lines)]);
        }
    }
    blocks
}

/// What there is to say first.
fn lead(own: &[Line], count: usize, networks: &Networks) -> String {
    let bad = own.iter().filter(|it| it.severity.is_some_and(|it| it <= Severity::Warning)).count();
    let avoided = networks.avoid.networks().len();
    let first = match count {
        0 => format!("The text makes no network: its containers are in that of {}, or have none.", networks.bridge()),
        count => counted(count, "network"),
    };
    let second = match (count, bad) {
        (0, _) => String::new(),
        (_, 0) => ", none with a problem.".to_owned(),
        (_, bad) => format!(", {bad} with a problem."),
    };
    let third = match avoided {
        0 => {
            " No network to keep clear of is named: a train, a VPN, or what `ip route` says can be, in *Surroundings*."
                .to_owned()
        }
        avoided => format!(" {} to keep clear of.", counted(avoided, "network")),
    };
    [first, second, third].concat()
}

/// What is drawn.
fn items(all: &[Network], networks: &Networks) -> Vec<Item> {
    let name = |at: usize| all.get(at).map_or("", |it| &it.name);
    let mut own: Vec<Item> =
        networks.bridges().map(|it| Item::new(Layer::DefaultBridge, it, networks.bridge())).collect();
    own.extend(networks.written.iter().map(|it| Item::new(Layer::Own, it.subnet, name(it.network))));
    for open in &networks.open {
        let names = match open.networks.as_slice() {
            [one] => name(*one).to_owned(),
            [one, other] => [name(*one), " or ", name(*other)].concat(),
            [one, rest @ ..] => format!("{} or {} others", name(*one), rest.len()),
            [] => String::new(),
        };
        let gets = open.gets.as_deref().unwrap_or_default();
        own.extend(gets.iter().map(|it| Item::new(Layer::Next, *it, names.as_str())));
    }
    map::drawn(own, &networks.plan, &networks.avoid, &networks.known)
}

/// A network in words.
fn line(at: usize, network: &Network, networks: &Networks, found: &[Diagnostic]) -> Line {
    let written = || networks.written.iter().filter(|it| it.network == at);
    let mut has: Vec<String> = written().map(|it| it.subnet.to_string()).collect();
    let mut how = Vec::new();
    for open in networks.open.iter().filter(|it| it.networks.contains(&at)) {
        let gets: Vec<String> = open.gets.iter().flatten().take(4).map(ToString::to_string).collect();
        has.push(match (open.networks.len(), gets.as_slice()) {
            (1, [one]) => format!("gets {one}"),
            (_, []) if open.gets.is_some() => "finds no room in the pools".to_owned(),
            (_, []) => "gets one below fd00::/8".to_owned(),
            (_, some) => format!("gets one of {}", some.join(", ")),
        });
        how.push(match (open.family, &open.gets) {
            (Family::Ipv6, None) => {
                format!("{} chooses an IPv6 subnet that nobody knows before.", networks.backend.title())
            }
            _ => format!(
                "Where nothing else is, {} gives it the first of the pools that is free.",
                networks.backend.title()
            ),
        });
    }
    let is_its = |it: &&Diagnostic| {
        let is_here = it.span == network.span || written().any(|own| own.span == it.span);
        let is_related = it.related.iter().any(|it| it.span == network.span);
        check::RULES.iter().any(|rule| rule.id == it.rule) && (is_here || is_related)
    };
    let told: Vec<&Diagnostic> = found.iter().filter(is_its).collect();
    if !told.is_empty() {
        how = told.iter().map(|it| format!("{}.", it.message)).collect();
    }
    if network.is_external {
        has.push("is there already".to_owned());
        how.push("Which subnet it has is not said here.".to_owned());
    } else if has.is_empty() {
        has.push("no subnet known here".to_owned());
        how.push("Its driver, or a value that is not known yet, decides.".to_owned());
    }
    Line {
        severity: told.iter().map(|it| it.severity).min(),
        word: has.join(", "),
        what: network.name.clone(),
        how: how.join(" "),
        span: Some(network.span),
    }
}

/// What else has addresses.
fn others(networks: &Networks) -> Vec<Line> {
    let line = |severity, what: String, word: &str, how: String| Line {
        severity,
        word: word.to_owned(),
        what,
        how,
        span: None,
    };
    let mut lines: Vec<Line> = Vec::new();
    for it in &networks.unread {
        let why = format!("{}.", it.why);
        lines.push(line(Some(Severity::Warning), it.line.clone(), "not understood", why));
    }
    let bridge = networks.bridge();
    for subnet in networks.bridges() {
        let hit = networks.avoid.certain().networks().iter().find(|it| it.subnet.overlaps(subnet));
        let how = match hit {
            Some(hit) => format!("It overlaps {}. The settings of the daemon move it.", named(hit)),
            None => "The network that is there by itself.".to_owned(),
        };
        lines.push(line(hit.map(|_| Severity::Warning), subnet.to_string(), bridge, how));
    }
    let pools: Vec<String> = networks.plan.pools.iter().map(|it| it.pool.base().to_string()).collect();
    if !pools.is_empty() {
        let told = words::listed(pools.iter().map(String::as_str).take(12), "and");
        let more = pools.len().saturating_sub(12);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        lines.push(line(
            None,
            "pools".to_owned(),
            "of networks without a subnet",
            format!("{told}{more}: from these they get one."),
        ));
    }
    let avoided = networks.avoid.networks();
    for it in avoided.iter().take(TOLD) {
        let how = it.informs.clone().unwrap_or_default();
        lines.push(line(
            None,
            it.subnet.to_string(),
            if it.name.is_empty() { "to keep clear of" } else { &it.name },
            how,
        ));
    }
    for it in networks.avoid.in_use().iter().take(TOLD) {
        lines.push(line(None, it.subnet.to_string(), &it.name, "A network that is there already.".to_owned()));
    }
    let more = avoided.len().saturating_sub(TOLD) + networks.avoid.in_use().len().saturating_sub(TOLD);
    if more > 0 {
        lines.push(line(None, "…".to_owned(), &counted(more, "more network"), String::new()));
    }
    lines
}

fn named(it: &Avoided) -> String {
    match it.name.as_str() {
        "" => format!("{}, a network to keep clear of", it.subnet),
        name => format!("{} of {name}", it.subnet),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        bench::{Chosen, Request, Workbench},
        compose,
        containers::chosen::{BACKEND, KEEP_CLEAR, POOLS},
        run,
    };

    fn shown(bench: &Workbench, text: &str, keep: &str, pools: &str, backend: &str) -> (Examined, Vec<Block>) {
        let chosen = Chosen::default().with(&KEEP_CLEAR, keep).with(&POOLS, pools).with(&BACKEND, backend);
        let request = Request { text: text.to_owned(), chosen, ..Request::default() };
        let examined = (bench.examine)(&request);
        let blocks = show(&examined, &Written::default());
        (examined, blocks)
    }

    fn told(blocks: &[Block]) -> Vec<String> {
        let lines = blocks.iter().flat_map(|it| match it {
            Block::Lines(lines) => lines.as_slice(),
            _ => &[],
        });
        let severity = |it: &Line| it.severity.map_or("fine", Severity::name);
        lines.map(|it| format!("{} {}, {}: {}", severity(it), it.what, it.word, it.how)).collect()
    }

    #[test]
    fn a_stack_is_told_with_all_that_is_around_it() {
        let text = "services:\n  web: { image: 'nginx:1.27', networks: [front, back, old] }\nnetworks:\n  front: { ipam: { config: [{ subnet: 10.7.0.0/24 }] } }\n  back:\n  old: { external: true }\n";
        let (_, blocks) = shown(&compose::WORKBENCH, text, "172.18.0.0/16 the train\n10.9.0.0/33", "", "docker");
        assert_eq!(
            told(&blocks),
            [
                "fine front, 10.7.0.0/24: ",
                "warning back, gets 172.18.0.0/16: `back` gets 172.18.0.0/16, which overlaps 172.18.0.0/16 of the train.",
                "fine old, is there already: Which subnet it has is not said here.",
                "warning 10.9.0.0/33, not understood: not an address; write four numbers up to 255, or an IPv6 address, with a prefix length up to 32 or 128.",
                "fine 172.17.0.0/16, docker0: The network that is there by itself.",
                "fine pools, of networks without a subnet: `172.17.0.0/16`, `172.18.0.0/16`, `172.19.0.0/16`, `172.20.0.0/14`, `172.24.0.0/14`, `172.28.0.0/14` and `192.168.0.0/16`: from these they get one.",
                "fine 172.18.0.0/16, the train: ",
            ]
        );
        let (_, blocks) = shown(&run::WORKBENCH, "docker run nginx", "172.17.0.0/16", "", "docker");
        assert_eq!(
            told(&blocks)[0],
            "warning 172.17.0.0/16, docker0: It overlaps 172.17.0.0/16, a network to keep clear of. The settings of the daemon move it."
        );
        let (_, blocks) = shown(&run::WORKBENCH, "podman network create --ipv6 a", "", "", "podman");
        assert_eq!(
            told(&blocks)[0],
            "fine a, gets 10.89.0.0/24, gets one below fd00::/8: Where nothing else is, Podman gives it the first of the pools that is free. Podman chooses an IPv6 subnet that nobody knows before."
        );
    }

    proptest! {
        /// Every subnet that a network has or gets is on the map, and no band is of anything else.
        #[test]
        fn the_bands_do_not_lie(
            networks in proptest::collection::vec((any::<u32>(), 8..=30_u8, 0..4_u8), 1..8),
            keep in proptest::collection::vec((any::<u32>(), 4..=32_u8), 0..6),
            podman in any::<bool>(),
        ) {
            let cidr = |(addr, len): (u32, u8)| format!("{}/{len}", std::net::Ipv4Addr::from(addr));
            let line = |(at, (addr, len, kind)): (usize, &(u32, u8, u8))| match kind {
                0 => format!("docker network create n{at}\n"),
                1 => format!("docker network create --ipv6 n{at}\n"),
                _ => format!("docker network create --subnet {} n{at}\n", cidr((*addr, *len))),
            };
            let text: String = networks.iter().enumerate().map(line).collect();
            let keep: Vec<String> = keep.into_iter().map(cidr).collect();
            let (examined, blocks) =
                shown(&run::WORKBENCH, &text, &keep.join("\n"), "", if podman { "podman" } else { "docker" });
            let asked = examined.facts::<Asked>().expect("what was asked for");
            let Some(Block::Map(items)) = blocks.get(1) else { panic!("no map") };
            let drawn = |layer| items.iter().filter(move |it| it.layer == layer).map(|it| it.subnet).collect::<Vec<_>>();
            let written: Vec<_> = asked.networks.written.iter().map(|it| it.subnet).collect();
            let gets: Vec<_> = asked.networks.open.iter().flat_map(|it| it.gets.iter().flatten().copied()).collect();
            prop_assert_eq!(drawn(Layer::Own), written.clone());
            prop_assert_eq!(drawn(Layer::Next), gets.clone());
            prop_assert_eq!(drawn(Layer::DefaultBridge), asked.networks.bridges().collect::<Vec<_>>());
            // What is got is of a pool, and nobody else's.
            for it in &gets {
                prop_assert!(asked.networks.plan.pools.iter().any(|pool| pool.pool.base().contains(*it)));
                // One that overlaps the default bridge is refused, and takes nothing.
                let made = asked.networks.written.iter().filter(|it| !asked.networks.meets_bridge(it.subnet));
                let exclusive = made.filter(|it| it.is_exclusive).map(|it| it.subnet);
                prop_assert!(!exclusive.chain(asked.networks.bridges()).any(|other| other.overlaps(*it)), "{}", it);
            }
            for item in items.iter().filter(|it| matches!(it.layer, Layer::Own | Layer::Next)) {
                let meets = asked.networks.avoid.subnets().iter().any(|it| it.overlaps(item.subnet));
                prop_assert_eq!(item.collides(), meets, "{:?}", item);
            }
            // On the bars each is where its addresses are.
            for bar in map::bars(items, None) {
                for mark in &bar.marks {
                    prop_assert!(items[mark.item].subnet.overlaps(bar.block));
                }
            }
        }
    }
}
