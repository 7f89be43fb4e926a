//! How does JSON text change when one of its values changes?
//!
//! Spans come from the document; only what lies between two items is cut into
//! tokens again. So an edit costs what its neighbourhood costs.

use crate::{
    counting::counting,
    document::{CannotEdit, Change, Document, Kind, Node, Step, Value},
    edit::edit_all,
    notation::json::{self, Token, TokenKind},
    order,
    print::json::{Layout, Shape, quoted, write},
    schema::Schema,
    text::{Edits, Span, TextEdit},
};

type Edited = Result<Edits, CannotEdit>;

/// Works out the edits of JSON text that carry out a change.
///
/// # Errors
///
/// [`CannotEdit`] when nothing stands at the place to be changed.
pub fn edit(text: &str, document: &Document, change: &Change) -> Edited {
    let root = &document.root;
    match change {
        Change::Replace { span, value } => {
            let place = find(root, *span, |it| it.value.span == *span)?;
            replace(text, root, &place, value)
        }
        Change::Remove { span } => {
            let place = find(root, *span, |it| it.value.span == *span)?;
            let (container, at) = place.item.ok_or(CannotEdit)?;
            remove(text, container, &[at])
        }
        Change::Rename { key, name } => {
            find(root, *key, |it| it.key() == Some(*key))?;
            Ok(Edits::of(vec![replacement(*key, quoted(name))]))
        }
        Change::Set { path, value } => {
            let edits = set(text, document, path, value)?;
            match document.problems.is_empty() {
                true => Ok(edits),
                false => verified(text, document, edits, path, value),
            }
        }
        Change::Unset { path } => unset(text, document, path),
        Change::UnsetElements { path, indices } => unset_elements(text, document, path, indices),
        Change::Move { from, to } => moved(text, document, from, to),
        Change::All(changes) => edit_all(text, document, changes),
    }
}

/// The edits, if they set the value even among the mistakes of the text.
fn verified(text: &str, document: &Document, edits: Edits, path: &[Step], value: &Value) -> Edited {
    let after = document.dialect.read(&edits.apply(text));
    let places = Places::of(&after, path);
    let place = places.effective();
    let place = place.filter(|it| places.missing.is_empty() && it.is_sound());
    match place.and_then(|it| Value::of(it.value)).as_ref() == Some(value) {
        true => Ok(edits),
        false => Err(CannotEdit),
    }
}

// ── finding the place ──

/// A list or object as a row of items.
#[derive(Clone, Copy)]
struct Container<'a> {
    node: &'a Node,
}

/// A value, and the item of a container that it belongs to.
#[derive(Clone, Copy)]
struct Place<'a> {
    value: &'a Node,
    /// `None` for the value of the whole text.
    item: Option<(Container<'a>, usize)>,
}

/// How far a path leads.
struct Places<'a> {
    /// Where it ends: several places where a key repeats.
    found: Vec<Place<'a>>,
    /// The steps that lead no further.
    missing: &'a [Step],
    /// Whether these places are entries of a map, of which the last replaces the others.
    are_entries: bool,
}

impl<'a> Container<'a> {
    fn of(node: &'a Node) -> Option<Self> {
        matches!(node.kind, Kind::List(_) | Kind::Map(_)).then_some(Self { node })
    }

    fn len(self) -> usize {
        self.node.members().len() + self.node.elements().len()
    }

