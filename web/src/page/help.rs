//! What Drydock does, and its shortcuts.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::{desk::Dispatch, icon::icon, rest::Rest};
use crate::store::Action;

/// Whether it is open.
#[derive(PartialEq, Properties)]
pub struct HelpProps {
    /// Whether it is open.
    pub open: bool,
    /// The rest of the page, which has the words.
    pub rest: Rest,
    /// Sends actions to the store.
    pub dispatch: Dispatch,
}

const SHORTCUTS: &[(&str, &[&str])] = &[
    ("Next problem", &["F8"]),
    ("Previous problem", &["Shift", "F8"]),
    ("Apply every safe fix", &["Ctrl", "."]),
    ("Save the result", &["Ctrl", "S"]),
    ("Undo, also fixes and the form's edits", &["Ctrl", "Z"]),
    ("Leave the editor with the Tab key", &["Esc", "Tab"]),
    (
        "Move along tabs, or resize a panel on its edge",
        &["←", "→"],
    ),
    ("This help", &["?"]),
];

/// The help dialog.
#[function_component]
pub fn Help(props: &HelpProps) -> Html {
    let place = use_node_ref();
    use_effect_with(props.open, {
        let place = place.clone();
        move |open| {
            let Some(dialog) = place.cast::<HtmlDialogElement>() else {
                return;
            };
            if *open && !dialog.open() {
                // Browsers without modal dialogs show none; the page works without help.
                let _ = dialog.show_modal();
            } else if !open && dialog.open() {
                dialog.close();
            }
        }
    });
    let close = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |()| dispatch.dispatch(Action::Help(false)))
    };
    html! {
        <dialog class="dialog" ref={place} aria-labelledby="help-title" onclose={close.reform(|_: Event| ())}>
            <div class="dialog__bar">
                <h2 class="dialog__title" id="help-title">{"Help"}</h2>
                <button class="button button--icon" type="button" aria-label="Close" onclick={close.reform(|_: MouseEvent| ())}>{icon("close")}</button>
            </div>
            <div class="dialog__body" tabindex="0">{ props.rest.draw(|it| (it.help)()) }</div>
        </dialog>
    }
}

/// What the help says.
pub fn words() -> Html {
    html! {
        <>
            <p>{"Drydock reads a Docker daemon configuration the way dockerd does, says what is wrong with it and why, and writes it down as Nix or daemon.json."}</p>
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
            <p><a href="#/options">{"Every option of daemon.json"}</a>{", and "}<a href="#/rules">{"every rule that Drydock checks"}</a>{"."}</p>
        </>
    }
}
