//! What the editor asks while a person points and types: see `Services` in `web/editor/src/editor.d.ts`.

use std::cell::Cell;

use drydock::{
    Engine,
    bench::{Item, Workbench},
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
    static BENCH: Cell<Option<OfBench>> = const { Cell::new(None) };
}

/// What another bench than the usual one answers, and how that is told. The functions come with the page.
#[derive(Clone, Copy)]
pub struct OfBench {
    row: &'static Workbench,
    hover: fn(&'static Workbench, &str, usize) -> JsValue,
    complete: fn(&'static Workbench, &str, usize) -> JsValue,
}

impl OfBench {
    /// What a bench answers.
    pub fn of(row: &'static Workbench) -> Self {
        Self {
            row,
            hover: |row, text, position| said_by(row, text, position).unwrap_or(JsValue::UNDEFINED),
            complete: |row, text, position| offered_by(row, text, position).unwrap_or(JsValue::UNDEFINED),
        }
    }
}

/// Answers by another bench from now on; by the usual one again with `None`.
pub fn ask_bench(bench: Option<OfBench>) {
    BENCH.set(bench);
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
    if let Some(bench) = BENCH.get() {
        return (bench.hover)(bench.row, text, position);
    }
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
    if let Some(bench) = BENCH.get() {
        return (bench.complete)(bench.row, text, position);
    }
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

fn said_by(bench: &Workbench, text: &str, position: usize) -> Option<JsValue> {
    let offsets = Offsets::of(text);
    let said = (bench.hover)(text, offsets.byte(position))?;
    let range = offsets.range(said.span);
    let facts = said.facts.iter();
    let lines: Array =
        facts.map(|(label, value)| record(&[("label", (*label).into()), ("value", value.into())])).collect();
    Some(record(&[
        ("from", number(range.start)),
        ("to", number(range.end)),
        ("title", said.title.into()),
        ("text", said.text.into()),
        ("lines", lines.into()),
    ]))
}

fn offered_by(bench: &Workbench, text: &str, position: usize) -> Option<JsValue> {
    let offsets = Offsets::of(text);
    let offered = (bench.complete)(text, offsets.byte(position))?;
    let range = offsets.range(offered.span);
    let items = offered.items.iter().map(|it| {
        record(&[
            ("label", it.label.as_str().into()),
            ("detail", it.detail.as_str().into()),
            ("info", it.info.as_str().into()),
            ("insert", it.insert.as_str().into()),
            ("caret", number(caret(it))),
            ("kind", if it.is_key { "key" } else { "value" }.into()),
        ])
    });
    let items: Array = items.collect();
    Some(record(&[("from", number(range.start)), ("to", number(range.end)), ("items", items.into())]))
}

/// Where the caret goes, in UTF-16 units of what is written.
fn caret(item: &Item) -> usize {
    let before = item.caret.and_then(|it| item.insert.get(..it)).unwrap_or(&item.insert);
    before.encode_utf16().count()
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
