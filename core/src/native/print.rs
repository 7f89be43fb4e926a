//! What are native containers written down for: a module with all that it lacks, that alone, and commands?

use std::rc::Rc;

use super::{
    commands,
    missing::{self, Belongs, Missing},
    model::{Container, Shape},
    places,
    read::read,
    rows::Asked,
};
use crate::{
    bench::{Examined, Line, Note, Printed, Step, Target, Written},
    notation::nix::{
        self, Binding,
        value::{Kind, Value},
        write_commented,
    },
    rule::diagnostic::Severity,
    text::{Ink, Span, words},
};

/// What a text is written down for.
pub static TARGETS: [Target; 4] = [
    Target {
        id: "module",
        title: "NixOS module",
        file: "containers.nix",
        description: "The text as it is, with NAT, bridges, ports and whatever else its containers lack.",
        write: |request, examined, _| with(examined, |asked| whole(&request.text, asked)),
    },
    Target {
        id: "additions",
        title: "Additions",
        file: "containers-network.nix",
        description: "A module of what the text lacks alone, to import beside it.",
        write: |_, examined, _| with(examined, additions),
    },
    Target {
        id: "commands",
        title: "Commands",
        file: "containers.sh",
        description: "How each container is started, entered, watched and taken away.",
        write: |_, examined, _| with(examined, commands::of_declared),
    },
    Target {
        id: "imperative",
        title: "nixos-container create",
        file: "create.sh",
        description: "The same containers by hand, without nixos-rebuild.",
        write: |request, examined, _| with(examined, |asked| commands::imperative(&request.text, asked)),
    },
];

/// A result, what became of each part, and how it is put in place.
#[derive(Default)]
pub struct Answer {
    /// The text.
    pub ink: Ink,
    /// What to know about it.
    pub notes: Vec<Note>,
    /// What became of each part.
    pub parts: Vec<Line>,
    /// How it is put in place.
    pub steps: Vec<Step>,
}

fn with(examined: &Examined, write: impl FnOnce(&Asked) -> Answer) -> Written {
    let Some(asked) = examined.facts::<Asked>() else { return Written::default() };
    if asked.reading.containers.is_empty() {
        let why = match asked.reading.unknown.first() {
            Some(_) => "What `containers` comes to is not known here, so there is nothing to write down.",
            None => "Nothing in the text declares a native container, so there is nothing to write down.",
        };
        let printed = Printed { error: Some(Note::new(Severity::Error, why)), ..Printed::default() };
        return Written { printed: Rc::new(printed), ..Written::default() };
    }
    let Answer { ink: Ink { text, spans }, notes, mut parts, steps } = write(asked);
    for span in &asked.reading.unknown {
        let how = "What this comes to is not known here; more containers may come of it.".to_owned();
        let (severity, word) = (Some(Severity::Hint), "not known".to_owned());
        parts.push(Line { severity, word, what: shown(*span, ""), how, span: Some(*span) });
    }
    Written { printed: Rc::new(Printed { text, spans, notes, error: None }), parts, steps }
}

fn shown(span: Span, text: &str) -> String {
    match span.of(text) {
        "" => "containers".to_owned(),
        it => it.to_owned(),
    }
}

/// A step.
pub fn step(title: impl Into<String>, explanation: impl Into<String>, lines: &[&str]) -> Step {
    let lines = lines.iter().map(|it| (*it).to_owned()).collect();
    Step { title: title.into(), explanation: explanation.into(), lines }
}

/// How a container is connected, in words.
pub fn connected(container: &Container) -> String {
    let address = || {
        let given = container.link.local.iter().flatten().map(|it| it.value.clone().unwrap_or_else(|| "…".to_owned()));
        given.collect::<Vec<_>>().join(", ")
    };
    match container.shape() {
        Shape::Host => "shares the network of the host".to_owned(),
        Shape::Routed if address().is_empty() => "routed, without an address".to_owned(),
        Shape::Routed => format!("routed, {}", address()),
        Shape::Bridged => {
            let bridge = container.link.bridge.as_ref().and_then(|it| it.value.as_deref()).unwrap_or("…");
            match address() {
                it if it.is_empty() => format!("on the bridge {bridge}"),
                it => format!("on the bridge {bridge}, {it}"),
            }
        }
        Shape::Interfaces => {
            let all = container.macvlans.iter().chain(&container.interfaces).filter_map(|it| it.value.clone());
            let veths = container.veths.iter().map(|it| it.0.clone());
            format!("at {}", all.chain(veths).collect::<Vec<_>>().join(", "))
        }
        Shape::Namespace => "in a network namespace".to_owned(),
        Shape::Alone => "on its own, with no way out".to_owned(),
        Shape::Open => "connected as is not known here".to_owned(),
    }
}

