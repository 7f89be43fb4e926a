//! What is true of Docker, whatever is configured? Engines, hosts, and how Go reads text.

pub mod engine;
pub mod go;
pub mod host;
pub mod source;

pub use engine::Engine;
