//! Clients are checked against the system's authorities.

use super::{
    Context, Found,
    tls::Tls,
    voice::{Diagnostic, Fix},
};

rule! {
    /// Clients must show a certificate, and no authority for it is set.
    ///
    /// ## Why it matters
    /// Without `tlscacert` the daemon trusts every authority of the system: anyone with a client certificate
    /// from one of them is root.
    ///
    /// ## What to do
    /// Set `tlscacert` to the authority of your own clients.
    ///
    /// ## Example
    /// ```json
    /// { "tlsverify": true, "tlscert": "/etc/docker/cert.pem", "tlskey": "/etc/docker/key.pem" }
    /// ```
    ///
    /// ## Source
    /// go-connections `tlsconfig/config.go`, `Server`; Go `crypto/tls`, `Config.ClientCAs`
    "tlsverify-without-authority", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let tls = Tls::of(context);
    let Some((key, span)) = tls.switched_on_by() else {
        return;
    };
    let lacks = |file: &str| !tls.has_file(context, file);
    // Without certificates the daemon does not start, which another rule says.
    if !tls.checks_clients || lacks("tlscert") || lacks("tlskey") || !lacks("tlscacert") {
        return;
    }
    found.push(
        Diagnostic::warning(
            ID,
            span,
            say!("`{key}` has clients checked, but `tlscacert` does not say against which authority"),
        )
        .why("The daemon then accepts a client certificate from any authority that the system trusts.")
        .help("Set `tlscacert` to the certificate of the authority that signs your clients' certificates.")
        .fix(Fix::choice("Set `tlscacert`", context.set(&["tlscacert"], "/etc/docker/ca.pem"))),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn minds_a_missing_authority() {
        let files = r#""tlscert": "/c", "tlskey": "/k""#;
        for (rest, expected) in [
            (r#""tlsverify": true"#, &["warning tlsverify-without-authority 34..51"][..]),
            (r#""tls": true"#, &["warning tlsverify-without-authority 34..45"]), // turns tlsverify on
            (r#""tlsverify": true, "tlscacert": "/a""#, &[]),
            (r#""tls": true, "tlsverify": false"#, &[]),
        ] {
            assert_found(&format!("{{{files}, {rest}}}"), ID, expected);
        }
    }
}
