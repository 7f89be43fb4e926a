//! The gap between two panels, which resizes them.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::outside::{shell, storage};

/// Shares are in tenths of a percent.
const LEAST: i32 = 150;
const MOST: i32 = 850;
const STEP: i32 = 20;

/// What is resized.
#[derive(PartialEq, Properties)]
pub struct SplitterProps {
    /// What moving it does, for those who cannot see it.
    pub label: &'static str,
    /// The custom property that holds the size.
    pub property: &'static str,
    /// The share of the first panel at the beginning, in tenths of a percent.
    pub share: i32,
    /// Whether the panels are side by side.
    #[prop_or_default]
    pub upright: bool,
}

/// A handle between two panels: dragged, or moved with the arrow keys; its place is remembered.
#[function_component]
pub fn Splitter(props: &SplitterProps) -> Html {
    let (property, upright) = (props.property, props.upright);
    let key = ["drydock.size", property].concat();
    let share = {
        let (key, usual) = (key.clone(), props.share);
        use_state(move || {
            storage::read(&key)
                .and_then(|it| it.parse().ok())
                .unwrap_or(usual)
        })
    };
    let dragging = use_state(|| false);
    let handle = use_node_ref();

    use_effect_with(*share, move |share| {
        let percent = [
            &(share / 10).to_string(),
            ".",
            &(share % 10).to_string(),
            "%",
        ]
        .concat();
        // Without storage the size lasts as long as the page.
        let _ = shell::size(property, &percent);
        let _ = storage::write(&key, &share.to_string());
    });

    let move_to = {
        let share = share.clone();
        move |tenths: i32| share.set(tenths.clamp(LEAST, MOST))
    };
    let onkeydown = {
        let (move_to, usual, now) = (move_to.clone(), props.share, *share);
        Callback::from(move |event: KeyboardEvent| {
            let tenths = match &*event.key() {
                "ArrowLeft" | "ArrowUp" => now - STEP,
                "ArrowRight" | "ArrowDown" => now + STEP,
                "Home" => LEAST,
                "End" => MOST,
                "Enter" => usual,
                _ => return,
            };
            event.prevent_default();
            move_to(tenths);
        })
    };
    let ondblclick = {
        let (move_to, usual) = (move_to.clone(), props.share);
        Callback::from(move |_| move_to(usual))
    };
    let onpointerdown = {
        let (handle, dragging) = (handle.clone(), dragging.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(handle) = handle.cast::<HtmlElement>() {
                // A pointer that has gone meanwhile cannot be followed, and need not.
                let _ = handle.set_pointer_capture(event.pointer_id());
                dragging.set(true);
            }
        })
    };
    let onpointermove = {
        let (handle, is_dragging) = (handle.clone(), *dragging);
        Callback::from(move |event: PointerEvent| {
            let around = handle
                .cast::<HtmlElement>()
                .and_then(|it| it.parent_element()?.parent_element());
            if let Some(around) = around.filter(|_| is_dragging) {
                let room = around.get_bounding_client_rect();
                let (at, start, length) = match upright {
                    true => (event.client_x(), room.left(), room.width()),
                    false => (event.client_y(), room.top(), room.height()),
                };
                if length > 0.0 {
                    move_to(((f64::from(at) - start) / length * 1000.0) as i32);
                }
            }
        })
    };
    let release = {
        let dragging = dragging.clone();
        Callback::from(move |_: PointerEvent| dragging.set(false))
    };
    html! {
        <div class="splitter" role="separator" tabindex="0" ref={handle} aria-label={props.label}
            aria-orientation={if upright { "vertical" } else { "horizontal" }}
            aria-valuenow={(*share / 10).to_string()} aria-valuemin={(LEAST / 10).to_string()} aria-valuemax={(MOST / 10).to_string()}
            data-dragging={dragging.then_some("")}
            {onkeydown} {ondblclick} {onpointerdown} {onpointermove}
            onpointerup={release.clone()} onpointercancel={release} />
    }
}
