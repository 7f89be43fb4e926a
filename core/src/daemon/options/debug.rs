//! The daemon's own logs and metrics.

use super::*;

pub(super) const OPTIONS: &[Row] = &[
    Row {
        key: "debug",
        kind: Kind::Bool,
        default: "false",
        reloadable: true,
        flag: "--debug",
        summary: "Whether the daemon logs everything and offers its profiler.",
        source: "daemon/config/config.go, daemon/reload.go, daemon/command/daemon.go",
        ..DEBUG
    },
    Row {
        key: "log-level",
        kind: Kind::Text(Format::Free),
        default: "\"info\"",
        choices: &[
            choice("debug"),
            choice("info"),
            choice("warn"),
            choice("warning").removed(Engine::new(25, 0, 0)),
            choice("error"),
            choice("fatal"),
            choice("panic"),
            choice("trace"),
        ],
        flag: "--log-level",
        summary: "How much the daemon logs.",
        source: "daemon/config/config.go, daemon/command/daemon.go",
        ..DEBUG
    },
    Row {
        key: "log-format",
        kind: Kind::Text(Format::Free),
        default: "\"text\"",
        choices: &[choice("text"), choice("json")],
        since: Engine::new(25, 0, 0),
        flag: "--log-format",
        summary: "Format of the daemon's log.",
        source: "daemon/config/config.go, daemon/command/daemon.go",
        ..DEBUG
    },
    Row {
        key: "raw-logs",
        kind: Kind::Bool,
        default: "false",
        flag: "--raw-logs",
        summary: "Whether the daemon logs full timestamps and no colours.",
        source: "daemon/config/config.go, daemon/command/daemon.go",
        ..DEBUG
    },
    Row {
        key: "metrics-addr",
        kind: Kind::Text(Format::HostPort),
        flag: "--metrics-addr",
        summary: "Where Prometheus can fetch metrics.",
        source: "daemon/command/metrics.go, daemon/command/daemon.go",
        ..DEBUG
    },
    Row {
        key: "network-diagnostic-port",
        kind: Kind::Integer(""),
        default: "0",
        reloadable: true,
        flag: "--network-diagnostic-port",
        summary: "Port of the network diagnostic server; 0 is none.",
        source: "daemon/config/config.go, daemon/command/config.go, daemon/reload.go",
        ..DEBUG
    },
];

const DEBUG: Row = Row { category: Category::Debug, ..ROW };
