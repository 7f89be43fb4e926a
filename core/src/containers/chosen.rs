//! What is chosen beside a text that asks for containers, whichever bench reads it.

use super::print::Secrets;
use crate::{
    bench::{Choice, Input},
    docker::host::{RELEASES, Release},
};

/// What runs the containers.
pub static BACKEND: Choice = Choice {
    id: "backend",
    label: "Runs on",
    about: "what runs the containers",
    input: Input::OneOf(|| {
        let backends = [("docker", "Docker"), ("podman", "Podman")];
        backends.map(|(id, title)| (id.to_owned(), title.to_owned())).to_vec()
    }),
    usual: || "docker".to_owned(),
};

/// The NixOS release that reads the module.
pub static NIXOS: Choice = Choice {
    id: "nixos",
    label: "NixOS",
    about: "the NixOS release that has the module",
    input: Input::OneOf(|| RELEASES.iter().map(|it| (it.to_string(), it.to_string())).collect()),
    usual: || Release::LATEST.to_string(),
};

/// What the containers together are called.
pub static PROJECT: Choice = Choice {
    id: "project",
    label: "Project",
    about: "what all of it is called, if the text does not say",
    input: Input::Text("media"),
    usual: String::new,
};

/// Where relative paths start.
pub static DIRECTORY: Choice = Choice {
    id: "directory",
    label: "Directory",
    about: "where `./`, `$PWD` and other relative paths start",
    input: Input::Text("/srv/media"),
    usual: String::new,
};

/// Variables that the text leaves to its surroundings.
pub static VARIABLES: Choice = Choice {
    id: "variables",
    label: "Variables",
    about: "what the text leaves open, as in an `.env` file",
    input: Input::Lines("VERSION=1.2"),
    usual: String::new,
};

/// Networks that the machine has to reach.
pub static KEEP_CLEAR: Choice = Choice {
    id: "keep-clear",
    label: "Keep clear of",
    about: "networks that the machine has to reach: `10.8.0.0/16`, a known one such as `wifionice`, or what `ip route` says",
    input: Input::Lines("172.18.0.0/16 the train"),
    usual: String::new,
};

/// Where networks without a subnet get theirs from.
pub static POOLS: Choice = Choice {
    id: "pools",
    label: "Address pools",
    about: "where networks without a subnet get theirs from: a `daemon.json`, or a pool a line; empty for the usual ones",
    input: Input::Lines("10.201.0.0/16 size 24"),
    usual: String::new,
};

/// How secrets are kept.
pub static SECRETS: Choice = Choice {
    id: "secrets",
    label: "Secrets",
    about: "where passwords and keys are kept",
    input: Input::OneOf(|| Secrets::ALL.map(|(_, id, title)| (id.to_owned(), title.to_owned())).to_vec()),
    usual: || "inline".to_owned(),
};

/// The option that switches a module on.
pub static OPTION: Choice = Choice {
    id: "option",
    label: "Option",
    about: "the option whose `.enable` switches the module on",
    input: Input::Text("services.media"),
    usual: String::new,
};

/// The profiles that are started.
pub static PROFILES: Choice = Choice {
    id: "profiles",
    label: "Profiles",
    about: "the profiles that are started, with commas between them; `*` for all",
    input: Input::Text("debug,mail"),
    usual: String::new,
};

/// Those beside every text.
pub static CHOICES: [&Choice; 9] =
    [&BACKEND, &NIXOS, &PROJECT, &DIRECTORY, &VARIABLES, &KEEP_CLEAR, &POOLS, &SECRETS, &OPTION];

/// Those beside a Compose file.
pub static OF_COMPOSE: [&Choice; CHOICES.len() + 1] = {
    let mut all = [&PROFILES; CHOICES.len() + 1];
    let mut at = 0;
    while at < CHOICES.len() {
        all[at] = CHOICES[at];
        at += 1;
    }
    all
};
