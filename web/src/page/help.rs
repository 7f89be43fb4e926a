//! What Drydock does, and its shortcuts.

use drydock::daemon::LISTING;
use yew::prelude::*;

use super::{desk::Dispatch, dialog::Dialog, rest::Rest};
use crate::store::Action;

/// Whether it is open.
#[derive(PartialEq, Properties)]
pub struct HelpProps {
    /// Whether it is open.
    pub open: bool,
    /// What is done here, in sentences.
    pub about: &'static str,
    /// The rest of the page, which has the words.
    pub rest: Rest,
    /// Sends actions to the store.
    pub dispatch: Dispatch,
}

const SHORTCUTS: &[(&str, &[&str])] = &[
    ("Next problem", &["F8"]),
    ("Previous problem", &["Shift", "F8"]),
    ("Apply every safe fix", &["Ctrl", "."]),
    ("Save the result, or in the editor its text", &["Ctrl", "S"]),
    ("Undo, also fixes and the form's edits", &["Ctrl", "Z"]),
    ("Leave the editor", &["Tab"]),
    ("Take what is offered while typing", &["Tab"]),
    ("Close what is offered, then leave", &["Esc", "Tab"]),
    ("Indent, or indent less", &["Ctrl", "]", "["]),
    ("Comment lines out, or in, where there are comments", &["Ctrl", "/"]),
    ("Move along tabs, or resize a panel on its edge", &["←", "→"]),
    ("This help", &["?"]),
];

/// The help dialog.
#[function_component]
pub fn Help(props: &HelpProps) -> Html {
    let close = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |()| dispatch.dispatch(Action::Help(false)))
    };
    html! {
        <Dialog open={props.open} title="Help" id="help-title" class="dialog" onclose={close}>
            { props.rest.draw(|it| (it.help)(props.about)) }
        </Dialog>
    }
}

/// What the help says.
pub fn words(about: &'static str) -> Html {
    html! {
        <>
            <p>{about}</p>
            <p>{"All of it happens on this page. What you type is kept in this browser and sent nowhere."}</p>
            <h3>{"Shortcuts"}</h3>
            <dl class="shortcuts">
                { for SHORTCUTS.iter().map(|(what, keys)| html! {
                    <>
                        <dt>{what}</dt>
                        <dd>{ for keys.iter().map(|it| html! { <><kbd>{it}</kbd>{" "}</> }) }</dd>
                    </>
                }) }
            </dl>
            <h3>{"Reference"}</h3>
            <p><a href="#/options">{LISTING.every_option}</a>{", "}<a href="#/rules">{"every rule that Drydock checks"}</a>{", and "}<a href="#/messages">{LISTING.meaning}</a>{" by its errors. "}<a href="#/travel">{"Check before you travel"}</a>{" whether its networks will be in the way."}</p>
        </>
    }
}
