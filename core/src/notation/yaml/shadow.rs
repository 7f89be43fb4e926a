//! Where in a text is a byte of what was read in its place?

use crate::text::{Span, TextEdit};

/// A text with its mistakes mended, and how its bytes belong to the text as written.
#[derive(Debug)]
pub(super) struct Shadow {
    /// What is read.
    pub text: String,
    /// What was changed: places of the text as written, in order and apart.
    edits: Vec<TextEdit>,
    /// Where each part of the new text begins, and what it is a part of.
    parts: Vec<(usize, Part)>,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    /// Bytes from here on, as written.
    Kept(usize),
    /// What stands for these bytes.
    New(Span),
}

impl Shadow {
    /// A text as written.
    pub fn of(text: &str) -> Self {
        Self::with(text, Vec::new())
    }

    /// The text as written, with these edits, which are in order and apart.
    fn with(text: &str, edits: Vec<TextEdit>) -> Self {
        let mut shadow = Self { text: String::with_capacity(text.len()), edits, parts: Vec::new() };
        let mut at = 0;
        for edit in &shadow.edits {
            shadow.parts.push((shadow.text.len(), Part::Kept(at)));
            shadow.text.push_str(text.get(at..edit.span.start).unwrap_or_default());
            shadow.parts.push((shadow.text.len(), Part::New(edit.span)));
            shadow.text.push_str(&edit.text);
            at = edit.span.end;
        }
        shadow.parts.push((shadow.text.len(), Part::Kept(at)));
        shadow.text.push_str(text.get(at..).unwrap_or_default());
        shadow
    }

    /// The byte as written that a byte of the new text belongs to.
    pub fn original(&self, at: usize) -> usize {
        let behind = self.parts.partition_point(|it| it.0 <= at);
        match behind.checked_sub(1).and_then(|it| self.parts.get(it)) {
            Some((start, Part::Kept(kept))) => kept + (at - start),
            Some((start, Part::New(span))) => span.end.min(span.start + (at - start)),
            None => at,
        }
    }

    /// The bytes as written that bytes of the new text belong to.
    pub fn original_span(&self, span: Span) -> Span {
        let start = self.original(span.start);
        Span::new(start, self.original(span.end).max(start))
    }

    /// The text with more edits, given by places of the new text; where they touch what was edited before, nothing is left
    /// of either but blanks.
    pub fn and(&self, written: &str, more: &[TextEdit]) -> Self {
        let mut edits = self.edits.clone();
        for edit in more {
            let mut span = self.original_span(edit.span);
            let mut text = edit.text.clone();
            let first = edits.partition_point(|it| it.span.end < span.start);
            let touching = edits.iter().skip(first).take_while(|it| it.span.start <= span.end).count();
            if touching > 0 {
                let old = edits.drain(first..first + touching);
                span = old.fold(span, |span, it| span.to(it.span));
                text = blanks(span.of(written));
            }
            edits.insert(first, TextEdit { span, text });
        }
        Self::with(written, edits)
    }
}

/// As many lines, with nothing in them.
pub(super) fn blanks(text: &str) -> String {
    text.bytes().map(|it| if it == b'\n' { '\n' } else { ' ' }).collect()
}
