//! Where is the command of a container, when it is all of a text?
//!
//! Source: Compose specification, `command`; Dockerfile reference, `CMD`.

use crate::{notation::shell::Quoting, text::Span};

/// The bytes of the command, and how it is written: `command: dockerd --debug`, `CMD ["dockerd", "--debug"]`, a list.
pub(super) fn command(text: &str) -> Option<(Span, Quoting)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let said = line.trim_start();
        if !said.is_empty() && !said.starts_with('#') {
            start += line.len() - said.len();
            break;
        }
        start += line.len();
    }
    let rest = text.get(start..)?.trim_end();
    let key = KEYS.iter().find(|it| rest.get(..it.len()).is_some_and(|rest| rest.eq_ignore_ascii_case(it)));
    let key = key.map_or(0, |it| it.len());
    let value = rest.get(key..)?.trim_start_matches([' ', '\t']);
    let whole = Span::new(start + rest.len() - value.len(), start + rest.len());
    let (first, behind) = value.split_once('\n').unwrap_or((value, ""));
    if value.starts_with('[') {
        let is_list = value.ends_with(']') && value.matches(['[', ']']).count() == 2;
        return is_list.then(|| (Span::new(whole.start + 1, whole.end - 1), Quoting::List));
    }
    if key == 0 {
        return None;
    }
    let is_yaml = rest.get(..key).is_some_and(|it| it.ends_with(':'));
    let folded = first.trim_end().trim_end_matches(['-', '+']);
    let body = Span::new(whole.end - behind.len(), whole.end);
    let mut lines = behind.lines();
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''));
    match quote {
        _ if is_yaml && matches!(folded, ">" | "|") => {
            lines.all(|it| it.trim().is_empty() || it.starts_with([' ', '\t'])).then_some((body, Quoting::Flags))
        }
        _ if is_yaml && !behind.is_empty() => None,
        Some(quote) if is_yaml => {
            let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
            let is_plain = !inner.contains([quote, '\\']);
            let span = Span::new(whole.start + 1, whole.end - 1);
            is_plain.then_some((span, Quoting::Script { outer: Some(quote), in_unit: false }))
        }
        _ => Some((whole, Quoting::Shell)),
    }
}

const KEYS: &[&str] = &["command:", "entrypoint:", "args:", "cmd ", "entrypoint "];