/// The containers that are kept as they are.
fn kept(asked: &Asked) -> Vec<Line> {
    let line = |it: &Container| Line {
        severity: None,
        word: "as it is".to_owned(),
        what: it.name.clone(),
        how: format!("A container, {}.", connected(it)),
        span: Some(it.span),
    };
    asked.reading.containers.iter().map(line).collect()
}

/// What was added, each with why.
fn added(asked: &Asked, all: &[Missing], word: &str) -> Vec<Line> {
    let line = |it: &Missing| {
        let container = |at: usize| asked.reading.containers.get(at);
        let before = match it.belongs {
            Belongs::Host => String::new(),
            Belongs::Container(at) => container(at).map(|it| format!("containers.{}.", it.name)).unwrap_or_default(),
            Belongs::Inside(at) => {
                container(at).map(|it| format!("containers.{}.config.", it.name)).unwrap_or_default()
            }
        };
        let value = places::on_one_line(&Binding::of(&it.option, it.value.clone()));
        let word = if it.instead_of.is_some() { "changed" } else { word };
        let severity = it.instead_of.map(|_| Severity::Hint);
        Line {
            severity,
            word: word.to_owned(),
            what: [before, value].concat(),
            how: it.why.clone(),
            span: it.instead_of,
        }
    };
    all.iter().map(line).collect()
}

fn stand_ins(all: &[Missing]) -> Vec<Note> {
    let stands = all.iter().find(|it| !it.comment.is_empty());
    stands
        .map(|_| {
            let message = format!(
                "`{}` stands for the interface that leads to the internet: choose yours as Uplink under Surroundings, in the header.",
                super::chosen::SOME_UPLINK
            );
            vec![Note::new(Severity::Hint, message)]
        })
        .unwrap_or_default()
}

/// What to look after before the module is switched on.
fn steps(asked: &Asked, all: &[Missing], file: &str) -> Vec<Step> {
    let mut steps = vec![step(
        format!("Save it as `{file}`, and import it"),
        "Beside the other files of the machine; in a flake, `git add` it too.",
        &[&format!("imports = [ ./{file} ];")],
    )];
    if all.iter().any(|it| !it.comment.is_empty()) {
        steps.push(step(
            "Name the interface that leads to the internet",
            format!("It is behind `dev`. Write it in place of `{}`.", super::chosen::SOME_UPLINK),
            &["ip route show default"],
        ));
    }
    if all.iter().any(|it| it.option.starts_with("networking.bridges.")) {
        steps.push(step(
            "Keep a way to the machine that is not its network",
            "While the uplink is moved into the bridge, the machine is not reached over it; where something is wrong, it stays so. `nixos-rebuild test` is undone by a restart.",
            &["nixos-rebuild test"],
        ));
    }
    let mut directories: Vec<String> = Vec::new();
    for container in &asked.reading.containers {
        for mount in &container.mounts {
            let source = match &mount.source {
                Some(it) => it.value.clone(),
                None => mount.target.clone(),
            };
            let is_made = |it: &String| it.starts_with("/run/") || it.starts_with("/dev/") || directories.contains(it);
            directories.extend(source.filter(|it| it.starts_with('/') && !is_made(it)));
        }
    }
    if !directories.is_empty() {
        let lines: Vec<String> =
            directories.iter().take(40).map(|it| format!("ls -ld {}", commands::word(it))).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        steps.push(step(
            "See that what is bound is there",
            "A container whose `hostPath` is missing does not start.",
            &lines,
        ));
    }
    steps.push(step(
        "Switch it on",
        "Containers with `autoStart` start with it, others by hand.",
        &["nixos-rebuild switch", "nixos-container list"],
    ));
    steps
}

