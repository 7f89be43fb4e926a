//! What do the options of NixOS come to? The members that would say the same in a `daemon.json`.

use crate::{
    document::{Kind, Member, Node, Problem, Tree},
    notation::{
        json,
        nix::{self, value},
    },
    text::{Span, order},
};

use super::{
    find::{Host, hosts},
    said::{Said, Setting, Settings},
};

/// Reads the settings of a daemon out of Nix.
pub(super) fn read(text: &str) -> Tree {
    let reading = nix::read(text);
    tree_of(text, &hosts(&reading.value), reading.problems)
}

/// The settings of the first of some machines.
pub(super) fn tree_of(text: &str, hosts: &[Host], problems: Vec<Problem>) -> Tree {
    let root = match hosts.first() {
        Some(host) => root_of(text, &Settings::of(host)),
        None => Node::new(Kind::Map(Vec::new()), Span::new(0, text.len())),
    };
    Tree { root, problems, end: None }
}

/// The settings of a daemon as one object.
pub(super) fn root_of(text: &str, settings: &Settings) -> Node {
    let shared = shared(&settings.all);
    let members = settings.all.iter().map(|it| member(text, it, &shared)).collect();
    Node::new(Kind::Map(members), Span::new(0, text.len()))
}

/// The places of values that several settings have, in order: a name stands for them.
fn shared(all: &[Setting]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut rest: Vec<&Setting> = all.iter().collect();
    while let Some(setting) = rest.pop() {
        if matches!(setting.said, Said::Plain(value) if !value.through.is_empty()) {
            spans.push(setting.span());
        }
        rest.extend(setting.parts());
    }
    order::sort(&mut spans, Span::cmp);
    spans.chunk_by(|a, b| a == b).filter(|it| it.len() > 1).filter_map(|it| it.first().copied()).collect()
}

fn member(text: &str, setting: &Setting, shared: &[Span]) -> Member {
    let value = node(text, setting, shared);
    let sound = value.kind != Kind::Missing;
    Member { key: setting.key.to_owned(), key_span: setting.key_span(), value, sound }
}

/// A setting as a node. What is shared is at the name that stands for it.
pub(super) fn node(text: &str, setting: &Setting, shared: &[Span]) -> Node {
    let kind = match &setting.said {
        Said::List(elements) => Kind::List(elements.iter().map(|it| node(text, it, shared)).collect()),
        Said::Map(members) => Kind::Map(members.iter().map(|it| member(text, it, shared)).collect()),
        Said::Plain(value) => plain(text, value),
    };
    let span = setting.span();
    let used = setting.site().and_then(|it| it.value.through.first().copied());
    Node::new(kind, used.filter(|_| shared.binary_search(&span).is_ok()).unwrap_or(span))
}

fn plain(text: &str, value: &value::Value) -> Kind {
    match &value.kind {
        value::Kind::Null => Kind::Null,
        value::Kind::Bool(value) => Kind::Bool(*value),
        value::Kind::Int(number) => Kind::Number(number.to_string()),
        value::Kind::Float(number) => {
            let written = value.span.of(text);
            let is_json = matches!(json::read(written).root.kind, Kind::Number(_));
            match number.is_finite() {
                true if is_json => Kind::Number(written.to_owned()),
                true => Kind::Number(format!("{number:?}")),
                false => Kind::Opaque,
            }
        }
        value::Kind::String(text) => Kind::String(text.clone()),
        value::Kind::Missing => Kind::Missing,
        // The path of a file becomes that of its copy in the store.
        _ => Kind::Opaque,
    }
}
