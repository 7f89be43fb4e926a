//! What is wrong with a Compose file? One rule per file.
//!
//! A new rule is its file, one word in `rules!` below, and its tests.

use std::{cell::Cell, collections::HashSet};

use super::{
    read::{Reading, is_without_services},
    schema::{self, Key},
};
use crate::{
    address::Subnet,
    containers::model::Project,
    document::{Kind, Member, Node},
    rule::diagnostic::{Diagnostic, Fix, Stage},
    text::{Edits, Span, TextEdit, order, words},
};

/// So many words are looked up among those that were likely meant: nobody fixes a thousand one by one.
const MAX_LOOKUPS: usize = 200;

/// What a rule may look at.
pub struct Context<'a> {
    /// The text, for quoting what was written.
    pub text: &'a str,
    /// What was read of it.
    pub reading: &'a Reading,
    /// Every key with its row, those of extensions left out.
    pub keys: Vec<Written<'a>>,
    /// Whether secrets are kept elsewhere than in the result.
    pub keeps_secrets: bool,
    lookups: Cell<usize>,
}

/// A key that is written in the text.
pub struct Written<'a> {
    /// The place it is at, as the table has it: `services.*`.
    pub place: String,
    /// Its row; `None` where there is none.
    pub key: Option<&'static Key>,
    /// The key with its value.
    pub member: &'a Member,
}

impl<'a> Context<'a> {
    /// What there is to look at in a text that was read.
    pub fn new(text: &'a str, reading: &'a Reading) -> Self {
        let mut keys = Vec::new();
        let place = if is_without_services(&reading.root) { "services" } else { "" };
        match place {
            "" => gather(&reading.root, place, &mut keys),
            _ => entries(&reading.root, place, &mut keys),
        }
        Self { text, reading, keys, keeps_secrets: false, lookups: Cell::new(MAX_LOOKUPS) }
    }

