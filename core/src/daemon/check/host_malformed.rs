//! An address that the API cannot listen on.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::settings::Setting,
    docker::go::{
        hosts::{self, Address, Mistake},
        net, strconv,
    },
};

rule! {
    /// An address in `hosts` that the API cannot listen on.
    ///
    /// ## Why it matters
    /// One such address keeps the daemon from starting. Since Engine 23.0 `dockerd --validate` finds most of them.
    ///
    /// ## What to do
    /// Write `unix:///path/of.sock`, `tcp://address:port` or, for sockets that systemd hands over, `fd://`.
    ///
    /// ## Example
    /// ```json
    /// { "hosts": ["unix:///var/run/docker.sock", "/run/other.sock"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/pkg/opts/hosts.go`, `ParseDaemonHost`; `daemon/listeners/listeners_linux.go`, `Init`
    "host-malformed", [Error, Warning], check
}

/// The longest path of a unix socket in Linux, in bytes.
const LONGEST_SOCKET_PATH: usize = 107;

fn check(context: &Context, found: &mut Found) {
    for host in context.settings.decoded_texts("hosts") {
        match hosts::parse(host.value, context.engine) {
            Err(mistake) => found.push(refused(context, host, mistake)),
            Ok(address) => found.extend(at_start(context, host, &address)),
        }
    }
}

fn refused(context: &Context, host: Setting<&str>, mistake: Mistake) -> Diagnostic {
    let text = host.value;
    let (message, help) = match mistake {
        Mistake::Scheme => {
            (say!("The API cannot listen on `{text}`"), say!("Addresses begin with `unix://`, `tcp://` or `fd://`."))
        }
        Mistake::Space => (
            say!("Host `{text}` begins or ends with white space"),
            say!("Remove the white space, which Engines before 29.2 ignored."),
        ),
        Mistake::SchemeTwice => (say!("Host `{text}` has two schemes"), say!("Keep one of them.")),
        Mistake::Path if text.trim_start().starts_with('/') => (
            say!("Host `{text}` has no `unix://`"),
            say!("A path needs `unix://` before it; without, it is taken for a TCP address."),
        ),
        Mistake::Path => {
            (say!("Host `{text}` has a path after its port"), say!("Leave out the path, even a single slash."))
        }
        Mistake::Port => (
            say!("Host `{text}` has no usable port"),
            say!("Write a port from 1 to 65535 after the address, such as `:2376`."),
        ),
        Mistake::Colon => (
            say!("Host `{text}` has a colon that belongs to no IPv6 address"),
            say!("Write IPv6 addresses in brackets: `tcp://[::1]:2376`."),
        ),
        Mistake::Unreadable(flaw) => (
            say!("Host `{text}` {}", flaw.words()),
            say!("Write an address such as `tcp://127.0.0.1:2376` or `unix:///run/docker.sock`."),
        ),
    };
    let (stage, why) = match context.since(23, 0) {
        true => (Stage::Load, "The daemon refuses all its settings because of this address."),
        false => (Stage::Start, "The daemon accepts the settings and then fails to start because of this address."),
    };
    Diagnostic::error(ID, stage, host.span, message).why(why).help(help).explained(|diagnostic| {
        let right = meant(text, mistake).filter(|it| {
            let address = hosts::parse(it, context.engine);
            address.is_ok_and(|address| at_start(context, Setting { value: it, ..host }, &address).is_none())
        });
        diagnostic.fix(right.map(|right| match mistake {
            Mistake::Space => Fix::safe(use_of(&right), context.replace(host.span, right)),
            _ => replacement(context, host, &right),
        }))
    })
}

