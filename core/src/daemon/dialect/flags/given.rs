//! Which flags does a command line give, read as pflag reads it?
//!
//! Source: github.com/spf13/pflag `flag.go`, `parseArgs`, `parseLongArg`, `parseSingleShortArg`.

use crate::{
    docker::go::strconv::parse_bool,
    document::{Problem, ProblemKind},
    notation::shell::Word,
    text::{Edits, Span, TextEdit},
};

use super::{
    source::{Command, plain_hyphens},
    table::{self, Flag, Takes},
};

/// A flag that is given.
#[derive(Clone, Debug)]
pub(super) struct Given {
    /// Its name, without hyphens; of a letter, the name that it stands for.
    pub name: String,
    pub flag: Option<Flag>,
    /// The bytes of its name, with hyphens.
    pub key: Span,
    /// The word that it is in.
    pub word: usize,
    /// Whether it is a letter after a single hyphen.
    pub is_letter: bool,
    /// Where its value is: a word, and where in the text of that word the value begins.
    pub value: Option<(usize, usize)>,
}

impl Given {
    /// The last word that it takes up.
    pub fn last_word(&self) -> usize {
        self.value.map_or(self.word, |it| it.0)
    }
}

/// The flags of a command, in its order.
pub(super) fn given(text: &str, command: &Command, problems: &mut Vec<Problem>) -> Vec<Given> {
    let mut parser = Parser { text, words: &command.words, at: 0, given: Vec::new(), problems };
    while let Some(word) = parser.words.get(parser.at) {
        let index = parser.at;
        parser.at += 1;
        if let Some(quote) = word.unclosed {
            let close = TextEdit { span: Span::empty(word.span.end), text: quote.of(text).to_owned() };
            parser.problem(ProblemKind::UnclosedString, quote.to(word.span), close.into());
        }
        if let Some(unread) = word.unread {
            parser.problem(ProblemKind::NotRead, unread, Edits::NONE);
        }
        if !parser.flag(index, word) {
            break;
        }
    }
    parser.given
}

