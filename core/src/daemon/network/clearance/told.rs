//! What is said of a hit?

use super::{
    Hit, Part,
    hit::{Sight, Weighed, before, cost},
    tells_what_exists,
};
use crate::{
    address::{Family, Subnet},
    daemon::network::{Avoid, Avoided, Count, Recipient, avoid::overlapping},
};

impl Weighed {
    /// The hit, with what it costs and the sentence.
    pub fn told(&self, sight: &Sight) -> Option<Hit> {
        let Self { what, network, count, widest, named, first, steps_aside, why } = *self;
        let Sight { plan, avoid, .. } = *sight;
        let pool = match what {
            Part::Pool(index) => plan.pools.get(index),
            Part::InUse(_) | Part::Docker0 | Part::Docker0Ipv6 | Part::AddedPool | Part::SwarmPool => None,
        };
        let part = avoid.networks().get(widest)?.subnet;
        let ours = first.map_or(network, |it| it.subnet);
        let is = match steps_aside && (first.is_some() || what == Part::Docker0) {
            true => "would be", // the Engine passes over it
            false => "is",
        };
        let subject = self.subject(avoid);
        let relation = relation(ours, avoid.networks().get(named)?);
        Some(Hit {
            what,
            network,
            count,
            widest,
            named,
            part: if network.contains(part) { part } else { network },
            cost: pool.map_or(Count::from(1), |it| cost(it, overlapping(avoid.merged(), network))),
            of: pool.map_or(Count::from(1), |it| it.networks),
            first,
            steps_aside,
            sentence: format!("{subject} {is} {ours}, {relation}."),
            why,
        })
    }

    /// What a sentence says that it happens to.
    fn subject(&self, avoid: &Avoid) -> String {
        match (self.what, self.first.map(|it| it.to)) {
            (Part::InUse(index), _) => {
                let name = avoid.in_use().get(index).map_or("", |it| it.name.as_str());
                match name {
                    "" => "A network of Docker".to_owned(),
                    name => ["The Docker network ", name].concat(),
                }
            }
            (Part::AddedPool, _) => "The IPv6 pool that Docker adds".to_owned(),
            (Part::SwarmPool, _) => "The pool of the swarm".to_owned(),
            (Part::Docker0 | Part::Docker0Ipv6, _) | (Part::Pool(_), Some(Recipient::Docker0)) => DOCKER0.to_owned(),
            (Part::Pool(_), Some(Recipient::GatewayBridge)) => "The bridge of the swarm, docker_gwbridge,".to_owned(),
            (Part::Pool(_), Some(Recipient::Own(number))) => numbered(number, self.network.family(), avoid),
            (Part::Pool(_), None) => "A pool".to_owned(),
        }
    }
}

impl Hit {
    /// "Collides now.", "Collides as soon as you create a network.", "Collides when you create more than 3 networks."
    pub(super) fn when(&self, verb: &str, avoid: &Avoid) -> String {
        let is_own = matches!(self.what, Part::Pool(_) | Part::AddedPool);
        let with = match self.network.is_ipv4() {
            true => "",
            false => " with IPv6",
        };
        let more = match avoid.in_use().is_empty() {
            true => "",
            false => "further ",
        };
        let only = match tells_what_exists(avoid) {
            true => "Nothing collides now, only",
            false => verb,
        };
        match before(self.what, self.first) {
            None => [verb, " sooner or later."].concat(),
            Some(0) if is_own && !with.is_empty() => [only, " when you create a network", with, "."].concat(),
            Some(0) if self.first.is_some_and(|it| matches!(it.to, Recipient::Own(_))) => {
                [only, " as soon as you create a ", more, "network."].concat()
            }
            Some(0) => [verb, " now."].concat(),
            Some(1) => [only, " when you create more than one ", more, "network", with, "."].concat(),
            Some(count) => {
                let count = Count::from(count).to_string();
                [only, " when you create more than ", &count, " ", more, "networks", with, "."].concat()
            }
        }
    }
}

/// "Network 1, the first you create,", "IPv6 network 3".
fn numbered(number: u128, family: Family, avoid: &Avoid) -> String {
    let name = match family {
        Family::Ipv4 => "Network",
        Family::Ipv6 => "IPv6 network",
    };
    let told = match (number, avoid.in_use().is_empty()) {
        (1, true) => ", the first you create,",
        (1, false) => ", the next you create,",
        _ => "",
    };
    [name, " ", &Count::from(number).to_string(), told].concat()
}

/// "the same as the train", "which lies in 10.0.0.0/8 (office)", "which contains 10.1.2.0/24".
fn relation(ours: Subnet, theirs: &Avoided) -> String {
    let name = theirs.name.trim();
    if ours == theirs.subnet {
        return match name {
            "" => "the same as a network you gave".to_owned(),
            name => ["the same as ", name].concat(),
        };
    }
    let verb = match theirs.subnet.contains(ours) {
        true => "lies in",
        false => "contains",
    };
    match name {
        "" => format!("which {verb} {}", theirs.subnet),
        name => format!("which {verb} {} ({name})", theirs.subnet),
    }
}

const DOCKER0: &str = "Docker's default bridge, docker0,";
