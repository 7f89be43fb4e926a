//! A log option whose value cannot be read.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage, listed},
};
use crate::{
    daemon::{
        drivers::log_driver::{Kind, LogDriver, LogOption, log_options},
        options,
    },
    docker::{
        engine::Engine,
        go::{
            regexp,
            strconv::{atoi, parse_bool},
            time::{SECOND, parse_duration},
            units::{Factor, parse_size},
        },
    },
    text::find,
};

rule! {
    /// A log option whose value cannot be read.
    ///
    /// ## Why it matters
    /// Some values are read as the daemon starts, and then it does not start. Others, such as the sizes of log files,
    /// are read as a container starts: the daemon comes up, and every container that uses the default log driver
    /// fails.
    ///
    /// ## What to do
    /// Write sizes as `10m`, durations as `5s`, truth values as `"true"` or `"false"`, whole numbers in quotes: `"3"`.
    ///
    /// ## Example
    /// ```json
    /// { "log-driver": "json-file", "log-opts": { "max-size": "10 m " } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/logger/factory.go`, `ValidateLogOpts`; the functions `ValidateLogOpt` and `New` of each driver
    "log-option-malformed", [Error, Warning], check
}

/// How the value of an option must be written, and when the Engine finds out.
struct Reading {
    form: Form,
    at_start: bool,
    may_be_empty: bool,
}

/// Ranges include both ends.
enum Form {
    Bool,
    Choice,
    Size { factor: Factor, from: i64 },
    Integer { from: i64, to: i64 },
    Duration { from: i64, to: i64 },
    Facility,
    Template,
    Regex,
}

const ANY_TIME: Form = Form::Duration { from: i64::MIN, to: i64::MAX };
const NO_TIME_OR_MORE: Form = Form::Duration { from: 0, to: i64::MAX };
const ONE_OR_MORE: Form = Form::Integer { from: 1, to: i64::MAX };
const NONE_OR_MORE: Form = Form::Integer { from: 0, to: i64::MAX };
const LEVEL: Form = Form::Integer { from: -1, to: 9 };

impl Reading {
    /// How `driver` reads option `name`; `None` when it takes any text.
    fn of(name: &str, driver: &str, engine: Engine) -> Option<Self> {
        use Form::*;
        let at_start = |form| (form, true, false);
        let at_start_unless_empty = |form| (form, true, true);
        let at_container_start = |form| (form, false, false);
        let (form, at_start, may_be_empty) = match (driver, name) {
            (_, "mode") => at_start_unless_empty(Choice),
            (_, "max-buffer-size") => at_start(Size { factor: Factor::Binary, from: i64::MIN }),
            (_, "cache-disabled") => at_start_unless_empty(Bool),
            (_, "tag") => (Template, false, true),
            (_, "labels-regex" | "env-regex") | ("awslogs", "awslogs-multiline-pattern") => (Regex, false, true),
            ("json-file", "max-size") => at_container_start(Size { factor: Factor::Decimal, from: 1 }),
            ("local", "max-size") => at_container_start(Size { factor: Factor::Decimal, from: 0 }),
            ("json-file", "max-file") => at_container_start(ONE_OR_MORE),
            ("local", "max-file") => at_container_start(NONE_OR_MORE),
            ("json-file" | "local", "compress") => at_container_start(Bool),
            ("syslog", "syslog-facility") => at_start_unless_empty(Facility),
            ("syslog", "syslog-format") => at_start_unless_empty(Choice),
            ("gelf", "gelf-compression-type") => at_start(Choice),
            ("gelf", "gelf-compression-level") => at_start(LEVEL),
            ("gelf", "gelf-tcp-max-reconnect" | "gelf-tcp-reconnect-delay") => at_start(NONE_OR_MORE),
            ("fluentd", "fluentd-buffer-limit") => {
                at_start_unless_empty(Size { factor: Factor::Binary, from: i64::MIN })
            }
            ("fluentd", "fluentd-retry-wait") => at_start_unless_empty(ANY_TIME),
            ("fluentd", "fluentd-max-retries") => at_start_unless_empty(Integer {
                from: 0,
                to: match engine < Engine::new(28, 3, 0) {
                    true => i64::MAX,
                    false => i64::from(i32::MAX),
                },
            }),
            ("fluentd", "fluentd-async-reconnect-interval") => {
                at_start_unless_empty(Duration { from: SECOND / 10, to: 10 * SECOND })
            }
            ("fluentd", "fluentd-write-timeout" | "fluentd-read-timeout") => at_start_unless_empty(NO_TIME_OR_MORE),
            (
                "fluentd",
                "fluentd-async" | "fluentd-async-connect" | "fluentd-request-ack" | "fluentd-sub-second-precision",
            )
            | ("awslogs", "awslogs-create-group" | "awslogs-create-stream") => at_start_unless_empty(Bool),
            ("awslogs", "awslogs-force-flush-interval-seconds" | "awslogs-max-buffered-events") => {
                at_start_unless_empty(ONE_OR_MORE)
            }
            ("awslogs", "awslogs-format") => at_start_unless_empty(Choice),
            ("splunk", "splunk-format") => at_container_start(Choice),
            ("splunk", "splunk-gzip-level") => at_container_start(LEVEL),
            (
                "splunk",
                "splunk-insecureskipverify"
                | "splunk-gzip"
                | "splunk-index-acknowledgment"
                | "splunk-verify-connection",
            ) => at_container_start(Bool),
            _ => return None,
        };
        Some(Self { form, at_start, may_be_empty })
    }

