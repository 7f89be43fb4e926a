//! What is looked at: the lines that say something.

use crate::{daemon::options, text::Span};

/// So much of a text is looked at, in bytes.
const LOOKED_AT: usize = 64 << 10;

/// So many lines are looked at for settings.
const SETTINGS: usize = 64;

/// The lines of a text that are neither empty nor comments.
pub struct Page<'a> {
    /// Them, without the white space around them.
    pub lines: Vec<&'a str>,
    /// Where each begins, in bytes, and how many bytes of white space are before it on its line.
    places: Vec<(usize, usize)>,
    /// Whether the first of them begins as JSON does.
    pub begins_as_json: bool,
}

impl<'a> Page<'a> {
    /// Cuts a text into lines.
    pub fn of(text: &'a str) -> Self {
        let mut page = Self { lines: Vec::new(), places: Vec::new(), begins_as_json: false };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let behind = line.trim_start_matches([' ', '\t', '\u{FEFF}']);
            let indent = line.len() - behind.len();
            let said = behind.trim_end();
            let is_comment = said.starts_with('#') && !said.starts_with("#!");
            if !said.is_empty() && !is_comment && !said.starts_with("//") {
                page.lines.push(said);
                page.places.push((start + indent, indent));
            }
            start += line.len();
            if start > LOOKED_AT {
                break;
            }
        }
        page.begins_as_json = page.starts(0, &["{", "[", "\"", "'"]);
        page
    }

    /// The line with this number; nothing after the last.
    pub fn line(&self, number: usize) -> &'a str {
        self.lines.get(number).copied().unwrap_or_default()
    }

    /// Its bytes in the text.
    pub fn span(&self, number: usize) -> Span {
        let start = self.places.get(number).map_or(0, |it| it.0);
        Span::new(start, start + self.line(number).len())
    }

    /// How far it is indented.
    pub fn indent(&self, number: usize) -> usize {
        self.places.get(number).map_or(0, |it| it.1)
    }

    /// Whether it begins with one of these.
    pub fn starts(&self, number: usize, signs: &[&str]) -> bool {
        signs.iter().any(|it| self.line(number).starts_with(it))
    }

    /// Whether a line begins with a setting of the daemon: `bip: 10.200.0.1/24`.
    pub fn has_settings(&self) -> bool {
        let mut lines = self.lines.iter().take(SETTINGS);
        lines.any(|it| {
            let name = it.split(':').next().filter(|name| name.len() < it.len());
            name.is_some_and(|it| options::find(it).is_some())
        })
    }

    /// The first line, from this number on, that begins with one of these.
    pub fn find(&self, from: usize, signs: &[&str]) -> Option<usize> {
        (from..self.lines.len()).find(|it| self.starts(*it, signs))
    }
}
