//! One of a closed set of values.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{super::icon::chevron, value::Place};

/// A native select of the values the Engine accepts, and of the one that is set.
pub fn choose(
    place: &Place,
    wrong: bool,
    chosen: Option<String>,
    choices: &[&'static str],
) -> Html {
    let onchange = {
        let place = place.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            match &*value {
                "" => place.unset(),
                value => place.set(value.into()),
            }
        })
    };
    let current = chosen.unwrap_or_default();
    let other = Some(&*current)
        .filter(|it| !it.is_empty() && !choices.contains(it))
        .map(str::to_owned);
    let option = |value: &str| {
        let value = value.to_owned();
        html! { <option value={value.clone()} selected={value == current}>{value.clone()}</option> }
    };
    html! {
        <span class="picker picker--edged">
            <select class="picker__select" id={place.id.clone()} aria-label={place.name.clone()}
                aria-describedby={place.said.clone()} aria-invalid={wrong.then_some("true")} {onchange}>
                <option value="" selected={current.is_empty()}>{"Not set"}</option>
                { for choices.iter().map(|it| option(it)) }
                { for other.iter().map(|it| option(it)) }
            </select>
            { chevron("icon picker__chevron") }
        </span>
    }
}
