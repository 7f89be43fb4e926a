//! What does a JSON text say? Correct parts are understood, each mistake is named once.
//!
//! The reader accepts exactly what Go's `encoding/json` accepts; for anything
//! else it reports a [`Problem`] and goes on as if the mistake had been mended.
//! It never recurses, so depth costs no stack.

use super::{
    holes,
    lex::lex,
    recover::{Closing, MAX_PROBLEMS, Parser},
};
use crate::{
    document::{Kind, Node, Problem, ProblemKind, Tree},
    text::{Edits, Span, find, order},
};

/// Reads a `daemon.json`, or what is around the holes of its template.
pub fn read(text: &str) -> Tree {
    let written = read_as_written(text);
    let around = match written.is_damaged() {
        true => holes::around(text),
        false => None,
    };
    let Some(around) = around else {
        return written;
    };
    let mut document = read_as_written(&around.text);
    let is_comma =
        |kind| matches!(kind, ProblemKind::TrailingComma | ProblemKind::MissingComma | ProblemKind::ExtraComma);
    // What is written for one branch can have its comma in another.
    let mut problems = document.problems;
    problems.retain(|it| !(around.has_branches && is_comma(it.kind)));
    problems.extend(around.holes.iter().take(MAX_PROBLEMS).map(|it| Problem {
        kind: ProblemKind::Placeholder,
        span: *it,
        related: None,
        mend: Edits::NONE,
    }));
    order::sort(&mut problems, |a, b| a.span.cmp(&b.span));
    document.problems = problems;
    hide(&mut document.root, &around.holes);
    document
}

/// Makes the values unknown that are in the place of holes.
fn hide(node: &mut Node, holes: &[Span]) {
    match &mut node.kind {
        Kind::Map(members) => members.iter_mut().for_each(|it| hide(&mut it.value, holes)),
        Kind::List(elements) => elements.iter_mut().for_each(|it| hide(it, holes)),
        Kind::Null => {
            let found = holes.binary_search_by_key(&node.span.start, |it| it.start);
            if let Some(hole) = found.ok().and_then(|it| holes.get(it)) {
                *node = Node::new(Kind::Opaque, *hole);
            }
        }
        // In such a file these are filled in as well.
        Kind::String(text) if find::contains(text, "{{") || find::contains(text, "${") => {
            node.kind = Kind::Opaque;
        }
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Opaque | Kind::Missing => {}
    }
}

/// Reads a `daemon.json`; the holes of a template are damage like any other.
pub fn read_as_written(text: &str) -> Tree {
    let tokens = lex(text);
    let by_brackets = Parser::new(text, &tokens, Closing::ByBrackets).run();
    match by_brackets.unclosed {
        true => Parser::new(text, &tokens, Closing::ByIndentation).run(),
        false => by_brackets,
    }
    .document
}
