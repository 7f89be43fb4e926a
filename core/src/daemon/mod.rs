//! The settings of the Docker daemon.

pub mod dialect;
