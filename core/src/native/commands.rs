//! With which commands are native containers kept, and how are they made by hand?

use super::{
    model::{Container, Shape},
    print::{Answer, connected, is_same, step},
    rows::Asked,
};
use crate::{
    bench::{Line, Note},
    notation::shell::{self, Quoting},
    rule::diagnostic::Severity,
    text::{Ink, Role},
};

/// A text as one word of a shell.
pub fn word(text: &str) -> String {
    let plain: String = text.chars().filter(|it| *it != '\0').collect();
    shell::quote(&plain, Quoting::Shell, None).unwrap_or_default()
}

/// A comment; what would end its line is left out.
fn comment(ink: &mut Ink, text: &str) {
    let line: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    ink.put(Role::Comment, ["# ", &line].concat().trim_end());
    ink.space("\n");
}

fn command(ink: &mut Ink, line: &str) {
    let (program, rest) = line.split_once(' ').unwrap_or((line, ""));
    ink.put(Role::Word, program);
    if !rest.is_empty() {
        ink.space(" ");
        ink.space(rest);
    }
    ink.space("\n");
}

/// Where the files of containers are, where NixOS was first installed with 22.05 or later.
const STATE: &str = "/var/lib/nixos-containers";

/// The commands for containers that a module declares.
///
/// Source: nixpkgs `pkgs/by-name/ni/nixos-container/nixos-container.pl`; machinectl(1), journalctl(1), `--machine`
pub fn of_declared(asked: &Asked) -> Answer {
    let mut answer = Answer::default();
    let ink = &mut answer.ink;
    comment(ink, "All as root.");
    ink.space("\n");
    comment(ink, "Which containers are there, and which of them run?");
    command(ink, "nixos-container list");
    command(ink, "machinectl list");
    for container in &asked.reading.containers {
        let name = word(&container.name);
        let unit = word(&["container@", &container.name].concat());
        ink.space("\n");
        comment(ink, &format!("── {}: {} ──", container.name, connected(container)));
        let mut group = |title: &str, lines: &[String]| {
            comment(ink, title);
            lines.iter().for_each(|it| command(ink, it));
        };
        group(
            "Start it, stop it, and see how it is.",
            &[
                format!("nixos-container start {name}"),
                format!("nixos-container stop {name}"),
                format!("systemctl status {unit}"),
            ],
        );
        group(
            "Enter it, or run a command in it.",
            &[
                format!("nixos-container root-login {name}"),
                format!("nixos-container run {name} -- systemctl --failed"),
            ],
        );
        let is_ephemeral = container.ephemeral.as_ref().is_some_and(|it| it.value != Some(false));
        let mut logs = vec![format!("journalctl -u {unit}")];
        logs.push(format!("journalctl -M {name} --boot"));
        group(
            if is_ephemeral {
                "Read its log: that of its unit, and its own while it runs, as it keeps none."
            } else {
                "Read its log: that of its unit, and its own."
            },
            &logs,
        );
        let has_address = container.link.local.iter().any(Option::is_some);
        match container.shape() {
            Shape::Routed | Shape::Bridged if has_address => {
                group("Which address does it have?", &[format!("nixos-container show-ip {name}")]);
            }
            Shape::Bridged | Shape::Interfaces | Shape::Namespace => {
                group("Which address does it have?", &[format!("nixos-container run {name} -- ip -brief address")]);
            }
            _ => {}
        }
        if container.shape() == Shape::Routed {
            let host = word(&["ve-", &container.name].concat());
            if container.name.len() <= 12 {
                group("See the host's end of its pair of interfaces.", &[format!("ip address show {host}")]);
            }
        }
        group("Update it: it is built with the host.", &["nixos-rebuild switch".to_owned()]);
        answer.parts.push(Line {
            severity: None,
            word: "commands".to_owned(),
            what: container.name.clone(),
            how: format!("A container, {}.", connected(container)),
            span: Some(container.span),
        });
    }
    ink.space("\n");
    comment(ink, "── Taking one away ──");
    comment(ink, "`nixos-container destroy` refuses declared containers. Take the container out of the module and");
    comment(ink, "switch; its files stay until they are removed, and nothing brings them back then.");
    let removed =
        asked.reading.containers.iter().filter(|it| it.ephemeral.as_ref().is_none_or(|it| it.value != Some(true)));
    for container in removed {
        // `/` and dots in a name would lead elsewhere.
        let is_plain = container.name.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'));
        if is_plain && !container.name.is_empty() {
            comment(
                ink,
                &format!(
                    "chattr -i {STATE}/{name}/var/empty; rm -rf --one-file-system {STATE}/{name}",
                    name = container.name
                ),
            );
        }
    }
    answer.steps = vec![step(
        "Run what is needed",
        format!(
            "The files are in {STATE}, or in /var/lib/containers where `system.stateVersion` of the host is before 22.05."
        ),
        &[],
    )];
    answer
}

