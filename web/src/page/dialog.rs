//! A dialog: above the page, with a title and a way out.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::icon::icon;

/// What a dialog is given.
#[derive(PartialEq, Properties)]
pub struct DialogProps {
    /// Whether it is open.
    pub open: bool,
    /// Its title.
    pub title: AttrValue,
    /// The id of its title.
    pub id: AttrValue,
    /// Its classes.
    pub class: Classes,
    /// The visitor closes it.
    pub onclose: Callback<()>,
    /// What it says.
    pub children: Html,
}

/// A dialog.
#[function_component]
pub fn Dialog(props: &DialogProps) -> Html {
    let place = use_node_ref();
    use_effect_with(props.open, {
        let place = place.clone();
        move |open| {
            let Some(dialog) = place.cast::<HtmlDialogElement>() else {
                return;
            };
            if *open && !dialog.open() {
                // Browsers without modal dialogs show none; the page works without.
                let _ = dialog.show_modal();
            } else if !open && dialog.open() {
                dialog.close();
            }
        }
    });
    let onclose = &props.onclose;
    html! {
        <dialog class={props.class.clone()} ref={place} aria-labelledby={props.id.clone()} onclose={onclose.reform(|_: Event| ())}>
            <div class="dialog__bar">
                <h2 class="dialog__title" id={props.id.clone()}>{props.title.clone()}</h2>
                <button class="button button--icon" type="button" aria-label="Close" onclick={onclose.reform(|_: MouseEvent| ())}>{icon("close")}</button>
            </div>
            <div class="dialog__body" tabindex="0">{props.children.clone()}</div>
        </dialog>
    }
}
