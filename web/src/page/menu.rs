//! A button that opens a small panel below it.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

use super::icon::{chevron, icon};

/// A button and the panel it opens.
#[derive(PartialEq, Properties)]
pub struct MenuProps {
    /// The button's words.
    pub label: &'static str,
    /// What is set in the panel: the button shows that something is, and is called so.
    #[prop_or_default]
    pub state: AttrValue,
    /// The drawing before them.
    #[prop_or_default]
    pub shape: Option<&'static str>,
    /// What the panel holds.
    pub children: Html,
    /// Whether choosing something in it closes it.
    #[prop_or(true)]
    pub closes: bool,
}

/// A button that opens a panel; Escape, a choice and leaving it close it.
#[function_component]
pub fn Menu(props: &MenuProps) -> Html {
    let open = use_state(|| false);
    let place = use_node_ref();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    let onkeydown = {
        let (open, place) = (open.clone(), place.clone());
        Callback::from(move |event: KeyboardEvent| {
            if *open && event.key() == "Escape" {
                event.stop_propagation();
                open.set(false);
                let button = place.cast::<HtmlElement>().and_then(|it| it.first_element_child());
                if let Some(button) = button.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                    // A button that has gone meanwhile cannot take focus, and need not.
                    let _ = button.focus();
                }
            }
        })
    };
    let onfocusout = {
        let (open, place) = (open.clone(), place.clone());
        Callback::from(move |event: FocusEvent| {
            let next = event.related_target().and_then(|it| it.dyn_into::<Node>().ok());
            let inside = place.cast::<Node>().is_some_and(|it| it.contains(next.as_ref()));
            if *open && !inside {
                open.set(false);
            }
        })
    };
    let onclick = {
        let (open, closes) = (open.clone(), props.closes);
        Callback::from(move |_| {
            if closes {
                open.set(false);
            }
        })
    };
    let label = match &*props.state {
        "" => props.label.into(),
        state => AttrValue::from([props.label, ": ", state].concat()),
    };
    let is_set = !props.state.is_empty();
    html! {
        <div class="menu" ref={place} {onkeydown} {onfocusout}>
            <button class="button" type="button" aria-expanded={open.to_string()} aria-label={label.clone()}
                title={is_set.then_some(label)} data-set={is_set.then_some("")} onclick={toggle}>
                { props.shape.map(icon) }
                <span class="button__words">{props.label}</span>
                { chevron("icon button__chevron") }
            </button>
            if *open {
                // Focusable, so that browsers which do not focus buttons still see where a click went.
                <div class="menu__list" tabindex="-1" {onclick}>{props.children.clone()}</div>
            }
        </div>
    }
}
