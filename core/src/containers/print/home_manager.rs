//! What does a module of home-manager with `services.podman` say? A user runs the containers, without root.
//!
//! The module makes Quadlet files of it, whose names begin with `podman-`. It writes strings into them as they are, and
//! variables and labels in quotes only where there is white space; so each string is as Quadlet is to read it, and what
//! would be read otherwise goes as a word of `podman run`.
//!
//! Source: nix-community/home-manager modules/services/podman/linux/{containers,networks,volumes,builds,podman-lib}.nix;
//! containers/podman docs/tutorials/rootless_tutorial.md; docker.com *Rootless mode* (ports below 1024)

use std::collections::HashSet;

use super::{
    Context, Report, Step,
    args::For,
    module::{Uses, finish, store_file, string},
    place::tmpfiles_word,
    quadlet::{Form, Kind, Object, Setting, doubled, line, objects},
};
use crate::{
    containers::model::{At, Container, NetworkMode},
    notation::{
        nix::{Binding, Nix},
        shell::{Quoting, quote},
    },
    text::Ink,
};

/// What puts the module in place.
pub(super) const STEPS: &[Step] = &[
    Step {
        title: "Put the file beside your home.nix",
        explanation: "Name it in the imports of home.nix.",
        lines: &["imports = [ ./podman.nix ];"],
    },
    Step {
        title: "Let the user's units run without a login",
        explanation: "This goes into the configuration of the machine, as do the numbers that users in containers have. On another system than NixOS: `loginctl enable-linger`.",
        lines: &[
            "users.users.NAME = {\n  linger = true;\n  autoSubUidGidRange = true;\n};\nvirtualisation.podman.enable = true;",
        ],
    },
    Step {
        title: "Build and switch",
        explanation: "The containers start, and again whenever the machine does.",
        lines: &["home-manager switch"],
    },
    Step {
        title: "See how they are",
        explanation: "Each container is a unit of the user; what it writes is in the user's journal.",
        lines: &["systemctl --user list-units 'podman-*'", "journalctl --user --unit UNIT"],
    },
];

/// How long the module lets a container take to stop, in seconds, and how much longer than the container the unit takes.
const STOP: u64 = 30;

pub(super) fn write(context: &Context<'_>, report: &mut Report) -> Ink {
    context.project.containers.iter().for_each(|it| limits(it, report));
    names(context, report);
    let objects = objects(context, For::Unit, report);
    if objects.has_socket {
        let message = "The socket of a user's Podman is `$XDG_RUNTIME_DIR/podman/podman.sock`, once `systemctl --user enable --now podman.socket` has been run: mount that one in place of Docker's.";
        report.note(None, message);
    }
    let mut uses = Uses::default();
    let own: HashSet<String> = objects.all.iter().map(Object::service).collect();
    let mut podman = vec![Binding::named("enable", true.into())];
    for (kind, name) in [
        (Kind::Container, "containers"),
        (Kind::Network, "networks"),
        (Kind::Volume, "volumes"),
        (Kind::Build, "builds"),
    ] {
        let of_kind = objects.all.iter().filter(|it| it.kind == kind);
        let bindings: Vec<Binding> =
            of_kind.map(|it| Binding::named(&it.name, object(context, it, &own, &mut uses))).collect();
        if !bindings.is_empty() {
            podman.push(Binding::named(name, Nix::Set(bindings)).apart());
        }
    }
    let mut module = vec![Binding::of("services.podman", Nix::Set(podman))];
    let mut seen = HashSet::new();
    let directories: Vec<&String> = objects.directories.iter().filter(|it| seen.insert(it.as_str())).collect();
    if !directories.is_empty() {
        let rule = |it: &String| ["d ", &tmpfiles_word(it), " - - - -"].concat();
        let rules = Nix::List(directories.into_iter().map(|it| string(&rule(it))).collect());
        let comment = "Podman makes no directory that is missing.";
        module.push(Binding::of("systemd.user.tmpfiles.rules", rules).apart().said(comment));
    }
    finish(context, uses, module)
}

/// Tells of what a user may not do.
fn limits(container: &Container, report: &mut Report) {
    for At { value, span } in &container.ports {
        if value.host.is_some_and(|it| it.0 < 1024) {
            let how = "A user publishes no port below 1024, unless the machine says `boot.kernel.sysctl.\"net.ipv4.ip_unprivileged_port_start\"`.";
            report.told.changed(*span, how);
        }
    }
    for span in container.devices.iter().chain(&container.gpus).map(|it| it.span) {
        report.told.changed(span, "The container gets only a device that the user may open.");
    }
    if let Some(At { value: true, span }) = &container.privileged {
        report.told.changed(*span, "In a container of a user, nothing may more than the user.");
    }
    if let Some(At { value: NetworkMode::Host, span }) = &container.network_mode {
        report.told.changed(*span, "The network is that of the host, but ports below 1024 are not for a user.");
    }
}

