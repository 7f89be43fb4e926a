//! Where the visitor was on a page, for coming back to it: how far it was scrolled, what had focus, and what was searched
//! for.

use std::cell::RefCell;

use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use super::{address, document, focus};
use crate::route::Route;

/// How many are remembered.
const MAX: usize = 64;

/// What is asked on a page, or pasted into it.
const LINE: &str = "input[type=search], textarea";

/// What was seen of a page.
#[derive(Clone)]
struct View {
    /// Which step of the browser's history it is.
    step: f64,
    address: String,
    /// How far what scrolls was scrolled, from the inside out.
    scrolled: Vec<i32>,
    /// The place of what had focus, among all that can.
    focused: Option<usize>,
    line: String,
}

#[derive(Default)]
struct Visits {
    step: f64,
    address: String,
    left: Vec<View>,
    /// What was seen of the page that is shown, when it was left.
    found: Option<View>,
}

thread_local! {
    static VISITS: RefCell<Visits> = RefCell::default();
}

/// Remembers what is seen of the page, before another takes its place.
pub fn leave() {
    let Some(main) = main() else {
        return;
    };
    let active = document().ok().and_then(|it| it.active_element());
    let focused = focus::takers(&main).position(|it| active.as_ref() == Some(&it));
    let line = main.query_selector(LINE).ok().flatten();
    let scrolled = scrollers(&main).iter().map(|it| it.scroll_top()).collect();
    VISITS.with_borrow_mut(|it| {
        let (step, address) = (it.step, it.address.clone());
        it.left.retain(|view| view.step != step);
        if it.left.len() >= MAX {
            it.left.remove(0);
        }
        it.left.push(View { step, address, scrolled, focused, line: line.map(|it| written(&it)).unwrap_or_default() });
    });
}

/// Looks up what was seen of the page that is opened: at this step of the history, or of a list when it was left last.
pub fn arrive(route: &Route) {
    let is_list =
        matches!(route, Route::Options | Route::Rules) || matches!(route, Route::Messages(line) if line.is_empty());
    let address = route.address();
    // Without a history there are no steps back.
    let step = address::step().or_else(|_| {
        let new = Date::now();
        address::mark_step(new).map(|()| new)
    });
    VISITS.with_borrow_mut(|it| {
        it.step = step.unwrap_or_default();
        let mut left = it.left.iter().rev();
        let found = left.find(|view| view.address == address && (is_list || view.step == it.step));
        it.found = found.cloned();
        it.address = address;
    });
}

/// What was searched for when the page was left.
pub fn line() -> String {
    let found = VISITS.with_borrow(|it| it.found.as_ref().map(|it| it.line.clone()));
    found.unwrap_or_default()
}

/// Shows the page as it was left, once it has been drawn; false when it was not.
pub fn restore() -> bool {
    let Some(main) = main() else {
        return false;
    };
    let Some(view) = VISITS.with_borrow_mut(|it| it.found.take()) else {
        return false;
    };
    let focused = view.focused.and_then(|at| focus::takers(&main).nth(at));
    let article = main.query_selector("article").ok().flatten();
    let article = article.and_then(|it| it.dyn_into::<HtmlElement>().ok());
    if let Some(next) = focused.or(article) {
        // What cannot take focus leaves it where it is.
        let _ = next.focus();
    }
    for (element, top) in scrollers(&main).iter().zip(view.scrolled) {
        element.set_scroll_top(top);
    }
    true
}

/// The page, where it is not the workbench.
fn main() -> Option<Element> {
    document().ok()?.query_selector("#reading main").ok()?
}

/// What scrolls, depending on the page.
fn scrollers(main: &Element) -> Vec<Element> {
    let inner = ["article", "nav"].map(|it| main.query_selector(it).ok().flatten());
    inner.into_iter().flatten().chain([main.clone()]).collect()
}

fn written(field: &Element) -> String {
    match field.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => field.dyn_ref::<HtmlTextAreaElement>().map(|it| it.value()).unwrap_or_default(),
    }
}
