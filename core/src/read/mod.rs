//! What did the user write, and where? One file per dialect.

pub mod bytes;
mod holes;
pub mod json;
