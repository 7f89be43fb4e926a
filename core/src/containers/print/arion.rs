//! What does a project of Arion say: an `arion-compose.nix`, or a NixOS module with `virtualisation.arion`?
//!
//! Arion makes a Compose file of it and runs Compose. So it is the Compose file, key by key: what Arion has an option for
//! goes there, anything else into `out.service` and `docker-compose.raw`, which Arion puts into the file as they are. Where
//! both have a part of one key, Nix joins the two. Compose puts variables in, so a `$` is doubled.
//!
//! Source: hercules-ci/arion src/nix/modules/service/docker-compose-service.nix, service/image.nix, networks/network.nix,
//! composition/docker-compose.nix, composition/networks.nix, nixos-module.nix; nixpkgs lib/options.nix, `mergeDefaultOption`

use std::collections::HashMap;

use super::{
    Backend, Context, Report, Step,
    compose::{DEFAULT, Members, file, project_key},
    create::is_remote,
    labels::Labels,
    module::{Uses, cards, finish, string},
    names::{UNNAMED, plain},
    secrets::Kept,
    yaml::Yaml,
};
use crate::{
    containers::model::{Container, HandedFrom, MountKind, Project},
    notation::nix::{Binding, Nix, integer, push_string, write_commented},
    text::{Ink, Span},
};

/// What puts `arion-compose.nix` in place.
pub(super) const STEPS: &[Step] = &[
    Step {
        title: "Put the file into a directory of its own",
        explanation: "Relative paths start from there. Beside it goes `arion-pkgs.nix`, which says whose packages Arion takes.",
        lines: &["echo 'import <nixpkgs> { }' > arion-pkgs.nix"],
    },
    Step {
        title: "See what Arion makes of it",
        explanation: "It is the Compose file that is going to run.",
        lines: &["nix-shell -p arion --run 'arion config'"],
    },
    Step { title: "Start it", explanation: "In the background.", lines: &["nix-shell -p arion --run 'arion up -d'"] },
];

/// What puts the NixOS module in place.
pub(super) const MODULE_STEPS: &[Step] = &[
    Step {
        title: "Add the flake",
        explanation: "The module is not part of nixpkgs: `inputs.arion.nixosModules.arion` goes among the modules of the host.",
        lines: &["inputs.arion.url = \"github:hercules-ci/arion\";"],
    },
    Step {
        title: "Put the file beside your configuration",
        explanation: "Name it in the imports of configuration.nix.",
        lines: &["imports = [ ./arion.nix ];"],
    },
    Step {
        title: "Build and switch",
        explanation: "One unit runs the whole project, and restarts all of it when a part changes. What is removed from the configuration keeps its containers and networks until `docker compose --project-name PROJECT down`.",
        lines: &["sudo nixos-rebuild switch"],
    },
    Step {
        title: "See how it is",
        explanation: "What the containers write is in the journal of the unit.",
        lines: &["systemctl status UNIT", "journalctl --unit UNIT"],
    },
];

/// What a project is called here.
pub(super) fn name(context: &Context<'_>) -> String {
    match project_key(context) {
        name if name.is_empty() => UNNAMED.to_owned(),
        name => name,
    }
}

/// The unit that runs the project.
pub(super) fn unit(context: &Context<'_>, _: &str) -> String {
    ["arion-", &name(context), ".service"].concat()
}

/// Stands for the directory of `arion-compose.nix`: there is no such character in a path.
const HERE: &str = "/\u{10ffff}";

pub(super) fn write(context: &Context<'_>, report: &mut Report) -> Ink {
    let is_chosen = !context.choices.directory.is_empty();
    let project = placed(context.project, &mut |path, span| match (path, is_chosen) {
        // Compose knows the home directory, and what begins with a slash is where it is.
        (path, _) if path.starts_with(['/', '~']) => path.to_owned(),
        (path, false) => match path.trim_start_matches("./") {
            "" | "." => HERE.to_owned(),
            rest => [HERE, "/", rest].concat(),
        },
        (path, true) => {
            let place = context.place(path);
            report.told.changed(span, place.change);
            place.path
        }
    });
    let (name, members) = project_of(context, &project, report);
    let mut all = vec![Binding::of("project.name", text(&name))];
    all.extend(members);
    write_commented(&context.open_questions().join("\n"), &Nix::Set(all))
}

