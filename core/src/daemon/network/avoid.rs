//! Which networks must Docker keep clear of, and how much is known about them?

use super::{
    Pasted,
    pasted::{Found, GATEWAY_BRIDGE, Judgement, Role, System},
};
use crate::{
    Engine,
    address::{KnownNetwork, Subnet},
    text::order,
};

/// The networks to keep clear of, prepared once for any number of analyses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Avoid {
    networks: Vec<Avoided>,
    subnets: Vec<Subnet>,
    merged: Vec<Subnet>,
    in_use: Vec<Avoided>,
    not_understood: usize,
    /// The same without networks that may use only part of their block; `None` when there are none of these.
    certain: Option<Box<Avoid>>,
}

/// A network to keep clear of, or one that Docker has already made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avoided {
    /// The network.
    pub subnet: Subnet,
    /// What people call it; can be empty.
    pub name: String,
    /// How it relates to the machine.
    pub role: Role,
    /// Where it was read.
    pub system: System,
    /// Set when only an unknown part of the block is used, so that an overlap is possible but not certain: why, in a
    /// sentence.
    pub informs: Option<String>,
}

impl Avoided {
    /// A network about which nothing more is known.
    pub fn listed(subnet: Subnet, name: impl Into<String>) -> Self {
        Self { subnet, name: name.into(), role: Role::Listed, system: System::Unknown, informs: None }
    }

    /// A block of a known network.
    pub fn known(subnet: Subnet, known: &KnownNetwork) -> Self {
        Self { informs: known.informs.clone(), ..Self::listed(subnet, known.name.as_str()) }
    }

    /// A network from a pasted text.
    pub fn found(found: &Found) -> Self {
        Self {
            subnet: found.subnet,
            name: found.name.clone().unwrap_or_default(),
            role: found.role,
            system: found.system,
            informs: None,
        }
    }

    /// Whether an Engine on the machine keeps clear of it by itself when creating a network.
    pub fn is_seen_by(&self, engine: Engine) -> bool {
        self.system == System::Linux && self.role.is_seen(self.subnet, engine)
    }
}

impl Avoid {
    /// Networks to keep clear of, networks that Docker has already made, and how many lines were not understood.
    ///
    /// A network that is given several times is kept once.
    pub fn new(networks: Vec<Avoided>, in_use: Vec<Avoided>, not_understood: usize) -> Self {
        let networks = distinct(networks);
        let in_use = distinct(in_use);
        let is_certain = |it: &&Avoided| it.informs.is_none();
        let certain = (!networks.iter().all(|it| is_certain(&it))).then(|| {
            let certain = networks.iter().filter(is_certain).cloned();
            Box::new(Self::of(certain.collect(), in_use.clone(), not_understood))
        });
        Self { certain, ..Self::of(networks, in_use, not_understood) }
    }

    fn of(networks: Vec<Avoided>, in_use: Vec<Avoided>, not_understood: usize) -> Self {
        let subnets: Vec<Subnet> = networks.iter().map(|it| it.subnet).collect();
        Self { merged: merged(&subnets), subnets, networks, in_use, not_understood, certain: None }
    }

    /// The same without the networks that use an unknown part of their block: a collision with those alone is not
    /// certain.
    pub fn certain(&self) -> &Self {
        self.certain.as_deref().unwrap_or(self)
    }

    /// The networks that a pasted text and the chosen known networks name.
    pub fn gather<'a>(pasted: &Pasted, chosen: impl IntoIterator<Item = &'a KnownNetwork>) -> Self {
        let mut networks: Vec<Avoided> = Vec::new();
        for known in chosen {
            let subnets = known.subnets.iter();
            networks.extend(subnets.map(|it| Avoided::known(*it, known)));
        }
        networks.extend(pasted.to_avoid().map(Avoided::found));
        let lines = pasted.lines.iter();
        let not_understood = lines.filter(|it| matches!(it.judgement, Judgement::NotUnderstood(_)));
        Self::new(networks, pasted.in_use().map(Avoided::found).collect(), not_understood.count())
    }

    /// The networks to keep clear of, each once, by address.
    pub fn networks(&self) -> &[Avoided] {
        &self.networks
    }

    /// The same as bare subnets.
    pub fn subnets(&self) -> &[Subnet] {
        &self.subnets
    }

    /// Those that lie in no other, by address.
    pub fn merged(&self) -> &[Subnet] {
        &self.merged
    }

    /// The networks that Docker has already made, by address.
    pub fn in_use(&self) -> &[Avoided] {
        &self.in_use
    }

    /// Whether docker_gwbridge is among them, so that it is not created again.
    pub fn has_gateway_bridge(&self) -> bool {
        self.in_use.iter().any(|it| it.name == GATEWAY_BRIDGE)
    }

    /// How many lines were not understood: while there are any, the result is not certain.
    pub fn not_understood(&self) -> usize {
        self.not_understood
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.networks.is_empty() && self.not_understood == 0
    }
}

