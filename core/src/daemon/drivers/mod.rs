//! Which drivers does the daemon use, and what follows from that?

pub mod cgroup_driver;
pub mod image_store;
pub mod log_driver;
