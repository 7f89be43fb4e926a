//! Nix: a module of NixOS or a piece of one, a flake, the inside of `daemon.settings`.

pub(crate) mod craft;
mod edit;
mod extra;
mod find;
mod names;
pub(crate) mod own;
mod place;
mod read;
mod said;
mod table;
mod wanted;
mod writer;

pub use craft::{Craft, definitions, machines, turned_on};

use crate::{
    daemon::{foreign, options},
    document::{Dialect, Notation},
};

/// Nix that says how a machine is configured: a module of NixOS or a piece of one, a flake, or the inside of
/// `virtualisation.docker.daemon.settings`.
pub static NIXOS: Dialect = Dialect {
    id: "nixos",
    title: "NixOS module",
    file: "docker.nix",
    nothing: "{ }",
    this: "this module",
    notation: Notation::Nix,
    schema: &options::SCHEMA,
    suits: foreign::is_nix,
    tree: craft::tree,
    edit: craft::edit,
    place: craft::place,
    key: craft::key,
    value: craft::value,
    spell: |_| None,
    own: craft::own,
};
