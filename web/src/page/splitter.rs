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
    /// Its share for now, as long as nobody has moved the handle.
    #[prop_or_default]
    pub now: Option<i32>,
    /// Whether the panels are side by side.
    #[prop_or_default]
    pub upright: bool,
}

/// A handle between two panels: dragged, or moved with the arrow keys; its place is remembered.
#[function_component]
pub fn Splitter(props: &SplitterProps) -> Html {
    let (property, upright) = (props.property, props.upright);
    let key = ["drydock.size", property].concat();
    let usual = props.share;
    let chosen = {
        let key = key.clone();
        use_state(move || {
            let kept = storage::read(&key).and_then(|it| it.parse::<i32>().ok());
            kept.filter(|it| *it != usual)
        })
    };
    let share = chosen.unwrap_or(props.now.unwrap_or(usual));
    let dragging = use_state(|| false);
    let handle = use_node_ref();

    use_effect_with((share, *chosen), move |(share, chosen)| {
        let percent = [&(share / 10).to_string(), ".", &(share % 10).to_string(), "%"].concat();
        // Without storage the size lasts as long as the page.
        let _ = shell::size(property, &percent);
        let kept = chosen.map(|it| it.to_string()).unwrap_or_default();
        let _ = storage::write(&key, &kept);
    });

    let move_to = {
        let chosen = chosen.clone();
        move |tenths: i32| chosen.set(Some(tenths.clamp(LEAST, MOST)))
    };
    let reset = move || chosen.set(None);
    let onkeydown = {
        let (move_to, reset) = (move_to.clone(), reset.clone());
        Callback::from(move |event: KeyboardEvent| {
            let tenths = match &*event.key() {
                "ArrowLeft" | "ArrowUp" => share - STEP,
                "ArrowRight" | "ArrowDown" => share + STEP,
                "Home" => LEAST,
                "End" => MOST,
                "Enter" => {
                    event.prevent_default();
                    return reset();
                }
                _ => return,
            };
            event.prevent_default();
            move_to(tenths);
        })
    };
    let ondblclick = Callback::from(move |_| reset());
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
            let around = handle.cast::<HtmlElement>().and_then(|it| it.parent_element()?.parent_element());
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
            aria-valuenow={(share / 10).to_string()} aria-valuemin={(LEAST / 10).to_string()} aria-valuemax={(MOST / 10).to_string()}
            data-dragging={dragging.then_some("")}
            {onkeydown} {ondblclick} {onpointerdown} {onpointermove}
            onpointerup={release.clone()} onpointercancel={release} />
    }
}
