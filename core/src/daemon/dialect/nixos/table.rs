//! Which options of NixOS are settings of the daemon, or say something about it?
//!
//! Source: nixpkgs `nixos/modules/virtualisation/{docker,docker-rootless}.nix`.

/// Names that lead to Docker.
pub(super) const DOCKER: &[&str] = &["virtualisation", "docker"];

/// Names that lead to the daemon's settings.
pub(super) const SETTINGS: &[&str] = &["virtualisation", "docker", "daemon", "settings"];

/// Names that lead to the settings of the daemon of a user.
pub(super) const ROOTLESS: &[&str] = &["virtualisation", "docker", "rootless", "daemon", "settings"];

/// An option beside `daemon.settings` that is one of the daemon's settings.
#[derive(Debug)]
pub(super) struct Dedicated {
    /// Its name below `virtualisation.docker`.
    pub option: &'static str,
    /// The key of `daemon.json`.
    pub key: &'static str,
    /// The texts that it can be; any truth value when there are none.
    pub values: &'static [&'static str],
    /// Whether a setting is written there where neither is written yet.
    pub is_preferred: bool,
}

/// They.
pub(super) const DEDICATED: &[Dedicated] = &[
    Dedicated {
        option: "storageDriver",
        key: "storage-driver",
        values: &["aufs", "btrfs", "devicemapper", "overlay", "overlay2", "zfs"],
        is_preferred: true,
    },
    Dedicated {
        option: "logDriver",
        key: "log-driver",
        values: &[
            "none",
            "json-file",
            "syslog",
            "journald",
            "gelf",
            "fluentd",
            "awslogs",
            "splunk",
            "etwlogs",
            "gcplogs",
            "local",
        ],
        is_preferred: true,
    },
    // An alias since 24.11.
    Dedicated { option: "liveRestore", key: "live-restore", values: &[], is_preferred: false },
];

/// The option of its own that a key of `daemon.json` has.
pub(super) fn dedicated(key: &str) -> Option<&'static Dedicated> {
    DEDICATED.iter().find(|it| it.key == key)
}

/// Options of `virtualisation.docker` that hold other options.
const GROUPS: &[&[&str]] =
    &[&["daemon"], &["rootless"], &["rootless", "daemon"], &["autoPrune"], &["autoPrune", "allVolumes"]];

/// Names that stand below `virtualisation.docker`, where a text leaves those out.
pub(super) const OF_DOCKER: &[&str] = &[
    "autoPrune",
    "daemon",
    "enable",
    "enableNvidia",
    "enableOnBoot",
    "extraOptions",
    "extraPackages",
    "listenOptions",
    "liveRestore",
    "logDriver",
    "package",
    "rootless",
    "socketActivation",
    "storageDriver",
];

/// What a name of an option leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// To other options.
    On,
    /// To an option that matters.
    Here,
    /// To nothing that matters.
    Nowhere,
}

/// What a path of names leads to.
pub(super) fn leads(path: &[String]) -> Leads {
    use Leads::{Here, Nowhere, On};
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    match names[..] {
        [] => On,
        ["virtualisation"] => On,
        ["virtualisation", "docker"] => On,
        ["virtualisation", "docker", ref below @ ..] if GROUPS.contains(&below) => On,
        ["virtualisation", "docker", ..] => Here,
        ["virtualisation", "podman" | "containers"] => On,
        ["virtualisation", "podman", "autoPrune" | "defaultNetwork" | "dockerSocket" | "networkSocket"] => On,
        ["virtualisation", "podman" | "containers", ..] => Here,
        ["virtualisation", "oci-containers"] => On,
        ["virtualisation", "oci-containers", "backend"] => Here,
        ["system"] => On,
        ["system", "stateVersion"] => Here,
        ["hardware"] => On,
        ["hardware", "nvidia" | "nvidia-container-toolkit"] => On,
        ["hardware", "nvidia" | "nvidia-container-toolkit", _] => Here,
        ["networking"] => On,
        ["networking", "nftables" | "firewall" | "nat" | "proxy"] => On,
        ["networking", "nftables" | "firewall" | "nat" | "proxy", _] => Here,
        ["users"] | ["users", "users" | "groups"] | ["users", "users", _] => On,
        ["users", "users", _, "extraGroups"] | ["users", "groups", "docker"] => Here,
        ["environment"] | ["environment", "etc"] => On,
        ["environment", "etc", "docker/daemon.json"] => Here,
        ["nixpkgs"] | ["nixpkgs", "config"] => On,
        ["nixpkgs", "config", "permittedInsecurePackages"] => Here,
        ["flyingcircus"] | ["flyingcircus", "roles"] | ["flyingcircus", "roles", "docker"] => On,
        ["flyingcircus", ..] => Here,
        _ => Nowhere,
    }
}
