//! What are containers, networks and volumes called where they run?
//!
//! A text has names of its own (`db`), the runtime others (`shop-db`), and a unit may have letters that neither has.

use std::collections::{HashMap, HashSet};

use super::{Choices, Context, Report, Target};
use crate::containers::{
    model::{At, Project},
    told::Told,
};

/// The names in a project, by what the project itself calls things.
#[derive(Clone)]
pub(super) struct Names {
    /// What the project is called; empty for nothing.
    pub project: String,
    /// The services of containers that are one of several, by the names that the project has for these.
    services: HashMap<String, String>,
    containers: HashMap<String, String>,
    networks: HashMap<String, Thing>,
    volumes: HashMap<String, Thing>,
}

/// A network or a volume.
#[derive(Clone)]
pub(super) struct Thing {
    /// What the runtime calls it.
    pub name: String,
    /// A name for its unit: letters, digits, `-`, `_`, `.`.
    pub unit: String,
    /// Whether it exists already.
    pub is_external: bool,
}

/// What a project is called of which nobody says it, where it needs a name.
pub(super) const UNNAMED: &str = "containers";

/// Names that a runtime takes for a network of its own, or for none: it makes no network that is called so.
///
/// Source: moby `daemon/internal/runconfig/hostconfig_unix.go`, `IsPreDefinedNetwork`; containers/podman
/// pkg/specgen/namespaces.go, `ParseNetworkFlag`
const RESERVED: &[&str] = &["default", "bridge", "host", "none", "private", "pasta", "slirp4netns"];

impl Names {
    pub fn of(project: &Project, choices: &Choices, services: HashMap<String, String>, told: &mut Told) -> Self {
        let own = project.name.as_ref().map_or(choices.project.as_str(), |it| it.value.as_str());
        let project_name = match own.is_empty() {
            true => String::new(),
            false => letters(&own.to_ascii_lowercase()),
        };
        let prefixed = |name: &str, by: &str| match project_name.is_empty() {
            true => name.to_owned(),
            false => [&project_name, by, name].concat(),
        };
        let mut given = Given::default();
        let mut containers = HashMap::new();
        for container in &project.containers {
            let wanted = match &container.container_name {
                Some(At { value, .. }) => value.clone(),
                None => prefixed(&container.name, "-"),
            };
            let name = given.unique(&plain(&wanted));
            if container.container_name.is_none() && name != wanted {
                let how =
                    ["The container is called `", &name, "`: its name in the text cannot be that of a container."];
                told.changed(container.span, how.concat());
            }
            if let Some(At { value, span }) = &container.container_name {
                match name == *value {
                    true => told.carried(*span, "the name of the container"),
                    false => told.changed(*span, ["The container is called `", &name, "`: the name as written is taken, or has characters that the name of a container cannot have."].concat()),
                }
            }
            containers.insert(container.name.clone(), name);
        }
        let mut things = |all: Vec<(&str, &Option<At<String>>, bool)>, reserved: &[&str]| {
            let mut given = Given::default();
            let mut things = HashMap::new();
            for (name, own_name, is_external) in all {
                let real = match own_name {
                    Some(At { value, .. }) => value.clone(),
                    None if is_external => name.to_owned(),
                    None => match prefixed(name, "_") {
                        real if reserved.contains(&&*real) => [UNNAMED, "_", &real].concat(),
                        real => real,
                    },
                };
                if let Some(At { span, .. }) = own_name {
                    told.carried(*span, "its name");
                }
                let unit = given.unique(&plain(&real));
                things.insert(name.to_owned(), Thing { name: real, unit, is_external });
            }
            things
        };
        let networks = project.networks.iter().map(|it| (&*it.name, &it.own_name, it.is_external));
        let networks = things(networks.collect(), RESERVED);
        let volumes = project.volumes.iter().map(|it| (&*it.name, &it.own_name, it.is_external));
        let volumes = things(volumes.collect(), &[]);
        Self { project: project_name, services, containers, networks, volumes }
    }

    /// Names the units of networks and volumes without dots.
    pub fn without_dots(&mut self) {
        for things in [&mut self.networks, &mut self.volumes] {
            let mut all: Vec<&mut Thing> = things.values_mut().collect();
            all.sort_by(|a, b| a.unit.cmp(&b.unit));
            let mut given = Given::default();
            for thing in all {
                thing.unit = given.unique(&thing.unit.replace('.', "-"));
            }
        }
    }

