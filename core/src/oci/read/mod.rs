//! What containers does a text of Nix ask for? Whatever the text, a [`Project`] comes out, and what could not be carried is
//! named.

mod arion;
mod containers;
mod quadlet;
mod units;
mod value;

use std::collections::{HashMap, HashSet};

use super::{
    definitions::{Def, Roots, bare, members, weighed},
    options::{self, Row},
    problem::{Problem, ProblemKind},
};
use crate::{
    containers::model::{
        At, Build, Condition, Container, Dependency, Missing, Mount, MountKind, Project, Restart, Unusable,
    },
    document,
    notation::nix::{
        self, Open,
        value::{Failure, Kind, Value},
    },
    run::{self, flags::Cli, said::Said},
    text::{Span, order},
};

/// What is chosen beside a text.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// What runs the containers where the text does not say.
    pub runs_on: Option<Cli>,
    /// Lines `name=value`: values of what the text leaves open.
    pub variables: String,
    /// What the project is called where the text does not say.
    pub name: String,
}

/// A text as far as it could be understood.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What it asks for.
    pub project: Project,
    /// Whether NixOS starts containers again of which the text does not say so.
    pub keeps_running: bool,
    /// The mistakes of syntax.
    pub syntax: Vec<document::Problem>,
    /// Why Nix fails for certain.
    pub failures: Vec<Failure>,
    /// What is wrong with what it says of options.
    pub problems: Vec<Problem>,
    /// What is wrong with values that are those of flags.
    pub flags: Vec<run::problem::Problem>,
    /// Values that Compose refuses, each with what is wrong.
    pub refused: Vec<Unusable>,
}

/// Reads a text, at a cost that grows with its length.
pub fn read(text: &str, choices: &Choices) -> Reading {
    let variables: Vec<(String, String)> = choices
        .variables
        .lines()
        .filter_map(|it| it.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().trim_matches(['"', '\'']).to_owned()))
        .collect();
    let known = |name: &str, path: &str| {
        let given = variables.iter().find(|it| it.0 == name || it.0 == path);
        given.map(|it| it.1.clone()).or_else(|| quadlet::reference(path))
    };
    let (nix, open) = nix::read_filling(text, &known);
    let roots = Roots::of(&nix.value);
    let usual = run::Choices { variables: variables.clone(), ..run::Choices::default() };
    let mut opens: HashMap<String, Vec<Open>> = HashMap::new();
    for it in open {
        opens.entry(it.placeholder.clone()).or_default().push(it);
    }
    let mut reader = Reader {
        text,
        choices,
        known: &known,
        files: opens.keys().filter(|it| !it.starts_with('@')).cloned().collect(),
        opens,
        asked: HashSet::new(),
        cli: Cli::Podman,
        said: Said::new(text, &usual, "/"),
        notes: Notes::default(),
        is_of_unit: false,
    };
    reader.cli = reader.backend(&roots);
    reader.read(&roots);
    let has_units = !roots.oci.is_empty() || !roots.quadlet.is_empty();
    let mut reading = reader.finish(has_units);
    reading.syntax = nix.problems;
    reading
}

/// What is found beside containers.
#[derive(Default)]
struct Notes {
    problems: Vec<Problem>,
    refused: Vec<Unusable>,
    failures: Vec<Failure>,
    unusable: Vec<Unusable>,
    /// Containers that count as started when they are well, and what says so.
    healthy: HashMap<String, Span>,
    /// Containers that count as started when they have ended well.
    completes: HashSet<String>,
    /// When containers are started again, by their names.
    restarts: HashMap<String, At<Restart>>,
    /// Units that make networks, volumes and images.
    makers: Vec<String>,
    /// What those build, by their names.
    unit_builds: HashMap<String, At<Build>>,
    /// Projects of Arion.
    projects: Vec<Project>,
    /// Units by what they start: `docker-web`, `web`.
    units: HashMap<String, String>,
    /// What is said of when containers wait: the container, the unit it waits for, and how.
    waits: Vec<units::Wait>,
    /// What quadlet-nix builds, by name.
    builds: HashMap<String, quadlet::Built>,
    /// Its pods, by name.
    pods: HashMap<String, quadlet::Pod>,
    /// Names of its networks and volumes.
    objects: HashSet<String>,
}

/// A text that is being read.
struct Reader<'a> {
    text: &'a str,
    choices: &'a Choices,
    known: &'a dyn Fn(&str, &str) -> Option<String>,
    opens: HashMap<String, Vec<Open>>,
    /// Those of `opens` that are paths of files beside the text.
    files: Vec<String>,
    asked: HashSet<Span>,
    cli: Cli,
    said: Said<'a>,
    notes: Notes,
    /// Whether systemd reads texts once more: `%h`, `$$`.
    is_of_unit: bool,
}

