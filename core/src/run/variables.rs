//! What do variables and substituted commands come to? What the text sets is known; the rest gets a placeholder, and is
//! named.

use std::collections::BTreeMap;

use super::Choices;
use crate::{
    containers::model::Missing,
    notation::shell::{self, Word},
    text::Span,
};

/// A word as the program gets it, and where each part of it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// What the program gets.
    pub text: String,
    /// The bytes of the word, quotes included.
    pub span: Span,
    /// The word of a command; `None` for what another text says.
    word: Option<Word>,
    pieces: Vec<Piece>,
}

/// A part of an argument.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    at: usize,
    length: usize,
    from: From,
}

/// Where a part of an argument comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum From {
    /// A part of the word that begins there.
    Word(usize),
    /// Bytes that were filled in.
    Filled(Span),
    /// Bytes that say it as it is, from there on.
    Bytes(usize),
}

impl Argument {
    fn new(word: &Word) -> Self {
        Self { text: String::new(), span: word.span, word: Some(word.clone()), pieces: Vec::new() }
    }

    /// What another text than a command says, at `span`, quotes included; `inner` are the bytes within that say it as it
    /// is, where there are such.
    pub fn said(text: &str, span: Span, inner: Option<Span>) -> Self {
        let mut argument = Self { text: String::new(), span, word: None, pieces: Vec::new() };
        match inner.filter(|it| it.end - it.start == text.len()) {
            Some(inner) => argument.push(text, From::Bytes(inner.start)),
            None => argument.push(text, From::Filled(span)),
        }
        argument
    }

    fn push(&mut self, text: &str, from: From) {
        if !text.is_empty() {
            self.pieces.push(Piece { at: self.text.len(), length: text.len(), from });
            self.text.push_str(text);
        }
    }

    /// The bytes that the part `from..to` of the text comes from; as far as possible without the quotes around it.
    pub fn part(&self, from: usize, to: usize) -> Span {
        if from >= to {
            let at = self.place(from.saturating_sub(1), false).end;
            return if from == 0 { Span::empty(self.place(0, true).start) } else { Span::empty(at) };
        }
        self.place(from, true).to(self.place(to - 1, false))
    }

    /// The bytes of one byte of the text.
    fn place(&self, at: usize, is_start: bool) -> Span {
        let behind = self.pieces.partition_point(|it| it.at + it.length <= at);
        match self.pieces.get(behind).filter(|it| it.at <= at) {
            Some(Piece { at: start, from: From::Word(from), .. }) => {
                let offset = from + (at - start);
                match (&self.word, is_start) {
                    (Some(word), true) => word.raw(offset, offset + 1),
                    (Some(word), false) => Span::empty(word.end(offset + 1)),
                    (None, _) => self.span,
                }
            }
            Some(Piece { at: start, from: From::Bytes(from), .. }) => {
                let offset = from + (at - start);
                Span::new(offset, offset + 1)
            }
            Some(Piece { from: From::Filled(span), .. }) => *span,
            None => self.word.as_ref().map_or(self.span, |it| it.raw(0, it.text.len())),
        }
    }

    /// The bytes of the text without the quotes around it.
    pub fn inner(&self) -> Span {
        match self.text.is_empty() {
            true => self.span,
            false => self.part(0, self.text.len()),
        }
    }
}

/// What is known of variables, and what is not.
#[derive(Debug)]
pub struct Variables<'a> {
    choices: &'a Choices,
    set: BTreeMap<String, String>,
    /// What could not be found, in the order of the text.
    pub missing: Vec<Missing>,
}

impl<'a> Variables<'a> {
    /// Nothing set yet.
    pub fn new(choices: &'a Choices) -> Self {
        Self { choices, set: BTreeMap::new(), missing: Vec::new() }
    }

    /// Sets a variable for the commands that follow. One that is very long stays open, as values of values may double.
    pub fn set(&mut self, name: &str, value: &str) {
        if value.len() <= LONGEST_VALUE {
            self.set.insert(name.to_owned(), value.to_owned());
        }
    }

    /// The value that the text sets.
    pub fn get(&self, name: &str) -> Option<&str> {
        let given = || self.choices.variables.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
        self.set.get(name).map(String::as_str).or_else(given)
    }

