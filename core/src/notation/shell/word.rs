//! A word of a command: what it says, and which bytes say it.

use std::ops::Range;

use crate::text::Span;

/// A word, its quotes and escapes resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The bytes it was read from, quotes included.
    pub span: Span,
    /// What the program is handed.
    pub text: String,
    /// The first part that is filled in later: `$NAME`, `$(command)`, `~`, `%h`. The text has it as written.
    pub unread: Option<Span>,
    /// The quote that nothing closes.
    pub unclosed: Option<Span>,
    pieces: Vec<Piece>,
}

/// Bytes of the word's text, and where they come from.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    /// The offset in the word's text.
    at: usize,
    /// How many bytes of it.
    length: usize,
    /// The bytes they come from; as many of them where they stand as they are.
    raw: Span,
    /// Whether it is filled in later.
    is_unread: bool,
}

impl Word {
    /// The bytes that the part `from..to` of the text comes from, as far as possible without the quotes around it.
    pub fn raw(&self, from: usize, to: usize) -> Span {
        match from < to {
            true => Span::new(self.start(from), self.end(to)),
            false => Span::empty(self.end(from)),
        }
    }

    /// Where the byte at `offset` of the text begins.
    fn start(&self, offset: usize) -> usize {
        match self.piece(offset) {
            Some(it) if it.raw.end - it.raw.start == it.length => it.raw.start + (offset - it.at),
            Some(it) => it.raw.start,
            None => self.end(offset),
        }
    }

    /// Where the text before `offset` ends; after the opening quote of a word that begins with one.
    pub fn end(&self, offset: usize) -> usize {
        let last = offset.checked_sub(1).and_then(|it| self.piece(it));
        match last {
            Some(it) if it.raw.end - it.raw.start == it.length => it.raw.start + (offset - it.at),
            Some(it) => it.raw.end,
            None => self.pieces.first().map_or(self.span.start, |it| it.raw.start),
        }
    }

    fn piece(&self, offset: usize) -> Option<&Piece> {
        let behind = self.pieces.partition_point(|it| it.at + it.length <= offset);
        self.pieces.get(behind).filter(|it| it.at <= offset)
    }

    /// The parts that are filled in later: the range of the text, and the bytes.
    pub fn unread_parts(&self) -> impl Iterator<Item = (Range<usize>, Span)> {
        self.pieces.iter().filter(|it| it.is_unread).map(|it| (it.at..it.at + it.length, it.raw))
    }

    /// Whether the part `from..to` of the text stands as it is, without a quote or an escape in it.
    pub fn is_plain(&self, from: usize, to: usize) -> bool {
        let raw = self.raw(from, to);
        raw.end - raw.start == to - from && self.unread.is_none()
    }
}

/// A word under construction.
#[derive(Debug)]
pub(super) struct Draft {
    start: usize,
    text: String,
    pieces: Vec<Piece>,
    unread: Option<Span>,
    unclosed: Option<Span>,
}

impl Draft {
    pub(super) fn at(start: usize) -> Self {
        Self { start, text: String::new(), pieces: Vec::new(), unread: None, unclosed: None }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds bytes that stand as they are.
    pub(super) fn plain(&mut self, at: usize, text: &str) {
        let raw = Span::new(at, at + text.len());
        match self.pieces.last_mut() {
            Some(last) if last.raw.end == at && last.raw.end - last.raw.start == last.length && !last.is_unread => {
                last.raw.end = raw.end;
                last.length += text.len();
                self.text.push_str(text);
            }
            _ => self.other(raw, text),
        }
    }

    /// Adds what other bytes stand for.
    pub(super) fn other(&mut self, raw: Span, text: &str) {
        self.pieces.push(Piece { at: self.text.len(), length: text.len(), raw, is_unread: false });
        self.text.push_str(text);
    }

    /// Adds a part that is not read.
    pub(super) fn unread(&mut self, at: usize, text: &str) {
        let raw = Span::new(at, at + text.len());
        self.unread.get_or_insert(raw);
        self.pieces.push(Piece { at: self.text.len(), length: text.len(), raw, is_unread: true });
        self.text.push_str(text);
    }

    /// Marks what is there for something that is not read.
    pub(super) fn is_filled_in(&mut self, span: Span) {
        self.unread = Some(span);
    }

    pub(super) fn unclosed(&mut self, quote: usize) {
        self.unclosed.get_or_insert(Span::new(quote, quote + 1));
    }

    pub(super) fn done(self, end: usize) -> Word {
        let span = Span::new(self.start, end);
        Word { span, text: self.text, unread: self.unread, unclosed: self.unclosed, pieces: self.pieces }
    }
}
