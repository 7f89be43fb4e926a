//! What do the values of flags say?

mod csv;
mod mount;
mod network;
mod port;
mod scalar;

pub use csv::fields;
pub use mount::{mount, tmpfs, volume};
pub use network::{Network, network};
pub use port::port;
pub use scalar::{amount, cpus, duration, restart, switch, whole};
