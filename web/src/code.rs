//! Printed text as lines of highlighted pieces.

use drydock::text::{Role, Span};

/// A part of a line, and the class that colours it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The text.
    pub text: &'a str,
    /// Its class; empty for plain text.
    pub class: &'static str,
}

/// Cuts a text at its line ends and at the spans, which are sorted and disjoint.
pub fn lines<'a>(text: &'a str, spans: &[(Span, Role)]) -> Vec<Vec<Piece<'a>>> {
    let mut lines = Vec::new();
    let mut spans = spans.iter().peekable();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches('\n').len();
        let mut pieces = Vec::new();
        let mut at = start;
        while let Some((span, role)) = spans.peek().filter(|(span, _)| span.start < end) {
            push(&mut pieces, text, at..span.start, "");
            push(&mut pieces, text, span.start.max(at)..span.end.min(end), class(*role));
            at = span.end.clamp(at, end);
            if span.end > end {
                break; // the rest of it is on the next line
            }
            spans.next();
        }
        push(&mut pieces, text, at..end, "");
        lines.push(pieces);
        start += line.len();
        while spans.next_if(|(span, _)| span.end <= start).is_some() {}
    }
    lines
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str, range: std::ops::Range<usize>, class: &'static str) {
    if let Some(text) = text.get(range).filter(|it| !it.is_empty()) {
        pieces.push(Piece { text, class });
    }
}

fn class(role: Role) -> &'static str {
    match role {
        Role::Key => "code__key",
        Role::String => "code__string",
        Role::Number => "code__number",
        Role::Word => "code__word",
        Role::Comment => "code__comment",
        Role::Punctuation => "code__punctuation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span::new(start, end)
    }

    #[test]
    fn pieces_cover_the_text_line_by_line() {
        let piece = |text, class| Piece { text, class };
        for (text, spans, expected) in [
            ("", vec![], vec![]),
            ("a b", vec![], vec![vec![piece("a b", "")]]),
            (
                "a 1\nb",
                vec![(span(0, 1), Role::Key), (span(2, 3), Role::Number)],
                vec![vec![piece("a", "code__key"), piece(" ", ""), piece("1", "code__number")], vec![piece("b", "")]],
            ),
            (
                "x ''\na\n'';", // one string over three lines
                vec![(span(2, 9), Role::String), (span(9, 10), Role::Punctuation)],
                vec![
                    vec![piece("x ", ""), piece("''", "code__string")],
                    vec![piece("a", "code__string")],
                    vec![piece("''", "code__string"), piece(";", "code__punctuation")],
                ],
            ),
            ("\n\n", vec![], vec![vec![], vec![]]),
        ] {
            assert_eq!(lines(text, &spans), expected, "{text:?}");
        }
    }
}
