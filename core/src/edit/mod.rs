//! Which bytes change when a setting changes? Intents become edits of the text.

pub mod json;

use crate::{
    diagnostic::{Span, TextEdit},
    document::Document,
    value::Value,
};

/// Something to be changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Writes `value` in place of the value at `span`.
    Replace {
        /// The bytes of a value.
        span: Span,
        /// What is written there.
        value: Value,
    },
    /// Takes out the member or element whose value is at `span`, with its comma and its line.
    Remove {
        /// The bytes of a value.
        span: Span,
    },
    /// Gives the key at `key` another name.
    Rename {
        /// The bytes of a key, quotes included.
        key: Span,
        /// The new name.
        name: String,
    },
    /// Sets what lies at `path`, making the objects and lists on the way that are missing.
    Set {
        /// From the top of the document.
        path: Vec<Step>,
        /// What is written there.
        value: Value,
    },
    /// Takes out everything at `path`: every occurrence of a key that repeats.
    Unset {
        /// From the top of the document.
        path: Vec<Step>,
    },
}

/// One step of a path into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into the member of this name; of several, the one that counts.
    Key(String),
    /// Into the element at this index; one past the last appends.
    Index(usize),
}

impl Step {
    /// The path of a top-level key.
    pub fn top(key: impl Into<String>) -> Vec<Self> {
        vec![Self::Key(key.into())]
    }
}

/// The change cannot be made in this text: its place is gone, or broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CannotEdit;

/// Returns the sorted, disjoint edits that carry out a change and leave every other byte as it is.
///
/// # Errors
///
/// [`CannotEdit`] when nothing stands at the place to be changed, such as
/// replacing a value in a text that has since become `{`.
pub fn edit(text: &str, document: &Document, change: &Change) -> Result<Vec<TextEdit>, CannotEdit> {
    json::edit(text, document, change)
}

/// The text after sorted, disjoint edits.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        result.push_str(text.get(at..edit.span.start).unwrap_or_default());
        result.push_str(&edit.text);
        at = edit.span.end;
    }
    result.push_str(text.get(at..).unwrap_or_default());
    result
}
