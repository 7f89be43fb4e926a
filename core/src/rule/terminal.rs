//! How is a diagnostic shown where there is only text?

use std::{borrow::Cow, fmt::Write};

use crate::{rule::diagnostic::Diagnostic, text::Span};

/// A place for people: both numbers count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// The lines of a text, for finding positions in logarithmic time, however long a line is.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// How many characters begin before each multiple of [`STEP`] bytes.
    counts: Vec<usize>,
}

const STEP: usize = 1024;

impl<'a> Lines<'a> {
    /// Finds the lines of a text.
    pub fn of(text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let mut count = 0;
        let counts = text.as_bytes().chunks(STEP).map(|it| {
            count += characters(it);
            count
        });
        let counts = std::iter::once(0).chain(counts).collect();
        Self { text, starts: std::iter::once(0).chain(breaks).collect(), counts }
    }

    /// The position of a byte offset.
    pub fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|it| *it <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        Position { line, column: self.count(at.min(self.text.len())) - self.count(start) + 1 }
    }

    /// How many characters begin before a byte.
    fn count(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at - at % STEP..at).unwrap_or_default();
        self.counts.get(at / STEP).copied().unwrap_or_default() + characters(rest)
    }

    /// What is before and behind a byte on its line.
    fn around(&self, at: usize) -> (&'a str, &'a str) {
        let line = self.position(at).line;
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let at = at.clamp(start, end);
        let behind = Span::new(at, end).of(self.text);
        (Span::new(start, at).of(self.text), behind.trim_end_matches(['\n', '\r']))
    }
}

/// How many characters begin among bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|it| !matches!(it, 0x80..=0xBF)).count()
}

/// So many characters of a line are shown before the place that it is shown for, and from there on.
const BEFORE: usize = 100;
const BEHIND: usize = 100;

/// The part of a line around a byte, and how many characters are before the byte in that: `… of the line …`.
fn excerpt(lines: &Lines, at: usize) -> (String, usize) {
    let (before, behind) = lines.around(at);
    let start = before.char_indices().rev().take(BEFORE).last().map_or(before.len(), |it| it.0);
    let end = behind.char_indices().nth(BEHIND).map_or(behind.len(), |it| it.0);
    let (cut, before) = before.split_at(start);
    let (behind, rest) = behind.split_at(end);
    let [head, tail] = [cut, rest].map(|it| if it.is_empty() { "" } else { "…" });
    let shown = [head, before, behind, tail].concat();
    let shown = shown.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    (shown, head.chars().count() + before.chars().count())
}

/// So many characters of a message are shown: it may have a whole value in it.
const LONGEST_MESSAGE: usize = 400;

/// A message without the middle of what is too long.
fn shortened(message: &str) -> Cow<'_, str> {
    let Some((from, _)) = message.char_indices().nth(LONGEST_MESSAGE) else {
        return Cow::Borrowed(message);
    };
    let (head, rest) = message.split_at(from);
    let tail = rest.char_indices().rev().nth(LONGEST_MESSAGE / 4);
    match tail {
        Some((tail, _)) => [head, "…", rest.get(tail..).unwrap_or_default()].concat().into(),
        None => Cow::Borrowed(message),
    }
}

/// Shows a diagnostic with the line it is about; of a long line the part around the place.
pub fn render(name: &str, lines: &Lines, diagnostic: &Diagnostic) -> String {
    let at = diagnostic.span.start;
    let Position { line, column } = lines.position(at);
    let (source, before) = excerpt(lines, at);
    let marked = diagnostic.span.of(lines.text).split('\n').next().unwrap_or_default();
    let width = marked.chars().take(BEHIND).count().max(1);
    let gutter = " ".repeat(line.to_string().len());
    let mut shown = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(shown, "{}[{}]: {}", diagnostic.severity, diagnostic.rule, shortened(&diagnostic.message));
    let _ = writeln!(shown, "{gutter}--> {name}:{line}:{column}");
    let _ = writeln!(shown, "{gutter} |");
    let _ = writeln!(shown, "{line} | {source}");
    let _ = writeln!(shown, "{gutter} | {}{}", " ".repeat(before), "^".repeat(width));
    for related in &diagnostic.related {
        let Position { line, column } = lines.position(related.span.start);
        let _ = writeln!(shown, "{gutter} = {name}:{line}:{column}: {}", shortened(&related.label));
    }
    let _ = writeln!(shown, "{gutter} = why: {}", shortened(&diagnostic.why));
    let _ = writeln!(shown, "{gutter} = help: {}", shortened(&diagnostic.help));
    for fix in &diagnostic.fixes {
        let _ = writeln!(shown, "{gutter} = fix: {}", shortened(&fix.title));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let lines = Lines::of("a\nöb\n");
        for (at, line, column) in [(0, 1, 1), (1, 1, 2), (2, 2, 1), (4, 2, 2), (6, 3, 1), (99, 3, 1)] {
            assert_eq!(lines.position(at), Position { line, column }, "{at}");
        }
    }

    #[test]
    fn a_long_line_is_shown_around_the_place() {
        let row = |before: &str, place: &str, behind: &str| {
            let text = [before, place, behind, "\n"].concat();
            let span = Span::new(before.len(), before.len() + place.len());
            let shown = render("x", &Lines::of(&text), &Diagnostic::warning("rule", span, "Wrong"));
            let lines: Vec<String> = shown.lines().skip(3).take(2).map(str::to_owned).collect();
            lines
        };
        assert_eq!(row("ä ", "place", " b"), ["1 | ä place b", "  |   ^^^^^"]);
        let (before, behind) = ("ä".repeat(BEFORE), "b".repeat(BEHIND - 5));
        assert_eq!(
            row(&before, "place", &behind),
            [format!("1 | {before}place{behind}"), format!("  | {}^^^^^", " ".repeat(BEFORE)),]
        );
        let far = [&"x".repeat(5_000), before.as_str()].concat();
        assert_eq!(
            row(&far, "place", &"b".repeat(5_000)),
            [format!("1 | …{before}place{behind}…"), format!("  | {}^^^^^", " ".repeat(BEFORE + 1)),]
        );
        assert_eq!(
            row("", &"p".repeat(5_000), ""),
            [format!("1 | {}…", "p".repeat(100)), format!("  | {}", "^".repeat(100))]
        );
    }

    #[test]
    fn what_is_shown_grows_with_the_number_of_mistakes_alone() {
        let length = |message: String, count: usize| {
            let text = "ä".repeat(count * 10);
            let lines = Lines::of(&text);
            let shown = (0..count).map(|it| {
                let span = Span::new(it * 20, it * 20 + 20);
                render("x", &lines, &Diagnostic::warning("rule", span, message.clone())).len()
            });
            shown.max().unwrap_or_default()
        };
        assert!(length("Wrong".to_owned(), 5_000) < 1_000);
        assert!(length("Wrong ".repeat(5_000), 10) < 2_000);
    }
}
