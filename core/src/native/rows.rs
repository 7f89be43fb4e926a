//! The rows of the bench: what it is called, what is chosen beside its text, and what it does.

use std::rc::Rc;

use super::{
    assist::{complete, hover},
    check::{self, Context},
    chosen::{CHOICES, Choices},
    examples::EXAMPLES,
    panels::PANELS,
    print::TARGETS,
    read::{Reading, read},
    space::Space,
};
use crate::{
    bench::{Examined, Listing, Request, Topic, Workbench, conclusion},
    document::Notation,
};

/// What is told of it.
pub static LISTING: Listing = Listing {
    id: "containers",
    dialect: "nixos-containers",
    title: "Native containers",
    about: "Check systemd-nspawn containers of NixOS, and write down what their networks lack.",
    topic: Topic::Containers,
    text: "Nix module with native containers",
    recognised: "This is a Nix module with native containers: opened in Native containers",
    open: "Check its addresses",
    invitation: "Paste a module with containers.<name>, or start from an example",
    offered: &["wiki", "routed", "bridged"],
    file: "containers.nix",
    notation: Notation::Nix,
    against: "the options of containers.<name> and of the host's network",
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
    rules: &[check::RULES],
    hover,
    complete,
};

/// What the bench knows of a text.
pub struct Asked {
    /// What was read.
    pub reading: Reading,
    /// The addresses, and what is around them.
    pub space: Space,
    /// What was chosen beside the text.
    pub choices: Choices,
}

/// How many lines are looked at.
const LOOKED_AT: usize = 4_000;

/// Options that a container of another kind does not have.
const TELLING: &[&str] = &[
    "bindMounts",
    "config",
    "enableTun",
    "ephemeral",
    "extraVeths",
    "flake",
    "forwardPorts",
    "hostAddress",
    "hostAddress6",
    "hostBridge",
    "localAddress",
    "localAddress6",
    "macvlans",
    "networkNamespace",
    "nixpkgs",
    "path",
    "privateNetwork",
    "privateUsers",
    "specialArgs",
];

/// Whether a text is Nix that declares native containers. Where it sets the daemon of Docker, too, the larger of the two
/// decides.
fn suits(text: &str) -> bool {
    let mut has_brace = false;
    let (mut depth, mut containers, mut docker) = (0_usize, Block::default(), Block::default());
    let mut is_told = false;
    for line in text.lines().take(LOOKED_AT).map(|it| it.split('#').next().unwrap_or_default()) {
        has_brace |= line.contains('{');
        let name = line.trim_start();
        let name = name.strip_prefix("config.").unwrap_or(name);
        let begins = |word: &str| {
            line.split(['{', ';']).any(|it| {
                let it = it.trim_start();
                let it = it.strip_prefix("config.").unwrap_or(it);
                it.strip_prefix(word).is_some_and(|it| it.starts_with('.') || it.trim_start().starts_with('='))
            })
        };
        if begins("containers") {
            containers.open(depth);
        }
        if begins("virtualisation.docker") || name.starts_with("docker = {") || name.starts_with("docker.") {
            docker.open(depth);
        }
        let is_within = containers.is_open();
        is_told |= is_within && TELLING.iter().any(|it| has_name(line, it));
        let opened = line.matches(['{', '[', '(']).count();
        let closed = line.matches(['}', ']', ')']).count();
        depth = (depth + opened).saturating_sub(closed);
        containers.line(depth, line);
        docker.line(depth, line);
    }
    has_brace && is_told && containers.lines > docker.lines
}

/// Lines of a binding.
#[derive(Default)]
struct Block {
    since: Option<usize>,
    lines: usize,
}

impl Block {
    fn open(&mut self, depth: usize) {
        self.since.get_or_insert(depth);
    }

    fn is_open(&self) -> bool {
        self.since.is_some()
    }

    fn line(&mut self, depth: usize, line: &str) {
        if let Some(since) = self.since {
            self.lines += 1;
            let ends = line.trim_end().ends_with([';', '}']);
            if depth <= since && ends {
                self.since = None;
            }
        }
    }
}

/// Whether a line gives a name a value, or a set.
fn has_name(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line.get(..at).and_then(|it| it.chars().next_back());
        let rest = line.get(at + name.len()..).unwrap_or_default();
        let begins = before.is_none_or(|it| !it.is_alphanumeric() && !matches!(it, '-' | '_' | '"'));
        begins && (rest.starts_with('.') || rest.trim_start().starts_with(['=', ';']))
    })
}

fn examine(request: &Request) -> Examined {
    let reading = read(&request.text);
    let choices = Choices::of(&request.chosen);
    let space = Space::of(&reading, request);
    let diagnostics = check::check(&Context::new(&request.text, &reading, &space, &choices));
    let things = [(reading.containers.len(), "container"), (reading.host.bridges.len(), "bridge")];
    let conclusion = conclusion(&things, &diagnostics, "Nothing here declares a native container");
    Examined { diagnostics, conclusion, facts: Rc::new(Asked { reading, space, choices }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_others() {
        let native = "containers.web = {\n  privateNetwork = true;\n  config = {\n    x = 1;\n  };\n};\n";
        for (text, expected) in [
            ("{ containers.web.config = { }; }", true),
            ("{ containers.web = { autoStart = true; config = { }; }; }", true),
            (native, true),
            ("{\n  containers = {\n    web = {\n      hostBridge = \"br0\";\n    };\n  };\n}\n", true),
            ("{ config.containers.web.path = ./x; }", true),
            ("{ lib, ... }: {\n  config = lib.mkIf true {\n    containers.web.privateNetwork = true;\n  };\n}\n", true),
            (&format!("{{\n  virtualisation.docker.enable = true;\n{native}}}\n"), true),
            (
                &format!(
                    "{{\n  virtualisation.docker.daemon.settings = {{\n    mtu = 1400;\n    debug = true;\n    a = 1;\n    b = 2;\n    c = 3;\n    d = 4;\n  }};\n{native}}}\n"
                ),
                false,
            ),
            // Of others.
            ("{ virtualisation.oci-containers.containers.web.image = \"x\"; }", false),
            (
                "{\n  virtualisation.oci-containers = {\n    containers = {\n      web = {\n        image = \"x\";\n      };\n    };\n  };\n}\n",
                false,
            ),
            ("{ boot.enableContainers = true; }", false),
            ("{ # containers.web.config = { };\n}", false),
            ("containers:\n  - name: web\n    config: x\n", false),
            ("{ \"containers\": 1 }", false),
            ("", false),
        ] {
            assert_eq!(suits(text), expected, "{text}");
        }
    }

    #[test]
    fn conclusions_are_sentences() {
        for (text, expected) in [
            ("", "Nothing here declares a native container."),
            ("{", "Nothing here declares a native container: 1 error."),
            ("{ containers.web.config.system.stateVersion = \"25.11\"; }", "1 container: nothing wrong."),
            (
                "{ networking.bridges.br0.interfaces = [ ]; containers.a_b.config = { }; }",
                "1 container, 1 bridge: 1 error, 1 warning.",
            ),
        ] {
            let request = Request { text: text.to_owned(), ..Request::default() };
            assert_eq!(examine(&request).conclusion, expected, "{text}");
        }
    }
}
