//! Which subnets do the networks of a text have, or get, and what else has addresses where they run?

use std::rc::Rc;

use super::{
    chosen::{KEEP_CLEAR, POOLS},
    model::{Network, Project},
    print::Backend,
};
use crate::{
    Engine,
    address::{Family, KnownNetwork, Subnet, known::Weight},
    bench::Request,
    daemon::{
        dialect::DAEMON_JSON,
        network::{
            AddressPlan, AddressPool, Avoid, Forecast, Recipient, Situation, Step, disjoint,
            pasted::{self, Judgement},
            space::{gaps, middle_block},
        },
        settings::Settings,
    },
    docker::go::net::parse_cidr,
    rule::diagnostic::Diagnostic,
    text::Span,
};

/// The networks of a text, and all that is around them.
pub struct Networks {
    /// What makes them.
    pub backend: Backend,
    /// Where networks without a subnet get theirs from, and which one the default bridge has.
    pub plan: AddressPlan,
    /// What is to be kept clear of, and what Docker has already.
    pub avoid: Avoid,
    /// The known networks that are not among those to keep clear of.
    pub known: Vec<KnownNetwork>,
    /// The subnets that the text gives to its networks, in its order.
    pub written: Vec<Written>,
    /// The networks that get a subnet of a family, in the order of the text.
    pub open: Vec<Open>,
    /// What was said about the surroundings and not understood.
    pub unread: Vec<Unread>,
}

/// A subnet that the text gives to a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The network, by its place in the project.
    pub network: usize,
    /// The subnet.
    pub subnet: Subnet,
    /// The bytes that say it.
    pub span: Span,
    /// Whether what makes the network refuses it where another network has addresses of it.
    pub is_exclusive: bool,
    /// Whether the machine itself looks for these addresses in the network.
    pub is_routed: bool,
}

/// Networks that get a subnet of one family from the pools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The family.
    pub family: Family,
    /// The networks, by their places in the project.
    pub networks: Vec<usize>,
    /// What they get where nothing else is, and those with a subnet were made before; in some order. `None` where that is
    /// not known.
    pub gets: Option<Vec<Subnet>>,
    /// The same where they are made first.
    pub gets_first: Vec<Subnet>,
}

/// A line that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The line.
    pub line: String,
    /// Why, and what would be understood.
    pub why: String,
}

/// So many lines are told one by one.
const TOLD: usize = 3;

/// The problems of lines that were not understood, under the rule of a bench: its `things` were not compared with them.
pub(crate) fn told_unread(rule: &'static str, things: &str, unread: &[Unread]) -> Vec<Diagnostic> {
    let warning = |message: String| Diagnostic::warning(rule, Span::default(), message);
    let mut told: Vec<Diagnostic> = unread
        .iter()
        .take(TOLD)
        .map(|it| {
            let line: String = it.line.chars().take(60).collect();
            warning(format!("The {things} were not compared with what `{}` names", line.replace('`', "'")))
                .why(format!(
                    "Of what was said under Surroundings, in the header, this line was not understood: {}.",
                    it.why
                ))
                .help("Correct it under Surroundings, in the header.")
        })
        .collect();
    if unread.len() > TOLD {
        let more = unread.len() - TOLD;
        told.push(
            warning(format!("{more} more lines under Surroundings, in the header, were not understood"))
                .why(format!("The {things} of the text were not compared with what they name."))
                .help("Correct them under Surroundings, in the header."),
        );
    }
    told
}

/// So many networks are looked at; no machine has more.
const MOST: usize = 512;

/// The pools of Podman, and the subnet of the network that it has by itself.
///
/// Source: containers/common `pkg/config/default.go`, `DefaultSubnetPools`, `DefaultSubnet`.
const PODMAN_POOLS: [&str; 5] = ["10.89.0.0/16", "10.90.0.0/15", "10.92.0.0/14", "10.96.0.0/11", "10.128.0.0/9"];
const PODMAN_SIZE: i64 = 24;
const PODMAN_BRIDGE: &str = "10.88.0.1/16";

