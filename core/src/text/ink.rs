//! Printed text, and what each piece of it is.

use super::Span;

/// What a piece of printed text is, for highlighting it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The name of a setting.
    Key,
    /// A string, quotes included.
    String,
    /// A number.
    Number,
    /// `true`, `null`, a keyword, a function.
    Word,
    /// A comment.
    Comment,
    /// Brackets and separators.
    Punctuation,
}

/// Text under construction, and the role of its pieces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ink {
    pub text: String,
    pub spans: Vec<(Span, Role)>,
}

impl Ink {
    /// Adds a piece that has a role.
    pub fn put(&mut self, role: Role, text: &str) {
        self.mark(role, |ink| ink.space(text));
    }

    /// Adds white space.
    pub fn space(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Gives one role to everything that `write` adds.
    pub fn mark(&mut self, role: Role, write: impl FnOnce(&mut Self)) {
        let start = self.text.len();
        write(self);
        self.spans.push((Span::new(start, self.text.len()), role));
    }
}
