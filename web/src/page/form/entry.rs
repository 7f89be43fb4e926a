//! A line of text that becomes a value.

use gloo_timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::value::{Place, Write, placeholder};

/// How long typing rests before it is written into the text, in milliseconds; one rest is one step of undo.
const REST: u32 = 250;

/// A line of text.
#[derive(PartialEq, Properties)]
pub struct EntryProps {
    /// Where its value stands.
    pub place: Place,
    /// Whether an error was found there.
    pub wrong: bool,
    /// What stands there.
    pub text: Option<String>,
    /// How what is typed becomes a value.
    pub write: Write,
}

/// A line of text; while it has the keyboard, what is being typed is its own.
#[function_component]
pub fn Entry(props: &EntryProps) -> Html {
    let EntryProps {
        place,
        text,
        write,
        wrong,
    } = props;
    let draft = use_state(|| None::<String>);
    let rest = use_mut_ref(|| None::<Timeout>);
    let amiss = draft
        .as_ref()
        .filter(|it| !it.is_empty())
        .and_then(|it| write.value(it).err());

    let keep = {
        let (place, text, write) = (place.clone(), text.clone(), *write);
        move |typed: &str| match write.value(typed) {
            _ if text.as_deref() == Some(typed) => {}
            _ if typed.is_empty() && text.is_none() => {}
            _ if typed.is_empty() => place.unset(),
            Ok(value) => place.set(value),
            Err(_) => {}
        }
    };
    let oninput = {
        let (draft, rest, keep) = (draft.clone(), rest.clone(), keep.clone());
        Callback::from(move |event: InputEvent| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            draft.set(Some(typed.clone()));
            let keep = keep.clone();
            *rest.borrow_mut() = Some(Timeout::new(REST, move || keep(&typed)));
        })
    };
    let onchange = {
        let (rest, draft) = (rest.clone(), draft.clone());
        Callback::from(move |event: Event| {
            let waited = rest.borrow_mut().take().is_some();
            if waited {
                keep(&event.target_unchecked_into::<HtmlInputElement>().value());
            }
            draft.set(None);
        })
    };
    let shown = draft
        .as_ref()
        .or(text.as_ref())
        .cloned()
        .unwrap_or_default();
    let hint = match place
        .option
        .map(|it| it.description().default)
        .filter(|it| !it.is_empty() && !it.contains(' '))
    {
        Some(default) => default.trim_matches('"'),
        None => placeholder(place.kind),
    };
    let suggestions: Vec<&'static str> = place
        .option
        .map(|it| it.suggestions_in(place.engine).collect())
        .unwrap_or_default();
    let list = (!suggestions.is_empty()).then(|| [&place.id, "-list"].concat());
    html! {
        <>
            <input class="input" id={place.id.clone()} value={shown} placeholder={hint} autocomplete="off"
                spellcheck="false" autocapitalize="off" inputmode={(*write == Write::Integer).then_some("numeric")}
                aria-label={place.name.clone()} aria-describedby={place.said.clone()} list={list.clone()}
                aria-invalid={(amiss.is_some() || *wrong).then_some("true")} title={amiss}
                {oninput} {onchange} />
            if let Some(list) = list {
                <datalist id={list}>{ for suggestions.iter().map(|&it| html! { <option value={it} /> }) }</datalist>
            }
        </>
    }
}
