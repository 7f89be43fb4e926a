//! What containers does a text of Nix ask for, and what does it say of their host? Whatever the text, a [`Reading`] comes
//! out.

mod host;
mod inside;
mod modules;
mod value;

use std::collections::HashSet;

use modules::Modules;

use super::{
    model::{Container, Forward, Host, Link, Mount, Place},
    options::{self, CONTAINER, Kind, MOUNTS, PORTS, Row, VETHS},
    problem::{Problem, ProblemKind},
};
use crate::{
    document,
    notation::nix::{
        self, Def, bare, members,
        value::{Failure, Kind as Form, Value},
        weighed,
    },
    text::{Span, order},
};

/// A text as far as it could be understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The containers, in the order of the text.
    pub containers: Vec<Container>,
    /// The host.
    pub host: Host,
    /// Where further options of the host can be written.
    pub around: Option<Around>,
    /// Whether the text is the inside of a set: `a.b = 1; c = 2;`.
    pub is_fragment: bool,
    /// What asks for containers and is not known here.
    pub unknown: Vec<Span>,
    /// The mistakes of syntax.
    pub syntax: Vec<document::Problem>,
    /// Why Nix fails for certain.
    pub failures: Vec<Failure>,
    /// What is wrong with what it says of options.
    pub problems: Vec<Problem>,
}

/// Where options of the host can be written: behind the containers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// What is before their names: `config.`, mostly nothing.
    pub prefix: String,
    /// The byte behind the last container.
    pub behind: usize,
    /// The byte where the first one begins, whose line tells how far in they are.
    pub begins: usize,
}

/// Reads a text, at a cost that grows with its length.
///
/// ```
/// use drydock::native::{model::Shape, read};
///
/// let text = "{ containers.web = { privateNetwork = true; hostAddress = \"10.1.0.1\"; localAddress = \"10.1.0.2\"; }; }";
/// assert_eq!(read(text).containers[0].shape(), Shape::Routed);
/// ```
pub fn read(text: &str) -> Reading {
    let nix = nix::read(text);
    let modules = Modules::of(&nix.value);
    let mut reader = Reader { text, reading: Reading::default(), failed: HashSet::new() };
    let all = members(&modules.sets);
    let of = |name: &str| all.iter().find(|it| it.0 == name).map(|it| it.1.as_slice()).unwrap_or_default();
    let containers = of("containers");
    reader.around(containers);
    reader.containers(containers);
    reader.reading.host = reader.host(&modules.sets);
    let mut reading = reader.reading;
    reading.is_fragment = nix.is_fragment;
    reading.syntax = nix.problems;
    order::sort(&mut reading.problems, |a, b| a.span.cmp(&b.span));
    reading.problems.dedup();
    reading
}

/// A text that is being read.
struct Reader<'t> {
    text: &'t str,
    reading: Reading,
    failed: HashSet<Failure>,
}

impl<'t> Reader<'t> {
    /// Finds where options can be written beside the containers.
    fn around(&mut self, containers: &[Def]) {
        let Some(first) = containers.first().filter(|it| it.name.start < it.name.end) else { return };
        let of_first = bare(std::slice::from_ref(first));
        let ends = members(&of_first).into_iter().flat_map(|it| it.1).map(|it| it.whole.end);
        let behind_name = self.text.get(first.name.end..).unwrap_or_default().trim_start();
        let behind = match behind_name.starts_with('=') {
            true => Some(first.whole.end),
            false => ends.max(),
        };
        self.reading.around = behind.filter(|it| *it > first.name.end).map(|behind| Around {
            prefix: Span::new(first.whole.start, first.name.start).of(self.text).to_owned(),
            behind,
            begins: first.whole.start,
        });
    }

    fn containers(&mut self, defs: &[Def]) {
        for def in bare(defs) {
            self.fails(def.value);
            match inner(def.value).kind {
                Form::Set(_) | Form::Null | Form::Missing => {}
                _ => self.reading.unknown.push(def.whole),
            }
        }
        for (name, defs) in members(defs) {
            let container = self.container(name, &defs);
            self.reading.containers.push(container);
        }
    }

