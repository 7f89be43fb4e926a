//! Log files that grow for ever.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{
    daemon::drivers::log_driver::{LogDriver, log_options, names_max_size},
    document::Value,
};

rule! {
    /// Log files that are never rotated.
    ///
    /// ## Why it matters
    /// Driver `json-file` writes one file per container, and without `max-size` it grows until the disk is full.
    ///
    /// ## What to do
    /// Set `max-size` and `max-file`, or use driver `local`, which keeps at most 100 MB per container by itself.
    ///
    /// ## Example
    /// ```json
    /// { "log-driver": "json-file" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/logger/jsonfilelog/jsonfilelog.go`, `New`; `daemon/logger/local/local.go`
    "log-files-unbounded", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let driver = LogDriver::of(context.settings, context.engine);
    let options = log_options(context.settings);
    // Without `log-driver` nothing was said of logs; `max-file` alone has a rule of its own.
    let is_bounded = names_max_size(context.settings) || options.iter().any(|it| it.name == "max-file");
    let Some(setting) = driver.setting.filter(|it| it.value == "json-file" && !is_bounded) else {
        return;
    };
    let diagnostic = Diagnostic::hint(ID, setting.span, "Container logs grow without limit")
        .why("Driver `json-file` never starts a new file unless `max-size` is set, and the files go only with their container.")
        .help("Set `max-size` and `max-file` in `log-opts`, or use driver `local`, which limits itself.");
    found.push(diagnostic.explained(|diagnostic| {
        let limits = match context.settings.get("log-opts") {
            None => {
                let entry = |name: &str, value| (name.to_owned(), Value::string(value));
                context.set(&["log-opts"], Value::Map(vec![entry("max-size", "10m"), entry("max-file", "3")]))
            }
            Some(_) => context.set(&["log-opts", "max-size"], "10m"),
        };
        let diagnostic = diagnostic.fix(Fix::choice("Rotate at 10 MB", limits));
        match options.is_empty() {
            true => diagnostic.fix(Fix::choice("Use `local`", context.replace(setting.span, "local"))),
            false => diagnostic,
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn hints_only_where_json_file_was_chosen() {
        for (text, expected) in [
            (r#"{"log-driver": "json-file"}"#, &["hint \"json-file\""][..]),
            (r#"{"log-driver": "json-file", "log-opts": {"tag": "x"}}"#, &["hint \"json-file\""]),
            (r#"{"log-driver": "json-file", "log-opts": {"max-size": "1m"}}"#, &[]),
            (r#"{"log-driver": "json-file", "log-opts": {"max-file": "1"}}"#, &[]),
            (r#"{"log-driver": "json-file", "log-opts": {"max-size": 10}}"#, &[]), // of the wrong type, which is said
            (r#"{"log-driver": "json-file", "log-opts": {"maxsize": "1m"}}"#, &[]), // misspelt, which is said
            (r#"{"log-driver": "local"}"#, &[]),
            (r#"{"debug": true}"#, &[]),
        ] {
            assert_flags("29", text, ID, expected);
        }
    }
}
