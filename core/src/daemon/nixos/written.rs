//! Which settings does NixOS write that nobody asked for, and why?
//!
//! Source: nixpkgs `nixos/modules/virtualisation/docker.nix`, `docker-rootless.nix` and
//! `services/hardware/nvidia-container-toolkit/default.nix`, copies of 23.11 to mid-2026.

use super::options::SETTINGS_ARE_A_SUBMODULE;
use crate::docker::host::{Nixos, Release};

/// A setting that a module writes by itself.
pub struct Written {
    /// The names that lead to it, with dots.
    pub path: &'static str,
    /// Why it is there, in a sentence, and how to change it, in another.
    pub why: &'static str,
}

/// Every one of them.
static WRITTEN: &[Written] = &[
    Written {
        path: "group",
        why: "NixOS lets the group `docker` use the daemon's socket. Another group takes `lib.mkForce`.",
    },
    Written {
        path: "hosts",
        why: "systemd opens the sockets of `listenOptions` and hands them to the daemon. What else is in the list stays; `lib.mkForce` replaces it.",
    },
    Written {
        path: "log-driver",
        why: "NixOS sends container logs to the journal unless `logDriver` or the settings name another driver. Set `logDriver` to change it.",
    },
    Written { path: "storage-driver", why: "It comes from `storageDriver`, unless the settings name a driver." },
    Written {
        path: "features.cdi",
        why: "`hardware.nvidia-container-toolkit` makes GPUs known as devices, which Docker 25 and newer hand to containers. Turn that off to be without it.",
    },
    Written { path: "runtimes.nvidia", why: "`enableNvidia` adds it. Leave that out to be without it." },
    Written {
        path: "default-runtime",
        why: "Since 25.11, `enableNvidia` makes it the runtime of every container. Leave that out to be without it.",
    },
];

/// Why a setting that no text writes is in the file, and how to change it: `live-restore`, `features.cdi`.
pub fn why(path: &str, nixos: Nixos) -> Option<String> {
    if path == "live-restore" {
        return Some(why_live_restore(nixos));
    }
    WRITTEN.iter().find(|it| it.path == path).map(|it| it.why.to_owned())
}

/// Why a setting is in the file of every system's daemon that does not name it, in a sentence.
pub fn always(path: &str) -> Option<&'static str> {
    let found = WRITTEN.iter().find(|it| it.path == path && ["group", "hosts", "log-driver"].contains(&it.path))?;
    found.why.split_inclusive('.').next()
}

fn why_live_restore(nixos: Nixos) -> String {
    const HOW: &str = " Set `daemon.settings.live-restore` to change it.";
    if nixos.release < SETTINGS_ARE_A_SUBMODULE {
        return "Up to 24.05, NixOS keeps containers running while the daemon restarts, unless `liveRestore` is false."
            .to_owned();
    }
    let version = nixos.state_version.to_string();
    let said = match nixos.state_version < Release::new(24, 11) {
        true => [
            "With a `system.stateVersion` before 24.11, here ",
            &version,
            ", NixOS keeps containers running while the daemon restarts.",
        ],
        false => {
            ["With a `system.stateVersion` of 24.11 or later, here ", &version, ", NixOS leaves it as Docker has it."]
        }
    };
    [&said.concat(), HOW].concat()
}