    fn accepts(&self, text: &str, name: &str, engine: Engine) -> bool {
        if text.is_empty() && self.may_be_empty {
            return true;
        }
        match self.form {
            Form::Bool => parse_bool(text).is_some(),
            Form::Choice => choices(name, engine).any(|it| it == text),
            Form::Size { factor, from } => parse_size(text, factor, engine).is_some_and(|it| it >= from),
            Form::Integer { from, to } => atoi(text).is_some_and(|it| (from..=to).contains(&it)),
            // The interval of reconnecting may be zero although it has a lower bound.
            Form::Duration { from, to } => parse_duration(text).is_some_and(|it| it == 0 || (from..=to).contains(&it)),
            Form::Facility => {
                options::SYSLOG_FACILITIES.iter().any(|it| it.value == text)
                    || atoi(text).is_some_and(|it| (0..=23).contains(&it))
            }
            Form::Template => flaw_of_template(text).is_none(),
            Form::Regex => regexp::flaw(text).is_none(),
        }
    }

    /// What a good value looks like.
    fn help(&self, text: &str, name: &str, engine: Engine) -> String {
        match self.form {
            Form::Bool => say!("Use `\"true\"` or `\"false\"`."),
            Form::Choice => say!("Use {}.", listed(choices(name, engine), "or")),
            Form::Size { from, .. } => match from {
                1 => "Write a number above 0 and a unit: `512k`, `10m`, `1g`.",
                _ => "Write a number and a unit: `512k`, `10m`, `1g`.",
            }
            .to_owned(),
            Form::Integer { from, to } => match to {
                i64::MAX => say!("Use a whole number from {from} up, in quotes: `\"{}\"`.", from.max(3)),
                _ => say!("Use a whole number from {from} to {to}."),
            },
            Form::Duration { from, to } => match (from, to) {
                (i64::MIN, _) => "Write a number with a unit: `500ms`, `5s`, `1m`.",
                (_, i64::MAX) => "Write a number with a unit that is not negative: `500ms`, `5s`, `1m`.",
                _ => "Use `0`, or a duration from `100ms` to `10s`.",
            }
            .to_owned(),
            Form::Facility => {
                say!("Use a facility such as `daemon`, `user` or `local0`, or its number from 0 to 23.")
            }
            Form::Template => flaw_of_template(text).map_or(String::new(), TemplateFlaw::help),
            Form::Regex => {
                let flaw = regexp::flaw(text).unwrap_or("is not valid");
                say!("As a regular expression of Go it {flaw}.")
            }
        }
    }

    /// The value that was surely meant.
    fn meant(&self, text: &str, name: &str, engine: Engine) -> Option<String> {
        match self.form {
            Form::Choice => return near_choice(text, name, engine),
            Form::Template => return mended_template(text),
            _ => {}
        }
        let trimmed = text.trim();
        let tight: String = text.split_whitespace().collect();
        let lower = trimmed.to_ascii_lowercase();
        let word = match (&self.form, lower.as_str()) {
            (Form::Bool, "true" | "yes" | "on" | "y" | "enabled") => "true",
            (Form::Bool, "false" | "no" | "off" | "n" | "disabled") => "false",
            _ => lower.as_str(),
        };
        [trimmed, &tight, word]
            .into_iter()
            .find(|it| !it.is_empty() && *it != text && self.accepts(it, name, engine))
            .map(str::to_owned)
    }
}

fn choices(name: &str, engine: Engine) -> impl Iterator<Item = &'static str> {
    let row = options::member("log-opts", name);
    row.into_iter().flat_map(move |it| it.choices_in(engine))
}

