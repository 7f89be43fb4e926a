//! How is a diagnostic shown where there is only text?

use std::fmt::Write;

use crate::{rule::diagnostic::Diagnostic, text::Span};

/// A place for people: both numbers count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// The lines of a text, for finding positions in logarithmic time.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text.
    pub fn of(text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// The position of a byte offset.
    pub fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|it| *it <= at).max(1);
        let before = Span::new(self.start(line - 1), at.min(self.text.len()));
        Position { line, column: before.of(self.text).chars().count() + 1 }
    }

    /// A line by its number, without its end.
    fn line(&self, number: usize) -> &'a str {
        let span = Span::new(self.start(number - 1), self.start(number));
        span.of(self.text).trim_end_matches(['\n', '\r'])
    }
}

/// Shows a diagnostic with the line it is about.
pub fn render(name: &str, lines: &Lines, diagnostic: &Diagnostic) -> String {
    const LONGEST_LINE: usize = 160;
    let Position { line, column } = lines.position(diagnostic.span.start);
    let source: String =
        lines.line(line).chars().take(LONGEST_LINE).map(|it| if it.is_control() { ' ' } else { it }).collect();
    let width = diagnostic.span.of(lines.text).split('\n').next().unwrap_or_default();
    let width = width.chars().count().clamp(1, LONGEST_LINE);
    let gutter = " ".repeat(line.to_string().len());
    let mut shown = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(shown, "{}[{}]: {}", diagnostic.severity, diagnostic.rule, diagnostic.message);
    let _ = writeln!(shown, "{gutter}--> {name}:{line}:{column}");
    let _ = writeln!(shown, "{gutter} |");
    let _ = writeln!(shown, "{line} | {source}");
    let _ = writeln!(shown, "{gutter} | {}{}", " ".repeat(column.min(LONGEST_LINE) - 1), "^".repeat(width));
    for related in &diagnostic.related {
        let Position { line, column } = lines.position(related.span.start);
        let _ = writeln!(shown, "{gutter} = {name}:{line}:{column}: {}", related.label);
    }
    let _ = writeln!(shown, "{gutter} = why: {}", diagnostic.why);
    let _ = writeln!(shown, "{gutter} = help: {}", diagnostic.help);
    for fix in &diagnostic.fixes {
        let _ = writeln!(shown, "{gutter} = fix: {}", fix.title);
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
}
