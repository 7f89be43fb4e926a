//! Is what Docker uses clear of the networks that must be reached? What is hit, what that costs, and whether the
//! Engine would step aside by itself.

mod hit;
mod steps_aside;
mod told;

use self::hit::{Sight, Weighed, before, parts};
use super::{AddressPlan, Avoid, Avoided, Count, Recipient, Role, StartBlock, pasted::System};
use crate::{
    Engine,
    address::{Collisions, Subnet},
    rule::diagnostic::Severity,
    text::order,
};

/// Whether Docker's networks keep clear of those they must.
#[derive(Clone, Debug, PartialEq)]
pub struct Clearance {
    /// Whether all is well.
    pub outlook: Outlook,
    /// How bad it is; `None` when nothing is wrong.
    ///
    /// A collision now is an error, one that many machines come to later is a warning, and one that few come to is a
    /// hint.
    pub severity: Option<Severity>,
    /// The verdict in a few sentences that can be read on their own; the first says when something collides.
    pub sentence: String,
    /// What is hit, the worst first; at most [`Clearance::MOST`].
    pub hits: Vec<Hit>,
    /// How many more there are.
    pub more: usize,
    /// How many networks to keep clear of were given.
    pub given: usize,
    /// How many of them collide with something.
    pub colliding: usize,
    /// What keeps the daemon from starting, when something does.
    pub blocks_start: Option<StartBlock>,
}

/// Whether all is well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Outlook {
    /// Something collides.
    Collides,
    /// Not known: a line was not understood, or the Engine keeps clear only while it sees a network.
    Unsure,
    /// Something may collide with a network that takes an unknown part of its block.
    Perhaps,
    /// None of the networks given collides.
    Fine,
}

/// The remark that goes with every verdict.
pub const LIMITS: &str =
    "Only the networks you gave were checked. A VPN may add routes later, and other places have other networks.";

/// Something of Docker's that overlaps a network to keep clear of.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is.
    pub what: Part,
    /// Its addresses.
    pub network: Subnet,
    /// How many of the networks given it overlaps.
    pub count: usize,
    /// The index of the widest of them in [`Avoid::networks`].
    pub widest: usize,
    /// The index, there too, of the one that the sentence names.
    pub named: usize,
    /// The part of its addresses that the widest takes.
    pub part: Subnet,
    /// How many subnets of a pool are lost to all of them together; 1 for anything else.
    pub cost: Count,
    /// How many subnets the pool has.
    pub of: Count,
    /// The first subnet handed out by Docker that collides.
    pub first: Option<HandedOut>,
    /// Whether the Engine keeps clear by itself, while it sees the network.
    pub steps_aside: bool,
    /// What happens: a sentence.
    pub sentence: String,
    /// Why the Engine does not step aside, or when it does: a sentence or two.
    pub why: &'static str,
}

/// A part of what Docker uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A network that Docker has already made: an index into [`Avoid::in_use`].
    InUse(usize),
    /// The default bridge.
    Docker0,
    /// Its IPv6 side.
    Docker0Ipv6,
    /// A pool: an index into [`AddressPlan::pools`].
    Pool(usize),
    /// The IPv6 pool that the Engine adds, somewhere in fd00::/8.
    AddedPool,
    /// The pool of the host's swarm, unless its first node was told another one.
    SwarmPool,
}

/// A subnet in the order of handing out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandedOut {
    /// The subnet.
    pub subnet: Subnet,
    /// The network that gets it. As in [`Forecast`](super::Forecast), existing and skipped networks do not count.
    pub to: Recipient,
    /// The index, in [`Avoid::networks`], of a network that it collides with.
    pub with: usize,
}

impl Clearance {
    /// The most hits that are listed.
    pub const MOST: usize = 64;
    /// Few machines have more Docker networks than this.
    const FAR: u128 = 10;

