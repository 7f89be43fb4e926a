//! What must be given up when nothing keeps clear of everything?

use super::{MOST_POOLS, Search, Wish, free_blocks, networks_of, private_ranges};
use crate::{
    Report,
    address::Subnet,
    daemon::network::{
        AddressPool, Count,
        avoid::{merged, overlapping},
        space::{number, union},
    },
    text::order,
};

/// Nothing can be proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Impossible {
    /// Why: a sentence.
    pub sentence: String,
    /// What would make it possible, each by itself.
    pub give_up: Vec<GiveUp>,
}

/// Something to give up.
#[derive(Clone, Debug, PartialEq)]
pub struct GiveUp {
    /// What would be possible.
    pub wish: Wish,
    /// The index, in [`Avoid::networks`](crate::daemon::network::Avoid::networks), of the network that would no longer be kept
    /// clear of.
    pub avoided: Option<usize>,
    /// A sentence.
    pub sentence: String,
}

impl Impossible {
    pub(super) fn too_wide(hosts: u32) -> Self {
        let hosts = Count::from(u128::from(hosts));
        Self {
            sentence: format!(
                "No private range has room for a network of {hosts} containers; the widest, 10.0.0.0/8, has room for 16,777,213."
            ),
            give_up: Vec::new(),
        }
    }

    /// The text does not tell a setting that every proposal depends on.
    pub(super) fn not_known(key: &str) -> Self {
        let sentence =
            ["What can be proposed is not known: the text does not tell `", key, "`. Write its value into it."];
        Self { sentence: sentence.concat(), give_up: Vec::new() }
    }

    /// Of a text that nothing can be written into.
    pub(super) fn cannot_edit(report: &Report) -> Self {
        let sentence = match report.foreign {
            Some(_) => "The text is not a daemon.json, so nothing can be added to it: begin with an empty one.",
            None => "Fix the mistakes in the text first: only text that is read without doubt can be changed.",
        };
        Self { sentence: sentence.to_owned(), give_up: Vec::new() }
    }
}

