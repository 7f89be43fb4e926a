//! Which names does a set have, when those written with dots and in several places are put together?
//!
//! Source: nix `src/libexpr/parser.y`, `addAttr`

use std::collections::BTreeMap;

use super::{
    lex::edit,
    syntax::{Attr, AttrName, Binding, Form, Id, Symbol, Syntax},
};
use crate::{
    document::{Problem, ProblemKind},
    text::{Edits, Span},
};

/// The number of a layout.
pub(super) type LayoutId = usize;

/// All sets and `let`s of a text.
pub(super) struct Layouts {
    layouts: Vec<Layout>,
    /// The layout of each expression that has one.
    of: Vec<Option<LayoutId>>,
}

/// The names of a set, in the order written.
pub(super) struct Layout {
    pub is_recursive: bool,
    pub span: Span,
    pub entries: Vec<Entry>,
    /// Whether it is written with braces, not with dots only.
    has_braces: bool,
}

pub(super) struct Entry {
    pub name: AttrName,
    pub place: Place,
    pub what: What,
}

/// Where an attribute is written: see [`Attribute`](super::value::Attribute).
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    pub name: Span,
    pub path: Span,
    pub binding: Span,
}

#[derive(Clone, Copy)]
pub(super) enum What {
    Value(Id),
    /// A set that is written in several places, or with dots.
    Set(LayoutId),
    Inherit,
    InheritFrom(Id),
}

static NONE: Layout = Layout { is_recursive: false, span: Span::new(0, 0), entries: Vec::new(), has_braces: false };

impl Layouts {
    /// Those of all expressions; names that are given two values are told.
    pub fn of(syntax: &Syntax, problems: &mut Vec<Problem>) -> Self {
        let mut builder = Builder { syntax, layouts: Vec::new(), known: BTreeMap::new(), problems };
        let mut of = Vec::with_capacity(syntax.expressions.len());
        for expression in &syntax.expressions {
            of.push(match &expression.form {
                Form::Set { is_recursive, bindings } => Some(builder.layout(*is_recursive, expression.span, bindings)),
                Form::Let { bindings, .. } | Form::OldLet { bindings } => {
                    Some(builder.layout(true, expression.span, bindings))
                }
                _ => None,
            });
        }
        Self { layouts: builder.layouts, of }
    }

    pub fn get(&self, id: LayoutId) -> &Layout {
        self.layouts.get(id).unwrap_or(&NONE)
    }

    pub fn of_expression(&self, id: Id) -> Option<LayoutId> {
        self.of.get(id).copied().flatten()
    }
}

struct Builder<'a> {
    syntax: &'a Syntax,
    layouts: Vec<Layout>,
    /// Which entry of a layout a name is.
    known: BTreeMap<(LayoutId, Symbol), usize>,
    problems: &'a mut Vec<Problem>,
}

impl Builder<'_> {
    fn new_layout(&mut self, is_recursive: bool, span: Span, has_braces: bool) -> LayoutId {
        self.layouts.push(Layout { is_recursive, span, entries: Vec::new(), has_braces });
        self.layouts.len() - 1
    }

    fn layout(&mut self, is_recursive: bool, span: Span, bindings: &[Binding]) -> LayoutId {
        let layout = self.new_layout(is_recursive, span, true);
        self.add_all(layout, bindings);
        layout
    }

    fn add_all(&mut self, layout: LayoutId, bindings: &[Binding]) {
        for binding in bindings {
            match binding {
                Binding::Inherit { from, names } => {
                    for attr in names {
                        let place = Place { name: attr.span, path: attr.span, binding: Span::empty(attr.span.start) };
                        let what = match from {
                            Some(from) => What::InheritFrom(*from),
                            None => What::Inherit,
                        };
                        self.add(layout, attr.name, place, what);
                    }
                }
                Binding::Value { path, span, value } => self.add_path(layout, path, *span, *value),
            }
        }
    }

    fn add_path(&mut self, mut layout: LayoutId, path: &[Attr], binding: Span, value: Id) {
        let Some((last, around)) = path.split_last() else {
            return;
        };
        let end = self.syntax.span(value).end.max(last.span.end);
        let path_span = path.first().map_or(last.span, |it| it.span.to(last.span));
        let place = |attr: &Attr| Place { name: attr.span, path: path_span, binding };
        for (index, attr) in around.iter().enumerate() {
            let next = path.get(index + 1).map_or(last.span, |it| it.span);
            let known = match attr.name {
                AttrName::Known(symbol) => self.known.get(&(layout, symbol)).copied(),
                AttrName::Computed(_) => None,
            };
            let inner = match known {
                Some(entry) => match self.as_set(layout, entry) {
                    Some(inner) => inner,
                    None => return self.defined_twice(layout, entry, attr.span, binding),
                },
                None => {
                    let inner = self.new_layout(false, Span::new(next.start, end), false);
                    self.add(layout, attr.name, place(attr), What::Set(inner));
                    inner
                }
            };
            layout = inner;
        }
        let known = match last.name {
            AttrName::Known(symbol) => self.known.get(&(layout, symbol)).copied(),
            AttrName::Computed(_) => None,
        };
        let Some(entry) = known else {
            return self.add(layout, last.name, place(last), What::Value(value));
        };
        match (self.syntax.form(value), self.as_set(layout, entry)) {
            (Form::Set { bindings, .. }, Some(inner)) => {
                if let Some(set) = self.layouts.get_mut(inner).filter(|it| !it.has_braces) {
                    set.has_braces = true;
                    set.span = self.syntax.span(value);
                }
                self.add_all(inner, bindings);
            }
            _ => self.defined_twice(layout, entry, last.span, binding),
        }
    }

    fn add(&mut self, layout: LayoutId, name: AttrName, place: Place, what: What) {
        let Some(set) = self.layouts.get_mut(layout) else {
            return;
        };
        if let AttrName::Known(symbol) = name {
            let entry = set.entries.len();
            match self.known.entry((layout, symbol)) {
                std::collections::btree_map::Entry::Vacant(vacant) => {
                    vacant.insert(entry);
                }
                std::collections::btree_map::Entry::Occupied(known) => {
                    let known = *known.get();
                    return self.defined_twice(layout, known, place.name, place.binding);
                }
            }
        }
        set.entries.push(Entry { name, place, what });
    }

    /// The layout of an entry that is a set as written, to which more can be added.
    fn as_set(&mut self, layout: LayoutId, entry: usize) -> Option<LayoutId> {
        let value = match self.layouts.get(layout)?.entries.get(entry)?.what {
            What::Set(inner) => return Some(inner),
            What::Value(value) => value,
            What::Inherit | What::InheritFrom(_) => return None,
        };
        let Form::Set { is_recursive, bindings } = self.syntax.form(value) else {
            return None;
        };
        let inner = self.new_layout(*is_recursive, self.syntax.span(value), true);
        self.add_all(inner, bindings);
        if let Some(entry) = self.layouts.get_mut(layout).and_then(|it| it.entries.get_mut(entry)) {
            entry.what = What::Set(inner);
        }
        Some(inner)
    }

    /// The first value counts.
    fn defined_twice(&mut self, layout: LayoutId, entry: usize, name: Span, binding: Span) {
        let first = self.layouts.get(layout).and_then(|it| it.entries.get(entry)).map(|it| it.place.name);
        if first == Some(name) {
            return;
        }
        let mend = match binding.end > binding.start {
            true => Edits::from(edit(binding, "")),
            false => Edits::NONE,
        };
        self.problems.push(Problem { kind: ProblemKind::DefinedTwice, span: name, related: first, mend });
    }
}
