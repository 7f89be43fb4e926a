//! Arion: a project is a Compose file in Nix, and what Nix builds for it.
//!
//! What Compose reads goes to the reader of Compose files as a tree, so that all of its words mean the same: `$$`, `host:80`.
//!
//! Source: hercules-ci/arion src/nix/modules/service/docker-compose-service.nix, `config.out.service`;
//! src/nix/modules/composition/{docker-compose,networks}.nix; src/nix/modules/service/image.nix.

use std::collections::{HashMap, HashSet};

use super::{RUNS_ON, Reader, used, value::Told};
use crate::{
    compose,
    containers::model::{At, MountKind, NetworkMode, Project, Unusable},
    document::{Kind as Form, Member, Node},
    notation::nix::value::Kind,
    oci::{
        definitions::{Def, bare, members},
        options::{self, Becomes, Row, values},
        problem::ProblemKind,
    },
    text::Span,
};

const SERVICE: &str = "arion.settings.services.*.service";

/// An option whose value is of any kind.
static ANY: Row = Row { place: "arion", name: "", kind: options::Kind::Any, becomes: Becomes::Field, summary: "" };

/// A value of any kind is nested no deeper than this.
const DEPTH: usize = 60;

impl Reader<'_> {
    pub fn projects(&mut self, arion: &[Def], compose: &[Def]) {
        for (row, defs) in self.options("arion", arion) {
            match row.name {
                "backend" => {
                    let told = self.one(row, &defs);
                    if let Some(told) = told {
                        if !values("arion.backend").contains(&told.text.as_str()) && !self.is_open(&told.text) {
                            let kind =
                                ProblemKind::NotAmong { option: row.name.to_owned(), values: values("arion.backend") };
                            self.problem(kind, told.span);
                        }
                        self.unusable(told.span, RUNS_ON);
                    }
                }
                _ => {
                    for (name, defs) in members(&defs) {
                        let Some(place) = defs.first().map(|it| it.name) else { continue };
                        let name = At::new(self.named(name, place), place);
                        for (_, defs) in self.options("arion.projects.*", &defs) {
                            self.settings(Some(name.clone()), &defs);
                        }
                    }
                }
            }
        }
        if !compose.is_empty() {
            self.settings(None, compose);
        }
    }

    /// One project.
    fn settings(&mut self, name: Option<At<String>>, defs: &[Def]) {
        let defs = self.with_imports(defs);
        let (mut services, mut networks, mut volumes, mut raw) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut name = name;
        let mut has_default = true;
        for (row, defs) in self.options("arion.settings", &defs) {
            match row.name {
                "project" => {
                    for (row, defs) in self.options("arion.settings.project", &defs) {
                        name = self.one(row, &defs).map(|it| it.at()).or(name);
                    }
                }
                "enableDefaultNetwork" => has_default = self.truth(row, &defs).is_none_or(|it| it.value),
                "networks" => {
                    for (name, defs) in members(&defs) {
                        let Some(place) = defs.first().map(|it| it.name) else { continue };
                        let network = self.keys("arion.settings.networks.*", &defs);
                        if let Some(def) = defs.first().filter(|_| !network.iter().any(|it| it.key == "ipam")) {
                            self.takes_subnet(def, [".ipam.config = [ { subnet = \"", "\"; } ];"]);
                        }
                        networks.push(member(&self.named(name, place), place, map(network, place)));
                    }
                }
                "services" => {
                    for (name, defs) in members(&defs) {
                        let Some(place) = defs.first().map(|it| it.name) else { continue };
                        let name = self.named(name, place);
                        let service = self.service(&name, place, &defs);
                        services.push(member(&name, place, map(service, place)));
                    }
                }
                "docker-compose" => {
                    for (row, defs) in self.options("arion.settings.docker-compose", &defs) {
                        match row.name {
                            "volumes" => volumes.extend(self.any_members(&defs)),
                            _ => raw.extend(self.any_members(&defs)),
                        }
                    }
                }
                "host" => {
                    self.options("arion.settings.host", &defs);
                }
                _ => {}
            }
        }
        has_default &= services.iter().any(joins_default) && !networks.iter().any(|it| it.key == "default");
        if let Some(name) = name.as_ref().filter(|_| has_default) {
            let own_name = member("name", name.span, text(&name.value, name.span));
            networks.push(member("default", name.span, map(vec![own_name], name.span)));
        }
        let place = services.first().map_or(Span::default(), |it| it.key_span);
        let mut root = Vec::new();
        root.extend(name.map(|it| member("name", it.span, text(&it.value, it.span))));
        for (key, members) in [("services", services), ("networks", networks), ("volumes", volumes)] {
            if !members.is_empty() {
                root.push(member(key, place, map(members, place)));
            }
        }
        add_to(&mut root, raw);
        let choices =
            compose::Choices { env: &self.choices.variables, name: &self.choices.name, ..compose::Choices::default() };
        let reading = compose::read_tree(self.text, map(root, place), &choices);
        for container in reading.project.containers.iter().filter(|it| it.image.is_none() && it.build.is_none()) {
            self.problem(ProblemKind::ImageMissing(container.name.clone()), container.span);
        }
        // What hangs on something open is not wrong.
        let refused = reading.refused.into_iter().filter(|it| !self.is_open(&it.why));
        let refused: Vec<Unusable> = refused.collect();
        self.notes.refused.extend(refused);
        self.notes.projects.push(reading.project);
    }

    /// Modules that a project imports; files that are not here are told.
    fn with_imports<'v>(&mut self, defs: &[Def<'v>]) -> Vec<Def<'v>> {
        let mut all = Vec::new();
        let mut rest = bare(defs);
        let mut depth = 0;
        while !rest.is_empty() && depth < DEPTH {
            depth += 1;
            let mut next = Vec::new();
            for def in rest {
                match &def.value.kind {
                    Kind::Set(attributes) => {
                        let config = attributes.iter().find(|it| it.name == "config");
                        if let Some(config) = config {
                            next.extend(bare(&[def.member(config)]));
                        } else {
                            all.push(def);
                        }
                        for it in attributes.iter().filter(|it| it.name == "imports") {
                            if let Kind::List(elements) = &it.value.kind {
                                next.extend(elements.iter().map(Def::of).flat_map(|it| bare(&[it])));
                            }
                        }
                    }
                    Kind::Function(_, inner) => next.extend(bare(&[Def::of(inner)])),
                    Kind::Path(_) | Kind::Unknown(_) | Kind::Applied(..) => {
                        let span = used(def.value);
                        self.unusable(span, "The file is not here: paste what is in it.");
                    }
                    _ => {
                        self.is_set("arion.settings", &def);
                    }
                }
            }
            rest = next;
        }
        all
    }

    // ── a service ──

    fn service(&mut self, name: &str, place: Span, defs: &[Def]) -> Vec<Member> {
        let mut keys = Vec::new();
        let mut more = Vec::new();
        let mut image_name = None;
        let mut is_built = None;
        for (row, defs) in self.options("arion.settings.services.*", defs) {
            match row.name {
                "service" => keys = self.keys(SERVICE, &defs),
                "out" => {
                    for (_, defs) in self.options("arion.settings.services.*.out", &defs) {
                        more.extend(self.any_members(&defs));
                    }
                }
                "image" => {
                    for (row, defs) in self.options("arion.settings.services.*.image", &defs) {
                        match row.name {
                            "name" => image_name = self.one(row, &defs),
                            _ => is_built = self.truth(row, &defs),
                        }
                    }
                }
                "build" => {
                    self.options("arion.settings.services.*.build", &defs);
                }
                _ => {
                    self.options("arion.settings.services.*.nixos", &defs);
                }
            }
        }
        add_to(&mut keys, more);
        let has = |keys: &[Member], name: &str| keys.iter().any(|it| it.key == name && it.value.counts());
        let is_built = is_built.map_or(!has(&keys, "image"), |it| it.value);
        if is_built && !has(&keys, "build") {
            // Its tag is what Nix makes of its contents.
            let image =
                image_name.unwrap_or_else(|| Told { text: ["localhost/", name].concat(), span: place, inner: None });
            keys.retain(|it| it.key != "image");
            self.unusable(
                image.span,
                "Nix builds the image. Elsewhere it has to be built, and pushed to a registry or loaded, first.",
            );
            keys.push(member("image", image.span, text(&image.text, image.place())));
        }
        keys
    }

    /// Options that are keys of Compose.
    fn keys(&mut self, place: &'static str, defs: &[Def]) -> Vec<Member> {
        let mut keys = Vec::new();
        for (row, defs) in self.options(place, defs) {
            let Some(key) = defs.first().map(|it| it.name) else { continue };
            match row.name {
                "capabilities" => {
                    for (name, is_added) in [("cap_add", true), ("cap_drop", false)] {
                        let truths = self.truths(row, &defs).into_iter().filter(|it| it.value.1 == is_added);
                        let names: Vec<Node> = truths.map(|it| text(&it.value.0, it.span)).collect();
                        if !names.is_empty() {
                            keys.push(member(name, key, Node::new(Form::List(names), key)));
                        }
                    }
                }
                "build" => {
                    let inner = self.keys("arion.settings.services.*.service.build", &defs);
                    if inner.iter().any(|it| it.key == "context") {
                        keys.push(member("build", key, map(inner, key)));
                    }
                }
                "healthcheck" => {
                    let inner = self.keys("arion.settings.services.*.service.healthcheck", &defs);
                    match inner.iter().any(|it| it.key == "test") {
                        true => keys.push(member("healthcheck", key, map(inner, key))),
                        false => {
                            let why = "Arion writes a health check only where `test` is set.";
                            bare(&defs).iter().for_each(|it| self.unusable(it.whole, why));
                        }
                    }
                }
                _ => {
                    self.check_kind(row, &defs);
                    if let Some(node) = self.node(&defs, 0) {
                        keys.push(member(row.name, key, node));
                    }
                }
            }
        }
        keys
    }

    /// Whether values are of the kind that an option takes.
    fn check_kind(&mut self, row: &Row, defs: &[Def]) {
        use options::Kind as Takes;
        for def in bare(defs) {
            let is_right = match (&def.value.kind, row.kind) {
                (Kind::Unknown(_) | Kind::Applied(..) | Kind::Missing | Kind::Function(..), _) | (_, Takes::Any) => {
                    true
                }
                (Kind::Null, kind) => matches!(kind, Takes::TextOrNull | Takes::Bool | Takes::NumberOrNull),
                (Kind::String(_), kind) => matches!(kind, Takes::Text | Takes::TextOrNull),
                (Kind::Bool(_), kind) => kind == Takes::Bool,
                (Kind::Int(_), kind) => matches!(kind, Takes::Number | Takes::NumberOrNull),
                (Kind::List(elements), Takes::Texts) => {
                    for element in elements {
                        let is_other = matches!(
                            element.kind,
                            Kind::Int(_) | Kind::Float(_) | Kind::Bool(_) | Kind::List(_) | Kind::Set(_)
                        );
                        if is_other {
                            self.wrong_kind(row, "a string", element);
                        }
                    }
                    true
                }
                (Kind::Set(attributes), Takes::Pairs | Takes::PairsOrNumbers) => {
                    for it in attributes {
                        let is_other = match &it.value.kind {
                            Kind::Int(_) => row.kind == Takes::Pairs,
                            Kind::Float(_)
                            | Kind::Bool(_)
                            | Kind::Null
                            | Kind::List(_)
                            | Kind::Set(_)
                            | Kind::Path(_) => true,
                            _ => false,
                        };
                        if is_other {
                            let wanted =
                                if row.kind == Takes::Pairs { "a string" } else { "a string or a whole number" };
                            self.wrong_kind(row, wanted, &it.value);
                        }
                    }
                    true
                }
                (Kind::Set(_), Takes::Set | Takes::Group) => true,
                _ => false,
            };
            if !is_right {
                self.wrong_kind(row, row.kind.noun(), def.value);
            }
        }
    }

    // ── values of any kind ──

    /// The members of sets of anything.
    fn any_members(&mut self, defs: &[Def]) -> Vec<Member> {
        let mut found = Vec::new();
        let count = self.weighed(defs);
        for def in count.iter().filter(|it| !matches!(it.value.kind, Kind::Set(_))) {
            self.unusable(def.whole, "What this set holds is not known here.");
        }
        for (name, defs) in members(&count) {
            let Some(place) = defs.first().map(|it| it.name) else { continue };
            if let Some(node) = self.node(&defs, 0) {
                found.push(member(&self.named(name, place), place, node));
            }
        }
        found
    }

    /// A value of any kind, as Compose gets it.
    fn node(&mut self, defs: &[Def], depth: usize) -> Option<Node> {
        let count = self.weighed(defs);
        let first = count.first()?;
        let span = used(first.value);
        if depth > DEPTH {
            return Some(Node::new(Form::Opaque, span));
        }
        let kind = match &first.value.kind {
            Kind::Set(_) => {
                let mut found = Vec::new();
                for (name, defs) in members(&count) {
                    let Some(place) = defs.first().map(|it| it.name) else { continue };
                    // Null within what Compose reads is nothing to say.
                    if let Some(node) = self.node(&defs, depth + 1) {
                        found.push(member(&self.named(name, place), place, node));
                    }
                }
                Form::Map(found)
            }
            Kind::List(_) => {
                let mut found = Vec::new();
                for def in &count {
                    let Kind::List(elements) = &def.value.kind else { continue };
                    for element in elements {
                        if self.is_several(element) {
                            continue;
                        }
                        let is_open = matches!(element.kind, Kind::If(..) | Kind::Merge(_));
                        let defs = bare(&[Def::of(element)]);
                        match is_open {
                            true => defs.iter().for_each(|it| found.extend(self.node(&[*it], depth + 1))),
                            false => found.extend(self.node(&defs, depth + 1)),
                        }
                    }
                }
                Form::List(found)
            }
            Kind::Null => Form::Null,
            Kind::Missing => Form::Missing,
            Kind::Bool(value) => Form::Bool(*value),
            Kind::Int(number) => Form::Number(number.to_string()),
            Kind::Float(number) => Form::Number(number.to_string()),
            Kind::Function(..) => {
                self.unusable(span, "A function stands where a value belongs.");
                return None;
            }
            _ => {
                let told = self.text(&ANY, first.value)?;
                return Some(text(&told.text, told.span));
            }
        };
        Some(Node::new(kind, span))
    }
}

