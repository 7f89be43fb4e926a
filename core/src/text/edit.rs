//! Changes of a text: new text in place of some of its bytes.

use std::ops::Deref;

use super::Span;
use crate::text::order;

/// Text that replaces the bytes of `span`; an insertion when the span is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TextEdit {
    /// What is replaced.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// Edits of one text, in its order and disjoint, so that all of them can be applied at once.
///
/// ```
/// use drydock::text::{Edits, Span, TextEdit};
///
/// let edit = |start, end, text: &str| TextEdit { span: Span::new(start, end), text: text.to_owned() };
/// let edits = Edits::of(vec![edit(4, 5, "E"), edit(0, 2, "A"), edit(1, 3, "lost")]);
/// assert_eq!(edits.len(), 2);
/// assert_eq!(edits.apply("abcde"), "AcdE");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Edits(Vec<TextEdit>);

impl Edits {
    /// No edits.
    pub const NONE: Self = Self(Vec::new());

    /// Edits in any order. Of two that overlap, the later one in the text is left out.
    pub fn of(mut edits: Vec<TextEdit>) -> Self {
        let are_in_order = edits.is_sorted_by(|a, b| a.span <= b.span);
        if !are_in_order {
            order::sort(&mut edits, |a, b| a.span.cmp(&b.span));
        }
        let mut end = 0;
        edits.retain(|it| {
            let is_apart = end <= it.span.start;
            if is_apart {
                end = it.span.end;
            }
            is_apart
        });
        Self(edits)
    }

    /// The single edit that writes `text` in place of `span`.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self(vec![TextEdit { span, text: text.into() }])
    }

    /// These edits and others of the same text.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self::of(self.into_iter().chain(others).collect())
    }

    /// The text with all of them applied.
    pub fn apply(&self, text: &str) -> String {
        let mut result = String::with_capacity(text.len());
        let mut at = 0;
        for edit in &self.0 {
            result.push_str(text.get(at..edit.span.start).unwrap_or_default());
            result.push_str(&edit.text);
            at = edit.span.end;
        }
        result.push_str(text.get(at..).unwrap_or_default());
        result
    }
}

impl Deref for Edits {
    type Target = [TextEdit];

    fn deref(&self) -> &[TextEdit] {
        &self.0
    }
}

impl From<TextEdit> for Edits {
    fn from(edit: TextEdit) -> Self {
        Self(vec![edit])
    }
}

impl<'a> IntoIterator for &'a Edits {
    type Item = &'a TextEdit;
    type IntoIter = std::slice::Iter<'a, TextEdit>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for Edits {
    type Item = TextEdit;
    type IntoIter = std::vec::IntoIter<TextEdit>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