    fn place(self, at: usize) -> Option<Place<'a>> {
        let value = match &self.node.kind {
            Kind::Map(members) => &members.get(at)?.value,
            _ => self.node.elements().get(at)?,
        };
        let item = Some((self, at));
        Some(Place { value, item })
    }

    /// The bytes of an item, from its key to the end of its value.
    fn span(self, at: usize) -> Option<Span> {
        let place = self.place(at)?;
        let value = place.value.span;
        Some(place.key().map_or(value, |it| it.to(value)))
    }

    /// Whether an item is free of mistakes.
    fn is_sound(self, at: usize) -> bool {
        match self.node.members().get(at) {
            Some(member) => member.sound,
            None => self.place(at).is_some_and(|it| it.value.kind != Kind::Missing),
        }
    }

    /// Whether its opening bracket is there.
    fn is_opened(self, text: &str) -> bool {
        self.node.span.of(text).starts_with(['{', '['])
    }

    /// The bytes between its brackets, as far as these are there.
    fn inner(self, text: &str) -> Span {
        let span = self.node.span;
        let start = span.start + usize::from(self.is_opened(text));
        let last = self.len().checked_sub(1).and_then(|it| self.span(it));
        let is_closed = span.of(text).ends_with(['}', ']']) && last.map_or(start, |it| it.end) < span.end;
        Span::new(start, span.end - usize::from(is_closed))
    }

    /// What stands before the item at an index, or, one past the last, behind all.
    fn gap(self, text: &str, at: usize) -> Gap {
        let inner = self.inner(text);
        let before = at.checked_sub(1).and_then(|it| self.span(it));
        let start = before.map_or(inner.start, |it| it.end);
        let end = self.span(at).map_or(inner.end, |it| it.start);
        Gap::of(text, Span::new(start, end.max(start)))
    }

    /// The item that holds `span`.
    fn around(self, span: Span) -> Option<Place<'a>> {
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
    fn key(&self) -> Option<Span> {
        let (container, at) = self.item?;
        container.node.members().get(at).map(|it| it.key_span)
    }

    fn is_sound(&self) -> bool {
        self.item.is_none_or(|(container, at)| container.is_sound(at))
    }
}

/// The place that `is_it`, on the way to `span`.
fn find<'a>(root: &'a Node, span: Span, is_it: impl Fn(&Place) -> bool) -> Result<Place<'a>, CannotEdit> {
    let mut place = Place { value: root, item: None };
    while !is_it(&place) {
        let container = Container::of(place.value).ok_or(CannotEdit)?;
        place = container.around(span).ok_or(CannotEdit)?;
    }
    Ok(place)
}

impl<'a> Places<'a> {
    fn of(document: &'a Document, path: &'a [Step]) -> Self {
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
    fn step(&self, step: &Step, ignores_case: bool) -> Vec<Place<'a>> {
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
    fn effective(&self) -> Option<Place<'a>> {
        let found = self.found.iter().copied();
        counting(found, self.are_entries, |it| it.value)
    }

    /// Those whose members count.
    fn filled(&self) -> &[Place<'a>] {
        match self.are_entries {
            true => self.found.last_chunk::<1>().map_or(&[], |it| it),
            false => &self.found,
        }
    }
}

// ── setting ──

fn set(text: &str, document: &Document, path: &[Step], value: &Value) -> Edited {
    let (root, schema) = (&document.root, document.schema());
    let places = Places::of(document, path);
    let parent = places.effective().ok_or(CannotEdit)?;
    let Some(first) = places.missing.first() else {
        return replace(text, root, &parent, value);
    };
    let there = path.len() - places.missing.len();
    let value = wrapped(schema, path, there + 1, value.clone())?;
    match (&parent.value.kind, first) {
        (Kind::Map(_), Step::Key(name)) => {
            let container = Container { node: parent.value };
            insert(text, root, container, Some(name), &value)
        }
        (Kind::List(elements), Step::Index(at)) if *at == elements.len() => {
            insert(text, root, Container { node: parent.value }, None, &value)
        }
        (Kind::Null | Kind::Missing, _) => {
            let value = wrapped(schema, path.get(..=there).unwrap_or_default(), there, value)?;
            replace(text, root, &parent, &value)
        }
        _ => Err(CannotEdit),
    }
}

/// The value within the objects and lists that the steps of a path from one on lead through.
fn wrapped(schema: &Schema, path: &[Step], from: usize, value: Value) -> Result<Value, CannotEdit> {
    let mut value = value;
    for at in (from..path.len()).rev() {
        value = match path.get(at) {
            Some(Step::Key(name)) => {
                let naming = naming(schema, path.get(..at).unwrap_or_default());
                let naming = naming.filter(|it| !name.eq_ignore_ascii_case(it.0));
                let naming = naming.map(|it| (it.0.to_owned(), Value::string(it.1)));
                Value::Map(naming.into_iter().chain([(name.clone(), value)]).collect())
            }
            Some(Step::Index(0)) => Value::List(vec![value]),
            Some(Step::Index(_)) | None => return Err(CannotEdit),
        };
    }
    Ok(value)
}

/// The member that repeats the name of the entry at a path, and that name.
fn naming<'a>(schema: &Schema, path: &'a [Step]) -> Option<(&'static str, &'a str)> {
    let (Step::Key(entry), map) = path.split_last()? else {
        return None;
    };
    Some((schema.naming_member(&Step::in_table(map, schema))?, entry))
}

