//! Where in a text are flags of dockerd?

use crate::{
    document::{Problem, ProblemKind},
    notation::shell::{Quoting, Token, Word, tokens, unit},
    text::{Edits, Span, TextEdit, order},
};

use super::table;

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
}

/// One command: the flags of one call.
#[derive(Debug)]
pub(super) struct Command {
    pub quoting: Quoting,
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
    /// Takes a text apart. A text in no known form is read as flags alone.
    pub fn of(text: &str) -> Self {
        let form = form(text).unwrap_or(Form::Flags);
        let mut source = Self { form, commands: Vec::new(), problems: Vec::new() };
        match form {
            Form::Line => source.line(text),
            Form::Flags => source.flags(text),
            Form::Unit => source.unit(text),
            Form::Variables => source.variables(text),
            Form::Nix => source.nix(text),
        }
        source
    }

    fn problem(&mut self, kind: ProblemKind, span: Span, mend: Edits) {
        self.problems.push(Problem { kind, span, related: None, mend });
    }

    // ── a line for a shell ──

    fn line(&mut self, text: &str) {
        for tokens in commands(text) {
            let mut words: Vec<Word> = Vec::new();
            let mut end = None;
            for token in tokens {
                match token {
                    Token::Word(word) => words.push(word),
                    Token::Operator(span) => end = Some(span),
                    _ => {}
                }
            }
            let Some(call) = Call::of(&words) else {
                continue;
            };
            if let (Some(end), Some(last)) = (end, words.last())
                && last.span.end == end.start
                && text.get(end.end..).is_some_and(|it| it.starts_with(|it: char| !it.is_whitespace()))
            {
                let rest = text.get(last.span.start..).unwrap_or_default();
                let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let whole = Span::new(last.span.start, last.span.start + length);
                let can_be_quoted = !whole.of(text).contains(['\'', '"', '\\', '$', '`']);
                let mend = match can_be_quoted {
                    true => Edits::replace(whole, ["'", whole.of(text), "'"].concat()),
                    false => Edits::NONE,
                };
                self.problem(ProblemKind::CutOff, end, mend);
            }
            self.call(text, call, words, Quoting::Shell);
        }
    }

    /// The flags of a call, and the problems of its program.
    fn call(&mut self, text: &str, call: Call, mut words: Vec<Word>, quoting: Quoting) {
        let program = words.get(call.program).map(|it| it.span).unwrap_or_default();
        let mut start = program.end;
        if let Some(last) = call.old.and_then(|it| words.get(it)) {
            let span = program.to(last.span);
            let can_be_mended = program.of(text).ends_with("docker");
            let mend = match can_be_mended {
                true => Edits::replace(Span::new(program.end, span.end), "d"),
                false => Edits::replace(Span::new(program.end, span.end), ""),
            };
            self.problem(ProblemKind::OldProgram, span, mend);
            start = span.end;
        }
        words.drain(..words.len().min(call.first));
        self.commands.push(Command { quoting, start, words });
    }

    // ── flags alone ──

