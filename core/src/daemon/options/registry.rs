//! Registries and downloads.

use super::*;

pub(super) const OPTIONS: &[Row] = &[
    Row {
        key: "registry-mirrors",
        kind: Kind::List(&Kind::Text(Format::Url)),
        reloadable: true,
        flag: "--registry-mirror",
        summary: "Registry mirrors that images of Docker Hub are pulled from first.",
        source: "daemon/pkg/registry/config.go, daemon/config/config.go, daemon/reload.go",
        ..REGISTRY
    },
    Row {
        key: "insecure-registries",
        kind: Kind::List(&Kind::Text(Format::Free)),
        default: "127.0.0.0/8 and ::1/128, always",
        reloadable: true,
        flag: "--insecure-registry",
        summary: "Registries that may answer without TLS or with any certificate: hosts or subnets.",
        source: "daemon/pkg/registry/config.go, daemon/reload.go",
        ..REGISTRY
    },
    Row {
        key: "max-concurrent-downloads",
        kind: Kind::Integer(""),
        default: "3",
        reloadable: true,
        flag: "--max-concurrent-downloads",
        summary: "How many layers are downloaded at once.",
        source: "daemon/config/config.go, daemon/reload.go",
        ..REGISTRY
    },
    Row {
        key: "max-concurrent-uploads",
        kind: Kind::Integer(""),
        default: "5",
        reloadable: true,
        flag: "--max-concurrent-uploads",
        summary: "How many layers are uploaded at once.",
        source: "daemon/config/config.go, daemon/reload.go",
        ..REGISTRY
    },
    Row {
        key: "max-download-attempts",
        kind: Kind::Integer(""),
        default: "5",
        reloadable: true,
        flag: "--max-download-attempts",
        summary: "How often a layer's download is tried.",
        source: "daemon/config/config.go, daemon/reload.go",
        ..REGISTRY
    },
    Row {
        key: "allow-nondistributable-artifacts",
        kind: Kind::List(&Kind::Text(Format::Free)),
        deprecated: Some(Engine::new(28, 0, 0)),
        removed: Some(Engine::new(28, 1, 0)),
        flag: "--allow-nondistributable-artifacts",
        summary: "Registries that layers marked as not for distribution are pushed to.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..REGISTRY
    },
    Row {
        key: "insecure-registry",
        kind: Kind::Any,
        replacement: Some("insecure-registries"),
        status: Status::Ignored,
        flag: "--insecure-registry",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..REGISTRY
    },
    Row {
        key: "registry-mirror",
        kind: Kind::Any,
        replacement: Some("registry-mirrors"),
        status: Status::Ignored,
        flag: "--registry-mirror",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..REGISTRY
    },
    Row {
        key: "disable-legacy-registry",
        kind: Kind::Any,
        status: Status::Refused,
        summary: "Refused: registries of the first kind are gone.",
        source: "daemon/config/config.go",
        ..REGISTRY
    },
];

const REGISTRY: Row = Row { category: Category::Registry, ..ROW };
