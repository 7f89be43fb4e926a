//! Nix as people type it: how it is read, what it comes to without being run, how it is changed and written.
//!
//! No word of Docker or of NixOS's options is in here; what modules wrap values in (`mkIf`, `mkForce`) is.

mod definitions;
mod evaluate;
pub(crate) mod free;
mod ink;
mod json;
mod layout;
mod lex;
mod library;
mod open;
pub(crate) mod outline;
mod parse;
mod place;
mod read;
mod strings;
mod syntax;
mod told;
mod undefined;
pub mod value;
mod write;

pub(crate) use definitions::{DEPTH, Def, bare, members, weighed};
pub use ink::ink;
pub use open::Open;
pub(crate) use open::{name_of, placeholder};
pub(crate) use place::{Spot, spot, uses};
pub use read::{Reading, read, read_filling};
pub(crate) use told::in_words;
pub(crate) use write::{
    Binding, Nix, Unholdable, indented, integer, number, push_string, string, whole, write, write_binding,
    write_commented, write_element, write_inline, write_name, write_value,
};

#[cfg(test)]
mod read_tests;
#[cfg(test)]
pub(crate) mod write_tests;
