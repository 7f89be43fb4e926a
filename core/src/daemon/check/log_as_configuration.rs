//! A log where the configuration belongs.

use super::{
    Context, Found,
    voice::{Diagnostic, Stage},
};
use crate::daemon::foreign::Kind;

rule! {
    /// The text is something that the daemon said.
    ///
    /// ## Why it matters
    /// A line of the log, or an error of `docker`, is no configuration. What it complains about is in the file that the
    /// daemon read.
    ///
    /// ## What to do
    /// Paste the line at `#/messages` to see what it means, and the content of `daemon.json` into the editor.
    ///
    /// ## Example
    /// ```json
    /// Error response from daemon: all predefined address pools have been fully subnetted
    /// ```
    ///
    /// ## Source
    /// The list of messages, `core/data/daemon-messages.json`
    "log-as-configuration", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    if let Some(foreign) = context.foreign.filter(|it| it.kind == Kind::Log) {
        found.push(
            Diagnostic::error(ID, Stage::Load, foreign.span, "This is something the daemon said, not a configuration")
                .why("The daemon refuses a file that is not JSON.")
                .explained(|it| it.help(foreign.help())),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn flags_logs_and_nothing_else_is_said_of_them() {
        for (text, expected) in [
            (
                "\nError response from daemon: all predefined address pools have been fully subnetted\n",
                &["error log-as-configuration 1..83"][..],
            ),
            (
                "-- Logs begin --\nNov 21 09:14:07 host dockerd[812]: failed to start daemon: x",
                &["error log-as-configuration 17..77"],
            ),
            (r#"{ "labels": ["failed to start daemon"] }"#, &[]),
            ("debug: true", &[]),
        ] {
            assert_found(text, super::ID, expected);
        }
        let report = crate::analyze(&crate::Request::of("failed to start daemon: runtime name 'runc' is reserved"));
        assert_eq!(report.diagnostics.len(), 1);
    }
}
