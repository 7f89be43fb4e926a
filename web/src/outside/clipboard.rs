//! The clipboard.

use wasm_bindgen_futures::JsFuture;

use super::{Refused, window};

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
