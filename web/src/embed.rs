//! The embedded editor: what `static/embed.js` asks of the wasm.
//!
//! A page of somebody else's loads `static/drydock.js`, which shows `static/embed.html` in a frame under a code block. The
//! frame says the verdict by [`glance`](crate::glance); all else comes with the first question that needs it.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{
    outside::{editor::Editor, frame::Frame, shell},
    page::embedding,
};

/// Draws the parts of an embed around its editor; false when they did not come.
#[wasm_bindgen]
pub async fn embed(editor: Editor, frame: Frame) -> bool {
    match (embedding().await, shell::element("app")) {
        (Some(it), Ok(place)) => {
            (it.draw)(place, editor, frame);
            true
        }
        _ => false,
    }
}

/// All that follows from a text for the page that shows it, `{ severity, sentence, diagnostics, outputs }`; undefined when
/// what knows it did not come.
#[wasm_bindgen]
pub async fn report(text: String, engine: String, nixos: String) -> JsValue {
    let it = embedding().await;
    it.map_or(JsValue::UNDEFINED, |it| (it.report)(&text, &engine, &nixos))
}

/// The fragment of a link to a text, without `#`; empty when it is too long for a link, or what makes links did not come.
#[wasm_bindgen]
pub async fn link(text: String, engine: String, nixos: String, target: String) -> String {
    let it = embedding().await;
    it.map(|it| (it.link)(&text, &engine, &nixos, &target))
        .unwrap_or_default()
}

/// What a link holds, `{ text, engine, nixos, target }`, or `{ trouble }`; undefined when what reads links did not come.
#[wasm_bindgen]
pub async fn open(fragment: String) -> JsValue {
    let it = embedding().await;
    it.map_or(JsValue::UNDEFINED, |it| (it.open)(&fragment))
}
