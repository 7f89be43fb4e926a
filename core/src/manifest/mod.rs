//! What is an image made of? Reads the manifests that registries serve, and hashes in any form, and writes down what fetches
//! the image with Nix.
//!
//! ```
//! use drydock::manifest::{Choices, read};
//!
//! let digest = "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7";
//! let text = format!(r#"{{ "schemaVersion": 2, "config": {{ "digest": "{digest}", "size": 7 }}, "layers": [] }}"#);
//! let reading = read(&text, &Choices::default());
//! assert_eq!(reading.images[0].config.as_ref().unwrap().hash.digest(), digest);
//! ```

mod check;
mod examples;
mod hash;
mod panels;
mod print;
mod read;
mod reference;
mod rows;

pub use check::RULES;
pub use hash::{Algorithm, Hash, HashError};
pub use read::{Blob, Choices, Entry, Image, Index, Problem, ProblemKind, Reading, Shape, read};
pub use reference::Reference;
pub use rows::{IMAGE, LISTING, PLATFORM, WORKBENCH};
