//! Which subnets will the Engine hand out, and which networks must it keep clear of?

mod allocator;
mod avoid;
mod clearance;
mod collisions;
mod forecast;
pub mod known;
mod malformed;
pub mod map;
pub mod pasted;
mod plan;
mod pools;
pub mod proposal;
mod right_now;
mod scope;
mod space;
mod start_block;
mod subnet;
mod trade;
mod written;

pub use allocator::{Allocator, Cause, NoSubnet, Skipped, Skips, Taken};
pub use avoid::{Avoid, Avoided};
pub use clearance::{Clearance, HandedOut, Hit, LIMITS, Outlook, Part};
pub use collisions::{Collision, Collisions};
pub use forecast::{Forecast, Recipient, Situation, Step};
pub use known::KnownNetwork;
pub use malformed::{Malformed, malformed};
pub use pasted::{Pasted, Role};
pub use plan::{AddressPlan, DefaultBridge, Fate, Origin, PlannedPool, PoolSpans};
pub use pools::{AddressPool, Capacity, Count, Unfit, default_pools, swarm_pool};
pub use proposal::{Proposal, Wish, propose};
pub use right_now::Remedy;
pub use scope::Scope;
pub use start_block::StartBlock;
pub use subnet::{Family, Subnet};
pub use trade::Trade;
pub use written::{Reading, WrittenPool, written_pools};
