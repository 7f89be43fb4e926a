//! What is to be changed, and where?

use super::{MAX_DEPTH, Value};
use crate::{schema::Schema, text::Span};

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
    /// Takes out elements of the list at `path`.
    UnsetElements {
        /// From the top of the document.
        path: Vec<Step>,
        /// Which ones, in order; those beyond the last are not there already.
        indices: Vec<usize>,
    },
    /// Takes what lies at one path to another where nothing is yet.
    Move {
        /// From the top of the document: a member.
        from: Vec<Step>,
        /// Where it goes, its new name last.
        to: Vec<Step>,
    },
    /// Changes by path, one after the other.
    All(Vec<Change>),
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

    /// The path in a table of options that some steps from the top lead to: `runtimes.<name>.path`. Deeper than any
    /// option it is one that has none.
    pub fn in_table(steps: &[Self], schema: &Schema) -> String {
        if steps.len() > MAX_DEPTH {
            return "[]".to_owned();
        }
        steps.iter().fold(String::new(), |path, step| match step {
            Self::Index(_) => path + "[]",
            Self::Key(key) => schema.below(&path, key, schema.kind_of(&path)).path,
        })
    }
}

/// The change cannot be made in this text: its place is gone or damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CannotEdit;
