//! Words of a command: of a shell's line, of a unit of systemd, of a variable that holds options.
//!
//! Nothing here knows what the words mean. A word keeps the bytes it was read from, part by part, so that a diagnostic
//! can point at any part of it.

mod lexer;
mod quote;
pub mod unit;
mod word;

pub(crate) use lexer::expansion_length;
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
    /// As a shell does, within the quotes of a word that it is handed after `-c`.
    Script {
        /// The quotes, without a backslash between them; `None` for a single word without any.
        outer: Option<char>,
        /// Whether systemd reads them, which knows `%h`, and takes `$$` for a dollar.
        in_unit: bool,
    },
    /// As `cmd.exe` and PowerShell hand them to a program: double quotes, and backslashes as they are.
    ///
    /// Source: Microsoft, *Parsing C command-line arguments*.
    Windows,
    /// What lies between blanks, as a list of processes shows it; `…` stands for what it leaves out.
    Shown,
    /// The strings of a list: `["dockerd", "--debug"]`.
    List,
}

impl Quoting {
    /// Whether it follows systemd's rules.
    pub fn is_unit(self) -> bool {
        matches!(self, Self::Unit | Self::Nix(_))
    }

    /// Whether a shell reads it: operators, comments, redirections.
    fn is_shell(self) -> bool {
        matches!(self, Self::Shell | Self::Flags | Self::Script { .. })
    }

    /// Whether a line break ends a command.
    fn ends_at_line(self) -> bool {
        matches!(self, Self::Shell | Self::Script { .. } | Self::Windows | Self::Shown)
    }

    /// Whether it is a script that systemd hands to a shell.
    fn is_script_of_unit(self) -> bool {
        matches!(self, Self::Script { in_unit: true, .. })
    }
}

#[cfg(test)]
mod tests;
