//! Files that the visitor saves and opens, and those that the site serves.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::{Refused, document, window};

/// Saves a text as a file.
///
/// # Errors
///
/// When the browser has no files.
pub fn save(name: &str, text: &str) -> Result<(), Refused> {
    let blob = web_sys::Blob::new_with_str_sequence(&Array::of1(&text.into()))?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document()?.create_element("a")?.dyn_into().map_err(|_| Refused)?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Ok(web_sys::Url::revoke_object_url(&address)?)
}

/// Reads the first bytes of a file.
///
/// # Errors
///
/// When it has gone meanwhile.
pub async fn read(file: web_sys::File, bytes: i32) -> Result<Vec<u8>, Refused> {
    let start = file.slice_with_i32_and_i32(0, bytes)?;
    let buffer = JsFuture::from(start.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Fetches a text that the site serves.
///
/// # Errors
///
/// Without network, before it was ever fetched.
pub async fn fetch(address: &str) -> Result<String, Refused> {
    let text = JsFuture::from(response(address).await?.text()?).await?;
    text.as_string().ok_or(Refused)
}

/// Fetches something that the site serves.
///
/// # Errors
///
/// As [`fetch`].
pub async fn response(address: &str) -> Result<web_sys::Response, Refused> {
    let response = JsFuture::from(window()?.fetch_with_str(address)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    if response.ok() { Ok(response) } else { Err(Refused) }
}