    fn flags(&mut self, text: &str) {
        let end = text.trim_end().len();
        let tokens = tokens(text, Span::new(0, text.len()), Quoting::Flags);
        let words = tokens.into_iter().filter_map(word).collect();
        self.commands.push(Command { quoting: Quoting::Flags, start: end, words });
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
                let words: Vec<Word> = tokens.iter().cloned().filter_map(word).collect();
                if let Some(mut call) = Call::of(&words) {
                    call.first += usize::from(has_own_name);
                    self.call(text, call, words, Quoting::Unit);
                    is_found = true;
                }
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
        for it in assignments(text).into_iter().filter(|it| it.holds_flags(text)) {
            let quoting = Quoting::Variable(it.quote);
            let mut words: Vec<Word> = tokens(text, it.value, quoting).into_iter().filter_map(word).collect();
            let is_itself =
                |word: &Word| word.text.strip_prefix('$').is_some_and(|name| name.trim_matches(['{', '}']) == it.name);
            let adds = it.adds || words.iter().any(is_itself);
            words.retain(|word| !is_itself(word));
            found.push((it, adds, Command { quoting, start: 0, words }));
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
    }

    // ── NixOS ──

    fn nix(&mut self, text: &str) {
        if let Some((quote, value)) = nix_string(text) {
            let quoting = Quoting::Nix(quote);
            let words = tokens(text, value, quoting).into_iter().filter_map(word).collect();
            self.commands.push(Command { quoting, start: value.start, words });
        }
    }
}

fn word(token: Token) -> Option<Word> {
    match token {
        Token::Word(word) => Some(word),
        _ => None,
    }
}

// ── which form ──

/// The form of a text that holds flags of dockerd; `None` for any other text.
pub(super) fn form(text: &str) -> Option<Form> {
    let mut lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    let is_comment = |it: &&str| it.starts_with(['#', ';']);
    let first = lines.clone().find(|it| !is_comment(it));
    if first.is_some_and(|it| it.starts_with(['{', '<']) || it.starts_with("---")) {
        return None;
    }
    let is_setting =
        |it: &str| unit::section_of(it).is_some() || it.starts_with("ExecStart") || it.starts_with("Environment");
    if first.is_some_and(is_setting) && is_unit(text) {
        return Some(Form::Unit);
    }
    if nix_string(text).is_some() {
        return Some(Form::Nix);
    }
    // A line of YAML: `command: dockerd`.
    let is_yaml = |it: &str| {
        it.split_once(':').is_some_and(|(key, rest)| {
            !key.is_empty()
                && key.chars().all(|it| it.is_ascii_alphanumeric() || "-_.".contains(it))
                && (rest.is_empty() || rest.starts_with(' '))
        })
    };
    if lines.clone().any(is_yaml) || lines.any(|it| it.starts_with("- ")) {
        return None;
    }
    if assignments(text).iter().any(|it| it.holds_flags(text)) {
        return Some(Form::Variables);
    }
    let calls = |words: &[Word]| Call::of(words).is_some_and(|it| !it.is_prose(words));
    if commands(text).any(|it| calls(&it.into_iter().filter_map(word).collect::<Vec<_>>())) {
        return Some(Form::Line);
    }
    are_flags(text).then_some(Form::Flags)
}

/// Whether a unit starts dockerd, or hands variables to it.
fn is_unit(text: &str) -> bool {
    let settings = unit::settings(text);
    let mut starts = settings.iter().filter(|it| it.name == "ExecStart" && it.value.start < it.value.end).peekable();
    if starts.peek().is_none() {
        let is_ours = |it: &unit::Setting| {
            // `DOCKER_HOST` and its like are for the client.
            let value = it.value.of(text);
            let is_file = it.name == "EnvironmentFile" && value.contains("docker");
            let holds_flags = ["DOCKER_OPT", "DOCKER_ARGS", "DOCKERD_"].iter().any(|it| value.contains(it));
            let is_variable = is_file || (it.name.starts_with("Environment") && holds_flags);
            is_variable || (it.name == "ExecStart" && (text.contains("dockerd") || text.contains("docker.service.d")))
        };
        return settings.iter().any(is_ours);
    }
    starts.any(|it| {
        let value = it.value.of(text);
        let tokens = tokens(value, Span::new(0, value.len()), Quoting::Unit);
        let words: Vec<Word> = tokens.into_iter().filter_map(word).collect();
        let has_prefix = words.first().map(|it| it.text.trim_start_matches(['@', '-', ':', '+', '!', '|']).to_owned());
        has_prefix.is_some_and(|it| is_dockerd(&it)) || Call::of(&words).is_some() || value.contains("dockerd ")
    })
}

/// Whether a text consists of flags alone, most of them dockerd's.
fn are_flags(text: &str) -> bool {
    let tokens = tokens(text, Span::new(0, text.len()), Quoting::Flags);
    if tokens.iter().any(|it| matches!(it, Token::Operator(_) | Token::Redirection(_))) {
        return false;
    }
    let words: Vec<Word> = tokens.into_iter().filter_map(word).collect();
    let (mut known, mut flags) = (0, 0);
    let (mut takes_value, mut is_ours) = (false, false);
    for (at, word) in words.iter().enumerate() {
        let text = plain_hyphens(&word.text);
        let name = text.trim_start_matches('-');
        let (name, value) = name.split_once('=').map_or((name, None), |it| (it.0, Some(it.1)));
        let hyphens = text.len() - text.trim_start_matches('-').len();
        if hyphens == 0 || name.is_empty() || hyphens > 2 {
            if !takes_value || at == 0 {
                return false;
            }
            takes_value = false;
            continue;
        }
        let long = table::find(name).filter(|_| hyphens == 2);
        // Up to the one that takes the rest for its value, all are letters of dockerd.
        let mut letters = name.chars().map(|it| table::behind(it).and_then(table::find));
        let last = letters.find(|it| it.is_none_or(|it| it.takes != table::Takes::Truth));
        let is_short = last.is_none_or(|it| it.is_some());
        let short = name.chars().next().and_then(table::behind).and_then(table::find);
        let short = short.filter(|_| hyphens == 1 && is_short);
        flags += 1;
        known += usize::from(long.is_some() || short.is_some());
        // `-p` and `-v` are those of other commands, too.
        is_ours |= long.is_some() || (short.is_some() && name.starts_with(['D', 'G', 'H']));
        is_ours &= flags > 1 || long.or(short).is_some();
        takes_value = match long.or(short) {
            Some(flag) if hyphens == 2 || name.len() == 1 => value.is_none() && flag.takes != table::Takes::Truth,
            Some(_) => false,
            None => value.is_none() && hyphens == 2,
        };
    }
    is_ours && known * 2 >= flags
}

/// The text with hyphens in place of the dashes that a word processor makes of them.
pub(super) fn plain_hyphens(text: &str) -> String {
    let dashes = text.chars().take_while(|it| "-‐‑‒–—―−".contains(*it)).collect::<String>();
    if dashes.bytes().all(|it| it == b'-') {
        return text.to_owned();
    }
    let rest = text.get(dashes.len()..).unwrap_or_default();
    let letters = rest.split(['=', ' ']).next().unwrap_or_default().chars().count();
    let hyphens = if letters == 1 { "-" } else { "--" };
    [hyphens, rest].concat()
}

// ── a call of the daemon ──

/// Where in the words of a command the daemon is called.
struct Call {
    program: usize,
    /// The first word of its own.
    first: usize,
    /// The last word of an old way to call it.
    old: Option<usize>,
}

impl Call {
    fn of(words: &[Word]) -> Option<Self> {
        let mut at = 0;
        let prompt = words.iter().take(3).position(|it| is_prompt(&it.text));
        if let Some(prompt) = prompt {
            at = prompt + 1;
        }
        let mut is_wrapped = false;
        while let Some(word) = words.get(at) {
            let text = word.text.as_str();
            let name = text.rsplit(['/', '\\']).next().unwrap_or_default();
            if is_dockerd(text) {
                // The wrapper of Container Linux was called with `daemon`, too.
                let old = words.get(at + 1).filter(|it| it.text == "daemon").map(|_| at + 1);
                return Some(Self { program: at, first: old.unwrap_or(at) + 1, old });
            }
            if name == "docker" {
                let is_old =
                    words.get(at + 1).is_some_and(|it| matches!(it.text.as_str(), "daemon" | "-d" | "--daemon"));
                return is_old.then_some(Self { program: at, first: at + 2, old: Some(at + 1) });
            }
            let is_assignment = text.split_once('=').is_some_and(|it| is_of_environment(it.0));
            let is_option = is_wrapped && text.starts_with('-');
            let wraps = matches!(name, "sudo" | "doas" | "exec" | "nohup" | "env" | "time" | "command" | "setsid");
            if !is_assignment && !is_option && !wraps {
                return None;
            }
            is_wrapped |= wraps;
            at += 1;
        }
        None
    }

