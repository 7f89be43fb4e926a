//! What do modules for NixOS have in common?

use std::collections::HashSet;

use crate::notation::nix::{Nix, push_string};

/// Which arguments of a module are used.
#[derive(Default)]
pub(super) struct Uses {
    pub config: bool,
    pub lib: bool,
    pub pkgs: bool,
}

/// A string of Nix.
pub(super) fn string(text: &str) -> Nix {
    Nix::String(text.chars().filter(|it| *it != '\0').collect())
}

pub(super) fn strings<'s>(all: impl IntoIterator<Item = &'s str>) -> Nix {
    Nix::List(all.into_iter().map(string).collect())
}

/// A list that says each thing once.
pub(super) fn unique(all: Vec<String>) -> Nix {
    let mut seen = HashSet::new();
    Nix::List(all.iter().filter(|it| seen.insert(it.as_str())).map(|it| string(it)).collect())
}

/// What opens the port of the name server that Podman runs for its networks.
///
/// Source: nixpkgs nixos/modules/virtualisation/podman/default.nix, `dns_enabled`; nixos/modules/services/networking/
/// firewall-nftables.nix (a wildcard is `*` there, `+` in iptables)
pub(super) const ASK_NAMES: &str = "\
let
  names = if config.networking.nftables.enable then \"podman*\" else \"podman+\";
in
{
  ${names}.allowedUDPPorts = [ 53 ];
}";

/// `"${pkgs.writeText "name" "text"}:/target:ro"`.
pub(super) fn store_file(name: &str, text: &str, rest: &str) -> String {
    let allowed = |it: char| it.is_ascii_alphanumeric() || "+-._?=".contains(it);
    let name: String = name.chars().map(|it| if allowed(it) { it } else { '-' }).collect();
    let name = name.trim_start_matches('.');
    let mut raw = String::from("\"${pkgs.writeText ");
    push_string(&mut raw, if name.is_empty() { "file" } else { name });
    raw.push(' ');
    push_string(&mut raw, &text.replace('\0', ""));
    raw.push('}');
    let mut quoted = String::new();
    push_string(&mut quoted, &rest.replace('\0', ""));
    raw.push_str(quoted.get(1..).unwrap_or_default());
    raw
}

/// The header of a module; empty where it uses no argument.
pub(super) fn header(uses: &Uses) -> &'static str {
    match (uses.config, uses.lib, uses.pkgs) {
        (false, false, false) => "",
        (false, true, false) => "{ lib, ... }:",
        (false, false, true) => "{ pkgs, ... }:",
        (false, true, true) => "{ lib, pkgs, ... }:",
        (true, false, false) => "{ config, ... }:",
        (true, true, false) => "{ config, lib, ... }:",
        (true, false, true) => "{ config, pkgs, ... }:",
        (true, true, true) => "{\n  config,\n  lib,\n  pkgs,\n  ...\n}:",
    }
}
