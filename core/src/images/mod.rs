//! Images from Nix: expressions with `dockerTools`, nix2container or nix-snapshotter, and Dockerfiles.
//!
//! Text → what it makes → [targets](WORKBENCH) that write it down for another function, as a flake, or as a Dockerfile in
//! which Nix builds. Nix is changed in place, so that everything around stays; a Dockerfile is translated, and each of its
//! instructions is in the result or is told.
//!
//! ```
//! use drydock::{bench::Request, images::WORKBENCH};
//!
//! let text = "FROM scratch\nENV A=1\nCMD [\"/bin/x\"]\n".to_owned();
//! let request = Request { text, ..Request::default() };
//! let examined = (WORKBENCH.examine)(&request);
//! let layered = &WORKBENCH.targets[0];
//! let written = (layered.write)(&request, &examined, layered);
//! assert!(written.printed.text.contains("Env = [ \"A=1\" ];"));
//! ```

mod assist;
mod check;
mod choices;
pub mod dockerfile;
mod examples;
pub mod functions;
pub mod nix;
mod packages;
mod panels;
mod print;
mod rows;
mod shell;
mod translate;

pub use check::RULES;
pub use choices::{CACHE, NIX, SANDBOX};
#[cfg(test)]
use rows::source;
pub use rows::{LISTING, WORKBENCH};
