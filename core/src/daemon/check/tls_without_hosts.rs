//! `tls` that closes the unix socket.

use super::{Context, Found, tls::Tls, voice::Diagnostic};

rule! {
    /// `tls` is true, and `hosts` is not set.
    ///
    /// ## Why it matters
    /// Without any address, `tls` makes the daemon listen on `tcp://localhost:2376` alone. The unix socket, which
    /// the `docker` command uses, is gone. Where the daemon's unit gives an address, it listens on that alone
    /// and TLS has no effect on a unix socket.
    ///
    /// ## What to do
    /// List the addresses in `hosts`, or use `tlsverify` alone, which leaves the unix socket as it is.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "tls": true,
    ///   "tlscacert": "/etc/docker/ca.pem",
    ///   "tlscert": "/etc/docker/cert.pem",
    ///   "tlskey": "/etc/docker/key.pem"
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `loadDaemonCliConfig`
    "tls-without-hosts", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let tls = Tls::of(context);
    let Some((span, true)) = tls.tls else {
        return;
    };
    let hosts = context.settings.texts("hosts");
    let has_address = hosts.iter().any(|it| !it.value.trim().is_empty());
    let has_flag = context.host().flags.has("host");
    // Without certificates the daemon does not start, which another rule says.
    if has_address || has_flag || !tls.has_file(context, "tlscert") || !tls.has_file(context, "tlskey") {
        return;
    }
    found.push(
        Diagnostic::warning(ID, span, "`tls` without `hosts` closes the unix socket")
            .why(
                "With no other address the daemon then listens on `tcp://localhost:2376` alone, and the `docker` \
                  command no longer finds it.",
            )
            .help("List the unix socket and the TCP address in `hosts`."),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn minds_tls_alone() {
        let files = r#""tlscert": "/c", "tlskey": "/k""#;
        for (rest, expected) in [
            (r#""tls": true"#, &["warning tls-without-hosts 34..45"][..]),
            (r#""tls": true, "hosts": []"#, &["warning tls-without-hosts 34..45"]),
            (r#""tls": true, "hosts": ["fd://"]"#, &[]),
            (r#""tlsverify": true"#, &[]), // switched on after the default socket was chosen
        ] {
            assert_found(&format!("{{{files}, {rest}}}"), ID, expected);
        }
    }
}
