//! Where in the words of a command is the daemon called?

use crate::{
    document::{Problem, ProblemKind},
    notation::shell::{Quoting, Token, Word, tokens},
    text::{Edits, Span, TextEdit},
};

/// A call of the daemon.
#[derive(Debug)]
pub(super) struct Call {
    /// The bytes of the program.
    pub program: Span,
    /// The last word of an old way to call it.
    pub old: Option<Span>,
    /// Behind what flags can be added where there are none.
    pub start: usize,
    /// What follows the program.
    pub words: Vec<Word>,
    pub quoting: Quoting,
}

impl Call {
    /// Whether a sentence goes on behind the program's name, or a manual's synopsis: "dockerd fails to start",
    /// "dockerd - Enable daemon mode", "dockerd [OPTIONS]".
    pub fn is_prose(&self) -> bool {
        let first = self.words.first().map(|it| it.text.as_str()).unwrap_or_default();
        if matches!(first, "-" | "–" | "—") || first.starts_with('[') {
            return true;
        }
        let mut behind = self.words.iter().take(2).map(|it| it.text.starts_with(char::is_alphabetic));
        behind.next() == Some(true) && behind.next() == Some(true)
    }
}

/// The calls in a command: of a program, or of those in a script that it hands to a shell.
pub(super) fn calls(text: &str, mut words: Vec<Word>, quoting: Quoting, problems: &mut Vec<Problem>) -> Vec<Call> {
    match begin(&words) {
        Some(Begin::Program { program, first, old }) => {
            let span_of = |at: usize| words.get(at).map(|it| it.span);
            let start = first.checked_sub(1).and_then(span_of).unwrap_or_default().end;
            let (program, old) = (span_of(program).unwrap_or_default(), old.and_then(span_of));
            words.drain(..words.len().min(first));
            vec![Call { program, old, start, words, quoting }]
        }
        // A list of processes shows the words of the script beside those of the shell.
        Some(Begin::Script(at)) if quoting == Quoting::Shown => {
            calls(text, words.split_off(at.min(words.len())), quoting, problems)
        }
        Some(Begin::Script(at)) => words.get(at).map_or_else(Vec::new, |it| script(text, it, quoting, problems)),
        Some(Begin::Service(at)) => words.get(at).and_then(|it| service(text, it)).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Whether a word is the daemon's program.
pub(super) fn is_dockerd(program: &str) -> bool {
    let name = name_of(program);
    // A shell takes the backslashes out of a path of Windows.
    let is_of_windows = name.ends_with("dockerd.exe");
    is_of_windows || matches!(name, "dockerd" | "dockerd-ce" | "dockerd-current" | "dockerd-rootless.sh")
}

/// The words among tokens.
pub(super) fn words_of(tokens: impl IntoIterator<Item = Token>) -> Vec<Word> {
    let words = tokens.into_iter().filter_map(|it| match it {
        Token::Word(word) => Some(word),
        _ => None,
    });
    words.collect()
}

/// The commands among tokens, each with the operator that ends it.
pub(super) fn commands_of(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut commands = Vec::new();
    let mut current = Vec::new();
    for token in tokens {
        let is_end = matches!(token, Token::Operator(_) | Token::Newline(_));
        current.push(token);
        if is_end {
            commands.push(std::mem::take(&mut current));
        }
    }
    commands.push(current);
    commands
}

fn name_of(program: &str) -> &str {
    program.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// How a command begins that calls the daemon.
enum Begin {
    /// With the program; `first` is the first word of its own, `old` the last one of an old way to call it.
    Program { program: usize, first: usize, old: Option<usize> },
    /// With a shell and a script for it.
    Script(usize),
    /// With what sets the command of a service on Windows.
    Service(usize),
}

/// Programs that start another one: the letters of their options that take the next word, and how many words of their
/// own come before the other program.
const WRAPPERS: &[(&str, &str, usize)] = &[
    ("sudo", "ugCprtTUhDR", 0),
    ("doas", "uC", 0),
    ("exec", "a", 0),
    ("nohup", "", 0),
    ("env", "uCS", 0),
    ("time", "fo", 0),
    ("command", "", 0),
    ("setsid", "", 0),
    ("nice", "n", 0),
    ("ionice", "cnpPu", 0),
    ("chrt", "TPD", 1),
    ("taskset", "p", 1),
    ("numactl", "imNCpw", 0),
    ("timeout", "ks", 1),
    ("stdbuf", "ioe", 0),
    ("strace", "aeEIoOpPsSuUX", 0),
    ("unshare", "RwSG", 0),
    ("nsenter", "tSG", 0),
    ("setpriv", "", 0),
    ("systemd-run", "HMptuE", 0),
    ("systemd-inhibit", "", 0),
    ("chroot", "", 1),
    ("chpst", "ugbmdopcrtle/nL", 0),
    ("gosu", "", 1),
    ("su-exec", "", 1),
    ("tini", "gp", 0),
    ("docker-init", "gp", 0),
    ("dumb-init", "r", 0),
    ("rootlesskit", "", 0),
    ("&", "", 0), // PowerShell
];

const SHELLS: &[&str] = &["sh", "bash", "dash", "ash", "ksh", "zsh"];

fn begin(words: &[Word]) -> Option<Begin> {
    let prompt = words.iter().take(3).position(|it| is_prompt(&it.text));
    let mut at = prompt.map_or(0, |it| it + 1);
    while let Some(word) = words.get(at) {
        let text = word.text.as_str();
        let name = name_of(text);
        if is_dockerd(text) {
            // The wrapper of Container Linux was called with `daemon`, too.
            let old = words.get(at + 1).filter(|it| it.text == "daemon").map(|_| at + 1);
            return Some(Begin::Program { program: at, first: old.unwrap_or(at) + 1, old });
        }
        let wrapper = WRAPPERS.iter().find(|it| it.0 == name);
        let is_assignment = text.split_once('=').is_some_and(|it| is_of_environment(it.0));
        match (name, wrapper) {
            _ if is_assignment => at += 1,
            ("docker", _) => {
                let is_old =
                    words.get(at + 1).is_some_and(|it| matches!(it.text.as_str(), "daemon" | "-d" | "--daemon"));
                return is_old.then_some(Begin::Program { program: at, first: at + 2, old: Some(at + 1) });
            }
            ("su" | "runuser", _) if let Some(option) = position(words, at, |it| it == "-c" || it == "--command") => {
                return Some(Begin::Script(option + 1));
            }
            ("runuser", _) => at = behind(words, at + 1, "ugGsw", 0),
            ("start-stop-daemon", _) => {
                let program = position(words, at, |it| is_dockerd(it.rsplit('=').next().unwrap_or_default()))?;
                let first = position(words, program, |it| it == "--").map_or(words.len(), |it| it + 1);
                return Some(Begin::Program { program, first, old: None });
            }
            ("sc" | "sc.exe" | "New-Service" | "Set-Service", _) => {
                let is_path = |it: &str| {
                    it.eq_ignore_ascii_case("binpath=") || it.to_ascii_lowercase().starts_with("-binarypath")
                };
                return position(words, at, is_path).map(|it| Begin::Service(it + 1));
            }
            (name, _) if SHELLS.contains(&name) => return script_of(words, at),
            (_, Some((_, letters, own))) => at = behind(words, at + 1, letters, *own),
            (_, None) => return None,
        }
    }
    None
}

/// The first word behind `at` that is one of these.
fn position(words: &[Word], at: usize, is_it: impl Fn(&str) -> bool) -> Option<usize> {
    let found = words.iter().skip(at + 1).position(|it| is_it(&it.text));
    found.map(|it| at + 1 + it)
}

/// The first word behind the options of a wrapper, and behind so many words of its own.
fn behind(words: &[Word], mut at: usize, letters: &str, mut own: usize) -> usize {
    let is_program = |it: &str| {
        is_dockerd(it) || SHELLS.contains(&name_of(it)) || WRAPPERS.iter().any(|wrapper| wrapper.0 == name_of(it))
    };
    while let Some(word) = words.get(at) {
        let text = word.text.as_str();
        let Some(option) = text.strip_prefix('-').filter(|it| !it.is_empty()) else {
            if own == 0 {
                return at;
            }
            own -= 1;
            at += 1;
            continue;
        };
        at += 1;
        let takes_next = match option.strip_prefix('-') {
            Some("") => return at + own,
            // Whether it takes one is not known of each of them.
            Some(long) => {
                let next = words.get(at).map(|it| it.text.as_str()).unwrap_or("-");
                !long.contains('=') && !next.starts_with('-') && !next.contains('=') && !is_program(next)
            }
            None => option.find(|it| letters.contains(it)).is_some_and(|it| it + 1 == option.len()),
        };
        at += usize::from(takes_next);
    }
    at
}

/// What the shell at `at` is handed: a script behind `-c`, or the file of one.
fn script_of(words: &[Word], at: usize) -> Option<Begin> {
    let first = behind(words, at + 1, "oO", 0);
    let mut options = words.get(at + 1..first)?.iter();
    let has_script =
        options.any(|it| it.text.strip_prefix('-').is_some_and(|it| !it.starts_with('-') && it.contains('c')));
    if has_script {
        return Some(Begin::Script(first));
    }
    let is_ours = words.get(first).is_some_and(|it| is_dockerd(&it.text));
    is_ours.then_some(Begin::Program { program: first, first: first + 1, old: None })
}

/// The calls in a word that a shell is handed for a script; read where it is, unless quotes within quotes hide its words.
fn script(text: &str, word: &Word, quoting: Quoting, problems: &mut Vec<Problem>) -> Vec<Call> {
    let problem = |kind, span, mend| Problem { kind, span, related: None, mend };
    let Some((inner, inner_quoting)) = within(text, word, quoting) else {
        let tokens = tokens(&word.text, Span::new(0, word.text.len()), Quoting::Shell);
        let is_ours = commands_of(tokens).into_iter().any(|it| begin(&words_of(it)).is_some());
        if is_ours {
            problems.push(problem(ProblemKind::Nested, word.span, Edits::NONE));
        }
        return Vec::new();
    };
    let mut found = Vec::new();
    for tokens in commands_of(tokens(text, inner, inner_quoting)) {
        let words = words_of(tokens);
        match begin(&words) {
            Some(Begin::Program { .. }) => found.extend(calls(text, words, inner_quoting, problems)),
            Some(Begin::Script(_) | Begin::Service(_)) if word.text.contains("dockerd") => {
                problems.push(problem(ProblemKind::Nested, word.span, Edits::NONE));
            }
            _ => {}
        }
    }
    if let (Some(quote), false) = (word.unclosed, found.is_empty()) {
        let close = TextEdit { span: Span::empty(word.span.end), text: quote.of(text).to_owned() };
        problems.push(problem(ProblemKind::UnclosedString, quote.to(word.span), close.into()));
    }
    found
}

/// The bytes within the quotes of a word, where they are just what the word says.
fn within(text: &str, word: &Word, quoting: Quoting) -> Option<(Span, Quoting)> {
    let in_unit = quoting.is_unit();
    if !in_unit && !matches!(quoting, Quoting::Shell | Quoting::Flags | Quoting::List) {
        return None;
    }
    let raw = word.span.of(text);
    let outer = raw.chars().next().filter(|it| matches!(it, '"' | '\''));
    let inner = match (outer, word.unclosed) {
        (None, _) => word.span,
        (Some(_), Some(_)) => Span::new(word.span.start + 1, word.span.end),
        (Some(_), None) => Span::new(word.span.start + 1, word.span.end - 1),
    };
    let has_others = match outer {
        Some(quote) => inner.of(text).contains(quote) || (word.unclosed.is_none() && !raw.ends_with(quote)),
        None => raw.contains(['"', '\'', '\\']),
    };
    let keeps_backslashes = outer == Some('\'') && matches!(quoting, Quoting::Shell | Quoting::Flags);
    let mut behind = inner.of(text).split('\\').skip(1);
    let has_escapes = !keeps_backslashes && behind.any(|it| !it.starts_with(['\n', '\r']));
    (!has_others && !has_escapes).then_some((inner, Quoting::Script { outer, in_unit }))
}

/// The call in the path of a service on Windows: `"C:\docker\dockerd.exe --run-service"`.
fn service(text: &str, word: &Word) -> Option<Call> {
    let raw = word.span.of(text);
    let name = ["dockerd.exe", "dockerd"].into_iter().find(|it| raw.contains(it))?;
    let at = raw.find(name)?;
    let behind = raw.get(at + name.len()..)?;
    let rest = behind.trim_start_matches(['\\', '"', '\'']);
    let quote = raw.chars().next().filter(|it| matches!(it, '"' | '\''));
    let length = quote.map_or(rest, |it| rest.trim_end_matches(it)).len();
    let start = word.span.end - rest.len();
    let words = words_of(tokens(text, Span::new(start, start + length), Quoting::Shown));
    let program = Span::new(word.span.start + at, word.span.start + at + name.len());
    Some(Call { program, old: None, start, words, quoting: Quoting::Shown })
}

/// Whether a variable of this name is one that programs look at; log lines have `level=info`, too.
fn is_of_environment(name: &str) -> bool {
    is_name(name) && (name.ends_with("_proxy") || !name.contains(|it: char| it.is_ascii_lowercase()))
}

/// Whether a variable can have this name.
pub(super) fn is_name(text: &str) -> bool {
    let is_first = |it: char| it.is_ascii_alphabetic() || it == '_';
    text.starts_with(is_first) && text.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
}

/// Whether a word is the end of what a shell writes before a command.
fn is_prompt(word: &str) -> bool {
    let before = word.strip_suffix(['$', '#', '%', '>']);
    let is_drive = |it: &str| it.get(1..3) == Some(":\\") || it == "PS";
    before.is_some_and(|it| it.is_empty() || it.ends_with(['~', ']', ')']) || it.contains('@') || is_drive(it))
}
