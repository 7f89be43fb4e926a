//! The static page around the app: its slots, and the parts that are shown or hidden as a whole.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{Refused, document, window};
use crate::route::Route;

/// The element with an id.
///
/// # Errors
///
/// When `static/index.html` has none.
pub fn element(id: &str) -> Result<Element, Refused> {
    document()?.get_element_by_id(id).ok_or(Refused)
}

/// Whether an element has the keyboard.
pub fn has_focus(element: &Element) -> bool {
    let active = document().ok().and_then(|it| it.active_element());
    active.as_ref() == Some(element)
}

/// Shows or hides an element of the static page.
///
/// # Errors
///
/// When `static/index.html` has none of this id.
pub fn show(id: &str, shown: bool) -> Result<(), Refused> {
    element(id)?.toggle_attribute_with_force("hidden", !shown)?;
    Ok(())
}

/// Sets an attribute of the static page.
///
/// # Errors
///
/// When `static/index.html` has no element of this id.
pub fn mark(id: &str, attribute: &str, value: &str) -> Result<(), Refused> {
    Ok(element(id)?.set_attribute(attribute, value)?)
}

/// Sets a custom property by which the style sheet sizes the workbench.
///
/// # Errors
///
/// When there is no workbench.
pub fn size(property: &str, value: &str) -> Result<(), Refused> {
    let workbench: HtmlElement = element("workbench")?.dyn_into().map_err(|_| Refused)?;
    Ok(workbench.style().set_property(property, value)?)
}

/// Gives the page the title that belongs to what it shows; the editor has that of the static page.
///
/// # Errors
///
/// When there is no document.
pub fn entitle(route: &Route) -> Result<(), Refused> {
    thread_local! {
        static OWN: String = document().map(|it| it.title()).unwrap_or_default();
    }
    let own = OWN.with(String::clone);
    let title = match route {
        Route::Workbench => own,
        route => [route.name(), " · Drydock"].concat(),
    };
    document()?.set_title(&title);
    Ok(())
}

/// Says something to those who listen to the page.
///
/// # Errors
///
/// When there is no place to say it.
pub fn announce(words: &str) -> Result<(), Refused> {
    element("announcer")?.set_text_content(Some(words));
    Ok(())
}

/// What was said last.
pub fn said() -> Option<String> {
    element("announcer").ok()?.text_content()
}

/// Lets `boot.js` show the theme that was just chosen: it listens for what other tabs choose.
///
/// # Errors
///
/// When there is no window.
pub fn refresh_theme() -> Result<(), Refused> {
    let event = web_sys::Event::new("storage")?;
    window()?.dispatch_event(&event)?;
    Ok(())
}

/// Clears what the static page shows in its slots until the app does; returns the slot for the rest.
///
/// # Errors
///
/// When the page is another one.
pub fn take_over() -> Result<Element, Refused> {
    let slots = document()?.query_selector_all(".slot")?;
    for slot in (0..slots.length()).filter_map(|it| slots.item(it)) {
        slot.set_text_content(None);
    }
    // The menu of benches is in its place.
    if let Some(about) = document()?.query_selector(".wordmark__about")? {
        about.remove();
    }
    // The app invites with more than a line.
    element("source")?.remove_attribute("placeholder")?;
    element("app")
}
