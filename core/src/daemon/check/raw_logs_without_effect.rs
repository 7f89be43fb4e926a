//! Raw logs in JSON.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};

rule! {
    /// `raw-logs` is true while the daemon logs in JSON.
    ///
    /// ## Why it matters
    /// It only removes colours from logs in text form; JSON has none.
    ///
    /// ## What to do
    /// Remove it.
    ///
    /// ## Example
    /// ```json
    /// { "log-format": "json", "raw-logs": true }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `configureDaemonLogs`
    "raw-logs-without-effect", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let raw = context.settings.bool("raw-logs").filter(|it| it.value);
    let format = context.settings.text("log-format").filter(|it| it.value == "json");
    let (Some(raw), Some(format)) = (raw, format) else {
        return;
    };
    found.push(
        Diagnostic::hint(ID, raw.whole(), "`raw-logs` has no effect on logs in JSON")
            .related(format.span, "the format")
            .why("It only removes colours from logs in text form.")
            .help("Remove it.")
            .fix(Fix::safe("Remove `raw-logs`", context.remove(raw.span))),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn minds_json_only() {
        for (text, expected) in [
            (r#"{"raw-logs": true, "log-format": "json"}"#, &["hint raw-logs-without-effect 1..17"][..]),
            (r#"{"raw-logs": false, "log-format": "json"}"#, &[]),
            (r#"{"raw-logs": true, "log-format": "text"}"#, &[]),
            (r#"{"raw-logs": true}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
