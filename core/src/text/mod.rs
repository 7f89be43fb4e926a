//! Which bytes of a text? Places in it, and what takes their place.

mod edit;
mod span;

pub use edit::{Edits, TextEdit};
pub use span::Span;
