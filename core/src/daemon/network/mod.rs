//! Which subnets will the Engine hand out, and which networks must it keep clear of?

mod allocator;
mod avoid;
mod clearance;
mod forecast;
pub mod map;
pub mod pasted;
mod plan;
mod pools;
pub mod proposal;
mod right_now;
pub(crate) mod space;
mod start_block;
mod told;
mod trade;
mod written;

pub use allocator::{Allocator, Cause, NoSubnet, Skipped, Skips, Taken};
pub use avoid::{Avoid, Avoided};
pub(crate) use avoid::{disjoint, overlapping};
pub use clearance::{Clearance, HandedOut, Hit, LIMITS, Outlook, Part};
pub use forecast::{Forecast, Recipient, Situation, Step};
pub use pasted::{Pasted, Role};
pub use plan::{AddressPlan, DefaultBridge, Fate, Origin, PlannedPool, PoolSpans};
pub use pools::{AddressPool, Capacity, Count, Unfit, default_pools, swarm_pool};
pub use proposal::{Proposal, Wish, propose};
pub use right_now::Remedy;
pub use start_block::StartBlock;
pub use told::NETWORKS;
pub(crate) use told::problems;
pub use trade::Trade;
pub use written::{Reading, WrittenPool, written_pools};
