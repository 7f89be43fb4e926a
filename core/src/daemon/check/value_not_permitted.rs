//! A value outside the few that an option accepts.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::{
    options::DaemonOption,
    settings::{Occurrence, Place, Setting},
};

rule! {
    /// A value outside the few that an option accepts.
    ///
    /// ## Why it matters
    /// The daemon refuses the file when a value of its own settings is none of those it knows. Options of
    /// networks are looked at later: with a wrong one, networks cannot be created.
    ///
    /// ## What to do
    /// Use one of the listed values, in lower case.
    ///
    /// ## Example
    /// ```json
    /// { "log-level": "warning" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `validateDaemonLogConfig`; `daemon/config/config_linux.go`,
    /// `validatePlatformConfig`
    "value-not-permitted", [Error, Warning], check
}

/// Objects whose members have rules of their own, because what is permitted hangs on the driver.
const CHECKED_ELSEWHERE: &[&str] = &["log-opts", "storage-opts"];

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        let Some(option) = occurrence.option.filter(|it| !it.choices.is_empty()) else {
            continue;
        };
        if CHECKED_ELSEWHERE.contains(&option.parent)
            || !option.exists_in(context.engine)
            || !counts(context, occurrence)
        {
            continue;
        }
        let value = Setting::element(&occurrence.member.value).text();
        if let Some(value) = value.filter(|it| !is_permitted(context, option, it.value)) {
            found.push(not_permitted(context, occurrence, option, value));
        }
    }
}

/// Whether the daemon reads this value: it does not within an object that is taken apart, or before another of the
/// same name.
fn counts(context: &Context, occurrence: &Occurrence) -> bool {
    match occurrence.place {
        Place::Top => {
            let effective = context.settings.get(&occurrence.member.key);
            effective.is_some_and(|it| it.span == occurrence.member.value.span)
        }
        Place::Flattened => false,
        Place::Nested => true,
    }
}

fn is_permitted(context: &Context, option: &DaemonOption, value: &str) -> bool {
    let is_same = |choice: &str| match option.key {
        "log-level" => choice.eq_ignore_ascii_case(value),
        _ => choice == value,
    };
    value.is_empty() || option.choices_in(context.engine).any(is_same)
}

fn not_permitted(
    context: &Context,
    occurrence: &Occurrence,
    option: &DaemonOption,
    value: Setting<&str>,
) -> Diagnostic {
    let key = &occurrence.member.key;
    let message = say!("`{key}` cannot be `{}`", value.value);
    let diagnostic = match occurrence.place {
        Place::Nested => Diagnostic::warning(ID, value.span, message)
            .why("The daemon starts, and refuses to create networks with this option."),
        _ => Diagnostic::error(ID, Stage::Load, value.span, message).why(
            match option.choices.iter().any(|it| it.value == value.value) {
                true => "This Engine refuses all its settings because of this value; other Engines accept it.",
                false => "The daemon refuses all its settings because of this value.",
            },
        ),
    };
    diagnostic.explained(|diagnostic| {
        let choices: Vec<_> = option.choices_in(context.engine).collect();
        let diagnostic = diagnostic.help(say!("Use {}.", one_of(&choices)));
        let fix = match nearest(value.value, &choices) {
            Some(right) => Fix::safe(say!("Use `{right}`"), context.replace(value.span, right)),
            None => {
                let title = match option.brief().default {
                    "" => say!("Remove `{key}`"),
                    default => say!("Remove `{key}`, for the default {default}"),
                };
                Fix::choice(title, context.remove(value.span))
            }
        };
        diagnostic.fix(fix)
    })
}

/// `a`, `b` or `c`, each in backticks.
fn one_of(choices: &[&str]) -> String {
    let mut words = String::new();
    for (at, choice) in choices.iter().enumerate() {
        words.push_str(match at {
            0 => "",
            _ if at + 1 == choices.len() => " or ",
            _ => ", ",
        });
        words.push('`');
        words.push_str(choice);
        words.push('`');
    }
    words
}

/// The permitted value that was likely meant.
fn nearest<'a>(written: &str, choices: &[&'a str]) -> Option<&'a str> {
    let written = written.trim().to_ascii_lowercase();
    choices
        .iter()
        .copied()
        .filter(|it| !it.is_empty())
        .map(|it| {
            let is_part = it.len().min(written.len()) > 2 && (it.starts_with(&written) || written.starts_with(it));
            let distance = match is_part {
                true => 0,
                false => crate::text::words::distance(&written, it),
            };
            (distance, it)
        })
        .filter(|&(distance, right)| distance <= 1 + right.len() / 6)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, right)| right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Engine,
        daemon::check::tests::{assert_found, assert_found_on},
    };

    #[test]
    fn flags_what_the_daemon_refuses() {
        for (text, expected) in [
            (r#"{"log-level": "off"}"#, &["error value-not-permitted 14..19"][..]),
            (r#"{"log-level": "warning"}"#, &["error value-not-permitted 14..23"]),
            (r#"{"log-level": "Info"}"#, &[]), // its letter case is free
            (r#"{"log-level": "trace"}"#, &[]),
            (r#"{"log-level": ""}"#, &[]),
            (r#"{"log-level": "off", "log-level": "info"}"#, &[]), // the last one counts
            (r#"{"x": {"log-level": "off"}}"#, &[]),               // nobody reads it
            (r#"{"log-format": "JSON"}"#, &["error value-not-permitted 15..21"]),
            (r#"{"default-ipc-mode": "host"}"#, &["error value-not-permitted 21..27"]),
            (r#"{"default-ipc-mode": "shareable"}"#, &[]),
            (r#"{"default-cgroupns-mode": "Host"}"#, &["error value-not-permitted 26..32"]),
            (r#"{"default-cgroupns-mode": ""}"#, &[]),
            (r#"{"firewall-backend": "ufw"}"#, &["error value-not-permitted 21..26"]),
            (
                r#"{"default-network-opts": {"macvlan": {"macvlan_mode": "brigde"}}}"#,
                &["warning value-not-permitted 54..62"],
            ),
        ] {
            assert_found(text, ID, expected);
        }
        let warning = r#"{"log-level": "warning"}"#;
        assert_found_on(Engine::new(24, 0, 9), warning, ID, &[]);
    }

    #[test]
    fn knows_what_was_meant() {
        let levels = ["debug", "info", "warn", "error"];
        for (written, right) in [
            ("warning", Some("warn")),
            ("WARN", Some("warn")),
            ("err", Some("error")),
            ("infos", Some("info")),
            ("ifno", Some("info")),
            ("off", None),
            ("2", None),
        ] {
            assert_eq!(nearest(written, &levels), right, "{written}");
        }
        assert_eq!(one_of(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
