//! Drydock reads Docker daemon settings, says what is wrong with them, and writes them down as `daemon.json` or Nix.

pub mod assist;
pub mod cgroup_driver;
pub mod check;
pub mod daemon_words;
pub mod diagnostic;
pub mod document;
pub mod edit;
pub mod effective;
pub mod engine;
pub mod examples;
pub mod go;
pub mod host;
pub mod image_store;
pub mod link;
pub mod log_driver;
pub mod network;
pub mod options;
pub mod order;
pub mod print;
#[cfg(feature = "prose")]
pub mod prose;
pub mod read;
pub mod settings;
pub mod terminal;
pub mod value;
mod words;

mod analyze;

pub use analyze::{MAX_TEXT, Report, Request, analyze};
pub use engine::Engine;
