//! What can rules of any kind say about a text? Diagnostics, their verdict, and how they are shown and fixed.

#[macro_use]
mod declare;
pub mod diagnostic;
#[cfg(test)]
pub(crate) mod judged;
pub mod mend;
mod summary;
pub mod terminal;
mod verdict;

pub use declare::Rule;
pub use summary::Summary;
pub use verdict::Verdict;
