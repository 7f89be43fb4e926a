//! What is thrown? Always an `Error` whose message says where the mistake is and what to do.
//!
//! A `TypeError` for a value of another kind than can be meant, a `RangeError` for one that is not among the possible
//! ones, an `Error` with a `code` for links.

use drydock::link::LinkError;
use js_sys::{Error, RangeError, Reflect, TypeError};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::{answers::Link, plain};

/// What a function returns, or throws.
pub type Thrown<T> = Result<T, JsValue>;

/// Why a link cannot be made or opened.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum LinkErrorCode {
    NotALink,
    Newer,
    CutOff,
    Damaged,
    TooLong,
    Part,
}

pub fn error(message: &str) -> JsValue {
    Error::new(message).into()
}

pub fn type_error(message: &str) -> JsValue {
    TypeError::new(message).into()
}

pub fn range_error(message: &str) -> JsValue {
    RangeError::new(message).into()
}

/// An `Error` with a [`LinkErrorCode`].
pub fn link_error(why: LinkError) -> JsValue {
    let thrown = error(&why.to_string());
    let code = match &why {
        LinkError::NotALink => LinkErrorCode::NotALink,
        LinkError::Newer => LinkErrorCode::Newer,
        LinkError::CutOff(_) => LinkErrorCode::CutOff,
        LinkError::Damaged => LinkErrorCode::Damaged,
        LinkError::TooLong => LinkErrorCode::TooLong,
        LinkError::Part { .. } => LinkErrorCode::Part,
    };
    let state = match why {
        LinkError::CutOff(state) => Some(plain(&Link::of(*state))),
        _ => None,
    };
    for (name, value) in [("code", Some(plain(&code))), ("state", state)] {
        if let Some(Ok(value)) = value {
            // An error that was just made can be added to.
            let _ = Reflect::set(&thrown, &name.into(), &value);
        }
    }
    thrown
}