fn replace(text: &str, root: &Node, place: &Place, value: &Value) -> Edited {
    let span = place.value.span;
    let written = span.of(text);
    let Some((container, at)) = place.item else {
        return replace_all(text, root, value);
    };
    if Value::of(place.value).as_ref() == Some(value) {
        return Ok(Edits::NONE);
    }
    if let Some(edits) = replace_elements(text, root, place.value, value) {
        return edits;
    }
    let layout = layout(text, root, Some(container));
    let shape = match container.gap(text, at).line_start(text) {
        _ if written.contains('\n') => Shape::Expanded,
        None => Shape::Inline,
        Some(_) if matches!(place.value.kind, Kind::Map(_)) => Shape::Inline,
        Some(_) if matches!(value, Value::Map(_)) => Shape::Expanded,
        Some(_) => Shape::Fitting,
    };
    let start = container.span(at).unwrap_or(span).start;
    let value = write(value, layout, indentation(text, start), shape);
    if place.value.kind != Kind::Missing {
        return Ok(Edits::of(vec![replacement(span, value)]));
    }
    let before = text.get(..span.start).unwrap_or_default();
    match span.start == span.end && before.ends_with(':') {
        true => Ok(Edits::of(vec![replacement(span, [" ", &value].concat())])),
        false => Err(CannotEdit),
    }
}

/// Changes, appends or takes out single elements where that is all the difference between two lists.
fn replace_elements(text: &str, root: &Node, old: &Node, new: &Value) -> Option<Edited> {
    let container = Container { node: old };
    let (Kind::List(elements), Value::List(new)) = (&old.kind, new) else {
        return None;
    };
    let old: Vec<Value> = elements.iter().map(Value::of).collect::<Option<_>>()?;
    let same = |(a, b): &(&Value, &Value)| a == b;
    let start = old.iter().zip(new).take_while(same).count();
    let rest = old.len().min(new.len()) - start;
    let pairs = old.iter().rev().zip(new.iter().rev());
    let end = pairs.take(rest).take_while(same).count();
    Some(match (old.len() - start - end, new.len() - start - end) {
        (changed, 0) if changed < old.len() => {
            let indices: Vec<usize> = (start..start + changed).collect();
            remove(text, container, &indices)
        }
        (0, 1) if start == old.len() && start > 0 => insert(text, root, container, None, new.last()?),
        (1, 1) => replace(text, root, &container.place(start)?, new.get(start)?),
        _ => return None,
    })
}

/// Writes the value of the whole text.
fn replace_all(text: &str, root: &Node, value: &Value) -> Edited {
    let layout = layout(text, root, None);
    let mut new = write(value, layout, "", Shape::Expanded);
    if root.kind != Kind::Missing {
        return Ok(Edits::of(vec![replacement(root.span, new)]));
    }
    new.push_str(layout.newline);
    let mark = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let rest = Gap::of(text, Span::new(mark, text.len()));
    if !rest.is_clean || rest.comma.is_some() {
        return Err(CannotEdit);
    }
    if !rest.has_comments() {
        return Ok(Edits::of(vec![replacement(rest.span, new)]));
    }
    if !text.ends_with('\n') {
        new.insert_str(0, layout.newline);
    }
    Ok(Edits::of(vec![replacement(Span::empty(text.len()), new)]))
}

