//! What do `builtins.toJSON` and `fromJSON` make of a value?
//!
//! Source: nix `src/libexpr/value-to-json.cc`, `json-to-value.cc`

use std::rc::Rc;

use super::{
    evaluate::{Found, Kind, MAX_STRING, Machine, Member, Set},
    layout::Place,
    value::FailureKind,
};
use crate::{
    document::{self, Node, Problem, ProblemKind},
    notation::json,
    text::Span,
};

/// Writes a value as Nix does: without white space, names in order. `None` where a part of it is unknown.
pub(super) fn write(machine: &mut Machine, found: &Found, written: &mut String, depth: usize) -> Option<()> {
    match &found.kind {
        Kind::Null => written.push_str("null"),
        Kind::Bool(true) => written.push_str("true"),
        Kind::Bool(false) => written.push_str("false"),
        Kind::Int(number) => written.push_str(&number.to_string()),
        Kind::String(text) => quote(text, written),
        Kind::List(elements) if depth < document::MAX_DEPTH / 2 && machine.spend(elements.len()) => {
            written.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    written.push(',');
                }
                let element = machine.force(*element);
                write(machine, &element, written, depth + 1)?;
            }
            written.push(']');
        }
        Kind::Set(set) if depth < document::MAX_DEPTH / 2 && machine.spend(set.members.len()) => {
            let mut members = set.members.clone();
            members.sort_by(|a, b| machine.name(a.name).cmp(machine.name(b.name)));
            // A set with these is written as what they give.
            let is_special = |it: &Member| matches!(machine.name(it.name), "outPath" | "__toString");
            if members.iter().any(is_special) {
                return None;
            }
            written.push('{');
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    written.push(',');
                }
                quote(machine.name(member.name), written);
                written.push(':');
                let value = machine.force(member.value);
                write(machine, &value, written, depth + 1)?;
            }
            written.push('}');
        }
        _ => return None,
    }
    (written.len() <= MAX_STRING).then_some(())
}

fn quote(text: &str, written: &mut String) {
    written.push('"');
    for character in text.chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            '\0'..'\u{20}' => {
                written.push_str("\\u00");
                let code = u32::from(character);
                for digit in [code / 16, code % 16] {
                    written.extend(char::from_digit(digit, 16));
                }
            }
            _ => written.push(character),
        }
    }
    written.push('"');
}

/// The value that a text of JSON is.
pub(super) fn read(machine: &mut Machine, text: &str, span: Span) -> Found {
    let tree = json::read_as_written(text);
    let value = match tree.problems.is_empty() {
        true => found(machine, &tree.root, span),
        false => None,
    };
    // Nix takes these, or may.
    let is_mild = |it: &Problem| {
        use ProblemKind as P;
        matches!(it.kind, P::HugeNumber | P::TooDeep | P::ByteOrderMark | P::BadEscape | P::Placeholder)
    };
    match value {
        Some(value) => value,
        None if tree.problems.iter().all(is_mild) => machine.unknown(span),
        None => machine.fails(FailureKind::NotJson, span),
    }
}

fn found(machine: &mut Machine, node: &Node, span: Span) -> Option<Found> {
    let kind = match &node.kind {
        document::Kind::Null => Kind::Null,
        document::Kind::Bool(value) => Kind::Bool(*value),
        document::Kind::String(text) => Kind::String(text.as_str().into()),
        document::Kind::Number(digits) => match digits.parse() {
            Ok(number) => Kind::Int(number),
            Err(_) => Kind::Float(digits.parse().ok()?),
        },
        document::Kind::List(nodes) => {
            let mut elements = Vec::with_capacity(nodes.len());
            for node in nodes {
                let element = found(machine, node, span)?;
                elements.push(machine.done(element));
            }
            Kind::List(Rc::new(elements))
        }
        document::Kind::Map(nodes) => {
            let mut members: Vec<Member> = Vec::with_capacity(nodes.len());
            let mut known = std::collections::BTreeMap::new();
            for node in nodes {
                let value = found(machine, &node.value, span)?;
                let value = machine.done(value);
                let name = machine.symbol(&node.key);
                let place = Place { name: span, path: span, binding: Span::empty(span.start) };
                let member = Member { name, place, value };
                // The last of one name counts.
                match known.get(&name).and_then(|it: &usize| members.get_mut(*it)) {
                    Some(place) => *place = member,
                    None => {
                        known.insert(name, members.len());
                        members.push(member);
                    }
                }
            }
            Kind::Set(Rc::new(Set::of(members)))
        }
        document::Kind::Opaque | document::Kind::Missing => return None,
    };
    Some(machine.found(kind, span))
}
