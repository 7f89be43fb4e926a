//! What does NixOS make of the options that a configuration gives it?

mod case;
mod definition;
mod flags;
mod flaw;
mod kinds;
mod merge;
pub mod options;
mod outcome;
mod told;
pub(crate) mod written;

pub use definition::Definition;
pub use flaw::{Assertion, Flaw, FlawKind};
pub use kinds::Type;
pub use merge::{Content, Merged, Opaque, Origin};
pub use outcome::{Daemon, Outcome, Taken};

#[cfg(test)]
mod tests;
