//! Which options does NixOS have for Docker, and since when?
//!
//! Source: nixpkgs `nixos/modules/virtualisation/docker.nix` and `docker-rootless.nix`, in copies from 23.11 to mid-2026;
//! pull requests #301547 (`randomizedDelaySec`, `persistent`), #508604 (`allVolumes`).

use super::kinds::Type;
use crate::docker::host::Release;

/// An option below `virtualisation.docker`.
#[derive(Debug)]
pub struct NixOption {
    /// Its names after `virtualisation.docker`, with dots.
    pub name: &'static str,
    /// The values it takes.
    pub kind: Type,
    /// Its default, as Nix, or in words.
    pub default: &'static str,
    /// What it is for.
    pub summary: &'static str,
    /// The first release that has it, of those that Drydock knows.
    pub since: Release,
    /// Whether it is gone, and what NixOS says of it.
    pub removed: Option<&'static str>,
}

/// The values of `storageDriver`.
pub const STORAGE_DRIVERS: &[&str] = &["aufs", "btrfs", "devicemapper", "overlay", "overlay2", "zfs"];

/// The values of `logDriver`.
pub const LOG_DRIVERS: &[&str] =
    &["none", "json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "etwlogs", "gcplogs", "local"];

/// The first release whose `daemon.settings` are a submodule with `live-restore` among its options.
pub const SETTINGS_ARE_A_SUBMODULE: Release = Release::new(24, 11);

/// The first release whose options are known here.
pub const FIRST: Release = Release::new(23, 11);

const fn option(name: &'static str, kind: Type, default: &'static str, summary: &'static str) -> NixOption {
    NixOption { name, kind, default, summary, since: FIRST, removed: None }
}

const fn since(year: u8, month: u8, option: NixOption) -> NixOption {
    NixOption { since: Release::new(year, month), ..option }
}

/// Every option, by name.
pub static OPTIONS: &[NixOption] = &[
    since(
        26,
        5,
        option(
            "autoPrune.allVolumes.enable",
            Type::Bool,
            "false",
            "Whether pruning deletes all volumes that no container uses, those with names too.",
        ),
    ),
    since(26, 5, option("autoPrune.allVolumes.flags", Type::Texts, "[ ]", "Further flags of `docker volume prune`.")),
    option("autoPrune.dates", Type::Text, "\"weekly\"", "When Docker is pruned, as systemd writes times."),
    option("autoPrune.enable", Type::Bool, "false", "Whether `docker system prune` runs from time to time."),
    option("autoPrune.flags", Type::Texts, "[ ]", "Further flags of `docker system prune`."),
    since(25, 5, option("autoPrune.persistent", Type::Bool, "true", "Whether a run that was missed is made up for.")),
    since(
        25,
        5,
        option("autoPrune.randomizedDelaySec", Type::Text, "\"0\"", "How long a run is put off at most, by chance."),
    ),
    option("daemon.settings", Type::Json, "{ }", "What the daemon's file is written from."),
    option("enable", Type::Bool, "false", "Whether Docker runs."),
    option(
        "enableNvidia",
        Type::Bool,
        "false",
        "Adds NVIDIA's runtime; deprecated for `hardware.nvidia-container-toolkit.enable`.",
    ),
    option(
        "enableOnBoot",
        Type::Bool,
        "true",
        "Whether the daemon starts at boot, and not only when it is called: containers with `--restart=always` need it.",
    ),
    option("extraOptions", Type::Line, "\"\"", "Flags of dockerd, put on its command line as they are."),
    option("extraPackages", Type::Packages, "[ ]", "Packages whose programs the daemon finds."),
    option("listenOptions", Type::Texts, "[ \"/run/docker.sock\" ]", "Where systemd listens for the daemon."),
    option(
        "liveRestore",
        Type::Bool,
        "true; since 24.11 false, unless system.stateVersion is older",
        "The setting `live-restore`; since 24.11 another name for it.",
    ),
    option("logDriver", Type::OneOf(LOG_DRIVERS), "\"journald\"", "The log driver, unless the settings name one."),
    option("package", Type::Package, "pkgs.docker", "The package of Docker."),
    option("rootless.daemon.settings", Type::Json, "{ }", "What the file of each user's daemon is written from."),
    option("rootless.enable", Type::Bool, "false", "Whether users can run a daemon of their own."),
    since(
        26,
        5,
        option("rootless.extraPackages", Type::Packages, "[ ]", "Packages whose programs users' daemons find."),
    ),
    option("rootless.package", Type::Package, "pkgs.docker", "The package of users' daemons."),
    option(
        "rootless.setSocketVariable",
        Type::Bool,
        "false",
        "Whether `DOCKER_HOST` leads users to a daemon of their own.",
    ),
    NixOption {
        removed: Some("This option was removed and socket activation is now always active"),
        ..option(
            "socketActivation",
            Type::Bool,
            "",
            "Whether systemd listens for the daemon, which it now always does.",
        )
    },
    option(
        "storageDriver",
        Type::OneOfOrNone(STORAGE_DRIVERS),
        "null",
        "The storage driver, unless the settings name one.",
    ),
];

/// The option of this name.
pub fn find(name: &str) -> Option<&'static NixOption> {
    OPTIONS.iter().find(|it| it.name == name)
}

impl NixOption {
    /// Whether a release has it.
    pub fn exists_in(&self, release: Release) -> bool {
        self.since <= release && self.removed.is_none()
    }

    /// The file below `nixos/modules/virtualisation` of nixpkgs that declares it.
    pub fn module(&self) -> &'static str {
        match self.name.starts_with("rootless.") {
            true => "docker-rootless.nix",
            false => "docker.nix",
        }
    }

    /// The values it takes in a release.
    pub fn kind_in(&self, release: Release) -> Type {
        match self.name {
            "daemon.settings" if release >= SETTINGS_ARE_A_SUBMODULE => Type::Settings,
            _ => self.kind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OPTIONS;

    #[test]
    fn names_are_in_order_and_every_option_is_described() {
        assert!(OPTIONS.is_sorted_by(|a, b| a.name < b.name));
        for it in OPTIONS {
            assert!(it.summary.ends_with('.'), "{}", it.name);
        }
    }
}
