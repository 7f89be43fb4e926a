//! Nix as people type it: how it is read, what it comes to without being run, how it is changed and written.
//!
//! No word of Docker or of NixOS's options is in here; what modules wrap values in (`mkIf`, `mkForce`) is.

pub mod value;
mod write;

pub(crate) use write::{Binding, Nix, Unholdable, integer, number, string, whole, write};

#[cfg(test)]
pub(crate) mod write_tests;
