//! What do several documents come to, of which the later ones change the earlier?
//!
//! So do override files, which are documents behind each other, and services that extend others.
//!
//! Source: compose-go `override/merge.go`, `loader/extends.go`, `loader/reset.go`.

use std::collections::HashMap;

use super::{
    files::{Files, plain},
    read::is_without_services,
};
use crate::{
    document::{Kind, Member, Node},
    notation::yaml::{Reading, Tag},
    text::Span,
};

/// How values at a place are merged, where not in the usual way: mappings by name, lists one behind the other, and
/// anything else by taking the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Special {
    /// The later one counts.
    Later,
    /// Both become lists of `name=value`.
    List,
    /// Both become mappings.
    Map,
    /// A text is the context.
    Build,
    /// Options go with their driver.
    Logging,
    /// Subnets are told apart by their addresses.
    Subnets,
}

fn special(path: &[&str]) -> Option<Special> {
    Some(match path {
        ["services", _, "command" | "entrypoint"] | ["services", _, "healthcheck", "test"] => Special::Later,
        ["services", _, "ulimits", _] => Special::Later,
        ["networks" | "volumes", _, "labels"] | ["services", _, "build" | "deploy", "labels"] => Special::List,
        ["services", _, "build", "args" | "additional_contexts" | "extra_hosts"] => Special::List,
        [
            "services",
            _,
            "annotations" | "dns" | "dns_opt" | "dns_search" | "env_file" | "label_file" | "environment"
            | "extra_hosts" | "labels" | "sysctls" | "tmpfs",
        ] => Special::List,
        ["services", _, "depends_on" | "networks" | "models"] => Special::Map,
        ["services", _, "build"] => Special::Build,
        ["services", _, "logging"] => Special::Logging,
        ["networks", _, "ipam", "config"] => Special::Subnets,
        _ => return None,
    })
}

/// What an included file adds to the one that includes it.
///
/// Source: compose-go `loader/include.go`, `importResources`; a file that is included can include others.
const INCLUDED: &[&str] = &["configs", "include", "models", "networks", "secrets", "services", "volumes"];

/// What the files of a text come to together.
pub(super) fn documents(files: &Files, reading: &Reading) -> Node {
    let mut documents = files.main.iter().map(|document| match files.is_included(document.span) {
        true => included((*document).clone()),
        false => (*document).clone(),
    });
    let first = documents.next().unwrap_or_else(|| Node::new(Kind::Null, Span::empty(0)));
    documents.fold(first, |base, over| merge(base, over, &[], reading))
}

/// What an included file adds.
fn included(document: Node) -> Node {
    let span = document.span;
    let members = match document {
        old if is_without_services(&old) => {
            vec![Member { key: "services".to_owned(), key_span: Span::empty(span.start), value: old, sound: true }]
        }
        Node { kind: Kind::Map(members), .. } => {
            members.into_iter().filter(|it| INCLUDED.contains(&it.key.as_str())).collect()
        }
        other => return other,
    };
    Node::new(Kind::Map(members), span)
}

/// What an included file says for itself alone: `name`, `version`.
pub(super) fn passed_over(document: &Node) -> impl Iterator<Item = &Member> {
    let is_old = is_without_services(document);
    document.members().iter().filter(move |it| !is_old && !INCLUDED.contains(&it.key.as_str()))
}

/// What a value comes to that changes another one.
fn merge(base: Node, over: Node, path: &[&str], reading: &Reading) -> Node {
    match special(path) {
        _ if over.kind == Kind::Null => return base,
        Some(Special::Later) => return over,
        Some(Special::List) => {
            let mut elements = as_list(base);
            let span = over.span;
            elements.extend(as_list(over));
            return Node::new(Kind::List(elements), span);
        }
        Some(Special::Map) => return merge_maps(as_map(base), as_map(over), path, reading),
        Some(Special::Build) => return merge_maps(as_build(base), as_build(over), path, reading),
        Some(Special::Logging) => {
            let driver = |it: &Node| it.members().iter().find(|it| it.key == "driver").map(|it| it.value.kind.clone());
            let are_other = match (driver(&base), driver(&over)) {
                (Some(base), Some(over)) => base != over,
                _ => false,
            };
            return if are_other { over } else { merge_maps(base, over, path, reading) };
        }
        Some(Special::Subnets) => return merge_subnets(base, over, path, reading),
        None => {}
    }
    match (&base.kind, &over.kind) {
        (Kind::Map(_), Kind::Map(_)) => merge_maps(base, over, path, reading),
        (Kind::List(_), Kind::List(_)) => {
            let (Kind::List(mut elements), Kind::List(more)) = (base.kind, over.kind) else {
                return Node::new(Kind::Opaque, over.span);
            };
            elements.extend(more);
            Node::new(Kind::List(elements), over.span)
        }
        _ => over,
    }
}