/// The longest name that `nixos-container create` takes.
const LONGEST: usize = 11;

/// The same containers, made by hand.
///
/// Source: nixpkgs `pkgs/by-name/ni/nixos-container/nixos-container.pl`, `create`
pub fn imperative(text: &str, asked: &Asked) -> Answer {
    let mut answer = Answer::default();
    let ink = &mut answer.ink;
    comment(ink, "As root. These containers are not part of the host's configuration: each is built, started and");
    comment(ink, "updated by hand, and always has a network of its own.");
    for container in &asked.reading.containers {
        let name = &container.name;
        let mut part = |severity, word: &str, how: String| {
            answer.parts.push(Line {
                severity,
                word: word.to_owned(),
                what: name.clone(),
                how,
                span: Some(container.span),
            });
        };
        let is_plain =
            !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'));
        if !is_plain || name.len() > LONGEST {
            let how = format!(
                "`nixos-container create` takes names of letters, digits and hyphens, of at most {LONGEST} characters."
            );
            part(Some(Severity::Warning), "left out", how);
            continue;
        }
        ink.space("\n");
        comment(ink, &format!("── {name} ──"));
        let mut create = vec!["nixos-container create".to_owned(), name.clone()];
        let config = container.config.as_ref();
        match (config, &container.flake, &container.path) {
            (Some(inside), ..) => {
                let written = &outdented(inside.span.of(text));
                let end = delimiter(written);
                let file = [name, ".nix"].concat();
                ink.put(Role::Word, "cat");
                ink.space(&format!(" > {file} <<'{end}'\n"));
                ink.space(written.trim_end());
                ink.space(&format!("\n{end}\n"));
                create.push(format!("--config-file ./{file}"));
                if !inside.is_read || !is_alone(written) {
                    let how = "Names that its module takes from the text around it are not in its file: write them in."
                        .to_owned();
                    part(Some(Severity::Hint), "changed", how);
                }
            }
            (None, Some(flake), _) => create.extend(flake.value.as_deref().map(|it| ["--flake ", &word(it)].concat())),
            (None, None, Some(path)) => {
                create.extend(path.value.as_deref().map(|it| ["--system-path ", &word(it)].concat()));
            }
            (None, None, None) => {}
        }
        if container.auto_start.as_ref().is_some_and(|it| it.value == Some(true)) {
            create.push("--auto-start".to_owned());
        }
        create.extend(flags(container));
        let lost = lost(container);
        if !lost.is_empty() {
            let names = crate::text::words::listed(lost.iter().copied(), "and");
            part(Some(Severity::Warning), "left out", format!("`nixos-container create` has no flag for {names}."));
        }
        if container.shape() == Shape::Host {
            let how =
                "It gets a network of its own, with addresses of 10.233.0.0/16: those that are made by hand always do."
                    .to_owned();
            part(Some(Severity::Hint), "changed", how);
        }
        part(None, "created", format!("A container, {}.", connected(container)));
        command(ink, &create.join(" \\\n  "));
        command(ink, &format!("nixos-container start {name}"));
    }
    ink.space("\n");
    comment(ink, "After a change of its file:");
    for container in asked.reading.containers.iter().filter(|it| it.config.is_some()).take(1) {
        let name = word(&container.name);
        comment(
            ink,
            &format!("nixos-container update {name} --config-file ./{}", word(&[&*container.name, ".nix"].concat())),
        );
    }
    comment(ink, "To take one away, with its files: nixos-container destroy NAME");
    let message = "Take these containers out of the module first: a declared container and one of the same name made by hand exclude each other.";
    answer.notes.push(Note::new(Severity::Hint, message));
    answer.steps = vec![step(
        "Save it as `create.sh`, and run it",
        "It builds each container, which takes its time, and starts it.",
        &["sh create.sh"],
    )];
    answer
}