pub(super) fn write_module(context: &Context<'_>, report: &mut Report) -> Ink {
    let project = placed(context.project, &mut |path, span| {
        let place = context.place(path);
        if !place.change.is_empty() {
            report.told.changed(span, place.change);
        }
        place.path
    });
    let (name, members) = project_of(context, &project, report);
    let backend = match context.choices.backend {
        Backend::Docker => "docker",
        Backend::Podman => "podman-socket",
    };
    let mut module = Vec::new();
    let containers = || project.containers.iter();
    let is_card = |it: &str| it.starts_with("nvidia.com/gpu=");
    if containers().any(|it| !it.gpus.is_empty() || it.devices.iter().any(|it| is_card(&it.value))) {
        module.push(Binding::of(cards(context.choices), true.into()));
    }
    let settings = at(&["projects", &name, "settings"], Nix::Set(members));
    let arion = vec![Binding::named("backend", string(backend)), settings.apart()];
    module.push(Binding::of("virtualisation.arion", Nix::Set(arion)));
    finish(context, Uses::default(), module)
}

/// A project with other paths of the host.
fn placed(project: &Project, place: &mut dyn FnMut(&str, Span) -> String) -> Project {
    let mut placed = project.clone();
    for container in &mut placed.containers {
        if let Some(build) = container.build.as_mut().filter(|it| !is_remote(&it.value.context)) {
            build.value.context = place(&build.value.context, build.span);
        }
        for file in &mut container.env_files {
            file.value.path = place(&file.value.path, file.span);
        }
        for mount in container.mounts.iter_mut().filter(|it| it.value.kind == MountKind::Bind) {
            mount.value.source = place(&mount.value.source, mount.span);
        }
        for flag in container.flags.iter_mut().filter(|it| it.value.name == "label-file") {
            flag.value.value = flag.value.value.as_ref().map(|it| place(it, flag.span));
        }
    }
    for file in &mut placed.secrets {
        if let HandedFrom::Content(_) = &file.from {
            file.from = HandedFrom::File(plain(&file.name));
        }
    }
    for file in placed.secrets.iter_mut().chain(&mut placed.configs) {
        if let HandedFrom::File(path) = &mut file.from {
            *path = place(path, file.span);
        }
    }
    placed
}

/// The name of a project, and what Arion is told of it.
fn project_of(context: &Context<'_>, placed: &Project, report: &mut Report) -> (String, Vec<Binding>) {
    let of_placed = Context::new(placed, context.choices, context.names.clone(), Kept::default(), Labels::default());
    let mut all = Vec::new();
    for (file, placed) in context.project.secrets.iter().zip(&placed.secrets) {
        if let (HandedFrom::Content(_), HandedFrom::File(path)) = (&file.from, &placed.from) {
            let path = path.replace(HERE, ".");
            let how = ["A secret of Compose has no text of its own: write it to `", &path, "`."].concat();
            report.told.changed(file.span, how);
        }
    }
    let joins_default = |it: &Container| match &it.networks[..] {
        [] => it.network_mode.is_none(),
        networks => networks.iter().any(|it| it.value.network == DEFAULT),
    };
    if placed.containers.iter().any(joins_default) || placed.networks.iter().any(|it| it.name == DEFAULT) {
        // Arion would call it otherwise than Compose does.
        all.push(Binding::of("enableDefaultNetwork", false.into()));
    }
    for (key, value) in file(&of_placed, report) {
        match (&*key, value) {
            ("name", _) => {}
            ("services", Yaml::Map(services)) => {
                let services = services.into_iter().flat_map(|(name, it)| service(&name, it)).collect();
                all.push(Binding::named("services", Nix::Set(services)).apart());
            }
            ("networks", Yaml::Map(networks)) => {
                let networks = networks.into_iter().map(|(name, it)| network(&name, it)).collect();
                all.push(Binding::named("networks", Nix::Set(networks)).apart());
            }
            ("volumes", value) => all.push(bound(&["docker-compose", "volumes"], &value).apart()),
            (key, value) => all.push(bound(&["docker-compose", "raw", key], &value).apart()),
        }
    }
    if let Some(first) = all.first_mut() {
        first.apart = first.path != ["enableDefaultNetwork"] && first.apart;
    }
    (name(context), all)
}

// ── a service ──