fn merge_maps(base: Node, over: Node, path: &[&str], reading: &Reading) -> Node {
    let (Kind::Map(base), Kind::Map(over)) = (base.kind, over.kind.clone()) else {
        return over;
    };
    let span = over_span(&base, over.first());
    let mut members: Vec<Option<Member>> = base.into_iter().map(Some).collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (at, member) in members.iter().flatten().enumerate() {
        places.insert(member.key.clone(), at);
    }
    for member in over {
        let place = places.get(&member.key).copied();
        let slot = place.and_then(|it| members.get_mut(it));
        match (reading.tag(&member.value), slot) {
            (Some(Tag::Reset), Some(slot)) => *slot = None,
            (Some(Tag::Reset), None) => {}
            (None, Some(slot)) if slot.is_some() => {
                let Some(old) = slot.take() else { continue };
                let key = member.key.clone();
                let mut inner: Vec<&str> = path.to_vec();
                inner.push(&key);
                let value = merge(old.value, member.value, &inner, reading);
                *slot = Some(Member { value, ..member });
            }
            (_, Some(slot)) => *slot = Some(member),
            (_, None) => {
                places.insert(member.key.clone(), members.len());
                members.push(Some(member));
            }
        }
    }
    Node::new(Kind::Map(members.into_iter().flatten().collect()), span)
}

fn over_span(base: &[Member], over: Option<&Member>) -> Span {
    over.or(base.first()).map_or(Span::empty(0), Member::span)
}

fn merge_subnets(base: Node, over: Node, path: &[&str], reading: &Reading) -> Node {
    let span = over.span;
    let (Kind::List(mut subnets), Kind::List(more)) = (base.kind, over.kind.clone()) else {
        return over;
    };
    let subnet = |it: &Node| {
        it.members().iter().find(|it| it.key == "subnet").and_then(|it| it.value.as_str().map(str::to_owned))
    };
    for config in more {
        let same = subnet(&config).and_then(|name| subnets.iter_mut().find(|it| subnet(it).as_deref() == Some(&name)));
        match same {
            Some(old) => {
                let base = std::mem::replace(old, Node::new(Kind::Null, span));
                *old = merge_maps(base, config, path, reading);
            }
            None => subnets.push(config),
        }
    }
    Node::new(Kind::List(subnets), span)
}

/// `name=value` for each member.
fn as_list(node: Node) -> Vec<Node> {
    match node.kind {
        Kind::List(elements) => elements,
        Kind::Map(members) => members.into_iter().flat_map(as_pairs).collect(),
        Kind::Null | Kind::Missing => Vec::new(),
        _ => vec![node],
    }
}

fn as_pairs(member: Member) -> Vec<Node> {
    let span = member.span();
    // A dollar of a key stays one: keys are not filled in, and elements of lists are.
    let key = member.key.replace('$', "$$");
    let pair = |value: &Node| {
        let text = match &value.kind {
            Kind::String(text) | Kind::Number(text) => text.clone(),
            Kind::Bool(value) => value.to_string(),
            _ => return Node::new(Kind::String(key.clone()), span),
        };
        Node::new(Kind::String([&key, "=", &text].concat()), span)
    };
    match &member.value.kind {
        Kind::List(elements) => elements.iter().map(pair).collect(),
        _ => vec![pair(&member.value)],
    }
}

/// A mapping without values of the elements of a list.
fn as_map(node: Node) -> Node {
    let Kind::List(elements) = node.kind else { return node };
    let members = elements.into_iter().filter_map(|it| {
        let key_span = it.span;
        let Kind::String(key) = it.kind else { return None };
        Some(Member { key, key_span, value: Node::new(Kind::Null, Span::empty(key_span.end)), sound: true })
    });
    Node::new(Kind::Map(members.collect()), node.span)
}

