//! Which bytes change when a setting changes? Intents become edits of the text.

use crate::{
    document::{CannotEdit, Change, Document, Step, Value},
    schema::Schema,
    text::{Edits, Span, TextEdit},
};

/// Returns the edits that carry out a change and leave every other byte as it is.
///
/// # Errors
///
/// [`CannotEdit`] when there is nothing at the place to be changed, for example
/// when replacing a value in a text that has since become `{`.
pub fn edit(text: &str, document: &Document, change: &Change) -> Result<Edits, CannotEdit> {
    (document.dialect.edit)(text, document, change)
}

/// Whether settings can be added to a text: it is an object, or still empty.
pub fn takes_settings(text: &str, document: &Document) -> bool {
    let path = Step::top("a key that no text has");
    let value = Value::Null;
    edit(text, document, &Change::Set { path, value }).is_ok()
}

/// Returns the edits that carry out changes by path one after the other.
///
/// # Errors
///
/// [`CannotEdit`] when one of them cannot be made, such as setting `bip` in `[]`.
pub fn edit_all(text: &str, document: &Document, changes: &[Change]) -> Result<Edits, CannotEdit> {
    let mut pieces = vec![Piece::Old(Span::new(0, text.len()))];
    let mut now: Option<(String, Document)> = None;
    for change in changes {
        let (before, document) = match &now {
            Some((text, document)) => (text.as_str(), document),
            None => (text, document),
        };
        let edits = edit(before, document, change)?;
        let after = edits.apply(before);
        pieces = spliced(pieces, &edits);
        let document = document.dialect.read(&after);
        now = Some((after, document));
    }
    Ok(edits_of(pieces, text.len()))
}

/// The value within the objects and lists that the steps of a path from one on lead through.
pub(crate) fn wrapped(schema: &Schema, path: &[Step], from: usize, value: Value) -> Result<Value, CannotEdit> {
    let mut value = value;
    for at in (from..path.len()).rev() {
        value = match path.get(at) {
            Some(Step::Key(name)) => {
                let naming = naming(schema, path.get(..at).unwrap_or_default());
                let naming = naming.filter(|it| !name.eq_ignore_ascii_case(it.0));
                let naming = naming.map(|it| (it.0.to_owned(), Value::string(it.1)));
                Value::Map(naming.into_iter().chain([(name.clone(), value)]).collect())
            }
            Some(Step::Index(0)) => Value::List(vec![value]),
            Some(Step::Index(_)) | None => return Err(CannotEdit),
        };
    }
    Ok(value)
}

/// The member that repeats the name of the entry at a path, and that name.
fn naming<'a>(schema: &Schema, path: &'a [Step]) -> Option<(&'static str, &'a str)> {
    let (Step::Key(entry), map) = path.split_last()? else {
        return None;
    };
    Some((schema.naming_member(&Step::in_table(map, schema))?, entry))
}

/// A part of a text that is being edited.
enum Piece {
    /// Bytes of the text as it was.
    Old(Span),
    /// New text.
    New(String),
}

impl Piece {
    /// Its first bytes and the rest.
    fn split(self, at: usize) -> (Self, Self) {
        match self {
            Self::Old(span) => {
                let middle = span.end.min(span.start + at);
                let (first, rest) = (Span::new(span.start, middle), Span::new(middle, span.end));
                (Self::Old(first), Self::Old(rest))
            }
            Self::New(mut text) => {
                let at = (0..=at.min(text.len())).rev().find(|it| text.is_char_boundary(*it));
                let rest = text.split_off(at.unwrap_or(0));
                (Self::New(text), Self::New(rest))
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Old(span) => span.end - span.start,
            Self::New(text) => text.len(),
        }
    }
}

/// The pieces after sorted, disjoint edits of the text that they make up.
fn spliced(pieces: Vec<Piece>, edits: &[TextEdit]) -> Vec<Piece> {
    let mut result = Vec::new();
    let mut at = 0;
    let mut edits = edits.iter().peekable();
    let mut is_written = false;
    for mut piece in pieces {
        let end = at + piece.len();
        while let Some(edit) = edits.peek().filter(|it| it.span.start <= end) {
            if !is_written {
                let (kept, rest) = piece.split(edit.span.start - at);
                result.push(kept);
                result.push(Piece::New(edit.text.clone()));
                (piece, at) = (rest, edit.span.start);
                is_written = true;
            }
            let stop = edit.span.end.min(end);
            (_, piece) = piece.split(stop - at);
            at = stop;
            if edit.span.end > end {
                break;
            }
            edits.next();
            is_written = false;
        }
        at = end;
        result.push(piece);
    }
    result
}

/// The edits that make a text of `length` bytes into its pieces.
fn edits_of(pieces: Vec<Piece>, length: usize) -> Edits {
    let mut edits = Vec::new();
    let mut at = 0;
    let mut new = String::new();
    let mut until = |at: usize, new: &mut String, start: usize| {
        if at < start || !new.is_empty() {
            let span = Span::new(at, start);
            let text = std::mem::take(new);
            edits.push(TextEdit { span, text });
        }
    };
    for piece in pieces {
        match piece {
            Piece::New(text) => new.push_str(&text),
            Piece::Old(span) if span.start == span.end => {}
            Piece::Old(span) => {
                until(at, &mut new, span.start);
                at = span.end;
            }
        }
    }
    until(at, &mut new, length);
    Edits::of(edits)
}
