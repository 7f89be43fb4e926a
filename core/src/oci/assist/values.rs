//! Which values could be written at a byte of a text: those that an option has, and names that the text declares?

use super::{Within, in_compose, named, place::CARET, ranked};
use crate::{
    bench::{Item, Offered},
    compose::schema,
    document::Step,
    notation::nix,
    oci::{
        Choices,
        definitions::{Roots, bare, members},
        options::{self, Kind, Row},
        read,
    },
    run,
    text::Span,
};

use super::place::{Asked, Place, defs_of, descend};

/// A name that the text declares.
pub(super) struct Declared {
    /// As it is written.
    pub text: String,
    /// What it is the name of.
    pub what: &'static str,
    /// What goes behind it: `:` where a path follows.
    pub behind: &'static str,
}

impl Declared {
    /// As a name in a set.
    pub fn as_name(&self, asked: &Asked, path: &str) -> Item {
        let name = nix::write_name(&self.text);
        let (name, value, within) = match path {
            "services.*.depends_on" => ([&name, ".condition"].concat(), "\"\"", 1),
            _ => (name, "{  }", 2),
        };
        Item { detail: self.what.to_owned(), ..named(asked, &name, "", "", value, within) }
    }

    fn as_value(&self) -> Item {
        let insert = quoted(&[&self.text, self.behind].concat());
        let caret = (!self.behind.is_empty()).then(|| insert.len() - 1);
        Item { label: self.text.clone(), detail: self.what.to_owned(), insert, caret, ..Item::default() }
    }
}

/// A text as it is written.
pub(super) fn quoted(text: &str) -> String {
    nix::string(text).map(|it| nix::write_inline(&it)).unwrap_or_default()
}

/// The values of an option, and of what is within it.
pub(super) fn values_at(asked: &Asked, place: &Place, row: &'static Row, rest: &[Step]) -> Vec<Item> {
    let is_of_flags = matches!(row.name, "extraOptions" | "podmanArgs") && asked.typed.starts_with('-');
    if is_of_flags {
        return flags(asked, row);
    }
    let within = match in_compose(row, rest, false) {
        Some(Within::Value(path)) => path,
        _ => String::new(),
    };
    let known = match (within.as_str(), rest) {
        ("", [Step::Key(name), ..]) => options::values(&[&row.path(), ".", name].concat()),
        ("", _) => options::values(&row.path()),
        (path, _) => schema::values(path),
    };
    let takes_bool = |it: &&schema::Key| it.path() == within && it.forms.contains(&schema::Form::Bool);
    let is_truth = (row.kind == Kind::Bool && rest.is_empty())
        || (row.kind == Kind::Truths && !rest.is_empty())
        || schema::KEYS.iter().any(|it| takes_bool(&it));
    let truths = if is_truth { &["true", "false"][..] } else { &[] };
    let mut items: Vec<Item> = truths.iter().chain(known).map(|it| value(it)).collect();
    let given = given(asked, place);
    let declared = declared_at(asked, place, row, rest, &within);
    items.extend(declared.iter().filter(|it| !given.contains(&it.text)).map(Declared::as_value));
    let is_in_list = matches!(rest.last(), Some(Step::Index(_)));
    let wants_list = row.kind == Kind::Texts || (row.kind == Kind::Any && !within.is_empty() && known.is_empty());
    if wants_list && !is_in_list && !is_truth {
        for it in &mut items {
            it.caret = it.caret.map(|at| at + 2);
            it.insert = ["[ ", &it.insert, " ]"].concat();
        }
    }
    items
}

fn value(written: &str) -> Item {
    let label = written.trim_matches('"');
    let insert = match label {
        "true" | "false" => label.to_owned(),
        _ => quoted(label),
    };
    Item { label: label.to_owned(), insert, ..Item::default() }
}

/// Flags of the program, as an element of a list.
fn flags(asked: &Asked, row: &Row) -> Vec<Item> {
    let program = if row.name == "podmanArgs" { "podman" } else { "docker" };
    let line = [program, " run ", asked.typed].concat();
    let offered = run::assist::complete(&line, line.len()).map(|it| it.items).unwrap_or_default();
    let item = |it: Item| {
        let insert = quoted(&it.insert);
        Item { caret: Some(insert.len() - 1), insert, ..it }
    };
    offered.into_iter().map(item).collect()
}

/// The texts that are in the list already.
fn given(asked: &Asked, place: &Place) -> Vec<String> {
    let Some((Step::Index(_), list)) = place.path.split_last() else { return Vec::new() };
    let reading = nix::read(asked.text);
    let roots = Roots::of(&reading.value);
    let mut found = Vec::new();
    for def in descend(defs_of(&roots, place.module), list) {
        let nix::value::Kind::List(elements) = &def.value.kind else { continue };
        found.extend(elements.iter().filter(|it| it.span != asked.word).filter_map(|it| match &it.kind {
            nix::value::Kind::String(text) => Some(text.clone()),
            _ => None,
        }));
    }
    found
}

// ── what the text declares ──