    /// The container of the project that has this name.
    pub fn container(&self, name: &str) -> Option<&str> {
        self.containers.get(name).map(String::as_str)
    }

    /// What others of the project call a container: by its service, which it may be one of several of.
    pub fn service<'n>(&'n self, name: &'n str) -> &'n str {
        self.services.get(name).map_or(name, String::as_str)
    }

    /// A name for what all containers of one service have together.
    pub fn shared(&self, name: &str) -> String {
        match (self.services.get(name), &*self.project) {
            (None, _) => self.container(name).unwrap_or(name).to_owned(),
            (Some(service), "") => plain(service),
            (Some(service), project) => plain(&[project, "-", service].concat()),
        }
    }

    /// The network of the project that has this name.
    pub fn network(&self, name: &str) -> Option<&Thing> {
        self.networks.get(name)
    }

    /// The volume of the project that has this name.
    pub fn volume(&self, name: &str) -> Option<&Thing> {
        self.volumes.get(name)
    }
}

impl Context<'_> {
    /// Tells of what has another name here than Compose has given it, by the directory of the file.
    ///
    /// Source: compose-go `loader/normalize.go`, `setNameFromKey`, `cli/options.go`, `GetProjectName`
    pub fn named_by_directory(&self, target: &Target, report: &mut Report) {
        // A Compose file is called by its directory again.
        if !self.project.is_named_by_directory || !self.names.project.is_empty() || target.id == "compose" {
            return;
        }
        let is_arion = target.is_run_by_compose();
        let name = |key: &str, thing: &Thing| match is_arion {
            true => [UNNAMED, "_", key].concat(),
            false => thing.name.clone(),
        };
        let mut tell = |what: &str, key: &str, span, thing: &Thing, so_that: &str| {
            let how = [
                "Without a name of the project, Compose calls the ",
                what,
                " by the directory of the file: `DIRECTORY_",
                key,
                "`; here it is `",
                &name(key, thing),
                "`. Write that directory as Project, under Surroundings, in the header, ",
                so_that,
            ];
            report.told.changed(span, how.concat());
        };
        for it in self.project.volumes.iter().filter(|it| !it.is_external && it.own_name.is_none()) {
            if let Some(thing) = self.names.volume(&it.name) {
                tell("volume", &it.name, it.span, thing, "so that a volume that is there already is found again.");
            }
        }
        for it in self.project.networks.iter().filter(|it| !it.is_external && it.own_name.is_none()) {
            if let Some(thing) = self.names.network(&it.name) {
                tell("network", &it.name, it.span, thing, "to have the same name.");
            }
        }
    }

    /// The name of the unit that starts a container, without `.service`.
    pub fn unit(&self, container: &str) -> String {
        [self.choices.backend.name(), "-", container].concat()
    }
}

/// A name of letters, digits, `-`, `_` and `.` that begins with a letter or digit, and has two characters or more.
///
/// Source: moby `daemon/names/names.go`, `RestrictedNamePattern`; systemd.unit(5)
pub(super) fn plain(name: &str) -> String {
    let plain = letters(name);
    match plain.len() {
        1 => [&plain, "-1"].concat(),
        _ => plain,
    }
}

/// The same of one character or more.
fn letters(name: &str) -> String {
    let allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    let letters: String = name.chars().map(|it| if allowed(it) { it } else { '-' }).collect();
    match letters.trim_start_matches(['-', '_', '.']) {
        "" => "unnamed".to_owned(),
        letters => letters.to_owned(),
    }
}

/// Names that are given, each once.
#[derive(Default)]
pub(super) struct Given {
    taken: HashSet<String>,
    /// The number that is tried next for a name that was wanted before.
    next: HashMap<String, usize>,
}

impl Given {
    /// The name, with a number behind it where it is taken.
    pub fn unique(&mut self, name: &str) -> String {
        if self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        let at = self.next.entry(name.to_owned()).or_insert(2);
        loop {
            let unique = format!("{name}-{at}");
            *at += 1;
            if self.taken.insert(unique.clone()) {
                return unique;
            }
        }
    }
}
