//! Where among the settings is a byte of a Nix text, and what is written there?

use crate::{
    daemon::options,
    document::{Kind as NodeKind, Node, Place, Step},
    notation::nix::{self, Spot},
    schema::{DaemonOption, Kind},
    text::Span,
};

use super::{
    extra::Flags,
    find::{Host, hosts},
    own,
    read::tree_of,
    table::{DEDICATED, DOCKER, ROOTLESS, SETTINGS},
};

/// The place of byte `at`: of a name or value among the daemon's settings.
pub(super) fn place(text: &str, at: usize) -> Place {
    let reading = nix::read(text);
    let hosts = hosts(&reading.value);
    let within = hosts.first().and_then(|it| it.modules.first()).map_or(&[][..], |it| it.within);
    let mut flags = hosts.first().map(|it| Flags::of(text, it)).unwrap_or_default().into_iter();
    if let Some(flags) = flags.find(|it| it.touches(at)) {
        // Nothing is offered there: it would be written as Nix is.
        let siblings = every_key();
        return Place { wants_key: true, siblings, ..flags.place(at) };
    }
    let tree = tree_of(text, &hosts, Vec::new());
    let mut path = Vec::new();
    if let Some(place) = said(text, &tree.root, at, &mut path) {
        return place;
    }
    written(nix::spot(text, at), within, &tree.root).unwrap_or_default()
}

/// Where byte `at` is among names of options; `None` where these are those of a `let`.
pub(super) fn among_options(text: &str, at: usize) -> Option<own::Spot> {
    let reading = nix::read(text);
    let hosts = hosts(&reading.value);
    let host = hosts.first();
    let within = host.and_then(|it| it.modules.first()).map_or(&[][..], |it| it.within);
    let spot = nix::spot(text, at);
    if spot.is_in_let {
        return None;
    }
    let inner = spot.path.into_iter().map(|it| match it {
        Step::Key(name) => name,
        Step::Index(_) => String::new(),
    });
    Some(own::Spot {
        names: within.iter().map(|it| (*it).to_owned()).chain(inner).collect(),
        token: spot.token,
        is_name: spot.wants_name,
        has_value: spot.has_value,
        is_whole: within.is_empty() && !Host::whole(&reading.value).modules.is_empty(),
        set: host.map(Host::definitions).unwrap_or_default().into_iter().map(|it| (it.path, it.name)).collect(),
    })
}

/// The name of an option as it is written at a place; before a value that is still to come, with all that is around that.
pub(super) fn key(option: &DaemonOption, place: &Place) -> Option<(String, usize)> {
    let name = nix::write_name(option.name());
    if place.has_value {
        let caret = name.len();
        return Some((name, caret));
    }
    let before = [&name, " = "].concat();
    let (value, within) = match option.kind {
        Kind::Text(_) => ("\"\"", 1),
        Kind::List(_) => ("[  ]", 2),
        Kind::Object | Kind::Map(_) => ("{  }", 2),
        Kind::Bool | Kind::Integer(_) | Kind::Any => ("", 0),
    };
    let caret = before.len() + within;
    Some(([&before, value, ";"].concat(), caret))
}

/// A value as it is written: text in quotes, all else as it is.
pub(super) fn value(text: &str, kind: Kind) -> String {
    match kind {
        Kind::Text(_) => nix::string(text).map(|it| nix::write_inline(&it)).unwrap_or_default(),
        _ => text.to_owned(),
    }
}

/// The place of a name or plain value that was read, wherever it is written.
fn said(text: &str, node: &Node, at: usize, path: &mut Vec<Step>) -> Option<Place> {
    let members = node.members().iter().map(|it| (Some(it), Step::Key(it.key.clone()), &it.value));
    let elements = node.elements().iter().enumerate().map(|(index, it)| (None, Step::Index(index), it));
    for (member, step, value) in members.chain(elements) {
        path.push(step);
        let name = member.filter(|it| it.key_span.touches(at));
        let is_plain = !matches!(value.kind, NodeKind::Map(_) | NodeKind::List(_) | NodeKind::Missing);
        if let Some(member) = name {
            let is_key = member.key_span.of(text).trim_matches('"') == member.key;
            let siblings = match is_key {
                true => node.members().iter().map(|it| it.key.clone()).filter(|it| *it != member.key).collect(),
                // An option of its own: no key of daemon.json can be written there.
                false => every_key(),
            };
            let behind = text.get(member.key_span.end..).unwrap_or_default();
            return Some(Place {
                path: path.clone(),
                token: Some(member.key_span),
                wants_key: true,
                has_value: behind.trim_start().starts_with(['=', '.']),
                siblings,
            });
        }
        if is_plain && value.span.touches(at) {
            let token = Some(value.span);
            return Some(Place { path: path.clone(), token, ..Place::default() });
        }
        let found = said(text, value, at, path);
        if found.is_some() {
            return found;
        }
        path.pop();
    }
    None
}

fn every_key() -> Vec<String> {
    let schema = &options::SCHEMA;
    schema.rows.iter().map(|it| it.name().to_owned()).collect()
}

/// The place of what is still being written.
fn written(spot: Spot, within: &[&str], root: &Node) -> Option<Place> {
    if spot.is_in_let {
        return None;
    }
    let outer = within.iter().map(|it| Step::Key((*it).to_owned()));
    let whole: Vec<Step> = outer.chain(spot.path).collect();
    let mut path = match [ROOTLESS, SETTINGS].iter().find_map(|it| behind(&whole, it)) {
        Some(rest) => rest,
        None => {
            let rest = behind(&whole, DOCKER)?;
            let [Step::Key(name)] = rest else {
                return None;
            };
            let option = DEDICATED.iter().find(|it| it.option == name).filter(|_| !spot.wants_name)?;
            let path = Step::top(option.key);
            return Some(Place { path, token: spot.token, ..Place::default() });
        }
    };
    // The settings are a set, whatever list it is in.
    while let [Step::Index(_), rest @ ..] = path {
        path = rest;
    }
    let (last, parent) = path.split_last()?;
    let node = parent.iter().try_fold(root, |node, step| match step {
        Step::Key(name) => node.members().iter().find(|it| it.key == *name).map(|it| &it.value),
        Step::Index(at) => node.elements().get(*at),
    });
    let others = node.into_iter().flat_map(Node::members).filter(|it| *last != Step::Key(it.key.clone()));
    Some(Place {
        path: path.to_vec(),
        token: spot.token.filter(|it| *it != Span::default()),
        wants_key: spot.wants_name,
        has_value: spot.has_value,
        siblings: others.map(|it| it.key.clone()).collect(),
    })
}

/// What is behind some names in a path.
fn behind<'a>(path: &'a [Step], names: &[&str]) -> Option<&'a [Step]> {
    let is_it = |it: &[Step]| it.iter().zip(names).all(|(step, name)| matches!(step, Step::Key(it) if it == name));
    let at = path.windows(names.len()).rposition(is_it)?;
    path.get(at + names.len()..)
}
