//! What is chosen beside the text of a bench.

use drydock::bench::{Choice, Chosen, Input, Listing};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::{
    page::{
        desk::Dispatch,
        masthead::{Picker, actions, benches},
        menu::Menu,
        words,
    },
    store::{Action, State},
};

/// So many selects have room in a wide header.
const ROOM: usize = 2;

/// The right side of the header.
pub fn choices(listing: &'static Listing, state: &State, dispatch: &Dispatch) -> Html {
    let picked = || listing.choices.iter().filter(|it| matches!(it.input, Input::OneOf(_)));
    let typed: Vec<_> = listing.choices.iter().filter(|it| !matches!(it.input, Input::OneOf(_))).collect();
    let mut within = typed.iter().copied().chain(picked().skip(ROOM));
    let is_set = within.any(|it| state.chosen.value(it) != (it.usual)());
    html! {
        <>
            { benches(Some(listing)) }
            <div class="masthead__choices">
                { for picked().take(ROOM).map(|it| picker(it, "only-wide", &state.chosen, dispatch)) }
                if !listing.choices.is_empty() {
                    <Menu label="Surroundings" state={if is_set { "set" } else { "" }} shape="host" closes={false}>
                        <div class="menu__group">
                            <div class="menu__pickers only-narrow">
                                { for picked().take(ROOM).map(|it| picker(it, "picker--edged", &state.chosen, dispatch)) }
                            </div>
                            { for picked().skip(ROOM).map(|it| picker(it, "picker--edged", &state.chosen, dispatch)) }
                            { for typed.iter().map(|it| field(it, &state.chosen, dispatch)) }
                        </div>
                    </Menu>
                }
            </div>
            { actions(state.theme, dispatch) }
        </>
    }
}

/// A select of what is offered.
fn picker(choice: &'static Choice, class: &'static str, chosen: &Chosen, dispatch: &Dispatch) -> Html {
    let Input::OneOf(offers) = choice.input else {
        return Html::default();
    };
    let offers = offers();
    let value = chosen.value(choice);
    let place = offers.iter().position(|it| it.0 == value).unwrap_or_default();
    let options: Vec<String> = offers.iter().map(|it| it.1.clone()).collect();
    let onchoose = {
        let (chosen, dispatch) = (chosen.clone(), dispatch.clone());
        Callback::from(move |place: usize| {
            if let Some((value, _)) = offers.get(place) {
                dispatch.dispatch(Action::Chosen(chosen.with(choice, value)));
            }
        })
    };
    html! { <Picker label={choice.label} {class} {options} chosen={place} {onchoose} /> }
}

/// A field to type into.
fn field(choice: &'static Choice, chosen: &Chosen, dispatch: &Dispatch) -> Html {
    let value = chosen.value(choice);
    let take = |value: fn(&InputEvent) -> String| {
        let (chosen, dispatch) = (chosen.clone(), dispatch.clone());
        Callback::from(move |event: InputEvent| {
            dispatch.dispatch(Action::Chosen(chosen.with(choice, &value(&event))));
        })
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
