//! Limits and defaults of containers.

use super::*;

/// The names of limits.
pub const LIMITS: &[Choice] = &[
    choice("core"),
    choice("cpu"),
    choice("data"),
    choice("fsize"),
    choice("locks"),
    choice("memlock"),
    choice("msgqueue"),
    choice("nice"),
    choice("nofile"),
    choice("nproc"),
    choice("rss"),
    choice("rtprio"),
    choice("rttime"),
    choice("sigpending"),
    choice("stack"),
];

pub(super) const OPTIONS: &[Row] = &[
    Row {
        key: "default-shm-size",
        kind: Kind::Text(Format::Size),
        default: "\"64M\"",
        reloadable: true,
        flag: "--default-shm-size",
        summary: "Size of a container's /dev/shm.",
        source: "daemon/command/config_unix.go, daemon/config/config_linux.go, daemon/pkg/opts/opts.go",
        ..RESOURCES
    },
    Row {
        key: "default-ulimits",
        kind: Kind::Map(&Kind::Object),
        flag: "--default-ulimit",
        summary: "Resource limits of containers, by name.",
        source: "daemon/config/config_linux.go, daemon/command/config.go, daemon/oci_linux.go",
        ..RESOURCES
    },
    Row {
        key: "default-ulimits.<name>.Name",
        parent: "default-ulimits.<name>",
        kind: Kind::Text(Format::Free),
        suggestions: LIMITS,
        summary: "Which limit it is; the name above does not count.",
        source: "daemon/config/config_linux.go, daemon/oci_linux.go",
        ..RESOURCES
    },
    Row {
        key: "default-ulimits.<name>.Hard",
        parent: "default-ulimits.<name>",
        kind: Kind::Integer(""),
        default: "0",
        summary: "The most that a process may raise the limit to; -1 is no limit.",
        source: "daemon/config/config_linux.go, daemon/oci_linux.go",
        ..RESOURCES
    },
    Row {
        key: "default-ulimits.<name>.Soft",
        parent: "default-ulimits.<name>",
        kind: Kind::Integer(""),
        default: "0",
        summary: "The limit that processes start with; -1 is no limit.",
        source: "daemon/config/config_linux.go, daemon/oci_linux.go",
        ..RESOURCES
    },
    Row {
        key: "default-stop-timeout",
        kind: Kind::Integer("seconds"),
        default: "10",
        since: Engine::new(29, 7, 0),
        reloadable: true,
        flag: "--default-stop-timeout",
        summary: "How long a container may take to stop before it is killed.",
        source: "daemon/config/config.go, daemon/reload.go",
        ..RESOURCES
    },
    Row {
        key: "shutdown-timeout",
        kind: Kind::Integer("seconds"),
        default: "15",
        reloadable: true,
        flag: "--shutdown-timeout",
        summary: "How long, at least, the daemon waits for containers when it stops itself.",
        source: "daemon/config/config.go, daemon/daemon.go, daemon/reload.go",
        ..RESOURCES
    },
    Row {
        key: "init",
        kind: Kind::Bool,
        default: "false",
        flag: "--init",
        summary: "Whether containers run under an init process that reaps orphans.",
        source: "daemon/config/config_linux.go",
        ..RESOURCES
    },
    Row {
        key: "init-path",
        kind: Kind::Text(Format::Path),
        default: "docker-init, looked up beside dockerd's other helpers and then in PATH",
        flag: "--init-path",
        summary: "Where the init process of containers is.",
        source: "daemon/config/config_linux.go",
        ..RESOURCES
    },
    Row {
        key: "default-ipc-mode",
        kind: Kind::Text(Format::Free),
        default: "\"private\"",
        choices: &[choice("private"), choice("shareable")],
        reloadable: true,
        flag: "--default-ipc-mode",
        summary: "Whether other containers may join a container's shared memory.",
        source: "daemon/config/config_linux.go, daemon/reload_unix.go",
        ..RESOURCES
    },
    Row {
        key: "default-cgroupns-mode",
        kind: Kind::Text(Format::Free),
        default: "private with cgroup v2, host with v1",
        choices: &[choice("private"), choice("host")],
        reloadable: true,
        flag: "--default-cgroupns-mode",
        summary: "Whether containers see cgroups of their own or the host's.",
        source: "daemon/config/config_linux.go, daemon/reload_unix.go",
        ..RESOURCES
    },
    Row {
        key: "cgroup-parent",
        kind: Kind::Text(Format::Path),
        default: "/docker; system.slice with the systemd driver",
        flag: "--cgroup-parent",
        summary: "Cgroup that containers are put into.",
        source: "daemon/config/config_linux.go, daemon/daemon_unix.go",
        ..RESOURCES
    },
    Row {
        key: "cpu-rt-period",
        kind: Kind::Integer("microseconds"),
        default: "0",
        rootless: "Cannot be used.",
        flag: "--cpu-rt-period",
        summary: "Period of the real-time CPU time that containers share.",
        source: "daemon/config/config_linux.go, daemon/command/daemon_linux.go",
        ..RESOURCES
    },
    Row {
        key: "cpu-rt-runtime",
        kind: Kind::Integer("microseconds"),
        default: "0",
        rootless: "Cannot be used.",
        flag: "--cpu-rt-runtime",
        summary: "Real-time CPU time that containers share in each period.",
        source: "daemon/config/config_linux.go, daemon/command/daemon_linux.go",
        ..RESOURCES
    },
    Row {
        key: "oom-score-adjust",
        kind: Kind::Integer(""),
        default: "0",
        deprecated: Some(Engine::new(24, 0, 0)),
        removed: Some(Engine::new(25, 0, 0)),
        unknown: Some(Engine::new(26, 0, 0)),
        flag: "--oom-score-adjust",
        summary: "How soon the kernel kills the daemon when memory runs out.",
        source: "daemon/config/config.go",
        ..RESOURCES
    },
    Row {
        key: "default-ulimit",
        kind: Kind::Any,
        replacement: Some("default-ulimits"),
        status: Status::Ignored,
        flag: "--default-ulimit",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..RESOURCES
    },
    Row {
        key: "default-init",
        kind: Kind::Text(Format::Free),
        replacement: Some("init-path"),
        status: Status::Refused,
        summary: "Refused: the Engine has a field for it, but no flag.",
        source: "daemon/config/config_linux.go",
        ..RESOURCES
    },
];

const RESOURCES: Row = Row { category: Category::Resources, ..ROW };