/// Whether a service joins the network that a project has by itself; Compose makes none that nobody joins.
///
/// Source: compose-go `types/project.go`, `WithoutUnnecessaryResources`
fn joins_default(service: &Member) -> bool {
    let keys = service.value.members();
    let networks = keys.iter().find(|it| it.key == "networks" && it.value.counts()).map(|it| &it.value.kind);
    match networks {
        Some(Form::Map(names)) => names.iter().any(|it| it.key == "default"),
        Some(Form::List(names)) => names.iter().any(|it| it.kind == Form::String("default".to_owned())),
        _ => !keys.iter().any(|it| it.key == "network_mode" && it.value.counts()),
    }
}

fn member(key: &str, key_span: Span, value: Node) -> Member {
    Member { key: key.to_owned(), key_span, value, sound: true }
}

fn map(members: Vec<Member>, span: Span) -> Node {
    Node::new(Form::Map(members), span)
}

fn text(value: &str, span: Span) -> Node {
    Node::new(Form::String(value.to_owned()), span)
}

/// Adds members; what is in both goes together, and of two values the later counts.
fn add_to(members: &mut Vec<Member>, more: Vec<Member>) {
    let mut places: HashMap<String, usize> =
        members.iter().enumerate().rev().map(|(at, it)| (it.key.clone(), at)).collect();
    for it in more {
        let place = *places.entry(it.key.clone()).or_insert(members.len());
        let Some(known) = members.get_mut(place) else {
            members.push(it);
            continue;
        };
        match (&mut known.value.kind, it.value.kind) {
            (Form::Map(known), Form::Map(more)) => add_to(known, more),
            (Form::List(known), Form::List(more)) => known.extend(more),
            (_, kind) => known.value = Node::new(kind, it.value.span),
        }
    }
}

