//! What do `$NAME` and `${NAME:-default}` stand for?
//!
//! Source: moby/buildkit `frontend/dockerfile/shell/lex.go`, `processDollar`

use std::collections::HashMap;

use super::Dockerfile;

/// The variables that are known at some place; one without a value has a name alone.
pub type Known = HashMap<String, Option<String>>;

/// So long a value becomes, in bytes.
const MAX_VALUE: usize = 4_000;

/// So deep a default is in another one.
const MAX_DEPTH: usize = 8;

/// A text with its variables filled in, and the names of those that nobody knows.
pub fn fill(text: &str, known: &Known) -> (String, Vec<String>) {
    fill_within(text, known, 0)
}

fn fill_within(text: &str, known: &Known, depth: usize) -> (String, Vec<String>) {
    if depth > MAX_DEPTH {
        return (text.to_owned(), Vec::new());
    }
    let mut filled = String::new();
    let mut open = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['$', '\\']) {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        if filled.len() > MAX_VALUE {
            break;
        }
        if let Some(escaped) = from.strip_prefix('\\') {
            match escaped.strip_prefix('$') {
                Some(after) => {
                    filled.push('$');
                    rest = after;
                }
                None => {
                    filled.push('\\');
                    rest = escaped;
                }
            }
            continue;
        }
        let (length, value) = variable(from, known, &mut open, depth);
        match value {
            Some(value) => filled.push_str(&value),
            None => filled.push_str(from.get(..length).unwrap_or_default()),
        }
        rest = from.get(length..).unwrap_or_default();
    }
    filled.push_str(rest);
    (filled, open)
}

/// How long a variable is that a text begins with, and its value.
fn variable(text: &str, known: &Known, open: &mut Vec<String>, depth: usize) -> (usize, Option<String>) {
    let is_letter = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let after = text.get(1..).unwrap_or_default();
    let Some(braced) = after.strip_prefix('{') else {
        let length = after.find(|it| !is_letter(it)).unwrap_or(after.len());
        let name = after.get(..length).unwrap_or_default();
        if name.is_empty() {
            return (1, Some("$".to_owned()));
        }
        return (1 + length, value_of(name, known, open));
    };
    let Some(end) = closing(braced) else { return (text.len(), None) };
    let inner = braced.get(..end).unwrap_or_default();
    let whole = 2 + end + 1;
    let length = inner.find(|it| !is_letter(it)).unwrap_or(inner.len());
    let (name, operator) = inner.split_at(length);
    let own = known.get(name).cloned().flatten();
    let is_set = own.as_ref().is_some_and(|it| !it.is_empty());
    let is_there = own.is_some();
    let then = |word: &str, open: &mut Vec<String>| {
        let (value, more) = fill_within(word, known, depth + 1);
        open.extend(more);
        Some(value)
    };
    let value = if operator.is_empty() {
        value_of(name, known, open)
    } else if let Some(word) = operator.strip_prefix(":-") {
        if is_set { own } else { then(word, open) }
    } else if let Some(word) = operator.strip_prefix(":+") {
        if is_set { then(word, open) } else { Some(String::new()) }
    } else if let Some(word) = operator.strip_prefix('-') {
        if is_there { own } else { then(word, open) }
    } else if let Some(word) = operator.strip_prefix('+') {
        if is_there { then(word, open) } else { Some(String::new()) }
    } else {
        open.push(name.to_owned());
        None
    };
    (whole, value)
}

/// Where the brace closes that is open.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn value_of(name: &str, known: &Known, open: &mut Vec<String>) -> Option<String> {
    match known.get(name) {
        Some(Some(value)) => Some(value.clone()),
        _ => {
            open.push(name.to_owned());
            None
        }
    }
}

/// What is known before the first stage: the ARGs there.
pub fn global(file: &Dockerfile) -> Known {
    let mut known = Known::new();
    for instruction in file.instructions.iter().filter(|it| it.stage.is_none() && it.name == "ARG") {
        for pair in &instruction.pairs {
            let value = pair.value.as_ref().map(|it| fill(it, &known).0);
            known.insert(pair.name.clone(), value);
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::{Known, fill};

    #[test]
    fn variables_are_filled_in() {
        let known: Known = [("A", Some("1")), ("E", Some("")), ("N", None)]
            .map(|(name, it)| (name.to_owned(), it.map(str::to_owned)))
            .into();
        for (text, expected, open) in [
            ("x$A-${A}", "x1-1", &[][..]),
            ("${B:-2}${A:-2}${E:-3}", "213", &[]),
            ("${E-3}${B-${A}}", "1", &[]),
            ("${A:+y}${B:+y}", "y", &[]),
            ("$B ${N}", "$B ${N}", &["B", "N"]),
            ("\\$A $", "$A $", &[]),
            ("${A%x}", "${A%x}", &["A"]),
            ("${A", "${A", &[]),
        ] {
            let (filled, names) = fill(text, &known);
            assert_eq!(
                (filled.as_str(), names),
                (expected, open.iter().map(|it| (*it).to_owned()).collect()),
                "{text}"
            );
        }
    }
}
