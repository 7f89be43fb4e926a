//! Which pools give enough networks and keep clear of everything that must be reached, with the smallest change?
//!
//! Every proposal is tried first: its text is analysed like any other, and a proposal that its own plan does not
//! confirm is dropped. None relies on the Engine stepping aside.

mod candidates;
mod edits;
mod impossible;
#[cfg(test)]
mod tests;

use super::{
    AddressPool, Avoid, Clearance, Count, Fate, Forecast, Origin, PlannedPool, PoolSpans, Situation,
    avoid::{disjoint, overlapping},
    space::{block, blocks, gaps, union},
    written_pools,
};
use crate::{
    Report, Request,
    address::{KnownNetwork, Scope, Subnet, known::Weight},
    daemon::settings::Settings,
    rule::diagnostic::{Diagnostic, Severity},
    text::{Edits, order},
};

pub use impossible::{GiveUp, Impossible};

/// What a proposal must provide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// How many networks for your own use, besides those of docker0 and, in a swarm, of docker_gwbridge.
    pub networks: u32,
    /// How many containers each of them must have room for.
    pub hosts: u32,
    /// Whether to provide as many IPv6 networks.
    pub ipv6: bool,
}

impl Default for Wish {
    /// As many networks as the Engine's own pools give, each as wide as the network of most home routers.
    fn default() -> Self {
        Self { networks: 30, hosts: 253, ipv6: false }
    }
}

impl Wish {
    /// What a configuration seems to ask for: networks as wide as it has now, and no more of them.
    pub fn of(report: &Report) -> Self {
        let usual = Self::default();
        let plan = &report.plan;
        let used = |it: &&PlannedPool| it.fate == Fate::Used && it.pool.base().is_ipv4();
        let room = plan.pools.iter().filter(used).map(|it| it.capacity.containers());
        let limited = |count: Count| u32::try_from(count.get()).unwrap_or(u32::MAX);
        match room.min() {
            Some(hosts) if !plan.from_defaults => Self {
                networks: usual.networks.min(limited(plan.left)).max(1),
                hosts: limited(hosts).max(1),
                ipv6: false,
            },
            _ => usual,
        }
    }
}

/// A configuration that keeps clear.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What its button says, in the imperative: "Use 10.20.0.0/16".
    pub title: String,
    /// Why this one: a sentence or two.
    pub why: String,
    /// The pools, in the order the Engine goes through them.
    pub pools: Vec<AddressPool>,
    /// The subnet of docker0, when there is a docker0.
    pub docker0: Option<Subnet>,
    /// How many networks are left for your own use.
    pub networks: Count,
    /// How many containers the smallest of them has room for.
    pub hosts: Count,
    /// The indices of the known networks that it overlaps and that someone may have to reach.
    pub known: Vec<usize>,
    /// Edits that carry it out; empty when nothing needs to change.
    pub edits: Edits,
    /// The text after them.
    pub text: String,
}

/// What to do after any change of the pools.
pub const AFTERWARDS: &str = "Restart the daemon. Networks that exist keep their subnets until they are removed and \
                              created again, which `docker compose down` and `up` do.";

/// The most proposals that are made.
const MOST: usize = 3;
/// The most pools that are proposed: nobody wants to maintain a longer list.
pub(super) const MOST_POOLS: usize = 64;
/// Wider pools are proposed only when asked for: every further address is one that someone may have to reach.
const WIDEST: u8 = 16;

/// The private ranges, the one with the most room first. Nothing else is proposed.
///
/// Source: RFC 1918.
pub(super) const PRIVATE: [([u8; 4], u8); 3] = [([10, 0, 0, 0], 8), ([172, 16, 0, 0], 12), ([192, 168, 0, 0], 16)];

pub(super) fn private_ranges() -> impl Iterator<Item = Subnet> {
    PRIVATE.iter().map(|(base, bits)| Subnet::new(std::net::IpAddr::from(*base), *bits))
}

