//! Which flags do the words of a command give, with which values?
//!
//! Source: spf13/pflag `flag.go`, `parseArgs`, `parseLongArg` and `parseSingleShortArg`.

use super::{
    flags::{self, Cli},
    problem::{Problem, ProblemKind},
    variables::Argument,
};
use crate::{containers::flags::Takes, text::Span};

/// A flag that was given.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Its long name without dashes.
    pub name: &'static str,
    /// The bytes of the flag itself: `--publish`, `-p`, the `d` in `-itd`.
    pub flag: Span,
    /// Its value.
    pub value: Option<Value<'a>>,
}

/// A value of a flag.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    argument: &'a Argument,
    from: usize,
}

impl<'a> Value<'a> {
    /// All of a word.
    pub fn of(argument: &'a Argument) -> Self {
        Self { argument, from: 0 }
    }

    /// What it says.
    pub fn text(self) -> &'a str {
        self.argument.text.get(self.from..).unwrap_or_default()
    }

    /// The bytes that say it, without quotes around it.
    pub fn span(self) -> Span {
        match self.from {
            0 => self.argument.inner(),
            from => self.argument.part(from, self.argument.text.len()),
        }
    }

    /// The bytes that say the part `from..to` of it.
    pub fn part(self, from: usize, to: usize) -> Span {
        self.argument.part(self.from + from, self.from + to)
    }

    /// The bytes that say a part of the text, which is a slice of it.
    pub fn part_of(self, part: &str) -> Span {
        let offset = (part.as_ptr() as usize).wrapping_sub(self.text().as_ptr() as usize);
        match offset.checked_add(part.len()) {
            Some(end) if end <= self.text().len() => self.part(offset, end),
            _ => self.span(),
        }
    }

    /// The bytes of its word, quotes and flag included.
    pub fn word(self) -> Span {
        self.argument.span
    }
}

/// What a command knows.
#[derive(Clone, Copy)]
pub struct Grammar {
    /// The program whose command it is.
    pub cli: Cli,
    /// The flag of a long name: its own name, and what it takes.
    pub find: fn(&str) -> Option<(&'static str, Takes)>,
    /// The long name of a letter.
    pub letter: fn(char) -> Option<&'static str>,
    /// The long name that was likely meant.
    pub nearest: fn(&str, Cli) -> Option<&'static str>,
    /// Whether flags may stand behind other words.
    pub is_interspersed: bool,
}

/// The words of a command, taken apart.
#[derive(Debug)]
pub struct Parsed<'a> {
    /// The flags, in the order of the text.
    pub given: Vec<Given<'a>>,
    /// The other words.
    pub rest: &'a [Argument],
    /// The other words where flags may stand between them.
    pub between: Vec<&'a Argument>,
}

/// Takes the words of a command apart.
pub fn parse<'a>(arguments: &'a [Argument], grammar: &Grammar, problems: &mut Vec<Problem>) -> Parsed<'a> {
    let mut parser = Parser { arguments, at: 0, grammar, given: Vec::new(), problems };
    let mut between = Vec::new();
    while let Some(argument) = parser.arguments.get(parser.at) {
        let text = argument.text.as_str();
        if text == "--" {
            parser.at += 1;
            break;
        }
        if !text.starts_with('-') || text == "-" {
            if !grammar.is_interspersed {
                break;
            }
            between.push(argument);
            parser.at += 1;
            continue;
        }
        parser.at += 1;
        match text.strip_prefix("--") {
            Some(name) => parser.long(argument, name),
            None => parser.short(argument),
        }
    }
    let rest = arguments.get(parser.at..).unwrap_or_default();
    if grammar.is_interspersed {
        between.extend(rest);
    }
    Parsed { given: parser.given, rest, between }
}

struct Parser<'a, 'b> {
    arguments: &'a [Argument],
    at: usize,
    grammar: &'b Grammar,
    given: Vec<Given<'a>>,
    problems: &'b mut Vec<Problem>,
}

