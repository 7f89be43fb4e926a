//! Where in Nix is a byte? Decided by tokens and brackets alone, so that half-typed text is no trouble.

use crate::{
    document::Step,
    text::{Span, order},
};

use super::lex::{Strings, Token, TokenKind, lex};

/// What is at a byte, and among what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The names and the places in lists that lead to it; the last is empty where a name is still to be written.
    pub path: Vec<Step>,
    /// The name or the plain value there.
    pub token: Option<Span>,
    /// Whether a name belongs there, and not a value.
    pub wants_name: bool,
    /// Whether a value follows already.
    pub has_value: bool,
    /// Whether it is in what a `let` gives names to.
    pub is_in_let: bool,
}

/// Whether a comment is open at the end of what is between two tokens.
fn ends_in_comment(between: &str) -> bool {
    let rest = between.rfind("*/").and_then(|it| between.get(it + 2..)).unwrap_or(between);
    rest.contains("/*") || rest.rsplit('\n').next().is_some_and(|it| it.contains('#'))
}

/// What is at a byte of the text; nothing within a comment.
pub(crate) fn spot(text: &str, at: usize) -> Spot {
    let tokens = joined(lex(text, Strings::ByLines).tokens);
    let mut walk = Walk { text, frames: vec![Frame::of(Kind::Set)], is_behind_dot: false };
    let mut end = 0;
    let is_commented = |end: usize| text.get(end..at).is_some_and(ends_in_comment);
    for (index, (kind, span)) in tokens.iter().copied().enumerate() {
        let is_word = matches!(kind, TokenKind::Name | TokenKind::OrWord | TokenKind::Quote | TokenKind::Int);
        if at < span.start || (at == span.start && !is_word) {
            let follows = kind == TokenKind::Assign;
            return if is_commented(end) { Spot::default() } else { walk.gap(follows) };
        }
        if is_word && at <= span.end {
            let next = tokens.get(index + 1).map(|it| it.0);
            return walk.word(span, matches!(next, Some(TokenKind::Assign | TokenKind::Dot)));
        }
        walk.pass(kind, span);
        end = span.end;
    }
    if is_commented(end) { Spot::default() } else { walk.gap(false) }
}

/// The names that are used, in order, each as often as it is; not where they get a value.
pub(crate) fn uses(text: &str) -> Vec<&str> {
    let tokens = lex(text, Strings::ByQuotes).tokens;
    let is_given = |at: usize| tokens.get(at + 1).is_some_and(|it| it.kind == TokenKind::Assign);
    let names = tokens.iter().enumerate().filter(|(at, it)| it.kind == TokenKind::Name && !is_given(*at));
    let mut names: Vec<&str> = names.map(|(_, it)| it.span.of(text)).collect();
    order::sort(&mut names, |a, b| a.cmp(b));
    names
}

/// Tokens, each string one of them.
fn joined(tokens: Vec<Token>) -> Vec<(TokenKind, Span)> {
    let mut joined: Vec<(TokenKind, Span)> = Vec::with_capacity(tokens.len());
    let mut depth = 0;
    for token in tokens {
        let opens = matches!(token.kind, TokenKind::Quote | TokenKind::Quotes | TokenKind::PathWithFill);
        match joined.last_mut().filter(|_| depth > 0) {
            Some((_, span)) => *span = span.to(token.span),
            None => {
                let kind = if opens { TokenKind::Quote } else { token.kind };
                joined.push((kind, token.span));
            }
        }
        depth += usize::from(opens);
        depth -= usize::from(depth > 0 && token.kind == TokenKind::End);
    }
    joined
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Set,
    Let,
    List,
    Parentheses,
}

/// What is open.
#[derive(Clone, Debug)]
struct Frame {
    kind: Kind,
    /// The path of the binding before the place, or at it.
    names: Vec<String>,
    is_value: bool,
    /// Whether names follow an `inherit`.
    inherits: bool,
    /// The elements that have begun.
    count: usize,
    /// `with x;` whose semicolons are to come.
    withs: usize,
}

impl Frame {
    fn of(kind: Kind) -> Self {
        let is_value = matches!(kind, Kind::List | Kind::Parentheses);
        Self { kind, names: Vec::new(), is_value, inherits: false, count: 0, withs: 0 }
    }
}

