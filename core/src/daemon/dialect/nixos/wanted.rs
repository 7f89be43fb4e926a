//! What should the settings be after a change? The judge of every edit.

use super::names::Names;
use crate::{
    document::{Change, Kind, Member, Node, Step, Value, edit::wrapped},
    notation::nix,
    schema::Schema,
    text::{Span, order},
};

/// A change, by the path of the setting that it is about.
#[derive(Clone, Debug)]
pub(super) enum Task {
    /// Gives it a value; the whole, where the path is empty.
    Set(Vec<Step>, Value),
    /// Takes it out.
    Unset(Vec<Step>),
    /// Takes elements out of it.
    UnsetElements(Vec<Step>, Vec<usize>),
    /// Gives it another key.
    Rename(Vec<Step>, String),
}

impl Task {
    /// The task of a single change; `None` where nothing is at its place.
    pub fn of(root: &Node, change: &Change) -> Option<Self> {
        Some(match change {
            Change::Replace { span, value } => Self::Set(path_to(root, &|it, _| it.span == *span)?, value.clone()),
            Change::Remove { span } => Self::unset(path_to(root, &|it, _| it.span == *span)?)?,
            Change::Rename { key, name } => {
                Self::Rename(path_to(root, &|_, member| member.is_some_and(|it| it.key_span == *key))?, name.clone())
            }
            Change::Set { path, value } => Self::Set(path.clone(), value.clone()),
            Change::Unset { path } => Self::unset(path.clone())?,
            Change::UnsetElements { path, indices } => Self::UnsetElements(path.clone(), indices.clone()),
            Change::Move { .. } | Change::All(_) => return None,
        })
    }

    fn path(&self) -> &[Step] {
        match self {
            Self::Set(path, _) | Self::Unset(path) | Self::UnsetElements(path, _) | Self::Rename(path, _) => path,
        }
    }

    /// The setting that it is about.
    pub fn key(&self) -> Option<&str> {
        match self.path().first()? {
            Step::Key(key) => Some(key),
            Step::Index(_) => None,
        }
    }

    /// The same in terms of what the text says, without the elements that NixOS adds to those of lists in `told`.
    pub fn in_text(mut self, told: &Node) -> Option<Self> {
        let mut node = Some(told);
        let (path, indices) = match &mut self {
            Self::UnsetElements(path, indices) => (path, Some(indices)),
            Self::Set(path, _) | Self::Unset(path) | Self::Rename(path, _) => (path, None),
        };
        for step in path {
            node = match step {
                Step::Key(name) => {
                    node.and_then(|it| it.members().iter().find(|it| it.key == *name)).map(|it| &it.value)
                }
                Step::Index(at) => {
                    let elements = node.map(Node::elements).unwrap_or_default();
                    let (index, next) = (written_index(elements, *at)?, elements.get(*at));
                    *at = index;
                    next
                }
            };
        }
        if let Some(indices) = indices {
            let elements = node.map(Node::elements).unwrap_or_default();
            for at in indices.iter_mut() {
                *at = written_index(elements, *at)?;
            }
        }
        Some(self)
    }

    fn unset(mut path: Vec<Step>) -> Option<Self> {
        match path.last()? {
            Step::Key(_) => Some(Self::Unset(path)),
            Step::Index(at) => {
                let at = *at;
                path.pop();
                Some(Self::UnsetElements(path, vec![at]))
            }
        }
    }
}

/// Where an element is among those that the text writes; `None` for one that it does not.
fn written_index(elements: &[Node], at: usize) -> Option<usize> {
    let is_added = |it: &Node| it.span.start == it.span.end && it.kind != Kind::Missing;
    let before = elements.iter().take(at).filter(|it| is_added(it)).count();
    (!elements.get(at).is_some_and(is_added)).then_some(at - before)
}