    /// Checks a plan against the networks to keep clear of; `None` when there are none.
    ///
    /// ```
    /// use drydock::{Request, analyze, daemon::network::{Avoid, pasted}};
    ///
    /// let request = Request {
    ///     avoid: Avoid::gather(&pasted::read("172.18.0.0/16 the train"), []).into(),
    ///     ..Request::of("{}")
    /// };
    /// let clearance = analyze(&request).clearance.expect("something to keep clear of");
    /// assert_eq!(
    ///     clearance.sentence,
    ///     "Collides as soon as you create a network. Network 1, the first you create, is 172.18.0.0/16, the same as the train."
    /// );
    /// ```
    ///
    /// `None` when there is nothing to keep clear of, or the plan is not known. The costs grow as n log n with the number of
    /// pools and networks.
    pub fn of(plan: &AddressPlan, avoid: &Avoid, engine: Engine) -> Option<Self> {
        if plan.unknown.is_some() {
            return None;
        }
        let blocks_start = StartBlock::beside(plan, avoid);
        if avoid.is_empty() && blocks_start.is_none() {
            return None;
        }
        let clearance = Self::of_networks(plan, avoid, engine);
        Some(match blocks_start {
            Some(block) => clearance.blocked(block),
            None => clearance,
        })
    }

    /// Whether it is at least as bad as the rest of what was found.
    pub(crate) fn outweighs(&self, other: Option<Severity>) -> bool {
        self.severity.is_some_and(|it| other.is_none_or(|other| it <= other))
    }

    /// The same where the daemon does not start, which comes before everything else.
    fn blocked(self, block: StartBlock) -> Self {
        Self {
            outlook: Outlook::Collides,
            severity: Some(Severity::Error),
            sentence: [&block.sentence, " ", &block.help].concat(),
            blocks_start: Some(block),
            ..self
        }
    }

    fn of_networks(plan: &AddressPlan, avoid: &Avoid, engine: Engine) -> Self {
        let given = avoid.networks().len();
        let all = Self::of_all(plan, avoid, engine, given);
        let certain = avoid.certain();
        if all.outlook != Outlook::Collides || certain.networks().len() == given {
            return all;
        }
        let found = Self::of_all(plan, certain, engine, given);
        match found.outlook {
            Outlook::Collides => found.seen_from(certain, avoid),
            Outlook::Unsure | Outlook::Perhaps | Outlook::Fine => all.perhaps(avoid),
        }
    }

    /// The same with the indices of all networks, of which `certain` are a part.
    fn seen_from(mut self, certain: &Avoid, all: &Avoid) -> Self {
        let at = |index: &mut usize| {
            let subnet = certain.subnets().get(*index);
            let found = subnet.and_then(|it| all.subnets().binary_search(it).ok());
            *index = found.unwrap_or(*index);
        };
        for hit in &mut self.hits {
            at(&mut hit.widest);
            at(&mut hit.named);
            if let Some(first) = &mut hit.first {
                at(&mut first.with);
            }
        }
        self
    }

    /// The same where the collisions are not certain.
    fn perhaps(mut self, avoid: &Avoid) -> Self {
        let hit = self.hits.iter().find(|it| !it.steps_aside);
        let with = hit.and_then(|it| avoid.networks().get(it.named));
        if let (Some(hit), Some(with)) = (hit, with) {
            let why = with.informs.as_deref().unwrap_or_default();
            let when = hit.when("May collide", avoid);
            self.sentence = [&when, " ", &hit.sentence, " ", why, &not_understood(avoid)].concat();
        }
        (self.outlook, self.severity) = match avoid.not_understood() {
            0 => (Outlook::Perhaps, Some(Severity::Hint)),
            _ => (Outlook::Unsure, Some(Severity::Warning)),
        };
        self
    }

