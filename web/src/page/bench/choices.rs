//! What is chosen beside the text of a bench.

use drydock::bench::{Chosen, Input, Listing};
use yew::prelude::*;

use crate::{
    page::{
        choice::{field, picker},
        desk::Dispatch,
        masthead::{actions, benches},
        menu::Menu,
    },
    route::Route,
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
    let onchoose = {
        let dispatch = dispatch.clone();
        Callback::from(move |chosen: Chosen| dispatch.dispatch(Action::Chosen(chosen)))
    };
    html! {
        <>
            { benches(&Route::Bench(listing)) }
            <div class="masthead__choices">
                { for picked().take(ROOM).map(|it| picker(it, "only-wide", &state.chosen, &onchoose)) }
                if !listing.choices.is_empty() {
                    <Menu label="Surroundings" state={if is_set { "set" } else { "" }} shape="host" closes={false}>
                        <div class="menu__group">
                            <div class="menu__pickers only-narrow">
                                { for picked().take(ROOM).map(|it| picker(it, "picker--edged", &state.chosen, &onchoose)) }
                            </div>
                            { for picked().skip(ROOM).map(|it| picker(it, "picker--edged", &state.chosen, &onchoose)) }
                            { for typed.iter().map(|it| field(it, &state.chosen, &onchoose)) }
                        </div>
                    </Menu>
                }
            </div>
            { actions(state.theme, dispatch) }
        </>
    }
}
