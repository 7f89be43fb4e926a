//! Which addresses are covered by some blocks?

use std::collections::BTreeSet;

use super::block::Block;
use crate::network::Count;

/// The widest of the blocks that were put in, which are disjoint.
#[derive(Clone, Debug, Default)]
pub(super) struct Cover(BTreeSet<Block>);

impl Cover {
    pub fn insert(&mut self, block: Block) {
        if self.container(block).is_some() {
            return;
        }
        while let Some(inner) = self.first_in(block) {
            self.0.remove(&inner);
        }
        self.0.insert(block);
    }

    pub fn extend(&mut self, other: &Self) {
        for it in &other.0 {
            self.insert(*it);
        }
    }

    /// A block that has addresses in common with this one.
    pub fn overlapping(&self, block: Block) -> Option<Block> {
        self.container(block).or_else(|| self.first_in(block))
    }

    /// How many blocks of `bits` prefix length within `base` have no address in common with any of these.
    pub fn room(&self, base: Block, bits: u8) -> Count {
        let exponent = bits - base.bits;
        if self.container(base).is_some() {
            return Count::ZERO;
        }
        let mut taken: u128 = 0;
        let mut last_taken = None;
        for inner in self.0.range(base..).take_while(|it| base.contains(**it)) {
            let first = Block::around(inner.addr, bits);
            if last_taken != Some(first) {
                taken = taken
                    .saturating_add(Count::power_of_two(bits.saturating_sub(inner.bits)).get());
            }
            last_taken = Some(first);
        }
        Count::power_of_two(exponent).less(taken)
    }

    fn container(&self, block: Block) -> Option<Block> {
        let before = self.0.range(..=block).next_back();
        before.copied().filter(|it| it.contains(block))
    }

    fn first_in(&self, block: Block) -> Option<Block> {
        let behind = self.0.range(block..).next();
        behind.copied().filter(|it| block.contains(*it))
    }
}