/// What a `tag` may name.
///
/// Source: moby `daemon/logger/loginfo.go`, fields and methods of `Info`.
const TAG_FIELDS: &[&str] = &[
    "ID",
    "FullID",
    "Name",
    "ImageID",
    "ImageFullID",
    "ImageName",
    "DaemonName",
    "Command",
    "Hostname",
    "Config",
    "ContainerID",
    "ContainerName",
    "ContainerEntrypoint",
    "ContainerArgs",
    "ContainerImageID",
    "ContainerImageName",
    "ContainerCreated",
    "ContainerEnv",
    "ContainerLabels",
    "LogPath",
];

/// The choice that differs only in case, punctuation or one letter: `nonblocking`, `RFC5424`.
fn near_choice(text: &str, name: &str, engine: Engine) -> Option<String> {
    let bare = |it: &str| it.replace(|it: char| !it.is_ascii_alphanumeric(), "").to_ascii_lowercase();
    choices(name, engine).find(|it| crate::text::words::distance(&bare(it), &bare(text)) <= 1).map(str::to_owned)
}

/// What is wrong with a Go template, as far as one without functions and control structures goes.
enum TemplateFlaw<'a> {
    Open,
    Empty,
    /// No field of a tag is called so.
    Field(&'a str),
}

impl TemplateFlaw<'_> {
    fn help(self) -> String {
        match self {
            Self::Open => say!("Close `{{{{` with `}}}}`."),
            Self::Empty => say!("Name something between `{{{{` and `}}}}`, such as `{{{{.Name}}}}`."),
            Self::Field(written) => {
                say!("There is no `.{written}` for a tag; the nearest is `.{}`.", nearest_field(written))
            }
        }
    }
}

fn flaw_of_template(text: &str) -> Option<TemplateFlaw<'_>> {
    let mut rest = text;
    while let Some((_, action)) = find::split_once(rest, "{{") {
        let Some((inside, after)) = find::split_once(action, "}}") else {
            return Some(TemplateFlaw::Open);
        };
        rest = after;
        let inside = inside.trim_matches(['-', ' ']);
        if inside.is_empty() {
            return Some(TemplateFlaw::Empty);
        }
        let written = inside.strip_prefix('.').unwrap_or_default();
        let is_field = !written.is_empty() && written.bytes().all(|it| it.is_ascii_alphanumeric());
        if is_field && !TAG_FIELDS.contains(&written) {
            return Some(TemplateFlaw::Field(written));
        }
    }
    None
}

fn nearest_field(written: &str) -> &'static str {
    let lower = written.to_ascii_lowercase();
    let distance = |it: &str| crate::text::words::distance(&lower, &it.to_ascii_lowercase());
    let nearest = TAG_FIELDS.iter().copied().min_by_key(|it| distance(it));
    nearest.unwrap_or("Name")
}

/// The template with a misspelt field replaced, when that is all there is to it.
fn mended_template(text: &str) -> Option<String> {
    let TemplateFlaw::Field(written) = flaw_of_template(text)? else {
        return None;
    };
    let nearest = nearest_field(written);
    let is_close = crate::text::words::distance(written, nearest) <= 2;
    let mended = text.replace(&say!(".{written}"), &say!(".{nearest}"));
    (is_close && flaw_of_template(&mended).is_none()).then_some(mended)
}

fn check(context: &Context, found: &mut Found) {
    let driver = LogDriver::of(context.settings, context.engine);
    if driver.kind == Kind::None {
        return;
    }
    for option in log_options(context.settings) {
        let is_known = options::member("log-opts", option.name)
            .is_some_and(|it| driver.knows(it, context.engine) || it.drivers.is_empty());
        let reading = Reading::of(option.name, driver.name, context.engine).filter(|_| is_known);
        if let Some(reading) = reading
            && !reading.accepts(option.text, option.name, context.engine)
        {
            found.push(malformed(context, option, &reading));
        }
    }
}

