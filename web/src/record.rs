//! A JavaScript object, made in one place.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// A JavaScript object with these members.
pub fn record(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}