impl Search<'_> {
    pub(super) fn impossible(&self) -> Impossible {
        let Wish { networks, hosts, .. } = self.wish;
        let number = |it: u32| Count::from(u128::from(it)).to_string();
        let networks_noun = if networks == 1 { "network" } else { "networks" };
        let hosts_noun = if hosts == 1 { "container" } else { "containers" };
        if self.need <= self.most(&self.busy) {
            return self.for_another_reason();
        }
        let give_up = [self.narrower(), self.fewer(), self.without_one()];
        Impossible {
            sentence: format!(
                "There is no room for {} {networks_noun} of {} {hosts_noun} each that keeps clear of everything.",
                number(networks),
                number(hosts)
            ),
            give_up: give_up.into_iter().flatten().collect(),
        }
    }

    /// There is room for the IPv4 networks.
    fn for_another_reason(&self) -> Impossible {
        if self.wish.ipv6 && self.unique_local(48, 0).is_none() {
            let wish = Wish { ipv6: false, ..self.wish };
            return Impossible {
                sentence: "All unique local addresses, fd00::/8, are to be kept clear of: there is no room for IPv6 \
                           networks."
                    .to_owned(),
                give_up: vec![GiveUp {
                    wish,
                    avoided: None,
                    sentence: "There is room without IPv6 networks.".to_owned(),
                }],
            };
        }
        Impossible {
            sentence: "There is room, but errors elsewhere in the settings stand in the way: fix them first."
                .to_owned(),
            give_up: Vec::new(),
        }
    }

    /// How many networks can be had at most.
    fn most(&self, busy: &[Subnet]) -> u128 {
        let beside = union(busy, &self.kept_bases());
        let added = self.held() + self.room(&beside, self.size);
        added.max(self.room(busy, self.size))
    }

    /// How many networks of a prefix length fit beside what is busy.
    fn room(&self, busy: &[Subnet], size: u8) -> u128 {
        let mut free = free_blocks(busy, size);
        order::sort(&mut free, |a, b| a.prefix_len().cmp(&b.prefix_len()));
        let pools = free.iter().take(MOST_POOLS);
        let pools: Vec<AddressPool> = pools.filter_map(|it| AddressPool::new(*it, size.into()).ok()).collect();
        networks_of(&pools)
    }

    fn narrower(&self) -> Option<GiveUp> {
        let mut sizes = self.size + 1..=30;
        let (size, hosts) = sizes.find_map(|size| {
            let hosts = (1_u32 << (32 - size)) - 3;
            let wish = Wish { hosts, ..self.wish };
            let search = Search::new(self.request, self.report, &wish, self.known).ok()?;
            (search.need <= search.most(&search.busy)).then_some((size, hosts))
        })?;
        let count = Count::from(u128::from(hosts));
        let noun = if hosts == 1 { "container" } else { "containers" };
        Some(GiveUp {
            wish: Wish { hosts, ..self.wish },
            avoided: None,
            sentence: format!("Smaller networks would fit: /{size}, {count} {noun} each."),
        })
    }

    fn fewer(&self) -> Option<GiveUp> {
        let own = self.need - u128::from(self.wish.networks);
        let room = (self.most(&self.busy)).checked_sub(own)?;
        let networks = u32::try_from(room).ok().filter(|it| (1..self.wish.networks).contains(it))?;
        let noun = if networks == 1 { "network" } else { "networks" };
        Some(GiveUp {
            wish: Wish { networks, ..self.wish },
            avoided: None,
            sentence: format!("{} {noun} of that size would fit.", Count::from(room)),
        })
    }

    /// The narrowest network that would have to be given up, if one alone is enough.
    fn without_one(&self) -> Option<GiveUp> {
        const TRIES: usize = 8;
        let avoid = self.avoid();
        let mut candidates: Vec<(Subnet, u128)> = Vec::new();
        for range in private_ranges() {
            for block in overlapping(&self.busy, range) {
                let gain = gain(*block, range, &self.busy, self.size);
                match candidates.last_mut().filter(|it| it.0 == *block) {
                    Some(it) => it.1 += gain,
                    None => candidates.push((*block, gain)),
                }
            }
        }
        let missing = self.need.saturating_sub(self.most(&self.busy));
        candidates.retain(|it| missing <= it.1);
        order::sort(&mut candidates, |a, b| b.0.prefix_len().cmp(&a.0.prefix_len()));
        let is_enough = |index: &usize| {
            let mut rest = avoid.subnets().to_vec();
            rest.remove(*index);
            let busy = union(&merged(&rest), &self.taken);
            self.need <= self.most(&busy)
        };
        let known = candidates.iter().filter_map(|it| avoid.subnets().binary_search(&it.0).ok());
        let index = known.take(TRIES).find(is_enough)?;
        let avoided = avoid.networks().get(index)?;
        let name = match avoided.name.trim() {
            "" => String::new(),
            name => format!(" ({name})"),
        };
        Some(GiveUp {
            wish: self.wish,
            avoided: Some(index),
            sentence: format!("There is room if {}{name} need not be kept clear of.", avoided.subnet),
        })
    }
}

/// How many more networks there would be within a range if a block were free, and everything in it.
fn gain(block: Subnet, range: Subnet, busy: &[Subnet], size: u8) -> u128 {
    let step = 1_u128 << (32 - size);
    let room = |first: u128, last: u128| ((last + 1) / step).saturating_sub(first.div_ceil(step));
    let (first, last) = (number(range.network_address()), number(range.last_address()));
    if block.contains(range) {
        return room(first, last);
    }
    let at = busy.partition_point(|it| *it < block);
    let before = at.checked_sub(1).and_then(|it| busy.get(it)).map(|it| number(it.last_address()) + 1);
    let behind = busy.get(at + 1).filter(|it| it.is_ipv4()).map(|it| number(it.network_address()));
    let start = before.map_or(first, |it| it.max(first));
    let stop = behind.map_or(last + 1, |it| it.min(last + 1));
    let (own_first, own_last) = (number(block.network_address()), number(block.last_address()));
    let beside = |first: u128, behind: u128| {
        if first < behind { room(first, behind - 1) } else { 0 }
    };
    beside(start, stop).saturating_sub(beside(start, own_first) + beside(own_last + 1, stop))
}
