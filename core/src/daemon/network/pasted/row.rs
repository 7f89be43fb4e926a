//! What is on a line, and what do its words say?

use super::addresses::{has_marks, looks_like_address};
use crate::text::Span;

/// A line, cut at white space.
pub struct Row<'a> {
    /// The line, without white space at its ends.
    pub text: &'a str,
    /// The byte of the whole text that [`Row::text`] begins at.
    pub start: usize,
    /// How many characters of white space come before it.
    pub indent: usize,
    /// Its words.
    pub words: Vec<&'a str>,
    /// What follows the line.
    pub rest: &'a str,
}

impl<'a> Row<'a> {
    /// Cuts a line that begins at byte `start`, and that `rest` follows.
    pub fn new(line: &'a str, start: usize, rest: &'a str) -> Self {
        let from_text = line.trim_start_matches(is_white);
        // Mails and forums quote this way.
        let from_text = from_text.strip_prefix("> ").unwrap_or(from_text);
        let from_text = from_text.trim_start_matches(is_white);
        let before = line.len() - from_text.len();
        let text = from_text.trim_end_matches(is_white);
        Self {
            text,
            start: start + before,
            indent: line.get(..before).map_or(0, |it| it.chars().count()),
            words: text.split(is_white).filter(|it| !it.is_empty()).collect(),
            rest,
        }
    }

    /// A word by its place; empty beyond the last.
    pub fn word(&self, at: usize) -> &'a str {
        self.words.get(at).copied().unwrap_or_default()
    }

    /// The last word.
    pub fn last(&self) -> &'a str {
        self.words.last().copied().unwrap_or_default()
    }

    /// The word after another one.
    pub fn after(&self, word: &str) -> Option<&'a str> {
        let at = self.words.iter().position(|it| *it == word)?;
        self.words.get(at + 1).copied()
    }

    /// Whether a word is on the line.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    /// Whether something on it looks like an address.
    pub fn has_addresses(&self) -> bool {
        let words = self.words.iter().filter(|it| has_marks(it));
        words.flat_map(|it| it.split(['=', ',', '"', '(', ')', '\''])).any(looks_like_address)
    }

    /// Whether a block with its prefix length is on it, which no line of settings may hide.
    pub fn has_blocks(&self) -> bool {
        let mut words = self.words.iter();
        words.any(|it| it.contains('/') && looks_like_address(it.trim_matches([',', ';', '"'])))
    }

    /// The bytes of a part of the line in the whole text.
    pub fn span(&self, part: &str) -> Span {
        // A part of a text begins at its address.
        let at = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let at = self.start + at.min(self.text.len());
        Span::new(at, at + part.len())
    }
}

/// White space of every kind, and what is as invisible.
pub fn is_white(it: char) -> bool {
    it.is_whitespace() || matches!(it, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\0')
}
