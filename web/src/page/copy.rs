//! A button that copies, and says so in its own place.

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::icon::icon;
use crate::outside::{clipboard, shell};

/// How long the button says what happened, in milliseconds.
const SAYS_SO: u32 = 2000;

/// What is copied.
#[derive(PartialEq, Properties)]
pub struct CopyProps {
    /// The text.
    pub text: AttrValue,
    /// What it does: "Copy Nix".
    pub label: AttrValue,
    /// Shorter words for the button, where what is copied is beside it.
    #[prop_or_default]
    pub words: Option<&'static str>,
    /// The id of the element that shows just this text: selected where a browser does not let pages copy.
    #[prop_or_default]
    pub shown: Option<&'static str>,
    /// Whether it is what its panel is for; then its words give way where that is narrow.
    #[prop_or_default]
    pub shrinks: bool,
}

/// A button that copies a text, and then says whether it could.
#[function_component]
pub fn Copy(props: &CopyProps) -> Html {
    let said = use_state(|| None::<&'static str>);
    let forget = use_mut_ref(|| None::<Timeout>);
    let onclick = {
        let (said, forget, text) = (said.clone(), forget, props.text.clone());
        let shown = props.shown;
        Callback::from(move |_| {
            let (said, forget, text) = (said.clone(), forget.clone(), text.clone());
            spawn_local(async move {
                let words = match clipboard::copy(&text).await {
                    Ok(()) => "Copied",
                    Err(_) => match shown.map(clipboard::select) {
                        Some(Ok(())) => "Not allowed here, but selected",
                        _ => "Not allowed here: select and copy",
                    },
                };
                said.set(Some(words));
                // Who cannot see the button change hears it; without a live region there is nobody to tell.
                let _ = shell::announce(words);
                let later = said.clone();
                *forget.borrow_mut() = Some(Timeout::new(SAYS_SO, move || later.set(None)));
            });
        })
    };
    let done = said.is_some();
    html! {
        <button type="button" {onclick} aria-label={props.label.clone()}
            class={classes!("button", props.shrinks.then_some("button--shrinks button--main"), done.then_some("button--done"))}>
            { icon(if done { "ok" } else { "copy" }) }
            <span class="button__words">{ said.or(props.words).unwrap_or(&props.label) }</span>
        </button>
    }
}
