//! What names the driver in the settings?

use super::{driver::Driver, situation::Situation};
use crate::{
    bench::Block,
    daemon::nixos::options::STORAGE_DRIVERS,
    document::Value,
    guide::{
        platform::{FLYING_CIRCUS_FILE, Platform},
        told::{file, json, lead, module, string},
    },
    notation::nix::{Binding, Nix},
};

/// The name of the file on NixOS.
pub(super) const NIXOS_FILE: &str = "docker-storage.nix";

/// The feature that chooses the image store.
const FEATURE: &str = "containerd-snapshotter";

/// The files that name a driver.
pub(super) fn files(situation: &Situation, driver: Driver) -> Vec<Block> {
    match situation.platform {
        Platform::Other => vec![file(daemon_json(situation), json(settings(situation, driver)))],
        Platform::Nixos => {
            vec![file(&["/etc/nixos/", NIXOS_FILE].concat(), nixos(situation, driver))]
        }
        Platform::FlyingCircus => {
            let mut blocks = vec![file(FLYING_CIRCUS_FILE, nixos(situation, driver))];
            if STORAGE_DRIVERS.contains(&driver.id()) {
                blocks.push(lead("The same as the platform's documentation writes it; one of the two is enough."));
                let set = Nix::Set(vec![Binding::of("storage-driver", string(driver.id()))]);
                let binding = Binding::of("virtualisation.docker.daemon.settings", set);
                blocks.push(file(FLYING_CIRCUS_FILE, module(false, vec![binding])));
            }
            blocks
        }
    }
}

/// Where the daemon reads its settings, on another Linux.
pub(super) fn daemon_json(situation: &Situation) -> &'static str {
    match situation.is_rootless {
        true => "~/.config/docker/daemon.json",
        false => "/etc/docker/daemon.json",
    }
}

/// Whether the image store is to be refused in so many words, as it may have been asked for.
fn refuses_image_store(situation: &Situation, driver: Driver) -> bool {
    driver != Driver::Containerd
        && situation.driver == Driver::Containerd
        && Driver::Containerd.is_in(situation.to.engine)
}

fn settings(situation: &Situation, driver: Driver) -> Vec<(&'static str, Value)> {
    let feature = |on: bool| ("features", Value::Map(vec![(FEATURE.to_owned(), Value::from(on))]));
    match driver {
        Driver::Containerd => vec![feature(true)],
        _ => {
            let named = ("storage-driver", Value::string(driver.id()));
            let refused = refuses_image_store(situation, driver).then(|| feature(false));
            [named].into_iter().chain(refused).collect()
        }
    }
}

fn nixos(situation: &Situation, driver: Driver) -> String {
    let docker = match situation.is_rootless {
        true => "virtualisation.docker.rootless",
        false => "virtualisation.docker",
    };
    let feature = |on: bool| Binding::of(&[docker, ".daemon.settings.features.", FEATURE].concat(), Nix::from(on));
    if driver == Driver::Containerd {
        return module(false, vec![feature(true)]);
    }
    // The option also gives the daemon the programs of ZFS.
    let has_option = !situation.is_rootless && STORAGE_DRIVERS.contains(&driver.id());
    let name = if has_option { ".storageDriver" } else { ".daemon.settings.storage-driver" };
    let mut bindings = vec![Binding::of(&[docker, name].concat(), string(driver.id()))];
    // The rootless package has it by itself.
    let needs_program = driver == Driver::FuseOverlayfs && !situation.is_rootless;
    if needs_program {
        let packages = Nix::List(vec![Nix::Word("pkgs.fuse-overlayfs")]);
        bindings.push(Binding::of(&[docker, ".extraPackages"].concat(), packages));
    }
    if refuses_image_store(situation, driver) {
        bindings.push(feature(false));
    }
    module(needs_program, bindings)
}