struct Walk<'a> {
    text: &'a str,
    frames: Vec<Frame>,
    is_behind_dot: bool,
}

impl Walk<'_> {
    fn pass(&mut self, kind: TokenKind, span: Span) {
        let is_behind_dot = std::mem::replace(&mut self.is_behind_dot, kind == TokenKind::Dot);
        match kind {
            TokenKind::OpenBrace | TokenKind::Fill => self.open(Kind::Set, is_behind_dot),
            TokenKind::OpenBracket => self.open(Kind::List, is_behind_dot),
            TokenKind::OpenParen => self.open(Kind::Parentheses, is_behind_dot),
            TokenKind::Let => self.open(Kind::Let, is_behind_dot),
            TokenKind::CloseBrace => self.close(&[Kind::Set]),
            TokenKind::CloseBracket => self.close(&[Kind::List]),
            TokenKind::CloseParen => self.close(&[Kind::Parentheses]),
            TokenKind::In => self.close(&[Kind::Let]),
            TokenKind::Semicolon => self.end_statement(),
            _ => {
                let Some(frame) = self.frames.last_mut() else {
                    return;
                };
                match kind {
                    TokenKind::Assign => frame.is_value = true,
                    TokenKind::Inherit if !frame.is_value => (frame.is_value, frame.inherits) = (true, true),
                    // The names before it are those of a function's argument.
                    TokenKind::Colon if !frame.is_value => frame.names.clear(),
                    TokenKind::With | TokenKind::Assert => frame.withs += 1,
                    TokenKind::Name | TokenKind::OrWord | TokenKind::Quote if !frame.is_value => {
                        if !is_behind_dot {
                            frame.names.clear();
                        }
                        frame.names.push(name(self.text, span));
                    }
                    TokenKind::Dot => {}
                    _ => frame.count += usize::from(!is_behind_dot),
                }
            }
        }
    }

    fn open(&mut self, kind: Kind, is_behind_dot: bool) {
        if let Some(frame) = self.frames.last_mut() {
            frame.count += usize::from(!is_behind_dot);
        }
        self.frames.push(Frame::of(kind));
    }

    /// Closes the innermost of some kind, with all that is open in it; the outermost frame stays.
    fn close(&mut self, kinds: &[Kind]) {
        let innermost = self.frames.iter().rposition(|it| kinds.contains(&it.kind));
        if let Some(at) = innermost.filter(|it| *it > 0) {
            self.frames.truncate(at);
        }
    }

    fn end_statement(&mut self) {
        if let Some(frame) = self.frames.last_mut().filter(|it| it.withs > 0) {
            frame.withs -= 1;
            return;
        }
        let innermost = self.frames.iter().rposition(|it| matches!(it.kind, Kind::Set | Kind::Let)).unwrap_or(0);
        self.frames.truncate(innermost + 1);
        if let Some(frame) = self.frames.last_mut() {
            frame.names.clear();
            (frame.is_value, frame.inherits) = (false, false);
        }
    }

    fn spot(&self) -> Spot {
        let mut path: Vec<Step> = Vec::new();
        for (depth, frame) in self.frames.iter().enumerate() {
            let is_inner = depth + 1 < self.frames.len();
            match frame.kind {
                Kind::Set | Kind::Let => path.extend(frame.names.iter().cloned().map(Step::Key)),
                Kind::List => path.push(Step::Index(frame.count - usize::from(is_inner && frame.count > 0))),
                Kind::Parentheses => {}
            }
        }
        let is_in_let = self.frames.iter().any(|it| it.kind == Kind::Let);
        Spot { path, is_in_let, ..Spot::default() }
    }

    fn gap(&self, has_value: bool) -> Spot {
        let mut spot = self.spot();
        let Some(frame) = self.frames.last() else {
            return spot;
        };
        if frame.inherits {
            spot.path.push(Step::Key(String::new()));
            return Spot { wants_name: true, has_value: true, ..spot };
        }
        let is_open = !frame.is_value && (frame.names.is_empty() || self.is_behind_dot);
        if is_open {
            spot.path.push(Step::Key(String::new()));
        }
        Spot { wants_name: is_open, has_value, ..spot }
    }

    fn word(&self, span: Span, has_value: bool) -> Spot {
        let mut spot = self.spot();
        let Some(frame) = self.frames.last() else {
            return spot;
        };
        if frame.inherits {
            spot.path.push(Step::Key(name(self.text, span)));
            return Spot { token: Some(span), wants_name: true, has_value: true, ..spot };
        }
        if frame.is_value {
            if let (Kind::List, true, Some(Step::Index(at))) = (frame.kind, self.is_behind_dot, spot.path.last_mut()) {
                *at = at.saturating_sub(1);
            }
            return Spot { token: Some(span), ..spot };
        }
        if !self.is_behind_dot {
            spot.path.truncate(spot.path.len() - frame.names.len());
        }
        spot.path.push(Step::Key(name(self.text, span)));
        Spot { token: Some(span), wants_name: true, has_value, ..spot }
    }
}

