//! A link that holds the text of a bench with its choices, and what such a link brings.

use std::rc::Rc;

use drydock::{
    bench::{Chosen, Listing},
    link::{self, Form},
};
use gloo_events::EventListener;
use yew::prelude::*;

use super::send;
use crate::{
    lines::{LineEnds, lines},
    outside::{address, editor::Editor},
    page::{copy::Copy, desk::Dispatch, dialog::Dialog, icon::icon, words},
    route::BenchLink,
    store::{Action, State},
};

/// What is shared.
#[derive(PartialEq, Properties)]
pub struct SharedProps {
    /// The bench.
    pub listing: &'static Listing,
    /// Whether the dialog is open.
    pub open: bool,
    /// The text.
    pub text: Rc<str>,
    /// The choices.
    pub chosen: Chosen,
    /// The id of the target that is shown.
    pub target: &'static str,
    /// Sends actions to the store.
    pub dispatch: Dispatch,
}

/// The dialog that turns the text into a link.
#[function_component]
pub fn Shared(props: &SharedProps) -> Html {
    let close = send(&props.dispatch, Action::Share(false));
    html! {
        <Dialog open={props.open} title="Share" id="share-title" class={classes!("dialog", "dialog--share")} onclose={close}>
            if props.open {
                { sheet(props) }
            }
        </Dialog>
    }
}

fn sheet(props: &SharedProps) -> Html {
    let state = link::State { text: props.text.to_string(), ..link::State::default() };
    let Ok(payload) = link::encode(&state, Form::AsWritten) else {
        return html! { <p>{link::LinkError::TooLong.to_string()}</p> };
    };
    let mut choices: Vec<(String, String)> =
        props.chosen.unusual().map(|(id, value)| (id.to_owned(), value.to_owned())).collect();
    choices.push(("target".to_owned(), props.target.to_owned()));
    let link = [&address::base(), "#", &BenchLink { payload, choices }.fragment(props.listing)].concat();
    let length = words::counted(link.chars().count(), "character");
    html! {
        <div class="share">
            <div class="share__main">
                <input class="share__link" type="text" readonly=true aria-label="Link" value={link.clone()} />
                <p class="share__about">{"The text and the choices are in the link itself. "}{length}{"."}</p>
                <Copy text={link} label="Copy link" shrinks=true />
            </div>
        </div>
    }
}

/// Opens the link that the page came with, and each that follows; asks before a draft would give way to it.
#[hook]
pub fn use_link(listing: &'static Listing, state: &State, editor: &Editor, dispatch: &Dispatch) -> Html {
    let asked = use_state(address::bench_link);
    use_effect_with((), {
        let asked = asked.clone();
        move |()| {
            let listener = web_sys::window()
                .map(|window| EventListener::new(&window, "hashchange", move |_| asked.set(address::bench_link())));
            move || drop(listener)
        }
    });
    let read = asked.as_ref().map(|it| link::decode(&it.payload).map(|read| lines(&read.text)));
    let open = {
        let (editor, dispatch, asked, chosen) = (editor.clone(), dispatch.clone(), asked.clone(), state.chosen.clone());
        move |text: &str| {
            let mut chosen = chosen.clone();
            for (id, value) in asked.iter().flat_map(|it| &it.choices) {
                if let Some(choice) = listing.choice(id) {
                    chosen = chosen.with(choice, value);
                }
            }
            dispatch.dispatch(Action::Chosen(chosen));
            editor.set_text(text, "Open the link");
            dispatch.dispatch(Action::Began(LineEnds::Lf));
            close(listing, &asked);
        }
    };
    let is_lost = !state.text.trim_ascii().is_empty() && !matches!(&read, Some(Ok(text)) if *text == *state.text);
    use_effect_with((*asked).clone(), {
        let (open, read) = (open.clone(), read.clone());
        move |_| {
            if let Some(Ok(text)) = read.filter(|_| !is_lost) {
                open(&text);
            }
        }
    });
    let dismiss = {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| close(listing, &asked))
    };
    match read {
        None => Html::default(),
        Some(Ok(text)) => {
            let accept = Callback::from(move |_: MouseEvent| open(&text));
            html! {
                <section class="arrival" aria-label="Link">
                    { icon("link") }
                    <p class="arrival__words"><strong>{"This link holds another text"}</strong>{" than the one you were working on."}</p>
                    <div class="arrival__ways">
                        <button class="button button--strong" type="button" onclick={accept}>{"Open it"}</button>
                        <button class="button button--edged" type="button" onclick={dismiss}>{"Keep mine"}</button>
                    </div>
                </section>
            }
        }
        Some(Err(error)) => html! {
            <section class="arrival" aria-label="Link" data-severity="warning">
                { icon("link") }
                <p class="arrival__words" role="alert">{words::inline(&error.to_string())}</p>
                <div class="arrival__ways">
                    <button class="button button--edged" type="button" onclick={dismiss}>{"Dismiss"}</button>
                </div>
            </section>
        },
    }
}

/// The address no longer holds a text.
fn close(listing: &'static Listing, asked: &UseStateHandle<Option<BenchLink>>) {
    // Without an address bar it holds nothing anyway.
    let _ = address::replace(&["#/", listing.id].concat());
    asked.set(None);
}
