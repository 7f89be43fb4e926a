//! A log driver without an option that it requires.

use super::{
    Context, Found,
    voice::{Diagnostic, Stage},
};
use crate::daemon::{
    drivers::log_driver::{Kind, LogDriver, LogOption, log_options},
    options::member,
};

rule! {
    /// A log driver without an option that it needs.
    ///
    /// ## Why it matters
    /// `gelf`, `awslogs` and `splunk` cannot guess where logs go. When `log-opts` has other entries, `gelf` and
    /// `awslogs` already keep the daemon from starting; otherwise every container that uses the driver fails.
    ///
    /// ## What to do
    /// Give `gelf-address` for `gelf`, `awslogs-group` for `awslogs`, `splunk-url` and `splunk-token` for `splunk`.
    ///
    /// ## Example
    /// ```json
    /// { "log-driver": "gelf", "log-opts": { "tag": "{{.Name}}" } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/logger/gelf/gelf.go`, `parseAddress`; `daemon/logger/awslogs/cloudwatchlogs.go`,
    /// `ValidateLogOpt`; `daemon/logger/splunk/splunk.go`, `New` and `parseURL`
    "log-option-missing", [Error, Warning], check
}

/// The options a driver needs, and whether the daemon asks for them as it starts.
fn needs(driver: &str) -> (&'static [&'static str], bool) {
    match driver {
        "gelf" => (&["gelf-address"], true),
        "awslogs" => (&["awslogs-group"], true),
        "logentries" => (&["logentries-token"], true),
        "splunk" => (&["splunk-url", "splunk-token"], false),
        _ => (&[], false),
    }
}

/// What an option may look like.
fn example(name: &str) -> &'static str {
    match name {
        "gelf-address" => "udp://192.0.2.10:12201",
        "awslogs-group" => "docker",
        "splunk-url" => "https://splunk.example:8088",
        _ => "…",
    }
}

fn check(context: &Context, found: &mut Found) {
    let driver = LogDriver::of(context.settings, context.engine);
    let (Some(setting), Kind::BuiltIn) = (driver.setting, driver.kind) else {
        return;
    };
    let options = log_options(context.settings);
    let (needs, at_start) = needs(driver.name);
    for name in needs {
        let is_there = |it: &LogOption| match member("log-opts", it.name) {
            Some(_) => it.name == *name && !it.text.is_empty(),
            // Misspelt, which has a rule of its own.
            None => crate::text::words::distance(it.name, name) <= 2,
        };
        if options.iter().any(is_there) {
            continue;
        }
        let message = say!("Log driver `{}` needs the option `{name}`", driver.name);
        let diagnostic = match at_start && !options.is_empty() {
            true => Diagnostic::error(ID, Stage::Start, setting.span, message)
                .why("The daemon checks `log-opts` with their driver as it starts, and does not start without it."),
            false => Diagnostic::no_container(ID, setting.span, message)
                .why("The daemon starts, and then every container that uses the default log driver fails."),
        };
        found.push(diagnostic.help(say!("Add it to `log-opts`: `\"{name}\": \"{}\"`.", example(name))));
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn asks_at_start_only_when_there_are_options() {
        for (engine, text, expected) in [
            ("29", r#"{"log-driver": "gelf"}"#, &["warning \"gelf\""][..]),
            ("29", r#"{"log-driver": "gelf", "log-opts": {}}"#, &["warning \"gelf\""]),
            ("29", r#"{"log-driver": "gelf", "log-opts": {"mode": "blocking"}}"#, &["error \"gelf\""]),
            ("29", r#"{"log-driver": "gelf", "log-opts": {"gelf-address": ""}}"#, &["error \"gelf\""]),
            ("29", r#"{"log-driver": "gelf", "log-opts": {"gelf-address": "udp://a:1"}}"#, &[]),
            ("29", r#"{"log-driver": "awslogs", "log-opts": {"tag": "x"}}"#, &["error \"awslogs\""]),
            ("29", r#"{"log-driver": "splunk", "log-opts": {"splunk-token": "x"}}"#, &["warning \"splunk\""]),
            ("29", r#"{"log-driver": "splunk"}"#, &["warning \"splunk\"", "warning \"splunk\""]),
            ("24", r#"{"log-driver": "logentries", "log-opts": {"tag": "x"}}"#, &["error \"logentries\""]),
            ("25", r#"{"log-driver": "logentries", "log-opts": {"tag": "x"}}"#, &[]),
            ("29", r#"{"log-driver": "fluentd"}"#, &[]),
            ("29", r#"{"log-driver": "gelf", "log-opts": {"gelf-adress": "udp://a:1"}}"#, &[]),
        ] {
            assert_flags(engine, text, ID, expected);
        }
    }
}