/// Tells of what the module calls otherwise.
fn names(context: &Context<'_>, report: &mut Report) {
    let project = context.project;
    let networks = project.networks.iter().filter_map(|it| Some((it.span, context.names.network(&it.name)?)));
    let volumes = project.volumes.iter().filter_map(|it| Some((it.span, context.names.volume(&it.name)?)));
    for (span, thing) in networks.chain(volumes) {
        if thing.unit != thing.name && !thing.is_external {
            report
                .told
                .changed(span, ["It is called `", &thing.unit, "`, because the module takes no such name."].concat());
        }
    }
    let is_bridged = |it: &str| matches!(it, "macvlan" | "ipvlan");
    for driver in project.networks.iter().filter_map(|it| it.driver.as_ref()).filter(|it| is_bridged(&it.value)) {
        let how = "A user has no network card to put such a network on: it is one within the user's own network.";
        report.told.changed(driver.span, how);
    }
}

/// The option that stands for a key of Quadlet, and whether it is a list.
fn option(kind: Kind, key: &str) -> Option<(&'static str, bool)> {
    Some(match (kind, key) {
        (Kind::Container, "AddCapability") => ("addCapabilities", true),
        (Kind::Container, "AddDevice") => ("devices", true),
        (Kind::Container, "DropCapability") => ("dropCapabilities", true),
        (Kind::Container, "Entrypoint") => ("entrypoint", false),
        (Kind::Container, "EnvironmentFile") => ("environmentFile", true),
        (Kind::Container, "Exec") => ("exec", false),
        (Kind::Container, "Image") => ("image", false),
        (Kind::Container, "Network") => ("network", true),
        (Kind::Container, "PublishPort") => ("ports", true),
        (Kind::Container, "UserNS") => ("userNS", false),
        (Kind::Container, "User") => ("user", false),
        (Kind::Container, "Volume") => ("volumes", true),
        (Kind::Network | Kind::Volume, "Driver") => ("driver", false),
        (Kind::Build, "File") => ("file", false),
        (Kind::Build, "ImageTag") => ("tags", true),
        (_, "PodmanArgs") => ("extraPodmanArgs", true),
        _ => return None,
    })
}

/// A container, network, volume or build.
fn object(context: &Context<'_>, object: &Object<'_>, own: &HashSet<String>, uses: &mut Uses) -> Nix {
    let Object { kind, name: _, settings, unit, service, starts } = object;
    let mut all = Vec::new();
    let mut section = Vec::new();
    let single = |name: &str| settings.iter().filter(|it| it.key.name == name).count() == 1;
    for setting in settings {
        let text = file_text(setting);
        let value = value(context, setting, &text, uses);
        match (setting.key.name, option(*kind, setting.key.name)) {
            // The module has the name of the attribute there.
            ("ContainerName" | "NetworkName" | "VolumeName", _) => {}
            ("Environment" | "Label", _) => {
                let name = if setting.key.name == "Environment" { "environment" } else { "labels" };
                match pair(setting) {
                    Some((key, text)) => insert(&mut all, name, Binding::named(&key, string(&text))),
                    None => {
                        let flag = if name == "labels" { "--label=" } else { "--env=" };
                        let words = setting.values.iter().map(|it| [flag, it].concat());
                        words.for_each(|it| push(&mut all, "extraPodmanArgs", string(&word(&it))));
                    }
                }
            }
            ("Internal", _) => push_single(&mut all, "internal", (text == "true").into()),
            ("Subnet", _) if single("Subnet") => push_single(&mut all, "subnet", value),
            ("Gateway", _) if single("Gateway") => push_single(&mut all, "gateway", value),
            ("SetWorkingDirectory", _) if text.starts_with('/') => push_single(&mut all, "workingDirectory", value),
            (_, Some((name, true))) => push(&mut all, name, value),
            (_, Some((name, false))) => push_single(&mut all, name, value),
            (key, None) if matches!(setting.key.form, Form::Many | Form::Bare | Form::Words | Form::Pairs) => {
                push(&mut section, key, value);
            }
            (key, None) => push_single(&mut section, key, value),
        }
    }
    if *kind == Kind::Build && !all.iter().any(|it| is_at(it, "file")) {
        // The module wants it said.
        let place = settings.iter().find(|it| it.key.name == "SetWorkingDirectory").map(file_text);
        let file = match place.filter(|it| it.starts_with('/')) {
            Some(place) => [&place, "/Dockerfile"].concat(),
            None => "Dockerfile".to_owned(),
        };
        push_single(&mut all, "file", string(&file));
    }
    if !starts && *kind == Kind::Container {
        push_single(&mut all, "autoStart", false.into());
    }
    let mut extra = Vec::new();
    let service = service_of(settings, service);
    let unit = unit.iter().map(|(key, values)| match &values[..] {
        [value] => Binding::named(key, string(&named(value, own))),
        values => Binding::named(key, Nix::List(values.iter().map(|it| string(&named(it, own))).collect())),
    });
    for (name, bindings) in [(kind.section(), section), ("Service", service), ("Unit", unit.collect())] {
        if !bindings.is_empty() {
            extra.push(Binding::named(name, Nix::Set(bindings)));
        }
    }
    if !extra.is_empty() {
        all.push(Binding::named("extraConfig", Nix::Set(extra)));
    }
    Nix::Set(all)
}