fn malformed(context: &Context, option: LogOption, reading: &Reading) -> Diagnostic {
    let LogOption { name, text, span, .. } = option;
    let message = match text {
        "" => say!("Log option `{name}` cannot be empty"),
        _ => say!("Log option `{name}` cannot be `{text}`"),
    };
    let diagnostic = match reading.at_start {
        true => Diagnostic::error(ID, Stage::Start, span, message)
            .why("The daemon reads this value as it starts, and does not start when it cannot."),
        false => Diagnostic::no_container(ID, span, message).why(
            "The daemon starts, and then every container that uses the default log driver fails, because the driver \
             reads this value as the container starts.",
        ),
    };
    diagnostic.explained(|diagnostic| {
        let diagnostic = diagnostic.help(reading.help(text, name, context.engine));
        match reading.meant(text, name, context.engine) {
            Some(right) => diagnostic.fix(Fix::safe(say!("Write `{right}`"), context.replace(span, right.as_str()))),
            None => diagnostic.fix(Fix::choice(say!("Remove `{name}`"), context.remove(span))),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[track_caller]
    fn assert_value(engine: &str, driver: &str, options: &str, expected: &[&str]) {
        let text = format!(r#"{{"log-driver": "{driver}", "log-opts": {{{options}}}}}"#);
        assert_flags(engine, &text, ID, expected);
    }

    #[test]
    fn values_read_as_a_container_starts_are_warnings() {
        for (driver, options, expected) in [
            ("json-file", r#""max-size": "10x""#, &["warning \"10x\""][..]),
            ("json-file", r#""max-size": "-1""#, &["warning \"-1\""]),
            ("json-file", r#""max-size": "0""#, &["warning \"0\""]),
            ("local", r#""max-size": "0""#, &[]),
            ("json-file", r#""max-size": "10m", "max-file": "0""#, &["warning \"0\""]),
            ("json-file", r#""max-size": "10m", "max-file": "3.5""#, &["warning \"3.5\""]),
            ("json-file", r#""compress": "maybe""#, &["warning \"maybe\""]),
            ("json-file", r#""compress": null"#, &["warning null"]),
            ("json-file", r#""tag": "{{.Nope}}""#, &["warning \"{{.Nope}}\""]),
            ("json-file", r#""tag": "{{.Name""#, &["warning \"{{.Name\""]),
            ("json-file", r#""tag": "{{ .Name }}/{{upper .ID}}""#, &[]),
            ("json-file", r#""labels-regex": "(?!secret)""#, &["warning \"(?!secret)\""]),
            ("local", r#""env-regex": "^(OS|STAGE)$""#, &[]),
            ("splunk", r#""splunk-gzip-level": "10""#, &["warning \"10\""]),
            ("splunk", r#""splunk-format": "xml""#, &["warning \"xml\""]),
            ("json-file", r#""max-size": "10m", "max-file": "3", "compress": "1""#, &[]),
        ] {
            assert_value("29", driver, options, expected);
        }
    }

    #[test]
    fn values_read_as_the_daemon_starts_are_errors() {
        for (engine, driver, options, expected) in [
            ("29", "json-file", r#""mode": "nonblocking""#, &["error \"nonblocking\""][..]),
            ("29", "json-file", r#""mode": """#, &[]),
            ("29", "json-file", r#""mode": "non-blocking", "max-buffer-size": "4x""#, &["error \"4x\""]),
            ("29", "json-file", r#""mode": "non-blocking", "max-buffer-size": """#, &["error \"\""]),
            ("29", "example/plugin", r#""cache-disabled": "maybe""#, &["error \"maybe\""]),
            ("29", "syslog", r#""syslog-facility": "24""#, &["error \"24\""]),
            ("29", "syslog", r#""syslog-facility": "local7""#, &[]),
            ("29", "syslog", r#""syslog-format": "rfc5425""#, &["error \"rfc5425\""]),
            ("29", "gelf", r#""gelf-compression-level": "-2""#, &["error \"-2\""]),
            ("29", "fluentd", r#""fluentd-retry-wait": "5""#, &["error \"5\""]),
            ("29", "fluentd", r#""fluentd-async-reconnect-interval": "11s""#, &["error \"11s\""]),
            ("29", "fluentd", r#""fluentd-async-reconnect-interval": "0""#, &[]),
            ("29", "fluentd", r#""fluentd-max-retries": "4294967295""#, &["error \"4294967295\""]),
            ("28.2", "fluentd", r#""fluentd-max-retries": "4294967295""#, &[]),
            ("29", "fluentd", r#""fluentd-write-timeout": "-1s""#, &["error \"-1s\""]),
            ("29", "awslogs", r#""awslogs-group": "g", "awslogs-max-buffered-events": "0""#, &["error \"0\""]),
            ("29", "awslogs", r#""awslogs-group": "g", "awslogs-format": "json""#, &["error \"json\""]),
            ("29", "none", r#""mode": "x""#, &[]),
        ] {
            assert_value(engine, driver, options, expected);
        }
    }
}
