//! A text that was written down, and what to know about it.

use crate::{
    rule::diagnostic::Severity,
    text::{Role, Span},
};

/// What a text comes to, written down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printed {
    /// The text; empty when there is an [`error`](Self::error).
    pub text: String,
    /// The pieces of the text that have a role, in order and disjoint.
    pub spans: Vec<(Span, Role)>,
    /// What to know about it.
    pub notes: Vec<Note>,
    /// Why there is no text.
    pub error: Option<Note>,
}

/// Something to know about a printed text.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// How much it matters.
    pub severity: Severity,
    /// What there is to know, in sentences.
    pub message: String,
    /// The bytes of the source that it is about.
    pub span: Option<Span>,
}

impl Note {
    /// Something to know that is about no place of the source.
    pub fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self { severity, message: message.into(), span: None }
    }
}
