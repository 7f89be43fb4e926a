//! Compose files: what they ask for, and what is wrong with them.
//!
//! Text → [`read`](read()) → a [`Project`](crate::containers::model::Project) that targets write down. A missing variable or file never refuses the rest.

pub mod env;
pub mod interpolate;
mod merge;
mod names;
mod read;
pub mod schema;
pub mod words;

pub use names::{docker_name, project_name};
pub use read::{Choices, Reading, read};
