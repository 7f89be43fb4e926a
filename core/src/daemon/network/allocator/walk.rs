//! Which subnet do Engines from 27.0 on hand out next? The lowest one that is free, nearly.
//!
//! All subnets in use and all reserved ones are gone through in order of their addresses, once for each new network,
//! with the pools beside them. Quirks, which this model shares:
//!
//! - The walk remembers only the last subnet it has come by. Behind one that lies inside a wider one it goes on there,
//!   and so hands out subnets inside the wider one, be that reserved or in use.
//! - At the end of the address space it begins again at its beginning: `0.0.0.0/14` for a pool at `255.252.0.0/14`, and
//!   from then on perhaps the same subnet again and again. It never ends then.
//! - With a pool at `0.0.0.0` or `::` it does not notice that a subnet ends where the pool does.
//! - In IPv6, a gap that holds a multiple of 2^64 subnets counts as none.
//!
//! Source: moby daemon/libnetwork/ipams/defaultipam/address_space.go, structures.go (`mergeIter`),
//! daemon/libnetwork/ipbits/ipbits.go, daemon/internal/netiputil/netiputil.go; read at docker-v29.7.2, and at v27.0.3,
//! v27.5.1 and v28.5.2 in libnetwork/, where all but the size of a single request is the same.

use std::mem;

use super::{
    NoSubnet,
    block::{Block, long},
    cover::Cover,
    skipped::{Cause, Skips},
};
use crate::{
    address::Family,
    daemon::network::{AddressPool, Count},
    text::order,
};

/// The subnets in use, the reserved ones, and how far the walk through them has come.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    family: Family,
    /// Disjoint and in order.
    pools: Vec<Pool>,
    /// In order.
    reserved: Vec<Block>,
    /// The subnets in use that the walk has passed.
    passed: Vec<InUse>,
    /// Those ahead of it, the next one last.
    ahead: Vec<InUse>,
    /// All addresses in use, but for those handed out since it was asked for.
    used: Cover,
    handed_out: Vec<Block>,
    /// Those that were taken since the walk began.
    just_taken: Vec<InUse>,
    /// Whether the walk has to start again.
    is_outdated: bool,
    /// Whether the subnets in use are not in order, because one was handed out at the beginning of the address space.
    is_unordered: bool,
    /// Where the walk came to the next subnet, be it in use or reserved.
    ///
    /// A new walk comes to the same place, unless what was handed out last lies before it; so it goes on from here.
    here: Position,
    /// Where it passed the last subnet in use.
    behind_used: Position,
    /// What it found when it had to go back there the last time.
    went_back: Option<WentBack>,
    /// Whether it finds the same again and again.
    is_stuck: bool,
    /// The last address of what was passed over.
    skipped_to: Option<u128>,
    pub skips: Skips,
}

#[derive(Clone, Copy, Debug)]
struct Pool {
    base: Block,
    bits: u8,
}

#[derive(Clone, Copy, Debug)]
struct InUse {
    block: Block,
    is_by_hand: bool,
}

/// How far the walk has come, beside `passed`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Position {
    /// How many reserved subnets it has passed.
    reserved: usize,
    /// How many pools it is through with.
    pools: usize,
    /// The last subnet it has passed, if that lies in the pool.
    previous: Option<Block>,
}

/// All that decides what is found after the walk has gone back.
#[derive(Clone, Copy, Debug, PartialEq)]
struct WentBack {
    to: Position,
    ahead: usize,
    block: Block,
}

impl Walk {
    /// `newAddrSpace`.
    pub fn new(pools: &[AddressPool], family: Family) -> Self {
        let own = pools.iter().filter(|it| it.base().family() == family);
        let mut sorted: Vec<Pool> =
            own.map(|it| Pool { base: Block::of(it.base()), bits: long(it.size(), family) }).collect();
        order::sort(&mut sorted, |a, b| a.base.cmp(&b.base));
        let mut pools: Vec<Pool> = Vec::with_capacity(sorted.len());
        for pool in sorted {
            if pools.last().is_none_or(|it| !it.base.overlaps(pool.base)) {
                pools.push(pool);
            }
        }
        Self {
            family,
            pools,
            reserved: Vec::new(),
            passed: Vec::new(),
            ahead: Vec::new(),
            used: Cover::default(),
            handed_out: Vec::new(),
            just_taken: Vec::new(),
            is_outdated: false,
            is_unordered: false,
            here: Position::default(),
            behind_used: Position::default(),
            went_back: None,
            is_stuck: false,
            skipped_to: None,
            skips: Skips::new(family),
        }
    }