impl<'a> Reader<'a> {
    fn read(&mut self, roots: &Roots<'_>) {
        self.quadlets(&roots.quadlet);
        self.containers(&roots.oci);
        self.units(&roots.units);
        self.files(&roots.files);
        self.projects(&roots.arion, &roots.compose);
        for span in &roots.besides {
            let why = "It says nothing of containers: keep it in the configuration of the machine.";
            self.unusable(*span, why);
        }
    }

    fn finish(self, has_units: bool) -> Reading {
        let Self { mut said, mut notes, .. } = self;
        paths(said.containers());
        notes.projects.iter_mut().for_each(|it| paths(&mut it.containers));
        let read = said.finish();
        let mut project = read.project;
        // They are called so where they run: another program may not put a name before.
        for it in project.networks.iter_mut().filter(|it| !it.is_external && it.own_name.is_none()) {
            it.own_name = Some(At::new(it.name.clone(), it.span));
        }
        for it in project.volumes.iter_mut().filter(|it| !it.is_external && it.own_name.is_none()) {
            it.own_name = Some(At::new(it.name.clone(), it.span));
        }
        let own_names: HashMap<String, String> = units::names(&project, &notes.units);
        let mut problems = std::mem::take(&mut notes.problems);
        build_by_unit(&mut project, &notes);
        units::wait(&mut project, std::mem::take(&mut notes.waits), &own_names, &notes.makers, &mut problems);
        let mut waited_for = HashSet::new();
        for dependency in project.containers.iter_mut().flat_map(|it| &mut it.depends_on) {
            let Dependency { on, condition, .. } = &mut dependency.value;
            if notes.completes.contains(on) {
                *condition = Condition::Completed;
            } else if notes.healthy.contains_key(on) {
                *condition = Condition::Healthy;
                waited_for.insert(on.clone());
            }
        }
        for (name, span) in notes.healthy.iter().filter(|it| !waited_for.contains(it.0)) {
            let why = ["Nothing waits for `", name, "` to be well."].concat();
            project.unusable.push(Unusable { span: *span, why });
        }
        for container in &mut project.containers {
            if let Some(restart) = notes.restarts.get(&container.name) {
                container.restart = Some(restart.clone());
            }
        }
        for one in notes.projects {
            arion::add(&mut project, one);
        }
        project.unusable.extend(notes.unusable);
        order::sort(&mut project.missing, |a, b| a.span.cmp(&b.span));
        order::sort(&mut project.unusable, |a, b| a.span.cmp(&b.span));
        project.missing.dedup();
        project.unusable.dedup();
        order::sort(&mut problems, |a, b| a.span.cmp(&b.span));
        problems.dedup();
        Reading {
            project,
            keeps_running: has_units,
            syntax: Vec::new(),
            failures: notes.failures,
            problems,
            flags: read.problems,
            refused: notes.refused,
        }
    }

    // ── what is told ──

    fn unusable(&mut self, span: Span, why: impl Into<String>) {
        self.notes.unusable.push(Unusable { span, why: why.into() });
    }

    fn problem(&mut self, kind: ProblemKind, span: Span) {
        self.notes.problems.push(Problem { kind, span });
    }

    fn missing(&mut self, name: String, placeholder: String, span: Span) {
        if self.asked.insert(span) {
            self.said.missing(Missing { name, placeholder, span });
        }
    }

    /// Tells of a condition that nobody knows, once.
    fn hangs_on(&mut self, def: &Def) {
        if let Some(condition) = def.condition
            && self.asked.insert(condition.span)
        {
            self.unusable(condition.span, "Whether it holds is not known here. What hangs on it is in the result.");
        }
    }

    // ── options ──

    /// The options of a place, each with all that is said of it; what has no row is told.
    fn options<'v>(&mut self, place: &'static str, defs: &[Def<'v>]) -> Vec<(&'static Row, Vec<Def<'v>>)> {
        for def in bare(defs) {
            self.hangs_on(&def);
            self.is_set(place, &def);
        }
        let mut found = Vec::new();
        for (name, defs) in members(defs) {
            let Some(row) = options::find(place, name) else {
                for def in &defs {
                    self.unknown_option(place, name, def);
                }
                continue;
            };
            match row.becomes {
                options::Becomes::Nowhere(why) => {
                    let spans: Vec<Span> =
                        bare(&defs).iter().filter(|it| it.value.kind != Kind::Null).map(|it| it.whole).collect();
                    spans.into_iter().for_each(|it| self.unusable(it, why));
                }
                options::Becomes::Silent => {}
                options::Becomes::Field | options::Becomes::Flag(_) | options::Becomes::Compose => {
                    found.push((row, defs))
                }
            }
        }
        found
    }

