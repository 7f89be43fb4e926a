//! How is an answer put together? The pieces that guides have in common.

use crate::{
    bench::{Block, File, Line, Step},
    document::Value,
    notation::{
        json,
        nix::{Binding, Nix, write},
    },
    rule::diagnostic::Severity,
};

/// A sentence or two of their own.
pub(super) fn lead(text: impl Into<String>) -> Block {
    Block::Lead(text.into())
}

/// A heading of what follows.
pub(super) fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

/// A step: what to do, more about it, and what to type.
pub(super) fn step(title: &str, explanation: impl Into<String>, lines: &[&str]) -> Step {
    let lines = lines.iter().map(|it| (*it).to_owned()).collect();
    Step { title: title.to_owned(), explanation: explanation.into(), lines }
}

/// A line: what became of something, and what there is to know.
pub(super) fn line(severity: Option<Severity>, word: &str, what: impl Into<String>, how: impl Into<String>) -> Line {
    Line { severity, word: word.to_owned(), what: what.into(), how: how.into(), span: None }
}

/// A file.
pub(super) fn file(name: &str, text: String) -> Block {
    Block::File(File { name: name.to_owned(), text })
}

/// A module of NixOS, which takes `pkgs` where it needs it.
pub(super) fn module(needs_packages: bool, mut bindings: Vec<Binding>) -> String {
    if let Some(first) = bindings.first_mut() {
        first.apart = false;
    }
    let header = if needs_packages { "{ pkgs, ... }:" } else { "{ ... }:" };
    write(&Nix::Function(header, Box::new(Nix::Set(bindings)))).text
}

/// A string of Nix.
pub(super) fn string(text: &str) -> Nix {
    Nix::String(text.to_owned())
}

/// A list of strings of Nix.
pub(super) fn strings<'a>(all: impl IntoIterator<Item = &'a str>) -> Nix {
    Nix::List(all.into_iter().map(string).collect())
}

/// A file of JSON.
pub(super) fn json(members: Vec<(&str, Value)>) -> String {
    let members = members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    json::print(&Value::Map(members)).text
}

/// A text that somebody pasted, short enough for a sentence and with nothing in it that a terminal acts on.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let is_odd = |it: char| {
        it.is_control()
            || it == '`'
            || matches!(it, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    let mut shown: String = text.chars().take(MOST).map(|it| if is_odd(it) { '�' } else { it }).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}