/// A module as far to the left as its last line can go; as it is where that would change a string in it.
fn outdented(written: &str) -> String {
    let last = written.rsplit('\n').next().unwrap_or_default();
    let blank = last.get(..last.len() - last.trim_start().len()).unwrap_or_default();
    let mut lines = written.split('\n');
    let first = lines.next().unwrap_or_default();
    let rest: Option<Vec<&str>> =
        lines.map(|it| if it.trim().is_empty() { Some("") } else { it.strip_prefix(blank) }).collect();
    let moved = rest.map(|it| [first].into_iter().chain(it).collect::<Vec<_>>().join("\n"));
    let read = |it: &str| crate::notation::nix::read(it).value;
    moved.filter(|it| is_same(&read(it), &read(written))).unwrap_or_else(|| written.to_owned())
}

/// A line that ends a text and is none of its own.
fn delimiter(text: &str) -> String {
    let mut end = "NIX".to_owned();
    while text.lines().any(|it| it.trim() == end) {
        end.push('X');
    }
    end
}

/// Whether a module takes nothing from around it but what each module gets.
fn is_alone(written: &str) -> bool {
    // A function names its arguments; a set in a module takes them from that.
    let names = crate::notation::nix::uses(written);
    let is_function = !written.trim_start().starts_with('{') || written.contains("}:") || written.contains("} :");
    is_function || !names.iter().any(|it| matches!(*it, "config" | "lib" | "pkgs" | "inputs" | "self"))
}

fn flags(container: &Container) -> Vec<String> {
    let link = &container.link;
    let value = |it: &Option<super::model::Given<String>>| it.as_ref().and_then(|it| it.value.clone());
    let mut flags = Vec::new();
    if let Some(bridge) = value(&link.bridge) {
        flags.push(["--bridge ", &word(&bridge)].concat());
    }
    let ports: Vec<String> = link
        .ports
        .iter()
        .filter_map(|it| Some(format!("{}:{}:{}", it.protocol, it.host?, it.container?)))
        .filter(|it| it.starts_with("tcp:") || it.starts_with("udp:"))
        .collect();
    if !ports.is_empty() {
        flags.push(["--port ", &ports.join(",")].concat());
    }
    let [host, _] = &link.host;
    let [local, _] = &link.local;
    if let Some((host, local)) = value(host).zip(value(local)) {
        flags.push(format!("--host-address {}", word(&host)));
        flags.push(format!("--local-address {}", word(&local)));
    }
    flags
}

/// What `create` has no flag for.
fn lost(container: &Container) -> Vec<&'static str> {
    let [_, host6] = &container.link.host;
    let [local, local6] = &container.link.local;
    let has_pair = container.link.host[0].is_some() == local.is_some();
    let all = [
        ("bindMounts", !container.mounts.is_empty()),
        ("extraFlags", !container.flags.is_empty()),
        ("extraVeths", !container.veths.is_empty()),
        ("ephemeral", container.ephemeral.as_ref().is_some_and(|it| it.value != Some(false))),
        ("hostAddress6", host6.is_some()),
        ("interfaces", !container.interfaces.is_empty()),
        ("localAddress", !has_pair),
        ("localAddress6", local6.is_some()),
        ("macvlans", !container.macvlans.is_empty()),
        ("networkNamespace", container.network_namespace.is_some()),
        ("privateUsers", container.private_users.is_some()),
    ];
    all.into_iter().filter(|it| it.1).map(|it| it.0).collect()
}
