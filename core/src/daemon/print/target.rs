//! What can a configuration be printed for?

use super::{managed::Setup, nixos::Form as NixForm};
use crate::{
    daemon::dialect::flags::Print,
    docker::host::{FLYING_CIRCUS_ENGINE, Release, Shipped},
    document::Notation,
};

/// Something a configuration can be printed for.
#[derive(Debug)]
pub struct Target {
    /// Its name in links and on the command line; once released it stays.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The name of the file it is saved as.
    pub file: &'static str,
    /// What it is for, in one line.
    pub description: &'static str,
    pub(super) form: Form,
}

/// How a target is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Json(Setup),
    Nix(NixForm),
    Flags(Print),
    /// The file that NixOS writes.
    Effective,
}

impl Target {
    /// The target of this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|it| it.id == id)
    }

    /// The notation it is printed in.
    pub fn notation(&self) -> Notation {
        match self.form {
            Form::Json(_) | Form::Effective => Notation::Json,
            Form::Nix(_) => Notation::Nix,
            Form::Flags(_) => Notation::Shell,
        }
    }

    /// Whether what writes it may load later (`daemon/late.rs`).
    pub fn is_late(&self) -> bool {
        matches!(self.form, Form::Flags(_) | Form::Effective)
    }

    /// The Engine that comes with its platform; `None` where it comes from elsewhere, or is not known.
    pub fn ships(&self, release: Release) -> Option<Shipped> {
        match self.form {
            Form::Json(_) | Form::Flags(_) => None,
            Form::Nix(NixForm::FlyingCircus) => Some(Shipped {
                who: "Flying Circus".to_owned(),
                engine: FLYING_CIRCUS_ENGINE,
                caveat: "on its platforms 23.11 to 24.11",
            }),
            Form::Nix(_) | Form::Effective => release.ships(),
        }
    }
}

/// The notations that settings are written in, and what their results are called.
pub static WRITTEN: &[(Notation, &str)] =
    &[(Notation::Nix, "Nix"), (Notation::Json, "daemon.json"), (Notation::Shell, "Flags")];

/// Every target, the likeliest first.
pub static TARGETS: &[Target] = &[
    Target {
        id: "nixos-module",
        title: "NixOS module",
        file: "docker.nix",
        description: "A file to import in configuration.nix, with the options NixOS has for Docker.",
        form: Form::Nix(NixForm::Module),
    },
    Target {
        id: "daemon-json",
        title: "daemon.json",
        file: "daemon.json",
        description: "The file the daemon reads on every distribution but NixOS.",
        form: Form::Json(Setup::Package),
    },
    Target {
        id: "nixos-effective",
        title: "Effective daemon.json",
        file: "daemon.json",
        description: "The file that NixOS writes from these settings, with what it adds by itself.",
        form: Form::Effective,
    },
    Target {
        id: "nix-settings",
        title: "Nix attribute set",
        file: "daemon-settings.nix",
        description: "The bare settings, for `virtualisation.docker.daemon.settings` in a configuration you have.",
        form: Form::Nix(NixForm::Settings),
    },
    Target {
        id: "nix-flake",
        title: "NixOS flake",
        file: "flake.nix",
        description: "A flake with the module and a host that uses it.",
        form: Form::Nix(NixForm::Flake),
    },
    Target {
        id: "nixos-rootless",
        title: "NixOS, rootless",
        file: "docker-rootless.nix",
        description: "A module for the daemon that every user runs for themselves.",
        form: Form::Nix(NixForm::Rootless),
    },
    Target {
        id: "flying-circus",
        title: "Flying Circus",
        file: "docker.nix",
        description: "A file for /etc/local/nixos on a machine with the Docker role.",
        form: Form::Nix(NixForm::FlyingCircus),
    },
    Target {
        id: "docker-desktop",
        title: "Docker Desktop",
        file: "daemon.json",
        description: "The text for Settings › Docker Engine, on macOS, Windows and Linux.",
        form: Form::Json(Setup::Desktop),
    },
    Target {
        id: "snap",
        title: "Docker snap",
        file: "daemon.json",
        description: "The file of Ubuntu's snap, which reads no other.",
        form: Form::Json(Setup::Snap),
    },
    Target {
        id: "systemd-drop-in",
        title: "systemd drop-in",
        file: "override.conf",
        description: "A file for the unit of Docker's packages, which starts the daemon with flags instead of a file.",
        form: Form::Flags(Print::DropIn),
    },
    Target {
        id: "dockerd-flags",
        title: "dockerd flags",
        file: "dockerd.sh",
        description: "A command that starts the daemon by hand.",
        form: Form::Flags(Print::Line),
    },
];
