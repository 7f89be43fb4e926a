//! The frame that an embed is shown in: `static/embed.js` is its other side.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The frame.
    #[derive(Clone, Debug, PartialEq)]
    pub type Frame;

    /// Calls back at once and whenever its host chooses otherwise, with the dialect, the Engine, the NixOS release, the id of a target,
    /// the names of the parts that are shown, and that of the part to open now; what is not chosen is empty.
    #[wasm_bindgen(method, js_name = onChoices)]
    pub fn on_choices(this: &Frame, callback: &Closure<dyn FnMut(String, String, String, String, String, String)>);

    /// The same on a bench: what is chosen there, `name=value` with zero bytes between, the id of a target, the names of the
    /// parts and that of the part to open.
    #[wasm_bindgen(method, js_name = onChoicesOnBench)]
    pub fn on_choices_on_bench(this: &Frame, callback: &Closure<dyn FnMut(String, String, String, String)>);
}