impl<'a> Parser<'a, '_> {
    fn long(&mut self, argument: &'a Argument, written: &'a str) {
        let (name, has_value) = match written.split_once('=') {
            Some((name, _)) => (name, true),
            None => (written, false),
        };
        let flag = argument.part(0, 2 + name.len());
        let value = has_value.then_some(Value { argument, from: 3 + name.len() });
        match (self.grammar.find)(name) {
            Some((name, takes)) => self.give(name, takes, flag, value),
            None => {
                let near = self.unknown(&["--", name].concat(), name, flag);
                let takes = near.and_then(self.grammar.find).map(|it| it.1);
                if !has_value && takes.map_or_else(|| self.is_value_next(), |it| it != Takes::Switch) {
                    self.at += 1;
                }
            }
        }
    }

    fn short(&mut self, argument: &'a Argument) {
        let text = argument.text.as_str();
        let mut at = 1;
        while let Some(letter) = text.get(at..).and_then(|it| it.chars().next()) {
            let end = at + letter.len_utf8();
            let from = if at == 1 { 0 } else { at };
            let flag = argument.part(from, end);
            let rest = text.get(end..).unwrap_or_default();
            let known = (self.grammar.letter)(letter).and_then(self.grammar.find);
            let Some((name, takes)) = known else {
                let word = text.trim_start_matches('-').split('=').next().unwrap_or_default();
                // One dash too few: `-name`.
                let right = (self.grammar.find)(word).filter(|_| at == 1 && word.len() > 1);
                match right {
                    Some((name, takes)) => {
                        let flag = argument.part(0, 1 + word.len());
                        let kind = ProblemKind::OneDash { name };
                        self.problems.push(Problem { kind, span: flag });
                        let value = text.find('=').map(|it| Value { argument, from: it + 1 });
                        self.give(name, takes, flag, value);
                    }
                    None => {
                        let whole = argument.part(0, text.len());
                        let shown =
                            match at == 1 && word.len() > 1 && (self.grammar.nearest)(word, self.grammar.cli).is_some()
                            {
                                true => ["-", word].concat(),
                                false => ["-", text.get(at..end).unwrap_or_default()].concat(),
                            };
                        self.unknown(&shown, word, if shown.len() > 2 { whole } else { flag });
                    }
                }
                return;
            };
            if let Some(value) = rest.strip_prefix('=') {
                let from = text.len() - value.len();
                self.give(name, takes, flag, Some(Value { argument, from }));
                return;
            }
            if takes != Takes::Switch {
                let value = (!rest.is_empty()).then_some(Value { argument, from: end });
                // One dash too few, of a name that begins with the letter of another flag: `-env-file`.
                let word = text.trim_start_matches('-').split('=').next().unwrap_or_default();
                if at == 1
                    && word.len() > 3
                    && let Some((name, takes)) = (self.grammar.find)(word)
                {
                    let flag = argument.part(0, 1 + word.len());
                    self.problems.push(Problem { kind: ProblemKind::OneDash { name }, span: flag });
                    return self.give(name, takes, flag, None);
                }
                self.give(name, takes, flag, value);
                return;
            }
            self.give(name, takes, flag, None);
            at = end;
        }
    }

    /// Adds a flag, whose value may be the next word.
    fn give(&mut self, name: &'static str, takes: Takes, flag: Span, value: Option<Value<'a>>) {
        if takes == Takes::Switch || value.is_some() {
            self.given.push(Given { name, flag, value });
            return;
        }
        match self.arguments.get(self.at).filter(|it| !self.is_flag(it)) {
            Some(argument) => {
                self.at += 1;
                self.given.push(Given { name, flag, value: Some(Value::of(argument)) });
            }
            None => self.problems.push(Problem { kind: ProblemKind::ValueMissing { name }, span: flag }),
        }
    }

    /// Whether a word is a flag for sure: nobody means it as a value.
    fn is_flag(&self, argument: &Argument) -> bool {
        let text = argument.text.as_str();
        match text.strip_prefix("--") {
            Some(name) => (self.grammar.find)(name.split('=').next().unwrap_or_default()).is_some(),
            None => {
                let mut letters = text.strip_prefix('-').unwrap_or_default().chars();
                letters.next().and_then(self.grammar.letter).is_some()
                    && !text.contains(|it: char| it.is_whitespace() || it == '/')
            }
        }
    }

    /// Whether the next word is likely the value of a flag that nobody knows: another flag follows it.
    fn is_value_next(&self) -> bool {
        let is_flag = |at: usize| self.arguments.get(at).is_some_and(|it| it.text.starts_with('-'));
        self.at < self.arguments.len() && !is_flag(self.at) && is_flag(self.at + 1)
    }

    fn unknown(&mut self, written: &str, name: &str, span: Span) -> Option<&'static str> {
        let near = (self.grammar.nearest)(name, self.grammar.cli);
        self.problems.push(Problem {
            kind: ProblemKind::UnknownFlag { cli: self.grammar.cli, written: written.to_owned(), near },
            span,
        });
        near
    }
}

/// What `docker run` and `podman run` know.
pub fn of_run(cli: Cli) -> Grammar {
    Grammar {
        cli,
        find: |name| flags::find(name).map(|it| (it.name, it.takes)),
        letter: flags::of_letter,
        nearest: flags::nearest,
        is_interspersed: false,
    }
}
