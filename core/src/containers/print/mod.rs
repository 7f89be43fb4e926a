//! How are containers written down? One file a target, and the targets to choose from.
//!
//! Most targets are another way to say what `docker run` or `podman run` would be told. So `args.rs` makes the flags of
//! both once, and a target puts each where it has a place for it.

mod args;
mod arion;
mod compose;
mod create;
mod home_manager;
mod labels;
mod module;
mod names;
mod oci;
mod place;
mod quadlet;
mod quadlet_files;
mod quadlet_nix;
mod replicas;
mod run;
mod secrets;
mod units;
mod yaml;

use std::collections::{HashMap, HashSet};

use super::{
    model::{At, HandedFile, Missing, Project, Unusable},
    told::Told,
};
use crate::{
    bench,
    docker::host::Release,
    text::{Ink, Role, Span},
};
use labels::Labels;
use module::firewall;
use names::{Names, plain};
pub use secrets::Secrets;
use secrets::{HOME, Kept, Owner};

/// What runs the containers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Backend {
    /// Docker.
    #[default]
    Docker,
    /// Podman.
    Podman,
}

impl Backend {
    /// Its name in units and commands.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Podman => "podman",
        }
    }

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Docker => "Docker",
            Self::Podman => "Podman",
        }
    }
}

/// What is chosen beside a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// What runs the containers, where a target knows both.
    pub backend: Backend,
    /// The NixOS release that Nix is written for.
    pub release: Release,
    /// What the project is called where its text does not say; empty for no name, and no names before those of its parts.
    pub project: String,
    /// The directory that relative paths start from, absolute; empty for one of the project's name in `/srv`.
    pub directory: String,
    /// The home directory that `~` stands for.
    pub home: String,
    /// Whether a container is started again of which the text does not say so, as NixOS does.
    pub keeps_running: bool,
    /// Whether all of a project starts and stops with one target.
    pub has_target: bool,
    /// Whether a user runs the containers, by this number, where a target knows that.
    pub rootless: Option<u32>,
    /// How secrets are kept, where a target knows that.
    pub secrets: Secrets,
    /// The option that switches a module on: `services.media`; empty for a module that is always on.
    pub option: String,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            backend: Backend::Docker,
            release: Release::LATEST,
            project: String::new(),
            directory: String::new(),
            home: "/root".to_owned(),
            keeps_running: true,
            has_target: true,
            rootless: None,
            secrets: Secrets::Inline,
            option: String::new(),
        }
    }
}

/// The notation of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Nix.
    Nix,
    /// Words of a shell.
    Shell,
    /// YAML.
    Yaml,
    /// Units of systemd.
    Unit,
}

/// Something that containers can be written down for.
#[derive(Debug)]
pub struct Target {
    /// Its name in links and on the command line; once released it stays.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The name of the file it is saved as.
    pub file: &'static str,
    /// What it is for, in one line.
    pub description: &'static str,
    /// How it is written.
    pub notation: Notation,
    /// What puts the file in place, in order.
    steps: &'static [Step],
    /// What the unit is called that runs a container of this name; `None` where none does.
    unit: Option<fn(&Context<'_>, &str) -> String>,
    /// Whose configuration it is a module of; `None` where it is none.
    owner: Option<Owner>,
    /// Whether secrets can be kept elsewhere.
    keeps_secrets: bool,
    /// What can run it; where that is one, it is what runs it whatever is chosen.
    pub backends: &'static [Backend],
    write: fn(&Context<'_>, &mut Report) -> Ink,
}

/// One step of putting a file in place.
///
/// In its texts `UNIT` stands for the unit of a container, `PROJECT` for the project, `RUNNER` for the program that runs
/// the containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    /// What it does, in the imperative.
    title: &'static str,
    /// What to know, in sentences.
    explanation: &'static str,
    /// What to type, or to write into a file; a line that needs a unit is left out where there is none.
    lines: &'static [&'static str],
}

impl Target {
    /// Whether Compose runs the result, with names and numbers of its own.
    fn is_run_by_compose(&self) -> bool {
        matches!(self.id, "compose" | "arion" | "arion-compose")
    }

