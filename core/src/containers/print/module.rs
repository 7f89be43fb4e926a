//! What do modules for NixOS have in common?

use std::collections::HashSet;

use super::{Backend, Choices, Context, Report, Target, secrets::Owner};
use crate::{
    containers::model::{At, Container, NetworkMode, Port},
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

/// Says where the firewall of NixOS is before ports, and where it is not.
///
/// Source: docs.docker.com, *Packet filtering and firewalls*; containers/podman docs/tutorials/rootless_tutorial.md (a
/// program of the user listens on the ports); nixpkgs oci-containers.nix, `ports`
pub(super) fn firewall(context: &Context<'_>, target: &Target, owner: Owner, report: &mut Report) {
    let unit = |it: &Container| context.unit_of(target, &it.name).unwrap_or_default();
    let is_open = |it: &&At<Port>| !matches!(&*it.value.host_address, "127.0.0.1" | "::1" | "localhost");
    let containers = || context.project.containers.iter();
    if let Some((container, first)) = containers().find_map(|it| Some((it, it.ports.iter().find(is_open)?))) {
        let of_user = owner == Owner::User || context.choices.rootless.is_some() && target.id == "quadlet-nix";
        let runner = context.choices.backend.title();
        let message = match of_user {
            true => [
                "Podman runs as a user here, so `networking.firewall` is before published ports, such as those of `",
                &unit(container),
                "`: open what others are to reach in `networking.firewall.allowedTCPPorts`.",
            ]
            .concat(),
            false => [
                runner,
                " opens published ports, such as those of `",
                &unit(container),
                "`, to the network, whatever `networking.firewall` says: publish to 127.0.0.1 what is for this machine alone.",
            ]
            .concat(),
        };
        report.note(Some(first.span), message);
    }
    for container in containers() {
        if let Some(At { value: NetworkMode::Host, span }) = &container.network_mode {
            let message = [
                "With the host's network, `networking.firewall` is before the ports of `",
                &unit(container),
                "`: open what others are to reach in `networking.firewall.allowedTCPPorts`.",
            ];
            report.note(Some(*span), message.concat());
        }
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