    fn container(&mut self, name: &str, defs: &[Def]) -> Container {
        let span = defs.first().map(|it| it.name).unwrap_or_default();
        let mut it = Container {
            name: name.to_owned(),
            span,
            is_name_open: name.contains('$'),
            is_open: !defs.iter().all(|it| is_written(it)),
            place: self.place(defs),
            ..Container::default()
        };
        for (row, defs) in self.options(CONTAINER, defs) {
            match row.name {
                "autoStart" => it.auto_start = self.truth(row, &defs),
                "ephemeral" => it.ephemeral = self.truth(row, &defs),
                "privateNetwork" => it.private_network = self.truth(row, &defs),
                "privateUsers" => it.private_users = self.users(row, &defs),
                "macvlans" => it.macvlans = self.texts(row, &defs),
                "interfaces" => it.interfaces = self.texts(row, &defs),
                "extraFlags" => it.flags = self.texts(row, &defs),
                "networkNamespace" => it.network_namespace = self.text(row, &defs),
                "path" => it.path = self.text(row, &defs),
                "flake" => it.flake = self.text(row, &defs),
                "config" => it.config = Some(self.inside(&defs)),
                "bindMounts" => it.mounts = self.mounts(row, &defs),
                "extraVeths" => it.veths = self.veths(row, &defs),
                _ => self.link(row, &defs, &mut it.link),
            }
        }
        it
    }

    fn link(&mut self, row: &'static Row, defs: &[Def], link: &mut Link) {
        let [host, host6] = &mut link.host;
        let [local, local6] = &mut link.local;
        match row.name {
            "hostBridge" => link.bridge = self.text(row, defs),
            "hostAddress" => *host = self.text(row, defs),
            "hostAddress6" => *host6 = self.text(row, defs),
            "localAddress" => *local = self.text(row, defs),
            "localAddress6" => *local6 = self.text(row, defs),
            "localMacAddress" => link.mac = self.text(row, defs),
            "forwardPorts" => link.ports = self.ports(row, defs),
            _ => self.only_check(row, defs),
        }
    }

    /// Looks whether a value is of its kind, where nothing else is done with it.
    fn only_check(&mut self, row: &'static Row, defs: &[Def]) {
        match row.kind {
            Kind::Bool => drop(self.truth(row, defs)),
            Kind::Text | Kind::TextOrNull | Kind::Path | Kind::PathOrNull => drop(self.text(row, defs)),
            Kind::Texts => drop(self.texts(row, defs)),
            Kind::Lists(place) => {
                for element in self.elements(row, defs) {
                    for (row, defs) in self.options(place, &[element]) {
                        self.only_check(row, &defs);
                    }
                }
            }
            _ => {}
        }
    }

    fn ports(&mut self, row: &'static Row, defs: &[Def]) -> Vec<Forward> {
        let mut found = Vec::new();
        for element in self.elements(row, defs) {
            let mut it = Forward { span: used(element.value), protocol: "tcp".to_owned(), host: None, container: None };
            let mut own = None;
            for (row, defs) in self.options(PORTS, &[element]) {
                match row.name {
                    "protocol" => it.protocol = self.text(row, &defs).and_then(|it| it.value).unwrap_or_default(),
                    "hostPort" => it.host = self.port(row, &defs).and_then(|it| it.value),
                    _ => own = self.port(row, &defs),
                }
            }
            it.container = match own {
                Some(it) => it.value,
                None => it.host,
            };
            found.push(it);
        }
        found
    }

    fn mounts(&mut self, row: &'static Row, defs: &[Def]) -> Vec<Mount> {
        let mut found = Vec::new();
        for (name, defs) in self.groups(row, defs) {
            let Some(first) = defs.first() else { continue };
            let target = Some(name.to_owned()).filter(|it| !it.contains('$'));
            let place = self.place(&defs);
            let mut it = Mount { span: first.name, place, target, source: None, read_only: None };
            if !defs.iter().all(is_written) {
                // Whether it is read-only may be said elsewhere.
                let whole = first.whole;
                it.read_only = Some(super::model::Given { value: None, span: whole, whole });
            }
            for (row, defs) in self.options(MOUNTS, &defs) {
                match row.name {
                    "hostPath" => it.source = self.text(row, &defs),
                    "isReadOnly" => it.read_only = self.truth(row, &defs),
                    _ => it.target = self.text(row, &defs).and_then(|it| it.value),
                }
            }
            found.push(it);
        }
        found
    }

    fn veths(&mut self, row: &'static Row, defs: &[Def]) -> Vec<(String, Span, Link)> {
        let mut found = Vec::new();
        for (name, defs) in self.groups(row, defs) {
            let mut link = Link::default();
            for (row, defs) in self.options(VETHS, &defs) {
                self.link(row, &defs, &mut link);
            }
            found.push((name.to_owned(), defs.first().map(|it| it.name).unwrap_or_default(), link));
        }
        found
    }

    // ── options ──

