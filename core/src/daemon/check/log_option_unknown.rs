//! A log option that the log driver does not know.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage, listed},
};
use crate::{
    Engine,
    daemon::{
        drivers::log_driver::{self, Kind, LogDriver, LogOption, log_options},
        options::{self, DaemonOption, Status},
    },
    text::words::distance,
};

rule! {
    /// A log option that the log driver does not know.
    ///
    /// ## Why it matters
    /// The daemon gives `log-opts` to its default log driver as it starts, and does not start when there is one that
    /// the driver does not know. `dockerd --validate` does not look at them.
    ///
    /// ## What to do
    /// Use the options of the driver that `log-driver` names; `json-file` is the default. Options for containers that
    /// choose another driver go with those containers.
    ///
    /// ## Example
    /// ```json
    /// { "log-driver": "journald", "log-opts": { "max-size": "10m" } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/logger/factory.go`, `ValidateLogOpts`, and the function `ValidateLogOpt` of each driver
    "log-option-unknown", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let driver = LogDriver::of(context.settings, context.engine);
    if driver.kind != Kind::BuiltIn {
        return;
    }
    let set = log_options(context.settings);
    let others = Others::of(context, driver, &set);
    for option in set {
        let row = options::member("log-opts", option.name);
        // `logentries` lets every name pass: its check compares the name with itself.
        let is_known = driver.name == "logentries" || row.is_some_and(|it| driver.knows(it, context.engine));
        if !is_known {
            found.push(unknown(context, driver, option, &others, row));
        }
    }
}

fn unknown(
    context: &Context,
    driver: LogDriver,
    option: LogOption,
    others: &Others,
    row: Option<&'static DaemonOption>,
) -> Diagnostic {
    let name = option.name;
    let in_driver = |row: &DaemonOption| row.drivers.is_empty() || row.drivers.iter().any(|it| it.value == driver.name);
    let diagnostic = Diagnostic::error(
        ID,
        Stage::Start,
        option.key,
        match row.filter(|it| in_driver(it)) {
            Some(row) if row.removed.is_some_and(|it| it <= context.engine) => {
                say!("Log option `{name}` was removed in Engine {}", short(row.removed))
            }
            Some(row) => {
                let since = row.drivers.iter().find(|it| it.value == driver.name);
                let since = since.and_then(|it| it.since).unwrap_or(row.since);
                say!("Log driver `{}` has `{name}` only since Engine {}", driver.name, short(Some(since)))
            }
            None => say!("Log driver `{}` has no option `{name}`", driver.name),
        },
    )
    .why("The daemon does not start when its default log driver does not know one of `log-opts`.");
    diagnostic.explained(|diagnostic| {
        let remove = Fix::choice(say!("Remove `{name}`"), context.remove(option.span));
        let rename = |right: &str| context.renaming(option.key, right);
        if let Some(right) = row.and_then(|it| it.replacement).and_then(options::find) {
            let right = right.name();
            return diagnostic.help(say!("Use `{right}`.")).fix(rename(right));
        }
        if row.is_none()
            && let Some(right) = nearest(driver, &others.options, name)
        {
            return diagnostic.help(say!("Did you mean `{right}`?")).fix(rename(right));
        }
        let is_key = |it: &&DaemonOption| it.status == Status::Read && matches!(it.kind, options::Kind::Text(_));
        if row.is_none() && options::member("", name).filter(is_key).is_some() {
            return diagnostic
                .help(say!("`{name}` is a key of its own: move it to the top level."))
                .fix(context.moving("Move to the top level", &["log-opts", name], &[name]))
                .fix(remove);
        }
        let owners: Vec<&str> = row
            .into_iter()
            .flat_map(|row| row.drivers.iter().filter(|it| it.exists_in(context.engine)))
            .map(|it| it.value)
            .filter(|it| *it != driver.name)
            .collect();
        let help = match owners[..] {
            [] => say!("Remove it, or use one of the driver's own options."),
            _ => say!("Remove it, or use a driver that has it: {}.", listed(owners.iter().copied(), "or")),
        };
        let mut diagnostic = diagnostic.help(help).fix(remove);
        for right in owners.into_iter().filter(|it| others.drivers.contains(it)).take(2) {
            diagnostic =
                diagnostic.fix(Fix::choice(say!("Use log driver `{right}`"), context.set(&["log-driver"], right)));
        }
        diagnostic
    })
}

/// What could be meant instead of what is set.
struct Others {
    /// The options of the driver that are not set.
    options: Vec<&'static str>,
    /// The drivers that know every option that is set.
    drivers: Vec<&'static str>,
}