/// Each network once, by address, with the most that is known about it.
fn distinct(mut networks: Vec<Avoided>) -> Vec<Avoided> {
    order::sort(&mut networks, |a, b| a.subnet.cmp(&b.subnet));
    networks.dedup_by(|it, kept| {
        let is_same = it.subnet == kept.subnet;
        if is_same && kept.name.is_empty() {
            kept.name = std::mem::take(&mut it.name);
        }
        // A route says more than a list.
        if is_same && kept.role == Role::Listed {
            (kept.role, kept.system) = (it.role, it.system);
        }
        if is_same && it.informs.is_none() {
            kept.informs = None;
        }
        is_same
    });
    networks
}

/// Of sorted networks, those that lie in no other.
pub(super) fn merged(sorted: &[Subnet]) -> Vec<Subnet> {
    let mut merged: Vec<Subnet> = Vec::new();
    for it in sorted {
        if !merged.last().is_some_and(|last| last.contains(*it)) {
            merged.push(*it);
        }
    }
    merged
}

/// Blocks in any order, sorted, without those that lie in another.
pub(crate) fn disjoint(mut blocks: Vec<Subnet>) -> Vec<Subnet> {
    order::sort(&mut blocks, Ord::cmp);
    merged(&blocks)
}

/// The part of sorted, disjoint blocks that overlaps a network.
pub(crate) fn overlapping(blocks: &[Subnet], network: Subnet) -> &[Subnet] {
    let start = blocks.partition_point(|it| *it < network);
    let around =
        start.checked_sub(1).and_then(|at| blocks.get(at..start)).filter(|it| it.iter().all(|it| it.contains(network)));
    around.unwrap_or_else(|| {
        let inside = blocks.get(start..).unwrap_or_default();
        let end = inside.partition_point(|it| network.contains(*it));
        inside.get(..end).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{daemon::network::pasted, docker::go::net::parse_cidr};

    #[test]
    fn each_network_counts_once_with_what_is_known_best() {
        let mut pasted = pasted::read("172.18.0.0/16 train\n10.0.0.0/8\n10.1.0.0/16\n172.18.0.0/16\nwhat?\n");
        pasted.networks[3].role = Role::OnLinkRoute;
        let avoid = Avoid::gather(&pasted, []);
        let told: Vec<_> =
            avoid.networks().iter().map(|it| format!("{} {} {:?}", it.subnet, it.name, it.role)).collect();
        assert_eq!(told, ["10.0.0.0/8  Listed", "10.1.0.0/16  Listed", "172.18.0.0/16 train OnLinkRoute"]);
        assert_eq!(avoid.merged().len(), 2);
        assert_eq!(avoid.not_understood(), 1);
    }

    #[test]
    fn finds_the_blocks_that_overlap() {
        let subnet = |text: &str| Subnet::of(parse_cidr(text).expect(text));
        let blocks = ["10.0.0.0/24", "10.0.4.0/24", "172.16.0.0/12", "fd00::/8"].map(subnet);
        for (network, expected) in [
            ("10.0.0.0/8", 0..2),
            ("10.0.4.0/24", 1..2),
            ("10.0.4.1/32", 1..2),
            ("10.0.3.0/24", 1..1),
            ("172.18.0.0/16", 2..3),
            ("0.0.0.0/0", 0..3),
            ("::/0", 3..4),
            ("192.168.0.0/16", 3..3),
        ] {
            assert_eq!(overlapping(&blocks, subnet(network)), &blocks[expected], "{network}");
        }
    }
}
