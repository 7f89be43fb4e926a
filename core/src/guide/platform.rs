//! What manages the machine, and how does it take up a file?

use super::told::step;
use crate::bench::Step;

/// What manages the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Platform {
    /// NixOS as it is.
    Nixos,
    /// NixOS of Flying Circus, with its role for Docker.
    FlyingCircus,
    /// Another distribution.
    Other,
}

/// The directory whose modules Flying Circus imports.
///
/// Source: flyingcircus.io documentation, *Custom NixOS-native configuration*.
pub(super) const FLYING_CIRCUS_FILE: &str = "/etc/local/nixos/docker.nix";

impl Platform {
    /// Each, with its name in links and its name for people.
    pub(super) const ALL: [(Self, &str, &str); 3] = [
        (Self::Nixos, "nixos", "NixOS"),
        (Self::FlyingCircus, "flying-circus", "Flying Circus"),
        (Self::Other, "other", "Another Linux"),
    ];

    /// The one of this name.
    pub(super) fn of(id: &str) -> Self {
        Self::ALL.iter().find(|it| it.1 == id).map_or(Self::Other, |it| it.0)
    }

    /// What builds the configuration and switches to it.
    ///
    /// Source: NixOS manual, *Changing the configuration*; fc-nixos `pkgs/fc/agent/fc/manage/cli.py` (`switch`, and
    /// `--build` of old), and `doc/src/docker.md`.
    pub(super) fn switch(self) -> Option<Step> {
        match self {
            Self::Nixos => Some(step(
                "Switch to it",
                "The first line changes nothing yet: a mistake in the Nix shows there.",
                &["nixos-rebuild build", "sudo nixos-rebuild switch"],
            )),
            Self::FlyingCircus => Some(step(
                "Switch to it",
                "Older documentation and agents say `sudo fc-manage -b` for the same.",
                &["sudo fc-manage switch"],
            )),
            Self::Other => None,
        }
    }
}
