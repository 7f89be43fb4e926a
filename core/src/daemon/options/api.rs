//! The API's sockets and certificates.

use super::*;

pub(super) const OPTIONS: &[Row] = &[
    Row {
        key: "hosts",
        kind: Kind::List(&Kind::Text(Format::Free)),
        default: "unix:///var/run/docker.sock; tcp://localhost:2376 with `tls`",
        suggestions: &[choice("unix:///var/run/docker.sock"), choice("fd://"), choice("tcp://127.0.0.1:2376")],
        rootless: "$XDG_RUNTIME_DIR/docker.sock.",
        flag: "--host",
        summary: "Sockets that the API listens on.",
        source: "daemon/config/config.go, daemon/command/daemon.go, daemon/pkg/opts/hosts.go",
        ..API
    },
    Row {
        key: "group",
        kind: Kind::Text(Format::Free),
        default: "\"docker\"",
        rootless: "The socket belongs to the user.",
        flag: "--group",
        summary: "Group that may use the unix socket: a name or a number.",
        source: "daemon/listeners/group_unix.go, daemon/listeners/listeners_linux.go",
        ..API
    },
    Row {
        key: "tls",
        kind: Kind::Bool,
        default: "false",
        flag: "--tls",
        summary: "Whether TCP sockets use TLS.",
        source: "daemon/command/daemon.go, daemon/config/config.go, daemon/command/options.go",
        ..API
    },
    Row {
        key: "tlsverify",
        kind: Kind::Bool,
        default: "false",
        flag: "--tlsverify",
        summary: "Whether clients on TCP sockets must show a certificate; any value switches TLS on.",
        source: "daemon/command/daemon.go, daemon/config/config.go",
        ..API
    },
    Row {
        key: "tlscacert",
        kind: Kind::Text(Format::Path),
        default: "the system's authorities",
        flag: "--tlscacert",
        summary: "Certificates of the authorities that clients are checked against.",
        source: "daemon/config/config.go, daemon/command/daemon.go",
        ..API
    },
    Row {
        key: "tlscert",
        kind: Kind::Text(Format::Path),
        flag: "--tlscert",
        summary: "Certificate that the daemon shows.",
        source: "daemon/config/config.go, daemon/command/daemon.go",
        ..API
    },
    Row {
        key: "tlskey",
        kind: Kind::Text(Format::Path),
        flag: "--tlskey",
        summary: "Key of the certificate that the daemon shows, without a password.",
        source: "daemon/config/config.go, daemon/command/daemon.go",
        ..API
    },
    Row {
        key: "min-api-version",
        kind: Kind::Text(Format::Free),
        default: "1.40 since 29.3, 1.44 before",
        suggestions: &[choice("1.24"), choice("1.40"), choice("1.44")],
        since: Engine::new(29, 0, 0),
        summary: "Oldest API version that clients may speak.",
        source: "daemon/config/config.go, daemon/command/daemon.go",
        ..API
    },
    Row {
        key: "api-cors-header",
        kind: Kind::Text(Format::Free),
        deprecated: Some(Engine::new(27, 0, 0)),
        removed: Some(Engine::new(27, 0, 0)),
        unknown: Some(Engine::new(29, 0, 0)),
        flag: "--api-cors-header",
        summary: "Origins that browsers may call the API from.",
        source: "daemon/config/config.go",
        ..API
    },
    Row {
        key: "api-cors-headers",
        kind: Kind::Any,
        status: Status::Refused,
        summary: "Refused: an old misspelling.",
        source: "daemon/config/config.go",
        ..API
    },
    Row {
        key: "api-enable-cors",
        kind: Kind::Any,
        status: Status::Refused,
        summary: "Refused: browsers have no business with the API.",
        source: "daemon/config/config.go",
        ..API
    },
    Row {
        key: "host",
        kind: Kind::Any,
        replacement: Some("hosts"),
        status: Status::Ignored,
        flag: "--host",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..API
    },
];

const API: Row = Row { category: Category::Api, ..ROW };
