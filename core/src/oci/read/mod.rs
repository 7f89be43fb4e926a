//! What containers does a text of Nix ask for? Whatever the text, a [`Project`] comes out, and what could not be carried is
//! named.

mod arion;
mod containers;
mod quadlet;
mod units;
mod value;

use std::collections::{HashMap, HashSet, VecDeque};

use units::{Units, bare_unit};

use super::{
    definitions::{Def, Roots, bare, members, weighed},
    options::{self, Row},
    problem::{Problem, ProblemKind},
};
use crate::{
    address::Subnet,
    containers::model::{
        At, Build, Condition, Container, Dependency, Missing, Mount, MountKind, Network, Project, Restart, Unusable,
    },
    containers::placeholder::Placeholders,
    document,
    notation::nix::{
        self, Open,
        value::{Failure, Kind, Value},
    },
    run::{self, flags::Cli, said::Said},
    text::{Edits, Span, order},
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
    /// Where a subnet can be written into a network, by the bytes of the network's name.
    subnet_places: HashMap<Span, SubnetPlace>,
    /// What runs the containers, where it says so.
    pub runs_on: Option<Cli>,
    /// How many of the containers come before those of Arion's projects.
    pub before_arion: usize,
    /// Whether it is an `arion-compose.nix`, which the command `arion` reads.
    pub is_compose: bool,
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

/// Where a subnet can be written into a network.
#[derive(Clone, Copy, Debug)]
struct SubnetPlace {
    /// The bytes of the path that leads to the network, from the start of its line of code.
    path: Span,
    /// What stands between the path and the subnet, and behind that.
    around: [&'static str; 2],
}

impl Reading {
    /// The edits that write a subnet into a network: a line before the one that names it. None where the network is no set
    /// that is written in its place.
    pub fn subnet_into(&self, text: &str, network: &Network, subnet: Subnet) -> Edits {
        let Some(SubnetPlace { path, around: [before, behind] }) = self.subnet_places.get(&network.span) else {
            return Edits::NONE;
        };
        let line = text.get(..path.start).and_then(|it| it.rsplit('\n').next()).unwrap_or_default();
        let gap = if line.trim().is_empty() { ["\n", line].concat() } else { " ".to_owned() };
        let added = [path.of(text), before, &subnet.to_string(), behind, &gap].concat();
        Edits::replace(Span::empty(path.start), added)
    }
}

/// Reads a text, at a cost that grows with its length.
pub fn read(text: &str, choices: &Choices) -> Reading {
    let variables: Vec<(String, String)> = choices
        .variables
        .lines()
        .filter_map(|it| it.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().trim_matches(['"', '\'']).to_owned()))
        .collect();
    // The first of several counts.
    let values: HashMap<&str, &str> = variables.iter().rev().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let known = |name: &str, path: &str| {
        let given = values.get(name).or_else(|| values.get(path));
        given.map(|it| (*it).to_owned()).or_else(|| quadlet::reference(path))
    };
    let (nix, open) = nix::read_filling(text, &known);
    let roots = Roots::of(&nix.value);
    let usual = run::Choices { variables: variables.clone(), ..run::Choices::default() };
    let mut opens: HashMap<String, Opens> = HashMap::new();
    for it in open {
        opens.entry(it.placeholder.clone()).or_default().all.push(it);
    }
    for it in opens.values_mut() {
        order::sort(&mut it.all, |a, b| a.span.cmp(&b.span));
    }
    let mut reader = Reader {
        text,
        choices,
        known: &known,
        placeholders: Placeholders::of(opens.keys().map(String::as_str)),
        opens,
        asked: HashSet::new(),
        failures: HashSet::new(),
        cli: Cli::Podman,
        said: Said::new(text, &usual, "/"),
        notes: Notes::default(),
        is_of_unit: false,
    };
    let runs_on = runs_on(&roots);
    // Podman is what the module has by itself.
    reader.cli = runs_on.or(choices.runs_on).unwrap_or(Cli::Podman);
    reader.read(&roots);
    let has_units = !roots.oci.is_empty() || !roots.quadlet.is_empty();
    let mut reading = reader.finish(has_units);
    reading.runs_on = runs_on;
    reading.is_compose = !has_units && roots.arion.is_empty() && !roots.compose.is_empty();
    reading.syntax = nix.problems;
    reading
}

/// What became of what says who runs the containers.
const RUNS_ON: &str = "It is what the containers are written down for, where a target knows both Docker and Podman.";

/// What runs the containers: as the text says, or what its units are called after.
fn runs_on(roots: &Roots) -> Option<Cli> {
    let said = |defs: &[Def]| {
        let values = members(defs).into_iter().filter(|it| it.0 == "backend").flat_map(|it| weighed(&it.1).0);
        let mut names = values.filter_map(|it| match &it.value.kind {
            Kind::String(name) => Some(match name.as_str() {
                "docker" => Cli::Docker,
                "podman" | "podman-socket" => Cli::Podman,
                _ => return None,
            }),
            _ => None,
        });
        names.next()
    };
    let of_unit = |name: &str| match name.split_once('-')?.0 {
        "docker" => Some(Cli::Docker),
        "podman" => Some(Cli::Podman),
        _ => None,
    };
    let of_units = || members(&roots.units).iter().find_map(|it| of_unit(it.0));
    said(&roots.oci).or_else(|| said(&roots.arion)).or_else(|| of_units().filter(|_| !roots.oci.is_empty()))
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
    /// Containers that count as started when they have ended well, and what says so.
    completes: HashMap<String, Span>,
    /// When containers are started again, by their names.
    restarts: HashMap<String, At<Restart>>,
    /// Units that make networks, volumes and images.
    makers: HashSet<String>,
    /// What those build, with their names.
    unit_builds: Vec<(String, At<Build>)>,
    /// What those wait for.
    maker_waits: Vec<units::MakerWait>,
    /// Projects of Arion.
    projects: Vec<Project>,
    /// Units by what they start: `docker-web`, `web`.
    units: HashMap<String, String>,
    /// What is said of when containers wait: the container, the unit it waits for, and how.
    waits: Vec<units::Wait>,
    /// What quadlet-nix pulls, by name.
    pulled: HashMap<String, quadlet::Pulled>,
    /// What it builds, by name.
    builds: HashMap<String, quadlet::Built>,
    /// Its pods, by name.
    pods: HashMap<String, quadlet::Pod>,
    /// Where subnets can be written into networks, by the bytes of their names.
    subnet_places: HashMap<Span, SubnetPlace>,
    /// Names of its networks and volumes.
    objects: HashSet<String>,
}

/// What is left open at several places, and has the same to stand for it.
#[derive(Default)]
struct Opens {
    /// In the order of the text.
    all: Vec<Open>,
    /// Whether all of them were asked for.
    are_asked: bool,
}

/// A text that is being read.
struct Reader<'a> {
    text: &'a str,
    choices: &'a Choices,
    known: &'a dyn Fn(&str, &str) -> Option<String>,
    /// What strings leave open, by what stands for it.
    opens: HashMap<String, Opens>,
    /// All that stands for it.
    placeholders: Placeholders,
    asked: HashSet<Span>,
    /// Why Nix fails, as far as that is noted.
    failures: HashSet<Failure>,
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
        let units = Units { containers: &own_names, makers: &notes.makers, objects: &notes.objects };
        for wait in notes.maker_waits.iter().filter(|it| !own_names.contains_key(bare_unit(&it.on.value))) {
            project.unusable.extend(units.told(&wait.on));
        }
        build_by_unit(&mut project, std::mem::take(&mut notes.unit_builds), &notes, &own_names);
        units::wait(&mut project, std::mem::take(&mut notes.waits), &units, &mut problems);
        let mut waited_for = HashSet::new();
        for dependency in project.containers.iter_mut().flat_map(|it| &mut it.depends_on) {
            let Dependency { on, condition, .. } = &mut dependency.value;
            if notes.completes.contains_key(on) {
                *condition = Condition::Completed;
                waited_for.insert(on.clone());
            } else if notes.healthy.contains_key(on) {
                *condition = Condition::Healthy;
                waited_for.insert(on.clone());
            }
        }
        for (all, what) in [(&notes.healthy, "be well"), (&notes.completes, "end")] {
            for (name, span) in all.iter().filter(|it| !waited_for.contains(it.0)) {
                let why = ["Nothing waits for `", name, "` to ", what, "."].concat();
                project.unusable.push(Unusable { span: *span, why });
            }
        }
        for container in &mut project.containers {
            if let Some(restart) = notes.restarts.get(&container.name) {
                container.restart = Some(restart.clone());
            }
        }
        let before_arion = project.containers.len();
        arion::add(&mut project, notes.projects);
        project.unusable.extend(notes.unusable);
        order::sort(&mut project.missing, |a, b| a.span.cmp(&b.span));
        order::sort(&mut project.unusable, |a, b| a.span.cmp(&b.span));
        project.missing.dedup();
        project.unusable.dedup();
        order::sort(&mut problems, |a, b| a.span.cmp(&b.span));
        problems.dedup();
        Reading {
            project,
            subnet_places: notes.subnet_places,
            runs_on: None,
            before_arion,
            is_compose: false,
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
        match self.asked.insert(span) {
            true => self.said.missing(Missing { name, placeholder, span }),
            false => self.said.stands_in(&placeholder),
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

    /// Keeps where a subnet can be written into a network.
    fn takes_subnet(&mut self, network: &Def, around: [&'static str; 2]) {
        let Def { name, whole, .. } = *network;
        let behind = whole.to(name).of(self.text).get(name.end - whole.start..).unwrap_or_default().trim_start();
        let is_set = behind.strip_prefix('=').is_some_and(|it| it.trim_start().starts_with('{'));
        if whole.end > name.end && (is_set || behind.starts_with('.')) {
            let path = Span::new(whole.start, name.end);
            self.notes.subnet_places.insert(name, SubnetPlace { path, around });
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
            && self.failures.insert(failure.clone())
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

/// Images that a unit builds: each for the first container that waits for the unit, or has the image. The others have its
/// name alone, as it is built already.
fn build_by_unit(
    project: &mut Project,
    builds: Vec<(String, At<Build>)>,
    notes: &Notes,
    own_names: &HashMap<String, String>,
) {
    let plain = |image: &str| {
        let image = image.strip_prefix("localhost/").unwrap_or(image);
        image.strip_suffix(":latest").unwrap_or(image).to_owned()
    };
    let mut of_units: HashMap<String, VecDeque<usize>> = HashMap::new();
    let mut of_tags: HashMap<String, usize> = HashMap::new();
    for (at, (unit, build)) in builds.iter().enumerate() {
        of_units.entry(unit.clone()).or_default().push_back(at);
        of_tags.extend(build.value.tags.iter().map(|it| (plain(it), at)));
    }
    let mut builds: Vec<Option<At<Build>>> = builds.into_iter().map(|it| Some(it.1)).collect();
    let mut give = |container: &mut Container, at: usize| {
        let Some(mut build) = builds.get_mut(at).and_then(Option::take) else { return };
        let image = container.image.as_ref().map(|it| it.value.clone());
        build.value.tags.retain(|it| Some(it) != image.as_ref());
        container.build = Some(build);
    };
    let all: HashMap<String, usize> =
        project.containers.iter().enumerate().map(|(at, it)| (it.name.clone(), at)).collect();
    for container in project.containers.iter_mut().filter(|it| it.build.is_none()) {
        let at = container.image.as_ref().and_then(|it| of_tags.get(&plain(&it.value)));
        at.copied().into_iter().for_each(|it| give(container, it));
    }
    let waits = notes.waits.iter().filter(|it| it.is_unit && !it.is_reversed);
    let waits = waits.map(|it| (it.container.as_str(), bare_unit(&it.on.value)));
    let waited_for = notes.maker_waits.iter().filter(|it| it.is_reversed);
    let waited_for = waited_for.filter_map(|it| Some((own_names.get(bare_unit(&it.on.value))?.as_str(), &*it.unit)));
    for (container, unit) in waits.chain(waited_for) {
        let container = all.get(container).and_then(|it| project.containers.get_mut(*it));
        let Some(container) = container.filter(|it| it.build.is_none()) else { continue };
        while let Some(at) = of_units.get_mut(unit).and_then(VecDeque::pop_front) {
            give(container, at);
            if container.build.is_some() {
                break;
            }
        }
    }
    for build in builds.into_iter().flatten() {
        let why = "No container here has the image that is built.".to_owned();
        project.unusable.push(Unusable { span: build.span, why });
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