impl Others {
    fn of(context: &Context, driver: LogDriver, set: &[LogOption]) -> Self {
        let is_set = |name: &str| set.iter().any(|it| it.name == name);
        let suits = |driver: &&str| {
            set.iter().all(|option| {
                options::member("log-opts", option.name)
                    .is_some_and(|it| it.is_known_to(context.engine) && it.belongs_to(driver, context.engine))
            })
        };
        Self {
            options: options::children("log-opts")
                .filter(|row| driver.knows(row, context.engine))
                .map(DaemonOption::name)
                .filter(|it| !is_set(it))
                .collect(),
            drivers: log_driver::built_in(context.engine).filter(suits).collect(),
        }
    }
}

fn short(engine: Option<Engine>) -> String {
    engine.map_or(String::new(), |it| say!("{}.{}", it.major, it.minor))
}

/// The option of the driver that was likely meant.
fn nearest(driver: LogDriver, options: &[&'static str], name: &str) -> Option<&'static str> {
    let written = name.to_ascii_lowercase().replace('_', "-");
    options
        .iter()
        .copied()
        .map(|right| {
            let unprefixed = right.strip_prefix(driver.name).unwrap_or(right).trim_start_matches('-');
            // `address` for `syslog-address`
            let distance = match written == unprefixed {
                true => 0,
                false => distance(&written, right),
            };
            (distance, right)
        })
        .filter(|(distance, right)| *distance <= 1 + right.len() / 8)
        .min()
        .map(|(_, right)| right)
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::{assert_first_fix, assert_flags};

    #[test]
    fn offers_what_keeps_what_was_written() {
        for (text, title, after) in [
            (r#"{"log-opts": {"maxsize": "10m"}}"#, "Rename to `max-size`", r#"{"log-opts": {"max-size": "10m"}}"#),
            (
                r#"{"log-opts": {"max-size": "10m", "log-level": "warn"}, "mtu": 1450}"#,
                "Move to the top level",
                r#"{"log-opts": {"max-size": "10m"}, "mtu": 1450, "log-level": "warn"}"#,
            ),
        ] {
            assert_first_fix(text, ID, title, after);
        }
    }

    #[test]
    fn flags_what_the_driver_does_not_know() {
        for (engine, driver, options, expected) in [
            ("29", "journald", r#""max-size": "10m""#, &["error \"max-size\""][..]),
            ("29.4", "local", r#""tag": "x""#, &["error \"tag\""]),
            ("29.5", "local", r#""tag": "x""#, &[]),
            ("29.5", "syslog", r#""cache-tag": "x""#, &[]),
            ("28", "syslog", r#""cache-tag": "x""#, &["error \"cache-tag\""]),
            ("27", "fluentd", r#""fluentd-async-connect": "true""#, &[]),
            ("28", "fluentd", r#""fluentd-async-connect": "true""#, &["error \"fluentd-async-connect\""]),
            ("28.1", "fluentd", r#""fluentd-write-timeout": "1s""#, &["error \"fluentd-write-timeout\""]),
            ("28.2", "fluentd", r#""fluentd-write-timeout": "1s""#, &[]),
            (
                "20.10",
                "fluentd",
                r#""fluentd-async-reconnect-interval": "0""#,
                &["error \"fluentd-async-reconnect-interval\""],
            ),
            (
                "28",
                "awslogs",
                r#""awslogs-group": "g", "awslogs-create-stream": "no""#,
                &["error \"awslogs-create-stream\""],
            ),
            ("29", "gcplogs", r#""tag": "x", "env": "A""#, &["error \"tag\""]),
            ("29", "awslogs", r#""awslogs-group": "g", "labels": "a""#, &["error \"labels\""]),
            ("29", "json-file", r#""Max-Size": "10m""#, &["error \"Max-Size\""]),
            ("29", "json-file", r#""max-size": "10m", "mode": "blocking", "cache-disabled": "true""#, &[]),
            ("29", "none", r#""anything": "x""#, &[]),
            ("24", "logentries", r#""anything": "x""#, &[]),
            ("29", "example/plugin", r#""anything": "x""#, &[]),
        ] {
            let text = format!(r#"{{"log-driver": "{driver}", "log-opts": {{{options}}}}}"#);
            assert_flags(engine, &text, ID, expected);
        }
        assert_flags("29", r#"{"log-opts": {"syslog-address": "x"}}"#, ID, &["error \"syslog-address\""]);
    }
}
