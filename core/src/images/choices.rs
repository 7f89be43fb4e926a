//! What is chosen beside a text about images?

use crate::{
    bench::{Choice, Chosen, Input},
    manifest::{IMAGE, Reference},
};

/// How Nix is run in a Dockerfile.
pub static NIX: Choice = Choice {
    id: "nix",
    label: "Nix in the Dockerfile",
    about: "whether the stage that builds uses flakes or channels",
    input: Input::OneOf(|| pairs(&[("flakes", "With flakes"), ("channels", "With channels")])),
    usual: || "flakes".to_owned(),
};

/// Whether Nix shuts builds in.
pub static SANDBOX: Choice = Choice {
    id: "sandbox",
    label: "Sandbox in the Dockerfile",
    about: "whether Nix shuts builds in, which needs a privileged build",
    input: Input::OneOf(|| pairs(&[("off", "Off, as in nixos/nix"), ("on", "On, with a privileged build")])),
    usual: || "off".to_owned(),
};

/// Whether the store is kept between builds.
pub static CACHE: Choice = Choice {
    id: "cache",
    label: "Cache in the Dockerfile",
    about: "whether the store is kept between builds, as in CI",
    input: Input::OneOf(|| pairs(&[("off", "None"), ("mount", "A mount of BuildKit")])),
    usual: || "off".to_owned(),
};

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(value, title)| ((*value).to_owned(), (*title).to_owned())).collect()
}

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The name of the image, where the text does not say it: its name and its tag.
    pub name: Option<(String, String)>,
    /// Whether Nix has flakes.
    pub has_flakes: bool,
    /// Whether builds are shut in.
    pub has_sandbox: bool,
    /// Whether the store is kept.
    pub has_cache: bool,
}

impl Choices {
    /// What was chosen.
    pub fn of(chosen: &Chosen) -> Self {
        let name = Reference::read(&chosen.value(&IMAGE));
        Self {
            name: name.map(|it| (it.full_name(), it.tag_or_latest().to_owned())),
            has_flakes: chosen.value(&NIX) == "flakes",
            has_sandbox: chosen.value(&SANDBOX) == "on",
            has_cache: chosen.value(&CACHE) == "mount",
        }
    }

    /// The name and the tag of what has none.
    pub fn name(&self) -> (&str, &str) {
        self.name.as_ref().map_or(("app", "latest"), |it| (&it.0, &it.1))
    }
}
