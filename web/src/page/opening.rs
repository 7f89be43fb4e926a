//! Opens the link that the page came with, and each that follows; asks before a draft would give way to it.

use std::{cell::RefCell, rc::Rc};

use drydock::{
    link::{self, Form, LinkError},
    rule::diagnostic::Severity,
};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::{
    desk::Dispatch,
    icon::{icon, severity_name, severity_shape},
    rest::Rest,
    words,
};
use crate::{
    lines::{LineEnds, lines},
    linked,
    outside::{address, editor::Editor, shell},
    route::Route,
    store::{Action, Held, State},
};

/// Longer texts are not read back to see whether their short form says the same.
const MAX_COMPARED: usize = 4096;

/// A link that waits for the visitor.
#[derive(Clone, PartialEq)]
enum Arrival {
    /// It holds another text than the draft.
    Other(Rc<link::State>),
    /// It is broken: what is wrong with it, and what could be read.
    Broken(String, Option<Rc<link::State>>),
}

/// What the address and the text were when they last agreed.
#[derive(Default)]
struct Agreed {
    fragment: String,
    link: Option<Rc<link::State>>,
    text: String,
}

/// Opens links, lets the address follow the text where it holds one, and returns what is to be asked about a link.
#[hook]
pub fn use_links(state: &State, rest_ms: u32, editor: &Editor, dispatch: &Dispatch, rest: &Rest) -> Html {
    let asked = use_state(address::link);
    let arrival = use_state(|| None::<Arrival>);
    let agreed = use_mut_ref(Agreed::default);

    use_effect_with((), {
        let asked = asked.clone();
        move |()| {
            let listener = web_sys::window()
                .map(|window| EventListener::new(&window, "hashchange", move |_| asked.set(address::link())));
            move || drop(listener)
        }
    });

    let open = {
        let (editor, dispatch, agreed) = (editor.clone(), dispatch.clone(), agreed.clone());
        Callback::from(move |link: Rc<link::State>| {
            let text = lines(&link.text);
            dispatch.dispatch(Action::Opened(link.clone()));
            if text != editor.text() {
                editor.set_text(&text, "Open the link");
                dispatch.dispatch(Action::Began(LineEnds::of(&link.text)));
            }
            *agreed.borrow_mut() = Agreed { fragment: address::link().unwrap_or_default(), link: Some(link), text };
        })
    };
    use_effect_with((*asked).clone(), {
        let (arrival, editor, agreed, open) = (arrival.clone(), editor.clone(), agreed.clone(), open.clone());
        move |asked: &Option<String>| {
            let Some(fragment) = asked else {
                return arrival.set(None);
            };
            if *fragment == agreed.borrow().fragment {
                return arrival.set(None); // back from another page
            }
            let (message, read) = match link::decode(fragment) {
                Ok(link) => {
                    let (now, text) = (editor.text(), lines(&link.text));
                    let is_lost = !now.trim_ascii().is_empty() && now != text && now != agreed.borrow().text;
                    let link = Rc::new(link);
                    if !is_lost {
                        open.emit(link);
                        return arrival.set(None);
                    }
                    let _ = shell::announce(OTHER);
                    return arrival.set(Some(Arrival::Other(link)));
                }
                Err(error) => (error.to_string(), error),
            };
            let read = match read {
                LinkError::CutOff(left) if !left.text.trim_ascii().is_empty() => Some(Rc::from(left)),
                _ => None,
            };
            arrival.set(Some(Arrival::Broken(message, read)));
        }
    });
    use_following(state, rest_ms, &agreed, rest);

    let answer = {
        let (arrival, asked) = (arrival.clone(), asked.clone());
        move || {
            arrival.set(None);
            asked.set(None);
        }
    };
    let keep = {
        let answer = answer.clone();
        Callback::from(move |_: MouseEvent| {
            // The address no longer says what is shown. Without an address bar it says nothing anyway.
            let _ = address::replace("#/");
            answer();
        })
    };
    let accept = |link: &Rc<link::State>| {
        let (open, link, answer) = (open.clone(), link.clone(), answer.clone());
        Callback::from(move |_: MouseEvent| {
            open.emit(link.clone());
            answer();
        })
    };
    match &*arrival {
        None => Html::default(),
        Some(Arrival::Other(link)) => html! {
            <section class="arrival" aria-label="Link">
                { icon("link") }
                <p class="arrival__words"><strong>{OTHER}</strong>{" than the one you were working on."}</p>
                <div class="arrival__ways">
                    <button class="button button--strong" type="button" onclick={accept(link)}>{"Open it"}</button>
                    <button class="button button--edged" type="button" onclick={keep}>{"Keep mine"}</button>
                </div>
            </section>
        },
        Some(Arrival::Broken(message, read)) => html! {
            <section class="arrival" aria-label="Link" data-severity={severity_name(Some(Severity::Warning))}>
                { severity_shape(Some(Severity::Warning)) }
                <p class="arrival__words" role="alert">{words::inline(message)}</p>
                <div class="arrival__ways">
                    if let Some(read) = read {
                        <button class="button button--edged" type="button" onclick={accept(read)}>{"Open what is left"}</button>
                    }
                    <button class="button button--edged" type="button" onclick={keep}>{"Dismiss"}</button>
                </div>
            </section>
        },
    }
}

const OTHER: &str = "This link holds another configuration";

/// Lets the address hold what is shown, once typing rests, after a link was opened or made.
#[hook]
fn use_following(state: &State, rest_ms: u32, agreed: &Rc<RefCell<Agreed>>, rest: &Rest) {
    let is_held = state.held != Held::Not && state.route == Route::Workbench;
    let packed = (is_held && state.text.len() <= link::MAX_BYTES).then(|| linked::pack(state));
    use_effect_with((is_held, packed, rest.clone()), {
        let agreed = agreed.clone();
        move |(is_held, packed, rest)| {
            let is_news = *is_held && agreed.borrow().link.as_deref() != packed.as_ref();
            let packed = packed.clone();
            let timer = rest.here().filter(|_| is_news).map(|parts| {
                Timeout::new(rest_ms, move || {
                    let link = packed.as_ref().and_then(parts.link_of);
                    let fragment = link.unwrap_or_default();
                    let address = match fragment.is_empty() {
                        true => "#/".to_owned(), // too long for a link
                        false => ["#", &fragment].concat(),
                    };
                    // Without an address bar nothing is held.
                    let _ = address::replace(&address);
                    let mut agreed = agreed.borrow_mut();
                    agreed.fragment = fragment;
                    agreed.link = packed.map(Rc::new);
                })
            });
            move || drop(timer)
        }
    });
}

/// The shortest link that opens as just this text.
pub fn exact(packed: &link::State) -> Option<String> {
    if packed.text.len() <= MAX_COMPARED {
        let short = link::encode(packed, Form::Canonical).ok()?;
        if link::decode(&short).as_ref() == Ok(packed) {
            return Some(short);
        }
    }
    link::encode(packed, Form::AsWritten).ok()
}
