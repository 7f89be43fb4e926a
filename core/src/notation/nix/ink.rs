//! How is a text of Nix coloured that nobody here wrote? By its tokens, as what is written down has its colours.

use super::lex::{Strings, Token, TokenKind, lex};
use crate::text::{Role, Span};

/// The pieces of a text that have a role, in order and disjoint.
///
/// ```
/// use drydock::{notation::nix::ink, text::Role};
///
/// let text = "{ a.b = true; } # one";
/// let roles: Vec<_> = ink(text).into_iter().map(|(span, role)| (&text[span.start..span.end], role)).collect();
/// assert_eq!(roles[1..4], [("a", Role::Key), (".", Role::Punctuation), ("b", Role::Key)]);
/// assert_eq!(roles.last(), Some(&("# one", Role::Comment)));
/// ```
pub fn ink(text: &str) -> Vec<(Span, Role)> {
    let tokens = lex(text, Strings::ByLines).tokens;
    let keys = keys(&tokens);
    let mut found: Vec<(Span, Role)> = Vec::new();
    let mut at = 0;
    for (token, is_key) in tokens.iter().zip(keys) {
        comments(text, Span::new(at, token.span.start.max(at)), &mut found);
        at = token.span.end.max(at);
        let word = text.get(token.span.start..token.span.end).unwrap_or_default();
        let Some(role) = role(token.kind, word, is_key) else {
            continue;
        };
        match found.last_mut() {
            // The quotes of a string and what is between them are one piece.
            Some((before, Role::String)) if role == Role::String && before.end == token.span.start => {
                before.end = token.span.end;
            }
            _ if token.span.start < token.span.end => found.push((token.span, role)),
            _ => {}
        }
    }
    comments(text, Span::new(at, text.len().max(at)), &mut found);
    found
}

/// Which tokens are names that are bound: those of a path before `=`.
fn keys(tokens: &[Token]) -> Vec<bool> {
    let mut keys = vec![false; tokens.len()];
    let mut is_bound = false;
    for (at, token) in tokens.iter().enumerate().rev() {
        is_bound = match token.kind {
            TokenKind::Assign => true,
            TokenKind::Name | TokenKind::OrWord => {
                keys[at] = is_bound;
                // Two names side by side are no path.
                is_bound && at > 0 && tokens[at - 1].kind == TokenKind::Dot
            }
            TokenKind::Dot | TokenKind::Quote | TokenKind::Text | TokenKind::End => is_bound,
            _ => false,
        };
    }
    keys
}

fn role(kind: TokenKind, word: &str, is_key: bool) -> Option<Role> {
    match kind {
        TokenKind::Name | TokenKind::OrWord if is_key => Some(Role::Key),
        TokenKind::Name if matches!(word, "true" | "false" | "null") => Some(Role::Word),
        TokenKind::Name | TokenKind::OrWord | TokenKind::Stray => None,
        TokenKind::Int | TokenKind::Float => Some(Role::Number),
        TokenKind::Quote
        | TokenKind::Quotes
        | TokenKind::Text
        | TokenKind::End
        | TokenKind::Path
        | TokenKind::PathWithFill
        | TokenKind::SearchPath
        | TokenKind::Uri => Some(Role::String),
        TokenKind::Assert
        | TokenKind::Else
        | TokenKind::If
        | TokenKind::In
        | TokenKind::Inherit
        | TokenKind::Let
        | TokenKind::Rec
        | TokenKind::Then
        | TokenKind::With => Some(Role::Word),
        _ => Some(Role::Punctuation),
    }
}

/// The comments between two tokens: all that is there but white space.
fn comments(text: &str, between: Span, found: &mut Vec<(Span, Role)>) {
    let mut at = between.start;
    for line in text.get(between.start..between.end).unwrap_or_default().split_inclusive('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        if !words.is_empty() {
            found.push((Span::new(start, start + words.len()), Role::Comment));
        }
        at += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coloured(text: &str) -> Vec<(&str, Role)> {
        ink(text).into_iter().map(|(span, role)| (&text[span.start..span.end], role)).collect()
    }

    #[test]
    fn each_kind_of_token_has_its_colour() {
        for (text, expected) in [
            ("a = 1;", vec![("a", Role::Key), ("=", Role::Punctuation), ("1", Role::Number), (";", Role::Punctuation)]),
            ("f x", vec![]),
            ("let in null", vec![("let", Role::Word), ("in", Role::Word), ("null", Role::Word)]),
            ("\"a b\"", vec![("\"a b\"", Role::String)]),
            ("''\n  a\n''", vec![("''\n  a\n''", Role::String)]),
            (
                "\"a${b}\"",
                vec![("\"a", Role::String), ("${", Role::Punctuation), ("}", Role::Punctuation), ("\"", Role::String)],
            ),
            ("# a\n /* b\n c */", vec![("# a", Role::Comment), ("/* b", Role::Comment), ("c */", Role::Comment)]),
            ("./a", vec![("./a", Role::String)]),
            ("", vec![]),
        ] {
            assert_eq!(coloured(text), expected, "{text}");
        }
    }

    #[test]
    fn pieces_are_in_order_and_disjoint_whatever_the_text_is() {
        for text in ["{ a = \"", "''${", "a\u{feff}b = ü;", "/* ", "\"\n\" = 1", "}}}}", "\u{feff}{ }"] {
            let pieces = ink(text);
            assert!(pieces.windows(2).all(|it| it[0].0.end <= it[1].0.start), "{text:?}: {pieces:?}");
            assert!(pieces.iter().all(|it| text.get(it.0.start..it.0.end).is_some()), "{text:?}: {pieces:?}");
        }
    }
}
