//! A line of text that becomes a value.

use drydock::schema::{Kind, field};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::*;

use super::value::{Place, amiss, placeholder};

/// How long typing rests before it is written into the text, in milliseconds; one rest is one step of undo.
const REST: u32 = 250;

/// A line of text.
#[derive(PartialEq, Properties)]
pub struct EntryProps {
    /// Where its value is.
    pub place: Place,
    /// Whether an error was found there.
    pub wrong: bool,
    /// What is there.
    pub text: Option<String>,
}

/// A line of text. While it has the keyboard, what is being typed is its own; what cannot be written stays a draft.
#[function_component]
pub fn Entry(props: &EntryProps) -> Html {
    let EntryProps { place, text, wrong } = props;
    let typing = use_state(|| None::<String>);
    let rest = use_mut_ref(|| None::<Timeout>);
    let lost_breaks = use_state(|| false);
    let draft = place.draft().map(|it| it.to_string());
    let shown = (*typing).clone().or(draft.clone()).or(text.clone());
    let shown = shown.unwrap_or_default();
    // It stays what it is while somebody types.
    let has_lines = use_mut_ref(|| false);
    if typing.is_none() {
        *has_lines.borrow_mut() = shown.contains('\n');
    }

    let settle = {
        let (place, text) = (place.clone(), text.clone());
        move |typed: &str, is_left: bool| match field::value(place.kind, typed) {
            _ if text.as_deref() == Some(typed) => place.forget(),
            // Only when it is left empty: until then somebody may type something else.
            _ if typed.is_empty() && (is_left || text.is_none()) => place.empty(text.is_some()),
            _ if typed.is_empty() => {}
            Ok(value) => place.write(value, typed),
            Err(_) => place.keep(typed),
        }
    };
    let oninput = {
        let (typing, rest, settle) = (typing.clone(), rest.clone(), settle.clone());
        Callback::from(move |event: InputEvent| {
            let typed = typed_in(&event);
            typing.set(Some(typed.clone()));
            let settle = settle.clone();
            *rest.borrow_mut() = Some(Timeout::new(REST, move || settle(&typed, false)));
        })
    };
    let leave = {
        let (rest, typing, lost_breaks) = (rest.clone(), typing.clone(), lost_breaks.clone());
        move |typed: String| {
            *rest.borrow_mut() = None;
            if typing.is_some() {
                settle(&typed, true);
                typing.set(None);
            }
            lost_breaks.set(false);
        }
    };
    let onblur = {
        let leave = leave.clone();
        Callback::from(move |event: FocusEvent| leave(typed_in(&event)))
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() && event.target_dyn_into::<HtmlInputElement>().is_some() {
            leave(typed_in(&event));
        }
    });
    let onpaste = {
        let (place, is_empty, lost_breaks) = (place.clone(), shown.is_empty(), lost_breaks.clone());
        let has_lines = *has_lines.borrow();
        Callback::from(move |event: Event| {
            let pasted = pasted(&event).unwrap_or_default();
            let lines = pasted.trim_end_matches(['\r', '\n']);
            if has_lines || !lines.contains('\n') {
                return;
            }
            let lines: Vec<&str> = lines.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
            match is_empty && place.write_all(&lines) {
                true => event.prevent_default(),
                false => lost_breaks.set(true),
            }
        })
    };
    let hint = match place.told().map(|it| it.default).filter(|it| !it.is_empty() && !it.contains(' ')) {
        Some(default) => default.trim_matches('"'),
        None => placeholder(place.kind),
    };
    let suggestions: Vec<&'static str> =
        place.told().map(|it| it.suggestions_in(place.engine).collect()).unwrap_or_default();
    let list = (!suggestions.is_empty()).then(|| [&place.id, "-list"].concat());
    let problem = draft.as_deref().and_then(|it| amiss(place, it, text.as_deref()));
    let invalid = (problem.is_some() || *wrong).then_some("true");
    let is_number = matches!(place.kind, Kind::Integer(_));
    html! {
        <div class="entry">
            if *has_lines.borrow() {
                <textarea class="input" id={place.id.clone()} value={shown} rows="3" spellcheck="false" autocapitalize="off"
                    autocomplete="off" aria-label={place.name.clone()} aria-describedby={place.described()}
                    aria-invalid={invalid} {oninput} {onblur} />
            } else {
                <input class="input" id={place.id.clone()} value={shown} placeholder={hint} autocomplete="off"
                    spellcheck="false" autocapitalize="off" inputmode={is_number.then_some("numeric")}
                    aria-label={place.name.clone()} aria-describedby={place.described()} list={list.clone()}
                    aria-invalid={invalid} {oninput} {onblur} {onkeydown} {onpaste} />
            }
            if let Some(list) = list {
                <datalist id={list}>{ for suggestions.iter().map(|&it| html! { <option value={it} /> }) }</datalist>
            }
            { problem.unwrap_or_default() }
            if *lost_breaks {
                <p class="field__about" role="status">{"Line breaks were left out of what you pasted."}</p>
            }
        </div>
    }
}

/// What is in the line that an event came from.
fn typed_in(event: &Event) -> String {
    let target = event.target_dyn_into::<Element>();
    let Some(target) = target else {
        return String::new();
    };
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(other) => other.dyn_into::<HtmlTextAreaElement>().map(|it| it.value()).unwrap_or_default(),
    }
}

fn pasted(event: &Event) -> Option<String> {
    let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    data.get_data("text/plain").ok()
}