    /// Of `given` networks, all that are to be avoided count.
    fn of_all(plan: &AddressPlan, avoid: &Avoid, engine: Engine, given: usize) -> Self {
        let parts = parts(plan, avoid);
        let subnets: Vec<Subnet> = parts.iter().map(|it| it.1).collect();
        let mut found = Collisions::between(&subnets, avoid.subnets());
        order::sort(&mut found.ours, |a, b| a.index.cmp(&b.index));
        let sight = Sight::of(plan, avoid, engine);
        let weighed = found.ours.iter().filter_map(|collision| {
            let (what, network) = parts.get(collision.index as usize)?;
            Weighed::of(*what, *network, collision, &sight)
        });
        let mut weighed: Vec<Weighed> = weighed.collect();
        order::sort(&mut weighed, |a, b| a.rank().cmp(&b.rank()));
        let colliding = found.theirs.len();
        let of_host = || weighed.iter().filter(|it| it.what != Part::SwarmPool);
        let outlook = match of_host().any(|it| !it.steps_aside) {
            true => Outlook::Collides,
            false if of_host().next().is_some() || avoid.not_understood() > 0 => Outlook::Unsure,
            false if !weighed.is_empty() => Outlook::Perhaps,
            false => Outlook::Fine,
        };
        let more = weighed.len().saturating_sub(Self::MOST);
        let hits = weighed.iter().take(Self::MOST).filter_map(|it| it.told(&sight)).collect();
        let mut clearance =
            Self { outlook, severity: None, sentence: String::new(), hits, more, given, colliding, blocks_start: None };
        clearance.sentence = clearance.verdict(avoid);
        clearance.severity = clearance.judged(avoid);
        clearance
    }

    fn verdict(&self, avoid: &Avoid) -> String {
        if self.given == 0 && self.hits.is_empty() && avoid.not_understood() > 0 {
            return "Nothing could be read, so collisions cannot be ruled out. Paste the output of `ip route`, \
                    `route print` or `netstat -rn`, or write networks such as 10.0.0.0/8."
                .to_owned();
        }
        let mut said = String::new();
        match self.hits.first() {
            Some(hit) if self.outlook == Outlook::Collides => {
                said.push_str(&hit.when("Collides", avoid));
                said.push(' ');
                said.push_str(&hit.sentence);
                if self.colliding > 1 {
                    said.push_str(&format!(
                        " {} of the {} networks you gave collide.",
                        Count::from(self.colliding as u128),
                        Count::from(self.given as u128)
                    ));
                }
            }
            Some(hit) => {
                said.push_str(match hit.steps_aside && tells_what_exists(avoid) {
                    true => "Nothing collides now.",
                    false => "May collide.",
                });
                said.push_str(&[" ", &hit.sentence, " ", hit.why].concat());
            }
            None => {
                let verb = match self.outlook {
                    Outlook::Fine => "Never collides",
                    _ => "No collision",
                };
                said.push_str(&match self.given {
                    0 => "No network was given.".to_owned(),
                    1 => [verb, " with the network you gave."].concat(),
                    _ => {
                        let given = Count::from(self.given as u128);
                        format!("{verb} with the {given} networks you gave.")
                    }
                });
            }
        }
        said.push_str(&not_understood(avoid));
        said
    }

    /// How bad one hit is.
    pub(super) fn severity_of(&self, hit: &Hit) -> Severity {
        match before(hit.what, hit.first) {
            Some(Self::FAR..) => Severity::Hint,
            _ if self.outlook == Outlook::Perhaps => Severity::Hint,
            Some(0) if !hit.steps_aside && hit.what != Part::AddedPool => Severity::Error,
            _ => Severity::Warning,
        }
    }

    fn judged(&self, avoid: &Avoid) -> Option<Severity> {
        let of_hit = self.hits.first().map(|it| self.severity_of(it));
        let of_lines = (avoid.not_understood() > 0).then_some(Severity::Warning);
        of_hit.into_iter().chain(of_lines).min()
    }
}

/// Whether what was read would show the networks that Docker has made already.
fn tells_what_exists(avoid: &Avoid) -> bool {
    let is_routes = |it: &Avoided| it.role == Role::OnLinkRoute && it.system == System::Linux;
    !avoid.in_use().is_empty() || avoid.networks().iter().any(is_routes)
}

fn not_understood(avoid: &Avoid) -> String {
    match avoid.not_understood() {
        0 => String::new(),
        1 => " One line was not understood, so something may be missing.".to_owned(),
        count => format!(" {} lines were not understood, so something may be missing.", Count::from(count as u128)),
    }
}

#[cfg(test)]
mod tests;
