//! A log driver that the Engine does not have.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage, listed},
};
use crate::daemon::{
    drivers::log_driver::{self, Kind, LogDriver, log_options},
    settings::Setting,
};

rule! {
    /// A log driver that the Docker Engine does not have.
    ///
    /// ## Why it matters
    /// With `log-opts` the daemon does not start, because there is no driver to check them. Without, it starts, and
    /// then every container that names no other log driver fails. Only a log plugin of exactly that name helps.
    ///
    /// ## What to do
    /// Use one of `json-file`, `local`, `journald`, `syslog`, `gelf`, `fluentd`, `awslogs`, `splunk`, `gcplogs` or
    /// `none`, or install the plugin first.
    ///
    /// ## Example
    /// ```json
    /// { "log-driver": "Journald" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/logger/factory.go`, `ValidateLogOpts` and `GetLogDriver`; `daemon/logs.go`, `defaultLogConfig`
    "log-driver-unknown", [Error, Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let driver = LogDriver::of(context.settings, context.engine);
    let Some(setting) = driver.setting else {
        return;
    };
    match driver.kind {
        Kind::BuiltIn | Kind::None => {}
        Kind::Plugin => found.push(
            Diagnostic::hint(
                ID,
                setting.span,
                say!("Whether the log plugin `{}` is installed was not checked", driver.name),
            )
            .why(match log_options(context.settings).is_empty() {
                true => "Without it the daemon starts, and then containers that name no other log driver fail.",
                false => "Without it the daemon does not start, because nothing can check `log-opts`.",
            })
            .help("Install it with `docker plugin install` before the daemon restarts with this setting."),
        ),
        Kind::Unknown => found.push(unknown(context, setting)),
    }
}

fn unknown(context: &Context, setting: Setting<&str>) -> Diagnostic {
    let name = setting.value;
    let message = match name {
        "logentries" => say!("Log driver `logentries` was removed in Engine 25.0"),
        "etwlogs" => say!("Log driver `etwlogs` exists on Windows only"),
        _ => say!("`{name}` is not a log driver of Engine {}", context.engine.major),
    };
    let diagnostic = match log_options(context.settings).is_empty() {
        true => Diagnostic::no_container(ID, setting.span, message).why(
            "The daemon starts, and then every container that names no other log driver fails to start, unless a log \
             plugin of this name is installed.",
        ),
        false => Diagnostic::error(ID, Stage::Start, setting.span, message).why(
            "The daemon checks `log-opts` with their driver as it starts, and does not start without it, unless a log \
             plugin of this name is installed.",
        ),
    };
    let replace = |right: &str| context.replace(setting.span, right);
    diagnostic.explained(|diagnostic| match nearest(name, context) {
        Some(right) => {
            diagnostic.help(say!("Did you mean `{right}`?")).fix(Fix::safe(say!("Use `{right}`"), replace(right)))
        }
        None => diagnostic
            .help(say!("Use {}.", listed(log_driver::built_in(context.engine), "or")))
            .fix(Fix::choice("Use `local`", replace("local"))),
    })
}

/// The driver that was likely meant: `jsonfile`, `Journald`.
fn nearest(name: &str, context: &Context) -> Option<&'static str> {
    let written = name.trim().to_ascii_lowercase().replace('_', "-");
    log_driver::built_in(context.engine)
        .map(|it| (crate::text::words::distance(&written, it), it))
        .filter(|(distance, right)| *distance <= right.len() / 4)
        .min()
        .map(|(_, right)| right)
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_what_the_engine_does_not_have() {
        for (engine, text, expected) in [
            ("29", r#"{"log-driver": "jsonfile"}"#, &["warning \"jsonfile\""][..]),
            ("29", r#"{"log-driver": "x", "log-opts": {"a": "b"}}"#, &["error \"x\""]),
            ("29", r#"{"log-driver": "x", "log-opts": {}}"#, &["warning \"x\""]),
            ("29", r#"{"log-driver": "etwlogs"}"#, &["warning \"etwlogs\""]),
            ("25", r#"{"log-driver": "logentries"}"#, &["warning \"logentries\""]),
            ("24", r#"{"log-driver": "logentries"}"#, &[]),
            ("29", r#"{"log-driver": "loki", "log-opts": {"loki-url": "x"}}"#, &["hint \"loki\""]),
            ("29", r#"{"log-driver": "JSON-file"}"#, &["warning \"JSON-file\""]),
            ("29", r#"{"log-driver": "none"}"#, &[]),
            ("29", r#"{"log-driver": ""}"#, &[]),
            ("29", r#"{"log-driver": "gcplogs"}"#, &[]),
        ] {
            assert_flags(engine, text, ID, expected);
        }
    }
}
