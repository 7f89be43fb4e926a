//! Which variables of a file is the daemon started with?

use crate::{
    document::{Problem, ProblemKind},
    notation::shell::{Quoting, tokens},
    text::{Edits, Span, TextEdit},
};

use super::{
    call::{is_name, words_of},
    known::Known,
};

/// `NAME="value"` in a file of variables.
pub(super) struct Assignment<'a> {
    pub name: &'a str,
    /// Whether it adds to what the variable held.
    pub adds: bool,
    pub quote: Option<char>,
    /// The bytes of the value, without its quotes.
    pub value: Span,
    pub problems: Vec<Problem>,
}

impl Assignment<'_> {
    /// Whether the daemon is started with it; `names_docker` says whether other lines of the text are about Docker.
    ///
    /// Nothing but the name of a variable says which program gets its value, and many have one that is called `OPTIONS`.
    /// Such a one is taken for the daemon's when no other program has such flags, or when the text names Docker beside it.
    fn holds_flags(&self, text: &str, names_docker: bool) -> bool {
        let value = self.value.of(text).trim_start();
        let first = value.split_whitespace().next().unwrap_or_default();
        let name = first.trim_start_matches(['-', '–', '—']);
        let is_flag = first.len() > name.len() && !name.is_empty();
        match whose(self.name) {
            Whose::Ours if value.is_empty() => true,
            Whose::Ours => is_flag || first.starts_with('$'),
            Whose::Anyones if is_flag => {
                let words = words_of(tokens(text, self.value, Quoting::Variable(self.quote)));
                let known = Known::of(&words);
                match names_docker {
                    true => known.are_ours() && (known.is_all() || known.has_long),
                    false => known.are_ours() && known.has_own,
                }
            }
            Whose::Anyones | Whose::Others => false,
        }
    }

    /// Whether it could be for the daemon, by its name and the first word.
    fn may_hold_flags(&self, text: &str) -> bool {
        whose(self.name) != Whose::Others && self.value.of(text).trim_start().starts_with(['-', '–', '—', '$'])
    }
}

/// Which program gets the value of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Ours,
    Anyones,
    Others,
}

/// Says by its name whose a variable is: `DOCKER_NETWORK_OPTIONS` is the daemon's, `DOCKER_RUN_ARGS` and `KUBELET_ARGS`
/// are not, and `OPTIONS` could be.
fn whose(name: &str) -> Whose {
    let mut parts = name.split('_');
    let ends = name.rsplit('_').next().unwrap_or_default();
    let takes_flags = matches!(ends, "OPTS" | "OPT" | "OPTIONS" | "ARGS" | "FLAGS");
    let is_docker = parts.clone().any(|it| matches!(it, "DOCKER" | "DOCKERD"));
    let is_ours = |it: &str| {
        matches!(
            it,
            "DOCKER" | "DOCKERD" | "DAEMON" | "EXTRA" | "OTHER" | "ADDITIONAL" | "COMMON" | "DEFAULT" | "CUSTOM"
        ) || matches!(it, "STORAGE" | "NETWORK" | "REGISTRY" | "LOG" | "LOGGING" | "TLS" | "DNS" | "CGROUP" | "SELINUX")
    };
    if is_docker {
        return match takes_flags && parts.all(|it| it == ends || is_ours(it)) {
            true => Whose::Ours,
            false => Whose::Others,
        };
    }
    match name {
        // Red Hat's /etc/sysconfig/docker
        "ADD_REGISTRY" | "BLOCK_REGISTRY" | "INSECURE_REGISTRY" | "REGISTRIES" | "other_args" => Whose::Anyones,
        _ if takes_flags && parts.all(|it| it == ends || matches!(it, "EXTRA" | "OTHER" | "DAEMON" | "ADDITIONAL")) => {
            Whose::Anyones
        }
        _ => Whose::Others,
    }
}

/// Whether the lines of a file of variables name Docker, in a comment or as part of a name.
fn names_docker(text: &str) -> bool {
    let is_about_it = |it: &str| {
        let before = it.split('=').next().unwrap_or_default();
        let said = if it.starts_with('#') { it } else { before };
        said.to_ascii_lowercase().contains("docker")
    };
    text.lines().map(str::trim_start).any(is_about_it)
}

/// The assignments that the daemon is started with. `is_told` says that somebody told that they are.
pub(super) fn claimed(text: &str, is_told: bool) -> Vec<Assignment<'_>> {
    let about_docker = names_docker(text);
    let mut all = assignments(text);
    let is_certain = all.iter().any(|it| it.holds_flags(text, about_docker));
    all.retain(|it| match is_certain {
        true => it.holds_flags(text, about_docker),
        false => is_told && it.may_hold_flags(text),
    });
    all
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

/// What to point at in a file of variables without any for the daemon, while one is there behind a `#`.
pub(super) struct Comment {
    /// The bytes of the line.
    pub span: Span,
    /// Takes the `#` out.
    pub mend: Edits,
}

/// The first variable for the daemon in a text whose lines are comments, or set what is not for it.
pub(super) fn is_all_comments(text: &str) -> Option<Comment> {
    let mut found = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let said = line.trim_start();
        let at = start + line.len() - said.len();
        start += line.len();
        let Some(comment) = said.strip_prefix('#') else {
            let is_assignment = said.split_once('=').is_some_and(|it| is_name(it.0.trim_start_matches("export ")));
            match said.trim().is_empty() || is_assignment {
                true => continue,
                false => return None,
            }
        };
        let bare = comment.trim_start();
        if found.is_none() && bare.split('=').next().is_some_and(|it| whose(it) == Whose::Ours) && bare.contains('=') {
            let span = Span::new(at, at + said.trim_end().len());
            let mark = Span::new(at, at + said.len() - bare.len());
            found = Some(Comment { span, mend: Edits::replace(mark, "") });
        }
    }
    found.filter(|_| claimed(text, false).is_empty())
}