/// Adds an item at the end of a container.
fn insert(text: &str, root: &Node, container: Container, key: Option<&str>, value: &Value) -> Edited {
    let layout = layout(text, root, Some(container));
    let item = |indentation: &str, shape: Shape| {
        let value = write(value, layout, indentation, shape);
        match key {
            Some(key) => [&quoted(key), layout.colon, &value].concat(),
            None => value,
        }
    };
    let item_in_own_line = |indentation: &str| {
        let shape = match value {
            Value::Map(_) if key.is_some() => Shape::Expanded,
            _ => Shape::Fitting,
        };
        [layout.newline, indentation, &item(indentation, shape)].concat()
    };
    let anchor = (0..container.len()).rev().find(|&at| container.is_sound(at) && container.gap(text, at + 1).is_clean);
    if let Some((at, span)) = anchor.and_then(|at| Some((at, container.span(at)?))) {
        let gap = container.gap(text, at + 1);
        let point = gap.comma.map_or(span.end, |it| it.end);
        let comma_before = if gap.comma.is_some() { "" } else { "," };
        let is_last = at + 1 == container.len();
        let comma_after = if gap.comma.is_some() && !is_last { "," } else { "" };
        if container.gap(text, at).line_start(text).is_none() {
            let space = layout.comma.trim_start_matches(',');
            let new = item("", Shape::Inline);
            let new = [comma_before, space, &new, comma_after].concat();
            return Ok(Edits::of(vec![insertion(point, new)]));
        }
        let new = item_in_own_line(indentation(text, span.start));
        return Ok(match gap.line_end(text, point) {
            Some((end, _)) if end > point => {
                let mut edits = vec![insertion(end, new + comma_after)];
                if !comma_before.is_empty() {
                    edits.insert(0, insertion(point, comma_before.to_owned()));
                }
                Edits::of(edits)
            }
            _ => insertion(point, [comma_before, &new, comma_after].concat()).into(),
        });
    }
    let gap = container.gap(text, 0);
    if !gap.is_clean || gap.comma.is_some() || !container.is_opened(text) {
        return Err(CannotEdit);
    }
    let outer = indentation(text, container.node.span.start);
    let inner = [outer, layout.unit].concat();
    if container.len() > 0 {
        let new = match gap.line_start(text) {
            Some(_) => item_in_own_line(&inner),
            None => [layout.padding, &item("", Shape::Inline)].concat(),
        };
        return Ok(Edits::of(vec![insertion(gap.span.start, new + ",")]));
    }
    if let Some(comment) = gap.last_comment() {
        let new = match gap.line_start(text) {
            Some(_) => item_in_own_line(match gap.starts_line(text, comment) {
                true => indentation(text, comment.start),
                false => &inner,
            }),
            None => [" ", &item("", Shape::Inline)].concat(),
        };
        return Ok(Edits::of(vec![insertion(comment.end, new)]));
    }
    let is_root = container.node.span == root.span;
    let new = match is_root || root.span.of(text).contains('\n') {
        true => [&item_in_own_line(&inner), layout.newline, outer].concat(),
        false => [layout.padding, &item("", Shape::Inline), layout.padding].concat(),
    };
    Ok(Edits::of(vec![replacement(gap.span, new)]))
}

// ── moving ──

/// Takes out what is written once, and writes it where nothing is yet.
fn moved(text: &str, document: &Document, from: &[Step], to: &[Step]) -> Edited {
    let (here, there) = (Places::of(document, from), Places::of(document, to));
    let place = here.effective().filter(|it| it.is_sound()).ok_or(CannotEdit)?;
    if !here.missing.is_empty() || here.found.len() > 1 || there.missing.is_empty() {
        return Err(CannotEdit);
    }
    let value = Value::of(place.value).ok_or(CannotEdit)?;
    let unset = Change::Unset { path: from.to_vec() };
    let set = Change::Set { path: to.to_vec(), value };
    let edits = edit_all(text, document, &[unset, set])?;
    // A comment beside or within it would go and not come back.
    let is_comment = |it: &Token| it.kind == TokenKind::Comment;
    match edits.iter().any(|it| json::lex(it.span.of(text)).iter().any(is_comment)) {
        true => Err(CannotEdit),
        false => Ok(edits),
    }
}

// ── removing ──

fn unset(text: &str, document: &Document, path: &[Step]) -> Edited {
    let places = Places::of(document, path);
    if !places.missing.is_empty() {
        return Ok(Edits::NONE);
    }
    let mut edits = Vec::new();
    let mut rest: Vec<(Container, usize)> = Vec::new();
    for place in &places.found {
        if !place.is_sound() && place.value.kind != Kind::Missing {
            return Err(CannotEdit);
        }
        rest.push(place.item.ok_or(CannotEdit)?);
    }
    for of_one_container in rest.chunk_by(|a, b| std::ptr::eq(a.0.node, b.0.node)) {
        if let Some((container, _)) = of_one_container.first() {
            let indices: Vec<usize> = of_one_container.iter().map(|it| it.1).collect();
            edits.extend(remove(text, *container, &indices)?);
        }
    }
    Ok(Edits::of(edits))
}

