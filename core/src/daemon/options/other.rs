//! Everything else.

use super::*;

pub(super) const OPTIONS: &[Row] = &[
    Row {
        key: "experimental",
        kind: Kind::Bool,
        default: "false",
        flag: "--experimental",
        summary: "Whether unfinished features are on.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..OTHER
    },
    Row {
        key: "features",
        kind: Kind::Map(&Kind::Bool),
        reloadable: true,
        flag: "--feature",
        summary: "Switches of single features.",
        source: "daemon/config/config.go, daemon/command/config.go, daemon/reload.go",
        ..OTHER
    },
    Row {
        key: "features.buildkit",
        parent: "features",
        kind: Kind::Bool,
        default: "true since 23.0",
        on_since: Some(Engine::new(23, 0, 0)),
        reloadable: true,
        flag: "--feature buildkit",
        summary: "Whether clients are told to build with BuildKit.",
        source: "daemon/command/daemon.go, daemon/server/router/system/system_routes.go",
        ..OTHER
    },
    Row {
        key: "features.cdi",
        parent: "features",
        kind: Kind::Bool,
        default: "true since 28.2, false before",
        on_since: Some(Engine::new(28, 2, 0)),
        since: Engine::new(25, 0, 0),
        flag: "--feature cdi",
        summary: "Whether containers may use devices described by CDI.",
        source: "daemon/command/daemon.go",
        ..OTHER
    },
    Row {
        key: "features.containerd-migration",
        parent: "features",
        kind: Kind::Bool,
        default: "false",
        since: Engine::new(29, 0, 0),
        flag: "--feature containerd-migration",
        summary: "Whether images move over to containerd's store when the daemon starts.",
        source: "daemon/daemon.go",
        ..OTHER
    },
    Row {
        key: "features.containerd-snapshotter",
        parent: "features",
        kind: Kind::Bool,
        default: "true on new hosts since 29.0",
        since: Engine::new(24, 0, 0),
        flag: "--feature containerd-snapshotter",
        summary: "Whether containerd keeps the images.",
        source: "daemon/image_store_choice.go, daemon/command/daemon_linux.go, daemon/daemon.go",
        ..OTHER
    },
    Row {
        key: "features.embedded-containerd",
        parent: "features",
        kind: Kind::Bool,
        default: "false",
        since: Engine::new(29, 7, 0),
        flag: "--feature embedded-containerd",
        summary: "Whether containerd runs inside the daemon.",
        source: "daemon/config/config.go, daemon/command/daemon_unix.go",
        ..OTHER
    },
    Row {
        key: "features.swarm-nftables",
        parent: "features",
        kind: Kind::Bool,
        default: "false",
        since: Engine::new(29, 6, 0),
        reloadable: true,
        flag: "--feature swarm-nftables",
        summary: "Whether swarm works with nftables.",
        source: "daemon/config/config_linux.go",
        ..OTHER
    },
    Row {
        key: "features.time-namespaces",
        parent: "features",
        kind: Kind::Bool,
        default: "true",
        on_since: Some(Engine::new(20, 10, 0)),
        since: Engine::new(29, 5, 0),
        flag: "--feature time-namespaces",
        summary: "Whether containers get a time namespace.",
        source: "daemon/daemon_unix.go",
        ..OTHER
    },
    Row {
        key: "features.windows-dns-proxy",
        parent: "features",
        kind: Kind::Bool,
        since: Engine::new(26, 1, 0),
        removed: Some(Engine::new(28, 0, 0)),
        unknown: Some(Engine::new(28, 0, 0)),
        status: Status::Refused,
        flag: "--feature windows-dns-proxy",
        summary: "Refused on Linux: it is for Windows.",
        source: "daemon/config/config_linux.go",
        ..OTHER
    },
    Row {
        key: "pidfile",
        kind: Kind::Text(Format::Path),
        default: "\"/var/run/docker.pid\"",
        rootless: "$XDG_RUNTIME_DIR/docker.pid.",
        flag: "--pidfile",
        summary: "File that holds the daemon's process ID.",
        source: "daemon/config/config_linux.go, daemon/command/daemon.go",
        ..OTHER
    },
    Row {
        key: "restart",
        kind: Kind::Any,
        default: "true",
        on_since: Some(Engine::new(20, 10, 0)),
        deprecated: Some(Engine::new(20, 10, 0)),
        flag: "--restart",
        summary: "Whether containers come back when the daemon starts.",
        source: "daemon/command/config.go, daemon/config/config.go",
        ..OTHER
    },
    Row {
        key: "validate",
        kind: Kind::Any,
        default: "false",
        since: Engine::new(23, 0, 0),
        flag: "--validate",
        summary: "`true` makes dockerd check the file and stop; not for a daemon that serves.",
        source: "daemon/command/options.go, daemon/command/daemon.go",
        ..OTHER
    },
    Row {
        key: "config-file",
        kind: Kind::Any,
        status: Status::Ignored,
        flag: "--config-file",
        summary: "Not read: the file cannot name another file.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..OTHER
    },
    Row {
        key: "feature",
        kind: Kind::Any,
        since: Engine::new(27, 3, 0),
        replacement: Some("features"),
        status: Status::Ignored,
        flag: "--feature",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..OTHER
    },
    Row {
        key: "help",
        kind: Kind::Any,
        status: Status::Ignored,
        flag: "--help",
        summary: "Not read: a command-line flag.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..OTHER
    },
    Row {
        key: "version",
        kind: Kind::Any,
        status: Status::Ignored,
        flag: "--version",
        summary: "Not read: a command-line flag.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..OTHER
    },
];

const OTHER: Row = Row { category: Category::Other, ..ROW };
