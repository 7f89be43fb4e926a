//! The system's own way to send a link, which phones have.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{Refused, window};
use crate::record::record;

/// Whether the system has one.
pub fn is_there() -> bool {
    way().is_ok()
}

/// Offers a link to the system's other apps; ends when the visitor has chosen one, or none.
///
/// # Errors
///
/// When the system has no such way, or the visitor chose nothing.
pub async fn send(title: &str, link: &str) -> Result<(), Refused> {
    let (navigator, share) = way()?;
    let what = record(&[("title", title.into()), ("url", link.into())]);
    let done: Promise = share.call1(&navigator, &what)?.dyn_into()?;
    JsFuture::from(done).await?;
    Ok(())
}

fn way() -> Result<(JsValue, Function), Refused> {
    let navigator: JsValue = window()?.navigator().into();
    let share = Reflect::get(&navigator, &"share".into())?.dyn_into()?;
    Ok((navigator, share))
}
