//! Labels, swarm and live restore.

use super::*;

pub(super) const OPTIONS: &[Row] = &[
    Row {
        key: "labels",
        kind: Kind::List(&Kind::Text(Format::Assignment)),
        reloadable: true,
        flag: "--label",
        summary: "Labels of this daemon, for swarm and for anyone who asks.",
        source: "daemon/config/config.go, daemon/reload.go, daemon/pkg/opts/opts.go",
        ..CLUSTER
    },
    Row {
        key: "live-restore",
        kind: Kind::Bool,
        default: "false",
        reloadable: true,
        flag: "--live-restore",
        summary: "Whether containers keep running while the daemon is down.",
        source: "daemon/config/config_linux.go, daemon/daemon.go, daemon/reload.go",
        ..CLUSTER
    },
    Row {
        key: "swarm-default-advertise-addr",
        kind: Kind::Text(Format::Free),
        flag: "--swarm-default-advertise-addr",
        summary: "Address or interface that swarm names to other nodes.",
        source: "daemon/config/config.go",
        ..CLUSTER
    },
    Row {
        key: "node-generic-resources",
        kind: Kind::List(&Kind::Text(Format::Assignment)),
        flag: "--node-generic-resource",
        summary: "Resources of this node that swarm services may ask for.",
        source: "daemon/config/config.go, daemon/config/opts.go",
        ..CLUSTER
    },
    Row {
        key: "cluster-store",
        kind: Kind::Text(Format::Url),
        deprecated: Some(Engine::new(20, 10, 0)),
        removed: Some(Engine::new(23, 0, 0)),
        unknown: Some(Engine::new(24, 0, 0)),
        reloadable: true,
        flag: "--cluster-store",
        summary: "Store that the old swarm kept its networks in.",
        source: "daemon/config/config.go",
        ..CLUSTER
    },
    Row {
        key: "cluster-advertise",
        kind: Kind::Text(Format::Free),
        deprecated: Some(Engine::new(20, 10, 0)),
        removed: Some(Engine::new(23, 0, 0)),
        unknown: Some(Engine::new(24, 0, 0)),
        reloadable: true,
        flag: "--cluster-advertise",
        summary: "Address that the old swarm named to other nodes.",
        source: "daemon/config/config.go",
        ..CLUSTER
    },
    Row {
        key: "cluster-store-opts",
        kind: Kind::Map(&Kind::Text(Format::Free)),
        deprecated: Some(Engine::new(20, 10, 0)),
        removed: Some(Engine::new(23, 0, 0)),
        unknown: Some(Engine::new(24, 0, 0)),
        flag: "--cluster-store-opt",
        summary: "Options of the store that the old swarm kept its networks in.",
        source: "daemon/config/config.go",
        ..CLUSTER
    },
    Row {
        key: "cluster-store-opt",
        kind: Kind::Any,
        unknown: Some(Engine::new(24, 0, 0)),
        status: Status::Ignored,
        flag: "--cluster-store-opt",
        summary: "Not read: this is the flag's name.",
        source: "cmd/dockerd/config.go",
        ..CLUSTER
    },
    Row {
        key: "label",
        kind: Kind::Any,
        replacement: Some("labels"),
        status: Status::Ignored,
        flag: "--label",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..CLUSTER
    },
    Row {
        key: "node-generic-resource",
        kind: Kind::Any,
        replacement: Some("node-generic-resources"),
        status: Status::Ignored,
        flag: "--node-generic-resource",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..CLUSTER
    },
    Row {
        key: "swarm-raft-heartbeat-tick",
        kind: Kind::Integer(""),
        status: Status::Refused,
        summary: "Refused: the Engine has a field for it, but no flag.",
        source: "daemon/config/config.go",
        ..CLUSTER
    },
    Row {
        key: "swarm-raft-election-tick",
        kind: Kind::Integer(""),
        status: Status::Refused,
        summary: "Refused: the Engine has a field for it, but no flag.",
        source: "daemon/config/config.go",
        ..CLUSTER
    },
];

const CLUSTER: Row = Row { category: Category::Cluster, ..ROW };