/// `[Service]`, without what the module has by itself.
fn service_of(settings: &[Setting<'_>], service: &[(&str, String)]) -> Vec<Binding> {
    let is_usual = |it: &&(&str, String)| it.0 == "Restart" && it.1 == "always";
    let said = service.iter().filter(|it| !is_usual(it));
    let mut bindings: Vec<Binding> = said.map(|(key, value)| Binding::named(key, string(value))).collect();
    let stop = settings.iter().find(|it| it.key.name == "StopTimeout").and_then(|it| it.values.first());
    let seconds = stop.and_then(|it| it.parse::<u64>().ok()).filter(|it| *it + 10 > STOP);
    if let Some(seconds) = seconds.filter(|_| !service.iter().any(|it| it.0 == "TimeoutStopSec")) {
        let value = seconds.saturating_add(STOP).to_string();
        bindings.push(Binding::named("TimeoutStopSec", string(&value)));
    }
    bindings
}

/// What a line names, with the units of the project, which are `own`, as the module names them.
fn named(value: &str, own: &HashSet<String>) -> String {
    let name = |it: &str| if own.contains(it) { ["podman-", it].concat() } else { it.to_owned() };
    value.split(' ').map(name).collect::<Vec<_>>().join(" ")
}

/// What a file of Quadlet has behind the key.
fn file_text(setting: &Setting<'_>) -> String {
    line(setting).split_once('=').map(|it| it.1.to_owned()).unwrap_or_default()
}

fn value(context: &Context<'_>, setting: &Setting<'_>, text: &str, uses: &mut Uses) -> Nix {
    let Some((name, content)) = setting.text else { return string(text) };
    uses.pkgs = true;
    let path = [&context.directory(), "/", name].concat();
    Nix::Quoted(store_file(name, content, text.strip_prefix(&*doubled(&path)).unwrap_or(text)))
}

/// A name and its value as Quadlet reads them back, where the module's own quotes do for that.
fn pair(setting: &Setting<'_>) -> Option<(String, String)> {
    let pair = setting.values.first().map(|it| doubled(it))?;
    let is_quoted = pair.contains(' ');
    let is_odd = |it: char| it.is_control() || it.is_whitespace() && it != ' ' || !is_quoted && "\"'\\".contains(it);
    let (name, value) = pair.split_once('=').filter(|_| !pair.contains(is_odd))?;
    Some((name.to_owned(), value.to_owned()))
}

fn word(word: &str) -> String {
    quote(&word.replace('\0', ""), Quoting::Unit, word.ends_with('\\').then_some('"')).unwrap_or_default()
}

// ── bindings ──

fn is_at(binding: &Binding, name: &str) -> bool {
    binding.path.first().is_some_and(|it| it == name)
}

/// Puts a value, the last of which counts.
fn push_single(bindings: &mut Vec<Binding>, name: &str, value: Nix) {
    match bindings.iter_mut().find(|it| is_at(it, name)) {
        Some(binding) => binding.value = value,
        None => bindings.push(Binding::named(name, value)),
    }
}

/// Adds an element to a list.
fn push(bindings: &mut Vec<Binding>, name: &str, value: Nix) {
    match bindings.iter_mut().find(|it| is_at(it, name)).map(|it| &mut it.value) {
        Some(Nix::List(elements)) => elements.push(value),
        _ => bindings.push(Binding::named(name, Nix::List(vec![value]))),
    }
}

/// Adds a member to a set.
fn insert(bindings: &mut Vec<Binding>, name: &str, member: Binding) {
    match bindings.iter_mut().find(|it| is_at(it, name)).map(|it| &mut it.value) {
        Some(Nix::Set(members)) => members.push(member),
        _ => bindings.push(Binding::named(name, Nix::Set(vec![member]))),
    }
}
