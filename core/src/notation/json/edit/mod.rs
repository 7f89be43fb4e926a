//! How does JSON text change when one of its values changes?
//!
//! Spans come from the document; only what lies between two items is cut into
//! tokens again. So an edit costs what its neighbourhood costs.

mod gap;
mod layout;
mod place;

use self::{
    gap::Gap,
    layout::{indentation, layout},
    place::{Container, Place, Places, find},
};
use crate::{
    document::{
        CannotEdit, Change, Document, Kind, Node, Step, Value,
        edit::{edit_all, wrapped},
    },
    notation::json::{Shape, Token, TokenKind, lex, quoted, write},
    text::{Edits, Span, TextEdit, order},
};

type Edited = Result<Edits, CannotEdit>;

/// Works out the edits of JSON text that carry out a change.
///
/// # Errors
///
/// [`CannotEdit`] when there is nothing at the place to be changed.
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
    match edits.iter().any(|it| lex(it.span.of(text)).iter().any(is_comment)) {
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