    /// The arguments that a word becomes: one, or as many as the value has that it stands for.
    pub fn expand(&mut self, text: &str, word: &Word, arguments: &mut Vec<Argument>) {
        // Instructions have no arguments of their own.
        if matches!(word.text.as_str(), "$@" | "$*") && word.unread.is_some() {
            return;
        }
        let mut argument = Argument::new(word);
        let mut at = 0;
        let mut is_nothing_else = false;
        let parts: Vec<_> = word.unread_parts().collect();
        for (range, span) in parts {
            if range.start < at {
                continue;
            }
            self.plain(&mut argument, at, range.start);
            let written = word.text.get(range.clone()).unwrap_or_default();
            let behind = word.text.get(range.end..).unwrap_or_default();
            at = range.end;
            is_nothing_else = span == word.span;
            // PowerShell's `$env:NAME`.
            if written.eq_ignore_ascii_case("$env") && behind.starts_with(':') {
                let name = name_at(behind.get(1..).unwrap_or_default());
                at += 1 + name.len();
                let value = self.value_of(name, Span::new(span.start, span.end + 1 + name.len()));
                argument.push(&value, From::Filled(span));
                continue;
            }
            let value = self.filled_in(written, span, 0);
            argument.push(&value, From::Filled(span));
        }
        self.plain(&mut argument, at, word.text.len());
        // Without quotes, a value becomes as many words as it has.
        if is_nothing_else && word.span.of(text).starts_with(['$', '`']) {
            let from = From::Filled(word.span);
            for part in argument.text.split_ascii_whitespace() {
                let mut one = Argument::new(word);
                one.push(part, from);
                arguments.push(one);
            }
            return;
        }
        arguments.push(argument);
    }

    /// A part of a word that stands as it is, but for names as `cmd.exe` has them: `%cd%`.
    fn plain(&mut self, argument: &mut Argument, from: usize, to: usize) {
        let text = argument.word.as_ref().and_then(|it| it.text.get(from..to)).unwrap_or_default().to_owned();
        let mut at = 0;
        while let Some(start) = text.get(at..).and_then(|it| it.find('%')).map(|it| at + it) {
            let rest = text.get(start + 1..).unwrap_or_default();
            let name = name_at(rest);
            let is_closed = rest.get(name.len()..).is_some_and(|it| it.starts_with('%'));
            let end = start + 1;
            if !is_closed || !WINDOWS_NAMES.iter().any(|it| it.eq_ignore_ascii_case(name)) {
                argument.push(text.get(at..end).unwrap_or_default(), From::Word(from + at));
                at = end;
                continue;
            }
            argument.push(text.get(at..start).unwrap_or_default(), From::Word(from + at));
            at = start + name.len() + 2;
            let span = argument.word.as_ref().map_or(argument.span, |it| it.raw(from + start, from + at));
            let value = self.value_of(name, span);
            argument.push(&value, From::Filled(span));
        }
        argument.push(text.get(at..).unwrap_or_default(), From::Word(from + at));
    }

    /// What stands for `$NAME`, `${NAME:-default}`, `$(command)`, or `~`.
    fn filled_in(&mut self, written: &str, span: Span, depth: usize) -> String {
        if let Some(inner) = written.strip_prefix("$(").and_then(|it| it.strip_suffix(')')) {
            return self.of_command(inner.trim(), span);
        }
        if let Some(inner) = written.strip_prefix('`').and_then(|it| it.strip_suffix('`')) {
            return self.of_command(inner.trim(), span);
        }
        if let Some(inner) = written.strip_prefix("${").and_then(|it| it.strip_suffix('}')) {
            return self.of_braces(inner, span, depth);
        }
        if let Some(user) = written.strip_prefix('~') {
            return match user {
                "" => self.value_of("HOME", span),
                "+" => self.value_of("PWD", span),
                _ => ["/home/", user].concat(),
            };
        }
        match written.strip_prefix('$') {
            Some(name) if !name.is_empty() => self.value_of(name, span),
            _ => written.to_owned(),
        }
    }

    fn of_braces(&mut self, inner: &str, span: Span, depth: usize) -> String {
        let inner = inner.strip_prefix("env:").unwrap_or(inner);
        let name = name_at(inner);
        let operator = inner.get(name.len()..).unwrap_or_default();
        let set = self.get(name).map(str::to_owned);
        let is_colon = operator.starts_with(':');
        let known = set.filter(|it| !is_colon || !it.is_empty());
        let operator = operator.strip_prefix(':').unwrap_or(operator);
        let mut characters = operator.chars();
        match characters.next() {
            None => self.value_of(name, span),
            Some('-' | '=') => match known {
                Some(it) => it,
                None => self.default(characters.as_str(), span, depth),
            },
            Some('+') => match known {
                Some(_) => self.default(characters.as_str(), span, depth),
                None => String::new(),
            },
            Some('?') => known.unwrap_or_else(|| self.value_of(name, span)),
            // `${NAME%.*}` and the like change what is in it.
            Some(_) => self.missing(name, &placeholder(name), span),
        }
    }

