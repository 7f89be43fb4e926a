//! Which options does a native container have, and what does each take?

use crate::{docker::host::Release, text::words};

/// An option.
#[derive(Debug)]
pub struct Row {
    /// The place it is at: [`CONTAINER`] for those of a container itself.
    pub place: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What counts where nothing is said, as Nix; empty where something has to be.
    pub default: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Where in nixpkgs it is declared.
    pub source: &'static str,
}

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A string.
    Text,
    /// A string or null.
    TextOrNull,
    /// A list of strings.
    Texts,
    /// A port.
    Port,
    /// A port or null.
    PortOrNull,
    /// A path.
    Path,
    /// A path or null.
    PathOrNull,
    /// A whole number, or one of three words.
    Users,
    /// A module of NixOS.
    Module,
    /// A set of anything.
    Set,
    /// Sets of options by any name, at this place.
    Groups(&'static str),
    /// A list of sets of options, at this place.
    Lists(&'static str),
    /// It is gone.
    Removed,
}

impl Kind {
    /// What it is called, with an article.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Bool => "`true` or `false`",
            Self::Text => "a string",
            Self::TextOrNull => "a string or null",
            Self::Texts => "a list of strings",
            Self::Port => "a port from 0 to 65535",
            Self::PortOrNull => "a port from 0 to 65535, or null",
            Self::Path => "a path",
            Self::PathOrNull => "a path or null",
            Self::Users => "a number, or one of \"no\", \"identity\" and \"pick\"",
            Self::Module => "a module of NixOS",
            Self::Set | Self::Groups(_) => "a set",
            Self::Lists(_) => "a list of sets",
            Self::Removed => "nothing any more",
        }
    }
}

/// The place of the options of a container.
pub const CONTAINER: &str = "containers.*";
/// The place of the options of a forwarded port.
pub const PORTS: &str = "containers.*.forwardPorts";
/// The place of the options of a mount.
pub const MOUNTS: &str = "containers.*.bindMounts.*";
/// The place of the options of a further pair of interfaces.
pub const VETHS: &str = "containers.*.extraVeths.*";
/// The place of the options of a device.
pub const DEVICES: &str = "containers.*.allowedDevices";
/// The place of the options of NAT.
pub const NAT: &str = "networking.nat";

const MODULE: &str = "nixos/modules/virtualisation/nixos-containers.nix, containers.<name>";
const OF_NETWORK: &str = "nixos/modules/virtualisation/nixos-containers.nix, networkOptions";
const OF_MOUNT: &str = "nixos/modules/virtualisation/nixos-containers.nix, bindMountOpts";
const OF_DEVICE: &str = "nixos/modules/virtualisation/nixos-containers.nix, allowedDeviceOpts";
const OF_NAT: &str = "nixos/modules/services/networking/nat.nix";

const fn row(
    place: &'static str,
    name: &'static str,
    kind: Kind,
    default: &'static str,
    source: &'static str,
    summary: &'static str,
) -> Row {
    Row { place, name, kind, default, summary, source }
}

