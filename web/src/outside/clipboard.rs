//! The clipboard.

use wasm_bindgen_futures::JsFuture;

use super::{Refused, shell, window};

/// Copies a text.
///
/// # Errors
///
/// When the visitor or the browser forbids it, as on pages without HTTPS.
pub async fn copy(text: &str) -> Result<(), Refused> {
    let navigator = window()?.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into())?;
    if clipboard.is_undefined() {
        return Err(Refused);
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await?;
    Ok(())
}

/// Selects what an element of the page shows, to be copied by hand.
///
/// # Errors
///
/// When the page shows no such element.
pub fn select(id: &str) -> Result<(), Refused> {
    let selection = window()?.get_selection()?.ok_or(Refused)?;
    Ok(selection.select_all_children(&*shell::element(id)?)?)
}