/// The path to the outermost node that `is_it`.
fn path_to(root: &Node, is_it: &dyn Fn(&Node, Option<&Member>) -> bool) -> Option<Vec<Step>> {
    fn look(
        node: &Node,
        member: Option<&Member>,
        path: &mut Vec<Step>,
        is_it: &dyn Fn(&Node, Option<&Member>) -> bool,
    ) -> bool {
        if is_it(node, member) {
            return true;
        }
        for it in node.members() {
            path.push(Step::Key(it.key.clone()));
            if look(&it.value, Some(it), path, is_it) {
                return true;
            }
            path.pop();
        }
        for (at, it) in node.elements().iter().enumerate() {
            path.push(Step::Index(at));
            if look(it, None, path, is_it) {
                return true;
            }
            path.pop();
        }
        false
    }
    let mut path = Vec::new();
    look(root, None, &mut path, is_it).then_some(path)
}

/// What lies at a path.
pub(super) fn at<'a>(root: &'a Node, path: &[Step], schema: &Schema) -> Option<&'a Node> {
    let mut node = root;
    for (depth, step) in path.iter().enumerate() {
        node = match step {
            Step::Key(name) => &node.members().get(named(node, name, path, depth, schema)?)?.value,
            Step::Index(at) => node.elements().get(*at)?,
        };
    }
    Some(node)
}

/// The member of a name.
fn named(node: &Node, name: &str, path: &[Step], depth: usize, schema: &Schema) -> Option<usize> {
    let exact = node.members().iter().position(|it| it.key == name);
    exact.or_else(|| {
        let table = Step::in_table(path.get(..depth).unwrap_or_default(), schema);
        let ignores_case = schema.ignores_case(&table);
        node.members().iter().position(|it| ignores_case && it.key.eq_ignore_ascii_case(name))
    })
}

fn at_mut<'a>(root: &'a mut Node, path: &[Step], schema: &Schema) -> Option<&'a mut Node> {
    let mut node = root;
    for (depth, step) in path.iter().enumerate() {
        let index = match step {
            Step::Key(name) => named(node, name, path, depth, schema)?,
            Step::Index(at) => *at,
        };
        node = match &mut node.kind {
            Kind::Map(members) => &mut members.get_mut(index)?.value,
            Kind::List(elements) => elements.get_mut(index)?,
            _ => return None,
        };
    }
    Some(node)
}

/// The settings after a change; `None` where it cannot be made.
pub(super) fn wanted(root: &Node, task: &Task, schema: &Schema) -> Option<Node> {
    let mut root = root.clone();
    match task {
        Task::Set(path, value) => {
            let depth =
                (0..=path.len()).rev().find(|it| at(&root, path.get(..*it).unwrap_or_default(), schema).is_some())?;
            let (outer, rest) = path.split_at(depth);
            let node = at_mut(&mut root, outer, schema)?;
            match (&mut node.kind, rest.first()) {
                (_, None) => become_value(node, value),
                (Kind::Map(members), Some(Step::Key(name))) => {
                    let value = wrapped(schema, path, depth + 1, value.clone()).ok()?;
                    members.push(member(name, &value));
                }
                (Kind::List(elements), Some(Step::Index(at))) if *at == elements.len() => {
                    elements.push(of_value(&wrapped(schema, path, depth + 1, value.clone()).ok()?));
                }
                (Kind::Null | Kind::Missing, Some(_)) => {
                    let value = wrapped(schema, path, depth + 1, value.clone()).ok()?;
                    *node = of_value(&wrapped(schema, path.get(..=depth)?, depth, value).ok()?);
                }
                _ => return None,
            }
        }
        Task::Unset(path) => {
            let (last, outer) = path.split_last()?;
            let Step::Key(name) = last else {
                return None;
            };
            if let Some(node) = at_mut(&mut root, outer, schema)
                && let Some(index) = named(node, name, path, outer.len(), schema)
                && let Kind::Map(members) = &mut node.kind
            {
                members.remove(index);
            }
        }
        Task::UnsetElements(path, indices) => {
            if let Some(Kind::List(elements)) = at_mut(&mut root, path, schema).map(|it| &mut it.kind) {
                let mut index = 0..;
                elements.retain(|_| index.next().is_none_or(|it| !indices.contains(&it)));
            }
        }
        Task::Rename(path, name) => {
            let (last, outer) = path.split_last()?;
            let Kind::Map(members) = &mut at_mut(&mut root, outer, schema)?.kind else {
                return None;
            };
            if members.iter().any(|it| it.key == *name) {
                return None;
            }
            members.iter_mut().find(|it| matches!(last, Step::Key(key) if *key == it.key))?.key.clone_from(name);
        }
    }
    Some(root)
}