/// The address that was likely meant.
fn meant(text: &str, mistake: Mistake) -> Option<String> {
    let text = text.trim();
    match mistake {
        Mistake::Space | Mistake::Unreadable(_) => Some(text.to_owned()),
        Mistake::Scheme => {
            let (scheme, address) = text.split_once("://")?;
            let is_tcp = ["http", "https", "tcp"].iter().any(|it| it.eq_ignore_ascii_case(scheme));
            let is_unix = scheme.eq_ignore_ascii_case("unix") || scheme.eq_ignore_ascii_case("file");
            match (is_tcp, is_unix) {
                (true, _) => Some(say!("tcp://{}", address.split('/').next()?)),
                (_, true) => Some(say!("unix://{address}")),
                _ => None,
            }
        }
        Mistake::SchemeTwice => text.split_once("://").map(|(_, rest)| rest.to_owned()),
        Mistake::Path if text.starts_with('/') => Some(say!("unix://{text}")),
        Mistake::Path => {
            let (scheme, address) = text.split_once("://").unwrap_or(("tcp", text));
            Some(say!("{scheme}://{}", address.split('/').next()?))
        }
        Mistake::Port | Mistake::Colon => None,
    }
}

/// What goes wrong with an address that can be read, when the socket is made.
fn at_start(context: &Context, host: Setting<&str>, address: &Address) -> Option<Diagnostic> {
    let text = host.value;
    let error = |message: String| {
        Diagnostic::error(ID, Stage::Start, host.span, message)
            .why("The daemon accepts the settings and then fails to start because of this address.")
    };
    match *address {
        Address::Pipe => Some(
            error(say!("The API cannot listen on `{text}` on Linux"))
                .help("Named pipes belong to Windows: use `unix:///var/run/docker.sock`.")
                .fix(Fix::choice("Remove the address", context.remove(host.span))),
        ),
        Address::Fd(number) => {
            let is_number = strconv::atoi(number).is_some_and(|it| it >= 3);
            let is_fine = matches!(number, "" | "*") || is_number;
            (!is_fine).then(|| {
                error(say!("`{text}` is not a socket that systemd hands over"))
                    .help("Write `fd://` for all of them; single ones are numbered from 3.")
                    .fix(replacement(context, host, "fd://"))
            })
        }
        Address::Unix(path) if path.len() > LONGEST_SOCKET_PATH => Some(
            error(say!("The path of `{text}` is longer than {LONGEST_SOCKET_PATH} bytes"))
                .help("Use a shorter path: Linux has no room for a longer one in a socket's address."),
        ),
        Address::Unix(path) if path.ends_with('/') || path.ends_with("/.") || crate::text::find::has(path, b'\0') => {
            Some(
                error(say!("The path of `{text}` names no file"))
                    .help("Write the path of a file that the daemon can make, such as `unix:///run/docker.sock`."),
            )
        }
        Address::Unix(path) if !path.is_empty() && !path.starts_with('/') => Some(
            Diagnostic::warning(ID, host.span, say!("The path of `{text}` is not absolute"))
                .why("The socket is made in the directory the daemon is started in, which is `/` under systemd.")
                .help("Write three slashes: `unix:///run/docker.sock`.")
                .fix(replacement(context, host, &say!("unix:///{path}"))),
        ),
        Address::Unix(path) if path.ends_with(char::is_whitespace) => Some(
            Diagnostic::warning(ID, host.span, say!("The path of `{text}` ends with white space"))
                .why("Since Engine 29.2 the white space is part of the socket's name, and clients do not find it.")
                .help("Remove the white space.")
                .fix(Fix::safe(use_of(text.trim_end()), context.replace(host.span, text.trim_end()))),
        ),
        Address::Tcp { host: name, port } => {
            if strconv::atoi(port).is_some_and(|it| it > 65_535) || port.len() > 18 {
                return Some(
                    error(say!("Host `{text}` has a port beyond 65535"))
                        .help("Write a port from 1 to 65535, usually 2376 with TLS."),
                );
            }
            if crate::text::find::has(name, b':') && net::parse_addr(name).is_none() {
                return Some(
                    error(say!("Host `{text}` has a colon that belongs to no IPv6 address"))
                        .help("Write IPv6 addresses in brackets: `tcp://[::1]:2376`."),
                );
            }
            if is_broken_address(name) {
                return Some(
                    error(say!("`{name}` is not an address"))
                        .help("Each of the four numbers of an IPv4 address is at most 255."),
                );
            }
            warning(context, host, name, port)
        }
        Address::Unix(_) | Address::Default => None,
    }
}