    /// `allocateSubnet`, without a range inside the subnet.
    pub fn occupy(&mut self, block: Block) -> Result<(), Block> {
        for it in self.handed_out.drain(..) {
            self.used.insert(it);
        }
        if let Some(by) = self.used.overlapping(block) {
            return Err(by);
        }
        self.used.insert(block);
        self.just_taken.push(InUse { block, is_by_hand: true });
        self.is_outdated = true;
        Ok(())
    }

    pub fn reserve(&mut self, blocks: Vec<Block>) {
        self.reserved.extend(blocks);
        self.is_outdated = true;
    }

    /// `allocatePredefinedPool`.
    pub fn next(&mut self) -> Option<Block> {
        if self.is_outdated {
            self.start_again();
        }
        if let (true, Some(it)) = (self.is_stuck, self.went_back) {
            return Some(it.block);
        }
        let block = self.find()?;
        self.hand_out(block);
        Some(block)
    }

    /// `allocatePredefinedPool` with a `prefixSize`.
    pub fn next_of_size(&mut self, prefix_len: u8) -> Result<Block, NoSubnet> {
        if prefix_len == 0 {
            return self.next().ok_or(NoSubnet::UsedUp);
        }
        let bits = long(prefix_len.min(self.family.address_bits()), self.family);
        let mut wide = self.pools.clone();
        wide.retain(|it| it.base.bits <= bits && prefix_len <= self.family.address_bits());
        if wide.is_empty() {
            return Err(NoSubnet::NoPool);
        }
        for it in &mut wide {
            it.bits = bits;
        }
        self.is_outdated = true;
        let pools = mem::replace(&mut self.pools, wide);
        let block = self.next();
        self.pools = pools;
        self.is_outdated = true;
        block.ok_or(NoSubnet::UsedUp)
    }

    /// How many blocks of the pools are neither in use nor reserved.
    pub fn room(&self) -> Count {
        let mut away = self.used.clone();
        for it in self.reserved.iter().chain(&self.handed_out) {
            away.insert(*it);
        }
        let rooms = self.pools.iter().map(|it| away.room(it.base, it.bits));
        rooms.fold(Count::ZERO, Count::plus)
    }

    /// The pools that are used, with the prefix length of their subnets.
    #[cfg(test)]
    pub fn pools(&self) -> Vec<(Block, u8)> {
        self.pools.iter().map(|it| (it.base, it.bits)).collect()
    }

    /// Goes back to the first address, and sees what has changed.
    fn start_again(&mut self) {
        self.ahead.extend(self.passed.drain(..).rev());
        match self.is_unordered {
            true => {
                for it in self.just_taken.drain(..) {
                    let at = place(&self.ahead, it.block);
                    self.ahead.insert(at, it);
                }
            }
            false => {
                self.ahead.append(&mut self.just_taken);
                order::sort(&mut self.ahead, |a, b| b.block.cmp(&a.block));
            }
        }
        order::sort(&mut self.reserved, Block::cmp);
        self.is_outdated = false;
        self.here = Position::default();
        self.behind_used = Position::default();
        self.went_back = None;
        self.is_stuck = false;
        self.skipped_to = None;
        self.skips = Skips::new(self.family);
    }

    /// The next subnet in use or reserved, and why it is kept away from; `None` for one that was handed out.
    fn current(&self) -> Option<(Block, Option<Cause>)> {
        let used = self.ahead.last();
        let reserved = self.reserved.get(self.here.reserved);
        match (used, reserved) {
            (Some(used), reserved) if reserved.is_none_or(|it| used.block <= *it) => {
                Some((used.block, used.is_by_hand.then_some(Cause::Taken)))
            }
            (_, reserved) => Some((*reserved?, Some(Cause::Reserved))),
        }
    }

