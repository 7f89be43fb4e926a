//! What does a Compose file ask for? Whatever the text, a [`Project`] comes out, and what could not be carried is named.

mod build;
mod deploy;
mod environment;
mod files;
mod flags;
mod health;
mod mounts;
mod networks;
mod ports;
mod service;
#[cfg(test)]
mod tests;
mod value;

use std::collections::{HashMap, HashSet};

use super::{
    env::{self, Env},
    files::{Files, MAX_DOCUMENTS, includes},
    merge::{self, CannotExtend},
    names,
    schema::{self, Becomes},
};
use crate::{
    containers::model::{At, Container, Missing, Project, Unusable},
    document::{Kind, Member, Node},
    notation::yaml,
    text::{Span, order, words},
};

/// What is chosen beside a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choices<'a> {
    /// The text of the `.env` file beside it.
    pub env: &'a str,
    /// Variables that win over those of the file.
    pub variables: &'a [(String, String)],
    /// The profiles that are started, besides those of `COMPOSE_PROFILES`; `*` for all.
    pub profiles: &'a [String],
    /// What the project is called where the text does not say it; empty for nothing.
    pub name: &'a str,
}

/// A text as far as it could be understood.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The text as YAML.
    pub yaml: yaml::Reading,
    /// Its documents, taken together.
    pub root: Node,
    /// The variables of `.env`.
    pub env: Env,
    /// What it asks for.
    pub project: Project,
    /// What was heeded and is in no value of the project: `extends`, `profiles`, `version`.
    pub heeded: Vec<Span>,
    /// Values that Compose refuses, each with what is wrong; they are among those that are unusable.
    pub refused: Vec<Unusable>,
    /// What looks like a variable and is none.
    pub malformed: Vec<Span>,
}

/// Reads a text, at a cost that grows with its length.
pub fn read(text: &str, choices: &Choices) -> Reading {
    let yaml = yaml::read(text);
    let (root, read) = {
        let files = Files::of(text, &yaml);
        let root = merge::documents(&files, &yaml);
        let mut read = read_with(text, &root, &files, &yaml, choices);
        read.project.is_named_by_directory = true;
        (root, read)
    };
    Reading { yaml, root, ..read }
}

/// Reads a tree that says what a Compose file would, whatever the notation of its text.
pub fn read_tree(text: &str, root: Node, choices: &Choices) -> Reading {
    let yaml = yaml::Reading::default();
    let read = read_with(text, &root, &Files::of(text, &yaml), &yaml, choices);
    Reading { root, ..read }
}

/// What a tree asks for; without the tree itself, and what it was read from.
fn read_with(text: &str, root: &Node, files: &Files, yaml: &yaml::Reading, choices: &Choices) -> Reading {
    let mut reader = Reader {
        text,
        env: env::read(choices.env),
        choices,
        project: Project::default(),
        heeded: Vec::new(),
        refused: Vec::new(),
        malformed: Vec::new(),
        asked: HashSet::new(),
        depended: HashSet::new(),
        profiles: HashSet::new(),
    };
    reader.root(root, files, yaml);
    let Reader { env, mut project, heeded, mut refused, mut malformed, .. } = reader;
    order::sort(&mut project.unusable, |a, b| a.span.cmp(&b.span));
    project.unusable.dedup();
    order::sort(&mut project.missing, |a, b| a.span.cmp(&b.span));
    order::sort(&mut refused, |a, b| a.span.cmp(&b.span));
    refused.dedup();
    malformed.sort();
    malformed.dedup();
    let (yaml, root) = (yaml::Reading::default(), Node::new(Kind::Missing, Span::default()));
    Reading { yaml, root, env, project, heeded, refused, malformed }
}

/// A text that is being read.
struct Reader<'a> {
    text: &'a str,
    env: Env,
    choices: &'a Choices<'a>,
    project: Project,
    heeded: Vec<Span>,
    refused: Vec<Unusable>,
    malformed: Vec<Span>,
    /// The places of variables that were asked for already.
    asked: HashSet<(usize, String)>,
    /// What the service that is being read depends on.
    depended: HashSet<String>,
    /// The profiles that are started.
    profiles: HashSet<String>,
}

