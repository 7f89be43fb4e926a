//! An address that metrics cannot be served on.

use super::{
    Context, Found,
    voice::{ARE_READ, Diagnostic, Fix, Stage},
};
use crate::docker::go::{hostport, net, strconv};

rule! {
    /// `metrics-addr` is not `address:port`.
    ///
    /// ## Why it matters
    /// The daemon accepts the file, starts up almost to its end, and then stops because of it.
    ///
    /// ## What to do
    /// Write an address of this machine and a port: `127.0.0.1:9323`. Unlike with most programs, the address
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

fn check(context: &Context, found: &mut Found) {
    let Some(address) = context.settings.text("metrics-addr") else {
        return;
    };
    let text = address.value;
    if let Some((host, port)) = hostport::split(text).filter(|it| is_right(*it)) {
        // A hint decides no verdict.
        if ARE_READ && net::parse_ip(host).is_some_and(|it| it.is_unspecified()) {
            found.push(open_to_all(context, address.span, text, port));
        }
        return;
    }
    found.push(
        Diagnostic::error(ID, Stage::Start, address.span, say!("Metrics address `{text}` {}", flaw(text).0))
            .why("The daemon accepts the settings and then stops while it starts.")
            .help("Write an address of this machine and a port, such as `127.0.0.1:9323`.")
            .explained(|diagnostic| {
                let meant = flaw(text).1.filter(|it| hostport::split(it).is_some_and(is_right));
                diagnostic.fix(
                    meant
                        .map(|right| Fix::choice(say!("Use `{right}`"), context.replace(address.span, right.as_str()))),
                )
            }),
    );
}

fn is_right((host, port): (&str, &str)) -> bool {
    !host.is_empty() && is_port(port)
}

fn is_port(text: &str) -> bool {
    strconv::atoi(text).is_some_and(|it| (0..=65_535).contains(&it))
}

/// What is wrong with an address that cannot be listened on, and what was likely meant.
fn flaw(text: &str) -> (&'static str, Option<String>) {
    match hostport::split(text) {
        Some(("", port)) if is_port(port) => ("has no address before its port", Some(say!("127.0.0.1:{port}"))),
        _ if text.contains("://") => {
            let right = text.split_once("://").map(|(_, rest)| rest.trim_end_matches('/').to_owned());
            ("is a URL", right)
        }
        Some((_, port)) if strconv::atoi(port).is_some() => ("has a port beyond 65535", None),
        Some((_, "")) => ("has no port", None),
        Some(_) => ("has a port that is not a number", None),
        None if net::parse_ip(text).is_some_and(|it| it.is_ipv6()) => {
            ("has no brackets and no port", Some(say!("[{text}]:9323")))
        }
        None if !text.contains(':') => ("has no port", Some(say!("{text}:9323"))),
        None => ("is not `address:port`", None),
    }
}

fn open_to_all(context: &Context, span: crate::text::Span, text: &str, port: &str) -> Diagnostic {
    let right = say!("127.0.0.1:{port}");
    Diagnostic::hint(ID, span, say!("Metrics at `{text}` are open to anyone who reaches this machine"))
        .why("The daemon shows its metrics without asking for a password.")
        .help("Use the address of the interface that Prometheus comes from.")
        .fix(Fix::choice(say!("Use `{right}`"), context.replace(span, right.as_str())))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

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
