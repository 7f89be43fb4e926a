//! Which bytes of a text? Places in it, edits of it, and how sentences are worded.

mod edit;
pub(crate) mod find;
mod ink;
pub mod order;
mod span;
pub(crate) mod words;

pub use edit::{Edits, TextEdit};
pub(crate) use ink::Ink;
pub use ink::Role;
pub use span::Span;
