//! Where does a path lead, and what is at some bytes?

use super::gap::Gap;
use crate::{
    document::{CannotEdit, Document, Kind, Node, Step},
    schema::counting::counting,
    text::Span,
};

/// A list or object as a row of items.
#[derive(Clone, Copy)]
pub(super) struct Container<'a> {
    pub(super) node: &'a Node,
}

/// A value, and the item of a container that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) value: &'a Node,
    /// `None` for the value of the whole text.
    pub(super) item: Option<(Container<'a>, usize)>,
}

/// How far a path leads.
pub(super) struct Places<'a> {
    /// Where it ends: several places where a key repeats.
    pub(super) found: Vec<Place<'a>>,
    /// The steps that lead no further.
    pub(super) missing: &'a [Step],
    /// Whether these places are entries of a map, of which the last replaces the others.
    pub(super) are_entries: bool,
}

impl<'a> Container<'a> {
    pub(super) fn of(node: &'a Node) -> Option<Self> {
        matches!(node.kind, Kind::List(_) | Kind::Map(_)).then_some(Self { node })
    }

    pub(super) fn len(self) -> usize {
        self.node.members().len() + self.node.elements().len()
    }

    pub(super) fn place(self, at: usize) -> Option<Place<'a>> {
        let value = match &self.node.kind {
            Kind::Map(members) => &members.get(at)?.value,
            _ => self.node.elements().get(at)?,
        };
        let item = Some((self, at));
        Some(Place { value, item })
    }

    /// The bytes of an item, from its key to the end of its value.
    pub(super) fn span(self, at: usize) -> Option<Span> {
        let place = self.place(at)?;
        let value = place.value.span;
        Some(place.key().map_or(value, |it| it.to(value)))
    }

    /// Whether an item is free of mistakes.
    pub(super) fn is_sound(self, at: usize) -> bool {
        match self.node.members().get(at) {
            Some(member) => member.sound,
            None => self.place(at).is_some_and(|it| it.value.kind != Kind::Missing),
        }
    }

    /// Whether its opening bracket is there.
    pub(super) fn is_opened(self, text: &str) -> bool {
        self.node.span.of(text).starts_with(['{', '['])
    }

    /// The bytes between its brackets, as far as these are there.
    pub(super) fn inner(self, text: &str) -> Span {
        let span = self.node.span;
        let start = span.start + usize::from(self.is_opened(text));
        let last = self.len().checked_sub(1).and_then(|it| self.span(it));
        let is_closed = span.of(text).ends_with(['}', ']']) && last.map_or(start, |it| it.end) < span.end;
        Span::new(start, span.end - usize::from(is_closed))
    }

    /// What is before the item at an index, or, one past the last, after all.
    pub(super) fn gap(self, text: &str, at: usize) -> Gap {
        let inner = self.inner(text);
        let before = at.checked_sub(1).and_then(|it| self.span(it));
        let start = before.map_or(inner.start, |it| it.end);
        let end = self.span(at).map_or(inner.end, |it| it.start);
        Gap::of(text, Span::new(start, end.max(start)))
    }

    /// The item that holds `span`.
    pub(super) fn around(self, span: Span) -> Option<Place<'a>> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.span(middle).is_some_and(|it| it.end < span.end) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let holds = self.span(low)?.start <= span.start;
        self.place(low).filter(|_| holds)
    }
}

impl Place<'_> {
    pub(super) fn key(&self) -> Option<Span> {
        let (container, at) = self.item?;
        container.node.members().get(at).map(|it| it.key_span)
    }

    pub(super) fn is_sound(&self) -> bool {
        self.item.is_none_or(|(container, at)| container.is_sound(at))
    }
}

/// The place that `is_it`, on the way to `span`.
pub(super) fn find<'a>(root: &'a Node, span: Span, is_it: impl Fn(&Place) -> bool) -> Result<Place<'a>, CannotEdit> {
    let mut place = Place { value: root, item: None };
    while !is_it(&place) {
        let container = Container::of(place.value).ok_or(CannotEdit)?;
        place = container.around(span).ok_or(CannotEdit)?;
    }
    Ok(place)
}

impl<'a> Places<'a> {
    pub(super) fn of(document: &'a Document, path: &'a [Step]) -> Self {
        let schema = document.schema();
        let top = Place { value: &document.root, item: None };
        let mut places = Self { found: vec![top], missing: path, are_entries: false };
        while let Some((step, rest)) = places.missing.split_first() {
            let passed = path.len() - places.missing.len();
            let table_path = Step::in_table(path.get(..passed).unwrap_or_default(), schema);
            let found = places.step(step, schema.ignores_case(&table_path));
            if found.is_empty() {
                break;
            }
            places.found = found;
            places.missing = rest;
            places.are_entries = schema.holds_entries(&table_path);
        }
        places
    }

    /// What lies one step further; mistakes only where nothing else does.
    pub(super) fn step(&self, step: &Step, ignores_case: bool) -> Vec<Place<'a>> {
        let name = match step {
            Step::Key(name) => name,
            Step::Index(at) => {
                let list = self.effective().and_then(|it| Container::of(it.value));
                let list = list.filter(|it| matches!(it.node.kind, Kind::List(_)));
                return list.and_then(|it| it.place(*at)).into_iter().collect();
            }
        };
        let mut found = Vec::new();
        for container in self.filled().iter().filter_map(|it| Container::of(it.value)) {
            for (at, member) in container.node.members().iter().enumerate() {
                if member.key == *name || (ignores_case && member.key.eq_ignore_ascii_case(name)) {
                    found.extend(container.place(at));
                }
            }
        }
        if found.iter().any(Place::is_sound) {
            found.retain(Place::is_sound);
        }
        found
    }

    /// The one that counts.
    pub(super) fn effective(&self) -> Option<Place<'a>> {
        let found = self.found.iter().copied();
        counting(found, self.are_entries, |it| it.value)
    }

    /// Those whose members count.
    pub(super) fn filled(&self) -> &[Place<'a>] {
        match self.are_entries {
            true => self.found.last_chunk::<1>().map_or(&[], |it| it),
            false => &self.found,
        }
    }
}