/// Where a subnet is looked for that nothing else has.
const FREE: [&str; 3] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/// The prefix length of such a subnet: room for 253 containers.
const FREE_LEN: u8 = 24;

impl Networks {
    /// What follows from the networks of a text and what is chosen beside it.
    pub fn of(project: &Project, request: &Request, backend: Backend) -> Self {
        let mut unread = Vec::new();
        let (avoid, known) = surroundings(&request.chosen.value(&KEEP_CLEAR), &request.known, &mut unread);
        let plan = plan(&request.chosen.value(&POOLS), backend, &mut unread);
        let mut networks = Self { backend, plan, avoid, known, written: Vec::new(), open: Vec::new(), unread };
        let made = || project.networks.iter().take(MOST).enumerate().filter(|it| !it.1.is_external);
        for (at, network) in made() {
            networks.written.extend(written(at, network, backend));
        }
        for family in Family::BOTH {
            let open: Vec<usize> = made().filter(|it| is_open(it.1, family, backend)).map(|it| it.0).collect();
            if !open.is_empty() {
                let open = networks.foretold(family, open);
                networks.open.push(open);
            }
        }
        networks
    }

    /// What the default bridge is called.
    pub fn bridge(&self) -> &'static str {
        match self.backend {
            Backend::Docker => "docker0",
            Backend::Podman => "podman0",
        }
    }

    /// The subnets of the default bridge.
    pub fn bridges(&self) -> impl Iterator<Item = Subnet> {
        self.plan.sides_of_docker0().filter_map(|it| it.1.subnet)
    }

    /// Whether a subnet has addresses of the default bridge.
    pub fn meets_bridge(&self, subnet: Subnet) -> bool {
        self.bridges().any(|it| it.overlaps(subnet))
    }

    /// What the networks of one family get that have no subnet.
    fn foretold(&self, family: Family, networks: Vec<usize>) -> Open {
        let engine = self.plan.engine;
        let seen = self.avoid.networks().iter().filter(|it| it.is_seen_by(engine));
        let reserved: Vec<Subnet> = seen.map(|it| it.subnet).collect();
        let in_use: Vec<Subnet> = self.avoid.in_use().iter().map(|it| it.subnet).collect();
        let written = self.written.iter().filter(|it| it.is_exclusive).map(|it| it.subnet);
        let all: Vec<Subnet> = written.filter(|it| !self.meets_bridge(*it)).chain(in_use.iter().copied()).collect();
        let given = |in_use: &[Subnet]| {
            let situation = Situation { family, count: networks.len(), swarm: false, in_use, reserved: &reserved };
            let forecast = Forecast::of(&self.plan, &situation)?;
            let own = forecast.steps.iter().filter_map(|it| match it {
                Step::Give { subnet, to: Recipient::Own(_), .. } => Some(*subnet),
                Step::Give { .. } | Step::Skip(_) => None,
            });
            Some(own.collect::<Vec<_>>())
        };
        let (gets, gets_first) = match (self.backend, family) {
            // Podman draws lots.
            (Backend::Podman, Family::Ipv6) => (None, Vec::new()),
            _ => (given(&all), given(&in_use).unwrap_or_default()),
        };
        Open { family, gets, gets_first, networks }
    }

    /// As many subnets, of which none has an address that anything else here has; none where there is no room.
    pub fn free(&self, count: usize) -> Vec<Subnet> {
        let alarms = |it: &&KnownNetwork| it.weight() != Weight::Informs;
        let known = self.known.iter().filter(alarms).flat_map(|it| it.subnets.iter().copied());
        let busy = self.avoid.merged().iter().copied().chain(known);
        let busy = busy.chain(self.avoid.in_use().iter().map(|it| it.subnet)).chain(self.bridges());
        let busy = busy.chain(self.plan.pools.iter().map(|it| it.pool.base()));
        let busy = disjoint(busy.chain(self.written.iter().map(|it| it.subnet)).collect());
        let bits = count.next_power_of_two().trailing_zeros() as u8;
        let Some(len) = FREE_LEN.checked_sub(bits) else { return Vec::new() };
        let block = FREE.iter().find_map(|it| {
            let range = Subnet::of(parse_cidr(it)?);
            middle_block(&gaps(range, &busy), len.max(range.prefix_len()), range)
        });
        let Some(pool) = block.and_then(|it| AddressPool::new(it, FREE_LEN.into()).ok()) else { return Vec::new() };
        (0..count)
            .filter_map(|it| Some(Subnet::new(pool.base().address(u32::try_from(it).ok()? << 8)?, FREE_LEN)))
            .collect()
    }
}

