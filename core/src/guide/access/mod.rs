//! Who may use Docker, and by which way: what each way gives away, and how it is set up?

mod choices;

pub use choices::{CHOICES, HOST, LOW_PORTS, NETWORKS, PLATFORM, RELEASE, ROOTFUL, USERS, WAY};

use super::{Answer, Guide, Listing};

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
    asks: |_| CHOICES.to_vec(),
    answer: |_| Answer {
        sentence: "Whoever is in the group `docker` is as good as root.".to_owned(),
        ..Answer::default()
    },
};