fn as_build(node: Node) -> Node {
    match node.kind {
        Kind::String(_) => {
            let span = node.span;
            let member =
                Member { key: "context".to_owned(), key_span: Span::empty(span.start), value: node, sound: true };
            Node::new(Kind::Map(vec![member]), span)
        }
        _ => node,
    }
}

/// A service that extends another one could not be worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CannotExtend {
    /// The other one is in a file that is not here.
    OtherFile,
    /// The other one is in a file of another directory, where its relative paths start.
    Elsewhere,
    /// There is no such service.
    Unknown,
    /// It extends itself, over others or not.
    Cycle,
}

/// What services come to that extend others, and the bytes of each `extends`.
pub(super) struct Extended {
    /// The services.
    pub services: Vec<Member>,
    /// Where others were taken from.
    pub done: Vec<Span>,
    /// What could not be done.
    pub failed: Vec<(Span, CannotExtend)>,
}

/// Works out which services extend others, be they of the same file or of one beside it.
pub(super) fn extend(services: &[Member], files: &Files, reading: &Reading) -> Extended {
    let mut extended = Extended { services: Vec::new(), done: Vec::new(), failed: Vec::new() };
    // Each with its file: the services themselves are of the first.
    let mut all: Vec<(&str, &Member)> = services.iter().map(|it| ("", it)).collect();
    all.extend(files.beside.iter().flat_map(|(file, root)| {
        let services = root.members().iter().find(|it| it.key == "services");
        let old = is_without_services(root).then_some(*root);
        let services = old.or(services.map(|it| &it.value)).map_or(&[][..], Node::members);
        services.iter().map(move |it| (*file, it))
    }));
    let places: HashMap<(&str, &str), usize> =
        all.iter().enumerate().map(|(at, it)| ((it.0, it.1.key.as_str()), at)).collect();
    let is_here = |file: &str| files.beside.iter().any(|it| it.0 == file);
    let mut finished: HashMap<usize, Node> = HashMap::new();
    for at in 0..services.len() {
        // From the service to the last one it extends, and back.
        let (mut chain, mut next) = (Vec::new(), Some(at));
        while let Some(at) = next.filter(|it| !finished.contains_key(it)) {
            chain.push(at);
            next = None;
            let Some((own, base)) = all.get(at).and_then(|(own, it)| Some((*own, base_of(it)?))) else { continue };
            let file = base.file.map_or(own, plain);
            match places.get(&(file, base.service)) {
                Some(found) if chain.contains(found) || chain.len() > 100 => {
                    extended.failed.push((base.span, CannotExtend::Cycle));
                }
                Some(found) => {
                    extended.done.push(base.span);
                    if base.file.is_some() && file.contains('/') {
                        extended.failed.push((base.span, CannotExtend::Elsewhere));
                    }
                    next = Some(*found);
                }
                None if base.file.is_some() && !is_here(file) => {
                    extended.failed.push((base.span, CannotExtend::OtherFile));
                }
                None => extended.failed.push((base.span, CannotExtend::Unknown)),
            }
        }
        let mut base = next.and_then(|it| finished.get(&it).cloned());
        for at in chain.into_iter().rev() {
            let Some((_, member)) = all.get(at) else { continue };
            let mut own = member.value.clone();
            if let Kind::Map(members) = &mut own.kind {
                members.retain(|it| it.key != "extends");
            }
            let whole = match base {
                Some(base) => merge(base, own, &["services", member.key.as_str()], reading),
                None => own,
            };
            finished.insert(at, whole.clone());
            base = Some(whole);
        }
    }
    for (at, member) in services.iter().enumerate() {
        let value = finished.remove(&at).unwrap_or_else(|| member.value.clone());
        extended.services.push(Member { value, ..member.clone() });
    }
    extended
}

/// A service that another one extends.
struct BaseOf<'a> {
    /// The file that it is in, where that is said.
    file: Option<&'a str>,
    service: &'a str,
    /// The bytes that say so.
    span: Span,
}

fn base_of(member: &Member) -> Option<BaseOf<'_>> {
    let extends = member.value.members().iter().find(|it| it.key == "extends")?;
    let span = extends.span();
    if let Some(service) = extends.value.as_str() {
        return Some(BaseOf { file: None, service, span });
    }
    let text = |key: &str| extends.value.members().iter().find(|it| it.key == key)?.value.as_str();
    // A file alone names no service.
    let service = text("service").or(text("file").and(Some("")))?;
    Some(BaseOf { file: text("file"), service, span })
}