fn unset_elements(text: &str, document: &Document, path: &[Step], indices: &[usize]) -> Edited {
    let places = Places::of(document, path);
    let list = places.effective().filter(|_| places.missing.is_empty());
    let Some(node) = list.map(|it| it.value) else {
        return Ok(Edits::NONE);
    };
    let there = indices.partition_point(|it| *it < node.elements().len());
    match indices.get(..there) {
        None | Some([]) => Ok(Edits::NONE),
        Some(indices) => remove(text, Container { node }, indices),
    }
}

/// Takes out the items at sorted indices, with a comma each and the lines they have for themselves.
fn remove(text: &str, container: Container, indices: &[usize]) -> Edited {
    let count = container.len();
    let gap = |at: usize| container.gap(text, at);
    if indices.len() == count && !(0..=count).any(|it| gap(it).has_comments()) {
        return match (0..=count).all(|it| gap(it).is_clean) {
            true => Ok(Edits::of(vec![deletion(container.inner(text))])),
            false => Err(CannotEdit),
        };
    }
    let mut deleted: Vec<Span> = Vec::new();
    for run in indices.chunk_by(|&a, &b| a + 1 == b && !gap(b).has_comments()) {
        let (Some(&first), Some(&last)) = (run.first(), run.last()) else {
            continue;
        };
        let (before, after) = (gap(first), gap(last + 1));
        let (Some(start), Some(end)) = (container.span(first), container.span(last)) else {
            continue;
        };
        if !before.is_clean || !after.is_clean {
            return Err(CannotEdit);
        }
        let mut span = start.to(end);
        let line_start = before.line_start(text);
        if last + 1 < count || after.comma.is_some() {
            span.end = after.comma.map_or(span.end, |it| it.end);
            deleted.push(before.with_space(text, span, &after, line_start));
            continue;
        }
        // The last item has no comma of its own: the one before the items that go at the end goes with them.
        let is_kept = |at: &usize| indices.binary_search(at).is_err();
        let comma = (0..first).rev().find(is_kept).and_then(|kept| gap(kept + 1).comma);
        match comma {
            Some(comma) if Some(comma) == before.comma && !before.has_comments_after(comma) => {
                span.start = match before.starts_line(text, comma) && !before.has_comments() {
                    true => before.span.start,
                    false => comma.start,
                };
                if let (Some(_), Some((end, _))) = (line_start, after.line_end(text, span.end)) {
                    span.end = end;
                }
                deleted.push(span);
            }
            comma => {
                deleted.extend(comma);
                deleted.push(before.with_space(text, span, &after, line_start));
            }
        }
    }
    Ok(Edits::of(united(deleted).into_iter().map(deletion).collect()))
}

/// Sorted, disjoint spans that cover the same bytes.
fn united(mut spans: Vec<Span>) -> Vec<Span> {
    order::sort(&mut spans, Span::cmp);
    let mut united: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match united.last_mut() {
            Some(last) if span.start <= last.end => *last = last.to(span),
            _ => united.push(span),
        }
    }
    united
}

// ── what lies between two items ──

/// White space, comments, and at most one comma.
struct Gap {
    span: Span,
    tokens: Vec<Token>,
    comma: Option<Span>,
    /// Whether there is nothing else.
    is_clean: bool,
}

impl Gap {
    fn of(text: &str, span: Span) -> Self {
        let mut gap = Self { span, tokens: json::lex(span.of(text)), comma: None, is_clean: true };
        for token in &mut gap.tokens {
            token.span.start += span.start;
            token.span.end += span.start;
            match token.kind {
                TokenKind::White | TokenKind::Comment => {}
                TokenKind::Comma if gap.comma.is_none() => gap.comma = Some(token.span),
                _ => gap.is_clean = false,
            }
        }
        gap
    }

    fn last_comment(&self) -> Option<Span> {
        let mut comments = self.tokens.iter();
        comments.rfind(|it| it.kind == TokenKind::Comment).map(|it| it.span)
    }

    fn has_comments(&self) -> bool {
        self.last_comment().is_some()
    }

    fn has_comments_after(&self, comma: Span) -> bool {
        self.last_comment().is_some_and(|it| it.start >= comma.end)
    }

    /// Where the line of the item behind the gap starts, if it is the first on it.
    fn line_start(&self, text: &str) -> Option<usize> {
        self.line_start_before(text, self.span.end)
    }

    /// Whether a comment or comma of the gap is the first thing on its line.
    fn starts_line(&self, text: &str, token: Span) -> bool {
        self.line_start_before(text, token.start).is_some()
    }