/// Whether it looks like an IPv4 address with a number that is too large, which no name server knows either.
fn is_broken_address(name: &str) -> bool {
    let parts: Vec<_> = name.split('.').collect();
    let is_number = |it: &&str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    parts.len() == 4 && parts.iter().all(is_number) && parts.iter().any(|it| it.parse::<u8>().is_err())
}

/// What likely is not meant.
fn warning(context: &Context, host: Setting<&str>, name: &str, port: &str) -> Option<Diagnostic> {
    let text = host.value;
    if !name.is_empty() && port.is_empty() && name.bytes().all(|it| it.is_ascii_digit()) {
        return Some(
            Diagnostic::warning(ID, host.span, say!("Host `{text}` is taken as a name, not as a port"))
                .why("The daemon tries to listen on an address of that name, at its default port.")
                .help("Write a port after a colon.")
                .fix(replacement(context, host, &say!("tcp://127.0.0.1:{name}"))),
        );
    }
    (strconv::atoi(port) == Some(0)).then(|| {
        Diagnostic::warning(ID, host.span, say!("Host `{text}` has port 0, which stands for any free port"))
            .why("The API listens on another port after each start; later Engines refuse port 0.")
            .help("Write the port that clients use, such as 2376.")
    })
}

fn replacement(context: &Context, host: Setting<&str>, right: &str) -> Fix {
    Fix::choice(use_of(right), context.replace(host.span, right))
}

fn use_of(right: &str) -> String {
    say!("Use `{right}`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Engine, daemon::check::tests::diagnose_on};

    fn severity(engine: Engine, address: &str) -> Option<(bool, Option<Stage>)> {
        let text = format!(r#"{{"hosts": ["{address}"]}}"#);
        let found = diagnose_on(engine, &text, ID);
        found.first().map(|it| (it.stage.is_some(), it.stage))
    }

    #[test]
    fn flags_what_keeps_the_daemon_from_starting() {
        let load = Some((true, Some(Stage::Load)));
        let start = Some((true, Some(Stage::Start)));
        let warning = Some((false, None));
        let long = format!("unix:///{}", "a".repeat(107));
        for (address, on_20, on_29) in [
            ("unix:///run/docker.sock", None, None),
            ("tcp://[::]:2375", None, None),
            ("fd://", None, None),
            ("fd://3", None, None),
            ("", None, None),
            ("http://0.0.0.0:2375", start, load),
            ("/run/docker.sock", start, load),
            ("npipe:////./pipe/docker_engine", start, start),
            ("fd://2", start, start),
            ("fd://docker", start, start),
            ("unix:///run/docker.sock ", None, warning),
            ("tcp://127.0.0.1:2376 ", None, load),
            ("fd:// ", None, start),
            ("unix:///run/", start, start),
            ("unix:///", start, start),
            ("unix:///run/a\\u0000b", start, start),
            ("tcp://0.0.0.0:65536", start, start),
            ("tcp://0.0.0.0:0", warning, load),
            ("2375", warning, warning),
            ("unix://docker.sock", warning, warning),
            ("unix://", None, None),
            ("tcp://256.0.0.1:2375", start, start),
            (&long, start, start),
        ] {
            let old = Engine::new(20, 10, 24);
            assert_eq!(severity(old, address), on_20, "{address}");
            assert_eq!(severity(Engine::LATEST, address), on_29, "{address}");
        }
    }

    #[test]
    fn knows_what_was_meant() {
        for (text, right) in [
            ("/run/docker.sock", Some("unix:///run/docker.sock")),
            ("http://0.0.0.0:2375/", Some("tcp://0.0.0.0:2375")),
            ("tcp://0.0.0.0:2375/", Some("tcp://0.0.0.0:2375")),
            (" unix:///a", Some("unix:///a")),
            ("unix://unix:///a", Some("unix:///a")),
            ("ssh://host", None),
        ] {
            let mistake = hosts::parse(text, Engine::LATEST).unwrap_err();
            assert_eq!(meant(text, mistake).as_deref(), right, "{text}");
        }
    }
}
