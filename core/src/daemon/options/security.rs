//! Isolation, and plugins that authorize.

use super::*;

pub(super) const OPTIONS: &[Row] = &[
    Row {
        key: "userns-remap",
        kind: Kind::Text(Format::Free),
        default: "no mapping",
        suggestions: &[choice("default")],
        rootless: "Cannot be used.",
        flag: "--userns-remap",
        summary: "User and group that root in containers stands for on the host.",
        source: "daemon/daemon_unix.go, daemon/command/daemon_linux.go, daemon/internal/usergroup/add_linux.go",
        ..SECURITY
    },
    Row {
        key: "seccomp-profile",
        kind: Kind::Text(Format::Free),
        default: "\"builtin\"",
        suggestions: &[
            choice("builtin").since(Engine::new(23, 0, 0)),
            choice("unconfined").since(Engine::new(23, 0, 0)),
        ],
        flag: "--seccomp-profile",
        summary: "System calls that containers may use: `builtin`, `unconfined` or a file.",
        source: "daemon/config/config_linux.go, daemon/daemon_unix.go",
        ..SECURITY
    },
    Row {
        key: "apparmor-profile",
        kind: Kind::Text(Format::Path),
        since: Engine::new(29, 8, 0),
        flag: "--apparmor-profile",
        summary: "Template of the AppArmor profile that containers get.",
        source: "https://github.com/moby/moby/pull/52771",
        ..SECURITY
    },
    Row {
        key: "no-new-privileges",
        kind: Kind::Bool,
        default: "false",
        flag: "--no-new-privileges",
        summary: "Whether processes in containers are kept from gaining privileges.",
        source: "daemon/config/config_linux.go",
        ..SECURITY
    },
    Row {
        key: "selinux-enabled",
        kind: Kind::Bool,
        default: "false",
        rootless: "Works only in part.",
        flag: "--selinux-enabled",
        summary: "Whether containers get SELinux labels.",
        source: "daemon/config/config.go, daemon/daemon_unix.go",
        ..SECURITY
    },
    Row {
        key: "authorization-plugins",
        kind: Kind::List(&Kind::Text(Format::Free)),
        reloadable: true,
        flag: "--authorization-plugin",
        summary: "Plugins that each API request is asked about, in this order.",
        source: "daemon/command/config.go, daemon/command/daemon.go",
        ..SECURITY
    },
    Row {
        key: "rootless",
        kind: Kind::Bool,
        default: "true when RootlessKit starts it",
        flag: "--rootless",
        summary: "Whether the daemon runs without root.",
        source: "daemon/config/config_linux.go, daemon/command/daemon.go",
        ..SECURITY
    },
    Row {
        key: "authorization-plugin",
        kind: Kind::Any,
        replacement: Some("authorization-plugins"),
        status: Status::Ignored,
        flag: "--authorization-plugin",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..SECURITY
    },
];

const SECURITY: Row = Row { category: Category::Security, ..ROW };
