//! In which form does a text hold flags of dockerd?

use crate::{
    notation::shell::{Quoting, Token, tokens, unit},
    text::Span,
};

use super::{
    Form,
    call::{calls, commands_of, is_dockerd, words_of},
    container,
    known::Known,
    line,
    shown::shown,
    variables::{claimed, is_all_comments},
};

/// The form of a text that holds flags of dockerd; `None` for any other text.
pub(in super::super) fn form(text: &str) -> Option<Form> {
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
    if is_of_container(text) {
        return Some(Form::Container);
    }
    if shown(text).is_some() {
        return Some(Form::Shown);
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
    if !claimed(text, false).is_empty() || is_all_comments(text).is_some() {
        return Some(Form::Variables);
    }
    let (quoting, commands) = line::commands(text);
    let is_call = |tokens: Vec<Token>| {
        let mut problems = Vec::new();
        let found = calls(text, words_of(tokens), quoting, &mut problems);
        found.iter().any(|it| !it.is_prose()) || !problems.is_empty()
    };
    if commands.into_iter().any(is_call) {
        return Some(Form::Line);
    }
    are_flags(text).then_some(Form::Flags)
}

/// Whether a text is the command of a container that is the daemon, or flags for the image that is one.
fn is_of_container(text: &str) -> bool {
    let Some((span, quoting)) = container::command(text) else {
        return false;
    };
    let all = tokens(text, span, quoting);
    let mut problems = Vec::new();
    let is_call = commands_of(all.clone()).into_iter().any(|it| {
        let found = calls(text, words_of(it), quoting, &mut problems);
        found.iter().any(|it| !it.is_prose())
    });
    let known = Known::of(&words_of(all));
    is_call || !problems.is_empty() || (known.are_ours() && known.has_own)
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
        let words = words_of(tokens(value, Span::new(0, value.len()), Quoting::Unit));
        let has_prefix = words.first().map(|it| it.text.trim_start_matches(['@', '-', ':', '+', '!', '|']).to_owned());
        let is_called = || !calls(value, words, Quoting::Unit, &mut Vec::new()).is_empty();
        has_prefix.is_some_and(|it| is_dockerd(&it)) || is_called() || value.contains("dockerd ")
    })
}

/// Whether a text consists of flags alone, most of them dockerd's.
fn are_flags(text: &str) -> bool {
    let tokens = tokens(text, Span::new(0, text.len()), Quoting::Flags);
    let has_operators = tokens.iter().any(|it| matches!(it, Token::Operator(_) | Token::Redirection(_)));
    !has_operators && Known::of(&words_of(tokens)).are_ours()
}

/// The string of a text that is `extraOptions = "…";` and nothing else: its quote, and the bytes within.
pub(super) fn nix_string(text: &str) -> Option<(&'static str, Span)> {
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
