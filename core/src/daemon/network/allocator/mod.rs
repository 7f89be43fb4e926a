//! Which subnet does the Engine hand out next?
//!
//! A model of its allocator, quirks included: `walk.rs` from 27.0 on, `rotation.rs` up to 26.1. A subnet from here
//! can still collide, as the Engine's can: check it before relying on it.
//!
//! Not modelled: networks that are removed again; 27.0.0 to 27.0.2, which could hand out a subnet twice (mended in
//! 27.0.3) and count as 27.0.3 here; more than twelve pools with one and the same base, of which Go's sort keeps any.

mod block;
mod cover;
mod rotation;
mod skipped;
#[cfg(test)]
mod tests;
mod walk;

pub use skipped::{Cause, Skipped, Skips};

use self::{block::Block, rotation::Rotation, walk::Walk};
use super::{AddressPool, Count};
use crate::{
    Engine,
    address::{Family, Subnet},
};

/// The allocator of an Engine for networks of one address family on one host.
///
/// As an iterator it hands out subnets, marks each as in use, and ends where the Engine says that all pools have been
/// used up. It has the Engine's quirks:
///
/// - Behind a reserved range nested in a wider one, Engines since 27.0 hand out subnets inside the wider one.
/// - With a pool at the very end of the address space they begin again at `0.0.0.0` or `::`, outside every pool, and may
///   then hand out the same subnet forever: take no more than you need.
/// - Up to 26.1, the Engine may find none and, asked again, find one.
///
/// Handing out n subnets in a row costs O(n log n), however many are in use and reserved; the first one after [`occupy`]
/// or [`reserve`] also O(m log m) for the m subnets in use and reserved. Up to 26.1 pools may overlap; a subnet in
/// several of them costs as many times.
///
/// ```
/// use drydock::{Engine, daemon::network::{Allocator, default_pools}, address::Family};
///
/// let mut allocator = Allocator::new(Engine::LATEST, &default_pools(), Family::Ipv4);
/// let docker0 = allocator.next().expect("nothing is in use yet");
/// assert_eq!(docker0.to_string(), "172.17.0.0/16");
/// assert!(allocator.occupy(docker0).is_err());
/// ```
///
/// [`occupy`]: Self::occupy
/// [`reserve`]: Self::reserve
#[derive(Clone, Debug)]
pub struct Allocator {
    family: Family,
    way: Way,
}

/// How an Engine looks for the next subnet.
#[derive(Clone, Debug)]
enum Way {
    /// Since 27.0.
    Walk(Box<Walk>),
    /// Up to 26.1.
    Rotation(Box<Rotation>),
}

/// A subnet is not available: it overlaps one that is in use.
///
/// The Engine says: "Pool overlaps with other one on this address space".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The one in use.
    pub by: Subnet,
}

/// No pool gives a subnet of the size asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSubnet {
    /// No pool is that wide. The Engine says: "invalid address pool".
    NoPool,
    /// No pool has room for it. The Engine says: "all predefined address pools have been fully subnetted".
    UsedUp,
}

impl Allocator {
    /// The allocator of an Engine with these pools, in the order written. Pools of the other family matter only up to
    /// 26.1, which keeps all pools in one list.
    pub fn new(engine: Engine, pools: &[AddressPool], family: Family) -> Self {
        let way = match engine.sorts_pools() {
            true => Way::Walk(Box::new(Walk::new(pools, family))),
            false => Way::Rotation(Box::new(Rotation::new(pools, family))),
        };
        Self { family, way }
    }

    /// Uses a subnet, as `docker network create --subnet` does. One of the other family changes nothing.
    ///
    /// # Errors
    ///
    /// [`Taken`] for 10.0.0.0/24 when 10.0.0.0/8 is in use, or 10.0.0.128/25.
    pub fn occupy(&mut self, subnet: Subnet) -> Result<(), Taken> {
        if subnet.family() != self.family {
            return Ok(());
        }
        let block = Block::of(subnet);
        let taken = match &mut self.way {
            Way::Walk(it) => it.occupy(block),
            Way::Rotation(it) => it.occupy(block),
        };
        taken.map_err(|by| Taken { by: by.subnet(self.family) })
    }

    /// Hands out a subnet of this prefix length from any pool that has room for one, as
    /// `docker network create --subnet 0.0.0.0/24` does since 29.0; 0 asks for any, as [`next`](Self::next) does.
    ///
    /// Source: moby daemon/libnetwork/ipams/defaultipam/allocator.go, `RequestPool`; read at docker-v29.7.2.
    ///
    /// # Errors
    ///
    /// [`NoSubnet::NoPool`] for 8 and a pool 10.0.0.0/16, and up to 26.1 always; [`NoSubnet::UsedUp`] for 16 and that
    /// pool, when 10.0.0.0/24 is in use.
    pub fn next_of_size(&mut self, prefix_len: u8) -> Result<Subnet, NoSubnet> {
        match &mut self.way {
            Way::Walk(it) => it.next_of_size(prefix_len),
            Way::Rotation(_) => Err(NoSubnet::NoPool),
        }
        .map(|it| it.subnet(self.family))
    }

    /// Keeps clear of these blocks: what the Engine finds on the host when it creates a network, that is, name servers
    /// and the networks that the host itself is connected to. [`occupy`](Self::occupy) ignores them.
    ///
    /// Source: moby daemon/libnetwork/netutils/utils_linux.go, `InferReservedNetworks`; read at docker-v29.7.2.
    pub fn reserve(&mut self, subnets: &[Subnet]) {
        let blocks = subnets.iter().filter(|it| it.family() == self.family).map(|it| Block::of(*it));
        match &mut self.way {
            Way::Walk(it) => it.reserve(blocks.collect()),
            Way::Rotation(it) => it.reserve(blocks.collect()),
        }
    }

    /// What was passed over so far, and why.
    pub fn skips(&self) -> &Skips {
        match &self.way {
            Way::Walk(it) => &it.skips,
            Way::Rotation(it) => &it.skips,
        }
    }

    /// How many subnets of the pools overlap none that is in use or reserved.
    ///
    /// At least that many are handed out; more come from inside nested reserved ranges since 27.0, and up to 26.1 from a
    /// pool that overlaps an earlier one.
    pub fn left(&self) -> Count {
        match &self.way {
            Way::Walk(it) => it.room(),
            Way::Rotation(it) => it.room(),
        }
    }
}

impl Iterator for Allocator {
    type Item = Subnet;

    fn next(&mut self) -> Option<Subnet> {
        let block = match &mut self.way {
            Way::Walk(it) => it.next(),
            Way::Rotation(it) => it.next(),
        };
        block.map(|it| it.subnet(self.family))
    }
}