/// What is to be kept clear of, and the known networks that are not.
fn surroundings(text: &str, known: &Rc<Vec<KnownNetwork>>, unread: &mut Vec<Unread>) -> (Avoid, Vec<KnownNetwork>) {
    let named = |line: &str| known.iter().find(|it| it.id == line || it.name.eq_ignore_ascii_case(line));
    let mut chosen: Vec<&KnownNetwork> = Vec::new();
    let mut rest = String::new();
    for line in text.lines() {
        match named(line.trim()) {
            Some(it) => chosen.push(it),
            None => rest += &[line, "\n"].concat(),
        }
    }
    let pasted = pasted::read(&rest);
    for line in &pasted.lines {
        if let Judgement::NotUnderstood(why) = line.judgement {
            unread.push(Unread { line: line.span.of(&rest).trim().to_owned(), why: why.to_string() });
        }
    }
    let others = known.iter().filter(|it| !chosen.iter().any(|chosen| chosen.id == it.id)).cloned().collect();
    (Avoid::gather(&pasted, chosen), others)
}

/// The plan of what makes the networks, with these pools in place of its own.
fn plan(text: &str, backend: Backend, unread: &mut Vec<Unread>) -> AddressPlan {
    let is_json = text.trim_start().starts_with('{');
    let pools = if is_json { Vec::new() } else { pools(text, unread) };
    match backend {
        Backend::Docker if is_json => plan_of(text, Engine::LATEST, unread),
        Backend::Docker => plan_of(&settings(&pools, ""), Engine::LATEST, unread),
        Backend::Podman => {
            let given = match is_json {
                true => Some(plan_of(text, Engine::LATEST, unread)).filter(|it| !it.from_defaults),
                false => None,
            };
            let mut pools = given.map_or(pools, |it| it.pools.iter().map(|it| it.pool).collect());
            if pools.is_empty() {
                let bases = PODMAN_POOLS.iter().filter_map(|it| parse_cidr(it).map(Subnet::of));
                pools = bases.filter_map(|it| AddressPool::new(it, PODMAN_SIZE).ok()).collect();
            }
            // As Podman does, Engines up to 26.1 go through pools as they are written.
            plan_of(&settings(&pools, PODMAN_BRIDGE), Engine::new(26, 1, 5), unread)
        }
    }
}

/// The plan of a `daemon.json`.
fn plan_of(text: &str, engine: Engine, unread: &mut Vec<Unread>) -> AddressPlan {
    let document = DAEMON_JSON.read(text);
    if let Some(problem) = document.problems.first() {
        let line = problem.span.of(text).lines().next().unwrap_or_default();
        unread.push(Unread {
            line: line.to_owned(),
            why: "the `daemon.json` of the pools has a mistake here; the daemon's page says which".to_owned(),
        });
    }
    AddressPlan::of(&Settings::of(&document, engine), engine)
}

