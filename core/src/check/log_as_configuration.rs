//! A log where the configuration belongs.

use super::{
    Context, Found,
    diagnostic::{Diagnostic, Span, Stage},
};
use crate::daemon_words::is_spoken;

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

/// So far down a log is looked for.
const LINES: usize = 64;

fn check(context: &Context, found: &mut Found) {
    let text = context.text.trim_start();
    // Nearly every configuration begins so, and need not be looked through.
    if text.starts_with(['{', '[', '"', '/', '#']) {
        return;
    }
    let mut start = context.text.len() - text.len();
    for line in text.split_inclusive('\n').take(LINES) {
        if is_spoken(line) {
            let span = Span::new(start, start + line.trim_end().len());
            found.push(
                Diagnostic::error(ID, Stage::Load, span, "This is something the daemon said, not a configuration")
                    .why("The daemon refuses a file that is not JSON.")
                    .help("`#/messages` explains what the daemon says. Paste the content of `daemon.json` here."),
            );
            return;
        }
        start += line.len();
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::assert_found;

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
