//! The rows of the bench: what it is called, what is chosen beside its text, and what it does.

use super::{
    Choices,
    assist::{complete, hover},
    examples::EXAMPLES,
    flags::Cli,
};
use crate::{
    address::Subnet,
    bench::{Chosen, Examined, Listing, Request, Topic, Workbench},
    containers::{
        bench::{PANELS, Read, TARGETS, examined},
        check as shared,
        chosen::{BACKEND, CHOICES, DIRECTORY, SECRETS, VARIABLES},
        model::Network,
    },
    document::Notation,
    text::{Edits, Span},
};

/// What is told of it.
pub static LISTING: Listing = Listing {
    id: "run",
    dialect: "docker-run",
    title: "docker run",
    about: "Turn docker run and podman run lines into containers that NixOS starts.",
    topic: Topic::Containers,
    text: "Commands",
    recognised: "These are docker run commands: opened in docker run",
    open: "Turn it into NixOS containers",
    invitation: "Paste the docker run line of a README, or start from an example",
    offered: &["web-server", "database", "two-containers"],
    file: "run.sh",
    notation: Notation::Shell,
    against: "what docker run and podman run take",
    choices: &CHOICES,
    suits,
};

/// The bench.
pub static WORKBENCH: Workbench = Workbench {
    listing: &LISTING,
    examine,
    examples: EXAMPLES,
    targets: &TARGETS,
    panels: &PANELS,
    rules: &[super::check::RULES, shared::RULES],
    hover,
    complete,
};

/// How many lines are looked at for one that calls a program.
const LOOKED_AT: usize = 200;

/// Whether some line calls `docker run` or its like.
fn suits(text: &str) -> bool {
    text.lines().take(LOOKED_AT).any(|line| {
        let is_before = |it: &&str| matches!(*it, "$" | "#" | "%" | ">" | "sudo");
        let mut words = line.split_whitespace().skip_while(is_before);
        let Some("docker" | "podman") = words.next() else {
            return false;
        };
        match words.next() {
            Some("run" | "create") => true,
            Some("container") => matches!(words.next(), Some("run" | "create")),
            Some("network" | "volume") => words.next() == Some("create"),
            _ => false,
        }
    })
}

fn examine(request: &Request) -> Examined {
    let super::Examined { reading, diagnostics } = super::examine(&request.text, &choices(&request.chosen));
    let text = &request.text;
    let give = |network: &Network, subnet| subnet_into(text, network, subnet);
    let read = Read { project: reading.project, diagnostics, keeps_running: true, runs_on: None, give: &give };
    examined(request, read)
}

/// The edits that write a subnet into the command that makes a network: `--subnet` before its name.
fn subnet_into(text: &str, network: &Network, subnet: Subnet) -> Edits {
    let before = text.get(..network.span.start).unwrap_or_default();
    let start = network.span.start - before.len() + before.trim_end_matches(['"', '\'']).len();
    Edits::replace(Span::empty(start), format!("--subnet {subnet} "))
}

fn choices(chosen: &Chosen) -> Choices {
    let variables = chosen.value(&VARIABLES);
    let variables = variables.lines().filter_map(|line| {
        let (name, value) = line.trim().trim_start_matches("export ").split_once('=')?;
        Some((name.trim().to_owned(), value.trim_matches(['"', '\'']).to_owned()))
    });
    let usual = Choices::default();
    Choices {
        runs_on: if chosen.value(&BACKEND) == "podman" { Cli::Podman } else { Cli::Docker },
        directory: Some(chosen.value(&DIRECTORY)).filter(|it| !it.is_empty()).unwrap_or(usual.directory),
        variables: variables.collect(),
        keeps_secrets: chosen.value(&SECRETS) != (SECRETS.usual)(),
    }
}
