//! Which changes of the pools may do?

use super::{
    Bridge, Candidate, MOST_POOLS, Rank, Reason, Search, WIDEST, Written, disjoint, exponent, free_blocks,
    private_ranges,
};
use crate::{
    address::{Collisions, Subnet, known::Weight},
    daemon::network::{
        AddressPool,
        avoid::overlapping,
        space::{Gap, block, blocks, gaps, middle_block, number, union},
    },
    text::order,
};

impl Search<'_> {
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let is_ipv4 = |it: &&Written| it.pool.base().is_ipv4();
        let kept: Vec<AddressPool> = self.kept.iter().filter(is_ipv4).map(|it| it.pool).collect();
        let rest = self.all_but(&|_| true);
        let mut candidates = Vec::new();
        if !kept.is_empty() {
            let mut it =
                Candidate { dropped: rest.clone(), pools: kept.clone(), reason: Reason::Keeps, ..Candidate::default() };
            if rest.is_empty() && self.bridge == Bridge::Collides {
                it.reason = Reason::OnlyDocker0;
            }
            candidates.push(it);
        }
        candidates.extend(self.other_docker0(&kept, &rest));
        candidates.extend(self.narrowed(&kept, &rest));
        let all_ipv4 = self.all_but(&|it| !is_ipv4(&it));
        let bases = self.kept_bases();
        let more = self.need.saturating_sub(self.held());
        let levels = [&self.unlikely(), &self.alarming, &self.reached, &self.busy];
        for (level, busy) in levels.into_iter().enumerate() {
            let beside = union(busy, &bases);
            for (busy, need, kept, dropped, reason) in [
                (&beside, more, &kept[..], &rest, Reason::Adds),
                (busy, self.need, &[][..], &all_ipv4, Reason::Replaces),
            ] {
                if need == 0 || (reason == Reason::Adds && kept.is_empty()) {
                    continue;
                }
                let single = |range| match level {
                    3 => self.least_known(range, busy, need),
                    _ => self.single(range, busy, need),
                };
                let added = private_ranges().filter_map(|it| Some(vec![single(it)?]));
                let mut added: Vec<Vec<AddressPool>> = added.collect();
                if added.is_empty() {
                    added.extend(self.several(busy, need));
                }
                candidates.extend(added.into_iter().map(|added| Candidate {
                    dropped: dropped.clone(),
                    narrowed: Vec::new(),
                    pools: kept.iter().chain(&added).copied().collect(),
                    added,
                    docker0: None,
                    reason,
                }));
            }
        }
        candidates.extend(self.own_pools());
        for it in &mut candidates {
            order::sort(&mut it.pools, |a, b| a.base().cmp(&b.base()));
            if it.docker0.is_none() {
                it.docker0 = self.docker0(it);
            }
        }
        candidates
    }

    /// The indices of all that the text lists but for those of the pools that may stay and `do_stay`.
    fn all_but(&self, do_stay: &dyn Fn(&Written) -> bool) -> Vec<usize> {
        let mut goes = vec![true; self.listed];
        for it in self.kept.iter().filter(|it| do_stay(it)) {
            if let Some(goes) = goes.get_mut(it.index) {
                *goes = false;
            }
        }
        let all = goes.iter().enumerate().filter(|it| *it.1);
        all.map(|it| it.0).collect()
    }

    /// The bases of the pools that may stay, those within others left out.
    pub(super) fn kept_bases(&self) -> Vec<Subnet> {
        disjoint(self.kept.iter().map(|it| it.pool.base()).collect())
    }

    /// How many IPv4 networks the pools that may stay give.
    pub(super) fn held(&self) -> u128 {
        let mut kept: Vec<&Written> = self.kept.iter().filter(|it| it.pool.base().is_ipv4()).collect();
        order::sort(&mut kept, |a, b| a.pool.base().cmp(&b.pool.base()));
        kept.dedup_by(|it, before| before.pool.base().contains(it.pool.base()));
        let networks = kept.iter().map(|it| it.networks);
        networks.fold(0, u128::saturating_add)
    }

    /// What is not to be taken if there is anything else: all known networks but those that may be anywhere.
    fn unlikely(&self) -> Vec<Subnet> {
        let everywhere = |it: &&Subnet| private_ranges().any(|range| it.contains(range));
        let known = self.known.iter().flat_map(|it| &it.subnets);
        let known = known.filter(|it| !everywhere(it)).copied().collect();
        union(&self.alarming, &disjoint(known))
    }

    /// The pools stay, and docker0 moves out of them.
    fn other_docker0(&self, kept: &[AddressPool], rest: &[usize]) -> Option<Candidate> {
        let plan = &self.report.plan;
        let own_are_clear = || {
            let mut pools = plan.pools.iter().map(|it| it.pool.base());
            pools.all(|it| overlapping(self.avoid().merged(), it).is_empty())
        };
        let pools = match plan.from_defaults {
            true if own_are_clear() => plan.pools.iter().map(|it| it.pool).collect(),
            false if rest.is_empty() => kept.to_vec(),
            _ => return None,
        };
        let bases = disjoint(pools.iter().map(|it| it.base()).collect());
        let busy = [&self.alarming, &self.busy].map(|it| union(it, &bases));
        let mut free =
            busy.iter().flat_map(|busy| private_ranges().filter_map(|it| middle_block(&gaps(it, busy), self.size, it)));
        Some(Candidate { pools, docker0: Some(free.next()?), reason: Reason::OnlyDocker0, ..Candidate::default() })
            .filter(|_| self.bridge == Bridge::Collides)
    }

    /// Each pool that is hit shrinks to its widest clear part, unless there are many: each is an edit of its own.
    fn narrowed(&self, kept: &[AddressPool], rest: &[usize]) -> Option<Candidate> {
        let hit = self.hit.iter().filter(|it| it.pool.base().is_ipv4());
        if MOST_POOLS < hit.clone().count() {
            return None;
        }
        let busy = union(&self.busy, &self.kept_bases());
        let narrowed: Vec<(usize, AddressPool)> = hit
            .filter(|it| it.pool.size() <= self.size)
            .filter_map(|it| {
                let gaps = gaps(it.pool.base(), &busy);
                let part = *blocks(&gaps, it.pool.size(), it.pool.base(), 1).first()?;
                Some((it.index, AddressPool::new(part, it.pool.size().into()).ok()?))
            })
            .collect();
        let stays = |index: &&usize| !narrowed.iter().any(|it| it.0 == **index);
        let dropped = rest.iter().filter(stays).copied().collect();
        (!narrowed.is_empty()).then(|| Candidate {
            dropped,
            pools: kept.iter().copied().chain(narrowed.iter().map(|it| it.1)).collect(),
            narrowed,
            reason: Reason::Narrows,
            ..Candidate::default()
        })
    }

    /// One pool in a range: wide, but no wider than is usual, and far from everything else.
    fn single(&self, range: Subnet, busy: &[Subnet], need: u128) -> Option<AddressPool> {
        let narrowest = self.size.checked_sub(exponent(need))?;
        let widest = narrowest.min(WIDEST).max(range.prefix_len());
        let gaps = gaps(range, busy);
        let mut bases = (widest..=narrowest).filter_map(|it| middle_block(&gaps, it, range));
        AddressPool::new(bases.next()?, self.size.into()).ok()
    }

    /// One pool in a range, as narrow as it may be, where the fewest known networks are.
    fn least_known(&self, range: Subnet, busy: &[Subnet], need: u128) -> Option<AddressPool> {
        const TRIES: usize = 4096;
        let narrowest = self.size.checked_sub(exponent(need))?;
        if narrowest < range.prefix_len() {
            return None;
        }
        let step = 1_usize << (32 - narrowest);
        let gaps = gaps(range, busy);
        let bases = gaps.iter().flat_map(|gap| {
            let first = gap.first.next_multiple_of(step as u128);
            let starts = (first..=gap.last).step_by(step);
            starts.map(|it| block(it, narrowest, range)).filter(|it| number(it.last_address()) <= gap.last)
        });
        let bases: Vec<Subnet> = bases.take(TRIES).collect();
        let known = self.known.iter().filter(|it| it.weight() == Weight::Alarms);
        let known: Vec<Subnet> = known.flat_map(|it| &it.subnets).copied().collect();
        let hits = Collisions::between(&bases, &known).ours;
        let mut counts = vec![0; bases.len()];
        for it in hits {
            if let Some(count) = counts.get_mut(it.index as usize) {
                *count = it.count;
            }
        }
        let (base, _) = bases.iter().zip(&counts).min_by_key(|it| it.1)?;
        AddressPool::new(*base, self.size.into()).ok()
    }

    /// The fewest pools that give enough together.
    fn several(&self, busy: &[Subnet], need: u128) -> Option<Vec<AddressPool>> {
        let mut free = free_blocks(busy, self.size);
        order::sort(&mut free, |a, b| a.prefix_len().cmp(&b.prefix_len()));
        let mut missing = need;
        let mut pools = Vec::new();
        for it in free.iter().take(MOST_POOLS) {
            if missing == 0 {
                break;
            }
            let narrowest = self.size.saturating_sub(exponent(missing));
            let base = Subnet::new(it.network_address(), it.prefix_len().max(narrowest));
            let pool = AddressPool::new(base, self.size.into()).ok()?;
            missing = missing.saturating_sub(pool.capacity().networks().get());
            pools.push(pool);
        }
        (missing == 0).then_some(pools)
    }

    /// What is clear of the Engine's own pools, written out.
    fn own_pools(&self) -> Option<Candidate> {
        let plan = &self.report.plan;
        if !plan.from_defaults {
            return None;
        }
        let mut added = Vec::new();
        for it in plan.pools.iter().map(|it| it.pool) {
            let free = gaps(it.base(), self.avoid().merged());
            let mut parts = blocks(&free, it.size(), it.base(), MOST_POOLS);
            order::sort(&mut parts, Ord::cmp);
            added.extend(parts.iter().filter_map(|base| AddressPool::new(*base, it.size().into()).ok()));
        }
        (added.len() <= MOST_POOLS).then(|| Candidate {
            pools: added.clone(),
            added,
            reason: Reason::OwnPools,
            ..Candidate::default()
        })
    }

    /// Where docker0 goes: the first subnet of a pool that is still unused, the last one of any other.
    fn docker0(&self, candidate: &Candidate) -> Option<Subnet> {
        let present = self.report.plan.docker0.subnet;
        let is_in_pool = |it: Subnet| candidate.pools.iter().any(|pool| pool.base().contains(it));
        match self.bridge {
            Bridge::None | Bridge::Stays => return None,
            Bridge::FromPools if candidate.reason != Reason::Replaces => {
                if present.is_some_and(is_in_pool) {
                    return None;
                }
            }
            Bridge::FromPools | Bridge::Collides => {}
        }
        if matches!(candidate.reason, Reason::Adds | Reason::Replaces) {
            let mut added: Vec<Subnet> = candidate.added.iter().map(|it| it.first()).collect();
            order::sort(&mut added, Ord::cmp);
            return added.first().copied();
        }
        let in_use: Vec<Subnet> = self.avoid().in_use().iter().map(|it| it.subnet).collect();
        let in_use = disjoint(in_use);
        candidate.pools.iter().rev().find_map(|pool| {
            let gaps = gaps(pool.base(), &in_use);
            gaps.iter().rev().find_map(|gap| last_block(*gap, *pool))
        })
    }

    pub(super) fn rank(&self, candidate: &Candidate) -> Rank {
        let touched = candidate.dropped.len()
            + candidate.narrowed.len()
            + candidate.added.len()
            + usize::from(self.bridge == Bridge::Collides && candidate.docker0.is_some());
        let bases: Vec<Subnet> = candidate.pools.iter().map(|it| it.base()).collect();
        let networks = candidate.pools.iter().map(|it| it.capacity().networks().get());
        (
            touched,
            self.known_among(&bases).len(),
            candidate.pools.len(),
            u128::MAX - networks.fold(0, u128::saturating_add),
        )
    }
}

/// The last subnet of a pool within a gap.
fn last_block(gap: Gap, pool: AddressPool) -> Option<Subnet> {
    let last = block(gap.last, pool.size(), pool.base());
    let is_whole = number(last.last_address()) == gap.last;
    let last = match is_whole {
        true => last,
        false => block(number(last.network_address()).checked_sub(1)?, pool.size(), pool.base()),
    };
    (gap.first <= number(last.network_address())).then_some(last)
}
