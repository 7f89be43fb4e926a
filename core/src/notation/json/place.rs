//! Where in JSON is a byte? Decided by tokens and brackets alone, so that half-typed text is no trouble.

use crate::{
    document::{Place, Step},
    notation::json::{Token, TokenKind, lex},
    text::Span,
};

/// What is at a byte of the text, and among what.
pub fn place(text: &str, at: usize) -> Place {
    let tokens = lex(text);
    let mut significant =
        tokens.iter().filter(|it| !matches!(it.kind, TokenKind::White | TokenKind::Comment)).peekable();
    let mut frames: Vec<Frame> = Vec::new();
    let mut found: Option<Place> = None;
    while let Some(token) = significant.next() {
        if found.is_none() && at <= token.span.start {
            found = Some(Place { has_value: token.kind == TokenKind::Colon, ..here(&frames, None) });
        }
        let depth = found.as_ref().map_or(0, |it| it.path.len());
        match token.kind {
            TokenKind::OpenBrace => frames.push(Frame::default()),
            TokenKind::OpenBracket => frames.push(Frame { index: Some(0), ..Frame::default() }),
            TokenKind::CloseBrace | TokenKind::CloseBracket => {
                let closed = frames.pop();
                if let (Some(place), Some(closed)) = (&mut found, closed)
                    && frames.len() < depth
                {
                    place.siblings = closed.keys;
                    return place.clone();
                }
            }
            TokenKind::Colon => frames.iter_mut().last().into_iter().for_each(|it| it.is_value = true),
            TokenKind::Comma => frames.iter_mut().last().into_iter().for_each(Frame::next_item),
            TokenKind::String(_) | TokenKind::Bare => {
                let is_here = found.is_none() && at <= token.span.end;
                if let Some(frame) = frames.last_mut().filter(|it| it.wants_key()) {
                    frame.key = name(text, token);
                    if !is_here {
                        frame.keys.push(frame.key.clone());
                    }
                }
                if is_here {
                    let has_value = significant.peek().is_some_and(|it| it.kind == TokenKind::Colon);
                    found = Some(Place { has_value, ..here(&frames, Some(token.span)) });
                }
            }
            TokenKind::White | TokenKind::Comment => {}
        }
    }
    let mut place = found.unwrap_or_else(|| here(&frames, None));
    let innermost = place.path.len().checked_sub(1).and_then(|it| frames.get(it));
    place.siblings = innermost.map(|it| it.keys.clone()).unwrap_or_default();
    place
}

/// An object or list that is open.
#[derive(Clone, Debug, Default)]
struct Frame {
    /// How many elements of a list were passed; `None` for an object.
    index: Option<usize>,
    /// The key before the place, or at it.
    key: String,
    /// Whether its colon has been passed.
    is_value: bool,
    /// The keys so far.
    keys: Vec<String>,
}

impl Frame {
    fn next_item(&mut self) {
        self.index = self.index.map(|it| it + 1);
        self.is_value = false;
        self.key.clear();
    }

    fn wants_key(&self) -> bool {
        self.index.is_none() && !self.is_value
    }

    fn step(&self) -> Step {
        match self.index {
            Some(index) => Step::Index(index),
            None => Step::Key(self.key.clone()),
        }
    }
}

fn here(frames: &[Frame], token: Option<Span>) -> Place {
    Place {
        path: frames.iter().map(Frame::step).collect(),
        token,
        wants_key: frames.last().is_some_and(Frame::wants_key),
        has_value: false,
        siblings: Vec::new(),
    }
}

/// A key without its quotes, of whatever kind they are.
fn name(text: &str, key: &Token) -> String {
    let quotes = ['"', '\'', '“', '”', '„', '‘', '’'];
    key.span.of(text).trim_matches(quotes).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_by_what_is_around_it() {
        let key = |name: &str| Step::Key(name.to_owned());
        for (marked, path, token, wants_key, has_value, siblings) in [
            ("|", vec![], "", false, false, &[][..]),
            ("{ | }", vec![key("")], "", true, false, &[]),
            (r#"{ "a|" }"#, vec![key("a")], r#""a""#, true, false, &[]),
            (r#"{ "a|": 1, "b": 2 }"#, vec![key("a")], r#""a""#, true, true, &["b"]),
            (r#"{ |: 1, "b": 2 }"#, vec![key("")], "", true, true, &["b"]),
            (r#"{ "a": |, "b": 2 }"#, vec![key("a")], "", false, false, &["a", "b"]),
            (r#"{ "a": [1, 2|3], "b": 2 }"#, vec![key("a"), Step::Index(1)], "23", false, false, &[]),
            (
                r#"{ "a": [{ "c": 1 }, { "d": 2, | }] }"#,
                vec![key("a"), Step::Index(1), key("")],
                "",
                true,
                false,
                &["d"],
            ),
            // Half-typed, in other quotes, with comments.
            (r#"{ "a": { "b|"#, vec![key("a"), key("b")], r#""b"#, true, false, &[]),
            ("{ 'a': 'b|c' }", vec![key("a")], "'bc'", false, false, &["a"]),
            ("{ \"a\": 1, // \"b|\"\n }", vec![key("")], "", true, false, &["a"]),
            ("{ \"a\n  \"b|\": 2 }", vec![key("b")], r#""b""#, true, true, &["a"]),
            (r#"{ a|: 1 }"#, vec![key("a")], "a", true, true, &[]),
        ] {
            let (text, at) = (marked.replace('|', ""), marked.find('|').expect("a caret"));
            let found = place(&text, at);
            assert_eq!(found.path, path, "{marked}");
            assert_eq!(found.token.map_or("", |it| it.of(&text)), token, "{marked}");
            assert_eq!((found.wants_key, found.has_value), (wants_key, has_value), "{marked}");
            assert_eq!(found.siblings, siblings, "{marked}");
        }
    }
}
