//! What does the daemon make of the whole document? One value, each key once.

use crate::{
    document::{Document, Kind as NodeKind, Node, Value},
    schema::{Kind, Schema, Slot, counting::counting},
    text::{Span, order},
};

/// A document as one value, with notes on what that value leaves out.
#[derive(Clone, Debug, PartialEq)]
pub struct Effective {
    /// The value; `null` for a text without one. Keys of objects are spelled as the table spells them.
    pub value: Value,
    /// Keys that occur more than once in one object, in the order of the text.
    pub repeated: Vec<String>,
    /// Whether some of the text is too damaged to be included.
    pub is_partial: bool,
    /// A value nested too deep to be kept, or one that a dialect cannot evaluate.
    pub opaque: Option<Span>,
}

impl Effective {
    /// Reads a document as the daemon does.
    pub fn of(document: &Document) -> Self {
        Self::read(document, None)
    }

    /// The same with the expressions that a Nix text leaves open, word for word.
    pub fn with_expressions(document: &Document, text: &str) -> Self {
        Self::read(document, Some(text))
    }

    fn read(document: &Document, text: Option<&str>) -> Self {
        let nothing = Self { value: Value::Null, repeated: Vec::new(), is_partial: false, opaque: None };
        let mut merging = Merging { schema: document.schema(), text, effective: nothing };
        let root = &document.root;
        let value = match root.kind {
            NodeKind::Missing => Value::Null,
            _ => merging.merged(&[root], Some(Kind::Object), ""),
        };
        Self { value, ..merging.effective }
    }
}

/// What a value leaves out, collected while it is put together.
struct Merging<'a> {
    schema: &'static Schema,
    /// The text whose expressions are kept.
    text: Option<&'a str>,
    effective: Effective,
}

impl Merging<'_> {
    /// The value of a place that is written several times.
    fn merged(&mut self, nodes: &[&Node], kind: Option<Kind>, path: &str) -> Value {
        let Some(node) = counting(nodes.iter().copied(), false, |it| it) else {
            return Value::Null;
        };
        match &node.kind {
            NodeKind::Null => Value::Null,
            NodeKind::Bool(value) => Value::Bool(*value),
            NodeKind::Number(digits) => Value::Number(digits.clone()),
            NodeKind::String(text) => Value::String(text.clone()),
            NodeKind::List(elements) => {
                let kind = match kind {
                    Some(Kind::List(element)) => Some(*element),
                    _ => None,
                };
                let path = [path, "[]"].concat();
                let mut values = Vec::with_capacity(elements.len());
                for element in elements {
                    match element.kind {
                        NodeKind::Missing => self.effective.is_partial = true,
                        _ => values.push(self.merged(&[element], kind, &path)),
                    }
                }
                Value::List(values)
            }
            NodeKind::Map(_) => match kind {
                Some(Kind::Object | Kind::Map(_)) => self.map(nodes, kind, path),
                _ => self.map(&[node], None, path),
            },
            NodeKind::Opaque if self.text.is_some() => {
                Value::Expression(self.text.map_or("", |it| node.span.of(it)).to_owned())
            }
            NodeKind::Opaque => {
                self.effective.opaque.get_or_insert(node.span);
                Value::Null
            }
            NodeKind::Missing => {
                self.effective.is_partial = true;
                Value::Null
            }
        }
    }

    fn map(&mut self, nodes: &[&Node], kind: Option<Kind>, path: &str) -> Value {
        let mut members: Vec<(&str, &Node)> = Vec::new();
        for member in nodes.iter().flat_map(|it| it.members()) {
            match member.sound && member.value.kind != NodeKind::Missing {
                true => members.push((self.spelled(path, &member.key, kind), &member.value)),
                false => self.effective.is_partial = true,
            }
        }
        let mut order: Vec<usize> = (0..members.len()).collect();
        order::sort(&mut order, |&a, &b| {
            let name = |at: usize| members.get(at).map(|it| it.0);
            name(a).cmp(&name(b))
        });
        let same = |a: &usize, b: &usize| members.get(*a).map(|it| it.0) == members.get(*b).map(|it| it.0);
        let mut merged: Vec<(usize, String, Value)> = Vec::with_capacity(members.len());
        for group in order.chunk_by(same) {
            let group: Vec<(usize, &str, &Node)> =
                group.iter().filter_map(|&at| members.get(at).map(|it| (at, it.0, it.1))).collect();
            let (Some(&(first, key, _)), Some(&(_, _, last))) = (group.first(), group.last()) else {
                continue;
            };
            if group.len() > 1 && nodes.len() == 1 {
                self.effective.repeated.push(key.to_owned());
            }
            let Slot { kind: member_kind, path: member_path, .. } = self.schema.below(path, key, kind);
            let value = match kind {
                Some(Kind::Object) => {
                    let all: Vec<&Node> = group.iter().map(|it| it.2).collect();
                    self.merged(&all, member_kind, &member_path)
                }
                _ => self.merged(&[last], member_kind, &member_path),
            };
            merged.push((first, key.to_owned(), value));
        }
        order::sort(&mut merged, |a, b| a.0.cmp(&b.0));
        Value::Map(merged.into_iter().map(|(_, key, value)| (key, value)).collect())
    }

    /// The name that counts for a key.
    fn spelled<'a>(&self, path: &str, key: &'a str, kind: Option<Kind>) -> &'a str {
        match kind {
            Some(Kind::Object) => self.schema.spelled(path, key),
            _ => key,
        }
    }
}