/// Proposes up to three configurations, the best first: the one that changes the text least, then the one
/// that overlaps the fewest known networks, then the one with the most room.
///
/// `examine` is [`analyze`](crate::analyze()): what tells whether a proposal holds. The costs grow as n log n with the
/// pools and the networks to keep clear of.
///
/// ```
/// use drydock::{Request, analyze, daemon::network::{Avoid, Wish, pasted, propose}};
///
/// let request = Request {
///     avoid: Avoid::gather(&pasted::read("172.18.0.0/16 the train"), []).into(),
///     ..Request::of("{}")
/// };
/// let found = propose(&request, &analyze(&request), &Wish::default(), &[], &analyze).expect("a proposal");
/// assert!(found[0].text.contains("default-address-pools"));
/// ```
///
/// # Errors
///
/// [`Impossible`], for example when all private addresses must be kept clear of, or when the text cannot be edited.
pub fn propose(
    request: &Request,
    report: &Report,
    wish: &Wish,
    known: &[KnownNetwork],
    examine: &dyn Fn(&Request) -> Report,
) -> Result<Vec<Proposal>, Impossible> {
    if let Some(key) = settings_of(request, report).unknown_of(NOT_REPLACED) {
        return Err(Impossible::not_known(key));
    }
    Search::new(request, report, wish, known)?.run(examine)
}

/// The settings that decide about the plan and that no proposal writes.
const NOT_REPLACED: &[&str] = &["bridge", "ipv6", "bip6", "fixed-cidr-v6"];

/// Those that a proposal writes, or takes out.
const REPLACED: &[&str] = &["default-address-pools", "bip", "fixed-cidr"];

fn settings_of<'a>(request: &Request, report: &'a Report) -> Settings<'a> {
    Settings::of(&report.document, request.engine).mind_unknown()
}

/// The settings that say which addresses Docker uses.
const ADDRESSES: &[&str] = &[
    "default-address-pools",
    "bip",
    "bip6",
    "bridge",
    "fixed-cidr",
    "fixed-cidr-v6",
    "default-gateway",
    "default-gateway-v6",
];

/// Whether what was found is about a setting that says which addresses Docker uses, and not about how it is written.
pub fn is_about_addresses(report: &Report, found: &Diagnostic) -> bool {
    let document = &report.document;
    let is_syntax = document.problems.iter().any(|it| it.span == found.span);
    let mut members = document.root.members().iter();
    !is_syntax
        && members.any(|it| {
            let is_within = it.span().start <= found.span.start && found.span.end <= it.span().end;
            is_within && ADDRESSES.contains(&it.key.as_str())
        })
}

/// The longest prefix of a network with room for so many containers; none longer than /30 is proposed.
fn size_for(hosts: u32) -> Option<u8> {
    let room = |size: &u8| {
        let network = Subnet::new(std::net::Ipv4Addr::UNSPECIFIED.into(), *size);
        let pool = AddressPool::new(network, (*size).into()).ok();
        pool.is_some_and(|it| it.capacity().containers() >= Count::from(u128::from(hosts)))
    };
    (8..=30).rev().find(room)
}

/// What was written of the pools.
struct Written {
    pool: AddressPool,
    /// How many networks it gives, those left out that exist, or that docker0 takes and keeps.
    networks: u128,
    /// Its index in the list.
    index: usize,
}

/// All that candidates follow from.
struct Search<'a> {
    request: &'a Request,
    report: &'a Report,
    wish: Wish,
    known: &'a [KnownNetwork],
    settings: Settings<'a>,
    /// The prefix length of each network.
    size: u8,
    /// How many networks are needed, docker0's included if a new one is made.
    need: u128,
    /// How many pools the text lists, usable or not.
    listed: usize,
    /// The pools of the text that are clear and whose networks are wide enough.
    kept: Vec<Written>,
    /// Those that are not clear.
    hit: Vec<Written>,
    /// What is used already and stays: sorted and disjoint.
    taken: Vec<Subnet>,
    /// The same with what to avoid: new pools must keep clear of it.
    busy: Vec<Subnet>,
    /// The same with all known networks that someone may have to reach.
    reached: Vec<Subnet>,
    /// The same with the present pools, where networks may exist.
    alarming: Vec<Subnet>,
    bridge: Bridge,
}

/// What happens to docker0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bridge {
    /// There is none, or Docker did not make it.
    None,
    /// `bip` or `fixed-cidr` say where it is, and nothing is wrong with that.
    Stays,
    /// It is where the pools put it.
    FromPools,
    /// `bip` or `fixed-cidr` put it where it collides, or where nobody knows.
    Collides,
}

/// A change that may do.
#[derive(Clone, Debug, Default, PartialEq)]
struct Candidate {
    /// The elements of the list that go, by index.
    dropped: Vec<usize>,
    /// The elements that get another base, and the pools they then are.
    narrowed: Vec<(usize, AddressPool)>,
    /// The IPv4 pools that are added.
    added: Vec<AddressPool>,
    /// The IPv4 pools after the change.
    pools: Vec<AddressPool>,
    /// A new subnet for docker0.
    docker0: Option<Subnet>,
    reason: Reason,
}

