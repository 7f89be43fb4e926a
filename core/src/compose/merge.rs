//! What do several documents come to, of which the later ones change the earlier?
//!
//! So do override files, which are documents behind each other, and services that extend others.
//!
//! Source: compose-go `override/merge.go`, `loader/extends.go`, `loader/reset.go`.

use std::collections::HashMap;

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

/// So many documents are taken together; nobody has as many override files.
pub(super) const MAX_DOCUMENTS: usize = 50;

/// What documents come to together.
pub(super) fn documents(reading: &Reading) -> Node {
    let mut documents = reading.documents.iter().take(MAX_DOCUMENTS).filter(|it| it.kind != Kind::Null).cloned();
    let first = documents.next().unwrap_or_else(|| Node::new(Kind::Null, Span::empty(0)));
    documents.fold(first, |base, over| merge(base, over, &[], reading))
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
    /// The other one is in another file.
    OtherFile,
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

/// Works out which services extend others.
pub(super) fn extend(services: &[Member], reading: &Reading) -> Extended {
    let mut extended = Extended { services: Vec::new(), done: Vec::new(), failed: Vec::new() };
    let places: HashMap<&str, usize> = services.iter().enumerate().map(|(at, it)| (it.key.as_str(), at)).collect();
    let mut finished: HashMap<usize, Node> = HashMap::new();
    for at in 0..services.len() {
        // From the service to the last one it extends, and back.
        let (mut chain, mut next) = (Vec::new(), Some(at));
        while let Some(at) = next {
            if finished.contains_key(&at) {
                break;
            }
            chain.push(at);
            next = base_of(services.get(at)).and_then(|it| match it {
                Ok((name, span)) => match places.get(name) {
                    Some(found) if chain.contains(found) || chain.len() > 100 => {
                        extended.failed.push((span, CannotExtend::Cycle));
                        None
                    }
                    Some(found) => {
                        extended.done.push(span);
                        Some(*found)
                    }
                    None => {
                        extended.failed.push((span, CannotExtend::Unknown));
                        None
                    }
                },
                Err(span) => {
                    extended.failed.push((span, CannotExtend::OtherFile));
                    None
                }
            });
        }
        let mut base = next.and_then(|it| finished.get(&it).cloned());
        for at in chain.into_iter().rev() {
            let Some(member) = services.get(at) else { continue };
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

/// The service that another one extends; an error where it is in another file.
fn base_of(member: Option<&Member>) -> Option<Result<(&str, Span), Span>> {
    let extends = member?.value.members().iter().find(|it| it.key == "extends")?;
    if let Some(name) = extends.value.as_str() {
        return Some(Ok((name, extends.span())));
    }
    let members = extends.value.members();
    if members.iter().any(|it| it.key == "file") {
        return Some(Err(extends.span()));
    }
    let service = members.iter().find(|it| it.key == "service")?;
    Some(Ok((service.value.as_str()?, extends.span())))
}