impl Reader<'_> {
    fn root(&mut self, root: &Node, files: &Files, yaml: &yaml::Reading) {
        self.name(root);
        for document in yaml.documents.iter().skip(MAX_DOCUMENTS) {
            self.unusable(document.span, "So many documents are not taken together.");
        }
        let old = is_without_services(root).then(|| root.members().to_vec());
        let is_old = old.is_some();
        let mut services: Vec<Member> = old.unwrap_or_default();
        if !is_old {
            // One letter too few shall not cost the whole file.
            let misspelt = misspelt_services(root);
            services = misspelt.map(|it| self.entries(&it.value)).unwrap_or_default();
            for (key, member) in self.fields(root, "") {
                match key {
                    "include" => self.include(root, &member.value, files),
                    "services" => services = self.entries(&member.value),
                    "networks" => self.networks(&member.value),
                    "volumes" => self.volumes(&member.value),
                    "secrets" => self.project.secrets = self.handed_files(&member.value, "secrets.*"),
                    "configs" => self.project.configs = self.handed_files(&member.value, "configs.*"),
                    _ => {}
                }
            }
        }
        let extended = merge::extend(&services, files, yaml);
        self.heeded.extend(extended.done);
        for (span, why) in extended.failed {
            self.unusable(
                span,
                match why {
                    CannotExtend::OtherFile => OTHER_FILE,
                    CannotExtend::Elsewhere => ELSEWHERE,
                    CannotExtend::Unknown => "There is no such service in this file.",
                    CannotExtend::Cycle => "The service would extend itself.",
                },
            );
        }
        // Of a file that services extend nothing else is read, and of one that is included only what it declares.
        for (_, file) in &files.beside {
            match files.main.iter().any(|it| it.span == file.span) {
                true => self.heeded.extend(merge::passed_over(file).map(Member::span)),
                false => self.heeded.push(file.span),
            }
        }
        for member in extended.services {
            self.service(&member);
        }
        self.default_network();
    }

    /// Tells which files are included, and which would be.
    fn include(&mut self, root: &Node, node: &Node, files: &Files) {
        for (name, span) in includes(root) {
            match files.included.contains(&span) {
                true => self.heeded.push(span),
                false => self.unusable(span, OTHER_FILE),
            }
            if name.contains('/') {
                self.unusable(span, ELSEWHERE);
            }
        }
        for element in node.elements().iter().filter(|it| it.as_str().is_none()) {
            self.fields(element, "include[]");
        }
        if !matches!(node.kind, Kind::List(_) | Kind::Null | Kind::Missing) {
            self.wrong(node, "a list");
        }
    }

    /// What the project is called: by `COMPOSE_PROJECT_NAME`, by the text, or by what was chosen.
    ///
    /// Source: compose-go `cli/options.go`, `withNamePrecedenceLoad`, `WithDefaultProfiles`; `loader/loader.go`, `projectName`.
    fn name(&mut self, root: &Node) {
        let named = root.members().iter().rev().find(|it| it.key == "name" && it.value.as_str().is_some());
        let named = named.filter(|_| !is_without_services(root));
        let given = self.variable("COMPOSE_PROJECT_NAME").map(|it| names::project_name(&it));
        let given = given.filter(|it| !it.is_empty());
        let written = named.and_then(|it| self.text_of(&it.value));
        let chosen = names::project_name(self.choices.name);
        self.project.name = match (given, written) {
            (Some(given), written) => {
                let span = written.map_or(Span::empty(0), |it| it.span);
                self.heeded.push(span);
                Some(At::new(given, span))
            }
            (None, Some(text)) => Some(At::new(names::project_name(&text.value), text.span)),
            (None, None) => Some(At::new(chosen, Span::empty(0))).filter(|it| !it.value.is_empty()),
        };
        let profiles = self.variable("COMPOSE_PROFILES").unwrap_or_default();
        self.profiles = profiles.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
        self.profiles.extend(self.choices.profiles.iter().cloned());
    }

    /// The members of an object that have a row at a place; others are told as unusable, and those of extensions are left
    /// out without a word.
    fn fields<'n>(&mut self, node: &'n Node, place: &'static str) -> Vec<(&'static str, &'n Member)> {
        let mut found = Vec::new();
        for member in self.last_members(node) {
            if member.key.starts_with("x-") {
                continue;
            }
            match schema::find(place, &member.key).map(|it| (it.name, it.becomes)) {
                None => {
                    let why = ["No Compose file has the key `", &member.key, "` here."].concat();
                    self.unusable(member.span(), why);
                }
                Some((_, Becomes::Nowhere(why))) if !is_nothing(&member.value) => self.unusable(member.span(), why),
                Some((_, Becomes::Nowhere(_) | Becomes::Silent)) => self.heeded.push(member.span()),
                Some((name, Becomes::Field | Becomes::Flag(..))) => found.push((name, member)),
            }
        }
        if !matches!(node.kind, Kind::Map(_) | Kind::Null | Kind::Missing) {
            self.wrong(node, "a mapping");
        }
        found
    }

    /// The members of a mapping of any names.
    fn entries(&mut self, node: &Node) -> Vec<Member> {
        if !matches!(node.kind, Kind::Map(_) | Kind::Null | Kind::Missing) {
            self.wrong(node, "a mapping");
        }
        let members = self.last_members(node);
        members.into_iter().filter(|it| !it.key.starts_with("x-")).cloned().collect()
    }

    /// The members of a mapping, of several of a name the last; the others are told.
    fn last_members<'n>(&mut self, node: &'n Node) -> Vec<&'n Member> {
        let members = node.members();
        let mut last: HashMap<&str, usize> = HashMap::new();
        for (at, member) in members.iter().enumerate() {
            last.insert(&member.key, at);
        }
        let mut found = Vec::new();
        for (at, member) in members.iter().enumerate() {
            match last.get(member.key.as_str()) == Some(&at) {
                true => found.push(member),
                false => self.unusable(member.span(), "The same key is written again below."),
            }
        }
        found
    }

    fn unusable(&mut self, span: Span, why: impl Into<String>) {
        self.project.unusable.push(Unusable { span, why: why.into() });
    }

    /// The value is of the wrong kind, or hangs on something that is not given.
    fn wrong(&mut self, node: &Node, right: &str) {
        let written = node.span.of(self.text);
        if let Some(name) = self.open_variable(node) {
            return self.unusable(node.span, ["This needs a value for `", &name, "`."].concat());
        }
        let why = match node.kind {
            Kind::Map(_) => ["This is a mapping where ", right, " belongs."].concat(),
            Kind::List(_) => ["This is a list where ", right, " belongs."].concat(),
            _ => ["`", written, "` is not ", right, "."].concat(),
        };
        self.refuse(node, why);
    }

    /// A variable that the value hangs on and that nobody gave.
    fn open_variable(&self, node: &Node) -> Option<String> {
        let filled = self.peek(node.as_str()?);
        filled.missing.into_iter().next().map(|it| it.0)
    }

    /// The value cannot be used, and Compose refuses it; where it hangs on something that is not given, that is told.
    fn refuse(&mut self, node: &Node, why: impl Into<String>) {
        match self.open_variable(node) {
            Some(name) => self.unusable(node.span, ["This needs a value for `", &name, "`."].concat()),
            None => {
                let unusable = Unusable { span: node.span, why: why.into() };
                self.refused.push(unusable.clone());
                self.project.unusable.push(unusable);
            }
        }
    }

    fn missing(&mut self, name: &str, placeholder: String, span: Span) {
        if self.asked.insert((span.start, name.to_owned())) {
            self.project.missing.push(Missing { name: name.to_owned(), placeholder, span });
        }
    }

    /// The containers that join no network and choose no mode join the one that the project has by itself.
    fn default_network(&mut self) {
        let is_default = |it: &&Container| it.networks.iter().any(|it| it.value.network == networks::DEFAULT);
        let Some(first) = self.project.containers.iter().find(is_default).map(|it| it.span) else {
            return;
        };
        if !self.project.networks.iter().any(|it| it.name == networks::DEFAULT) {
            self.project.networks.insert(0, networks::by_itself(first));
        }
    }
}