    /// The target of this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|it| it.id == id)
    }
}

/// Every target, the likeliest first.
pub static TARGETS: &[Target] = &[
    Target {
        id: "oci-containers",
        title: "NixOS containers",
        file: "containers.nix",
        description: "A NixOS module with `virtualisation.oci-containers`: systemd starts each container, with Docker or Podman.",
        notation: Notation::Nix,
        steps: oci::STEPS,
        unit: Some(|context, name| [context.unit(name).as_str(), ".service"].concat()),
        owner: Some(Owner::Machine),
        keeps_secrets: true,
        backends: &[Backend::Docker, Backend::Podman],
        write: oci::write,
    },
    Target {
        id: "docker-run",
        title: "Command",
        file: "run.sh",
        description: "The commands for a shell, a flag a line, with its long name and the quotes that it needs.",
        notation: Notation::Shell,
        steps: run::STEPS,
        unit: None,
        owner: None,
        keeps_secrets: false,
        backends: &[Backend::Docker, Backend::Podman],
        write: run::write,
    },
    Target {
        id: "quadlet-nix",
        title: "quadlet-nix",
        file: "quadlet.nix",
        description: "A NixOS module with `virtualisation.quadlet` of the flake quadlet-nix: Podman's own units, for root or a user.",
        notation: Notation::Nix,
        steps: quadlet_nix::STEPS,
        unit: Some(quadlet::unit),
        owner: Some(Owner::Machine),
        keeps_secrets: true,
        backends: &[Backend::Podman],
        write: quadlet_nix::write_module,
    },
    Target {
        id: "home-manager",
        title: "home-manager",
        file: "podman.nix",
        description: "A module of home-manager with `services.podman`: a user runs the containers, without root.",
        notation: Notation::Nix,
        steps: home_manager::STEPS,
        unit: Some(|context, name| ["podman-", &quadlet::unit(context, name)].concat()),
        owner: Some(Owner::User),
        keeps_secrets: true,
        backends: &[Backend::Podman],
        write: home_manager::write,
    },
    Target {
        id: "arion",
        title: "Arion",
        file: "arion.nix",
        description: "A NixOS module with `virtualisation.arion` of the flake Arion: one unit that runs Compose.",
        notation: Notation::Nix,
        steps: arion::MODULE_STEPS,
        unit: Some(arion::unit),
        owner: Some(Owner::Machine),
        keeps_secrets: false,
        backends: &[Backend::Docker, Backend::Podman],
        write: arion::write_module,
    },
    Target {
        id: "arion-compose",
        title: "Arion file",
        file: "arion-compose.nix",
        description: "An `arion-compose.nix`, for the command `arion`, which runs Compose.",
        notation: Notation::Nix,
        steps: arion::STEPS,
        unit: None,
        owner: None,
        keeps_secrets: false,
        backends: &[Backend::Docker, Backend::Podman],
        write: arion::write,
    },
    Target {
        id: "quadlet",
        title: "Quadlet files",
        file: "quadlet.txt",
        description: "Files for /etc/containers/systemd, which Podman makes units of on any distribution.",
        notation: Notation::Unit,
        steps: quadlet_files::STEPS,
        unit: Some(quadlet::unit),
        owner: None,
        keeps_secrets: false,
        backends: &[Backend::Podman],
        write: quadlet_files::write,
    },
    Target {
        id: "compose",
        title: "Compose file",
        file: "compose.yaml",
        description: "A Compose file, for `docker compose` on any machine.",
        notation: Notation::Yaml,
        steps: compose::STEPS,
        unit: None,
        owner: None,
        keeps_secrets: false,
        backends: &[Backend::Docker],
        write: compose::write,
    },
];

/// Containers as they are written down.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// The text.
    pub text: String,
    /// The pieces of the text that have a role, in order and disjoint.
    pub spans: Vec<(Span, Role)>,
    /// What became of each fact.
    pub told: Told,
    /// What to know about it.
    pub notes: Vec<Note>,
    /// What puts it in place, in order.
    pub steps: Vec<bench::Step>,
}

/// Something to know about what is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What there is to know, in sentences.
    pub message: String,
    /// The bytes of the source that it is about.
    pub span: Option<Span>,
}

