//! What do modules for NixOS have in common?

use std::collections::HashSet;

use super::{Backend, Choices, Context, Report};
use crate::{
    containers::model::{At, Port},
    docker::host::Release,
    notation::nix::{Binding, Nix, push_string, write_commented, write_name},
    text::Ink,
};

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

/// The option that hands out graphics cards.
///
/// Source: nixpkgs nixos/modules/services/hardware/nvidia-container-toolkit/default.nix (24.11; the option's older name is
/// that of 24.05), nixos/modules/virtualisation/docker.nix, `enableNvidia`
pub(super) fn cards(choices: &Choices) -> &'static str {
    match (choices.release, choices.backend) {
        (it, _) if it >= Release::new(24, 11) => "hardware.nvidia-container-toolkit.enable",
        (it, _) if it >= Release::new(24, 5) => "virtualisation.containers.cdi.dynamic.nvidia.enable",
        (_, Backend::Docker) => "virtualisation.docker.enableNvidia",
        (_, Backend::Podman) => "virtualisation.podman.enableNvidia",
    }
}

/// Says of published ports that the firewall of NixOS is not before them.
///
/// Source: docs.docker.com, *Packet filtering and firewalls*; nixpkgs oci-containers.nix, `ports`
pub(super) fn open_ports(context: &Context<'_>, report: &mut Report) {
    let mut open = context.project.containers.iter().flat_map(|it| &it.ports);
    let is_open = |it: &&At<Port>| !matches!(&*it.value.host_address, "127.0.0.1" | "::1" | "localhost");
    if let Some(first) = open.find(is_open) {
        let message = "Published ports are open to the network, whatever `networking.firewall` says: publish to 127.0.0.1 what is for this machine alone.";
        report.note(Some(first.span), message);
    }
}

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

/// Writes a module down, with what it says of secrets.
pub(super) fn finish(context: &Context<'_>, mut uses: Uses, mut module: Vec<Binding>) -> Ink {
    module.extend(context.kept.bindings());
    let mut body = Nix::Set(module);
    uses.config |= context.kept.resolve(&mut body);
    let option: Vec<&str> = context.choices.option.split('.').map(str::trim).filter(|it| !it.is_empty()).collect();
    if !option.is_empty() {
        uses.config = true;
        uses.lib = true;
        body = switched(&option, &context.names.project, body);
    }
    let nix = match header(&uses) {
        "" => body,
        header => Nix::Function(header, Box::new(body)),
    };
    write_commented(&context.open_questions().join("\n"), &nix)
}

/// A module that an option switches on.
fn switched(option: &[&str], project: &str, body: Nix) -> Nix {
    let path = [&["options"], option, &["enable"]].concat().into_iter().map(str::to_owned).collect();
    let about = if project.is_empty() { "the containers".to_owned() } else { ["the containers of ", project].concat() };
    let enable = Nix::Call("lib.mkEnableOption".into(), Box::new(string(&about)));
    let name = option.iter().map(|it| write_name(it)).collect::<Vec<_>>().join(".");
    let when = ["lib.mkIf config.", &name, ".enable"].concat();
    Nix::Set(vec![
        Binding { path, ..Binding::named("", enable) },
        Binding::named("config", Nix::Call(when.into(), Box::new(body))).apart(),
    ])
}

/// The header of a module; empty where it uses no argument.
fn header(uses: &Uses) -> &'static str {
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
