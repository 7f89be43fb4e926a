//! Which addresses, whatever they are used for? Subnets, and what is known of them.

mod collisions;
pub mod known;
mod malformed;
mod scope;
mod subnet;

pub use collisions::{Collision, Collisions};
pub use known::KnownNetwork;
pub use malformed::{Malformed, malformed};
pub use scope::Scope;
pub use subnet::{Family, Subnet};