/// What speaks for a candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reason {
    /// All is well.
    Nothing,
    /// Nothing else moves.
    OnlyDocker0,
    /// The pools that are clear do.
    Keeps,
    /// A pool has a clear part.
    Narrows,
    /// One more pool is needed.
    Adds,
    /// A new pool takes the place of all.
    #[default]
    Replaces,
    /// What is clear of the Engine's own pools.
    OwnPools,
}

impl<'a> Search<'a> {
    fn new(
        request: &'a Request,
        report: &'a Report,
        wish: &Wish,
        known: &'a [KnownNetwork],
    ) -> Result<Self, Impossible> {
        let wish = Wish { networks: wish.networks.max(1), hosts: wish.hosts.max(1), ..*wish };
        let Some(size) = size_for(wish.hosts) else {
            return Err(Impossible::too_wide(wish.hosts));
        };
        let avoid = &*request.avoid;
        let plan = &report.plan;
        let settings = settings_of(request, report);
        let is_clear = |it: Subnet| overlapping(avoid.merged(), it).is_empty();
        let bridge = match (plan.docker0.origin, plan.docker0.subnet) {
            _ if settings.unknown_of(&["bip", "fixed-cidr"]).is_some() => Bridge::Collides,
            (Origin::Disabled | Origin::OwnBridge, _) => Bridge::None,
            (Origin::Address | Origin::Range, Some(it)) if is_clear(it) => Bridge::Stays,
            (Origin::Address | Origin::Range, _) => Bridge::Collides,
            _ => Bridge::FromPools,
        };
        let mut taken: Vec<Subnet> = avoid.in_use().iter().map(|it| it.subnet).collect();
        taken.extend(plan.docker0.subnet.filter(|_| bridge == Bridge::Stays));
        let taken = disjoint(taken);
        let written = written_pools(&settings);
        let (mut kept, mut hit) = (Vec::new(), Vec::new());
        for planned in &plan.pools {
            // They are in the order of the text.
            let find = |it: PoolSpans| {
                let start = it.element.start;
                let found = written.binary_search_by_key(&start, |it| it.element.span.start);
                found.ok()
            };
            let Some(index) = planned.spans.and_then(find) else {
                continue;
            };
            let pool = planned.pool;
            let lost = overlapping(&taken, pool.base()).iter();
            let lost = lost.map(|it| planned.taken_by(*it));
            let lost = lost.fold(0, u128::saturating_add);
            let found = Written { pool, networks: planned.networks.get().saturating_sub(lost), index };
            let is_wide_enough = !pool.base().is_ipv4() || pool.size() <= size;
            match is_clear(pool.base()) {
                _ if Scope::of(pool.base()) != Scope::Free => {} // others have these addresses
                true if is_wide_enough && planned.fate != Fate::Empty => kept.push(found),
                true => {}
                false => hit.push(found),
            }
        }
        let busy = union(avoid.merged(), &taken);
        let present = plan.pools.iter().map(|it| it.pool.base()).collect();
        let to_reach = known.iter().filter(|it| it.weight() != Weight::Informs);
        let to_reach = to_reach.flat_map(|it| &it.subnets).copied().collect();
        let reached = union(&busy, &disjoint(to_reach));
        Ok(Self {
            need: u128::from(wish.networks)
                + u128::from(request.host.swarm)
                + u128::from(matches!(bridge, Bridge::FromPools | Bridge::Collides)),
            alarming: union(&reached, &disjoint(present)),
            reached,
            listed: written.len(),
            request,
            report,
            wish,
            known,
            settings,
            size,
            kept,
            hit,
            taken,
            busy,
            bridge,
        })
    }

    fn avoid(&self) -> &Avoid {
        &self.request.avoid
    }

    fn run(&self, examine: &dyn Fn(&Request) -> Report) -> Result<Vec<Proposal>, Impossible> {
        if let Ok(Some(proposal)) = self.tried(&self.nothing(), self.report, Edits::NONE) {
            return Ok(vec![proposal]);
        }
        let mut candidates: Vec<(Rank, Candidate)> =
            self.candidates().into_iter().map(|it| (self.rank(&it), it)).collect();
        order::sort(&mut candidates, |a, b| a.0.cmp(&b.0));
        let mut found: Vec<(Candidate, Proposal)> = Vec::new();
        let mut cannot_edit = false;
        for (_, candidate) in candidates {
            if found.len() == MOST || found.iter().any(|it| it.0.is_like(&candidate)) {
                continue;
            }
            let Ok((edits, text)) = self.edits(&candidate) else {
                cannot_edit = true;
                continue;
            };
            let report = examine(&Request { text, ..self.request.clone() });
            if let Some(proposal) = self.tried(&candidate, &report, edits)? {
                found.push((candidate, proposal));
            }
        }
        match (found.is_empty(), self.report.plan.unknown) {
            (false, _) => Ok(found.into_iter().map(|it| it.1).collect()),
            (true, Some(key)) if cannot_edit => Err(Impossible::not_known(key)),
            (true, None) if cannot_edit => Err(Impossible::cannot_edit(self.report)),
            (true, _) => Err(self.impossible()),
        }
    }

