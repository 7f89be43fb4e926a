//! Promises of the page's own.

use std::{future::Future, pin::Pin};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

/// A promise of whether something came. One for all futures: what keeps a promise weighs 2 kB for each kind.
pub fn promise(coming: Pin<Box<dyn Future<Output = bool>>>) -> Promise {
    future_to_promise(async move { Ok(JsValue::from_bool(coming.await)) })
}
