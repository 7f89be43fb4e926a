//! A link that holds the text of a bench with its choices, and what such a link brings.

use std::rc::Rc;

use drydock::{
    bench::{Chosen, Input, Listing, Printed, Request, Workbench},
    link::{self, BenchLink},
    rule::terminal::Lines,
};
use gloo_events::EventListener;
use yew::prelude::*;

use super::{Row, send};
use crate::{
    lines::{LineEnds, lines},
    outside::{address, editor::Editor},
    page::{
        desk::{self, Desk, Dispatch},
        dialog::Dialog,
        icon::icon,
        rest::Rest,
        share::{Offer, Offers, Sheet, as_code},
        words,
    },
    posts,
    store::{Action, State},
};

/// What is shared.
#[derive(Clone, PartialEq, Properties)]
pub struct SharedProps {
    /// The bench.
    pub listing: &'static Listing,
    /// Whether the dialog is open.
    pub open: bool,
    /// The text.
    pub text: Rc<str>,
    /// The choices.
    pub chosen: Chosen,
    /// What the text is written down for: its id, its name for people, and the language of that.
    pub target: [&'static str; 3],
    /// The result.
    pub printed: desk::Shared<Printed>,
    /// The rest of the page, which has the links.
    pub rest: Rest,
    /// The ways to touch the text.
    pub desk: Desk,
}

/// The dialog that turns the text into a link.
#[function_component]
pub fn Shared(props: &SharedProps) -> Html {
    let close = send(&props.desk.dispatch, Action::Share(false));
    html! {
        <Dialog open={props.open} title="Share" id="share-title" class={classes!("dialog", "dialog--share")} onclose={close}>
            if props.open {
                { props.rest.draw(|it| (it.bench_sheet)(props)) }
            }
        </Dialog>
    }
}

/// What the dialog shows while it is open.
pub fn sheet(props: &SharedProps) -> Html {
    html! { <BenchSheet ..props.clone() /> }
}

#[function_component]
fn BenchSheet(props: &SharedProps) -> Html {
    let SharedProps { listing, text, chosen, target, printed, desk, .. } = props;
    let key = (*listing, text.clone(), chosen.clone(), *target, printed.clone());
    let offers = use_memo(key, |_| offers(props));
    html! { <Sheet {offers} desk={desk.clone()} /> }
}

/// The link to a text of a bench.
fn offers(props: &SharedProps) -> Offers {
    let SharedProps { listing, text, chosen, target: [id, title, language], printed, .. } = props;
    let base = address::base();
    let request = Request { text: text.to_string(), chosen: chosen.clone(), ..Request::default() };
    let link = BenchLink::to(listing, &request, id);
    let link = link.map(|it| {
        let link = [&base, "#", &it.fragment()].concat();
        let forum = match printed.text.is_empty() {
            true => as_code("text", posts::forum(listing.notation.name(), text, &link)),
            false => as_code(title, posts::forum(language, &printed.text, &link)),
        };
        Offer { name: "Link", about: "opens as just this text", link, text: text.to_string(), forum }
    });
    let unusual = || chosen.unusual().filter_map(|(id, value)| Some((listing.choice(id)?, value)));
    let beside = unusual().flat_map(|(choice, value)| {
        let lines = Lines::of(value);
        let place = move |at| ["line ", &lines.position(at).line.to_string(), " of ", choice.label].concat();
        link::credentials(value).into_iter().map(move |it| (it.message, place(it.span.start)))
    });
    let holds = unusual().map(|(choice, value)| match choice.input {
        Input::OneOf(offers) => offers().into_iter().find(|it| it.0 == value).map_or_else(String::new, |it| it.1),
        Input::Text(_) => [choice.label, " ", value].concat(),
        Input::Lines(_) => choice.label.to_owned(),
    });
    let attributes = [("bench", listing.id)].into_iter().chain(chosen.unusual()).chain([("target", *id)]);
    Offers {
        title: listing.title,
        beside: beside.collect(),
        text: text.clone(),
        links: link.into_iter().collect(),
        first: 0,
        holds: [listing.text.to_owned()].into_iter().chain(holds).chain([["shown as ", title].concat()]).collect(),
        embed: posts::embed(&base, listing.notation.name(), text, &attributes.collect::<Vec<_>>()),
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