/// Every option, by its place and name.
pub static ROWS: &[Row] = &[
    row(
        CONTAINER,
        "additionalCapabilities",
        Kind::Texts,
        "[ ]",
        MODULE,
        "Further capabilities of its processes, such as `CAP_NET_ADMIN`.",
    ),
    row(CONTAINER, "allowedDevices", Kind::Lists(DEVICES), "[ ]", MODULE, "Devices of the host that it may use."),
    row(CONTAINER, "autoStart", Kind::Bool, "false", MODULE, "Whether it starts when the host boots."),
    row(
        CONTAINER,
        "bindMounts",
        Kind::Groups(MOUNTS),
        "{ }",
        MODULE,
        "Files and directories of the host that it sees, by their places in it.",
    ),
    row(CONTAINER, "config", Kind::Module, "", MODULE, "The NixOS that runs in it, as a module."),
    row(
        CONTAINER,
        "copyResolvConf",
        Kind::Bool,
        "true",
        MODULE,
        "Whether it gets the host's `/etc/resolv.conf` when it starts.",
    ),
    row(
        CONTAINER,
        "enableTun",
        Kind::Bool,
        "false",
        MODULE,
        "Whether it may make tunnels: `/dev/net/tun` and `CAP_NET_ADMIN`.",
    ),
    row(CONTAINER, "ephemeral", Kind::Bool, "false", MODULE, "Whether its files are gone when it stops."),
    row(CONTAINER, "extraFlags", Kind::Texts, "[ ]", MODULE, "Further flags of systemd-nspawn."),
    row(CONTAINER, "extraVeths", Kind::Groups(VETHS), "{ }", MODULE, "Further pairs of interfaces, by their names."),
    row(
        CONTAINER,
        "flake",
        Kind::TextOrNull,
        "null",
        MODULE,
        "The flake that has its NixOS, in place of `config` or `path`.",
    ),
    row(CONTAINER, "forwardPorts", Kind::Lists(PORTS), "[ ]", OF_NETWORK, "Ports of the host that lead into it."),
    row(
        CONTAINER,
        "hostAddress",
        Kind::TextOrNull,
        "null",
        OF_NETWORK,
        "The IPv4 address of the host's end, `ve-<name>`; it is the way out of the container.",
    ),
    row(
        CONTAINER,
        "hostAddress6",
        Kind::TextOrNull,
        "null",
        OF_NETWORK,
        "The IPv6 address of the host's end, `ve-<name>`.",
    ),
    row(
        CONTAINER,
        "hostBridge",
        Kind::TextOrNull,
        "null",
        OF_NETWORK,
        "The bridge of the host that its interface is plugged into.",
    ),
    row(CONTAINER, "interfaces", Kind::Texts, "[ ]", MODULE, "Interfaces that move from the host into it."),
    row(
        CONTAINER,
        "localAddress",
        Kind::TextOrNull,
        "null",
        OF_NETWORK,
        "The IPv4 address of its own end, `eth0`; with a prefix length on a bridge, without one elsewhere.",
    ),
    row(CONTAINER, "localAddress6", Kind::TextOrNull, "null", OF_NETWORK, "The IPv6 address of its own end, `eth0`."),
    row(CONTAINER, "localMacAddress", Kind::TextOrNull, "null", OF_NETWORK, "The MAC address of its own end, `eth0`."),
    row(
        CONTAINER,
        "macvlans",
        Kind::Texts,
        "[ ]",
        MODULE,
        "Interfaces of the host that it gets an address beside, as `mv-<interface>`.",
    ),
    row(
        CONTAINER,
        "networkNamespace",
        Kind::PathOrNull,
        "null",
        MODULE,
        "The network namespace it runs in, such as one below `/run/netns`.",
    ),
    row(CONTAINER, "nixpkgs", Kind::Path, "pkgs.path", MODULE, "The nixpkgs that its modules and packages come from."),
    row(CONTAINER, "path", Kind::Path, "", MODULE, "A system that is built already, in place of `config`."),
    row(CONTAINER, "pkgs", Kind::Removed, "", MODULE, "Removed: `nixpkgs` or `config.nixpkgs.pkgs` is in its place."),
    row(
        CONTAINER,
        "privateNetwork",
        Kind::Bool,
        "false",
        MODULE,
        "Whether it has a network of its own; without, it shares that of the host.",
    ),
    row(
        CONTAINER,
        "privateUsers",
        Kind::Users,
        "\"no\"",
        MODULE,
        "Whether its users have numbers of their own on the host.",
    ),
    row(
        CONTAINER,
        "restartIfChanged",
        Kind::Bool,
        "true",
        MODULE,
        "Whether `nixos-rebuild switch` starts it again where it has changed.",
    ),
    row(CONTAINER, "specialArgs", Kind::Set, "{ }", MODULE, "Further arguments of the modules in `config`."),
    row(CONTAINER, "timeoutStartSec", Kind::Text, "\"1min\"", MODULE, "How long it may take to start."),
    row(CONTAINER, "tmpfs", Kind::Texts, "[ ]", MODULE, "Places in it that are kept in memory."),
    row(DEVICES, "modifier", Kind::Text, "", OF_DEVICE, "What it may do: `r` read, `w` write, `m` make."),
    row(DEVICES, "node", Kind::Text, "", OF_DEVICE, "The path of the device."),
    row(
        MOUNTS,
        "hostPath",
        Kind::TextOrNull,
        "null",
        OF_MOUNT,
        "The path on the host; where none is said, that in the container.",
    ),
    row(MOUNTS, "isReadOnly", Kind::Bool, "true", OF_MOUNT, "Whether the container can only read it."),
    row(MOUNTS, "mountPoint", Kind::Text, "the name", OF_MOUNT, "The path in the container."),
    row(VETHS, "forwardPorts", Kind::Lists(PORTS), "[ ]", OF_NETWORK, "Ports of the host that lead into it."),
    row(VETHS, "hostAddress", Kind::TextOrNull, "null", OF_NETWORK, "The IPv4 address of the host's end."),
    row(VETHS, "hostAddress6", Kind::TextOrNull, "null", OF_NETWORK, "The IPv6 address of the host's end."),
    row(VETHS, "hostBridge", Kind::TextOrNull, "null", OF_NETWORK, "The bridge of the host that it is plugged into."),
    row(VETHS, "localAddress", Kind::TextOrNull, "null", OF_NETWORK, "The IPv4 address of the container's end."),
    row(VETHS, "localAddress6", Kind::TextOrNull, "null", OF_NETWORK, "The IPv6 address of the container's end."),
    row(VETHS, "localMacAddress", Kind::TextOrNull, "null", OF_NETWORK, "The MAC address of the container's end."),
    row(
        PORTS,
        "containerPort",
        Kind::PortOrNull,
        "null",
        OF_NETWORK,
        "The port in the container; where none is said, that of the host.",
    ),
    row(PORTS, "hostPort", Kind::Port, "", OF_NETWORK, "The port of the host."),
    row(PORTS, "protocol", Kind::Text, "\"tcp\"", OF_NETWORK, "`tcp` or `udp`."),
    row(
        NAT,
        "enable",
        Kind::Bool,
        "false",
        OF_NAT,
        "Whether the host forwards packets, with its own address in place of the sender's.",
    ),
    row(NAT, "enableIPv6", Kind::Bool, "false", OF_NAT, "Whether it does so with IPv6, too."),
    row(NAT, "externalInterface", Kind::TextOrNull, "null", OF_NAT, "The interface that leads to the internet."),
    row(
        NAT,
        "internalInterfaces",
        Kind::Texts,
        "[ ]",
        OF_NAT,
        "The interfaces that packets come from: `ve-+` with iptables, `ve-*` with nftables.",
    ),
];