/// The names that a value of an option may have.
fn declared_at(asked: &Asked, place: &Place, row: &Row, rest: &[Step], within: &str) -> Vec<Declared> {
    match (row.place, row.name) {
        ("oci.containers.*", "dependsOn") => of_project(asked, place, "container"),
        ("oci.containers.*", "networks") => of_project(asked, place, "network"),
        ("oci.containers.*", "volumes") => of_project(asked, place, "volume"),
        ("quadlet.*", "unitConfig") => match rest.first() {
            Some(Step::Key(name)) if WAITS.contains(&name.as_str()) => {
                let own = own_name(place);
                let names = of_quadlet(asked.text, "containers").into_iter().filter(|it| Some(it.as_str()) != own);
                names.map(|it| Declared { text: it + ".service", what: "container", behind: "" }).collect()
            }
            _ => Vec::new(),
        },
        (of, name) if of.starts_with("quadlet.") => {
            let (kind, suffix, what, behind) = match name {
                "networks" => ("networks", ".network", "network", ""),
                "volumes" => ("volumes", ".volume", "volume", ":"),
                "pod" => ("pods", ".pod", "pod", ""),
                "image" if of.starts_with("quadlet.containers") => ("builds", ".build", "image that is built", ""),
                _ => return Vec::new(),
            };
            let names = of_quadlet(asked.text, kind).into_iter();
            names.map(|it| Declared { text: it + suffix, what, behind }).collect()
        }
        _ => declared(asked, place, within),
    }
}

/// Settings of a unit that name others.
const WAITS: &[&str] = &["After", "Before", "BindsTo", "PartOf", "Requires", "Upholds", "Wants"];

/// The names that a value or a mapping of a key of Compose may have.
pub(super) fn declared(asked: &Asked, place: &Place, path: &str) -> Vec<Declared> {
    match path.trim_end_matches("[]") {
        "services.*.depends_on" | "services.*.links" => of_project(asked, place, "container"),
        "services.*.networks" => of_project(asked, place, "network"),
        "services.*.volumes" | "services.*.volumes[].source" => of_project(asked, place, "volume"),
        _ => Vec::new(),
    }
}

/// What it is that a place is in: a container has a name.
fn own_name(place: &Place) -> Option<&str> {
    let sections = ["containers", "services"];
    let at = place.path.iter().position(|it| matches!(it, Step::Key(name) if sections.contains(&name.as_str())))?;
    match place.path.get(at + 1) {
        Some(Step::Key(name)) => Some(name),
        _ => None,
    }
}

/// Containers, networks or volumes of what the text asks for.
fn of_project(asked: &Asked, place: &Place, what: &'static str) -> Vec<Declared> {
    let project = read(&asked.marked(), &Choices::default()).project;
    let own = own_name(place);
    let names: Vec<String> = match what {
        "container" => project.containers.into_iter().map(|it| it.name).filter(|it| Some(it.as_str()) != own).collect(),
        "network" => project.networks.into_iter().map(|it| it.name).filter(|it| it != "default").collect(),
        _ => project.volumes.into_iter().map(|it| it.name).collect(),
    };
    let behind = if what == "volume" { ":" } else { "" };
    let is_told = |it: &String| !it.contains(CARET) && !it.contains('@');
    names.into_iter().filter(is_told).map(|text| Declared { text, what, behind }).collect()
}

/// Objects of quadlet-nix of a kind.
fn of_quadlet(text: &str, kind: &str) -> Vec<String> {
    let reading = nix::read(text);
    let roots = Roots::of(&reading.value);
    let found = members(&roots.quadlet).into_iter().filter(|it| it.0 == kind);
    let objects = found.flat_map(|it| members(&bare(&it.1)));
    objects.map(|it| it.0.to_owned()).filter(|it| !it.contains('$')).collect()
}

/// Objects of quadlet-nix that others refer to by `ref`.
const REFERRED: &[&str] = &["builds", "containers", "networks", "pods", "volumes"];

/// The objects behind `networks.` and the like, where a value is written.
pub(super) fn references(text: &str, at: usize) -> Option<Offered> {
    let is_of_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '\'');
    let before = text.get(..at)?;
    let start = before.trim_end_matches(is_of_word).len();
    let chain = before.get(..start)?.strip_suffix('.')?;
    let outer = chain.trim_end_matches(|it| is_of_word(it) || it == '.');
    let mut names = chain.get(outer.len()..)?.rsplit('.');
    let kind = REFERRED.iter().find(|it| names.clone().next() == Some(it))?;
    names.next();
    if names.next().is_some_and(|it| it != "quadlet") || nix::spot(text, at).wants_name {
        return None;
    }
    let behind = text.get(at..)?;
    let end = at + behind.find(|it| !is_of_word(it)).unwrap_or(behind.len());
    let suffix = if text.get(end..)?.starts_with('.') { "" } else { ".ref" };
    let item = |it: String| {
        let insert = [&nix::write_name(&it), suffix].concat();
        Item { label: it, detail: kind.trim_end_matches('s').to_owned(), insert, ..Item::default() }
    };
    let items: Vec<Item> = of_quadlet(text, kind).into_iter().map(item).collect();
    let items = ranked(items, before.get(start..)?);
    (!items.is_empty()).then_some(Offered { span: Span::new(start, end), items })
}
