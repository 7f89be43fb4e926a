//! Who may use Docker, and by which way: what each way gives away, and how it is set up?

mod answer;
mod choices;
mod files;
mod situation;
mod steps;
mod users;
mod way;

pub use choices::{CHOICES, HOST, LOW_PORTS, NETWORKS, PLATFORM, RELEASE, ROOTFUL, USERS, WAY};

use super::{Guide, Listing};
use situation::Situation;

/// What is told of it.
pub static LISTING: Listing = Listing {
    id: "access",
    title: "Access to Docker",
    about: "Who may use Docker, and by which way: what each way gives away, and how it is set up.",
    choices: CHOICES,
};

/// The guide.
pub static GUIDE: Guide = Guide {
    listing: &LISTING,
    asks: |chosen| Situation::of(chosen).asks(),
    answer: |chosen| answer::answer(&Situation::of(chosen)),
};
