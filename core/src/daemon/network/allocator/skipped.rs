//! Which subnets were passed over, and because of what?

use super::block::Block;
use crate::{
    address::{Family, Subnet},
    daemon::network::Count,
};

/// Consecutive subnets of a pool that the Engine passes over because of one other subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The first of them.
    pub first: Subnet,
    /// How many there are.
    pub count: Count,
    /// The subnet that they overlap.
    pub by: Subnet,
    /// Why the Engine keeps clear of it.
    pub cause: Cause,
}

/// Why the Engine keeps clear of a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A network uses it.
    Taken,
    /// It was found on the host.
    Reserved,
}

/// What was passed over, in the Engine's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skips {
    /// The first of them, at most [`Skips::MOST`].
    pub first: Vec<Skipped>,
    /// How many more there are.
    pub more: usize,
    family: Family,
}

impl Skips {
    /// The most that are kept.
    pub const MOST: usize = 64;

    pub(super) fn new(family: Family) -> Self {
        Self { first: Vec::new(), more: 0, family }
    }

    /// Of `base`, cut into blocks of `bits` prefix length, those are passed over that overlap `by`.
    pub(super) fn add(&mut self, base: Block, bits: u8, by: Block, cause: Cause) {
        let (from, wide) = match by.contains(base) {
            true => (base.addr, base.bits),
            false => (by.addr, by.bits),
        };
        if self.first.len() == Self::MOST {
            self.more += 1;
            return;
        }
        self.first.push(Skipped {
            first: Block::around(from, bits).subnet(self.family),
            count: Count::power_of_two(bits.saturating_sub(wide)),
            by: by.subnet(self.family),
            cause,
        });
    }
}
