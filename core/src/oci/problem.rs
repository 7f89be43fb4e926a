//! What could not be read, or is not what an option takes?

use crate::text::Span;

/// Something that is wrong with what a text says of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// Its bytes.
    pub span: Span,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// An option that no module declares.
    UnknownOption {
        /// The place it is at, as the table has it.
        place: &'static str,
        /// Its name.
        name: String,
        /// The name that was likely meant.
        near: Option<&'static str>,
    },
    /// A value of another kind than the option takes.
    WrongKind {
        /// The option.
        option: String,
        /// What it takes, with an article.
        wanted: &'static str,
        /// What it is given, with an article.
        found: &'static str,
    },
    /// A value that is none of those that an option takes.
    NotAmong {
        /// The option.
        option: String,
        /// The values.
        values: &'static [&'static str],
    },
    /// Two values for an option that takes one.
    Conflict {
        /// The option.
        option: String,
        /// The bytes of the other one.
        other: Span,
    },
    /// A container waits for one that is not there.
    NoSuchContainer(String),
    /// A network, volume, build or pod that is not there.
    NoSuchUnit(String),
    /// A container without an image.
    ImageMissing(String),
}