    fn unknown_option(&mut self, place: &'static str, name: &str, def: &Def) {
        // Names that are worked out, and what modules have beside options.
        if name.contains('$') || matches!(name, "_module" | "imports" | "config") {
            return self.unusable(def.whole, "What this comes to is not known here.");
        }
        let kind = ProblemKind::UnknownOption { place, name: name.to_owned(), near: options::nearest(place, name) };
        self.problem(kind, def.name);
        self.unusable(def.whole, "There is no such option.");
    }

    /// Whether it is a set; what is none is told.
    fn is_set(&mut self, place: &'static str, def: &Def) -> bool {
        self.fails(def.value);
        match &def.value.kind {
            Kind::Set(_) | Kind::Function(..) => true,
            Kind::Null | Kind::Missing => false,
            Kind::Unknown(_) | Kind::Applied(..) => {
                self.unusable(def.whole, "What this comes to is not known here.");
                false
            }
            _ => {
                let option = place.trim_end_matches(".*").rsplit('.').next().unwrap_or(place).to_owned();
                let found = noun(&def.value.kind);
                self.problem(ProblemKind::WrongKind { option, wanted: "a set", found }, used(def.value));
                self.unusable(def.whole, "A set belongs here.");
                false
            }
        }
    }

    /// Keeps why a value fails.
    fn fails(&mut self, value: &Value) {
        if let Some(failure) = &value.failure
            && !self.notes.failures.contains(failure)
        {
            self.notes.failures.push(failure.clone());
        }
    }

    /// The definitions that count; others are told.
    fn weighed<'v>(&mut self, defs: &[Def<'v>]) -> Vec<Def<'v>> {
        let (count, others) = weighed(defs);
        for def in &others {
            self.unusable(def.whole, "Another definition of the option weighs more.");
        }
        for def in &count {
            self.hangs_on(def);
            self.fails(def.value);
        }
        count
    }

    /// The one definition of an option that takes one value.
    fn single<'v>(&mut self, row: &Row, defs: &[Def<'v>]) -> Option<Def<'v>> {
        let count = self.weighed(defs);
        let (first, rest) = count.split_first()?;
        for other in rest {
            if other.value.kind != first.value.kind {
                let kind = ProblemKind::Conflict { option: row.name.to_owned(), other: first.whole };
                self.problem(kind, other.whole);
            }
            self.unusable(other.whole, "The option has a value already.");
        }
        Some(*first)
    }
}

/// What stands for a value alone is a path: names of volumes are seldom worked out.
fn paths(containers: &mut [Container]) {
    for mount in containers.iter_mut().flat_map(|it| &mut it.mounts) {
        let Mount { kind, source, .. } = &mut mount.value;
        let is_open = source.len() > 2 && source.starts_with('@') && source.ends_with('@');
        if *kind == MountKind::Volume && is_open {
            *kind = MountKind::Bind;
        }
    }
}

/// Images that a unit builds before the container starts.
fn build_by_unit(project: &mut Project, notes: &Notes) {
    for wait in notes.waits.iter().filter(|it| it.is_unit) {
        let unit = wait.on.value.strip_suffix(".service").unwrap_or(&wait.on.value);
        let Some(build) = notes.unit_builds.get(unit) else { continue };
        let container = project.containers.iter_mut().find(|it| it.name == wait.container);
        if let Some(container) = container {
            let mut build = build.clone();
            let image = container.image.as_ref().map(|it| it.value.clone());
            build.value.tags.retain(|it| Some(it) != image.as_ref());
            container.build = Some(build);
        }
    }
}

/// The bytes where a value is used.
fn used(value: &Value) -> Span {
    value.through.first().copied().unwrap_or(value.span)
}

/// What a value is, with an article.
fn noun(kind: &Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Bool(_) => "a truth value",
        Kind::Int(_) => "a whole number",
        Kind::Float(_) => "a number with a fraction",
        Kind::String(_) => "a string",
        Kind::Path(_) => "a path",
        Kind::List(_) => "a list",
        Kind::Set(_) => "a set",
        Kind::Function(..) => "a function",
        _ => "a value",
    }
}