/// The same without the sets that a task empties: `a.b = 1;` is all that there is of `a`.
pub(super) fn without_empty(root: &Node, task: &Task) -> Node {
    let mut root = root.clone();
    if let Task::Unset(path) = task
        && let Some((_, outer)) = path.split_last()
    {
        prune(&mut root, outer);
    }
    root
}

fn prune(node: &mut Node, path: &[Step]) {
    let (Kind::Map(members), Some((Step::Key(name), rest))) = (&mut node.kind, path.split_first()) else {
        return;
    };
    members.iter_mut().filter(|it| it.key == *name).for_each(|it| prune(&mut it.value, rest));
    members.retain(|it| it.key != *name || it.value.kind != Kind::Map(Vec::new()));
}

fn member(key: &str, value: &Value) -> Member {
    Member { key: key.to_owned(), key_span: Span::empty(0), value: of_value(value), sound: true }
}

fn of_value(value: &Value) -> Node {
    let kind = match value {
        Value::Null => Kind::Null,
        Value::Bool(value) => Kind::Bool(*value),
        Value::Number(digits) => Kind::Number(digits.clone()),
        Value::String(text) => Kind::String(text.clone()),
        Value::List(values) => Kind::List(values.iter().map(of_value).collect()),
        Value::Map(members) => {
            let names = Names::of(members.iter().map(|it| &*it.0));
            let counting = members.iter().enumerate().filter(|(at, it)| names.last(&it.0) == Some(*at));
            Kind::Map(counting.map(|(_, it)| member(&it.0, &it.1)).collect())
        }
        Value::Expression(_) => Kind::Opaque,
    };
    Node::new(kind, Span::empty(0))
}

/// Gives a node a value; what nobody knows of an object or list stays.
fn become_value(node: &mut Node, value: &Value) {
    let mut new = of_value(value);
    match (&mut node.kind, &mut new.kind) {
        (Kind::Map(old), Kind::Map(members)) => {
            let keys: Vec<String> = members.iter().map(|it| it.key.clone()).collect();
            let names = Names::of(keys.iter().map(String::as_str));
            for it in old.iter_mut() {
                match names.last(&it.key).and_then(|at| members.get_mut(at)) {
                    Some(new) => {
                        if let Some(value) = Value::of(&new.value) {
                            become_value(&mut it.value, &value);
                            new.value = it.value.clone();
                        }
                    }
                    None if Value::of(&it.value).is_none() => members.push(it.clone()),
                    None => {}
                }
            }
        }
        (Kind::List(old), Kind::List(elements)) => {
            elements.extend(old.iter().filter(|it| it.kind == Kind::Opaque).cloned())
        }
        _ => {}
    }
    *node = new;
}

/// Whether two nodes say the same, whatever the order of members and the places of what nobody knows.
pub(super) fn is_same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Map(a), Kind::Map(b)) => {
            let sorted = |members: &[Member]| {
                let mut sorted: Vec<Member> = members.to_vec();
                order::sort(&mut sorted, |a, b| a.key.cmp(&b.key));
                sorted
            };
            let (a, b) = (sorted(a), sorted(b));
            a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.key == b.key && is_same(&a.value, &b.value))
        }
        (Kind::List(a), Kind::List(b)) => {
            let known = |elements: &'_ [Node]| elements.iter().filter(|it| it.kind != Kind::Opaque).count();
            let of = |elements: &[Node]| -> Vec<Node> {
                elements.iter().filter(|it| it.kind != Kind::Opaque).cloned().collect()
            };
            a.len() == b.len() && known(a) == known(b) && of(a).iter().zip(&of(b)).all(|(a, b)| is_same(a, b))
        }
        (Kind::Number(a), Kind::Number(b)) => a == b || (number(a).is_some() && number(a) == number(b)),
        (a, b) => a == b,
    }
}

fn number(digits: &str) -> Option<f64> {
    match nix::whole(digits) {
        // Beyond what a float tells apart, digits decide.
        Some(whole) if whole.unsigned_abs() > 1 << 53 => None,
        _ => digits.parse().ok(),
    }
}
