//! Which addresses do some blocks cover?

use super::block::Block;
use crate::{daemon::network::Count, text::order};

/// A growing set of blocks, without those that others contain.
///
/// It is a few sorted runs, each at least twice as long as the next: adding n blocks costs O(n log n), and a question
/// one binary search in each run. Why not the standard library's ordered set: `core/README.md`, *Written by hand*.
#[derive(Clone, Debug, Default)]
pub(super) struct Cover {
    /// Each in order and disjoint.
    runs: Vec<Vec<Block>>,
}

impl Cover {
    pub fn insert(&mut self, block: Block) {
        let mut run = vec![block];
        while let Some(longer) = self.runs.pop_if(|it| it.len() < 2 * run.len()) {
            run = merged(&longer, &run);
        }
        self.runs.push(run);
    }

    pub fn extend(&mut self, other: &Self) {
        for it in other.runs.iter().flatten() {
            self.insert(*it);
        }
    }

    /// A block that has addresses in common with this one.
    pub fn overlapping(&self, block: Block) -> Option<Block> {
        let find = |run: &Vec<Block>| container(run, block).or_else(|| inner(run, block).first().copied());
        self.runs.iter().find_map(find)
    }

    /// How many blocks of `bits` prefix length within `base` have no address in common with any of these.
    pub fn room(&self, base: Block, bits: u8) -> Count {
        let mut inside: Vec<Block> = Vec::new();
        for run in &self.runs {
            if container(run, base).is_some() {
                return Count::ZERO;
            }
            inside.extend(inner(run, base));
        }
        order::sort(&mut inside, Block::cmp);
        let mut taken: u128 = 0;
        let mut end: Option<u128> = None;
        for it in inside {
            // The first and the last block that it overlaps.
            let first = Block::around(it.addr, bits);
            if end.is_none_or(|end| end < first.addr) {
                let count = Count::power_of_two(bits.saturating_sub(it.bits));
                taken = taken.saturating_add(count.get());
                end = Some(first.last().max(it.last()));
            }
        }
        Count::power_of_two(bits - base.bits).less(taken)
    }
}

/// The block of a run that contains this one.
fn container(run: &[Block], block: Block) -> Option<Block> {
    let before = run.partition_point(|it| *it <= block);
    let last = run.get(before.checked_sub(1)?)?;
    last.contains(block).then_some(*last)
}

/// The blocks of a run that this one contains.
fn inner(run: &[Block], block: Block) -> &[Block] {
    let from = run.partition_point(|it| *it < block);
    let behind = run.get(from..).unwrap_or_default();
    let count = behind.partition_point(|it| block.contains(*it));
    behind.get(..count).unwrap_or_default()
}

/// Both runs in one.
fn merged(a: &[Block], b: &[Block]) -> Vec<Block> {
    let mut run: Vec<Block> = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(first), Some(second)) if first <= second => a.next(),
            (_, Some(_)) => b.next(),
            _ => a.next(),
        };
        let Some(next) = next else { return run };
        if run.last().is_none_or(|it| !it.contains(*next)) {
            run.push(*next);
        }
    }
}
