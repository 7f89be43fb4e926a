//! Where focus goes when the element that has it goes away: a fix takes its own button with it.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, MouseEvent};

use super::{document, shell, window};
use crate::drawing::once_drawn;

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
    once_drawn(move || {
        let next = list.filter(|it| it.is_connected()).and_then(|list| {
            let items = items(&list);
            let item = items.get(index?.min(items.len().checked_sub(1)?))?;
            item.query_selector("button").ok().flatten()
        });
        let next = next.or_else(|| {
            let panel = panel.filter(|it| it.is_connected() && is_lost())?;
            panel.query_selector(PLACES).ok().flatten()
        });
        let next = next.or_else(|| {
            let around = around.filter(|it| it.is_connected() && is_lost())?;
            around.query_selector(PLACES).ok().flatten().or(Some(around))
        });
        if let Some(next) = next.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            // What cannot take focus leaves it where it is.
            let _ = next.focus();
        }
    });
}

/// Gives focus to the first of some elements that is there once the page has been drawn: to a field, or to the first one in it.
pub fn into(ids: impl IntoIterator<Item = String>) {
    let ids: Vec<String> = ids.into_iter().collect();
    once_drawn(move || {
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
    });
}

/// What a click or a key presses.
const PRESSED: &str = "button, a[href]";

/// What takes focus by itself.
const TAKERS: &str = "button, a[href], input, select, textarea, [tabindex]";

/// What is pressed, and what is around it from within: known before anything goes away.
pub struct Pressed {
    element: Element,
    around: Vec<Element>,
}

impl Pressed {
    /// What a click or a key presses.
    pub fn of(event: &Event) -> Option<Self> {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let element = target?.closest(PRESSED).ok().flatten()?;
        let around = around(&element);
        (!element.has_attribute("download")).then_some(Self { element, around })
    }

    /// Keeps focus near it, when it is gone once the page has been drawn anew: on the first thing that is left in what was
    /// around it, else where `otherwise` puts it. Those who know better have asked before.
    pub fn follow(self, otherwise: impl FnOnce() + 'static) {
        once_drawn(move || {
            if is_shown(&self.element) || !is_lost() {
                return;
            }
            let left = self.around.iter().filter(|it| it.is_connected());
            match left.filter_map(first_taker).next() {
                Some(next) => {
                    // What cannot take focus leaves it where it is.
                    let _ = next.focus();
                }
                None => otherwise(),
            }
        });
    }
}

/// What is around an element, up to its part of the page; the editor has a way of its own to take focus.
fn around(element: &Element) -> Vec<Element> {
    let mut found = Vec::new();
    let mut next = element.parent_element();
    while let Some(it) = next {
        if it.matches("main, body, .editor").unwrap_or(true) {
            break;
        }
        next = it.parent_element();
        found.push(it);
    }
    found
}

fn first_taker(around: &Element) -> Option<HtmlElement> {
    takers(around).find(|it| is_shown(it))
}

/// All in an element that takes focus by itself.
pub fn takers(around: &Element) -> impl Iterator<Item = HtmlElement> {
    let takers = around.query_selector_all(TAKERS).ok();
    let all = takers.into_iter().flat_map(|it| (0..it.length()).filter_map(move |at| it.item(at)));
    all.filter_map(|it| it.dyn_into().ok())
}

fn is_shown(element: &Element) -> bool {
    element.is_connected() && element.get_bounding_client_rect().width() > 0.0
}

fn is_lost() -> bool {
    let active = document().ok().and_then(|it| it.active_element());
    active.is_none_or(|it| it.tag_name() == "BODY")
}

thread_local! {
    /// What of the workbench had focus when another page was opened.
    static LEFT: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Remembers what of the workbench has focus, before another page takes its place.
pub fn leave() {
    let active = document().ok().and_then(|it| it.active_element());
    let Some(active) = active.and_then(|it| it.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    if active.closest("#workbench").ok().flatten().is_some() {
        LEFT.set(Some(active));
    }
}

/// Gives focus back to what of the workbench had it, else to where `otherwise` puts it.
pub fn come_back(otherwise: impl FnOnce()) {
    match LEFT.take().filter(|it| is_shown(it)) {
        Some(left) => {
            // What cannot take focus leaves it where it is.
            let _ = left.focus();
        }
        None => otherwise(),
    }
}

/// Gives focus to the workbench as a whole where a caret would bring up the keyboard of a telephone; returns whether it did.
pub fn to_workbench() -> bool {
    let media = window().and_then(|it| Ok(it.match_media("(pointer: coarse)")?));
    let is_touched = media.ok().flatten().is_some_and(|it| it.matches());
    let workbench = shell::element("workbench").ok();
    match workbench.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        Some(workbench) if is_touched => workbench.focus().is_ok(),
        _ => false,
    }
}

/// Gives focus to what edits a setting in the form, by the id of its field: to what is wrong in it, where it says so.
pub fn to_field(id: &str) {
    let Ok(label) = shell::element(id) else {
        return;
    };
    let field = label.closest(".field").ok().flatten().unwrap_or(label);
    let wrong = field.query_selector("[aria-invalid=true]").ok().flatten();
    let wrong = wrong.and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let controls = field.query_selector(".field__control").ok().flatten();
    if let Some(next) = wrong.or(controls.and_then(|it| first_taker(&it))) {
        // What cannot take focus leaves it where it is.
        let _ = next.focus();
    }
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
