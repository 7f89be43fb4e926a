//! What could not be read, or works otherwise than it looks?

use super::{flags::Cli, script::SlipKind};
use crate::text::Span;

/// Something that could not be read as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// Its bytes.
    pub span: Span,
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq)]
pub enum ProblemKind {
    /// Something that works otherwise than it looks.
    Slip(SlipKind),
    /// A quote that nothing closes.
    Unclosed,
    /// A flag that neither program has.
    UnknownFlag {
        /// The program that was called.
        cli: Cli,
        /// As written, with its dashes.
        written: String,
        /// The name that was likely meant.
        near: Option<&'static str>,
    },
    /// A flag that the other program has.
    FlagOfOther {
        /// The program that was called.
        cli: Cli,
        /// The flag's long name.
        name: &'static str,
    },
    /// A long name behind one dash.
    OneDash {
        /// The long name.
        name: &'static str,
    },
    /// A flag without its value.
    ValueMissing {
        /// The flag's long name.
        name: &'static str,
    },
    /// A value that the flag does not take.
    Malformed {
        /// The flag's long name.
        name: &'static str,
        /// What is wrong with it: a sentence without a full stop.
        message: String,
        /// What to do, in sentences.
        help: String,
    },
    /// A command that the program does not have, or a program whose name is misspelt.
    UnknownCommand {
        /// What was likely meant.
        meant: Option<String>,
    },
    /// No image.
    ImageMissing,
    /// No name: of a network, of a volume.
    NameMissing,
    /// A `~` that no shell replaces, because it is not at the start of its word.
    TildeKept,
    /// A part that is not read: `loop`, `heredoc`.
    Refused(&'static str),
    /// Compose is called.
    Compose,
    /// A network is joined by a container that the text does not have.
    ContainerUnknown(String),
}

impl Malformed {
    /// Something wrong with `part`, which is a slice of `text`.
    pub fn at(text: &str, part: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        let part = match start.checked_add(part.len()) {
            Some(end) if end <= text.len() => start..end,
            _ => 0..text.len(),
        };
        Self { part, message: message.into(), help: help.into() }
    }
}

/// What is said of a value that is malformed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The part of the value that is wrong, from byte to byte.
    pub part: std::ops::Range<usize>,
    /// What is wrong with it.
    pub message: String,
    /// What to do.
    pub help: String,
}
