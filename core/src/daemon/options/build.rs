//! Building images.

use super::*;

pub(super) const OPTIONS: &[Row] = &[
    Row {
        key: "builder",
        kind: Kind::Object,
        summary: "Settings of the builder (BuildKit).",
        source: "daemon/config/builder.go",
        ..BUILD
    },
    Row {
        key: "builder.gc",
        parent: "builder",
        kind: Kind::Object,
        summary: "How the build cache is kept small.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.enabled",
        parent: "builder.gc",
        kind: Kind::Bool,
        default: "true since 28.2, false before",
        on_since: Some(Engine::new(28, 2, 0)),
        summary: "Whether the build cache is cleaned up.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.defaultReservedSpace",
        parent: "builder.gc",
        kind: Kind::Text(Format::Size),
        default: "10% of the disk",
        since: Engine::new(28, 0, 0),
        summary: "Build cache that is always kept.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.defaultMaxUsedSpace",
        parent: "builder.gc",
        kind: Kind::Text(Format::Size),
        default: "80% of the disk",
        since: Engine::new(28, 0, 0),
        summary: "Most build cache that is ever kept.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.defaultMinFreeSpace",
        parent: "builder.gc",
        kind: Kind::Text(Format::Size),
        default: "20% of the disk",
        since: Engine::new(28, 0, 0),
        summary: "Disk space that the build cache leaves free.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.defaultKeepStorage",
        parent: "builder.gc",
        kind: Kind::Text(Format::Size),
        default: "10% of the disk",
        deprecated: Some(Engine::new(28, 0, 0)),
        replacement: Some("builder.gc.defaultReservedSpace"),
        summary: "Old name of `defaultReservedSpace`.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.policy",
        parent: "builder.gc",
        kind: Kind::List(&Kind::Object),
        summary: "Rules for cleaning up, in order, in place of the usual ones.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.policy[].all",
        parent: "builder.gc.policy[]",
        kind: Kind::Bool,
        default: "false",
        summary: "Whether the rule also covers internal and shared records.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.policy[].filter",
        parent: "builder.gc.policy[]",
        kind: Kind::Any,
        summary: "Which records the rule covers, as `name=value`.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.policy[].reservedSpace",
        parent: "builder.gc.policy[]",
        kind: Kind::Text(Format::Size),
        since: Engine::new(28, 0, 0),
        summary: "Build cache that the rule leaves alone.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.policy[].maxUsedSpace",
        parent: "builder.gc.policy[]",
        kind: Kind::Text(Format::Size),
        since: Engine::new(28, 0, 0),
        summary: "Most build cache that the rule allows.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.policy[].minFreeSpace",
        parent: "builder.gc.policy[]",
        kind: Kind::Text(Format::Size),
        since: Engine::new(28, 0, 0),
        summary: "Disk space that the rule leaves free.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.gc.policy[].keepStorage",
        parent: "builder.gc.policy[]",
        kind: Kind::Text(Format::Size),
        deprecated: Some(Engine::new(28, 0, 0)),
        replacement: Some("builder.gc.policy[].reservedSpace"),
        summary: "Old name of `reservedSpace`.",
        source: "daemon/config/builder.go, daemon/internal/builder-next/controller.go",
        ..BUILD
    },
    Row {
        key: "builder.entitlements",
        parent: "builder",
        kind: Kind::Object,
        summary: "What builds may ask for.",
        source: "daemon/config/builder.go",
        ..BUILD
    },
    Row {
        key: "builder.entitlements.network-host",
        parent: "builder.entitlements",
        kind: Kind::Bool,
        default: "true",
        on_since: Some(Engine::new(20, 10, 0)),
        summary: "Whether builds may use the host's network.",
        source: "daemon/config/builder.go",
        ..BUILD
    },
    Row {
        key: "builder.entitlements.security-insecure",
        parent: "builder.entitlements",
        kind: Kind::Bool,
        default: "false",
        summary: "Whether builds may run without the sandbox.",
        source: "daemon/config/builder.go",
        ..BUILD
    },
    Row {
        key: "builder.entitlements.device",
        parent: "builder.entitlements",
        kind: Kind::Bool,
        default: "true",
        on_since: Some(Engine::new(20, 10, 0)),
        since: Engine::new(29, 0, 0),
        summary: "Whether builds may use devices.",
        source: "daemon/config/builder.go",
        ..BUILD
    },
    Row {
        key: "builder.history",
        parent: "builder",
        kind: Kind::Object,
        since: Engine::new(24, 0, 0),
        summary: "How long records of builds are kept.",
        source: "daemon/config/builder.go",
        ..BUILD
    },
    Row {
        key: "builder.history.maxAge",
        parent: "builder.history",
        kind: Kind::Text(Format::Duration),
        default: "\"48h\"",
        since: Engine::new(24, 0, 0),
        summary: "Age from which a record may go.",
        source: "daemon/config/builder.go",
        ..BUILD
    },
    Row {
        key: "builder.history.maxEntries",
        parent: "builder.history",
        kind: Kind::Integer(""),
        default: "50",
        since: Engine::new(24, 0, 0),
        summary: "How many of the newest records stay.",
        source: "daemon/config/builder.go",
        ..BUILD
    },
];

const BUILD: Row = Row { category: Category::Build, ..ROW };
