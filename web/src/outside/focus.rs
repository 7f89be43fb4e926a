//! Where focus goes when the element that has it goes away: a fix takes its own button with it.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};

use super::{document, shell};

/// What else can take focus in a panel or a page.
const PLACES: &str = "[tabindex]";

/// Keeps focus near the clicked button, once the page has been drawn without it: on what took its place in the list, else
/// on the panel's list, else on what the page around shows in its place.
pub fn keep(event: &MouseEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let Some(button) = target else {
        return;
    };
    let near = |selector| button.closest(selector).ok().flatten();
    let (panel, around) = (near("section"), near(PLACES));
    let list = near("ol");
    let index = near("li").zip(list.as_ref()).map(|(item, list)| {
        let items = items(list);
        items.iter().position(|it| *it == item).unwrap_or_default()
    });
    Timeout::new(0, move || {
        let next = list.filter(|it| it.is_connected()).and_then(|list| {
            let items = items(&list);
            let item = items.get(index?.min(items.len().checked_sub(1)?))?;
            item.query_selector("button").ok().flatten()
        });
        let is_lost = || {
            let active = document().ok().and_then(|it| it.active_element());
            active.is_none_or(|it| it.tag_name() == "BODY")
        };
        let next = next.or_else(|| {
            let panel = panel.filter(|it| it.is_connected() && is_lost())?;
            panel.query_selector(PLACES).ok().flatten()
        });
        let next = next.or_else(|| {
            let around = around.filter(|it| it.is_connected() && is_lost())?;
            around
                .query_selector(PLACES)
                .ok()
                .flatten()
                .or(Some(around))
        });
        if let Some(next) = next.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            // What cannot take focus leaves it where it is.
            let _ = next.focus();
        }
    })
    .forget();
}

/// Gives focus to the first of some elements that is there once the page has been drawn: to a field, or to the first one in it.
pub fn into(ids: impl IntoIterator<Item = String>) {
    let ids: Vec<String> = ids.into_iter().collect();
    Timeout::new(0, move || {
        let fields = "input, select, textarea, button";
        let field = ids.iter().find_map(|it| {
            let element = shell::element(it).ok()?;
            match element.matches(fields) {
                Ok(true) => Some(element),
                _ => element.query_selector(fields).ok().flatten(),
            }
        });
        if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            // What cannot take focus leaves it where it is.
            let _ = field.focus();
        }
    })
    .forget();
}

fn items(list: &Element) -> Vec<Element> {
    let mut items = Vec::new();
    let mut next = list.first_element_child();
    while let Some(item) = next {
        next = item.next_element_sibling();
        items.push(item);
    }
    items
}
