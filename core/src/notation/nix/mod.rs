//! Nix as people type it: how it is read, what it comes to without being run, how it is changed and written.
//!
//! No word of Docker or of NixOS's options is in here; what modules wrap values in (`mkIf`, `mkForce`) is.

mod evaluate;
mod json;
mod layout;
mod lex;
mod library;
mod parse;
mod read;
mod strings;
mod syntax;
pub mod value;
mod write;

pub use read::{Reading, read};
pub(crate) use write::{Binding, Nix, Unholdable, integer, number, string, whole, write};

#[cfg(test)]
mod read_tests;
#[cfg(test)]
pub(crate) mod write_tests;
