//! What the editor asks while a person points and types: see `Services` in `web/editor/src/editor.d.ts`.

use std::cell::Cell;

use drydock::{
    Engine,
    daemon::dialect,
    docker::host::Release,
    document::Dialect,
    schema::assist::{self, Completion},
};
use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::editor::number;
use crate::{offsets::Offsets, record::record};

/// The functions that know the answers: they come after the page.
#[derive(Clone, Copy)]
pub struct Answers {
    hover: fn(&str, usize, Option<&'static Dialect>) -> JsValue,
    complete: fn(&str, usize, Engine, Release, Option<&'static Dialect>) -> JsValue,
}

/// The functions of this module.
pub const ANSWERS: Answers = Answers { hover: said_of, complete: known_at };

thread_local! {
    static ANSWERING: Cell<Option<Answers>> = const { Cell::new(None) };
    /// The chosen Engine: the editor asks from outside of the page's components.
    static ENGINE: Cell<Engine> = const { Cell::new(Engine::LATEST) };
    /// The release of NixOS.
    static RELEASE: Cell<Release> = const { Cell::new(Release::LATEST) };
    /// What the text is said to be written in.
    static DIALECT: Cell<Option<&'static Dialect>> = const { Cell::new(None) };
}

/// Answers for another Engine and release of NixOS from now on.
pub fn choose_versions(engine: Engine, release: Release) {
    ENGINE.set(engine);
    RELEASE.set(release);
}

/// Answers for a text of this dialect from now on, or of the one that it is likely written in.
pub fn choose_dialect(dialect: Option<&'static Dialect>) {
    DIALECT.set(dialect);
}

/// Answers from now on.
pub fn answer_by(answers: Answers) {
    ANSWERING.set(Some(answers));
}

/// What is to be said of a place in the text; undefined when nothing is.
#[wasm_bindgen]
pub fn hover(text: &str, position: usize) -> JsValue {
    ANSWERING.get().map_or(JsValue::UNDEFINED, |it| (it.hover)(text, position, DIALECT.get()))
}

fn said_of(text: &str, position: usize, dialect: Option<&'static Dialect>) -> JsValue {
    let offsets = Offsets::of(text);
    let dialect = dialect.unwrap_or_else(|| dialect::of(text));
    let Some(found) = assist::hover(text, offsets.byte(position), dialect) else {
        return JsValue::UNDEFINED;
    };
    let range = offsets.range(found.span);
    record(&[
        ("from", number(range.start)),
        ("to", number(range.end)),
        ("title", found.title.into()),
        ("text", found.summary.into()),
        ("lines", found.facts.into_iter().map(fact).collect::<Array>().into()),
    ])
}

fn fact((label, value): (&'static str, String)) -> JsValue {
    record(&[("label", label.into()), ("value", value.into())])
}

/// What could be written at a place of the text; undefined when nothing is known.
#[wasm_bindgen]
pub fn complete(text: &str, position: usize) -> JsValue {
    ANSWERING
        .get()
        .map_or(JsValue::UNDEFINED, |it| (it.complete)(text, position, ENGINE.get(), RELEASE.get(), DIALECT.get()))
}

fn known_at(
    text: &str,
    position: usize,
    engine: Engine,
    release: Release,
    dialect: Option<&'static Dialect>,
) -> JsValue {
    let offsets = Offsets::of(text);
    let dialect = dialect.unwrap_or_else(|| dialect::of(text));
    let Some(found) = assist::complete(text, offsets.byte(position), engine, release, dialect) else {
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
