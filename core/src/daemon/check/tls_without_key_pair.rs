//! TLS without a certificate and its key.

use super::{
    Context, Found,
    tls::Tls,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    document::{Change, Step},
    text::Edits,
};

rule! {
    /// TLS is on, and there is no certificate or no key.
    ///
    /// ## Why it matters
    /// The daemon loads both before anything else, and refuses to start without them; `dockerd --validate` loads
    /// them too. In the file they have no defaults, unlike on the command line.
    ///
    /// ## What to do
    /// Set `tlscert` and `tlskey` to the daemon's certificate and its key, which must not have a password, and
    /// `tlscacert` to the authority of the clients. Or remove `tls` and `tlsverify`.
    ///
    /// ## Example
    /// ```json
    /// { "tlsverify": true, "tlscacert": "/etc/docker/ca.pem", "tlscert": "/etc/docker/cert.pem" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `newAPIServerTLSConfig`; go-connections `tlsconfig/config.go`, `Server`
    "tls-without-key-pair", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let tls = Tls::of(context);
    let is_missing = |key: &&str| !tls.has_file(context, key);
    let missing: Vec<&str> = ["tlscert", "tlskey"].into_iter().filter(is_missing).collect();
    let [first, rest @ ..] = &missing[..] else {
        return;
    };
    let Some((key, span)) = tls.switched_on_by() else {
        return;
    };
    let message = match rest {
        [second, ..] => say!("`{key}` switches TLS on, and `{first}` and `{second}` are not set"),
        [] => say!("`{key}` switches TLS on, and `{first}` is not set"),
    };
    let why = match tls.tlsverify {
        Some((_, Some(false) | None)) if key == "tlsverify" => {
            "The key alone switches TLS on, whatever its value. The daemon needs its certificate and key to start."
        }
        _ => "The daemon needs its certificate and key to start.",
    };
    let stage = match context.since(23, 0) {
        true => Stage::Load,
        false => Stage::Start,
    };
    let file = match *first {
        "tlskey" => "/etc/docker/key.pem",
        _ => "/etc/docker/cert.pem",
    };
    let edits = match missing[..] {
        [_] => context.set(&[*first], file),
        _ => Edits::NONE,
    };
    found.push(
        Diagnostic::error(ID, stage, span, message)
            .why(why)
            .help("Set `tlscert` and `tlskey` to the files of the daemon's certificate and key, or remove it.")
            .fix(Fix::choice(say!("Set `{first}`"), edits))
            .fix(Fix::choice(say!("Remove `{key}`"), context.edit(|| Change::Unset { path: Step::top(key) }))),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Engine,
        daemon::check::tests::{assert_found, diagnose_on},
    };

    #[test]
    fn needs_both_files_once_tls_is_on() {
        let pair = r#""tlscert": "/c", "tlskey": "/k""#;
        for (text, expected) in [
            (r#"{"tls": true}"#.to_owned(), &["error tls-without-key-pair 1..12"][..]),
            (r#"{"tlsverify": true}"#.to_owned(), &["error tls-without-key-pair 1..18"]),
            (r#"{"tlsverify": false}"#.to_owned(), &["error tls-without-key-pair 1..19"]),
            (r#"{"tlsverify": null}"#.to_owned(), &["error tls-without-key-pair 1..18"]),
            (r#"{"x": {"tlsverify": 1}}"#.to_owned(), &["error tls-without-key-pair 7..21"]),
            (r#"{"tls": true, "tlscert": "/c"}"#.to_owned(), &["error tls-without-key-pair 1..12"]),
            (r#"{"tls": true, "tlscert": "/c", "tlskey": ""}"#.to_owned(), &["error tls-without-key-pair 1..12"]),
            (format!(r#"{{"tls": true, {pair}}}"#), &[]),
            (r#"{"tls": false}"#.to_owned(), &[]),
            (r#"{"tls": null}"#.to_owned(), &[]),
        ] {
            assert_found(&text, ID, expected);
        }
    }

    #[test]
    fn the_first_engine_without_validation_fails_later() {
        let found = diagnose_on(Engine::new(20, 10, 24), r#"{"tls": true}"#, ID);
        assert_eq!(found[0].stage, Some(Stage::Start));
    }
}
