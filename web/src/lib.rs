//! What crosses from the Drydock core to JavaScript; with feature `page` also the Yew page.

pub mod code;
pub mod compare;
pub mod fixes;
#[cfg(feature = "page")]
mod kind;
pub mod linked;
pub mod offsets;
pub mod posts;
pub mod route;
pub mod store;
pub mod summary;

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

/// Draws the page around the editor, into the slots of the static page.
///
/// `reference` is the address of the long texts, `known` that of the known networks, `messages`
/// that of the daemon's messages.
#[cfg(feature = "page")]
#[wasm_bindgen]
pub fn start(editor: outside::editor::Editor, reference: String, known: String, messages: String) {
    if let Ok(root) = outside::shell::take_over() {
        let props = page::AppProps {
            editor,
            reference: reference.into(),
            known: known.into(),
            messages: messages.into(),
        };
        yew::Renderer::<page::App>::with_root_and_props(root, props).render();
    }
}
