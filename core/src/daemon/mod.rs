//! The settings of the Docker daemon: what they mean, what is wrong with them, and how they are written down.

// First, because its `say!` counts for the rules.
#[macro_use]
#[path = "voice/worded.rs"]
mod voice;

mod analyze;
pub mod bytes;
#[allow(clippy::duplicate_mod)] // on purpose: see glance.rs
pub mod check;
mod checked;
pub mod dialect;
pub mod drivers;
pub mod examples;
pub mod foreign;
#[cfg(not(test))]
mod glance;
pub mod late;
mod listing;
pub mod messages;
pub mod network;
pub mod nixos;
pub mod options;
pub mod print;
#[cfg(feature = "prose")]
pub mod prose;
pub mod settings;
mod spoken;

pub use checked::Checked;
pub use listing::{EXPLAINING, Explaining, LISTING, Listing};

pub use analyze::{MAX_TEXT, Report, Request, Taken, analyze};
#[cfg(not(test))]
pub use glance::{Glance, glance, is_glanced_at};
