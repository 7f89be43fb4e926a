//! Words of a command: of a shell's line, of a unit of systemd, of a variable that holds options.
//!
//! Nothing here knows what the words mean. A word keeps the bytes it was read from, part by part, so that a diagnostic
//! can point at any part of it.

mod lexer;
mod quote;
pub mod unit;
mod word;

pub use lexer::{Token, tokens};
pub use quote::quote;
pub use word::Word;

/// How words are set apart and quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// As a shell does: quotes, backslashes, comments, `\` at the end of a line.
    Shell,
    /// As a shell does, and a line break is white space: flags pasted without their command.
    Flags,
    /// As systemd does in `ExecStart=`.
    ///
    /// Source: systemd.service(5), *Command lines*; systemd.syntax(7), *Quoting*.
    Unit,
    /// Within a variable's value, which is in such quotes: what reads the variable splits at white space alone.
    Variable(Option<char>),
    /// As systemd does, within a string of Nix in `"` or `''`: nothing that Nix itself would take for something else.
    Nix(&'static str),
}

impl Quoting {
    /// Whether it follows systemd's rules.
    pub fn is_unit(self) -> bool {
        matches!(self, Self::Unit | Self::Nix(_))
    }
}

#[cfg(test)]
mod tests;
