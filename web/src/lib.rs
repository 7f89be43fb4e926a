//! What crosses from the Drydock core to JavaScript; with feature `page` also the Yew page.

pub mod aims;
#[cfg(feature = "page")]
mod benches;
pub mod code;
pub mod compare;
pub mod drafts;
#[cfg(feature = "page")]
mod drawing;
#[cfg(feature = "page")]
mod embed;
#[cfg(feature = "judge")]
mod glance;
pub mod lines;
pub mod linked;
#[cfg(feature = "npm")]
mod npm;
pub mod offsets;
pub mod platform;
pub mod posts;
#[cfg(feature = "judge")]
mod record;
pub mod route;
pub mod store;

#[cfg(feature = "page")]
mod outside;
#[cfg(feature = "page")]
mod page;

use wasm_bindgen::prelude::wasm_bindgen;

/// Returns the version of Drydock, as in its Cargo.toml.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Fetches what draws the page; false when it did not come.
#[cfg(feature = "page")]
#[wasm_bindgen]
pub fn arrive() -> js_sys::Promise {
    outside::promise::promise(Box::pin(page::arrive()))
}

/// Draws the page, which has arrived, around the editor, into the slots of the static page.
///
/// `reference` is the address of the long texts, `known` that of the known networks, `messages`
/// that of the daemon's messages.
#[cfg(feature = "page")]
#[wasm_bindgen]
pub fn start(editor: outside::editor::Editor, reference: String, known: String, messages: String) {
    page::draw(editor, [reference, known, messages]);
}