/// Keys that Arion takes as a string, as a list of strings, as a switch, as strings by name, and as they are.
const TEXTS: &[&str] = &[
    "image",
    "container_name",
    "hostname",
    "user",
    "working_dir",
    "restart",
    "network_mode",
    "stop_signal",
    "stop_grace_period",
];
const LISTS: &[&str] = &["devices", "dns", "env_file", "expose", "external_links", "extra_hosts", "links", "tmpfs"];
const SWITCHES: &[&str] = &["privileged", "tty"];
const MAPS: &[&str] = &["labels", "sysctls"];
const ANYTHING: &[&str] = &["command", "ports", "volumes"];

/// Members that Arion has options for, and those that it has none for.
type Parts = (Members, Members);

/// `name.service`, `name.out.service` and `name.image`.
fn service(name: &str, members: Yaml) -> Vec<Binding> {
    let Yaml::Map(members) = members else { return Vec::new() };
    let has_image = members.iter().any(|it| it.0 == "image");
    let is_built = members.iter().any(|it| it.0 == "build");
    let mut own = Members::new();
    let mut other = Members::new();
    let mut capabilities = Members::new();
    let mut places = HashMap::new();
    for (key, value) in members {
        let is_added = Yaml::switch(key == "cap_add");
        let (fits, rest) = match (&*key, value) {
            ("cap_add" | "cap_drop", Yaml::List(names)) => {
                let rest = add_capabilities(&mut capabilities, &mut places, &is_added, names);
                (None, (!rest.is_empty()).then_some(Yaml::List(rest)))
            }
            ("environment", Yaml::Map(all)) => both(all.into_iter().partition(|it| matches!(it.1, Yaml::Text(_)))),
            ("healthcheck", Yaml::Map(all)) => both(health(all)),
            ("build", Yaml::Map(all)) => {
                let is_own = |it: &(String, Yaml)| matches!(&*it.0, "context" | "dockerfile" | "target");
                both(all.into_iter().partition(is_own))
            }
            ("entrypoint", value) => match one_line(&value) {
                Some(line) => (Some(Yaml::Text(line)), None),
                None => (None, Some(value)),
            },
            (key, value) if is_taken(key, &value) => (Some(value), None),
            (_, value) => (None, Some(value)),
        };
        own.extend(fits.map(|it| (key.clone(), it)));
        other.extend(rest.map(|it| (key, it)));
    }
    if !capabilities.is_empty() {
        own.push(("capabilities".to_owned(), Yaml::Map(capabilities)));
    }
    let mut bindings = Vec::new();
    for (path, members) in [(&[name, "service"][..], own), (&[name, "out", "service"], other)] {
        if !members.is_empty() {
            bindings.push(at(path, nix(&Yaml::Map(members))));
        }
    }
    if is_built && !has_image {
        let comment = "The image comes from the Dockerfile, not from Nix.";
        bindings.push(at(&[name, "image", "nixBuild"], false.into()).said(comment));
    }
    bindings
}

fn both((own, other): Parts) -> (Option<Yaml>, Option<Yaml>) {
    let map = |it: Members| (!it.is_empty()).then_some(Yaml::Map(it));
    (map(own), map(other))
}

/// Whether the option of this name takes the value.
fn is_taken(key: &str, value: &Yaml) -> bool {
    let is_text = |it: &Yaml| matches!(it, Yaml::Text(_));
    let has_only = |it: &Yaml, keys: &[&str]| match it {
        Yaml::Map(members) => members.iter().all(|it| keys.contains(&&*it.0)),
        Yaml::Text(_) | Yaml::Word(_) | Yaml::List(_) => false,
    };
    match value {
        Yaml::Text(_) => TEXTS.contains(&key) || ANYTHING.contains(&key),
        Yaml::Word(word) => SWITCHES.contains(&key) && matches!(&**word, "true" | "false"),
        Yaml::List(elements) => {
            let of_texts = LISTS.contains(&key) || matches!(key, "depends_on" | "networks");
            ANYTHING.contains(&key) || (of_texts && elements.iter().all(is_text))
        }
        Yaml::Map(members) => match key {
            "depends_on" => members.iter().all(|it| has_only(&it.1, &["condition"])),
            "networks" => {
                let keys = &["aliases", "ipv4_address", "ipv6_address", "link_local_ips", "priority"];
                let is_number = |it: &Yaml| matches!(nix(it), Nix::Number(_));
                let has_number = |it: &Yaml| match it {
                    Yaml::Map(of) => of.iter().all(|it| it.0 != "priority" || is_number(&it.1)),
                    Yaml::Text(_) | Yaml::Word(_) | Yaml::List(_) => true,
                };
                members.iter().all(|it| has_only(&it.1, keys) && has_number(&it.1))
            }
            key => MAPS.contains(&key) && members.iter().all(|it| is_text(&it.1)),
        },
    }
}