    /// The options of a place, each with all that is said of it; what has no row is told.
    fn options<'v>(&mut self, place: &'static str, defs: &[Def<'v>]) -> Vec<(&'static Row, Vec<Def<'v>>)> {
        for def in bare(defs) {
            self.fails(def.value);
            let form = &inner(def.value).kind;
            if !matches!(form, Form::Set(_) | Form::Null | Form::Missing | Form::Unknown(_) | Form::Applied(..)) {
                let option = place.trim_end_matches(".*").rsplit('.').next().unwrap_or(place);
                let kind = ProblemKind::WrongKind { option, wanted: "a set", found: noun(form) };
                self.problem(kind, used(def.value));
            }
        }
        let mut found = Vec::new();
        for (name, defs) in members(defs) {
            match options::find(place, name) {
                Some(row) if row.kind == Kind::Removed => {
                    for it in bare(&defs) {
                        self.problem(ProblemKind::RemovedOption(name.to_owned()), it.whole);
                    }
                }
                Some(row) => found.push((row, defs)),
                // What is worked out, and what modules have beside options.
                None if name.contains('$') || matches!(name, "_module" | "imports") => {}
                None => {
                    for it in &defs {
                        let near = options::nearest(place, name);
                        self.problem(ProblemKind::UnknownOption { name: name.to_owned(), near }, it.name);
                    }
                }
            }
        }
        found
    }

    /// Where further options of something can be written, by what is said of it.
    fn place(&self, defs: &[Def]) -> Option<Place> {
        defs.iter().find_map(|def| self.place_of(def))
    }

    fn place_of(&self, def: &Def) -> Option<Place> {
        let mut bare = Vec::new();
        def.bare(0, &mut bare);
        let sets = bare.iter().map(|it| inner(it.value)).filter(|it| it.through.is_empty());
        let mut sets = sets.filter(|it| matches!(it.kind, Form::Set(_)));
        let braced = sets.find_map(|it| {
            let written = it.span.of(self.text);
            let open = if written.starts_with("rec") { written.find('{')? } else { 0 };
            let is_set = written.get(open..)?.starts_with('{') && written.ends_with('}');
            is_set.then(|| Place::Set(Span::new(it.span.start + open, it.span.end)))
        });
        let behind = self.text.get(def.name.end..def.whole.end).unwrap_or_default().trim_start();
        let is_dotted = def.name.start < def.name.end && behind.starts_with('.');
        match is_dotted {
            true => Some(Place::Beside(Span::new(def.whole.start, def.name.end))),
            false => braced,
        }
    }

    // ── what is told ──

    fn problem(&mut self, kind: ProblemKind, span: Span) {
        self.reading.problems.push(Problem { kind, span });
    }

    /// Keeps why a value fails.
    fn fails(&mut self, value: &Value) {
        if let Some(failure) = &value.failure
            && self.failed.insert(failure.clone())
        {
            self.reading.failures.push(failure.clone());
        }
    }

    /// The definitions that count.
    fn weighed<'v>(&mut self, defs: &[Def<'v>]) -> Vec<Def<'v>> {
        let (count, _) = weighed(defs);
        count.iter().for_each(|it| self.fails(it.value));
        count
    }

    /// The one definition of an option that takes one value.
    fn single<'v>(&mut self, row: &'static Row, defs: &[Def<'v>]) -> Option<Def<'v>> {
        let count = self.weighed(defs);
        let (first, rest) = count.split_first()?;
        let is_certain = |it: &Def| it.condition.is_none() && is_known(&it.value.kind);
        for other in rest {
            if other.value.kind != first.value.kind && is_certain(other) && is_certain(first) {
                self.problem(ProblemKind::Conflict { option: row.name, other: first.whole }, other.whole);
            }
        }
        Some(*first)
    }
}

/// Whether all that is said is a set that is written here.
fn is_written(def: &Def) -> bool {
    bare(std::slice::from_ref(def)).iter().all(|it| matches!(inner(it.value).kind, Form::Set(_) | Form::Missing))
}

fn is_known(kind: &Form) -> bool {
    !matches!(kind, Form::Unknown(_) | Form::Applied(..) | Form::Missing)
}

/// What a function comes to.
fn inner(value: &Value) -> &Value {
    let mut value = value;
    while let Form::Function(_, body) = &value.kind {
        value = body;
    }
    value
}

/// The bytes where a value is used.
fn used(value: &Value) -> Span {
    value.through.first().copied().unwrap_or(value.span)
}

/// What a value is, with an article.
fn noun(kind: &Form) -> &'static str {
    match kind {
        Form::Null => "null",
        Form::Bool(_) => "a truth value",
        Form::Int(_) => "a whole number",
        Form::Float(_) => "a number with a fraction",
        Form::String(_) => "a string",
        Form::Path(_) => "a path",
        Form::List(_) => "a list",
        Form::Set(_) => "a set",
        Form::Function(..) => "a function",
        _ => "a value",
    }
}