    /// Whether a sentence goes on behind the program's name: "dockerd fails to start".
    fn is_prose(&self, words: &[Word]) -> bool {
        let mut behind = words.iter().skip(self.first).take(2).map(|it| it.text.starts_with(char::is_alphabetic));
        behind.next() == Some(true) && behind.next() == Some(true)
    }
}

/// Whether a variable of this name is one that programs look at; log lines have `level=info`, too.
fn is_of_environment(name: &str) -> bool {
    is_name(name) && (name.ends_with("_proxy") || !name.contains(|it: char| it.is_ascii_lowercase()))
}

/// Whether a word is the end of what a shell writes before a command.
fn is_prompt(word: &str) -> bool {
    let before = word.strip_suffix(['$', '#', '%', '>']);
    before.is_some_and(|it| it.is_empty() || it.ends_with(['~', ']', ')']) || it.contains('@'))
}

fn is_dockerd(program: &str) -> bool {
    let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
    matches!(name, "dockerd" | "dockerd.exe" | "dockerd-ce" | "dockerd-current" | "dockerd-rootless.sh")
}

/// The commands of a script, one after the other; each with the operator that ends it.
fn commands(text: &str) -> impl Iterator<Item = Vec<Token>> {
    let whole = Span::new(0, text.len());
    let mut all = tokens(text, whole, Quoting::Shell);
    if let [Token::Comment(first), ..] = all[..] {
        // `# dockerd --debug`: root's prompt, unless a command follows that is none.
        let inner = Span::new(first.start + 1, text.len());
        let program = Span::new(first.start + 1, first.end).of(text).trim_start();
        let called = program.strip_prefix("sudo ").unwrap_or(program).split_whitespace().next();
        let is_called = called.is_some_and(is_dockerd);
        let has_others = all.iter().any(|it| matches!(it, Token::Word(_)));
        let goes_on = first.of(text).trim_end().ends_with('\\');
        if is_called && (!has_others || goes_on) {
            all = tokens(text, inner, Quoting::Shell);
        }
    }
    let mut commands = Vec::new();
    let mut current = Vec::new();
    for token in all {
        let is_end = matches!(token, Token::Operator(_) | Token::Newline(_));
        current.push(token);
        if is_end {
            commands.push(std::mem::take(&mut current));
        }
    }
    commands.push(current);
    commands.into_iter()
}

// ── variables ──

/// `NAME="value"` in a file of variables.
struct Assignment<'a> {
    name: &'a str,
    /// Whether it adds to what the variable held.
    adds: bool,
    quote: Option<char>,
    /// The bytes of the value, without its quotes.
    value: Span,
    problems: Vec<Problem>,
}

