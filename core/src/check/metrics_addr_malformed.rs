//! An address that metrics cannot be served on.

use super::{Context, diagnostic::{Diagnostic, Fix, Stage}};
use crate::go::{hostport, net, strconv};

rule! {
    /// `metrics-addr` is not `address:port`.
    ///
    /// ## Why it matters
    /// The daemon accepts the file, starts up almost to its end, and then stops because of it.
    ///
    /// ## What to do
    /// Write an address of this machine and a port: `127.0.0.1:9323`. Other than with most programs the address
    /// cannot be left out; for all addresses write `0.0.0.0:9323`.
    ///
    /// ## Example
    /// ```json
    /// { "metrics-addr": ":9323" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/metrics.go`, `startMetricsServer`; `daemon/command/daemon_unix.go`, `allocateDaemonPort`
    "metrics-addr-malformed", [Error, Hint], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let Some(address) = context.settings.text("metrics-addr") else {
        return;
    };
    let text = address.value;
    let is_port = |it: &str| strconv::atoi(it).is_some_and(|it| (0..=65_535).contains(&it));
    let (message, right) = match hostport::split(text) {
        Some(("", port)) if is_port(port) => (
            say!("Metrics address `{text}` has no address before its port"),
            Some(say!("127.0.0.1:{port}")),
        ),
        Some((host, port)) if is_port(port) => {
            if net::parse_ip(host).is_some_and(|it| it.is_unspecified()) {
                found.push(open_to_all(context, address.span, text, port));
            }
            return;
        }
        _ if text.contains("://") => {
            let right = text.split_once("://").map(|(_, rest)| rest.trim_end_matches('/').to_owned());
            (say!("Metrics address `{text}` is a URL"), right)
        }
        Some((_, port)) if strconv::atoi(port).is_some() => {
            (say!("Metrics address `{text}` has a port beyond 65535"), None)
        }
        Some((_, "")) => (say!("Metrics address `{text}` has no port"), None),
        Some(_) => (say!("Metrics address `{text}` has a port that is not a number"), None),
        None if net::parse_ip(text).is_some_and(|it| it.is_ipv6()) => (
            say!("Metrics address `{text}` has no brackets and no port"),
            Some(say!("[{text}]:9323")),
        ),
        None if !text.contains(':') => (
            say!("Metrics address `{text}` has no port"),
            Some(say!("{text}:9323")),
        ),
        None => (say!("Metrics address `{text}` is not `address:port`"), None),
    };
    let is_right = |it: &String| {
        hostport::split(it).is_some_and(|(host, port)| !host.is_empty() && is_port(port))
    };
    let fix = right.filter(is_right).map(|right| {
        Fix::choice(say!("Use `{right}`"), context.replace(address.span, right.as_str()))
    });
    found.push(
        Diagnostic::error(ID, Stage::Start, address.span, message)
            .why("The daemon accepts the file and then stops while it starts.")
            .help("Write an address of this machine and a port, such as `127.0.0.1:9323`.")
            .fix(fix),
    );
}

fn open_to_all(context: &Context, span: super::diagnostic::Span, text: &str, port: &str) -> Diagnostic {
    let right = say!("127.0.0.1:{port}");
    Diagnostic::hint(ID, span, say!("Metrics at `{text}` are open to everybody who reaches this machine"))
        .why("The daemon asks nobody for a password before it shows its metrics.")
        .help("Use the address of the interface that Prometheus comes from.")
        .fix(Fix::choice(say!("Use `{right}`"), context.replace(span, right.as_str())))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::check::tests::assert_found;

    #[test]
    fn needs_address_and_port() {
        for (address, severity) in [
            ("127.0.0.1:9323", None),
            ("localhost:9323", None),
            ("[::1]:9323", None),
            ("127.0.0.1:0", None), // any free port
            ("", None),
            ("0.0.0.0:9323", Some("hint")),
            (":9323", Some("error")), // the empty name is looked up
            ("127.0.0.1", Some("error")),
            ("9323", Some("error")),
            ("::1", Some("error")),
            ("127.0.0.1:", Some("error")),
            ("127.0.0.1:http", Some("error")),
            ("127.0.0.1:99999", Some("error")),
            ("http://127.0.0.1:9323/", Some("error")),
            ("unix:///x", Some("error")),
        ] {
            let text = format!(r#"{{"metrics-addr": "{address}"}}"#);
            let end = 19 + address.len();
            let expected = severity.map(|it| format!("{it} {ID} 17..{end}"));
            let expected: Vec<_> = expected.iter().map(String::as_str).collect();
            assert_found(&text, ID, &expected);
        }
    }
}