/// What a target says beside its text.
#[derive(Debug, Default)]
struct Report {
    told: Told,
    notes: Vec<Note>,
}

impl Report {
    fn note(&mut self, span: Option<Span>, message: impl Into<String>) {
        self.notes.push(Note { message: message.into(), span });
    }
}

/// What every target is handed.
struct Context<'a> {
    project: &'a Project,
    choices: &'a Choices,
    names: Names,
    /// Secrets that are not in the project.
    kept: Kept,
    /// What labels say of units.
    labels: Labels,
    /// By which names others reach a container that joins networks, for a runtime without links.
    linked: HashMap<&'a str, Vec<&'a str>>,
    /// The files that containers get as secrets, and those that they get as configuration.
    secrets: HandedFiles<'a>,
    configs: HandedFiles<'a>,
}

/// Files that containers get, by the names that the project has for them.
type HandedFiles<'a> = HashMap<&'a str, &'a HandedFile>;

/// Of files with one name the first counts.
fn by_name(files: &[HandedFile]) -> HandedFiles<'_> {
    files.iter().rev().map(|it| (&*it.name, it)).collect()
}

impl<'a> Context<'a> {
    fn new(project: &'a Project, choices: &'a Choices, names: Names, kept: Kept, labels: Labels) -> Self {
        let (linked, secrets, configs) = (linked(project), by_name(&project.secrets), by_name(&project.configs));
        Self { project, choices, names, kept, labels, linked, secrets, configs }
    }

    /// The unit that runs a container, by its name in the project.
    fn unit_of(&self, target: &Target, container: &str) -> Option<String> {
        let name = self.names.container(container).unwrap_or(container);
        target.unit.map(|it| it(self, name))
    }

    /// The steps of a target, with the names of this project.
    fn steps(&self, target: &Target) -> Vec<bench::Step> {
        let unit = self.project.containers.first().and_then(|it| self.unit_of(target, &it.name));
        let filled = |text: &str| {
            let text = text.replace("UNIT", unit.as_deref().unwrap_or_default());
            text.replace("PROJECT", &arion::name(self)).replace("RUNNER", self.choices.backend.name())
        };
        let lines = |it: &Step| {
            let lines = it.lines.iter().filter(|it| unit.is_some() || !it.contains("UNIT"));
            lines.map(|it| filled(it)).collect::<Vec<_>>()
        };
        let step = |it: &Step| bench::Step {
            title: it.title.to_owned(),
            explanation: filled(it.explanation),
            lines: lines(it),
        };
        target.steps.iter().map(step).collect()
    }

    /// What is to be replaced before the file is of use: a line for each.
    fn open_questions(&self) -> Vec<String> {
        let mut seen = HashSet::new();
        let missing = self.project.missing.iter().filter(|it| seen.insert(&*it.placeholder));
        let line = |it: &Missing| ["Replace ", &it.placeholder, ": the text leaves ", &it.name, " open."].concat();
        missing.map(line).map(|it| it.replace(|it: char| it.is_control(), " ")).collect()
    }

    /// Begins a text with what is to be replaced in it, in comments of a notation where `#` begins one.
    fn begin(&self) -> Ink {
        let mut ink = Ink::default();
        for line in self.open_questions() {
            ink.put(Role::Comment, &["# ", &line].concat());
            ink.space("\n");
        }
        ink
    }
}

/// The names that links give containers, of those that join networks.
fn linked(project: &Project) -> HashMap<&str, Vec<&str>> {
    let joining = project.containers.iter().filter(|it| !it.networks.is_empty());
    let mut linked: HashMap<&str, Vec<&str>> = joining.map(|it| (&*it.name, Vec::new())).collect();
    for At { value: (name, alias), span: _ } in project.containers.iter().flat_map(|it| &it.links) {
        if let (Some(names), Some(alias)) = (linked.get_mut(&**name), alias) {
            names.push(alias);
        }
    }
    linked
}

