//! OCI runtimes, containerd and devices.

use super::*;

pub(super) const OPTIONS: &[Row] = &[
    Row {
        key: "default-runtime",
        kind: Kind::Text(Format::Free),
        default: "\"runc\"",
        suggestions: &[choice("runc"), choice("io.containerd.runc.v2")],
        reloadable: true,
        flag: "--default-runtime",
        summary: "OCI runtime of containers that name none.",
        source: "daemon/runtime_unix.go, daemon/config/config_linux.go, daemon/reload_unix.go",
        ..RUNTIME
    },
    Row {
        key: "runtimes",
        kind: Kind::Map(&Kind::Object),
        reloadable: true,
        flag: "--add-runtime",
        summary: "Further OCI runtimes, by name.",
        source: "daemon/runtime_unix.go, daemon/config/config_linux.go, daemon/command/config.go",
        ..RUNTIME
    },
    Row {
        key: "runtimes.<name>.path",
        parent: "runtimes.<name>",
        kind: Kind::Text(Format::Path),
        reloadable: true,
        flag: "--add-runtime",
        summary: "Program of the runtime, called as runc is.",
        source: "daemon/runtime_unix.go",
        ..RUNTIME
    },
    Row {
        key: "runtimes.<name>.runtimeArgs",
        parent: "runtimes.<name>",
        kind: Kind::List(&Kind::Text(Format::Free)),
        reloadable: true,
        summary: "Arguments for the runtime's program.",
        source: "daemon/runtime_unix.go",
        ..RUNTIME
    },
    Row {
        key: "runtimes.<name>.runtimeType",
        parent: "runtimes.<name>",
        kind: Kind::Text(Format::Free),
        since: Engine::new(24, 0, 0),
        reloadable: true,
        summary: "containerd shim of the runtime: its name or its path.",
        source: "daemon/runtime_unix.go",
        ..RUNTIME
    },
    Row {
        key: "runtimes.<name>.options",
        parent: "runtimes.<name>",
        kind: Kind::Map(&Kind::Any),
        since: Engine::new(24, 0, 0),
        reloadable: true,
        summary: "Options for the runtime's shim.",
        source: "daemon/runtime_unix.go",
        ..RUNTIME
    },
    Row {
        key: "containerd",
        kind: Kind::Text(Format::Path),
        default: "a containerd that the daemon starts itself",
        flag: "--containerd",
        summary: "Socket of the containerd to use.",
        source: "daemon/config/config.go, daemon/command/daemon.go, contrib/init/systemd/docker.service",
        ..RUNTIME
    },
    Row {
        key: "containerd-namespace",
        kind: Kind::Text(Format::Free),
        default: "\"moby\"",
        flag: "--containerd-namespace",
        summary: "containerd namespace of the containers.",
        source: "daemon/daemon_unix.go, daemon/config/config.go",
        ..RUNTIME
    },
    Row {
        key: "cri-containerd",
        kind: Kind::Bool,
        default: "false",
        flag: "--cri-containerd",
        summary: "Whether the daemon's own containerd also serves Kubernetes.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..RUNTIME
    },
    Row {
        key: "exec-opts",
        kind: Kind::List(&Kind::Text(Format::Assignment)),
        flag: "--exec-opt",
        summary: "Options for running containers.",
        source: "daemon/config/config.go, daemon/config/config_linux.go, daemon/daemon_unix.go",
        ..RUNTIME
    },
    Row {
        key: "exec-opts[].native.cgroupdriver",
        parent: "exec-opts[]",
        kind: Kind::Text(Format::Free),
        default: "systemd where it runs with cgroup v2, otherwise cgroupfs",
        choices: &[choice("systemd"), choice("cgroupfs")],
        rootless: "systemd needs cgroup v2 and controllers delegated to the user.",
        flag: "--exec-opt native.cgroupdriver",
        summary: "Who makes the containers' cgroups.",
        source: "daemon/daemon_unix.go",
        ..RUNTIME
    },
    Row {
        key: "cdi-spec-dirs",
        kind: Kind::List(&Kind::Text(Format::Path)),
        default: "[\"/etc/cdi\", \"/var/run/cdi\"]",
        since: Engine::new(25, 0, 0),
        rootless: "Since 29.2 also $XDG_CONFIG_HOME/cdi and $XDG_RUNTIME_DIR/cdi.",
        flag: "--cdi-spec-dir",
        summary: "Directories that describe devices (CDI).",
        source: "daemon/command/daemon.go, daemon/config/config.go",
        ..RUNTIME
    },
    Row {
        key: "nri-opts",
        kind: Kind::Object,
        since: Engine::new(29, 2, 0),
        reloadable: true,
        flag: "--nri-opts",
        summary: "Plugins that adjust containers as they are made (NRI).",
        source: "daemon/pkg/opts/nri_opts.go, daemon/internal/nri/nri.go",
        ..RUNTIME
    },
    Row {
        key: "nri-opts.enable",
        parent: "nri-opts",
        kind: Kind::Bool,
        default: "false",
        since: Engine::new(29, 2, 0),
        reloadable: true,
        flag: "--nri-opts enable",
        summary: "Whether NRI plugins run.",
        source: "daemon/pkg/opts/nri_opts.go, daemon/internal/nri/nri.go",
        ..RUNTIME
    },
    Row {
        key: "nri-opts.plugin-path",
        parent: "nri-opts",
        kind: Kind::Text(Format::Path),
        default: "\"/usr/libexec/docker/nri-plugins\"",
        since: Engine::new(29, 2, 0),
        reloadable: true,
        rootless: "Below $HOME/.local/libexec.",
        flag: "--nri-opts plugin-path",
        summary: "Directory of the NRI plugins that the daemon starts.",
        source: "daemon/pkg/opts/nri_opts.go, daemon/internal/nri/nri.go",
        ..RUNTIME
    },
    Row {
        key: "nri-opts.plugin-config-path",
        parent: "nri-opts",
        kind: Kind::Text(Format::Path),
        default: "\"/etc/docker/nri/conf.d\"",
        since: Engine::new(29, 2, 0),
        reloadable: true,
        rootless: "Below $XDG_CONFIG_HOME.",
        flag: "--nri-opts plugin-config-path",
        summary: "Directory of the NRI plugins' settings.",
        source: "daemon/pkg/opts/nri_opts.go, daemon/internal/nri/nri.go",
        ..RUNTIME
    },
    Row {
        key: "nri-opts.socket-path",
        parent: "nri-opts",
        kind: Kind::Text(Format::Path),
        default: "none",
        since: Engine::new(29, 2, 0),
        reloadable: true,
        flag: "--nri-opts socket-path",
        summary: "Socket that NRI plugins started elsewhere connect to.",
        source: "daemon/pkg/opts/nri_opts.go, daemon/internal/nri/nri.go",
        ..RUNTIME
    },
    Row {
        key: "add-runtime",
        kind: Kind::Any,
        replacement: Some("runtimes"),
        status: Status::Ignored,
        flag: "--add-runtime",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..RUNTIME
    },
    Row {
        key: "cdi-spec-dir",
        kind: Kind::Any,
        since: Engine::new(25, 0, 0),
        replacement: Some("cdi-spec-dirs"),
        status: Status::Ignored,
        flag: "--cdi-spec-dir",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..RUNTIME
    },
    Row {
        key: "containerd-plugins-namespace",
        kind: Kind::Any,
        status: Status::Ignored,
        flag: "--containerd-plugins-namespace",
        summary: "Not read: only the flag works.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..RUNTIME
    },
    Row {
        key: "containerd-plugin-namespace",
        kind: Kind::Text(Format::Free),
        status: Status::Refused,
        summary: "Refused: only the flag --containerd-plugins-namespace works.",
        source: "daemon/config/config.go",
        ..RUNTIME
    },
    Row {
        key: "exec-opt",
        kind: Kind::Any,
        replacement: Some("exec-opts"),
        status: Status::Ignored,
        flag: "--exec-opt",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..RUNTIME
    },
];

const RUNTIME: Row = Row { category: Category::Runtime, ..ROW };
