//! What becomes of a file that is dropped on the page?

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::DragEvent;
use yew::prelude::*;

use super::{desk::Desk, editing};

/// Takes files that are dropped anywhere; returns whether one is held above the page.
#[hook]
pub fn use_dropped_files(desk: &Desk) -> bool {
    let held = use_state(|| false);
    use_effect_with((), {
        let (held, desk) = (held.clone(), desk.clone());
        move |()| {
            let listeners = web_sys::window().map(|window| {
                let react = move |event: &Event| {
                    let Some(event) = event.dyn_ref::<DragEvent>() else {
                        return;
                    };
                    let Some(data) = event.data_transfer().filter(|it| it.types().includes(&"Files".into(), 0)) else {
                        return; // Text dragged within the editor is the editor's business.
                    };
                    event.prevent_default();
                    match &*event.type_() {
                        "dragover" => held.set(true),
                        "dragleave" => held.set(event.related_target().is_some()),
                        _ => {
                            held.set(false);
                            if let Some(file) = data.files().and_then(|it| it.get(0)) {
                                editing::open(file, desk.clone());
                            }
                        }
                    }
                };
                ["dragover", "dragleave", "drop"].map(|kind| {
                    let react = react.clone();
                    let options = EventListenerOptions::run_in_capture_phase();
                    let options = EventListenerOptions { passive: false, ..options };
                    EventListener::new_with_options(&window, kind, options, move |event| react(event))
                })
            });
            move || drop(listeners)
        }
    });
    *held
}
