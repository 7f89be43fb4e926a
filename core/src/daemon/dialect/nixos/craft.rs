//! How is Nix read, changed and written? This code weighs more than all of JSON's, and may load when a text is Nix
//! (`late.rs`).

use super::{
    edit::{edit as edited, turned_on as turned_on_in},
    find,
    own::Spot,
    place as places,
    read::read,
};
use crate::{
    Engine,
    daemon::{late, nixos::Definition},
    docker::host::Release,
    document::{CannotEdit, Change, Document, Kind as NodeKind, Node, Place, Tree},
    notation::nix,
    schema::{DaemonOption, Kind, assist::Own},
    text::{Edits, Span},
};

/// All that takes much code.
pub struct Craft {
    tree: fn(&str) -> Tree,
    edit: fn(&str, &Document, &Change) -> Result<Edits, CannotEdit>,
    place: fn(&str, usize) -> Place,
    key: fn(&DaemonOption, &Place) -> Option<(String, usize)>,
    value: fn(&str, Kind) -> String,
    spot: fn(&str, usize) -> Option<Spot>,
    definitions: fn(&str) -> Vec<Definition>,
    machines: fn(&str) -> Vec<Span>,
    turned_on: fn(&str) -> Edits,
}

/// It. A wasm that refers to this contains it.
pub static CRAFT: Craft = Craft {
    tree: read,
    edit: edited,
    place: places::place,
    key: places::key,
    value: places::value,
    spot: places::among_options,
    definitions: definitions_of,
    machines: machines_of,
    turned_on: turned_on_in,
};

fn definitions_of(text: &str) -> Vec<Definition> {
    let reading = nix::read(text);
    find::hosts(&reading.value).first().map(find::Host::definitions).unwrap_or_default()
}

fn machines_of(text: &str) -> Vec<Span> {
    if !find::may_have_machines(text) {
        return Vec::new();
    }
    let reading = nix::read(text);
    let hosts = find::hosts(&reading.value);
    let with_docker = hosts.iter().filter(|it| it.name.start < it.name.end && it.has_docker());
    with_docker.map(|it| it.name).collect()
}

pub(super) fn tree(text: &str) -> Tree {
    let nothing = || Node::new(NodeKind::Map(Vec::new()), Span::new(0, text.len()));
    late::nix().map_or_else(|| Tree { root: nothing(), problems: Vec::new(), end: None }, |it| (it.tree)(text))
}

pub(super) fn edit(text: &str, document: &Document, change: &Change) -> Result<Edits, CannotEdit> {
    (late::nix().ok_or(CannotEdit)?.edit)(text, document, change)
}

pub(super) fn place(text: &str, at: usize) -> Place {
    late::nix().map(|it| (it.place)(text, at)).unwrap_or_default()
}

pub(super) fn key(option: &DaemonOption, place: &Place) -> Option<(String, usize)> {
    (late::nix()?.key)(option, place)
}

pub(super) fn value(text: &str, kind: Kind) -> String {
    late::nix().map(|it| (it.value)(text, kind)).unwrap_or_default()
}

pub(super) fn own(text: &str, at: usize, engine: Engine, release: Release) -> Option<Own> {
    (late::come()?.own)(text, at, engine, release)
}

pub(super) fn spot(text: &str, at: usize) -> Option<Spot> {
    (late::nix()?.spot)(text, at)
}

/// What a text says of the options of NixOS that matter to Docker, of the machine whose settings are read; in the order of
/// the text.
pub fn definitions(text: &str) -> Vec<Definition> {
    late::nix().map(|it| (it.definitions)(text)).unwrap_or_default()
}

/// The names of the machines and modules that a text sets Docker up in, the one that is read first.
pub fn machines(text: &str) -> Vec<Span> {
    late::nix().map(|it| (it.machines)(text)).unwrap_or_default()
}

/// The edits that turn Docker on in a text that says nothing of it; none where no place for that is clear.
pub fn turned_on(text: &str) -> Edits {
    late::nix().map_or(Edits::NONE, |it| (it.turned_on)(text))
}