    /// What the text asks for.
    pub fn project(&self) -> &'a Project {
        &self.reading.project
    }

    /// What is written at a place.
    pub fn written(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The keys of this path: `services.*.image`.
    pub fn at(&self, parent: &str, name: &str) -> impl Iterator<Item = &'a Member> {
        let found = self.keys.iter().filter(move |it| it.place == parent && it.member.key == name);
        found.map(|it| it.member)
    }

    /// The word that was likely meant: the nearest, if it is near.
    pub fn meant<'n>(&self, written: &str, right: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        let left = self.lookups.get();
        self.lookups.set(left.saturating_sub(1));
        let near = |it: &'n str| (words::distance(&written.to_lowercase(), it), it);
        let nearest = right.into_iter().filter(|_| left > 0).take(300).map(near).min_by_key(|it| it.0);
        nearest.filter(|it| it.0 <= 1.max(written.chars().count() / 3).min(3)).map(|it| it.1)
    }

    /// The edits that write a text in place of another.
    pub fn replace(&self, span: Span, text: impl Into<String>) -> Edits {
        Edits::replace(span, text)
    }

    /// The edits that give a key another name.
    pub fn rename(&self, key: Span, name: &str) -> Edits {
        let quote = self.written(key).chars().next().filter(|it| matches!(it, '"' | '\''));
        let mark = quote.map(String::from).unwrap_or_default();
        Edits::replace(key, [&mark, name, &mark].concat())
    }

    /// The edits that put a value in double quotes.
    pub fn quote(&self, span: Span) -> Edits {
        let text = self.written(span).replace('\\', "\\\\").replace('"', "\\\"");
        Edits::replace(span, ["\"", &text, "\""].concat())
    }

    /// The edits that take whole lines out: those of a member or element of a block. None where it is within brackets.
    pub fn without(&self, span: Span) -> Edits {
        let before = self.text.get(..span.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |it| it + 1);
        let behind = self.text.get(span.end..).unwrap_or_default();
        let end = span.end + behind.find('\n').map_or(behind.len(), |it| it + 1);
        let around = [Span::new(start, span.start), Span::new(span.end, end)];
        let is_alone = self.written(around[0]).chars().all(|it| matches!(it, ' ' | '-' | '\u{feff}'));
        let rest = self.written(around[1]).trim();
        match is_alone && (rest.is_empty() || rest.starts_with('#')) {
            true => Edits::replace(Span::new(start, end), ""),
            false => Edits::NONE,
        }
    }

    /// The edits that declare a name at the top of the project: `networks:` with `web:` in it.
    pub fn declare(&self, section: &str, name: &str) -> Edits {
        let root = &self.reading.root;
        let found = root.members().iter().rev().find(|it| it.key == section);
        let line = |indent: &str| [indent, name, ":\n"].concat();
        let edit = match found.map(|it| &it.value) {
            Some(Node { kind: Kind::Map(members), .. }) if !members.is_empty() => {
                let first = members.iter().find(|it| self.column(it.key_span.start).is_some());
                let Some(first) = first else { return Edits::NONE };
                let column = self.column(first.key_span.start).unwrap_or_default();
                if column == 0 {
                    return Edits::NONE;
                }
                TextEdit { span: Span::empty(first.key_span.start - column), text: line(&" ".repeat(column)) }
            }
            Some(_) => return Edits::NONE,
            None => {
                let end = self.text.len();
                let is_block = root.members().first().is_some_and(|it| self.column(it.key_span.start) == Some(0));
                if !is_block || self.reading.yaml.documents.len() > 1 {
                    return Edits::NONE;
                }
                let gap = if self.text.ends_with('\n') { "" } else { "\n" };
                TextEdit { span: Span::empty(end), text: [gap, section, ":\n", &line("  ")].concat() }
            }
        };
        edit.into()
    }

    /// The edits that write a subnet into a network of the project: `ipam` with its `config`.
    ///
    /// None where the network has an `ipam` already, or is written in a way that nothing can be added to.
    pub fn subnet_into(&self, network: &str, subnet: Subnet) -> Edits {
        let root = &self.reading.root;
        let lines = |column: usize| {
            let indent = " ".repeat(column);
            [&indent, "ipam:\n", &indent, "  config:\n", &indent, "    - subnet: ", &subnet.to_string(), "\n"].concat()
        };
        let mut sections = root.members().iter().filter(|it| it.key == "networks");
        let (section, more) = (sections.next(), sections.next());
        let members = section.map(|it| it.value.members()).unwrap_or_default();
        let mut found = members.iter().filter(|it| it.key == network);
        let edit = match (section, found.next(), found.next(), more) {
            // The network that a project has by itself.
            (_, None, ..) => {
                let Some(declared) = self.declare("networks", network).first().cloned() else { return Edits::NONE };
                let line = declared.text.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
                let column = line.len() - line.trim_start().len();
                TextEdit { text: [&declared.text, &*lines(column + 2)].concat(), ..declared }
            }
            (_, Some(one), None, None) => {
                let Some(edit) = self.added_to(one, &lines, subnet) else { return Edits::NONE };
                edit
            }
            _ => return Edits::NONE,
        };
        edit.into()
    }

    /// The edit that adds an `ipam` to a network that is written down.
    fn added_to(&self, network: &Member, lines: &dyn Fn(usize) -> String, subnet: Subnet) -> Option<TextEdit> {
        let value = &network.value;
        let is_flow = self.written(value.span).starts_with('{');
        match &value.kind {
            Kind::Map(members) if members.iter().any(|it| matches!(it.key.as_str(), "ipam" | "external" | "<<")) => {
                None
            }
            Kind::Map(members) if is_flow => {
                let start = value.span.start + 1;
                let behind = if members.is_empty() { " " } else { ", " };
                let text = [" ipam: { config: [{ subnet: ", &subnet.to_string(), " }] }", behind].concat();
                Some(TextEdit { span: Span::new(start, start + self.blanks_at(start)), text })
            }
            Kind::Map(members) => {
                let first = members.first()?;
                let column = self.column(first.key_span.start)?;
                // What an alias copies is written elsewhere.
                let is_here = network.key_span.end < first.key_span.start && value.span.holds(first.key_span);
                let start = first.key_span.start - column;
                is_here.then(|| TextEdit { span: Span::empty(start), text: lines(column) })
            }
            Kind::Null | Kind::Missing => {
                let column = self.column(network.key_span.start)?;
                let behind = self.text.get(network.key_span.end..)?;
                let line = behind.split_inclusive('\n').next()?;
                let rest = line.trim_start_matches(' ').strip_prefix(':')?.trim();
                let is_bare = rest.is_empty() || rest.starts_with('#');
                let gap = if line.ends_with('\n') { "" } else { "\n" };
                let end = network.key_span.end + line.len();
                is_bare.then(|| TextEdit { span: Span::empty(end), text: [gap, &lines(column + 2)].concat() })
            }
            _ => None,
        }
    }

    /// How many blanks there are from a byte on.
    fn blanks_at(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.len() - rest.trim_start_matches(' ').len()
    }

    /// How many blanks are before a byte on its line; `None` where anything else is.
    fn column(&self, at: usize) -> Option<usize> {
        let before = self.text.get(..at)?;
        let line = before.rsplit('\n').next()?;
        line.chars().all(|it| it == ' ').then_some(line.len())
    }
}