    /// The present configuration.
    fn nothing(&self) -> Candidate {
        Candidate { reason: Reason::Nothing, ..Candidate::default() }
    }

    /// The known networks that overlap some of these and that someone may have to reach.
    fn known_among(&self, subnets: &[Subnet]) -> Vec<usize> {
        let known = self.known.iter().enumerate();
        let alarms = known.filter(|it| it.1.weight() == Weight::Alarms);
        alarms.filter(|(_, it)| subnets.iter().any(|subnet| it.overlaps(*subnet))).map(|it| it.0).collect()
    }

    /// The proposal, if the report of the new text bears it out.
    fn tried(&self, candidate: &Candidate, report: &Report, edits: Edits) -> Result<Option<Proposal>, Impossible> {
        let plan = &report.plan;
        let errors = |it: &Report| it.count(Severity::Error);
        let is_bad = |it: &Diagnostic| match it.severity {
            Severity::Error => is_about_addresses(report, it),
            Severity::Warning => it.rule == "address-pool-not-private",
            Severity::Hint => false,
        };
        let is_broken = errors(report) > errors(self.report) || report.diagnostics.iter().any(is_bad);
        let used = plan.pools.iter().filter(|it| matches!(it.fate, Fate::Used | Fate::Shared { .. }));
        let (ipv4, ipv6): (Vec<_>, Vec<_>) = used.map(|it| it.pool).partition(|it| it.base().is_ipv4());
        // Networks that exist, the pool that the Engine adds and that of a swarm are moved by no edit of the text.
        let bridges = [plan.docker0.subnet, plan.docker0_ipv6.and_then(|it| it.subnet)];
        let bases = ipv4.iter().chain(&ipv6).map(|it| it.base());
        let mut moved = bases.chain(bridges.into_iter().flatten());
        let collides = moved.any(|it| !overlapping(self.avoid().merged(), it).is_empty());
        let is_narrow = ipv4.iter().any(|it| it.size() > self.size);
        // docker_gwbridge takes one.
        let own = u128::from(self.wish.networks) + u128::from(self.request.host.swarm);
        let is_short = plan.left < Count::from(own) || !self.has_room(report);
        let counted = plan.pools.iter().filter(|it| !it.pool.base().is_ipv4());
        let counted = counted.map(|it| it.adds.get()).fold(0, u128::saturating_add);
        let is_ipv6_clear = plan.adds_ipv6 && overlapping(self.avoid().merged(), block(ULA, 8, any_ipv6())).is_empty();
        let lacks_ipv6 = self.wish.ipv6 && !is_ipv6_clear && counted <= u128::from(self.wish.networks);
        if plan.unknown.is_some()
            || is_broken
            || collides
            || is_narrow
            || is_short
            || lacks_ipv6
            || plan.docker0.origin.fails()
        {
            return Ok(None);
        }
        let mut subnets: Vec<Subnet> = ipv4.iter().chain(&ipv6).map(|it| it.base()).collect();
        subnets.extend(plan.docker0.subnet);
        let known = self.known_among(&subnets);
        let hosts = ipv4.iter().map(|it| it.capacity().containers()).min();
        Ok(Some(Proposal {
            title: title(candidate),
            why: self.why(candidate, &plan.summary, &known),
            pools: ipv4.into_iter().chain(ipv6).collect(),
            docker0: plan.docker0.subnet,
            networks: plan.left,
            hosts: hosts.unwrap_or(Count::ZERO),
            known,
            text: edits.apply(&self.request.text),
            edits,
        }))
    }

    /// Whether docker0 and one more network find room beside those that exist.
    fn has_room(&self, report: &Report) -> bool {
        let in_use = self.avoid().in_use();
        let in_use: Vec<Subnet> = in_use.iter().map(|it| it.subnet).collect();
        let situation = Situation { count: 1, swarm: self.request.host.swarm, in_use: &in_use, ..Situation::default() };
        let starts = |it: &Clearance| it.blocks_start.is_none();
        report.clearance.as_ref().is_none_or(starts)
            && Forecast::of(&report.plan, &situation).is_none_or(|it| it.count == 1)
    }

