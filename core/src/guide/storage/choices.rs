//! What the guide asks for.

use super::{driver::Driver, file_system::FileSystem};
use crate::{
    Engine,
    bench::{Choice, Input},
    docker::{
        engine::MAJORS,
        host::{FLYING_CIRCUS, RELEASES, Release},
    },
    guide::platform::Platform,
};

/// What the daemon says of itself.
pub static INFO: Choice = Choice {
    id: "info",
    label: "What docker info says",
    about: "what `docker info` prints, or what dockerd said when it refused to start",
    input: Input::Lines("Server Version: 24.0.9\nStorage Driver: devicemapper"),
    usual: String::new,
};

/// What manages the machine.
pub static PLATFORM: Choice = Choice {
    id: "platform",
    label: "System",
    about: "what manages the machine",
    input: Input::OneOf(|| Platform::ALL.map(|(_, id, title)| (id.to_owned(), title.to_owned())).to_vec()),
    usual: || "nixos".to_owned(),
};

/// The release of NixOS that runs now.
pub static NIXOS_FROM: Choice = Choice {
    id: "nixos-from",
    label: "NixOS now",
    about: "the NixOS release that runs now",
    input: Input::OneOf(nixos_releases),
    usual: || "23.11".to_owned(),
};

/// The release of NixOS that is to run.
pub static NIXOS_TO: Choice = Choice {
    id: "nixos-to",
    label: "NixOS then",
    about: "the NixOS release that is to run",
    input: Input::OneOf(nixos_releases),
    usual: || Release::LATEST.to_string(),
};

/// The platform of Flying Circus that runs now.
pub static FLYING_CIRCUS_FROM: Choice = Choice {
    id: "fc-from",
    label: "Platform now",
    about: "the release of Flying Circus that runs now",
    input: Input::OneOf(flying_circus_releases),
    usual: || "23.05".to_owned(),
};

/// The platform of Flying Circus that is to run.
pub static FLYING_CIRCUS_TO: Choice = Choice {
    id: "fc-to",
    label: "Platform then",
    about: "the release of Flying Circus that is to run",
    input: Input::OneOf(flying_circus_releases),
    usual: || FLYING_CIRCUS[0].to_string(),
};

/// The Engine that runs now.
pub static ENGINE_FROM: Choice = Choice {
    id: "engine-from",
    label: "Docker now",
    about: "the Docker Engine that runs now",
    input: Input::OneOf(engines),
    usual: || "24".to_owned(),
};

/// The Engine that is to run.
pub static ENGINE_TO: Choice = Choice {
    id: "engine-to",
    label: "Docker then",
    about: "the Docker Engine that is to run",
    input: Input::OneOf(engines),
    usual: || Engine::name_of_line(Engine::LATEST.major),
};

/// The driver whose data is there.
pub static DRIVER: Choice = Choice {
    id: "driver",
    label: "Storage driver now",
    about: "the storage driver whose data is there",
    input: Input::OneOf(|| Driver::ALL.map(|(driver, _)| named(driver)).to_vec()),
    usual: || Driver::Overlay2.id().to_owned(),
};

/// The driver that is wanted.
pub static WANTED: Choice = Choice {
    id: "wanted",
    label: "Storage driver then",
    about: "the storage driver that is wanted",
    input: Input::OneOf(|| {
        let stay = (STAY.to_owned(), "the same".to_owned());
        let others = Driver::ALL.into_iter().filter(|it| it.0.gone_since().is_none());
        [stay].into_iter().chain(others.map(|it| named(it.0))).collect()
    }),
    usual: || STAY.to_owned(),
};

/// The file system of the data root.
pub static FILE_SYSTEM: Choice = Choice {
    id: "file-system",
    label: "File system",
    about: "the file system of the data root, `/var/lib/docker`",
    input: Input::OneOf(|| FileSystem::ALL.map(|(_, id, title)| (id.to_owned(), title.to_owned())).to_vec()),
    usual: || FileSystem::Ext4.id().to_owned(),
};

/// Whether the daemon runs without root.
pub static ROOTLESS: Choice = Choice {
    id: "rootless",
    label: "Rootless",
    about: "whether the daemon runs without root",
    input: Input::OneOf(|| [("no", "no"), ("yes", "yes")].map(|it| (it.0.to_owned(), it.1.to_owned())).to_vec()),
    usual: || "no".to_owned(),
};

/// Every choice, in the order of the questions.
pub static CHOICES: &[&Choice] = &[
    &INFO,
    &PLATFORM,
    &NIXOS_FROM,
    &NIXOS_TO,
    &FLYING_CIRCUS_FROM,
    &FLYING_CIRCUS_TO,
    &ENGINE_FROM,
    &ENGINE_TO,
    &DRIVER,
    &WANTED,
    &FILE_SYSTEM,
    &ROOTLESS,
];

/// The value of [`WANTED`] for the driver that is there.
const STAY: &str = "stay";

fn named(driver: Driver) -> (String, String) {
    let title = driver.title();
    (driver.id().to_owned(), title.strip_prefix("the ").unwrap_or(title).to_owned())
}

/// Those that can be chosen for a module, and the last before them, whose Engine is known.
fn nixos_releases() -> Vec<(String, String)> {
    RELEASES.iter().chain([&Release::new(23, 5)]).map(|it| (it.to_string(), it.to_string())).collect()
}

fn flying_circus_releases() -> Vec<(String, String)> {
    FLYING_CIRCUS.iter().map(|it| (it.to_string(), it.to_string())).collect()
}

fn engines() -> Vec<(String, String)> {
    let lines = MAJORS.iter().map(|it| Engine::name_of_line(*it));
    lines.map(|it| (it.clone(), ["Docker ", &it].concat())).collect()
}
