//! Which bytes of a text? Places in it, and what takes their place.

mod edit;
mod ink;
mod span;

pub use edit::{Edits, TextEdit};
pub(crate) use ink::Ink;
pub use ink::Role;
pub use span::Span;
