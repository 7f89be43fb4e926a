//! What does NixOS make of the options that a configuration gives it?

mod definition;
mod flags;
mod flaw;
mod kinds;
mod merge;
pub mod options;
mod outcome;
mod told;
mod written;

pub use definition::Definition;
pub use flaw::{Assertion, Flaw, FlawKind};
pub use kinds::Type;
pub use merge::{Content, Merged, Opaque, Origin};
pub use outcome::{Daemon, Outcome, Taken};

/// What a text of Nix says of options, in its order.
pub(crate) fn definitions(_: &str) -> Vec<Definition> {
    Vec::new()
}

#[cfg(test)]
mod tests;
