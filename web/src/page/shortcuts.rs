//! What does a key do wherever it is pressed?

use std::rc::Rc;

use drydock::bench::Printed;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::{
    desk::{Desk, Shared, Step},
    editing,
    found::Found,
    problems,
};
use crate::store::{Action, Current};

/// What the keyboard shortcuts act on.
pub struct Keys {
    /// What was found in the text.
    pub found: Found,
    /// The settings, written down.
    pub printed: Shared<Printed>,
    /// The name of the file that they are saved as.
    pub file: &'static str,
    /// The problem that is open.
    pub problem: Current,
    /// Whether there is no text yet.
    pub is_empty: bool,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// The shortcuts that the help lists.
#[hook]
pub fn use_shortcuts(keys: Keys) {
    let latest = use_mut_ref(|| None);
    latest.replace(Some(Rc::new(keys)));
    use_effect_with((), |()| {
        let listener = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                // A copy, because what is done with it draws the page anew.
                let keys = latest.borrow().clone();
                if let (Some(keys), Some(event)) = (keys, event.dyn_ref::<KeyboardEvent>()) {
                    press(&keys, event);
                }
            })
        });
        move || drop(listener)
    });
}

fn press(keys: &Keys, event: &KeyboardEvent) {
    let is_command = event.ctrl_key() || event.meta_key();
    let desk = &keys.desk;
    match &*event.key() {
        "F8" => {
            problems::step(desk, &keys.found.list(keys.is_empty), keys.problem, event.shift_key(), false);
        }
        "." if is_command => {
            let mend = problems::mend(&keys.found, keys.is_empty);
            if mend.fixes > 0 {
                desk.mend.emit(mend);
            }
        }
        "s" if is_command && !event.shift_key() => match is_in_text(event) {
            true => desk.save.emit(()),
            false => editing::save(keys.file, &keys.printed.text),
        },
        "z" if is_command && !takes_text(event) => {
            desk.history.emit(if event.shift_key() { Step::Redo } else { Step::Undo });
        }
        "?" if !is_command && !takes_text(event) => desk.dispatch.dispatch(Action::Help(true)),
        _ => return,
    }
    event.prevent_default();
}

/// Whether the key goes to the text editor.
fn is_in_text(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|it| matches!(it.closest("#editor"), Ok(Some(_))))
}

/// Whether the key goes to something that takes text, and has an undo of its own.
fn takes_text(event: &KeyboardEvent) -> bool {
    // The first of the path, because the editor may live in a shadow root.
    let target = event.composed_path().get(0).dyn_into::<HtmlElement>();
    target.is_ok_and(|it| {
        it.is_content_editable() || it.matches("textarea, select, input:not([type=checkbox])").unwrap_or(false)
    })
}
