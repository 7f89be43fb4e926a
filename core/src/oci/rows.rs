//! The rows of the bench: what it is called, what is chosen beside its text, and what it does.

use std::rc::Rc;

use super::{
    Choices,
    assist::{complete, hover},
    check,
    examples::EXAMPLES,
    read,
};
use crate::{
    address::Subnet,
    bench::{Examined, Listing, Request, Target, Workbench, Written},
    containers::{
        bench::{Asked, PANELS, Read, TARGETS, examined},
        chosen::{BACKEND, CHOICES, PROJECT, VARIABLES},
        model::{At, Network, Restart, RestartPolicy},
    },
    document::Notation,
    run::flags::Cli,
    text::Edits,
};

/// What is told of it.
pub static LISTING: Listing = Listing {
    id: "oci",
    dialect: "oci-containers",
    title: "Containers in Nix",
    about: "Turn oci-containers, Arion and quadlet-nix modules into one another, or into Compose.",
    text: "Nix module with containers",
    recognised: "This is a Nix module with containers: opened in Containers in Nix",
    open: "Turn it into another module",
    invitation: "Paste a module with oci-containers, Arion or quadlet-nix, or start from an example",
    offered: &["foo", "arion", "quadlet"],
    file: "containers.nix",
    notation: Notation::Nix,
    against: "the options of oci-containers, Arion and quadlet-nix",
    choices: &CHOICES,
    suits,
};

/// The bench.
pub static WORKBENCH: Workbench =
    Workbench { listing: &LISTING, examine, examples: EXAMPLES, targets: &KEEPING, panels: &PANELS, hover, complete };

/// What texts are written down for.
static KEEPING: [Target; TARGETS.len()] = {
    let mut rows = [keeping(0); TARGETS.len()];
    let mut at = 1;
    while at < rows.len() {
        rows[at] = keeping(at);
        at += 1;
    }
    rows
};

const fn keeping(at: usize) -> Target {
    Target { write, ..TARGETS[at] }
}

fn write(request: &Request, examined: &Examined, target: &Target) -> Written {
    let row = TARGETS.iter().find(|it| it.id == target.id);
    row.map(|it| (it.write)(request, &kept(examined, target), it)).unwrap_or_default()
}

/// What a text asks for, with what its module does by itself, where a target does otherwise: NixOS starts containers again
/// whenever they end.
fn kept(examined: &Examined, target: &Target) -> Examined {
    let Some(asked) = examined.facts::<Asked>().filter(|it| it.keeps_running) else {
        return examined.clone();
    };
    if !matches!(target.id, "compose" | "docker-run") {
        return examined.clone();
    }
    let mut project = asked.project.clone();
    for container in project.containers.iter_mut().filter(|it| it.restart.is_none()) {
        let always = Restart { policy: RestartPolicy::Always, ..Restart::default() };
        container.restart = Some(At::new(always, container.span));
    }
    Examined {
        facts: Rc::new(Asked { project, keeps_running: true, networks: asked.networks.clone() }),
        ..examined.clone()
    }
}

/// How many lines are looked at.
const LOOKED_AT: usize = 2_000;

/// Whether a text is Nix that asks for containers. One that sets the daemon's own options, too, is the daemon's.
fn suits(text: &str) -> bool {
    let lines = || text.lines().take(LOOKED_AT).map(|it| it.split('#').next().unwrap_or_default());
    let is_daemons = |it: &str| it.contains("daemon.settings") || it.contains("docker.extraOptions");
    let mut has_brace = false;
    let mut asks = lines().any(|it| {
        has_brace |= it.contains('{');
        has_brace && asks(it)
    });
    asks = asks || (lines().any(|it| starts(it, "project.name")) && lines().any(|it| starts(it, "services")));
    asks && !lines().any(is_daemons)
}

/// Whether a name of Nix is behind a word: `.`, or ` =`.
fn goes_on(rest: &str) -> bool {
    rest.starts_with('.') || rest.trim_start().starts_with('=')
}

/// Whether a line begins with a name.
fn starts(line: &str, name: &str) -> bool {
    line.trim_start_matches(['{', ' ', '\t']).strip_prefix(name).is_some_and(goes_on)
}

/// Whether a line names options of containers.
fn asks(line: &str) -> bool {
    let oci = line.split_once("oci-containers").map_or("", |it| it.1);
    let behind = |word: &str| line.split_once(word).is_some_and(|it| goes_on(it.1));
    let name = line.trim_start();
    let is_service = name.starts_with("services.") && [".service.", ".service ="].iter().any(|it| name.contains(it));
    (goes_on(oci) && !oci.starts_with(".backend"))
        || behind("virtualisation.quadlet")
        || behind("virtualisation.arion")
        || is_service
        || ["quadlet", "arion", "containerConfig", "service.image", "service.useHostStore"]
            .iter()
            .any(|it| starts(line, it))
}

fn examine(request: &Request) -> Examined {
    let chosen = &request.chosen;
    let runs_on = match chosen.value(&BACKEND).as_str() {
        "podman" => Some(Cli::Podman),
        _ => None,
    };
    let choices = Choices { runs_on, variables: chosen.value(&VARIABLES), name: chosen.value(&PROJECT) };
    let reading = read(&request.text, &choices);
    let diagnostics = check::check(&check::Context::new(&request.text, &reading));
    // Where a subnet would be written differs from module to module.
    let give: &dyn Fn(&Network, Subnet) -> Edits = &|_, _| Edits::NONE;
    examined(request, Read { project: reading.project, diagnostics, keeps_running: reading.keeps_running, give })
}

#[cfg(test)]
mod tests {
    use super::suits;

    #[test]
    fn texts_are_told_from_those_of_the_daemon() {
        for (text, expected) in [
            ("{ virtualisation.oci-containers.containers.a.image = \"x\"; }", true),
            ("{\n  virtualisation = {\n    oci-containers = {\n      containers = { };\n", true),
            ("{ config, ... }:\n{\n  virtualisation.quadlet.containers.a = { };\n}\n", true),
            ("{\n  virtualisation.arion.projects.a.settings = { };\n}\n", true),
            ("{ pkgs, ... }:\n{\n  project.name = \"a\";\n  services = { };\n}\n", true),
            ("{\n  services.a.service.image = \"x\";\n}\n", true),
            ("{\n  virtualisation.docker.enable = true;\n  virtualisation.oci-containers.containers = { };\n}\n", true),
            // The daemon's.
            ("{ virtualisation.docker.enable = true; }", false),
            (
                "{\n  virtualisation.docker.enable = true;\n  virtualisation.oci-containers.backend = \"docker\";\n}\n",
                false,
            ),
            (
                "{\n  virtualisation.docker.daemon.settings.mtu = 1400;\n  virtualisation.oci-containers.containers = { };\n}\n",
                false,
            ),
            ("{\n  # virtualisation.oci-containers.containers.a = { };\n  services.nginx.enable = true;\n}\n", false),
            ("{\n  \"mtu\": 1400\n}\n", false),
            ("services:\n  a:\n    image: x\n", false),
            ("docker run nginx", false),
        ] {
            assert_eq!(suits(text), expected, "{text}");
        }
    }
}
