//! What the guide asks for.

use super::{situation::System, way::WAYS};
use crate::{
    bench::{Choice, Input},
    docker::host::{RELEASES, Release},
};

/// Who is to use Docker.
pub static USERS: Choice = Choice {
    id: "users",
    label: "Users",
    about: "who is to use Docker, with commas between them",
    input: Input::Text("alice, bob"),
    usual: || "alice".to_owned(),
};

/// By which way.
pub static WAY: Choice = Choice {
    id: "way",
    label: "Way",
    about: "how they reach a daemon",
    input: Input::OneOf(|| WAYS.iter().map(|it| (it.id.to_owned(), it.title.to_owned())).collect()),
    usual: || "group".to_owned(),
};

/// What manages the machine.
pub static PLATFORM: Choice = Choice {
    id: "platform",
    label: "System",
    about: "what manages the machine",
    input: Input::OneOf(|| System::ALL.map(|(_, id, title)| (id.to_owned(), title.to_owned())).to_vec()),
    usual: || "nixos".to_owned(),
};

/// The release of NixOS.
pub static RELEASE: Choice = Choice {
    id: "release",
    label: "NixOS",
    about: "the NixOS release of the machine",
    input: Input::OneOf(|| RELEASES.iter().map(|it| (it.to_string(), it.to_string())).collect()),
    usual: || Release::LATEST.to_string(),
};

/// Whether the daemon of root runs as well.
pub static ROOTFUL: Choice = Choice {
    id: "rootful",
    label: "Daemon of root",
    about: "whether the daemon of root runs beside the rootless ones",
    input: Input::OneOf(|| named(&[("no", "no"), ("yes", "as well")])),
    usual: || "no".to_owned(),
};

/// Whether ports below 1024 are published.
pub static LOW_PORTS: Choice = Choice {
    id: "low-ports",
    label: "Ports below 1024",
    about: "whether containers publish ports below 1024",
    input: Input::OneOf(|| named(&[("no", "no"), ("yes", "yes")])),
    usual: || "no".to_owned(),
};

/// The other machine.
pub static HOST: Choice = Choice {
    id: "host",
    label: "Other machine",
    about: "the name of the machine whose daemon is used",
    input: Input::Text("server.example.org"),
    usual: || "server.example.org".to_owned(),
};

/// Addresses of containers that the platform's firewall does not know.
pub static NETWORKS: Choice = Choice {
    id: "networks",
    label: "Networks of containers",
    about: "networks of containers outside of 172.16.0.0/12: `bip` and `default-address-pools`",
    input: Input::Text("10.201.0.0/16"),
    usual: String::new,
};

/// Every choice, in the order of the questions.
pub static CHOICES: &[&Choice] = &[&WAY, &USERS, &PLATFORM, &RELEASE, &ROOTFUL, &LOW_PORTS, &HOST, &NETWORKS];

fn named(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
}
