//! How a choice of a bench or a guide is made.

use drydock::bench::{Choice, Chosen, Input};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::{masthead::Picker, words};

/// A select of what is offered.
pub fn picker(choice: &'static Choice, class: &'static str, chosen: &Chosen, onchosen: &Callback<Chosen>) -> Html {
    let Input::OneOf(offers) = choice.input else {
        return Html::default();
    };
    let offers = offers();
    let value = chosen.value(choice);
    let place = offers.iter().position(|it| it.0 == value).unwrap_or_default();
    let options: Vec<String> = offers.iter().map(|it| it.1.clone()).collect();
    let onchoose = {
        let (chosen, onchosen) = (chosen.clone(), onchosen.clone());
        Callback::from(move |place: usize| {
            if let Some((value, _)) = offers.get(place) {
                onchosen.emit(chosen.with(choice, value));
            }
        })
    };
    html! { <Picker label={choice.label} {class} {options} chosen={place} {onchoose} /> }
}

/// A field to type into, with what it says.
pub fn field(choice: &'static Choice, chosen: &Chosen, onchosen: &Callback<Chosen>) -> Html {
    let value = chosen.value(choice);
    let take = |value: fn(&InputEvent) -> String| {
        let (chosen, onchosen) = (chosen.clone(), onchosen.clone());
        Callback::from(move |event: InputEvent| onchosen.emit(chosen.with(choice, &value(&event))))
    };
    let control = match choice.input {
        Input::Text(example) => {
            let oninput = take(|it| it.target_unchecked_into::<HtmlInputElement>().value());
            html! { <input class="input" type="text" spellcheck="false" autocomplete="off" placeholder={example} {value} {oninput} /> }
        }
        Input::Lines(example) => {
            let oninput = take(|it| it.target_unchecked_into::<HtmlTextAreaElement>().value());
            html! { <textarea class="input choice__lines" rows="4" spellcheck="false" placeholder={example} {value} {oninput} /> }
        }
        Input::OneOf(_) => Html::default(),
    };
    html! {
        <label class="choice">
            <span class="choice__label">{choice.label}</span>
            <span class="menu__about">{words::inline(choice.about)}</span>
            {control}
        </label>
    }
}