struct Parser<'a> {
    text: &'a str,
    words: &'a [Word],
    at: usize,
    given: Vec<Given>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Parser<'a> {
    fn problem(&mut self, kind: ProblemKind, span: Span, mend: Edits) {
        self.problems.push(Problem { kind, span, related: None, mend });
    }

    /// Reads a word that begins something; whether others may follow.
    fn flag(&mut self, index: usize, word: &'a Word) -> bool {
        let mut written = word.text.as_str();
        let hyphenated = plain_hyphens(written);
        let length = written.chars().take_while(|it| "-‐‑‒–—―−".contains(*it)).map(char::len_utf8).sum::<usize>();
        if hyphenated != written && hyphenated.trim_start_matches('-').starts_with(char::is_alphabetic) {
            let dashes = word.raw(0, length);
            let hyphens = hyphenated.len() - (written.len() - length);
            let plain = hyphenated.get(..hyphens).unwrap_or_default();
            self.problem(ProblemKind::LookAlike, dashes, Edits::replace(dashes, plain));
        } else if length == 0 || written == "-" {
            self.positional(word);
            return true;
        } else if written == "--" {
            if let Some(next) = self.words.get(self.at) {
                self.positional(next);
            }
            return false;
        }
        written = hyphenated.as_str();
        let is_mended = word.text != written;
        match written.strip_prefix("--") {
            Some(name) => self.long(index, word, name, if is_mended { length } else { 2 }),
            None => {
                let name = written.strip_prefix('-').unwrap_or(written);
                let bare = name.split('=').next().unwrap_or_default();
                match bare.chars().count() > 1 && table::find(bare).is_some() {
                    true => {
                        let hyphen = word.raw(0, length);
                        self.problem(
                            ProblemKind::OneHyphen,
                            word.raw(0, length + bare.len()),
                            Edits::replace(hyphen, "--"),
                        );
                        self.long(index, word, name, length);
                    }
                    false => self.letters(index, word, name, length),
                }
            }
        }
        true
    }

    /// A word that is neither a flag nor the value of one, such as `false` in `--debug false`.
    fn positional(&mut self, word: &Word) {
        // What begins with something filled in may become a flag.
        if word.unread.is_none_or(|it| word.raw(0, word.text.len()).start < it.start) {
            self.problem(ProblemKind::Positional, word.span, Edits::NONE);
        }
    }

    /// `--name`, `--name=value`, `--name value`; the name begins at `offset` of the word's text.
    fn long(&mut self, index: usize, word: &Word, written: &str, offset: usize) {
        let (name, value) = written.split_once('=').map_or((written, None), |it| (it.0, Some(it.1)));
        let end = offset + name.len();
        let flag = table::find(name);
        let key = word.raw(0, end);
        let value = match value {
            Some("") => self.behind_equals(index, word).or(Some((index, end + 1))),
            Some(_) => Some((index, end + 1)),
            None => self.argument(flag, key),
        };
        if value.is_none() && flag.is_some_and(|it| it.takes != Takes::Truth) {
            self.problem(ProblemKind::MissingArgument, key, Edits::NONE);
        }
        self.given.push(Given { name: name.to_owned(), flag, key, word: index, is_letter: false, value });
    }

    /// What follows `--name= `: a blank got in between.
    fn behind_equals(&mut self, index: usize, word: &Word) -> Option<(usize, usize)> {
        let next = self.words.get(self.at)?;
        let is_value = next.unread.is_none() && !next.text.starts_with('-') && word.span.end < next.span.start;
        let is_same_line = !Span::new(word.span.end, next.span.start).of(self.text).contains('\n');
        if !is_value || !is_same_line || word.span.of(self.text).ends_with(['"', '\'']) {
            return None;
        }
        let gap = Span::new(word.span.end, next.span.start);
        self.problem(ProblemKind::SplitValue, gap, Edits::replace(gap, ""));
        self.at = index + 2;
        Some((index + 1, 0))
    }

    /// The argument that a flag without `=` takes from the next word.
    fn argument(&mut self, flag: Option<Flag>, key: Span) -> Option<(usize, usize)> {
        let index = self.at;
        let next = self.words.get(index)?;
        let looks_like_flag = next.text.starts_with('-') && next.text.len() > 1;
        match flag {
            Some(flag) if flag.takes == Takes::Truth => {
                let is_truth = parse_bool(&next.text).is_some();
                if !is_truth {
                    return None;
                }
                let gap = Span::new(key.end, next.span.start);
                self.problem(ProblemKind::SplitValue, gap, Edits::replace(gap, "="));
            }
            Some(_) => {
                let name = next.text.trim_start_matches('-').split('=').next().unwrap_or_default();
                if next.text.starts_with("--") && table::find(name).is_some() {
                    self.problem(ProblemKind::FlagAsValue, next.span, Edits::NONE);
                }
                if next.text.starts_with('=') && next.text.len() > 1 {
                    let gap = Span::new(key.end, next.span.start);
                    self.problem(ProblemKind::SplitValue, gap, Edits::replace(gap, ""));
                    self.at += 1;
                    return Some((index, 1));
                }
            }
            // What an unknown flag takes is a guess.
            None if looks_like_flag || next.unread.is_some() => return None,
            None => {}
        }
        if let Some(unread) = next.unread {
            self.problem(ProblemKind::NotRead, unread, Edits::NONE);
        }
        if let Some(quote) = next.unclosed {
            let close = TextEdit { span: Span::empty(next.span.end), text: quote.of(self.text).to_owned() };
            self.problem(ProblemKind::UnclosedString, quote.to(next.span), close.into());
        }
        self.at += 1;
        Some((index, 0))
    }

    /// `-D`, `-DH tcp://…`, `-Hvalue`, `-H=value`; the letters begin at `offset` of the word's text.
    fn letters(&mut self, index: usize, word: &Word, written: &str, offset: usize) {
        for (at, letter) in written.char_indices() {
            let name = table::behind(letter);
            let flag = name.and_then(table::find);
            let start = if at == 0 { 0 } else { offset + at };
            let end = offset + at + letter.len_utf8();
            let key = word.raw(start, end);
            let rest = written.get(at + letter.len_utf8()..).unwrap_or_default();
            let takes_value = flag.is_some_and(|it| it.takes != Takes::Truth);
            let value = match rest.strip_prefix('=') {
                Some(value) if !value.is_empty() => Some((index, end + 1)),
                _ if takes_value && !rest.is_empty() => Some((index, end)),
                _ if takes_value => self.argument(flag, key),
                _ => None,
            };
            if takes_value && value.is_none() {
                self.problem(ProblemKind::MissingArgument, key, Edits::NONE);
            }
            let is_last = value.is_some() || flag.is_none();
            let name = name.map_or_else(|| letter.to_string(), str::to_owned);
            self.given.push(Given { name, flag, key, word: index, is_letter: true, value });
            if is_last {
                return;
            }
        }
    }
}