/// Adds capabilities by their names, each of which has its place; returns those that are added and dropped as well.
fn add_capabilities(
    all: &mut Members,
    places: &mut HashMap<String, usize>,
    is_added: &Yaml,
    names: Vec<Yaml>,
) -> Vec<Yaml> {
    let mut rest = Vec::new();
    for name in names {
        let Yaml::Text(text) = &name else { continue };
        match places.get(text).and_then(|at| all.get(*at)) {
            None => {
                places.insert(text.clone(), all.len());
                all.push((text.clone(), is_added.clone()));
            }
            Some((_, before)) if before == is_added => {}
            Some(_) => rest.push(name),
        }
    }
    rest
}

/// Arion writes a check down only where there is something that asks, and then with all but `start_interval`.
fn health(members: Members) -> Parts {
    const OWN: &[&str] = &["test", "interval", "timeout", "start_period", "retries"];
    if members.iter().any(|it| it.0 == "disable") {
        let none = Yaml::List(vec![Yaml::Text("NONE".to_owned())]);
        return (vec![("test".to_owned(), none)], Vec::new());
    }
    match members.iter().any(|it| it.0 == "test") {
        true => members.into_iter().partition(|it| OWN.contains(&&*it.0)),
        false => (Vec::new(), members),
    }
}

/// A program as one line, where Compose reads the same words from it.
fn one_line(words: &Yaml) -> Option<String> {
    let Yaml::List(words) = words else { return None };
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_./:=,@+".contains(it);
    let words = words.iter().map(|it| match it {
        Yaml::Text(word) if !word.is_empty() && word.chars().all(plain) => Some(word.as_str()),
        _ => None,
    });
    let words: Vec<&str> = words.collect::<Option<_>>()?;
    (!words.is_empty()).then(|| words.join(" "))
}

// ── a network ──

/// A network; what Arion has no option for goes to what it hands to Compose.
fn network(name: &str, members: Yaml) -> Binding {
    const OWN: &[&str] =
        &["name", "driver", "driver_opts", "attachable", "enable_ipv6", "ipam", "internal", "labels", "external"];
    let Yaml::Map(members) = members else { return Binding::named(name, nix(&members)) };
    let bindings = members.into_iter().map(|(key, value)| match OWN.contains(&&*key) {
        true => bound(&[&key], &value),
        false => bound(&["out", &key], &value),
    });
    Binding::named(name, Nix::Set(bindings.collect()))
}

// ── values ──

fn at(path: &[&str], value: Nix) -> Binding {
    Binding { path: path.iter().map(|it| (*it).to_owned()).collect(), ..Binding::named("", value) }
}

/// A value at a path, which goes on into what has one member only.
fn bound(path: &[&str], value: &Yaml) -> Binding {
    match value {
        Yaml::Map(members) => match &members[..] {
            [(key, value)] => bound(&[path, &[key]].concat(), value),
            _ => at(path, nix(value)),
        },
        value => at(path, nix(value)),
    }
}

fn nix(value: &Yaml) -> Nix {
    match value {
        Yaml::Text(it) => text(it),
        Yaml::Word(word) => match &**word {
            "null" => Nix::Word("null"),
            "true" => true.into(),
            "false" => false.into(),
            digits => match digits.parse() {
                Ok(value) => integer(value),
                Err(_) => text(digits),
            },
        },
        Yaml::List(elements) => Nix::List(elements.iter().map(nix).collect()),
        Yaml::Map(members) => Nix::Set(members.iter().map(|(key, value)| bound(&[key], value)).collect()),
    }
}

/// A string that Compose reads back, once it has put variables in.
fn text(text: &str) -> Nix {
    let doubled = text.replace('$', "$$").replace('\0', "");
    let Some(rest) = doubled.strip_prefix(HERE) else { return Nix::String(doubled) };
    let mut quoted = String::from("\"${toString ./.}");
    let mut of_rest = String::new();
    push_string(&mut of_rest, rest);
    quoted.push_str(of_rest.get(1..).unwrap_or_default());
    Nix::Quoted(quoted)
}