    fn why(&self, candidate: &Candidate, summary: &str, known: &[usize]) -> String {
        let mut why = match candidate.reason {
            Reason::Nothing => match self.report.clearance.iter().any(|it| !it.hits.is_empty()) {
                // Networks that exist, and the pool of a swarm.
                true => "What collides is not decided here, and there is room enough".to_owned(),
                false if self.avoid().not_understood() > 0 => {
                    "Nothing of what could be read collides, and there is room enough".to_owned()
                }
                false => "Nothing collides, and there is room enough".to_owned(),
            },
            Reason::OnlyDocker0 => "Your pools are clear; only docker0 has to move".to_owned(),
            Reason::Keeps => "Keeps your pools that are clear, and nothing else".to_owned(),
            Reason::Narrows => "Keeps to the clear part of what you have".to_owned(),
            Reason::Adds => "Keeps your pools that are clear, and adds what is missing".to_owned(),
            Reason::Replaces => match candidate.added.len() {
                1 if self.avoid().networks().is_empty() => "One pool".to_owned(),
                1 => "One pool, clear of everything you gave".to_owned(),
                _ => "The fewest pools that are clear of everything you gave".to_owned(),
            },
            Reason::OwnPools => "Docker's own pools, without what collides".to_owned(),
        };
        why.push_str(": ");
        let mut summary = summary.chars();
        why.extend(summary.next().map(|it| it.to_ascii_lowercase()));
        why.push_str(summary.as_str());
        why.push('.');
        let is_unknown = |key: &&&'static str| self.settings.unknown_of(std::slice::from_ref(*key)).is_some();
        for key in REPLACED.iter().filter(is_unknown) {
            why.push_str(&[" Replaces what is written at `", key, "`, which is not known."].concat());
        }
        let name = |at: &usize| self.known.get(*at).map_or("", |it| it.name.as_str());
        match known {
            [] if self.known.is_empty() => {}
            [] => why.push_str(" Clear of all known networks whose addresses are fixed."),
            [one] => why.push_str(&format!(" One known network overlaps it: {}.", name(one))),
            [one, ..] => why.push_str(&format!(" {} known networks overlap it, such as {}.", known.len(), name(one))),
        }
        why
    }
}

/// Fewer elements touched, fewer known networks, fewer pools, more networks; in this order.
type Rank = (usize, usize, usize, u128);

impl Candidate {
    /// Whether another is much the same.
    fn is_like(&self, other: &Self) -> bool {
        let range = |it: &Self| {
            let base = it.added.first()?.base();
            private_ranges().position(|range| range.contains(base))
        };
        self.reason == other.reason && range(self) == range(other)
    }
}

fn title(candidate: &Candidate) -> String {
    let bases = |pools: &[AddressPool]| match pools {
        [] => String::new(),
        [one] => one.base().to_string(),
        [first, ..] => format!("{} pools from {} on", pools.len(), first.base()),
    };
    match candidate.reason {
        Reason::Nothing => "Change nothing".to_owned(),
        Reason::OnlyDocker0 => {
            let subnet = candidate.docker0.map(|it| it.to_string());
            ["Move docker0 to ", &subnet.unwrap_or_default()].concat()
        }
        Reason::Keeps => ["Keep only ", &bases(&candidate.pools)].concat(),
        Reason::Adds => ["Add ", &bases(&candidate.added)].concat(),
        Reason::OwnPools => "Keep Docker's own pools, without what collides".to_owned(),
        Reason::Narrows | Reason::Replaces => ["Use ", &bases(&candidate.pools)].concat(),
    }
}

/// Where unique local addresses begin: fd00::/8.
const ULA: u128 = 0xFD << 120;

fn any_ipv6() -> Subnet {
    Subnet::new(std::net::Ipv6Addr::UNSPECIFIED.into(), 0)
}

/// The smallest exponent with 2^exponent >= count.
fn exponent(count: u128) -> u8 {
    count.checked_next_power_of_two().map_or(128, |it| it.ilog2() as u8)
}

fn networks_of(pools: &[AddressPool]) -> u128 {
    let networks = pools.iter().map(|it| it.capacity().networks().get());
    networks.fold(0, u128::saturating_add)
}

/// Free private blocks, none longer than `longest`.
fn free_blocks(busy: &[Subnet], longest: u8) -> Vec<Subnet> {
    let of = |range: Subnet| blocks(&gaps(range, busy), longest, range, MOST_POOLS);
    private_ranges().flat_map(of).collect()
}