    /// A default, in which there may be variables again.
    fn default(&mut self, text: &str, span: Span, depth: usize) -> String {
        if depth > 4 {
            return text.to_owned();
        }
        let unquoted = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
        let text = unquoted('"').or_else(|| unquoted('\'')).unwrap_or(text);
        let mut value = String::new();
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|it| !it.is_empty()) {
            let next = rest.find('$').unwrap_or(rest.len());
            value.push_str(rest.get(..next).unwrap_or_default());
            at += next;
            let rest = rest.get(next..).unwrap_or_default();
            match shell::expansion_length(rest) {
                Some(length) => {
                    let written = rest.get(..length).unwrap_or_default();
                    value.push_str(&self.filled_in(written, span, depth + 1));
                    at += length;
                }
                None if rest.is_empty() => break,
                None => {
                    value.push('$');
                    at += 1;
                }
            }
        }
        value
    }

    fn of_command(&mut self, command: &str, span: Span) -> String {
        // Some put comments into a command this way.
        if command.starts_with('#') {
            return String::new();
        }
        let words: Vec<&str> = command.split_ascii_whitespace().collect();
        match words.as_slice() {
            ["pwd" | "pwd.Path" | "$pwd" | "$pwd.Path" | "$PWD" | "Get-Location" | "realpath", ..] => {
                self.value_of("PWD", span)
            }
            ["id", "-u", ..] => self.missing("id -u", "1000", span),
            ["id", "-g", ..] => self.missing("id -g", "100", span),
            ["id", "-un", ..] | ["whoami"] => self.value_of("USER", span),
            ["hostname", ..] => self.value_of("HOSTNAME", span),
            ["which", "docker"] | ["command", "-v", "docker"] => "/run/current-system/sw/bin/docker".to_owned(),
            _ => self.missing(command, &placeholder(command), span),
        }
    }

    /// The value of a variable, or what stands for it.
    pub fn value_of(&mut self, name: &str, span: Span) -> String {
        if let Some(value) = self.get(name) {
            return value.to_owned();
        }
        let directory = self.choices.directory.clone();
        match name {
            "PWD" | "pwd" | "cd" | "CD" => self.missing("PWD", &directory, span),
            "HOME" | "USERPROFILE" | "userprofile" => self.missing("HOME", HOME, span),
            "USER" | "USERNAME" | "LOGNAME" => self.missing("USER", "user", span),
            "UID" => self.missing("UID", "1000", span),
            // That of `users` on NixOS.
            "GID" => self.missing("GID", "100", span),
            _ => self.missing(name, &placeholder(name), span),
        }
    }

    fn missing(&mut self, name: &str, placeholder: &str, span: Span) -> String {
        if let Some(value) = self.choices.variables.iter().find(|it| it.0 == name) {
            return value.1.clone();
        }
        self.missing.push(Missing { name: name.to_owned(), placeholder: placeholder.to_owned(), span });
        placeholder.to_owned()
    }

    /// Names what the text leaves to whoever reads it: `<your password>`.
    pub fn to_fill_in(&mut self, written: &str, span: Span) {
        let name = written.trim_matches(['<', '>']);
        let plain = name.chars().map(|it| match it {
            it if it.is_ascii_alphanumeric() || matches!(it, '/' | '.' | '-') => it,
            _ => '_',
        });
        let placeholder = ["@", &plain.collect::<String>(), "@"].concat();
        self.missing.push(Missing { name: name.to_owned(), placeholder, span });
    }

    /// The directory that `./` means, of which `span` says a part.
    pub fn directory(&mut self, span: Span) -> String {
        self.value_of("PWD", span)
    }
}

/// A value may have so many bytes.
const LONGEST_VALUE: usize = 4_096;

/// What stands for the home directory of whoever types a command.
const HOME: &str = "/home/user";

/// Variables that `cmd.exe` has, and texts use.
const WINDOWS_NAMES: &[&str] =
    &["cd", "userprofile", "username", "appdata", "localappdata", "programdata", "computername"];

/// The name at the start of a text.
fn name_at(text: &str) -> &str {
    let end = text.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// What stands for something that is not known: `@VERSION@`.
fn placeholder(name: &str) -> String {
    let mut plain = String::new();
    for it in name.chars().take(40) {
        match it {
            it if it.is_ascii_alphanumeric() => plain.push(it),
            _ if plain.ends_with('_') || plain.is_empty() => {}
            _ => plain.push('_'),
        }
    }
    let plain = plain.trim_end_matches('_');
    ["@", if plain.is_empty() { "VALUE" } else { plain }, "@"].concat()
}
