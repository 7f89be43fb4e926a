//! A size so small that its unit must be missing.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{
    daemon::{
        drivers::log_driver::{LogDriver, log_options},
        options,
        settings::Setting,
    },
    docker::go::units::{Factor, parse_size},
    text::Span,
};

rule! {
    /// A size of a few bytes, where thousands or millions were meant.
    ///
    /// ## Why it matters
    /// Without a unit a size counts bytes: `"max-size": "10"` starts a new log file with nearly every line, and
    /// `"default-shm-size": "64"` leaves `/dev/shm` a single page. The daemon takes both.
    ///
    /// ## What to do
    /// Write the unit: `10m`, `64M`, `20GB`.
    ///
    /// ## Example
    /// ```json
    /// { "log-driver": "json-file", "log-opts": { "max-size": "10", "max-file": "3" } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/logger/jsonfilelog/jsonfilelog.go` and `daemon/logger/local/config.go`; go-units `size.go`,
    /// `FromHumanSize` and `RAMInBytes`
    "size-without-unit", [Warning], check
}

/// Smaller log files, and smaller parts of memory, are never meant.
const SMALL: i64 = 16 << 10;

fn check(context: &Context, found: &mut Found) {
    let (settings, engine) = (context.settings, context.engine);
    let mut judge = |name: &str, text: &str, span: Span, factor: Factor, least: i64, unit: &str| {
        let bytes = parse_size(text, factor, engine);
        if let Some(bytes) = bytes.filter(|it| (1..least).contains(it)) {
            found.push(small(context, name, text, span, bytes, unit));
        }
    };
    let driver = LogDriver::of(settings, engine);
    for it in log_options(settings) {
        let factor = match (driver.name, it.name) {
            ("json-file" | "local", "max-size") => Factor::Decimal,
            (_, "max-buffer-size") => Factor::Binary,
            _ => continue,
        };
        judge(it.name, it.text, it.span, factor, SMALL, "m");
    }
    if let Some(it) = settings.text("default-shm-size") {
        judge("default-shm-size", it.value, it.span, Factor::Binary, 64 << 10, "M");
    }
    for it in settings.assignments("storage-opts") {
        if let Some(name @ ("overlay2.size" | "size" | "btrfs.min_space" | "dm.basesize")) = it.name {
            judge(name, it.value, it.entry.span, Factor::Binary, 1 << 20, "G");
        }
    }
    for it in settings.occurrences() {
        let is_size = it.option.is_some_and(|it| it.kind == options::Kind::Text(options::Format::Size));
        if is_size
            && it.parent.starts_with("builder.gc")
            && let Some(text) = Setting::element(&it.member.value).text()
        {
            judge(&it.member.key, text.value, text.span, Factor::Binary, 1 << 20, "GB");
        }
    }
}

fn small(context: &Context, name: &str, text: &str, span: Span, bytes: i64, unit: &str) -> Diagnostic {
    let message = match bytes {
        1 => say!("`{name}` is a single byte"),
        _ => say!("`{name}` is {bytes} bytes"),
    };
    Diagnostic::warning(ID, span, message).explained(|diagnostic| {
        let why = match text.ends_with(|it: char| it.is_ascii_digit()) {
            true => "Without a unit the number counts bytes. The daemon takes it, but nothing useful fits in that.",
            false => "The daemon takes it, but nothing useful fits into that.",
        };
        let number = text.trim_end_matches(|it: char| !it.is_ascii_digit());
        let meant = [number, unit].concat();
        // Within an entry of a list, the name stays.
        let entry = context.written(span).trim_matches('"');
        let value = match entry.split_once('=') {
            Some((name, _)) => [name, "=", &meant].concat(),
            None => meant.clone(),
        };
        diagnostic
            .why(why)
            .help(say!("Write the unit that was meant, such as `{meant}`."))
            .fix(Fix::choice(say!("Write `{meant}`"), context.replace(span, value.as_str())))
    })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::{assert_flags, diagnose};

    #[test]
    fn flags_sizes_that_nobody_means() {
        for (text, expected) in [
            (r#"{"log-opts": {"max-size": "10"}}"#, &[r#"warning "10""#][..]),
            (r#"{"log-opts": {"max-size": "10k"}}"#, &[r#"warning "10k""#]),
            (r#"{"log-opts": {"max-size": "20k"}}"#, &[]),
            (r#"{"log-opts": {"max-size": "10m"}}"#, &[]),
            (r#"{"log-opts": {"max-size": "1000000"}}"#, &[]),
            (r#"{"log-opts": {"max-size": "x"}}"#, &[]), // cannot be read, which another rule says
            (r#"{"log-opts": {"max-size": 10}}"#, &[]),
            (r#"{"log-opts": {"mode": "non-blocking", "max-buffer-size": "4"}}"#, &[r#"warning "4""#]),
            (r#"{"log-driver": "syslog", "log-opts": {"max-size": "10"}}"#, &[]), // not an option of it
            (r#"{"default-shm-size": "64"}"#, &[r#"warning "64""#]),
            (r#"{"default-shm-size": "64k"}"#, &[]),
            (r#"{"default-shm-size": "0"}"#, &[]), // the default
            (
                r#"{"storage-driver": "overlay2", "storage-opts": ["overlay2.size=20"]}"#,
                &[r#"warning "overlay2.size=20""#],
            ),
            (r#"{"builder": {"gc": {"defaultReservedSpace": "20"}}}"#, &[r#"warning "20""#]),
            (r#"{"builder": {"gc": {"policy": [{"maxUsedSpace": "5", "reservedSpace": "0"}]}}}"#, &[r#"warning "5""#]),
        ] {
            assert_flags("29", text, ID, expected);
        }
    }

    #[test]
    fn offers_the_unit() {
        for (text, expected) in [
            (r#"{"log-opts": {"max-size": "10"}}"#, r#"{"log-opts": {"max-size": "10m"}}"#),
            (r#"{"log-opts": {"max-size": "8 k"}}"#, r#"{"log-opts": {"max-size": "8m"}}"#),
            (r#"{"default-shm-size": "64"}"#, r#"{"default-shm-size": "64M"}"#),
            (r#"{"storage-opts": ["overlay2.size=20"]}"#, r#"{"storage-opts": ["overlay2.size=20G"]}"#),
            (
                r#"{"builder": {"gc": {"defaultReservedSpace": "20"}}}"#,
                r#"{"builder": {"gc": {"defaultReservedSpace": "20GB"}}}"#,
            ),
        ] {
            let found = diagnose(text, ID);
            assert_eq!(found[0].fixes[0].edits.apply(text), expected);
        }
    }
}
