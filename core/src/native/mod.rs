//! Native containers of NixOS, `containers.<name>`: systemd-nspawn runs a NixOS in each.
//!
//! Text → [`read`](read()) → a [`Reading`], with the host as far as it matters → [`check`](check::check) → diagnostics, and
//! what the text lacks. `config` of a container is kept word for word.
//!
//! Not to be confused with containers of images, `virtualisation.oci-containers`: those are read by [`oci`](crate::oci).

mod assist;
pub mod check;
pub mod chosen;
mod commands;
mod examples;
mod missing;
pub mod model;
mod nat;
pub mod options;
mod panels;
mod places;
mod print;
pub mod problem;
mod read;
mod rows;
mod space;

pub use read::{Around, Reading, read};
pub use rows::{LISTING, WORKBENCH};
