//! Where in the address space are the networks of a text, and what else is there? A picture, and the same in words.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    rc::Rc,
};

use super::{
    bench::Asked,
    check,
    model::Network,
    networks::{self, Networks, Open},
};
use crate::{
    address::{Collisions, Family, Subnet},
    bench::{Block, Examined, Line, Panel, Written},
    daemon::network::{
        Avoided,
        map::{self, Item, Layer},
    },
    rule::diagnostic::{Diagnostic, Severity},
    text::{
        Span,
        words::{self, counted},
    },
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
    let parts = Parts::of(networks, &examined.diagnostics);
    let own: Vec<Line> = project.networks.iter().enumerate().map(|(at, it)| line(at, it, networks, &parts)).collect();
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
    let pools = match pools_met(networks) {
        found if found.is_empty() => String::new(),
        found => format!(" A network that gets its subnet from the pools may be in the way: {}", found.join(" ")),
    };
    let third = match avoided {
        0 => " No network to keep clear of is named: a train, a VPN, or what `ip route` says can be, under Surroundings, in the header.".to_owned(),
        avoided => format!(" {} to keep clear of.", counted(avoided, "network")),
    };
    [first, second, pools, third].concat()
}

/// So many pools are told that overlap a network to keep clear of.
const POOLS_TOLD: usize = 3;

/// The pools that overlap a network to keep clear of, each in a sentence.
fn pools_met(networks: &Networks) -> Vec<String> {
    let pools: Vec<Subnet> = networks.plan.pools.iter().map(|it| it.pool.base()).collect();
    let certain = networks.avoid.certain();
    let found = Collisions::between(&pools, certain.subnets()).ours;
    let told = found.iter().take(POOLS_TOLD).filter_map(|it| {
        let (pool, avoided) = (pools.get(it.index as usize)?, certain.networks().get(it.first as usize)?);
        let more = match it.count {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        Some(format!("the pool {pool} overlaps {}{more}.", named(avoided)))
    });
    told.collect()
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
    let mut items = map::drawn(own, &networks.plan, &networks.avoid, &networks.known);
    // What overlaps a pool alone collides with nothing yet: a network without a subnet may get these addresses.
    let is_avoided = |it: &Item| it.layer == Layer::Avoid;
    let is_there = |it: &Item| !it.layer.is_lower() && it.layer != Layer::Pool;
    let there: Vec<Subnet> = items.iter().filter(|it| is_there(it)).map(|it| it.subnet).collect();
    let avoided: Vec<usize> = (0..items.len()).filter(|at| items.get(*at).is_some_and(is_avoided)).collect();
    let subnets: Vec<Subnet> = avoided.iter().filter_map(|at| Some(items.get(*at)?.subnet)).collect();
    let met: HashSet<usize> = Collisions::between(&there, &subnets).theirs.iter().map(|it| it.index as usize).collect();
    for (at, item) in avoided.into_iter().enumerate() {
        if let Some(item) = items.get_mut(item).filter(|it| !it.with.is_empty() && !met.contains(&at)) {
            item.layer = Layer::Perhaps;
        }
    }
    items
}

/// What belongs to each network, found once for all of them.
struct Parts<'a> {
    /// The subnets that the text gives, by the place of their network.
    written: HashMap<usize, Vec<&'a networks::Written>>,
    /// What networks get, likewise.
    open: HashMap<usize, Vec<&'a Open>>,
    found: Vec<&'a Diagnostic>,
    /// Which of them are about the bytes of a place, and which name it besides.
    at: HashMap<Span, Vec<usize>>,
    related: HashMap<Span, Vec<usize>>,
}

