//! The text editor, which is JavaScript and owns the text: see `web/editor/src/editor.d.ts`.

use drydock::{
    document::Notation,
    rule::diagnostic::Diagnostic,
    text::{Span, TextEdit},
};
use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsValue, prelude::*};

use crate::{offsets::Offsets, record::record};

#[wasm_bindgen]
extern "C" {
    /// The page's editor, whichever is live.
    #[derive(Clone, Debug, PartialEq)]
    pub type Editor;

    /// The whole text.
    #[wasm_bindgen(method, js_name = getText)]
    pub fn text(this: &Editor) -> String;

    /// Replaces everything as one step of undo.
    #[wasm_bindgen(method, js_name = setText)]
    pub fn set_text(this: &Editor, text: &str, label: &str);

    /// Begins anew with another kind of text, called `name`: nothing of the one before can be undone.
    #[wasm_bindgen(method)]
    pub fn restart(this: &Editor, text: &str, name: &str);

    #[wasm_bindgen(method, js_name = apply)]
    fn apply_edits(this: &Editor, edits: &Array, label: &str, revision: u32) -> bool;

    #[wasm_bindgen(method, js_name = setDiagnostics)]
    fn set_diagnostics(this: &Editor, diagnostics: &Array, notation: &str);

    #[wasm_bindgen(method, js_name = reveal)]
    fn reveal_range(this: &Editor, from: u32, to: u32);

    #[wasm_bindgen(method)]
    fn state(this: &Editor) -> Now;

    /// What is selected, and of which text.
    type Now;

    #[wasm_bindgen(method, getter)]
    fn anchor(this: &Now) -> u32;

    #[wasm_bindgen(method, getter)]
    fn head(this: &Now) -> u32;

    #[wasm_bindgen(method, getter)]
    fn revision(this: &Now) -> u32;

    /// Resolves when the full editor is here, or will not come.
    #[wasm_bindgen(method, getter)]
    pub fn upgraded(this: &Editor) -> Promise;

    /// Takes the keyboard.
    #[wasm_bindgen(method)]
    pub fn focus(this: &Editor);

    /// Takes back the last step, of the visitor or of the page.
    #[wasm_bindgen(method)]
    pub fn undo(this: &Editor);

    /// Does again what was taken back.
    #[wasm_bindgen(method)]
    pub fn redo(this: &Editor);

    /// Calls back after every change with the text, its revision and who made it; returns what ends the calls.
    #[wasm_bindgen(method, js_name = onChange)]
    pub fn on_change(this: &Editor, callback: &Closure<dyn FnMut(String, u32, Option<String>)>) -> Function;
}

impl Editor {
    /// Applies edits that were computed for the text of `offsets`; false when the text has changed since.
    pub fn apply(&self, offsets: &Offsets, edits: &[TextEdit], label: &str, revision: u32) -> bool {
        let edits: Array = edits
            .iter()
            .map(|it| {
                let range = offsets.range(it.span);
                record(&[("from", number(range.start)), ("to", number(range.end)), ("insert", it.text.as_str().into())])
            })
            .collect();
        self.apply_edits(&edits, label, revision)
    }

    /// Marks what is wrong in the text of `offsets`, and colours it as its notation.
    pub fn mark(&self, offsets: &Offsets, diagnostics: &[Diagnostic], notation: Notation) {
        let marks: Array = diagnostics
            .iter()
            .map(|it| {
                let range = offsets.range(it.span);
                record(&[
                    ("from", number(range.start)),
                    ("to", number(range.end)),
                    ("severity", it.severity.name().into()),
                    ("message", it.message.as_str().into()),
                    ("id", it.rule.into()),
                ])
            })
            .collect();
        self.set_diagnostics(&marks, notation.name());
    }

    /// Its number for the present text.
    pub fn revision(&self) -> u32 {
        self.state().revision()
    }

    /// Whether only white space is left beside what is selected.
    pub fn is_all_selected(&self) -> bool {
        let (text, state) = (self.text(), self.state());
        let selected = state.anchor().min(state.head())..state.anchor().max(state.head());
        let is_white = |it: u16| u8::try_from(it).is_ok_and(|it| it.is_ascii_whitespace());
        let mut rest = (0..).zip(text.encode_utf16()).filter(|(at, _)| !selected.contains(at));
        rest.all(|(_, it)| is_white(it))
    }

    /// Selects a place in the text of `offsets` and scrolls to it.
    pub fn reveal(&self, offsets: &Offsets, span: Span) {
        let range = offsets.range(span);
        self.reveal_range(units(range.start), units(range.end));
    }
}

fn units(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A count for JavaScript.
pub fn number(count: usize) -> JsValue {
    units(count).into()
}
