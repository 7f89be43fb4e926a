//! What can be said of a text, by whatever rules? Diagnostics, what they come to, and how they are shown and mended.

pub mod diagnostic;
pub mod mend;
mod summary;
pub mod terminal;
mod verdict;

pub use summary::Summary;
pub use verdict::Verdict;
