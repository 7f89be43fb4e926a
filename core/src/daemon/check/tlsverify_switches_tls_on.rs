//! `tlsverify` that is not true, and switches TLS on all the same.

use super::{
    Context, Found,
    tls::Tls,
    voice::{Diagnostic, Fix},
};

rule! {
    /// `tlsverify` is false or null, and switches TLS on all the same.
    ///
    /// ## Why it matters
    /// The daemon looks at whether the key is there, not at its value: TCP sockets use TLS. With `false`, clients
    /// need no certificate, and anyone who reaches a socket is root.
    ///
    /// ## What to do
    /// Remove the key to have no TLS; set it to true to have clients checked. To have TLS without checking
    /// clients, set `"tls": true` as well.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "tlsverify": false,
    ///   "tlscacert": "/etc/docker/ca.pem",
    ///   "tlscert": "/etc/docker/cert.pem",
    ///   "tlskey": "/etc/docker/key.pem"
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `loadDaemonCliConfig`
    "tlsverify-switches-tls-on", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let tls = Tls::of(context);
    let Some((span, value)) = tls.tlsverify else {
        return;
    };
    let is_said = tls.tls.is_some_and(|(_, value)| value);
    // Without certificates the daemon does not start, which another rule says.
    let has_pair = tls.has_file(context, "tlscert") && tls.has_file(context, "tlskey");
    if value == Some(true) || is_said || !has_pair {
        return;
    }
    let written = if value.is_some() { "false" } else { "null" };
    let diagnostic = Diagnostic::warning(ID, span, say!("`tlsverify` switches TLS on, even as {written}"))
        .why("The daemon looks at whether the key is there, and not at its value.")
        .help("Remove it to have no TLS, or set it to true to have clients checked.")
        .fix(Fix::choice("Set `tlsverify` to true", context.set(&["tlsverify"], true)));
    found.push(match tls.tls {
        Some((span, _)) => diagnostic.related(span, "has no effect"),
        None => diagnostic,
    });
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn minds_the_key_and_not_its_value() {
        let files = r#""tlscert": "/c", "tlskey": "/k""#;
        for (rest, expected) in [
            (r#""tlsverify": false"#, &["warning tlsverify-switches-tls-on 34..52"][..]),
            (r#""tlsverify": null"#, &["warning tlsverify-switches-tls-on 34..51"]),
            (r#""tlsverify": false, "tls": false"#, &["warning tlsverify-switches-tls-on 34..52"]),
            (r#""tlsverify": false, "tls": true"#, &[]), // said openly
            (r#""tlsverify": true"#, &[]),
        ] {
            assert_found(&format!("{{{files}, {rest}}}"), ID, expected);
        }
        assert_found(r#"{"tlsverify": false}"#, ID, &[]);
    }
}
