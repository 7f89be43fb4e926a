//! What is not what an option takes?

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
    /// An option that the module does not declare.
    UnknownOption {
        /// Its name.
        name: String,
        /// The name that was likely meant.
        near: Option<&'static str>,
    },
    /// An option that is gone.
    RemovedOption(String),
    /// A value of another kind than the option takes.
    WrongKind {
        /// The option.
        option: &'static str,
        /// What it takes, with an article.
        wanted: &'static str,
        /// What it is given, with an article.
        found: &'static str,
    },
    /// Two values for an option that takes one.
    Conflict {
        /// The option.
        option: &'static str,
        /// The bytes of the other one.
        other: Span,
    },
}
