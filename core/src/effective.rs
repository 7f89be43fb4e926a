//! What does the daemon make of the whole document? One value, each key once.

use crate::{
    counting::counting,
    document::{Kind as NodeKind, Node, Tree, Value},
    options::{self, Kind},
    order,
    text::Span,
};

/// A document as one value, and what that leaves out.
#[derive(Clone, Debug, PartialEq)]
pub struct Effective {
    /// The value; `null` for a text without one. Keys of objects are spelled as the table spells them.
    pub value: Value,
    /// Keys that stand more than once in one object, in the order of the text.
    pub repeated: Vec<String>,
    /// Whether some of the text is too damaged to take part.
    pub is_partial: bool,
    /// A value nested too deep to be kept, or one that a dialect cannot evaluate.
    pub opaque: Option<Span>,
}

impl Effective {
    /// Reads a document as the daemon does.
    pub fn of(document: &Tree) -> Self {
        let mut effective = Self { value: Value::Null, repeated: Vec::new(), is_partial: false, opaque: None };
        let root = &document.root;
        effective.value = match root.kind {
            NodeKind::Missing => Value::Null,
            _ => effective.merged(&[root], Some(Kind::Object), ""),
        };
        effective
    }

    /// The value of a place that was written several times.
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
                        NodeKind::Missing => self.is_partial = true,
                        _ => values.push(self.merged(&[element], kind, &path)),
                    }
                }
                Value::List(values)
            }
            NodeKind::Map(_) => match kind {
                Some(Kind::Object | Kind::Map(_)) => self.map(nodes, kind, path),
                _ => self.map(&[node], None, path),
            },
            NodeKind::Opaque => {
                self.opaque.get_or_insert(node.span);
                Value::Null
            }
            NodeKind::Missing => {
                self.is_partial = true;
                Value::Null
            }
        }
    }

    fn map(&mut self, nodes: &[&Node], kind: Option<Kind>, path: &str) -> Value {
        let mut members: Vec<(&str, &Node)> = Vec::new();
        for member in nodes.iter().flat_map(|it| it.members()) {
            match member.sound && member.value.kind != NodeKind::Missing {
                true => members.push((spelled(path, &member.key, kind), &member.value)),
                false => self.is_partial = true,
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
                self.repeated.push(key.to_owned());
            }
            let (member_kind, member_path) = below(path, key, kind);
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
}

/// The name that counts for a key: members of objects may be written in any letter case.
fn spelled<'a>(path: &str, key: &'a str, kind: Option<Kind>) -> &'a str {
    match kind {
        Some(Kind::Object) if !path.is_empty() => options::member(path, key).map_or(key, |it| it.name()),
        _ => key,
    }
}

/// The kind and the table path of a member's value.
pub(crate) fn below(path: &str, key: &str, kind: Option<Kind>) -> (Option<Kind>, String) {
    let option = match kind {
        Some(Kind::Object | Kind::Map(_)) => options::member(path, key),
        _ => None,
    };
    let kind = match kind {
        Some(Kind::Map(entry)) => Some(*entry),
        _ => option.map(|it| it.kind),
    };
    let path = match option {
        Some(option) => option.key.to_owned(),
        None => {
            let name = [path, ".", key].concat();
            let has_rows = options::children(&name).next().is_some();
            match has_rows {
                true => name,
                false => [path, ".<name>"].concat(),
            }
        }
    };
    (kind, path)
}
