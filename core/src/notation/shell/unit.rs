//! A unit of systemd, or a drop-in: which settings are in which section?
//!
//! Source: systemd.syntax(7).

use crate::text::Span;

/// A setting of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<'a> {
    /// The section it is in; empty before the first one.
    pub section: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The bytes of its name.
    pub name_span: Span,
    /// The bytes of its value, with all the lines that it goes on for.
    pub value: Span,
}

/// The settings of a unit in the order of the text. A line that is none is passed over.
pub fn settings(text: &str) -> Vec<Setting<'_>> {
    let mut settings = Vec::new();
    let mut section = "";
    let mut at = 0;
    while at < text.len() {
        let line = line_at(text, at);
        let written = line.of(text);
        let start = at + (written.len() - written.trim_start().len());
        let trimmed = written.trim();
        at = line.end + 1;
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = section_of(trimmed) {
            section = name;
            continue;
        }
        let mut end = line.end;
        let mut goes_on = is_continued(written);
        while goes_on && at < text.len() {
            let next = line_at(text, at);
            end = next.end;
            at = next.end + 1;
            let is_comment = next.of(text).trim_start().starts_with(['#', ';']);
            goes_on = is_comment || is_continued(next.of(text));
        }
        let Some((name, _)) = trimmed.split_once('=') else {
            continue;
        };
        let from = start + name.len() + 1;
        let whole = Span::new(from, end).of(text);
        let value = from + (whole.len() - whole.trim_start_matches([' ', '\t']).len());
        let length = whole.trim().len();
        let name = name.trim_end();
        settings.push(Setting {
            section,
            name,
            name_span: Span::new(start, start + name.len()),
            value: Span::new(value, (value + length).min(end).max(value)),
        });
    }
    settings
}

/// The line that begins at `start`, without its end.
fn line_at(text: &str, start: usize) -> Span {
    let length = text.get(start..).and_then(|it| it.bytes().position(|it| it == b'\n'));
    Span::new(start, length.map_or(text.len(), |it| start + it))
}

/// The name of a section: `[Service]`.
pub fn section_of(line: &str) -> Option<&str> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | ' ');
    (!name.is_empty() && name.chars().all(is_part)).then_some(name)
}

/// Whether a line goes on after its end.
fn is_continued(line: &str) -> bool {
    let line = line.strip_suffix('\r').unwrap_or(line);
    let backslashes = line.len() - line.trim_end_matches('\\').len();
    backslashes % 2 == 1
}
