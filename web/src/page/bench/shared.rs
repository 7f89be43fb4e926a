//! A link that holds the text of a bench with its choices, and what such a link brings.

use std::rc::Rc;

use drydock::{
    bench::{Chosen, Listing, Request, Workbench},
    link::BenchLink,
};
use gloo_events::EventListener;
use yew::prelude::*;

use super::{Row, send};
use crate::{
    lines::{LineEnds, lines},
    outside::{address, editor::Editor},
    page::{copy::Copy, desk::Dispatch, dialog::Dialog, icon::icon, words},
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
    let request = Request { text: props.text.to_string(), chosen: props.chosen.clone(), ..Request::default() };
    let link = match BenchLink::to(props.listing, &request, props.target) {
        Ok(link) => [&address::base(), "#", &link.fragment()].concat(),
        Err(error) => return html! { <p>{error.to_string()}</p> },
    };
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
pub fn use_link(row: &Row, listing: &'static Listing, state: &State, editor: &Editor, dispatch: &Dispatch) -> Html {
    let asked = use_state(address::bench_link);
    let target = use_state(String::new);
    // Which ones there are is known when the bench is here.
    use_effect_with(((*target).clone(), row.clone()), {
        let (dispatch, target) = (dispatch.clone(), target.setter());
        move |(named, row)| {
            let place = row.here().and_then(|it: &Workbench| it.targets.iter().position(|it| it.id == named));
            if let Some(place) = place {
                dispatch.dispatch(Action::Target(place));
                target.set(String::new());
            }
        }
    });
    use_effect_with((), {
        let asked = asked.clone();
        move |()| {
            let listener = web_sys::window()
                .map(|window| EventListener::new(&window, "hashchange", move |_| asked.set(address::bench_link())));
            move || drop(listener)
        }
    });
    let asked_here = asked.as_ref().filter(|it| it.listing == listing);
    let read = asked_here.map(|it| it.request().map(|read| Request { text: lines(&read.text), ..read }));
    let open = {
        let (editor, dispatch, asked, target) = (editor.clone(), dispatch.clone(), asked.clone(), target.clone());
        move |read: &Request| {
            dispatch.dispatch(Action::Lent(read.chosen.clone()));
            if let Some(asked) = &*asked {
                target.set(asked.target().to_owned());
            }
            editor.set_text(&read.text, "Open the link");
            dispatch.dispatch(Action::Began(LineEnds::Lf));
            close(listing, &asked);
        }
    };
    let is_lost = !state.text.trim_ascii().is_empty() && !matches!(&read, Some(Ok(read)) if *read.text == *state.text);
    use_effect_with((*asked).clone(), {
        let (open, read) = (open.clone(), read.clone());
        move |_| {
            if let Some(Ok(read)) = read.filter(|_| !is_lost) {
                open(&read);
            }
        }
    });
    let dismiss = {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| close(listing, &asked))
    };
    match read {
        None => Html::default(),
        Some(Ok(read)) => {
            let accept = Callback::from(move |_: MouseEvent| open(&read));
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
