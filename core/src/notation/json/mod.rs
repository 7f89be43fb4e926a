//! JSON, as it is typed.

mod complete;
mod place;

pub use complete::{key, value};
pub use place::place;
