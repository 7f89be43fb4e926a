//! A text that was pasted, dropped or opened on one bench and is plainly meant for another is opened there, with a word about
//! it and a way back.

use std::rc::Rc;

use drydock::{bench, daemon::LISTING};
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, Element, HtmlInputElement};
use yew::prelude::*;

use super::{
    desk::Dispatch,
    icon::icon,
    root::{Place, carry, text_name},
};
use crate::{
    lines::{LineEnds, lines},
    outside::{address, editor::Editor},
    store::Action,
};

/// A text on its way to a bench.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// Where it goes.
    pub to: Place,
    /// The text.
    pub text: Rc<str>,
    /// What ended its lines, when it is a file.
    pub line_ends: LineEnds,
    /// Whether nobody asked for it: the text itself tells where it belongs.
    pub is_recognised: bool,
}

impl Carried {
    /// A text that is plainly meant for another bench than the one it was brought to.
    pub fn recognised(text: &str, here: Place) -> Option<Self> {
        let to = bench::elsewhere(text, here)?;
        Some(Self { to, text: lines(text).into(), line_ends: LineEnds::of(text), is_recognised: true })
    }

    /// A text that a person takes somewhere.
    pub fn asked(text: Rc<str>, to: Place, line_ends: LineEnds) -> Self {
        Self { to, text, line_ends, is_recognised: false }
    }
}

/// A text that has come to a bench.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrived {
    /// How it was sent.
    pub carried: Carried,
    /// Where it came from.
    pub from: Place,
    /// The text as the editor has it.
    pub text: Rc<str>,
    /// What the bench had before.
    pub kept: Rc<str>,
    /// Whether there is another text where it came from.
    pub is_over: bool,
}

/// Opens what is pasted or dropped into the text, and is all of it then, on the bench that it is meant for.
#[hook]
pub fn use_pasted(editor: &Editor) {
    use_effect_with((), {
        let editor = editor.clone();
        move |()| {
            let listeners = web_sys::window().map(|window| {
                ["paste", "drop"].map(|kind| {
                    let editor = editor.clone();
                    let options = EventListenerOptions::run_in_capture_phase();
                    let options = EventListenerOptions { passive: false, ..options };
                    EventListener::new_with_options(&window, kind, options, move |event| {
                        let here = address::route().bench();
                        let carried = whole(event, &editor).and_then(|it| Carried::recognised(&it, here));
                        if carried.is_some_and(|it| carry(it, &editor.text())) {
                            event.prevent_default();
                            event.stop_propagation();
                        }
                    })
                })
            });
            move || drop(listeners)
        }
    });
}

/// The text that an event brings, where it takes the place of all that is in the editor.
fn whole(event: &Event, editor: &Editor) -> Option<String> {
    let place: Element = event.composed_path().get(0).dyn_into().ok()?;
    // The editor searches, too.
    let around: Element = event.target()?.dyn_into().ok()?;
    if place.is_instance_of::<HtmlInputElement>() || around.closest(".editor").ok()?.is_none() {
        return None;
    }
    let (data, is_whole) = match event.dyn_ref::<ClipboardEvent>() {
        Some(it) => (it.clipboard_data()?, editor.is_all_selected()),
        // What is dropped takes the place of nothing.
        None => (event.dyn_ref::<DragEvent>()?.data_transfer()?, editor.text().trim_ascii().is_empty()),
    };
    data.get_data("text/plain").ok().filter(|it| is_whole && !it.is_empty())
}

/// What is given to the notice.
#[derive(Clone, PartialEq, Properties)]
pub struct NoticeProps {
    /// The text that has come.
    pub arrived: Option<Arrived>,
    /// The bench that is shown.
    pub here: Place,
    /// The text that is there now.
    pub text: Rc<str>,
    /// The editor.
    pub editor: Editor,
}

/// What is said of a text that was recognised.
pub fn words(here: Place) -> &'static str {
    here.map_or(LISTING.recognised, |it| it.recognised)
}

/// Says that a text was recognised, while it is as it came.
#[function_component]
pub fn Notice(props: &NoticeProps) -> Html {
    let is_read = use_state(|| false);
    let NoticeProps { arrived, here, text, editor } = props;
    let arrived = arrived.as_ref().filter(|it| it.carried.is_recognised && it.text == *text && !*is_read);
    let Some(arrived) = arrived.cloned() else {
        return Html::default();
    };
    let from = arrived.from.map_or(LISTING.bench, |it| it.title);
    let (label, title) = match arrived.is_over {
        true => (["Put it in ", from, " instead"].concat(), "Over the text that is there; undo brings that back"),
        false => (["Back to ", from].concat(), "Takes the text back to where you brought it"),
    };
    let back = {
        let (editor, here) = (editor.clone(), *here);
        Callback::from(move |_: MouseEvent| {
            let Arrived { carried, from, kept, .. } = &arrived;
            if carry(Carried::asked(carried.text.clone(), *from, carried.line_ends), kept) {
                // What listens to the address hears of it after this.
                editor.restart(kept, text_name(here));
            }
        })
    };
    let dismiss = Callback::from(move |_: MouseEvent| is_read.set(true));
    html! {
        <section class="arrival" aria-label="Opened">
            { icon("open") }
            <p class="arrival__words">{words(*here)}{"."}</p>
            <div class="arrival__ways">
                <button class="button button--edged" type="button" {title} onclick={back}>{label}</button>
                <button class="button button--edged" type="button" onclick={dismiss}>{"Dismiss"}</button>
            </div>
        </section>
    }
}

/// Lets a bench begin with a text that has come; returns what is said of it.
#[hook]
pub fn use_arrived(arrived: &Option<Arrived>, here: Place, text: &Rc<str>, dispatch: &Dispatch) -> Option<String> {
    use_effect_with((), {
        let (line_ends, dispatch) = (arrived.as_ref().map(|it| it.carried.line_ends), dispatch.clone());
        move |()| {
            if let Some(line_ends) = line_ends {
                dispatch.dispatch(Action::Began(line_ends));
            }
        }
    });
    let said = arrived.as_ref().filter(|it| it.carried.is_recognised && it.text == *text);
    said.map(|_| [words(here), "."].concat())
}
