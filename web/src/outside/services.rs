//! What the editor asks while a person points and types: see `Services` in `web/editor/src/editor.d.ts`.

use std::cell::Cell;

use drydock::{
    Engine,
    assist::{self, Completion},
    options::DaemonOption,
};
use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::editor::number;
use crate::{offsets::Offsets, record::record};

/// The functions that know the answers: they come after the page.
#[derive(Clone, Copy)]
pub struct Answers {
    hover: fn(&str, usize) -> JsValue,
    complete: fn(&str, usize, Engine) -> JsValue,
}

/// The functions of this module.
pub const ANSWERS: Answers = Answers { hover: said_of, complete: known_at };

thread_local! {
    static ANSWERING: Cell<Option<Answers>> = const { Cell::new(None) };
    /// The chosen Engine: the editor asks from outside of the page's components.
    static ENGINE: Cell<Engine> = const { Cell::new(Engine::LATEST) };
}

/// Answers for another Engine from now on.
pub fn choose_engine(engine: Engine) {
    ENGINE.set(engine);
}

/// Answers from now on.
pub fn answer_by(answers: Answers) {
    ANSWERING.set(Some(answers));
}

/// What is to be said of a place in the text; undefined when nothing is.
#[wasm_bindgen]
pub fn hover(text: &str, position: usize) -> JsValue {
    ANSWERING.get().map_or(JsValue::UNDEFINED, |it| (it.hover)(text, position))
}

fn said_of(text: &str, position: usize) -> JsValue {
    let offsets = Offsets::of(text);
    let Some(found) = assist::hover(text, offsets.byte(position)) else {
        return JsValue::UNDEFINED;
    };
    let range = offsets.range(found.span);
    record(&[
        ("from", number(range.start)),
        ("to", number(range.end)),
        ("title", found.option.key.into()),
        ("text", found.option.description().summary.into()),
        ("lines", facts(found.option, found.comes_to).into()),
    ])
}

fn facts(option: &DaemonOption, comes_to: Option<String>) -> Array {
    let engine = |it: Engine| it.to_string();
    let facts = [
        ("Comes to", comes_to),
        ("Type", Some(crate::kind::words(option.kind))),
        ("Default", Some(option.description().default.to_owned()).filter(|it| !it.is_empty())),
        ("Since", Some(option.since).filter(|it| *it > Engine::new(20, 10, 0)).map(engine)),
        ("Deprecated since", option.deprecated.map(engine)),
        ("Removed in", option.removed.map(engine)),
    ];
    let line =
        |(label, value): (&str, Option<String>)| Some(record(&[("label", label.into()), ("value", value?.into())]));
    facts.into_iter().filter_map(line).collect()
}

/// What could be written at a place of the text; undefined when nothing is known.
#[wasm_bindgen]
pub fn complete(text: &str, position: usize) -> JsValue {
    ANSWERING.get().map_or(JsValue::UNDEFINED, |it| (it.complete)(text, position, ENGINE.get()))
}

fn known_at(text: &str, position: usize, engine: Engine) -> JsValue {
    let offsets = Offsets::of(text);
    let Some(found) = assist::complete(text, offsets.byte(position), engine) else {
        return JsValue::UNDEFINED;
    };
    let range = offsets.range(found.span);
    let items: Array = found.items.iter().map(item).collect();
    record(&[("from", number(range.start)), ("to", number(range.end)), ("items", items.into())])
}

fn item(item: &Completion) -> JsValue {
    // Keys and values of the table are ASCII: bytes are UTF-16 units.
    record(&[
        ("label", item.label.into()),
        ("detail", item.default.into()),
        ("info", item.info.into()),
        ("insert", item.insert.as_str().into()),
        ("caret", number(item.caret)),
        ("kind", if item.is_key { "key" } else { "value" }.into()),
    ])
}
