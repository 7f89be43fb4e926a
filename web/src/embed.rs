//! The embedded editor: what `static/embed.js` asks of the wasm.
//!
//! Another site's page loads `static/drydock.js`, which shows `static/embed.html` in a frame under a code block. The
//! frame says the verdict by [`glance`](crate::glance); all else comes with the first question that needs it.

use std::cell::Cell;

use js_sys::{Array, Promise};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{
    benches::{self, Bench},
    outside::{editor::Editor, frame::Frame, promise::promise, shell},
    page::{self, Embedding, embedding, read_nix},
};

thread_local! {
    static HERE: Cell<Option<&'static Embedding>> = const { Cell::new(None) };
    static BENCH: Cell<Option<Bench>> = const { Cell::new(None) };
}

/// Fetches what the functions below need for a text, once; false when it did not come.
#[wasm_bindgen]
pub fn prepare(text: String, dialect: String) -> Promise {
    promise(Box::pin(async move {
        HERE.set(embedding().await);
        match HERE.get() {
            Some(it) => !(it.is_nix)(&text, &dialect) || read_nix().await,
            None => false,
        }
    }))
}

/// Draws the parts of an embed around its editor.
#[wasm_bindgen]
pub fn embed(editor: Editor, frame: Frame) {
    if let (Some(it), Ok(place)) = (HERE.get(), shell::element("app")) {
        (it.draw)(place, editor, frame);
    }
}

/// All that follows from a text for the page that shows it, `{ severity, sentence, diagnostics, outputs }`. An unknown
/// dialect means the one that the text looks like.
#[wasm_bindgen]
pub fn report(text: &str, dialect: &str, engine: &str, nixos: &str) -> JsValue {
    HERE.get().map_or(JsValue::UNDEFINED, |it| (it.report)(text, dialect, engine, nixos))
}

/// The fragment of a link to a text, without `#`; empty when it is too long for a link.
#[wasm_bindgen]
pub fn link(text: &str, dialect: &str, engine: &str, nixos: &str, target: &str) -> String {
    HERE.get().map(|it| (it.link)(text, dialect, engine, nixos, target)).unwrap_or_default()
}

/// What a link holds, `{ text, as, engine, nixos, target }`, or `{ trouble }`.
#[wasm_bindgen]
pub fn open(fragment: &str) -> JsValue {
    HERE.get().map_or(JsValue::UNDEFINED, |it| (it.open)(fragment))
}

/// Fetches the file of a bench, once; false when it did not come, or there is no such bench.
#[wasm_bindgen]
pub fn prepare_bench(id: String) -> Promise {
    promise(Box::pin(async move {
        if BENCH.get().is_none() {
            BENCH.set(benches::fetch(&id).await.ok());
        }
        BENCH.get().is_some()
    }))
}

/// What the text of the bench is called, for who hears the page.
#[wasm_bindgen]
pub fn text_of_bench() -> String {
    BENCH.get().map(|it| it.row.listing.text.to_owned()).unwrap_or_default()
}

/// Draws the parts of an embed of the bench around its editor; false when what draws them did not come.
#[wasm_bindgen]
pub fn embed_bench(editor: Editor, frame: Frame) -> Promise {
    promise(Box::pin(async move {
        let is_here = page::arrive().await;
        if let (Some(it), Ok(place)) = (BENCH.get(), shell::element("app")) {
            page::draw_embed(place, editor, frame, it.row);
        }
        is_here
    }))
}

/// The verdict on a text of the bench, `{ severity, sentence }`. What is chosen is `name=value` each, with zero bytes between.
#[wasm_bindgen]
pub fn verdict_on_bench(text: &str, chosen: &str) -> JsValue {
    BENCH.get().map_or(JsValue::UNDEFINED, |it| (it.telling.verdict)(it.row, text, chosen))
}

/// All that follows from a text of the bench, as of [`report`].
#[wasm_bindgen]
pub fn report_on_bench(text: &str, chosen: &str) -> JsValue {
    BENCH.get().map_or(JsValue::UNDEFINED, |it| (it.telling.report)(it.row, text, chosen))
}

/// What of the choices and of the target is unknown to the bench, in sentences.
#[wasm_bindgen]
pub fn strangers_on_bench(chosen: &str, target: &str) -> Array {
    BENCH.get().map(|it| (it.telling.strangers)(it.row, chosen, target)).unwrap_or_default()
}

/// The fragment of a link to a text of the bench, without `#`; empty when it is too long for a link.
#[wasm_bindgen]
pub fn link_on_bench(text: &str, chosen: &str, target: &str) -> String {
    BENCH.get().map(|it| (it.telling.link)(it.row, text, chosen, target)).unwrap_or_default()
}

/// What a link to a text of the bench holds: `text`, `target` and what is chosen by its name, or `{ trouble }`.
#[wasm_bindgen]
pub fn open_on_bench(fragment: &str) -> JsValue {
    BENCH.get().map_or(JsValue::UNDEFINED, |it| (it.telling.open)(fragment))
}