/// A `daemon.json` with these pools and this default bridge, where there are any.
fn settings(pools: &[AddressPool], bridge: &str) -> String {
    let pool = |it: &AddressPool| format!(r#"{{"base": "{}", "size": {}}}"#, it.base(), it.size());
    let pools: Vec<String> = pools.iter().map(pool).collect();
    let mut members = Vec::new();
    if !pools.is_empty() {
        members.push(format!(r#""default-address-pools": [{}]"#, pools.join(", ")));
    }
    if !bridge.is_empty() {
        members.push(format!(r#""bip": "{bridge}""#));
    }
    ["{", &members.join(", "), "}"].concat()
}

/// Pools, one a line: `10.201.0.0/16 size 24`, `base=10.201.0.0/16,size=24`, and as `docker info` lists them.
fn pools(text: &str, unread: &mut Vec<Unread>) -> Vec<AddressPool> {
    let mut pools = Vec::new();
    for line in text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#')) {
        let words = || line.split([' ', '\t', ',', '=', '"']).filter(|it| !it.is_empty());
        let base = words().find_map(parse_cidr).map(Subnet::of);
        let size = words().find_map(|it| it.trim_start_matches('/').parse::<i64>().ok());
        match base.zip(size).and_then(|(base, size)| AddressPool::new(base, size).ok()) {
            Some(pool) => pools.push(pool),
            None => unread.push(Unread {
                line: line.to_owned(),
                why: "not a pool; write its addresses and the prefix length of each subnet, as `10.201.0.0/16 size 24`"
                    .to_owned(),
            }),
        }
    }
    pools
}

/// The driver of a network.
fn driver(network: &Network) -> &str {
    network.driver.as_ref().map_or("bridge", |it| &it.value)
}

/// Whether addresses are given out by what makes the network, and by its usual way.
fn has_usual_ipam(network: &Network) -> bool {
    network.ipam_driver.as_ref().is_none_or(|it| matches!(&*it.value, "" | "default" | "host-local"))
}

/// The subnets that the text gives to a network.
///
/// Docker has one list of subnets for all drivers, so that it refuses macvlan networks on one subnet, too; Podman compares
/// those of bridges alone.
///
/// Source: moby `daemon/libnetwork/ipams/defaultipam/address_space.go`, `allocateSubnet`; containers/common
/// `libnetwork/netavark/config.go`, `networkCreate`.
fn written(at: usize, network: &Network, backend: Backend) -> impl Iterator<Item = Written> {
    let driver = driver(network);
    let is_bridge = driver == "bridge";
    let is_local = matches!(driver, "bridge" | "macvlan" | "ipvlan");
    let is_exclusive = match backend {
        Backend::Docker => is_local && has_usual_ipam(network),
        Backend::Podman => is_bridge,
    };
    network.subnets.iter().take(MOST).filter_map(move |it| {
        let subnet = parse_cidr(&it.value.subnet).map(Subnet::of).filter(|it| !asks_for_any(*it, backend))?;
        Some(Written { network: at, subnet, span: it.span, is_exclusive, is_routed: is_bridge })
    })
}

/// Whether a subnet asks Docker for any of this size, as `0.0.0.0/24` does since 29.0.
///
/// Source: moby `daemon/libnetwork/ipams/defaultipam/allocator.go`, `RequestPool`.
pub fn asks_for_any(subnet: Subnet, backend: Backend) -> bool {
    backend == Backend::Docker && subnet.network_address().is_unspecified() && subnet.prefix_len() > 0
}

/// Whether a network gets a subnet of a family from the pools.
///
/// Source: moby `daemon/libnetwork/network.go`, `ipamAllocateVersion`; containers/common
/// `libnetwork/internal/util/bridge.go`, `CreateBridge`.
fn is_open(network: &Network, family: Family, backend: Backend) -> bool {
    let drivers: &[&str] = match backend {
        Backend::Docker => &["bridge", "macvlan", "ipvlan"],
        Backend::Podman => &["bridge"],
    };
    if !drivers.contains(&driver(network)) || !has_usual_ipam(network) {
        return false;
    }
    let subnets = || network.subnets.iter().map(|it| parse_cidr(&it.value.subnet).map(Subnet::of));
    let has_own = subnets().any(|it| it.is_none_or(|it| it.family() == family));
    let has_ipv6 = network.ipv6.as_ref().is_some_and(|it| it.value);
    let wants = match (family, backend) {
        (Family::Ipv4, Backend::Docker) => network.ipv4.as_ref().is_none_or(|it| it.value),
        (Family::Ipv4, Backend::Podman) => network.subnets.is_empty() || has_ipv6,
        (Family::Ipv6, _) => has_ipv6,
    };
    wants && !has_own
}
