//! What is to run, however it was written: containers with their networks and volumes.
//!
//! A bench reads its text into a [`Project`](model::Project); a target writes one down. What reads knows no target, and
//! what writes knows no text: between them is the model, in which every fact keeps the bytes that say it. So each loss can
//! be told at its place ([`told`]).

pub mod address_map;
pub mod bench;
pub mod check;
pub mod chosen;
pub mod flags;
pub mod graph;
pub mod model;
pub mod mounts;
pub mod networks;
pub mod placeholder;
pub mod print;
pub mod secret;
pub mod told;