/// Adds projects to another. What is called as something there gets the name of its project before its own.
pub(super) fn add(project: &mut Project, projects: Vec<Project>) {
    let mut containers: HashSet<String> = project.containers.iter().map(|it| it.name.clone()).collect();
    let mut networks: HashSet<String> = project.networks.iter().map(|it| it.name.clone()).collect();
    let mut volumes: HashSet<String> = project.volumes.iter().map(|it| it.name.clone()).collect();
    for more in projects {
        let Project { name, containers: its, networks: its_networks, volumes: its_volumes, .. } = more;
        let prefix = name.as_ref().map_or("project", |it| it.value.as_str()).to_owned();
        let new = |name: &mut String, known: &HashSet<String>| {
            if known.contains(name) {
                *name = [&prefix, "-", name].concat();
            }
        };
        if project.name.is_none() && project.containers.is_empty() {
            project.name = name;
        }
        let start = project.containers.len();
        for mut container in its {
            new(&mut container.name, &containers);
            container.depends_on.iter_mut().for_each(|it| new(&mut it.value.on, &containers));
            container.links.iter_mut().for_each(|it| new(&mut it.value.0, &containers));
            if let Some(NetworkMode::Container(other)) = container.network_mode.as_mut().map(|it| &mut it.value) {
                new(other, &containers);
            }
            container.networks.iter_mut().for_each(|it| new(&mut it.value.network, &networks));
            let of_volumes = container.mounts.iter_mut().filter(|it| it.value.kind == MountKind::Volume);
            of_volumes.for_each(|it| new(&mut it.value.source, &volumes));
            project.containers.push(container);
        }
        let start_of_networks = project.networks.len();
        for mut network in its_networks {
            new(&mut network.name, &networks);
            project.networks.push(network);
        }
        let start_of_volumes = project.volumes.len();
        for mut volume in its_volumes {
            new(&mut volume.name, &volumes);
            project.volumes.push(volume);
        }
        containers.extend(project.containers.iter().skip(start).map(|it| it.name.clone()));
        networks.extend(project.networks.iter().skip(start_of_networks).map(|it| it.name.clone()));
        volumes.extend(project.volumes.iter().skip(start_of_volumes).map(|it| it.name.clone()));
        project.secrets.extend(more.secrets);
        project.configs.extend(more.configs);
        project.missing.extend(more.missing);
        project.unusable.extend(more.unusable);
    }
}