/// Writes a project down.
///
/// ```
/// use drydock::{
///     containers::{
///         model::{At, Container, Project},
///         print::{self, Choices, Target},
///     },
///     text::Span,
/// };
///
/// let web = Container {
///     name: "web".to_owned(),
///     image: Some(At::new("nginx:1.27".to_owned(), Span::new(11, 21))),
///     ..Container::default()
/// };
/// let project = Project { containers: vec![web], ..Project::default() };
/// let printed = print::print(&project, &Choices::default(), Target::find("oci-containers").unwrap());
/// assert!(printed.text.contains("image = \"nginx:1.27\";"));
/// ```
pub fn print(project: &Project, choices: &Choices, target: &Target) -> Printed {
    let mut report = Report::default();
    let mut choices = choices.clone();
    if let [only] = target.backends {
        choices.backend = *only;
    }
    if target.owner == Some(Owner::User) {
        choices.home = HOME.to_owned();
        if choices.directory.is_empty() {
            let own = project.name.as_ref().map_or(&choices.project, |it| &it.value);
            let name = if own.is_empty() { "containers".to_owned() } else { plain(&own.to_ascii_lowercase()) };
            choices.directory = [HOME, "/", &name].concat();
        }
    }
    let choices = &choices;
    let Project {
        name,
        is_named_by_directory: _,
        containers: _,
        networks: _,
        volumes: _,
        secrets,
        configs,
        missing,
        unusable,
    } = project;
    if let Some(name) = name {
        report.told.carried(name.span, "the names of what is made");
    }
    for Unusable { span, why } in unusable {
        report.told.dropped(*span, why.as_str());
    }
    for Missing { name, placeholder, span } in missing {
        let said = ["The text leaves `", name, "` open: `", placeholder, "` stands for it, to be replaced."];
        report.told.changed(*span, said.concat());
    }
    let containers = || project.containers.iter();
    let secrets_used: HashSet<&str> = containers().flat_map(|it| &it.secrets).map(|it| &*it.value.source).collect();
    let configs_used: HashSet<&str> = containers().flat_map(|it| &it.configs).map(|it| &*it.value.source).collect();
    for (files, used) in [(secrets, secrets_used), (configs, configs_used)] {
        for file in files.iter().filter(|it| !used.contains(&*it.name)) {
            report.told.dropped(file.span, "No container gets this file.");
        }
    }
    let mut rest = project.clone();
    let services = match target.is_run_by_compose() {
        true => HashMap::new(),
        false => replicas::make(&mut rest, choices.backend, &mut report),
    };
    let mut names = Names::of(&rest, choices, services, &mut report.told);
    if target.owner == Some(Owner::User) {
        names.without_dots();
    }
    let has_units = target.keeps_secrets || target.notation == Notation::Unit;
    let labels = match has_units {
        true => Labels::take(&mut rest, target.id == "oci-containers", &mut report),
        false => Labels::default(),
    };
    let kept = match target.owner.filter(|_| target.keeps_secrets) {
        Some(owner) => Kept::take(&mut rest, &names, choices.secrets, owner, &labels.secrets, &mut report),
        None => Kept::default(),
    };
    if !target.keeps_secrets {
        for (_, At { value, span }) in &labels.secrets {
            report.told.dropped(*span, ["No file here has the path of the secret `", value, "` of sops-nix."].concat());
        }
    }
    let project = &rest;
    let context = Context::new(project, choices, names, kept, labels);
    if choices.secrets != Secrets::Inline && !target.keeps_secrets {
        let message = "How secrets are kept is not chosen here: they stay in this result as the text has them.";
        report.note(None, message);
    }
    if !choices.option.is_empty() && target.owner.is_none() {
        report.note(None, "This is no module, so no option switches it on.");
    }
    let Ink { text, spans } = (target.write)(&context, &mut report);
    context.named_by_directory(target, &mut report);
    if let Some(owner) = target.owner {
        firewall(&context, target, owner, &mut report);
    }
    report.told.reword(&|it| it.replace(HOME, "~"));
    report.notes.iter_mut().for_each(|it| it.message = it.message.replace(HOME, "~"));
    let steps = [context.kept.steps(), context.steps(target)].concat();
    Printed { text, spans, told: report.told, notes: report.notes, steps }
}
