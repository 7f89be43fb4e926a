//! Certificates while TLS is off.

use super::{
    Context, Found,
    tls::Tls,
    voice::{Diagnostic, Fix},
};

rule! {
    /// Certificates are set, and TLS is off.
    ///
    /// ## Why it matters
    /// The files alone switch nothing on: TCP sockets stay open to anyone.
    ///
    /// ## What to do
    /// Set `tlsverify` to true.
    ///
    /// ## Example
    /// ```json
    /// { "tlscert": "/etc/docker/cert.pem", "tlskey": "/etc/docker/key.pem", "tlscacert": "/etc/docker/ca.pem" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `newAPIServerTLSConfig`
    "tls-files-unused", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let tls = Tls::of(context);
    if tls.is_on {
        return;
    }
    let keys = ["tlscacert", "tlscert", "tlskey"];
    let files = keys.iter().filter_map(|it| context.settings.text(it));
    let Some(first) = files.min_by_key(|it| it.key.start) else {
        return;
    };
    let key = context.written(first.key).trim_matches('"');
    let diagnostic = Diagnostic::warning(ID, first.key, say!("`{key}` has no effect while TLS is off"))
        .why("Certificates alone switch nothing on: TCP sockets stay open to anyone who reaches them.")
        .help("Set `tlsverify` to true, or remove the certificates.");
    let diagnostic = match tls.tls {
        Some((span, _)) => diagnostic.related(span, "switches TLS off"),
        None => diagnostic,
    };
    found.push(diagnostic.explained(|diagnostic| {
        let has_pair = keys.iter().skip(1).all(|it| tls.has_file(context, it));
        diagnostic.fix(has_pair.then(|| Fix::choice("Set `tlsverify` to true", context.set(&["tlsverify"], true))))
    }));
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn one_warning_for_all_files() {
        for (text, expected) in [
            (r#"{"tlskey": "/k", "tlscert": "/c"}"#, &["warning tls-files-unused 1..9"][..]),
            (r#"{"tls": false, "tlskey": "/k"}"#, &["warning tls-files-unused 15..23"]),
            (r#"{"tlsverify": false, "tlskey": "/k", "tlscert": "/c"}"#, &[]), // switches TLS on
            (r#"{"tlskey": ""}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
