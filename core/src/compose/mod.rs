//! Compose files: what they ask for, and what is wrong with them.
//!
//! Text → [`read`](read()) → a [`Project`](crate::containers::model::Project) that targets write down, and
//! [`check`](check()) → diagnostics. A missing variable or file never refuses the rest.

pub(crate) mod assist;
pub(crate) mod check;
pub mod env;
pub mod examples;
mod files;
pub mod interpolate;
mod merge;
mod names;
mod read;
mod rows;
pub mod schema;
pub mod words;

pub use check::{Context, RULES, Written, check};
pub use names::{docker_name, project_name};
pub use read::{Choices, Reading, read, read_tree};
pub use rows::{LISTING, WORKBENCH};
