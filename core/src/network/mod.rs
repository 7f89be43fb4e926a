//! Which subnets will the Engine hand out? Subnets, address pools, and the plan that follows from the settings.

mod malformed;
mod plan;
mod pools;
mod scope;
mod subnet;
mod written;

pub use malformed::{Malformed, malformed};
pub use plan::{AddressPlan, DefaultBridge, Fate, Origin, PlannedPool, PoolSpans};
pub use pools::{AddressPool, Capacity, Count, Unfit, default_pools};
pub use scope::Scope;
pub use subnet::Subnet;
pub use written::{Reading, WrittenPool, written_pools};