impl Row {
    /// The whole name: `containers.<name>.bindMounts.<name>.hostPath`.
    pub fn title(&self) -> String {
        [self.place, ".", self.name].concat().replace('*', "<name>")
    }

    /// Where it is written down.
    pub fn written_in(&self) -> String {
        ["nixpkgs ", self.source].concat()
    }

    /// The NixOS release that has it first, where not every supported one has it.
    ///
    /// Source: nixpkgs pull requests 359352, 362210, 413463, 462775 and their releases.
    pub fn since(&self) -> Option<Release> {
        match self.name {
            "networkNamespace" | "privateUsers" => Some(Release::new(25, 5)),
            "flake" => Some(Release::new(25, 11)),
            "localMacAddress" => Some(Release::new(26, 5)),
            _ => None,
        }
    }
}

/// The options at a place.
pub fn at(place: &str) -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(move |it| it.place == place)
}

/// The option of a name at a place.
pub fn find(place: &str, name: &str) -> Option<&'static Row> {
    at(place).find(|it| it.name == name)
}

/// The option that was likely meant: the nearest, if it is near.
pub fn nearest(place: &str, written: &str) -> Option<&'static str> {
    let lower = written.to_lowercase();
    let near = at(place).filter(|it| it.kind != Kind::Removed);
    let near = near.map(|it| (words::distance(&lower, &it.name.to_lowercase()), it.name));
    let nearest = near.min_by_key(|it| it.0);
    nearest.filter(|it| it.0 <= 1.max(written.len() / 3).min(4)).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_in_order_and_each_says_where_it_is_declared() {
        for place in [CONTAINER, DEVICES, MOUNTS, VETHS, PORTS, NAT] {
            let names: Vec<&str> = at(place).map(|it| it.name).collect();
            assert!(!names.is_empty() && names.is_sorted_by(|a, b| a < b), "{place}: {names:?}");
        }
        for it in ROWS {
            assert!(it.source.starts_with("nixos/modules/") && it.source.contains(".nix"), "{it:?}");
            assert!(
                it.summary.ends_with('.') && it.summary.starts_with(|it: char| it.is_uppercase() || it == '`'),
                "{it:?}"
            );
        }
    }

    #[test]
    fn near_names_are_found() {
        for (written, expected) in [
            ("privateNetworking", Some("privateNetwork")),
            ("bindmounts", Some("bindMounts")),
            ("hostAdress", Some("hostAddress")),
            ("autostart", Some("autoStart")),
            ("localAddress4", Some("localAddress")),
            ("ports", None),
        ] {
            assert_eq!(nearest(CONTAINER, written), expected, "{written}");
        }
    }
}