/// Gathers the keys of an object.
fn gather<'a>(node: &'a Node, place: &str, keys: &mut Vec<Written<'a>>) {
    for member in node.members().iter().filter(|it| !it.key.starts_with("x-")) {
        let key = schema::find(place, &member.key);
        keys.push(Written { place: place.to_owned(), key, member });
        if let Some(key) = key {
            below(&member.value, &key.path(), keys);
        }
    }
}

/// Gathers the keys within the entries of a mapping of any names.
fn entries<'a>(node: &'a Node, path: &str, keys: &mut Vec<Written<'a>>) {
    let inner = [path, ".*"].concat();
    for member in node.members().iter().filter(|it| !it.key.starts_with("x-")) {
        gather(&member.value, &inner, keys);
    }
}

/// Gathers the keys within a value.
fn below<'a>(node: &'a Node, path: &str, keys: &mut Vec<Written<'a>>) {
    match &node.kind {
        Kind::Map(_) if !schema::at(path).is_empty() => gather(node, path, keys),
        Kind::Map(_) if !schema::at(&[path, ".*"].concat()).is_empty() => entries(node, path, keys),
        Kind::List(elements) => {
            let inner = [path, "[]"].concat();
            if !schema::at(&inner).is_empty() {
                elements.iter().for_each(|it| gather(it, &inner, keys));
            }
        }
        _ => {}
    }
}

/// Adds what a rule finds.
type Check = fn(&Context, &mut Vec<Diagnostic>);

rules! {
    address_outside_subnet,
    address_taken,
    command_cut_off,
    container_name_taken,
    dependency_cycle,
    docker_socket_mounted,
    health_never_asked,
    host_port_taken,
    image_missing,
    image_without_tag,
    key_unknown,
    name_undefined,
    network_mode_with_networks,
    ports_without_network,
    privileged,
    secret_inlined,
    value_of_wrong_kind,
    value_refused,
    value_rewritten,
    variable_malformed,
    variable_missing,
    variable_misspelled,
    version_obsolete,
    yaml_malformed,
}

pub(crate) use variable_misspelled::misspelled;

/// Runs every rule.
pub fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for check in CHECKS {
        check(context, &mut found);
    }
    order::sort(&mut found, |a, b| a.span.cmp(&b.span));
    // An anchor that is copied is found again with each copy.
    let mut seen = HashSet::new();
    found.retain(|it: &Diagnostic| seen.insert((it.rule, it.span, it.message.clone())));
    found
}

#[cfg(test)]
mod tests;
