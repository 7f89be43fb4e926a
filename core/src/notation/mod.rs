//! How is a text taken apart, whatever it says? One folder per notation.

pub mod json;
pub mod nix;
pub mod shell;
pub mod yaml;
