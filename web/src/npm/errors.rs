//! Which errors are thrown? Always an `Error` whose message says where the mistake is and what to do.
//!
//! A `TypeError` for a value of another kind than can be meant, a `RangeError` for one that is not among the possible
//! ones, an `Error` with a `code` for links.

use drydock::link::LinkError;
use js_sys::{Error, Object, RangeError, TypeError};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::{JsCast, JsValue};

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

/// What the `Error` has that is thrown for a link.
#[derive(Serialize, Tsify)]
pub struct LinkFailure {
    code: LinkErrorCode,
    /// What could be read of a link that is cut off.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<Link>,
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

/// An `Error` with the members of a [`LinkFailure`].
pub fn link_error(why: LinkError) -> JsValue {
    let error = Error::new(&why.to_string());
    let (code, state) = match why {
        LinkError::NotALink => (LinkErrorCode::NotALink, None),
        LinkError::Newer => (LinkErrorCode::Newer, None),
        LinkError::CutOff(state) => (LinkErrorCode::CutOff, Some(Link::of(*state))),
        LinkError::Damaged => (LinkErrorCode::Damaged, None),
        LinkError::TooLong => (LinkErrorCode::TooLong, None),
        LinkError::Part { .. } => (LinkErrorCode::Part, None),
    };
    match plain(&LinkFailure { code, state }) {
        Ok(members) => Object::assign(&error, members.unchecked_ref()).into(),
        Err(error) => error,
    }
}
