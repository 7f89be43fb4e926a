//! What does a single value come to? Variables are filled in, and numbers and truth values read.

use super::Reader;
use crate::{
    compose::interpolate::{self, Filled, placeholder},
    containers::model::At,
    docker::go::time,
    document::{Kind, Node},
    text::Span,
};

impl Reader<'_> {
    /// The value of a variable.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        let chosen = self.choices.variables.iter().rev().find(|it| it.0 == name).map(|it| it.1.clone());
        let own = || {
            let project = self.project.name.as_ref().map(|it| it.value.clone());
            project.filter(|_| name == "COMPOSE_PROJECT_NAME")
        };
        chosen.or_else(|| self.env.get(name).map(str::to_owned)).or_else(own)
    }

    /// A text with its variables filled in, without asking for those that are missing.
    pub(super) fn peek(&self, text: &str) -> Filled {
        interpolate::fill(text, &|name| self.variable(name))
    }

    /// A text with its variables filled in; those that are missing are asked for.
    pub(super) fn fill(&mut self, text: &str, span: Span) -> String {
        if !text.contains('$') {
            return text.to_owned();
        }
        let filled = self.peek(text);
        let mut from = span.start;
        for written in &filled.malformed {
            let found = Span::new(from, span.end).of(self.text).find(written);
            let place = found.map_or(span, |it| Span::new(from + it, from + it + written.len()));
            // The next one may be within this one.
            from = found.map_or(from, |it| from + it + 1);
            self.malformed.push(place);
            if found.is_none() {
                break;
            }
        }
        let mut at = span.start;
        for (name, written) in filled.missing {
            let found = Span::new(at, span.end).of(self.text).find(&written);
            let place = found.map_or(span, |it| Span::new(at + it, at + it + written.len()));
            // Behind one that is not found as it is written, such as an escaped one, none is looked for.
            at = if found.is_some() { place.end } else { span.end };
            self.missing(&name, placeholder(&name), place);
        }
        filled.text
    }

    /// A text, or what stands for one: Compose writes a number or truth value as Go does.
    pub(super) fn text_of(&mut self, node: &Node) -> Option<At<String>> {
        let text = match &node.kind {
            Kind::String(text) => self.fill(text, node.span),
            Kind::Number(digits) => digits.clone(),
            Kind::Bool(value) => value.to_string(),
            Kind::Null | Kind::Missing => return None,
            Kind::Opaque => {
                self.unusable(node.span, "This could not be read.");
                return None;
            }
            Kind::List(_) | Kind::Map(_) => {
                self.wrong(node, "a text");
                return None;
            }
        };
        Some(At::new(text, node.span))
    }

    /// The text alone.
    pub(super) fn plain(&mut self, node: &Node) -> Option<String> {
        self.text_of(node).map(|it| it.value)
    }

    /// `true` or `false`, or a text that stands for one.
    pub(super) fn truth(&mut self, node: &Node) -> Option<At<bool>> {
        if let Kind::Bool(value) = node.kind {
            return Some(At::new(value, node.span));
        }
        let text = self.text_of(node)?;
        let value = match text.value.to_lowercase().as_str() {
            "true" | "y" | "yes" | "on" => true,
            "false" | "n" | "no" | "off" => false,
            _ => {
                self.wrong(node, "`true` or `false`");
                return None;
            }
        };
        Some(At::new(value, node.span))
    }

    /// A whole number that is not below zero.
    pub(super) fn whole(&mut self, node: &Node) -> Option<At<u64>> {
        let text = self.text_of(node)?;
        match text.value.parse() {
            Ok(value) => Some(At::new(value, node.span)),
            Err(_) => {
                self.wrong(node, "a whole number");
                None
            }
        }
    }

    /// A time in whole seconds, rounded up.
    pub(super) fn seconds(&mut self, node: &Node) -> Option<At<u64>> {
        let text = self.text_of(node)?;
        let found = nanoseconds(&text.value).and_then(|it| u64::try_from(it).ok());
        match found {
            Some(value) => Some(At::new(value.div_ceil(time::SECOND as u64), node.span)),
            None => {
                self.wrong(node, "a time, such as `1m30s`");
                None
            }
        }
    }

    /// The elements of a list; a text or number is a list of one.
    pub(super) fn elements<'n>(&mut self, node: &'n Node) -> Vec<&'n Node> {
        match &node.kind {
            Kind::List(elements) => elements.iter().collect(),
            Kind::Null | Kind::Missing => Vec::new(),
            Kind::Map(_) => {
                self.wrong(node, "a list");
                Vec::new()
            }
            _ => vec![node],
        }
    }

    /// The texts of a list, each with its place.
    pub(super) fn texts(&mut self, node: &Node) -> Vec<At<String>> {
        let elements = self.elements(node);
        elements.into_iter().filter_map(|it| self.text_of(it)).collect()
    }

    /// Names with their values, written as a mapping or as a list of `name=value`; of several of a name, the last.
    pub(super) fn pairs(&mut self, node: &Node) -> Vec<At<(String, Option<String>)>> {
        let mut pairs = Vec::new();
        match &node.kind {
            Kind::Map(_) => {
                for member in self.last_members(node) {
                    let value = self.plain(&member.value);
                    pairs.push(At::new((member.key.clone(), value), member.span()));
                }
            }
            _ => {
                for text in self.texts(node) {
                    let pair = match text.value.split_once('=') {
                        Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                        None => (text.value, None),
                    };
                    pairs.push(At::new(pair, text.span));
                }
            }
        }
        self.last_of(pairs, |it| it.0.clone())
    }

    /// The same, where a name without a value has an empty one.
    pub(super) fn full_pairs(&mut self, node: &Node) -> Vec<At<(String, String)>> {
        let pairs = self.pairs(node);
        pairs.into_iter().map(|it| At::new((it.value.0, it.value.1.unwrap_or_default()), it.span)).collect()
    }

    /// Of several values of a name, the last, at the place of the first; the others are told.
    pub(super) fn last_of<T>(&mut self, values: Vec<At<T>>, name: impl Fn(&T) -> String) -> Vec<At<T>> {
        let mut places: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
        let mut kept: Vec<At<T>> = Vec::with_capacity(values.len());
        for value in values {
            match places.get(&name(&value.value)).and_then(|it| kept.get_mut(*it)) {
                Some(old) => {
                    let old = std::mem::replace(old, value);
                    self.unusable(old.span, "The same is written again below, and that counts.");
                }
                None => {
                    places.insert(name(&value.value), kept.len());
                    kept.push(value);
                }
            }
        }
        kept
    }
}

/// A time as Compose reads it: like Go, and with days and weeks.
///
/// Source: xhit/go-str2duration v2 `str2duration.go`, `ParseDuration`, which compose-go calls in `types/duration.go`.
pub(in crate::compose) fn nanoseconds(text: &str) -> Option<i64> {
    if let Some(found) = time::parse_duration(text) {
        return Some(found);
    }
    let mut rest = text;
    let mut total: i64 = 0;
    for (unit, hours) in [('w', 168), ('d', 24)] {
        if let Some((count, behind)) = rest.split_once(unit) {
            let count: i64 = count.parse().ok().filter(|it| *it >= 0)?;
            total = total.checked_add(count.checked_mul(hours)?.checked_mul(3_600)?.checked_mul(time::SECOND)?)?;
            rest = behind;
        }
    }
    match rest {
        "" if !text.is_empty() => Some(total),
        _ => total.checked_add(time::parse_duration(rest)?),
    }
}