    fn line_start_before(&self, text: &str, at: usize) -> Option<usize> {
        for token in self.tokens.iter().rev().filter(|it| it.span.end <= at) {
            let line_break = token.span.of(text).rfind('\n');
            match (token.kind, line_break) {
                (TokenKind::White, Some(offset)) => return Some(token.span.start + offset + 1),
                (TokenKind::White | TokenKind::Comment, None) => {}
                _ => return None,
            }
        }
        None
    }

    /// Where the line that `at` is on ends, before and behind its line break, if nothing but comments follows on it.
    fn line_end(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        for token in self.tokens.iter().filter(|it| it.span.start >= at) {
            let line_break = token.span.of(text).find('\n');
            match (token.kind, line_break) {
                (TokenKind::White, Some(offset)) => {
                    let end = token.span.start + offset;
                    let line = text.get(..end).unwrap_or_default();
                    return Some((line.strip_suffix('\r').unwrap_or(line).len(), end + 1));
                }
                (TokenKind::White | TokenKind::Comment, None) => {}
                _ => return None,
            }
        }
        None
    }

    /// The bytes to take out with an item: its lines when nothing else is on them, else the space on one side.
    ///
    /// `self` is the gap before the item, `after` the one behind it.
    fn with_space(&self, text: &str, item: Span, after: &Self, line_start: Option<usize>) -> Span {
        let line_end = after.line_end(text, item.end);
        if let (Some(start), Some((_, end))) = (line_start, line_end) {
            return Span::new(start, end);
        }
        let is_white = |span: Span| span.of(text).bytes().all(|it| it.is_ascii_whitespace());
        let behind = Span::new(item.end, after.span.end);
        let is_first = self.comma.is_none() && !self.has_comments();
        if is_white(behind) && (line_end.is_none() || is_first) && behind.start < behind.end {
            return item.to(behind);
        }
        let blanks = Span::new(self.span.start, item.start).of(text);
        let kept = blanks.trim_end_matches([' ', '\t']).len();
        match line_start {
            Some(_) => item,
            None => Span::new(self.span.start + kept, item.end),
        }
    }
}

// ── the style of the text ──

/// The white space that a text uses around the items of a container.
fn layout<'a>(text: &'a str, root: &Node, container: Option<Container>) -> Layout<'a> {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    let mut layout = Layout {
        newline: if line.ends_with("\r\n") { "\r\n" } else { "\n" },
        unit: unit(text, root).unwrap_or("  "),
        ..Layout::default()
    };
    let Some(container) = container.filter(|it| it.len() > 0) else {
        return layout;
    };
    let first = container.node.members().iter().find(|it| it.sound);
    let colon = first.map(|it| Span::new(it.key_span.end, it.value.span.start).of(text));
    if colon == Some(":") {
        layout.colon = ":";
    }
    let gap = container.gap(text, 1);
    let comma = gap.span.of(text);
    if comma == "," || (container.len() == 1 && colon == Some(":")) {
        layout.comma = ",";
    }
    if first.is_some() && container.gap(text, 0).span.of(text).is_empty() {
        layout.padding = "";
    }
    layout
}

/// One step of indentation: how far the first item that begins a line is indented.
fn unit<'a>(text: &'a str, root: &Node) -> Option<&'a str> {
    let mut container = Container::of(root)?;
    loop {
        let first = container.span(0)?;
        if container.gap(text, 0).line_start(text).is_some() {
            let outer = indentation(text, container.node.span.start);
            let unit = indentation(text, first.start).strip_prefix(outer)?;
            return Some(unit).filter(|it| !it.is_empty());
        }
        container =
            (0..container.len()).filter_map(|at| Container::of(container.place(at)?.value)).find(|it| it.len() > 0)?;
    }
}

/// The white space that the line of byte `at` begins with.
fn indentation(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    let line = before.get(line..).unwrap_or_default();
    let rest = line.trim_start_matches([' ', '\t']).len();
    line.get(..line.len() - rest).unwrap_or_default()
}

fn replacement(span: Span, text: String) -> TextEdit {
    TextEdit { span, text }
}

fn insertion(at: usize, text: String) -> TextEdit {
    replacement(Span::empty(at), text)
}

fn deletion(span: Span) -> TextEdit {
    replacement(span, String::new())
}

#[cfg(test)]
mod tests;
