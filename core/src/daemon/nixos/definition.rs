//! What does a configuration say of one option, at one place?

use crate::{notation::nix::value::Value, text::Span};

/// One definition of an option; an option can have several, in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The names of the option, the outermost first: `virtualisation`, `docker`, `daemon`, `settings`.
    pub path: Vec<String>,
    /// The value, in the wrappers that it has or that are around it: `mkForce` of a set holds for each of its members.
    /// Of `daemon.settings`, everything below it.
    pub value: Value,
    /// The bytes of the last name of the path, as written.
    pub name: Span,
    /// The bytes from the path to the semicolon.
    pub binding: Span,
}