/// The text with all that it lacks.
fn whole(text: &str, asked: &Asked) -> Answer {
    let all = missing::all(&asked.reading, &asked.choices);
    let written = missing::edits(text, &asked.reading, &all).map(|it| it.apply(text));
    // What reads worse than before is not written.
    let is_right = |it: &String| read(it).syntax.len() <= asked.reading.syntax.len();
    let (body, parts, mut notes) = match written.filter(is_right) {
        Some(body) => (body, added(asked, &all, "added"), stand_ins(&all)),
        None => {
            let message = "The text is written in a way that nothing can be added to: import what the target `Additions` has beside it.";
            (text.to_owned(), Vec::new(), vec![Note::new(Severity::Warning, message)])
        }
    };
    if all.is_empty() {
        notes.push(Note::new(Severity::Hint, "Nothing is missing here: the module is the text as it is."));
    }
    let mut text = module_of(&body, asked.reading.is_fragment);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let ink = Ink { spans: nix::ink(&text), text };
    let parts = kept(asked).into_iter().chain(parts).collect();
    Answer { ink, notes, parts, steps: steps(asked, &all, "containers.nix") }
}

/// A piece of a module with what makes a file of it.
fn module_of(text: &str, is_fragment: bool) -> String {
    if !is_fragment {
        return text.to_owned();
    }
    let names: Vec<&str> = nix::uses(text);
    let mut head: Vec<&str> = ["config", "lib", "pkgs"].into_iter().filter(|it| names.contains(it)).collect();
    head.push("...");
    let head = match head.len() {
        1 => "{ ... }:\n".to_owned(),
        _ => ["{\n  ", &head.join(",\n  "), "\n}:\n"].concat(),
    };
    let line = |it: &str| if it.is_empty() { String::new() } else { ["  ", it].concat() };
    let indented: Vec<String> = text.trim_end().lines().map(line).collect();
    let body = [&head, "{\n", &indented.join("\n"), "\n}\n"].concat();
    let plain = [&head, "{\n", text.trim_end(), "\n}\n"].concat();
    // A string over several lines would get further blanks.
    match is_same(&nix::read(&body).value, &nix::read(&plain).value) {
        true => body,
        false => plain,
    }
}

/// Whether two texts come to the same, wherever it is written.
pub fn is_same(a: &Value, b: &Value) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Set(a), Kind::Set(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.name == b.name && is_same(&a.value, &b.value))
        }
        (Kind::List(a), Kind::List(b)) | (Kind::Merge(a), Kind::Merge(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Kind::Function(_, a), Kind::Function(_, b)) | (Kind::If(_, a), Kind::If(_, b)) => is_same(a, b),
        (Kind::Applied(f, a), Kind::Applied(g, b)) => f == g && is_same(a, b),
        (Kind::Override(n, a), Kind::Override(m, b)) | (Kind::Order(n, a), Kind::Order(m, b)) => {
            n == m && is_same(a, b)
        }
        (a, b) => a == b,
    }
}

/// What the text lacks, alone.
fn additions(asked: &Asked) -> Answer {
    let all = missing::all(&asked.reading, &asked.choices);
    let changed: Vec<&Missing> = all.iter().filter(|it| it.instead_of.is_some()).collect();
    let mut notes = stand_ins(&all);
    for it in &changed {
        let message = format!("In the text itself, `{}` is to be written otherwise: {}", it.option, it.why);
        notes.push(Note { span: it.instead_of, ..Note::new(Severity::Warning, message) });
    }
    let open: Vec<&str> = asked.reading.containers.iter().filter(|it| it.is_name_open).map(|it| &*it.name).collect();
    if !open.is_empty() {
        let names = words::listed(open.iter().copied(), "and");
        notes.push(Note::new(Severity::Hint, format!("The name {names} is worked out by Nix: write it in here.")));
    }
    let comment = match all.len() - changed.len() {
        0 => "Nothing is missing: the containers work as they are declared.",
        _ => "What the containers lack: import it beside the module that declares them.",
    };
    let ink = write_commented(comment, &missing::module(&asked.reading, &all));
    let parts = added(asked, &all, "added");
    Answer { ink, notes, parts, steps: steps(asked, &all, "containers-network.nix") }
}
