//! The embedded editor: what `static/embed.js` asks of the wasm.
//!
//! Another site's page loads `static/drydock.js`, which shows `static/embed.html` in a frame under a code block. The
//! frame says the verdict by [`glance`](crate::glance); all else comes with the first question that needs it.

use std::cell::Cell;

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{
    outside::{editor::Editor, frame::Frame, shell},
    page::{Embedding, embedding, read_nix},
};

thread_local! {
    static HERE: Cell<Option<&'static Embedding>> = const { Cell::new(None) };
}

/// Fetches what the functions below need for a text, once; false when it did not come.
#[wasm_bindgen]
pub async fn prepare(text: String, dialect: String) -> bool {
    HERE.set(embedding().await);
    match HERE.get() {
        Some(it) => !(it.is_nix)(&text, &dialect) || read_nix().await,
        None => false,
    }
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
