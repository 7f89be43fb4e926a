//! Which subnet do Engines up to 26.1 hand out next? The first free one after the last, round and round.
//!
//! They write out the subnets of all pools in one list, in the order of the pools, and keep the place after the one
//! handed out last. Quirks, which this model shares:
//!
//! - Pools may overlap; a subnet is passed over when it has addresses in common with one that is in use.
//! - A subnet found reserved on the host is kept until a better one is found, and with it all that overlap it. So the
//!   Engine may find none at first, and one when asked again.
//! - Having begun at the front again, it keeps the front as its place, not the one it has found.
//!
//! Not modelled: the places of the many equal subnets they write out for an IPv6 pool wider than /64; that
//! both address families share one place, so that an IPv6 network moves that of IPv4.
//!
//! Source: moby libnetwork/ipam/allocator.go, `allocatePredefinedPool`, libnetwork/network.go, `requestPoolHelper`,
//! libnetwork/ipamutils/utils.go, `splitNetwork`; read at v26.1.5, and with the same outcome at v20.10.24 (in
//! vendor/github.com/docker/), v23.0.18, v24.0.9 and v25.0.5.

use super::{
    block::{Block, long},
    cover::Cover,
    skipped::{Cause, Skips},
};
use crate::{
    address::Family,
    daemon::network::{AddressPool, Count},
};

/// The list of subnets, without writing it out, and the place in it.
#[derive(Clone, Debug)]
pub(super) struct Rotation {
    pools: Vec<Pool>,
    /// How long the list is.
    length: u128,
    /// `predefinedStartIndex`: where the next search begins.
    start: u128,
    by_hand: Cover,
    handed_out: Cover,
    reserved: Cover,
    /// Whether nothing can be found any more.
    is_used_up: bool,
    /// How much of the list has been looked at.
    seen: u128,
    pub skips: Skips,
}

#[derive(Clone, Copy, Debug)]
struct Pool {
    /// The place of its first subnet.
    start: u128,
    /// The place after its last one.
    end: u128,
    /// What it is cut from, without the part that the Engine does not get to; `None` for the other family.
    base: Option<Block>,
    bits: u8,
}

impl Rotation {
    pub fn new(pools: &[AddressPool], family: Family) -> Self {
        let mut start = 0;
        let pools = pools
            .iter()
            .map(|it| {
                let of = it.base().family();
                let bits = long(it.size(), of);
                let split = distinct(*it);
                let count = split.map_or(0, |it| Count::power_of_two(it).get());
                let base = split.map(|split| Block::around(Block::of(it.base()).addr, bits - split));
                let pool = Pool { start, end: start.saturating_add(count), base: base.filter(|_| of == family), bits };
                start = pool.end;
                pool
            })
            .collect();
        Self {
            pools,
            length: start,
            start: 0,
            by_hand: Cover::default(),
            handed_out: Cover::default(),
            reserved: Cover::default(),
            is_used_up: false,
            seen: 0,
            skips: Skips::new(family),
        }
    }

    pub fn occupy(&mut self, block: Block) -> Result<(), Block> {
        let by = self.by_hand.overlapping(block);
        match by.or_else(|| self.handed_out.overlapping(block)) {
            Some(by) => Err(by),
            None => {
                self.by_hand.insert(block);
                Ok(())
            }
        }
    }

    pub fn reserve(&mut self, blocks: Vec<Block>) {
        for it in blocks {
            self.reserved.insert(it);
        }
    }

    /// `requestPoolHelper`.
    pub fn next(&mut self) -> Option<Block> {
        if self.is_used_up {
            return None;
        }
        let begin = self.start;
        let mut held = Cover::default();
        let found = self.search(begin, self.length, &mut held).or_else(|| self.search(0, begin, &mut held));
        match found {
            Some(block) => self.handed_out.insert(block),
            None => self.is_used_up = self.start == begin,
        }
        found
    }

