//! One of a closed set of values.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{
    super::icon::chevron,
    value::{Place, amiss},
};

/// A native select of the values the Engine accepts, and of the one that is set.
pub fn choose(place: &Place, wrong: bool, chosen: Option<String>, choices: &[&'static str]) -> Html {
    let onchange = {
        let (place, is_set) = (place.clone(), chosen.is_some());
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            match &*value {
                "" => place.empty(is_set),
                chosen => place.write(chosen.into(), chosen),
            }
        })
    };
    let draft = place.draft();
    let problem = draft.and_then(|it| amiss(place, it, chosen.as_deref()));
    let wrong = problem.is_some() || wrong;
    let current = draft.map(|it| it.to_string()).or(chosen);
    let current = current.unwrap_or_default();
    let other = Some(&*current).filter(|it| !it.is_empty() && !choices.contains(it)).map(str::to_owned);
    let option = |value: &str| {
        let value = value.to_owned();
        html! { <option value={value.clone()} selected={value == current}>{value.clone()}</option> }
    };
    html! {
        <div class="entry">
            <span class="picker picker--edged">
                <select class="picker__select" id={place.id.clone()} aria-label={place.name.clone()}
                    aria-describedby={place.described()} aria-invalid={wrong.then_some("true")} {onchange}>
                    <option value="" selected={current.is_empty()}>{"Not set"}</option>
                    { for choices.iter().map(|it| option(it)) }
                    { for other.iter().map(|it| option(it)) }
                </select>
                { chevron("icon picker__chevron") }
            </span>
            { problem.unwrap_or_default() }
        </div>
    }
}
