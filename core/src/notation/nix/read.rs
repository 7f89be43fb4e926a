//! What does a Nix text come to, and what is wrong with how it is written?

use super::{
    evaluate::Machine,
    layout::Layouts,
    lex::{self, Strings},
    open::{Filling, Open},
    parse::{Closing, Parsed, parse},
    undefined,
    value::{Kind, Value},
};
use crate::{
    document::Problem,
    text::{Span, order},
};

/// A text as far as it could be understood, and where it could not.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What the whole text comes to.
    pub value: Value,
    /// The mistakes of syntax, in the order of the text.
    pub problems: Vec<Problem>,
    /// Whether the text is the inside of a set, as documents print it: `a.b = 1; c = 2;`.
    pub is_fragment: bool,
}

/// The longest text that is read, in bytes; of a longer one nothing is known.
pub(super) const MAX_TEXT: usize = 1 << 20;

/// Reads a text, at a cost that grows with its length.
pub fn read(text: &str) -> Reading {
    read_with(text, None).0
}

/// Reads a text; in its strings something stands for what it leaves open. `known` may tell a value: it is asked with the name
/// as written, and with the one that is worked out.
pub fn read_filling(text: &str, known: &dyn Fn(&str, &str) -> Option<String>) -> (Reading, Vec<Open>) {
    read_with(text, Some(Filling::new(known)))
}

fn read_with(text: &str, filling: Option<Filling>) -> (Reading, Vec<Open>) {
    if text.len() > MAX_TEXT {
        let value = Value {
            kind: Kind::Unknown(String::new()),
            span: Span::new(0, text.len()),
            through: vec![],
            failure: None,
        };
        return (Reading { value, problems: vec![], is_fragment: false }, Vec::new());
    }
    let mut parsed = best(text);
    let mut twice = Vec::new();
    let layouts = Layouts::of(&parsed.syntax, &mut twice);
    order::sort(&mut twice, |a, b| a.span.cmp(&b.span));
    twice.dedup_by(|a, b| a.span == b.span);
    let mut problems = parsed.problems;
    if !twice.is_empty() {
        problems.extend(twice);
        order::sort(&mut problems, |a, b| a.span.cmp(&b.span));
        problems.truncate(lex::MAX_PROBLEMS);
    }
    if problems.is_empty() {
        problems = undefined::problems(text, &parsed.syntax, &layouts, parsed.root);
    }
    // Of half-typed text nothing is certain.
    let is_sound = problems.is_empty();
    let mut machine = Machine::new(text, &mut parsed.syntax, &layouts, is_sound, filling);
    let value = machine.whole(parsed.root);
    let open = machine.filling.take().map(|it| it.found).unwrap_or_default();
    (Reading { value, problems, is_fragment: parsed.is_fragment }, open)
}

/// The way to understand a text that leaves the fewest mistakes.
pub(super) fn best(text: &str) -> Parsed {
    let tokens = lex::lex(text, Strings::ByQuotes);
    let mut best = parse(text, &tokens, Closing::ByBrackets);
    if best.problems.is_empty() {
        return best;
    }
    let mut chosen = tokens;
    if chosen.has_doubtful_strings {
        let tokens = lex::lex(text, Strings::ByLines);
        let parsed = parse(text, &tokens, Closing::ByBrackets);
        if parsed.problems.len() <= best.problems.len() {
            (best, chosen) = (parsed, tokens);
        }
    }
    if best.is_unclosed {
        let parsed = parse(text, &chosen, Closing::ByIndentation);
        if parsed.problems.len() <= best.problems.len() {
            best = parsed;
        }
    }
    best
}
