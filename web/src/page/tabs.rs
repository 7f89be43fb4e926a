//! A row of tabs of which one is chosen.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A row of tabs of which one is chosen; the arrow keys move along it.
///
/// Each tab has its value, its words and the id of what it shows.
pub fn tabs<T: Copy + PartialEq + 'static>(
    label: &'static str,
    tabs: &[(T, &'static str, &'static str)],
    chosen: T,
    onchoose: &Callback<T>,
) -> Html {
    html! {
        <div class="tabs" role="tablist" aria-label={label} onkeydown={arrow_keys()}>
            { for tabs.iter().map(|&(value, words, panel)| {
                let is_chosen = value == chosen;
                let onclick = onchoose.reform(move |_| value);
                // Where there is no room, the ending of a file's name says what it is.
                let (more, short) = words.rfind('.').map_or(("", words), |it| words.split_at(it + 1));
                html! {
                    <button class="tab" type="button" role="tab" aria-label={words} aria-selected={is_chosen.to_string()}
                        aria-controls={panel} tabindex={tab_stop(is_chosen)} {onclick}>
                        if !more.is_empty() {
                            <span class="tab__more">{more}</span>
                        }
                        {short}
                    </button>
                }
            }) }
        </div>
    }
}

/// The Tab key stops at the chosen tab only.
pub fn tab_stop(chosen: bool) -> &'static str {
    if chosen { "0" } else { "-1" }
}

/// Moves among the tabs of a tab list and chooses the one it comes to.
pub fn arrow_keys() -> Callback<KeyboardEvent> {
    Callback::from(|event: KeyboardEvent| {
        let Some(tab) = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let list = tab.parent_element();
        let next = match &*event.key() {
            "ArrowRight" => tab.next_element_sibling().or(list.and_then(|it| it.first_element_child())),
            "ArrowLeft" => tab.previous_element_sibling().or(list.and_then(|it| it.last_element_child())),
            "Home" => list.and_then(|it| it.first_element_child()),
            "End" => list.and_then(|it| it.last_element_child()),
            _ => return,
        };
        event.prevent_default();
        if let Some(next) = next.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            // A tab that has gone meanwhile cannot take focus, and need not.
            let _ = next.focus();
            next.click();
        }
    })
}
