//! The address bar's fragment.

use drydock::link::BenchLink;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::{Refused, window};
use crate::route::{self, Route};

/// The page that the address names.
pub fn route() -> Route {
    Route::of(&fragment())
}

/// The link to a configuration that the address is; without its `#`.
pub fn link() -> Option<String> {
    route::link(&fragment()).map(str::to_owned)
}

/// The link to a text of a bench that the address is.
pub fn bench_link() -> Option<BenchLink> {
    BenchLink::of(&fragment())
}

/// The address without its fragment.
pub fn base() -> String {
    let address = window().and_then(|it| Ok(it.location().href()?));
    let address = address.unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

fn fragment() -> String {
    let fragment = window().and_then(|it| Ok(it.location().hash()?));
    fragment.unwrap_or_default()
}

/// Goes to a fragment, as a link would.
///
/// # Errors
///
/// When there is no window to go anywhere in.
pub fn go(fragment: &str) -> Result<(), Refused> {
    Ok(window()?.location().set_hash(fragment)?)
}

/// Writes another fragment into the address bar without going there, and without a step for the back button.
///
/// # Errors
///
/// When there is no window, or it may not.
pub fn replace(fragment: &str) -> Result<(), Refused> {
    let history = window()?.history()?;
    Ok(history.replace_state_with_url(&state()?, "", Some(fragment))?)
}

/// What is kept with this step of the browser's history.
fn state() -> Result<JsValue, Refused> {
    let history = window()?.history()?;
    Ok(Reflect::get(&history, &"state".into())?)
}

/// The mark of this step of the browser's history.
///
/// # Errors
///
/// When it has none, because it is new.
pub fn step() -> Result<f64, Refused> {
    state()?.as_f64().ok_or(Refused)
}

/// Marks this step of the browser's history.
///
/// # Errors
///
/// When there is no window, or it may not.
pub fn mark_step(mark: f64) -> Result<(), Refused> {
    let history = window()?.history()?;
    Ok(history.replace_state_with_url(&mark.into(), "", None)?)
}
