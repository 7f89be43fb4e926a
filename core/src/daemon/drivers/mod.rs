//! Which driver does the daemon use, and where does that keep things?

pub mod cgroup_driver;
pub mod image_store;
pub mod log_driver;
