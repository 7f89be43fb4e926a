//! `rootless` set to something other than how the daemon is run.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `rootless` does not match how the daemon is run.
    ///
    /// ## Why it matters
    /// A daemon run by RootlessKit refuses to start with `rootless` false. A daemon run by root does not start with
    /// `rootless` true since Engine 28.0. Before, it is told to keep away from what it could do, such as limits of
    /// containers' resources, and gains no safety: it still runs as root.
    ///
    /// ## What to do
    /// Remove it: `dockerd-rootless.sh` takes care of it.
    ///
    /// ## Example
    /// ```json
    /// { "rootless": true }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `start`; `daemon/daemon_unix.go`;
    /// `daemon/libnetwork/internal/rlkclient/rootlesskit_client_linux.go`, `NewPortDriverClient`
    "rootless-mismatch", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(setting) = context.settings.bool("rootless") else {
        return;
    };
    let diagnostic = match (context.host().rootless, setting.value) {
        (true, false) => Diagnostic::error(
            ID,
            Stage::Start,
            setting.whole(),
            "`rootless` is false, and the daemon is run by RootlessKit",
        )
        .why("The daemon accepts the settings and then refuses to start."),
        (false, true) if context.since(28, 0) => Diagnostic::error(
            ID,
            Stage::Start,
            setting.whole(),
            "`rootless` is true, and the daemon is not run by RootlessKit",
        )
        .why("The daemon accepts the settings, looks for RootlessKit, and does not start without it."),
        (false, true) => {
            Diagnostic::warning(ID, setting.whole(), "`rootless` does not make the daemon run without root")
                .why("It only keeps a daemon that root runs away from what it could do, such as limiting resources.")
        }
        _ => return,
    };
    found.push(
        diagnostic
            .help("Remove it, and start the daemon with `dockerd-rootless.sh` to have it rootless.")
            .fix(Fix::choice("Remove `rootless`", context.remove(setting.span))),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{Request, analyze, docker::host::Host, rule::diagnostic::Severity};

    #[test]
    fn compares_with_the_host() {
        for (text, rootless, engine, severity) in [
            (r#"{"rootless": true}"#, false, "27", Some(Severity::Warning)),
            (r#"{"rootless": true}"#, false, "28", Some(Severity::Error)),
            (r#"{"rootless": false}"#, false, "29", None),
            (r#"{"rootless": true}"#, true, "29", None),
            (r#"{"rootless": false}"#, true, "29", Some(Severity::Error)),
        ] {
            let request = Request {
                text: text.to_owned(),
                engine: engine.parse().expect("an Engine"),
                host: Host { rootless, ..Host::default() },
                ..Request::default()
            };
            let diagnostics = analyze(&request).diagnostics;
            let found = diagnostics.iter().find(|it| it.rule == ID);
            assert_eq!(found.map(|it| it.severity), severity, "{text} {rootless}");
        }
    }
}
