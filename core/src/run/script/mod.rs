//! Which commands does a text hold, as people print them in instructions?

mod commands;
mod mask;

pub(in crate::run) use commands::program;
pub use commands::{Command, Refused, Script, script};
pub use mask::{Slip, SlipKind};
