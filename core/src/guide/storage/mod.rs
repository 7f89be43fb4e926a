//! Which storage driver, on which Engine: what becomes of the images, and how to move?

mod answer;
mod choices;
mod driver;
mod fate;
mod file_system;
mod files;
mod info;
mod situation;
mod steps;

pub use choices::{
    CHOICES, DRIVER, ENGINE_FROM, ENGINE_TO, FILE_SYSTEM, FLYING_CIRCUS_FROM, FLYING_CIRCUS_TO, INFO, NIXOS_FROM,
    NIXOS_TO, PLATFORM, ROOTLESS, WANTED,
};

use super::{Guide, Listing};
use situation::Situation;

/// What is told of it.
pub static LISTING: Listing = Listing {
    id: "storage",
    title: "Storage driver",
    about: "Stay with a storage driver or move to another: what an upgrade does to images, and what to do in which order.",
    choices: CHOICES,
};

/// The guide.
pub static GUIDE: Guide = Guide {
    listing: &LISTING,
    asks: |chosen| Situation::of(chosen).asks(),
    answer: |chosen| answer::answer(&Situation::of(chosen)),
};
