//! YAML as people type it: how it is read, whatever it says, and what its plain words stand for.
//!
//! No word of Docker is in here.

mod build;
mod problems;
mod read;
mod recover;
mod scalar;
mod shadow;
pub mod words;

pub use read::{Reading, Tag, read};
pub use scalar::{is_plain, resolve};

#[cfg(test)]
mod tests;