/// A name without its quotes.
fn name(text: &str, span: Span) -> String {
    span.of(text).trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_by_what_is_around_it() {
        for (marked, path, token, wants_name, has_value) in [
            ("|", "", "", true, false),
            ("{ | }", "", "", true, false),
            ("{ a| }", "a", "a", true, false),
            ("{ a.b|c = 1; }", "a bc", "bc", true, true),
            ("{ a.b| }", "a b", "b", true, false),
            ("{ a.| }", "a ", "", true, false),
            ("{ a|.b = 1; }", "a", "a", true, true),
            ("{ a = |; }", "a", "", false, false),
            ("{ a = \"x|y\"; }", "a", "\"xy\"", false, false),
            ("{ a = lib.mkForce \"x|y\"; }", "a", "\"xy\"", false, false),
            ("{ a = with x; \"y|\"; b = 1; }", "a", "\"y\"", false, false),
            ("{ a = 1; | }", "", "", true, false),
            ("{ a = { b = 1; | }; }", "a ", "", true, false),
            ("{ a = [ 1 { b = 1; | } ]; }", "a 1 ", "", true, false),
            ("{ a = [ x.y \"b|\" ]; }", "a 1", "\"b\"", false, false),
            ("{ a = [ x.y ( f z ) | ]; }", "a 2", "", false, false),
            ("{ config, ... }: { a.b = { | }; }", "a b ", "", true, false),
            ("{ lib, ... }@args:\nlet x = 1; in { a = { b| }; }", "a b", "b", true, false),
            ("a.b = {\n  c = \"|\";\n", "a b c", "\"\"", false, false),
            ("{ \"a.b\" = { c| }; }", "a.b c", "c", true, false),
            ("{ a = { inherit b c|; }; }", "a c", "c", true, true),
            ("{ a = { inherit (x) |; }; }", "a ", "", true, true),
            ("{ a = { inherit (x.y|) b; }; }", "a", "y", false, false),
            ("{ a = 1; # |\n b = 2; }", "", "", false, false),
            ("{ a = 1; /* | */ b = 2; }", "", "", false, false),
            ("{ a = 1; /* # */ | }", "", "", true, false),
            ("{ a = { b = [ ( c ; | }", "a ", "", true, false), // what is not closed ends with the statement
            ("{ a = \"${x}|y\"; b = 1; }", "a", "\"${x}y\"", false, false),
        ] {
            let (text, at) = (marked.replacen('|', "", 1), marked.find('|').expect("a caret"));
            let found = spot(&text, at);
            let written: Vec<String> = found
                .path
                .iter()
                .map(|it| match it {
                    Step::Key(name) => name.clone(),
                    Step::Index(at) => at.to_string(),
                })
                .collect();
            assert_eq!(written.join(" "), path, "{marked}");
            assert_eq!(found.token.map_or("", |it| it.of(&text)), token, "{marked}");
            assert_eq!((found.wants_name, found.has_value), (wants_name, has_value), "{marked}");
        }
        assert!(spot("let a = { b = 1", 12).is_in_let);
    }

    #[test]
    fn uses_of_names_are_told() {
        for (text, names) in [
            ("let a = 1; in { b = a; }", "a"),
            ("let a = 1; in { b = a; c = [ a ]; }", "a a"),
            ("let x.a = 1; in { b = x.a; a = 2; }", "a x x"),
            ("let a = 1; in { inherit a; }", "a"),
            ("let a = 1; in { b = \"a ${a}\"; }", "a"),
        ] {
            assert_eq!(uses(text).join(" "), names, "{text}");
        }
    }
}
