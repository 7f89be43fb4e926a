//! Which bytes of a text? Places in it, what takes their place, and words of sentences.

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