    /// Searches a part of the list.
    fn search(&mut self, from: u128, to: u128, held: &mut Cover) -> Option<Block> {
        let mut at = from;
        while at < to {
            let number = self.pools.partition_point(|it| it.end <= at);
            let pool = *self.pools.get(number)?;
            let Some(base) = pool.base else {
                at = pool.end;
                continue;
            };
            let candidate = pool.subnet(base, at);
            let by_hand = self.by_hand.overlapping(candidate);
            let in_use =
                by_hand.or_else(|| self.handed_out.overlapping(candidate)).or_else(|| held.overlapping(candidate));
            let reserved = self.reserved.overlapping(candidate);
            let next = match in_use.or(reserved) {
                Some(by) => pool.behind(base, at, by),
                None => at + 1,
            };
            if self.seen < next {
                let cause = match (by_hand, in_use, reserved) {
                    (Some(by), ..) => Some((by, Cause::Taken)),
                    (None, None, Some(by)) => Some((by, Cause::Reserved)),
                    _ => None,
                };
                if let Some((by, cause)) = cause {
                    self.skips.add(base, pool.bits, by, cause);
                }
                self.seen = next;
            }
            match (in_use, reserved) {
                (Some(_), _) => {}
                (None, Some(by)) => {
                    let last = self.last_free(pool, base, at, next, held);
                    // The first of them may lead back to the front, from where the others count.
                    self.move_behind(at);
                    if at < last {
                        self.move_behind(last);
                    }
                    let overlapped = match by.contains(candidate) && base.contains(by) {
                        true => by,
                        false if by.contains(base) => base,
                        false => candidate,
                    };
                    self.hold(overlapped, candidate, held);
                }
                (None, None) => {
                    self.move_behind(at);
                    return Some(candidate);
                }
            }
            at = next;
        }
        None
    }

    /// Keeps back the subnets within `block`, from `first` on, that are not in use.
    fn hold(&self, block: Block, first: Block, held: &mut Cover) {
        if block.last() < first.addr {
            return;
        }
        let in_use = [&self.by_hand, &self.handed_out, &*held].map(|it| it.overlapping(block));
        if in_use.iter().all(Option::is_none) && first.addr <= block.addr {
            held.insert(block);
        } else if block.bits < first.bits && !in_use.iter().flatten().any(|it| it.contains(block)) {
            let [lower, upper] = block.halves();
            self.hold(lower, first, held);
            self.hold(upper, first, held);
        }
    }

    /// The place of the last subnet from `at` to before `end` that is not in use.
    fn last_free(&self, pool: Pool, base: Block, at: u128, end: u128, held: &Cover) -> u128 {
        let mut last = end - 1;
        while at < last {
            let candidate = pool.subnet(base, last);
            let by = self
                .by_hand
                .overlapping(candidate)
                .or_else(|| self.handed_out.overlapping(candidate))
                .or_else(|| held.overlapping(candidate));
            match by {
                None => break,
                Some(by) => {
                    let first = by.addr.saturating_sub(base.addr) >> (128 - pool.bits);
                    last = (pool.start + first).min(last).saturating_sub(1).max(at);
                }
            }
        }
        last
    }

    /// `updatePredefinedStartIndex`: it counts from the old place, and knows no end of the list but the front.
    fn move_behind(&mut self, at: u128) {
        self.start = match self.start <= at && at + 1 < self.length {
            true => at + 1,
            false => 0,
        };
    }

    /// How many subnets of the pools are neither in use nor reserved.
    pub fn room(&self) -> Count {
        let mut away = self.reserved.clone();
        away.extend(&self.by_hand);
        away.extend(&self.handed_out);
        let mut room = Count::ZERO;
        for pool in &self.pools {
            if let Some(base) = pool.base {
                room = room.plus(away.room(base, pool.bits));
                away.insert(base);
            }
        }
        room
    }
}

impl Pool {
    /// The subnet at a place of the list that is in this pool.
    fn subnet(self, base: Block, at: u128) -> Block {
        let offset = (at - self.start).checked_shl((128 - self.bits).into());
        Block { addr: base.addr + offset.unwrap_or(0), bits: self.bits }
    }

    /// The place after `at` and all that overlaps `by`.
    fn behind(self, base: Block, at: u128, by: Block) -> u128 {
        let last = by.last().min(base.last()) - base.addr;
        let last = last.checked_shr((128 - self.bits).into()).unwrap_or(0);
        (self.start + last).max(at) + 1
    }
}

/// How many different subnets the Engine cuts from a pool, as a power of two; `None` for none at all.
///
/// It counts in 64 bits: of IPv6 only the lower half of the address is counted through, and a pool of 2^64 subnets has
/// none.
pub(super) fn distinct(pool: AddressPool) -> Option<u8> {
    let capacity = pool.capacity();
    let most = match pool.base().family() {
        Family::Ipv4 => 32,
        Family::Ipv6 => 64_u8.saturating_sub(capacity.addresses_exponent),
    };
    let split = capacity.networks_exponent;
    (split < 64).then(|| split.min(most))
}