    fn find(&mut self) -> Option<Block> {
        let mut at = self.here;
        while let Some((current, cause)) = self.current() {
            let pool = *self.pools.get(at.pools)?;
            if current.overlaps(pool.base) {
                if current.bits <= pool.base.bits {
                    self.skip(pool, current, cause);
                    at = at.next_pool();
                    continue;
                }
                let next = match at.previous {
                    None => Some(pool.first()),
                    Some(previous) => self.behind(previous, pool.bits),
                };
                if let Some(next) = next.filter(|it| is_gap(*it, current)) {
                    return Some(next);
                }
                self.skip(pool, current, cause);
                let is_end = pool.base.addr > 0 && current.last() == pool.base.last();
                match is_end {
                    true => at = at.next_pool(),
                    false => at.previous = Some(current),
                }
                at = self.pass(at, cause);
                continue;
            }
            if let Some(previous) = at.previous {
                let next = self.behind(previous, pool.bits);
                if let Some(next) = next.filter(|it| pool.base.overlaps(*it)) {
                    return Some(next);
                }
                at = at.next_pool();
                continue;
            }
            if pool.base.addr < current.addr {
                return Some(pool.first());
            }
            at = self.pass(at, cause);
        }
        if let Some(previous) = at.previous {
            let pool = self.pools.get(at.pools)?;
            let next = self.behind(previous, pool.bits);
            if let Some(next) = next.filter(|it| pool.base.overlaps(*it)) {
                return Some(next);
            }
            at = at.next_pool();
        }
        self.pools.get(at.pools).map(|it| it.first())
    }

    /// `mergeIter.Inc`.
    fn pass(&mut self, mut at: Position, cause: Option<Cause>) -> Position {
        match cause {
            Some(Cause::Reserved) => at.reserved += 1,
            Some(Cause::Taken) | None => {
                self.passed.extend(self.ahead.pop());
                self.behind_used = at;
            }
        }
        self.here = at;
        at
    }

    /// The block after another one; `None` at the end of the address space, or rather not far enough beyond it.
    ///
    /// Source: `netiputil.PrefixAfter`, `ipbits.Add`.
    fn behind(&self, previous: Block, bits: u8) -> Option<Block> {
        let step = 1_u128.checked_shl((128 - previous.bits.min(bits)).into());
        let mut addr = previous.addr.wrapping_add(step.unwrap_or(0));
        if self.family == Family::Ipv4 {
            addr &= u128::from(u32::MAX);
        }
        (addr > 0).then(|| Block::around(addr, bits))
    }

    /// `makeAlloc`.
    fn hand_out(&mut self, block: Block) {
        self.used.insert(block);
        let passed = self.reserved.get(self.behind_used.reserved..self.here.reserved);
        let is_before = passed.and_then(<[Block]>::last).is_some_and(|it| block <= *it);
        let went_back = is_before.then_some(WentBack { to: self.behind_used, ahead: self.ahead.len(), block });
        self.is_stuck = is_before && went_back == self.went_back;
        self.went_back = went_back;
        if is_before {
            self.here = self.behind_used;
        }
        let last = self.passed.last();
        self.is_unordered |= is_before || last.is_some_and(|it| block <= it.block);
        self.ahead.push(InUse { block, is_by_hand: false });
    }

    fn skip(&mut self, pool: Pool, by: Block, cause: Option<Cause>) {
        let Some(cause) = cause else { return };
        let end = Block::around(by.last(), pool.bits).last().min(pool.base.last());
        // What lies in something wider was passed over with it.
        if self.skipped_to.is_none_or(|it| it < end) {
            self.skipped_to = Some(end);
            self.skips.add(pool.base, pool.bits, by, cause);
        }
    }
}

impl Pool {
    fn first(self) -> Block {
        Block { addr: self.base.addr, bits: self.bits }
    }
}

impl Position {
    fn next_pool(self) -> Self {
        Self { pools: self.pools + 1, previous: None, ..self }
    }
}

/// Where a block belongs among those in use, the first of them last, even if they are not in order.
///
/// Source: Go `slices`, `BinarySearchFunc`, as `allocatePool` uses it.
fn place(ahead: &[InUse], block: Block) -> usize {
    let (mut from, mut to) = (0, ahead.len());
    while from < to {
        let middle = (from + to) / 2;
        match ahead.iter().nth_back(middle) {
            Some(it) if it.block < block => from = middle + 1,
            _ => to = middle,
        }
    }
    ahead.len() - from
}

/// Whether a block of the size of `free` ends before `next` begins.
///
/// Source: `ipbits.SubnetsBetween`, which cuts the number of blocks to 64 bits.
fn is_gap(free: Block, next: Block) -> bool {
    let Some(distance) = Block::around(next.addr, free.bits).addr.checked_sub(free.addr) else {
        return false;
    };
    let count = distance.checked_shr((128 - free.bits).into()).unwrap_or(0);
    count & u128::from(u64::MAX) > 0
}
