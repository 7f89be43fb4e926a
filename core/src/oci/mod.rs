//! Containers in Nix: modules with `virtualisation.oci-containers`, with `virtualisation.quadlet` or with Arion's projects.
//!
//! Text → [`read`](read()) → a [`Project`](crate::containers::model::Project) that targets write down, and
//! [`check`](check::check) → diagnostics. Nothing is evaluated by Nix: what a text leaves open has a placeholder, and is
//! named.
//!
//! ```
//! use drydock::oci::{Choices, read};
//!
//! let text = "{ virtualisation.oci-containers.containers.web = { image = \"nginx:1.27\"; ports = [ \"8080:80\" ]; }; }";
//! let reading = read(text, &Choices::default());
//! assert_eq!(reading.project.containers[0].ports[0].value.host, Some((8080, 8080)));
//! ```

pub mod assist;
pub mod check;
mod definitions;
pub mod examples;
pub mod options;
pub mod problem;
pub mod read;
mod rows;

pub use read::{Choices, Reading, read};
pub use rows::{LISTING, WORKBENCH};
