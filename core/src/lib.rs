//! Drydock reads Docker daemon settings, says what is wrong with them, and writes them down as `daemon.json` or Nix.

/// Words a message, as `format!` does: the rules are compiled once more in [`glance()`], where it says nothing.
macro_rules! say {
    ($($words:tt)+) => {
        ::std::format!($($words)+)
    };
}

pub mod assist;
pub mod cgroup_driver;
#[allow(clippy::duplicate_mod)] // on purpose: see glance.rs
pub mod check;
pub mod daemon_words;
pub mod diagnostic;
pub mod document;
pub mod edit;
pub mod effective;
pub mod engine;
pub mod examples;
mod find;
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
#[cfg(not(test))]
mod glance;
mod verdict;

pub use analyze::{MAX_TEXT, Report, Request, analyze};
pub use engine::Engine;
#[cfg(not(test))]
pub use glance::{Glance, glance};
pub use verdict::Verdict;
