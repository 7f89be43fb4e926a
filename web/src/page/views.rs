//! The parts of the page as tabs, where only one fits.

use drydock::rule::diagnostic::Severity;
use yew::prelude::*;

use super::{
    desk::Dispatch,
    icon::{icon, severity_name},
    tabs::{arrow_keys, tab_stop},
};
use crate::store::{Action, View};

/// Which part is shown.
#[derive(PartialEq)]
pub struct Views {
    /// The part.
    pub view: View,
    /// How many problems there are.
    pub problems: usize,
    /// The worst of them.
    pub severity: Option<Severity>,
    /// What the last part is called.
    pub last: &'static str,
    /// Sends actions to the store.
    pub dispatch: Dispatch,
}

const VIEWS: [(View, &str, &str, &str); 4] = [
    (View::Edit, "Edit", "edit", "panel-edit"),
    (View::Problems, "Problems", "problems", "panel-problems"),
    (View::Result, "Result", "result", "panel-result"),
    (View::Space, "", "pools", "panel-space"),
];

/// The tabs at the lower edge of a narrow page.
pub fn views(props: &Views) -> Html {
    html! {
        <div class="views" role="tablist" aria-label="Parts of the page" onkeydown={arrow_keys()}>
            { for VIEWS.iter().map(|&(view, words, shape, panel)| {
                let words = if view == View::Space { props.last } else { words };
                let chosen = view == props.view;
                let dispatch = props.dispatch.clone();
                let onclick = Callback::from(move |_| dispatch.dispatch(Action::View(view)));
                html! {
                    <button class="view" type="button" role="tab" aria-selected={chosen.to_string()}
                        aria-controls={panel} tabindex={tab_stop(chosen)} {onclick}>
                        {icon(shape)}{words}
                        if view == View::Problems && props.problems > 0 {
                            <span class="view__count" data-severity={severity_name(props.severity)}>{props.problems}</span>
                        }
                    </button>
                }
            }) }
        </div>
    }
}