/// Why a file could not be taken.
const OTHER_FILE: &str =
    "The other file is not here. Paste it below, behind a line `--- # ` with the name of the file.";

/// Why paths of another file may be wrong.
const ELSEWHERE: &str =
    "The file is in a directory of its own, where its relative paths start; here they start where all do.";

/// Nothing that anybody would miss.
fn is_nothing(node: &Node) -> bool {
    matches!(node.kind, Kind::Null | Kind::Missing)
}

/// What is likely meant to be `services`, in a file that has none.
fn misspelt_services(root: &Node) -> Option<&Member> {
    let members = root.members();
    let is_it = |it: &&Member| {
        schema::find("", &it.key).is_none() && !it.key.starts_with("x-") && words::distance(&it.key, "services") <= 2
    };
    let has_services = members.iter().any(|it| it.key == "services");
    members.iter().find(is_it).filter(|_| !has_services)
}

/// Whether a file is one of the first version: services are its top-level keys.
pub(super) fn is_without_services(root: &Node) -> bool {
    let mut members = root.members().iter().filter(|it| !it.key.starts_with("x-")).peekable();
    let has = |it: &Member, keys: &[&str]| it.value.members().iter().any(|it| keys.contains(&it.key.as_str()));
    let is_service = |it: &Member| it.key != "services" && has(it, &["image", "build", "extends"]);
    members.peek().is_some() && members.all(is_service)
}
