//! Where in a text does a person point or type?

use super::Step;
use crate::{schema::Schema, text::Span};

/// A place in a text, in terms of its settings, whatever the dialect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// From the top to what stands or belongs there; a key that is still to be written is empty.
    pub path: Vec<Step>,
    /// The key or the plain value there.
    pub token: Option<Span>,
    /// Whether a key belongs there, and not a value.
    pub wants_key: bool,
    /// Whether a value follows already.
    pub has_value: bool,
    /// The keys beside it that cannot be written there again.
    pub siblings: Vec<String>,
}

impl Place {
    /// The path in a table of options of what belongs there.
    pub fn in_table(&self, schema: &Schema) -> String {
        Step::in_table(&self.path, schema)
    }

    /// The path in a table of options of the object or list that it is in.
    pub fn parent_in_table(&self, schema: &Schema) -> String {
        let parent = self.path.split_last().map_or(&[][..], |it| it.1);
        Step::in_table(parent, schema)
    }
}
