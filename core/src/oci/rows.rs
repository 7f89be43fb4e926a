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
    bench::{Examined, Listing, Request, Target, Topic, Workbench, Written},
    containers::{
        bench::{Asked, PANELS, Read, TARGETS, examined},
        check as shared,
        chosen::{BACKEND, CHOICES, PROJECT, VARIABLES},
        model::{At, Network, Restart, RestartPolicy},
        print::Backend,
    },
    document::Notation,
    run::flags::Cli,
};

/// What is told of it.
pub static LISTING: Listing = Listing {
    id: "oci",
    dialect: "oci-containers",
    title: "Containers in Nix",
    about: "Turn oci-containers, Arion and quadlet-nix modules into one another, or into Compose.",
    topic: Topic::Containers,
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
pub static WORKBENCH: Workbench = Workbench {
    listing: &LISTING,
    examine,
    examples: EXAMPLES,
    targets: &KEEPING,
    panels: &PANELS,
    rules: &[check::RULES, shared::RULES],
    hover,
    complete,
};

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
    // Arion runs Compose.
    if !matches!(target.id, "compose" | "docker-run" | "arion" | "arion-compose") {
        return examined.clone();
    }
    let mut project = asked.project.clone();
    for container in project.containers.iter_mut().filter(|it| it.restart.is_none()) {
        let always = Restart { policy: RestartPolicy::Always, ..Restart::default() };
        container.restart = Some(At::new(always, container.span));
    }
    let asked = Asked { project, keeps_running: true, backend: asked.backend, networks: asked.networks.clone() };
    Examined { facts: Rc::new(asked), ..examined.clone() }
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

/// Whether a binding of a line begins with a name.
fn starts(line: &str, name: &str) -> bool {
    line.split(['{', ';']).any(|it| it.trim_start().strip_prefix(name).is_some_and(goes_on))
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
    let runs_on = reading.runs_on.map(|it| match it {
        Cli::Docker => Backend::Docker,
        Cli::Podman => Backend::Podman,
    });
    let give = |network: &Network, subnet: Subnet| reading.subnet_into(&request.text, network, subnet);
    let (project, keeps_running) = (reading.project.clone(), reading.keeps_running);
    examined(request, Read { project, diagnostics, keeps_running, runs_on, give: &give })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{bench::Chosen, containers::model::SubnetOf, docker::go::net::parse_cidr};

    fn examined_with(text: &str, chosen: Chosen) -> (Request, Examined) {
        let request = Request { text: text.to_owned(), chosen, ..Request::default() };
        let examined = examine(&request);
        (request, examined)
    }

    fn written(text: &str, chosen: Chosen, target: &str) -> String {
        let (request, examined) = examined_with(text, chosen);
        let target = KEEPING.iter().find(|it| it.id == target).expect("a target");
        (target.write)(&request, &examined, target).printed.text.clone()
    }

    #[test]
    fn what_the_text_says_of_the_backend_counts() {
        let text =
            |rest: &str| format!("{{ virtualisation.oci-containers = {{ {rest} containers.a.image = \"x:1\"; }}; }}");
        let arion = "{ virtualisation.arion = { backend = \"podman-socket\"; projects.p.settings.services.a.service.image = \"x:1\"; }; }";
        for (text, chosen, expected, is_told) in [
            (text("backend = \"podman\";"), "docker", "podman", true),
            (text("backend = \"docker\";"), "podman", "docker", true),
            (text("backend = \"podman\";"), "podman", "podman", false),
            (text(""), "docker", "docker", false),
            (text(""), "podman", "podman", false),
            (arion.to_owned(), "docker", "podman", true),
        ] {
            let chosen = || Chosen::default().with(&BACKEND, chosen);
            let module = written(&text, chosen(), "oci-containers");
            assert!(module.contains(&format!("backend = \"{expected}\";")), "{text}: {module}");
            let examined = examined_with(&text, chosen()).1;
            assert_eq!(examined.conclusion.contains("The text says"), is_told, "{}", examined.conclusion);
            let asked = examined.facts::<Asked>().expect("facts");
            assert_eq!(asked.networks.backend.name(), expected, "{text}");
        }
    }

    #[test]
    fn a_subnet_is_written_into_the_network() {
        let subnet = Subnet::of(parse_cidr("10.7.0.0/24").expect("a subnet"));
        let quadlet = |networks: &str| {
            format!(
                "{{ lib, cfg, ... }}: {{\n  virtualisation.quadlet = {{\n    {networks}\n    containers.a.containerConfig.image = \"x:1\";\n  }};\n}}\n"
            )
        };
        let arion = |networks: &str| {
            format!(
                "{{ project.name = \"p\"; {networks} services.a.service = {{ image = \"x:1\"; networks = [ \"n\" ]; }}; }}"
            )
        };
        for (text, expected) in [
            (
                quadlet("networks.n = { };"),
                Some("    networks.n.networkConfig.subnets = [ \"10.7.0.0/24\" ];\n    networks.n = { };\n"),
            ),
            (
                quadlet("networks = { n.networkConfig.internal = true; };"),
                Some("{ n.networkConfig.subnets = [ \"10.7.0.0/24\" ]; n.networkConfig"),
            ),
            (
                quadlet("networks.\"n\".networkConfig = { driver = \"bridge\"; };"),
                Some("networks.\"n\".networkConfig.subnets = [ \"10.7.0.0/24\" ];\n"),
            ),
            (quadlet("networks.n = cfg.n;"), None),
            (quadlet("networks.n = lib.mkForce { };"), None),
            (quadlet("networks = lib.genAttrs [ \"n\" ] (it: { });"), None),
            (
                arion("networks.n = { };"),
                Some("networks.n.ipam.config = [ { subnet = \"10.7.0.0/24\"; } ]; networks.n = { };"),
            ),
            (
                arion("networks.n.driver = \"bridge\";"),
                Some("networks.n.ipam.config = [ { subnet = \"10.7.0.0/24\"; } ]; networks.n.driver"),
            ),
            (arion("networks.n.ipam.driver = \"x\";"), None),
        ] {
            let reading = read(&text, &Choices::default());
            let network = &reading.project.networks[0];
            let edits = reading.subnet_into(&text, network, subnet);
            let Some(expected) = expected else {
                assert!(edits.is_empty(), "{text}");
                continue;
            };
            let after = edits.apply(&text);
            assert!(after.contains(expected), "{after}");
            let reading = read(&after, &Choices::default());
            assert_eq!((&reading.syntax, &reading.problems), (&vec![], &vec![]), "{after}");
            let subnets: Vec<&SubnetOf> = reading.project.networks[0].subnets.iter().map(|it| &it.value).collect();
            assert!(matches!(subnets[..], [it] if it.subnet == "10.7.0.0/24"), "{after}");
        }
    }

    #[test]
    fn what_nixos_starts_again_is_started_again_elsewhere() {
        let oci = "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; }";
        for target in KEEPING.iter().map(|it| it.id) {
            let text = written(oci, Chosen::default(), target);
            let is_said = ["restart: always", "restart = \"always\"", "--restart always", "--restart=always"];
            // Units of NixOS and home-manager have it by themselves.
            let expected = matches!(target, "compose" | "docker-run" | "arion" | "arion-compose");
            assert_eq!(is_said.iter().any(|it| text.contains(it)), expected, "{target}: {text}");
        }
        let arion = "{ project.name = \"p\"; services.a.service.image = \"x:1\"; }";
        assert!(!written(arion, Chosen::default(), "arion").contains("restart"));
    }

    #[test]
    fn texts_are_told_from_those_of_the_daemon() {
        for (text, expected) in [
            ("{ virtualisation.oci-containers.containers.a.image = \"x\"; }", true),
            ("{\n  virtualisation = {\n    oci-containers = {\n      containers = { };\n", true),
            ("{ config, ... }:\n{\n  virtualisation.quadlet.containers.a = { };\n}\n", true),
            ("{\n  virtualisation.arion.projects.a.settings = { };\n}\n", true),
            ("{ pkgs, ... }:\n{\n  project.name = \"a\";\n  services = { };\n}\n", true),
            ("{ pkgs, ... }: { project.name = \"a\"; services.a.service.image = \"x\"; }", true),
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
