//! How is YAML written so that Compose reads the same strings back?
//!
//! What could be a number, a date, a truth value or nothing is in double quotes, and so is all that has a mark of YAML. A
//! `$` is doubled, because Compose puts variables in; only in values, because it leaves keys alone.
//!
//! Source: yaml.org/spec/1.2.2 (plain and double-quoted style); go.yaml.in/yaml resolve.go; compose-go
//! interpolation/interpolation.go

use crate::text::{Ink, Role};

/// Something to be written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Yaml {
    /// A string.
    Text(String),
    /// A number, `true`, or `null`, as it is.
    Word(String),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>),
}

impl Yaml {
    /// A list of strings.
    pub fn texts<'t>(all: impl IntoIterator<Item = &'t String>) -> Self {
        Self::List(all.into_iter().map(|it| Self::Text(it.clone())).collect())
    }

    /// A whole number.
    pub fn number(value: impl std::fmt::Display) -> Self {
        Self::Word(value.to_string())
    }

    /// `true` or `false`.
    pub fn switch(value: bool) -> Self {
        Self::Word(value.to_string())
    }
}

/// Writes a mapping below what there is; with an empty line before each member of the first level, and of the second.
pub(super) fn write(mut ink: Ink, members: &[(String, Yaml)]) -> Ink {
    if !ink.text.is_empty() {
        ink.space("\n");
    }
    map(&mut ink, members, 0);
    ink
}

fn indent(ink: &mut Ink, depth: usize) {
    for _ in 0..depth {
        ink.space("  ");
    }
}

fn map(ink: &mut Ink, members: &[(String, Yaml)], depth: usize) {
    for (at, (key, value)) in members.iter().enumerate() {
        if at > 0 && (depth == 0 || (depth == 1 && matches!(value, Yaml::Map(_)))) {
            ink.space("\n");
        }
        indent(ink, depth);
        member(ink, key, value, depth);
    }
}

/// A key with its value, its line already indented.
fn member(ink: &mut Ink, key: &str, value: &Yaml, depth: usize) {
    ink.mark(Role::Key, |ink| ink.text.push_str(&scalar(key)));
    ink.put(Role::Punctuation, ":");
    match value {
        Yaml::Map(members) if !members.is_empty() => {
            ink.space("\n");
            map(ink, members, depth + 1);
        }
        Yaml::List(elements) if !elements.is_empty() => {
            ink.space("\n");
            list(ink, elements, depth + 1);
        }
        value => {
            ink.space(" ");
            inline(ink, value);
            ink.space("\n");
        }
    }
}

fn list(ink: &mut Ink, elements: &[Yaml], depth: usize) {
    for element in elements {
        indent(ink, depth);
        ink.put(Role::Punctuation, "-");
        ink.space(" ");
        match element {
            Yaml::Map(members) if !members.is_empty() => {
                for (at, (key, value)) in members.iter().enumerate() {
                    if at > 0 {
                        indent(ink, depth + 1);
                    }
                    member(ink, key, value, depth + 1);
                }
            }
            element => {
                inline(ink, element);
                ink.space("\n");
            }
        }
    }
}

/// What goes on one line.
fn inline(ink: &mut Ink, value: &Yaml) {
    match value {
        Yaml::Text(text) => ink.put(Role::String, &scalar(&text.replace('$', "$$"))),
        Yaml::Word(word) => ink.put(Role::Word, word),
        Yaml::List(elements) => {
            ink.put(Role::Punctuation, "[");
            for (at, element) in elements.iter().enumerate() {
                ink.space(if at > 0 { ", " } else { "" });
                inline(ink, element);
            }
            ink.put(Role::Punctuation, "]");
        }
        Yaml::Map(_) => ink.put(Role::Punctuation, "{}"),
    }
}

/// A string as one line.
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for it in text.chars() {
        match it {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // Compose has no string with it.
            '\0' => {}
            '\u{1}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => quoted.push_str(&format!("\\x{:02x}", u32::from(it))),
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(it)));
            }
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a string needs no quotes: it begins with a letter or as a path does, and nothing in it is a mark.
fn is_plain(text: &str) -> bool {
    const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "y", "n", "null"];
    let begins = text.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/')
        || ["./", "../", "_"].iter().any(|it| text.starts_with(it));
    let allowed = |it: char| it.is_ascii_alphanumeric() || " _./@+-:=".contains(it);
    begins
        && text.chars().all(allowed)
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !WORDS.iter().any(|it| it.eq_ignore_ascii_case(text))
}
