//! A directory where the file with the process ID belongs.

use super::{
    Context, Found,
    voice::{Diagnostic, Stage},
};

rule! {
    /// `pidfile` ends with a slash.
    ///
    /// ## Why it matters
    /// The daemon makes the directory and then cannot write the file: it does not start.
    ///
    /// ## What to do
    /// Name a file: `/run/docker.pid`.
    ///
    /// ## Example
    /// ```json
    /// { "pidfile": "/run/docker/" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `start`; `pkg/pidfile/pidfile.go`, `Write`
    "pidfile-is-directory", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let pidfile = context.settings.text("pidfile");
    let Some(pidfile) = pidfile.filter(|it| it.value.ends_with('/')) else {
        return;
    };
    found.push(
        Diagnostic::error(ID, Stage::Start, pidfile.span, say!("`pidfile` names a directory, `{}`", pidfile.value))
            .why("The daemon accepts the settings and then fails to start: it cannot write its process ID there.")
            .help("Name a file, such as `/run/docker.pid`."),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn minds_the_slash_at_the_end() {
        for (text, expected) in [
            (r#"{"pidfile": "/run/"}"#, &["error pidfile-is-directory 12..19"][..]),
            (r#"{"pidfile": "/"}"#, &["error pidfile-is-directory 12..15"]),
            (r#"{"pidfile": "/run/docker.pid"}"#, &[]),
            (r#"{"pidfile": ""}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