impl<'a> Parts<'a> {
    fn of(networks: &'a Networks, found: &'a [Diagnostic]) -> Self {
        let rules: HashSet<&str> = check::RULES.iter().map(|it| it.id).collect();
        let found: Vec<&Diagnostic> = found.iter().filter(|it| rules.contains(it.rule)).collect();
        let mut parts =
            Self { written: HashMap::new(), open: HashMap::new(), found, at: HashMap::new(), related: HashMap::new() };
        for it in &networks.written {
            parts.written.entry(it.network).or_default().push(it);
        }
        for open in &networks.open {
            for network in &open.networks {
                parts.open.entry(*network).or_default().push(open);
            }
        }
        for (number, it) in parts.found.iter().enumerate() {
            parts.at.entry(it.span).or_default().push(number);
            for related in &it.related {
                parts.related.entry(related.span).or_default().push(number);
            }
        }
        parts
    }

    fn written(&self, network: usize) -> &[&'a networks::Written] {
        self.written.get(&network).map(Vec::as_slice).unwrap_or_default()
    }

    /// What was found of a network, in the order of the text.
    fn told(&self, at: usize, network: &Network) -> Vec<&'a Diagnostic> {
        let spans = [network.span].into_iter().chain(self.written(at).iter().map(|it| it.span));
        let here = spans.filter_map(|it| self.at.get(&it));
        let numbers = here.chain(self.related.get(&network.span)).flatten().copied();
        let numbers: BTreeSet<usize> = numbers.collect();
        numbers.into_iter().filter_map(|it| self.found.get(it).copied()).collect()
    }
}

/// A network in words.
fn line(at: usize, network: &Network, networks: &Networks, parts: &Parts) -> Line {
    let mut has: Vec<String> = parts.written(at).iter().map(|it| it.subnet.to_string()).collect();
    let mut how = Vec::new();
    for open in parts.open.get(&at).into_iter().flatten() {
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
    let told = parts.told(at, network);
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
        let met = pools_met(networks);
        let how = [format!("{told}{more}: from these they get one.")].into_iter().chain(met.iter().map(|it| {
            let mut letters = it.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }));
        lines.push(line(
            (!met.is_empty()).then_some(Severity::Hint),
            "pools".to_owned(),
            "of networks without a subnet",
            how.collect::<Vec<_>>().join(" "),
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
                "hint pools, of networks without a subnet: `172.17.0.0/16`, `172.18.0.0/16`, `172.19.0.0/16`, `172.20.0.0/14`, `172.24.0.0/14`, `172.28.0.0/14` and `192.168.0.0/16`: from these they get one. The pool 172.18.0.0/16 overlaps 172.18.0.0/16 of the train.",
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

    #[test]
    fn a_pool_in_the_way_is_told_and_is_no_collision_of_the_stack() {
        let text = |subnet: &str| {
            ["networks: { front: { ipam: { config: [{ subnet: ", subnet, " }] } } }\nservices: { web: { image: x } }\n"]
                .concat()
        };
        for (subnet, lead, layer, collides) in [
            (
                "10.7.0.0/24",
                "1 network, none with a problem. A network that gets its subnet from the pools may be in the way: the pool 172.20.0.0/14 overlaps 172.21.0.0/16 of the train. 1 network to keep clear of.",
                Layer::Perhaps,
                false,
            ),
            (
                "172.21.3.0/24",
                "1 network, 1 with a problem. A network that gets its subnet from the pools may be in the way: the pool 172.20.0.0/14 overlaps 172.21.0.0/16 of the train. 1 network to keep clear of.",
                Layer::Avoid,
                true,
            ),
        ] {
            let text = text(subnet).replace("image: x", "image: 'x:1', network_mode: none");
            let (_, blocks) = shown(&compose::WORKBENCH, &text, "172.21.0.0/16 the train", "", "docker");
            let [Block::Lead(said), Block::Map(items), ..] = &blocks[..] else { panic!("no map") };
            assert_eq!(said, lead);
            let train = items.iter().find(|it| it.name == "the train").expect("the train");
            assert_eq!((train.layer, train.collides()), (layer, collides));
            assert!(!train.with.is_empty(), "what it overlaps is said");
        }
        let (_, blocks) = shown(&run::WORKBENCH, "docker run nginx", "", "", "docker");
        let Some(Block::Lead(said)) = blocks.first() else { panic!("no lead") };
        assert!(said.contains("under Surroundings, in the header") && !said.contains('*'), "{said}");
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
