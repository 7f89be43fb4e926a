//! How are flags recognised, read, changed and written? This code weighs more than all of JSON's, and may load later (`late.rs`).

use super::{
    Own,
    edit::edit as edited,
    own_of, place,
    print::{Form, print as printed},
    read::read,
    source::{self, Form as Source},
};
use crate::{
    Request,
    daemon::{late, print::Note},
    document::{CannotEdit, Change, Document, Kind as NodeKind, Node, Place, Tree, Value},
    schema::{DaemonOption, Kind},
    text::{Edits, Ink, Span},
};

type Print = fn(&Request, &Document, &[(String, Value)], Form, &mut Vec<Note>) -> Ink;

/// All that takes much code.
pub(crate) struct Craft {
    form: fn(&str) -> Option<Source>,
    tree: fn(&str) -> Tree,
    edit: fn(&str, &Document, &Change) -> Result<Edits, CannotEdit>,
    place: fn(&str, usize) -> Place,
    key: fn(&DaemonOption, &Place) -> Option<(String, usize)>,
    value: fn(&str, Kind) -> String,
    own: fn(&str) -> Vec<Own>,
    print: Print,
}

/// It.
pub(crate) static CRAFT: Craft = Craft {
    form: source::form,
    tree: read,
    edit: edited,
    place: place::place,
    key: place::key,
    value: place::value,
    own: own_of,
    print: printed,
};

fn craft() -> Option<&'static Craft> {
    late::come().map(|it| it.flags)
}

/// The form of a text that holds flags of dockerd; `None` for any other text.
pub(super) fn form(text: &str) -> Option<Source> {
    (craft()?.form)(text)
}

pub(super) fn tree(text: &str) -> Tree {
    let nothing = || Node::new(NodeKind::Map(Vec::new()), Span::new(0, text.len()));
    craft().map_or_else(|| Tree { root: nothing(), problems: Vec::new(), end: None }, |it| (it.tree)(text))
}

pub(super) fn edit(text: &str, document: &Document, change: &Change) -> Result<Edits, CannotEdit> {
    (craft().ok_or(CannotEdit)?.edit)(text, document, change)
}

pub(super) fn place(text: &str, at: usize) -> Place {
    craft().map(|it| (it.place)(text, at)).unwrap_or_default()
}

pub(super) fn key(option: &DaemonOption, place: &Place) -> Option<(String, usize)> {
    (craft()?.key)(option, place)
}

pub(super) fn value(text: &str, kind: Kind) -> String {
    craft().map(|it| (it.value)(text, kind)).unwrap_or_default()
}

/// The flags of a text that no `daemon.json` can say; those that are switched off are left out.
pub fn own(text: &str) -> Vec<Own> {
    craft().map(|it| (it.own)(text)).unwrap_or_default()
}

/// Writes top-level settings down. What no flag of the Engine can say is left out, and named in a note each.
pub(crate) fn print(
    request: &Request,
    document: &Document,
    settings: &[(String, Value)],
    form: Form,
    notes: &mut Vec<Note>,
) -> Ink {
    craft().map(|it| (it.print)(request, document, settings, form, notes)).unwrap_or_default()
}
