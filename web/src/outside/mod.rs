//! What the page asks of the browser: thin functions that decide nothing.

pub mod address;
pub mod clipboard;
pub mod download;
pub mod editor;
pub mod focus;
pub mod frame;
pub mod promise;
pub mod reference;
pub mod scroll;
pub mod services;
pub mod sharing;
pub mod shell;
pub mod storage;
pub mod visit;

use wasm_bindgen::JsValue;

/// The browser refused, or lacks what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

impl From<JsValue> for Refused {
    fn from(_: JsValue) -> Self {
        Self
    }
}

fn window() -> Result<web_sys::Window, Refused> {
    web_sys::window().ok_or(Refused)
}

fn document() -> Result<web_sys::Document, Refused> {
    window()?.document().ok_or(Refused)
}
