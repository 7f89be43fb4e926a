//! Where in a text are flags of dockerd?

mod call;
mod container;
mod form;
mod known;
mod line;
mod shown;
mod variables;

use crate::{
    document::{Problem, ProblemKind},
    notation::shell::{Quoting, Token, Word, tokens, unit},
    text::{Edits, Span, TextEdit, order},
};

use call::{Call, calls, commands_of, words_of};
pub(super) use form::form;
use form::nix_string;
pub(super) use known::plain_hyphens;
use variables::{claimed, is_all_comments};

/// The form of a text that holds flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A line for a shell that calls dockerd.
    Line,
    /// Flags alone.
    Flags,
    /// A unit of systemd, or a drop-in.
    Unit,
    /// Variables that a script or a unit starts the daemon with.
    Variables,
    /// The option `extraOptions` of NixOS.
    Nix,
    /// The command of a container that is the daemon.
    Container,
    /// What a list of processes shows.
    Shown,
}

/// One command: the flags of one call.
#[derive(Debug)]
pub(super) struct Command {
    pub quoting: Quoting,
    /// Whether the program stands before them.
    pub has_program: bool,
    /// Behind what flags can be added where there are none.
    pub start: usize,
    /// What follows the program.
    pub words: Vec<Word>,
}

/// Commands, and what is wrong around them.
#[derive(Debug)]
pub(super) struct Source {
    pub form: Form,
    pub commands: Vec<Command>,
    pub problems: Vec<Problem>,
}

impl Source {
    /// Takes a text apart. A text in no known form is read as variables where it has any, and as flags alone otherwise.
    pub fn of(text: &str) -> Self {
        let form = form(text).unwrap_or_else(|| match claimed(text, true).is_empty() {
            true => Form::Flags,
            false => Form::Variables,
        });
        let mut source = Self { form, commands: Vec::new(), problems: Vec::new() };
        match form {
            Form::Line => source.line(text),
            Form::Flags => source.flags(text),
            Form::Unit => source.unit(text),
            Form::Variables => source.variables(text),
            Form::Nix => source.nix(text),
            Form::Container => source.container(text),
            Form::Shown => source.shown(text),
        }
        source
    }

    fn problem(&mut self, kind: ProblemKind, span: Span, mend: Edits) {
        self.problems.push(Problem { kind, span, related: None, mend });
    }

    // ── a line for a shell ──

    fn line(&mut self, text: &str) {
        let (quoting, commands) = line::commands(text);
        let is_call = |it: &Call| !it.is_prose();
        let words = commands.iter().map(|it| words_of(it.iter().cloned()));
        let has_calls = words.map(|it| calls(text, it, quoting, &mut Vec::new())).any(|it| it.iter().any(is_call));
        for tokens in commands {
            let end = tokens.iter().rev().find_map(|it| match it {
                Token::Operator(span) => Some(*span),
                _ => None,
            });
            let words = words_of(tokens);
            let last = words.last().map(|it| it.span);
            let mut found = calls(text, words, quoting, &mut self.problems);
            // Sentences about the daemon stand between its calls.
            found.retain(|it| !has_calls || is_call(it));
            if found.is_empty() {
                continue;
            }
            if let (Some(end), Some(last)) = (end, last)
                && last.end == end.start
                && text.get(end.end..).is_some_and(|it| it.starts_with(|it: char| !it.is_whitespace()))
            {
                let rest = text.get(last.start..).unwrap_or_default();
                let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let whole = Span::new(last.start, last.start + length);
                let can_be_quoted = !whole.of(text).contains(['\'', '"', '\\', '$', '`']);
                let mend = match can_be_quoted {
                    true => Edits::replace(whole, ["'", whole.of(text), "'"].concat()),
                    false => Edits::NONE,
                };
                self.problem(ProblemKind::CutOff, end, mend);
            }
            for call in found {
                self.call(text, call);
            }
        }
    }

    /// The flags of a call, and the problems of its program.
    fn call(&mut self, text: &str, call: Call) {
        let Call { program, old, start, words, quoting } = call;
        if let Some(last) = old {
            let span = program.to(last);
            let can_be_mended = program.of(text).ends_with("docker");
            let mend = match can_be_mended {
                true => Edits::replace(Span::new(program.end, span.end), "d"),
                false => Edits::replace(Span::new(program.end, span.end), ""),
            };
            self.problem(ProblemKind::OldProgram, span, mend);
        }
        self.commands.push(Command { quoting, has_program: true, start, words });
    }

    // ── flags alone ──

    fn flags(&mut self, text: &str) {
        let end = text.trim_end().len();
        let tokens = tokens(text, Span::new(0, text.len()), Quoting::Flags);
        self.commands.push(Command {
            quoting: Quoting::Flags,
            has_program: false,
            start: end,
            words: words_of(tokens),
        });
    }

    // ── systemd ──

