//! What an editor asks while a person points and types.

use crate::text::Span;

/// What is to be said of a place of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The place.
    pub span: Span,
    /// What it is: `--publish`.
    pub title: String,
    /// What there is to know, in sentences.
    pub text: String,
    /// Facts, each with a label.
    pub facts: Vec<(&'static str, String)>,
}

/// What could be written at a place of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// The part of the text that it replaces.
    pub span: Span,
    /// The likeliest first.
    pub items: Vec<Item>,
}

/// Something that could be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What it is called; matched with what is typed.
    pub label: String,
    /// A few words behind it.
    pub detail: String,
    /// A sentence beside it.
    pub info: String,
    /// What is written.
    pub insert: String,
    /// Where the caret goes, in bytes of `insert`; its end where nothing is said.
    pub caret: Option<usize>,
    /// Whether values are offered after it.
    pub is_key: bool,
}
