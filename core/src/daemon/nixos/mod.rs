//! What does NixOS make of the options that a configuration gives it?

mod definition;

pub use definition::Definition;
