//! What lies between two items?

use crate::{
    notation::json::{Token, TokenKind, lex},
    text::Span,
};

/// White space, comments, and at most one comma.
pub(super) struct Gap {
    pub(super) span: Span,
    pub(super) tokens: Vec<Token>,
    pub(super) comma: Option<Span>,
    /// Whether there is nothing else.
    pub(super) is_clean: bool,
}

impl Gap {
    pub(super) fn of(text: &str, span: Span) -> Self {
        let mut gap = Self { span, tokens: lex(span.of(text)), comma: None, is_clean: true };
        for token in &mut gap.tokens {
            token.span.start += span.start;
            token.span.end += span.start;
            match token.kind {
                TokenKind::White | TokenKind::Comment => {}
                TokenKind::Comma if gap.comma.is_none() => gap.comma = Some(token.span),
                _ => gap.is_clean = false,
            }
        }
        gap
    }

    pub(super) fn last_comment(&self) -> Option<Span> {
        let mut comments = self.tokens.iter();
        comments.rfind(|it| it.kind == TokenKind::Comment).map(|it| it.span)
    }

    pub(super) fn has_comments(&self) -> bool {
        self.last_comment().is_some()
    }

    pub(super) fn has_comments_after(&self, comma: Span) -> bool {
        self.last_comment().is_some_and(|it| it.start >= comma.end)
    }

    /// Where the line of the item after the gap starts, if it is the first on it.
    pub(super) fn line_start(&self, text: &str) -> Option<usize> {
        self.line_start_before(text, self.span.end)
    }

    /// Whether a comment or comma of the gap is the first thing on its line.
    pub(super) fn starts_line(&self, text: &str, token: Span) -> bool {
        self.line_start_before(text, token.start).is_some()
    }

    pub(super) fn line_start_before(&self, text: &str, at: usize) -> Option<usize> {
        for token in self.tokens.iter().rev().filter(|it| it.span.end <= at) {
            let line_break = token.span.of(text).rfind('\n');
            match (token.kind, line_break) {
                (TokenKind::White, Some(offset)) => return Some(token.span.start + offset + 1),
                (TokenKind::White | TokenKind::Comment, None) => {}
                _ => return None,
            }
        }
        None
    }

    /// Where the line that `at` is on ends, before and after its line break, if nothing but comments follows on it.
    pub(super) fn line_end(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        for token in self.tokens.iter().filter(|it| it.span.start >= at) {
            let line_break = token.span.of(text).find('\n');
            match (token.kind, line_break) {
                (TokenKind::White, Some(offset)) => {
                    let end = token.span.start + offset;
                    let line = text.get(..end).unwrap_or_default();
                    return Some((line.strip_suffix('\r').unwrap_or(line).len(), end + 1));
                }
                (TokenKind::White | TokenKind::Comment, None) => {}
                _ => return None,
            }
        }
        None
    }

    /// The bytes to take out with an item: its lines when nothing else is on them, else the space on one side.
    ///
    /// `self` is the gap before the item, `after` the one after it.
    pub(super) fn with_space(&self, text: &str, item: Span, after: &Self, line_start: Option<usize>) -> Span {
        let line_end = after.line_end(text, item.end);
        if let (Some(start), Some((_, end))) = (line_start, line_end) {
            return Span::new(start, end);
        }
        let is_white = |span: Span| span.of(text).bytes().all(|it| it.is_ascii_whitespace());
        let behind = Span::new(item.end, after.span.end);
        let is_first = self.comma.is_none() && !self.has_comments();
        if is_white(behind) && (line_end.is_none() || is_first) && behind.start < behind.end {
            return item.to(behind);
        }
        let blanks = Span::new(self.span.start, item.start).of(text);
        let kept = blanks.trim_end_matches([' ', '\t']).len();
        match line_start {
            Some(_) => item,
            None => Span::new(self.span.start + kept, item.end),
        }
    }
}