impl Assignment<'_> {
    /// Whether the daemon is started with it.
    fn holds_flags(&self, text: &str) -> bool {
        let value = self.value.of(text).trim_start();
        let is_called_so =
            ["OPTS", "OPTIONS", "ARGS", "_REGISTRY", "REGISTRIES"].iter().any(|it| self.name.ends_with(it));
        let is_ours = self.name.contains("DOCKER")
            || matches!(self.name, "OPTIONS" | "ADD_REGISTRY" | "INSECURE_REGISTRY" | "REGISTRIES");
        let first = value.split_whitespace().next().unwrap_or_default();
        let name = first.trim_start_matches(['-', '–', '—']);
        let is_flag = first.len() > name.len() && !name.is_empty();
        match value.is_empty() {
            true => self.name == "DOCKER_OPTS",
            false => {
                is_called_so && is_ours && (is_flag || first.starts_with('$')) || (is_called_so && are_flags(value))
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    let is_first = |it: char| it.is_ascii_alphabetic() || it == '_';
    text.starts_with(is_first) && text.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
}

/// The assignments of a file of variables; lines that are none are passed over.
fn assignments(text: &str) -> Vec<Assignment<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let next = at + line.len() + 1;
        let trimmed = line.trim_start();
        let start = at + line.len() - trimmed.len();
        let bare = trimmed.strip_prefix("export ").unwrap_or(trimmed);
        let name_start = start + trimmed.len() - bare.len();
        at = next;
        let Some((name, value)) = bare.split_once('=') else {
            continue;
        };
        let adds = name.ends_with('+');
        let plain = name.trim_end_matches('+');
        if !is_name(plain) {
            continue;
        }
        let value_start = name_start + name.len() + 1;
        let mut assignment =
            Assignment { name: plain, adds, quote: None, value: Span::empty(value_start), problems: Vec::new() };
        let inner = value_start + value.chars().next().map_or(0, char::len_utf8);
        match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                assignment.quote = Some(quote);
                let end = closing(text, inner, quote);
                let line_end = value_start + value.trim_end().len();
                assignment.value = Span::new(inner, end.unwrap_or(line_end).max(inner));
                match end {
                    Some(end) => {
                        let rest = text.get(end..).unwrap_or_default();
                        at = end + rest.find('\n').map_or(rest.len(), |it| it + 1);
                    }
                    None => assignment.problems.push(Problem {
                        kind: ProblemKind::UnclosedString,
                        span: Span::new(value_start, assignment.value.end),
                        related: None,
                        mend: Edits::replace(Span::empty(assignment.value.end), quote.to_string()),
                    }),
                }
            }
            Some('“' | '”' | '„') => {
                let end = value.rfind(['“', '”']).filter(|it| *it > 0).map_or(value.trim_end().len(), |it| it);
                let end = value_start + end;
                assignment.quote = Some('"');
                assignment.value = Span::new(inner, end.max(inner));
                let closing = text.get(end..).and_then(|it| it.chars().next()).filter(|it| "“”".contains(*it));
                let closing = Span::new(end, end + closing.map_or(0, char::len_utf8));
                let quote = |span| TextEdit { span, text: "\"".to_owned() };
                assignment.problems.push(Problem {
                    kind: ProblemKind::WrongQuotes,
                    span: Span::new(value_start, closing.end),
                    related: None,
                    mend: Edits::of(vec![quote(Span::new(value_start, inner)), quote(closing)]),
                });
            }
            _ => {
                let length = value.find(|it: char| it.is_whitespace() || it == ';').unwrap_or(value.len());
                assignment.value = Span::new(value_start, value_start + length);
            }
        }
        found.push(assignment);
    }
    found
}

/// Where the quote is that closes what is open at byte `from`.
fn closing(text: &str, from: usize, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, it) in text.get(from..)?.bytes().enumerate() {
        match it {
            _ if is_escaped => is_escaped = false,
            b'\\' if quote == '"' => is_escaped = true,
            _ if char::from(it) == quote => return Some(from + at),
            _ => {}
        }
    }
    None
}

/// The string of a text that is `extraOptions = "…";` and nothing else: its quote, and the bytes within.
fn nix_string(text: &str) -> Option<(&'static str, Span)> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim();
    let is_path = name.chars().all(|it| it.is_ascii_alphanumeric() || "._-".contains(it));
    if !is_path || !name.ends_with("extraOptions") {
        return None;
    }
    let start = text.len() - value.trim_start().len();
    let value = value.trim();
    let value = value.strip_suffix(';').unwrap_or(value).trim_end();
    let quote = ["''", "\""].into_iter().find(|it| value.starts_with(it))?;
    let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
    let start = start + quote.len();
    (!inner.contains(quote)).then_some((quote, Span::new(start, start + inner.len())))
}