    fn unit(&mut self, text: &str) {
        let settings = unit::settings(text);
        let is_other = |it: &str| unit::section_of(it.trim()).is_some_and(|it| !it.eq_ignore_ascii_case("Service"));
        let has_other_sections = text.lines().any(is_other);
        let is_drop_in = !has_other_sections
            && settings.iter().all(|it| {
                it.section.eq_ignore_ascii_case("Service")
                    && matches!(
                        it.name,
                        "ExecStart" | "Environment" | "EnvironmentFile" | "ExecStartPre" | "MountFlags"
                    )
            });
        let mut is_reset = false;
        for it in settings.iter().filter(|it| it.name == "ExecStart") {
            if it.value.start == it.value.end {
                is_reset = true;
                self.commands.clear();
                self.problems.clear();
                continue;
            }
            let written = it.value.of(text);
            let prefix = written.len() - written.trim_start_matches(['@', '-', ':', '+', '!', '|']).len();
            let has_own_name = written.get(..prefix).is_some_and(|it| it.contains('@'));
            let span = Span::new(it.value.start + prefix, it.value.end);
            let tokens = tokens(text, span, Quoting::Unit);
            let mut is_found = false;
            for tokens in tokens.split(|it| matches!(it, Token::Operator(_))) {
                let problems = self.problems.len();
                for mut call in calls(text, words_of(tokens.iter().cloned()), Quoting::Unit, &mut self.problems) {
                    if has_own_name && !call.words.is_empty() {
                        call.start = call.words.remove(0).span.end;
                    }
                    self.call(text, call);
                    is_found = true;
                }
                is_found |= problems < self.problems.len();
            }
            if !is_found && it.value.of(text).contains("dockerd") {
                self.problem(ProblemKind::NotRead, it.value, Edits::NONE);
            }
            if is_found && is_drop_in && !is_reset {
                let line = TextEdit { span: Span::empty(it.name_span.start), text: "ExecStart=\n".to_owned() };
                self.problem(ProblemKind::StartNotReset, it.name_span, line.into());
            }
        }
        let mut words = self.commands.iter().flat_map(|it| &it.words);
        let has_variables = words.any(|it| it.unread.is_some_and(|it| it.of(text).starts_with('$')));
        if has_variables || self.commands.is_empty() {
            let variables = settings.iter().filter(|it| matches!(it.name, "Environment" | "EnvironmentFile"));
            for it in variables.filter(|it| it.value.start < it.value.end) {
                self.problem(ProblemKind::NotRead, it.value, Edits::NONE);
            }
        }
    }

    // ── variables ──

    fn variables(&mut self, text: &str) {
        let mut found = Vec::new();
        for it in claimed(text, true) {
            let quoting = Quoting::Variable(it.quote);
            let mut words = words_of(tokens(text, it.value, quoting));
            let is_itself =
                |word: &Word| word.text.strip_prefix('$').is_some_and(|name| name.trim_matches(['{', '}']) == it.name);
            let adds = it.adds || words.iter().any(is_itself);
            words.retain(|word| !is_itself(word));
            found.push((it, adds, Command { quoting, has_program: false, start: 0, words }));
        }
        // What was assigned before counts no longer.
        let mut resets: Vec<(&str, usize)> = Vec::new();
        for (at, (it, adds, _)) in found.iter().enumerate() {
            if !adds {
                resets.push((it.name, at));
            }
        }
        order::sort(&mut resets, |a, b| a.cmp(b));
        let first_that_counts = |name: &str| {
            let behind = resets.partition_point(|it| it.0 <= name);
            let last = behind.checked_sub(1).and_then(|it| resets.get(it));
            last.filter(|it| it.0 == name).map_or(0, |it| it.1)
        };
        let counting: Vec<bool> = found.iter().enumerate().map(|(at, it)| first_that_counts(it.0.name) <= at).collect();
        for ((it, _, command), counts) in found.into_iter().zip(counting) {
            if counts {
                self.problems.extend(it.problems);
                self.commands.push(Command { start: it.value.start, ..command });
            }
        }
        if let Some(comment) = is_all_comments(text) {
            self.problem(ProblemKind::OnlyComments, comment.span, comment.mend);
        }
    }

    // ── NixOS ──

    fn nix(&mut self, text: &str) {
        if let Some((quote, value)) = nix_string(text) {
            let quoting = Quoting::Nix(quote);
            let words = words_of(tokens(text, value, quoting));
            self.commands.push(Command { quoting, has_program: false, start: value.start, words });
        }
    }

    // ── containers ──

    fn container(&mut self, text: &str) {
        let Some((span, quoting)) = container::command(text) else {
            return;
        };
        let all = tokens(text, span, quoting);
        let words = words_of(all.clone());
        for tokens in commands_of(all) {
            for call in calls(text, words_of(tokens), quoting, &mut self.problems) {
                self.call(text, call);
            }
        }
        if self.commands.is_empty() && self.problems.is_empty() {
            self.commands.push(Command { quoting, has_program: false, start: span.start, words });
        }
    }

    // ── lists of processes ──

    fn shown(&mut self, text: &str) {
        let span = shown::shown(text).unwrap_or_default();
        let words = words_of(tokens(text, span, Quoting::Shown));
        for call in calls(text, words, Quoting::Shown, &mut self.problems) {
            self.call(text, call);
        }
    }
}
