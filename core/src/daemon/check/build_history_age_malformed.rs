//! An age of build records that cannot be read.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::docker::go::{
    strconv::atoi,
    time::{SECOND, parse_duration},
};

rule! {
    /// An age of build records that cannot be read.
    ///
    /// ## Why it matters
    /// The daemon reads `builder.history.maxAge` as it decodes the file, and refuses the file when it cannot. In Engine
    /// 24.0 it is a plain number of seconds, and any string is refused.
    ///
    /// ## What to do
    /// Write a duration in hours, minutes and seconds, such as `"48h"`. There are no days: a week is `"168h"`.
    ///
    /// ## Example
    /// ```json
    /// { "builder": { "history": { "maxAge": "7d" } } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/builder.go`, `BuilderHistoryConfig`; buildkit `cmd/buildkitd/config/gcpolicy.go`,
    /// `Duration.UnmarshalText`
    "build-history-age-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let age = context.settings.get("builder.history.maxAge").and_then(|it| it.text());
    let Some(age) = age.filter(|_| context.since(24, 0)) else {
        return;
    };
    if !context.since(25, 0) {
        found.push(
            Diagnostic::error(ID, Stage::Load, age.span, "In Engine 24.0 `maxAge` is a number of seconds")
                .why("The daemon refuses all its settings because it cannot read a string here; durations came with Engine 25.0.")
                .help("Write a whole number without quotes, or upgrade.")
                .explained(|diagnostic| {
                    let seconds = parse_duration(age.value).map(|it| it / SECOND);
                    diagnostic.fix(seconds.map(|it| Fix::choice(say!("Write {it} seconds"), context.replace(age.span, it))))
                }),
        );
        return;
    }
    let text = unquoted(age.value);
    if text.is_empty() || parse_duration(text).is_some() || atoi(text).is_some() {
        return;
    }
    let diagnostic = Diagnostic::error(ID, Stage::Load, age.span, say!("`maxAge` cannot be `{}`", age.value))
        .why("The daemon refuses all its settings when it cannot read this duration.")
        .help("Write hours, minutes and seconds: `48h`, `90m`. There are no days: a week is `168h`.");
    found.push(diagnostic.explained(|diagnostic| {
        let hours = text
            .strip_suffix('d')
            .and_then(atoi)
            .and_then(|it| it.checked_mul(24))
            .or_else(|| text.strip_suffix('w').and_then(atoi)?.checked_mul(168));
        match hours {
            Some(hours) => {
                let right = say!("{hours}h");
                diagnostic.fix(Fix::safe(say!("Write `{right}`"), context.replace(age.span, right.as_str())))
            }
            None => diagnostic.fix(Fix::choice("Remove `maxAge`", context.remove(age.span))),
        }
    }));
}

/// The text without a pair of quotes around it, which BuildKit takes off.
fn unquoted(text: &str) -> &str {
    ['"', '\''].into_iter().find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn durations_came_with_25() {
        for (engine, age, expected) in [
            ("29", r#""48h""#, &[][..]),
            ("29", r#""172800""#, &[]),
            ("29", r#""""#, &[]),
            ("29", r#""'48h'""#, &[]),
            ("29", r#""7d""#, &["error \"7d\""]),
            ("29", r#""2 days""#, &["error \"2 days\""]),
            ("24", r#""48h""#, &["error \"48h\""]),
            ("24", "172800", &[]),
            ("23", r#""48h""#, &[]), // not read yet
        ] {
            let text = format!(r#"{{"builder": {{"history": {{"maxAge": {age}}}}}}}"#);
            assert_flags(engine, &text, ID, expected);
        }
        let number = r#"{"builder": {"history": {"maxAge": 172800}}}"#;
        assert_flags("24", number, "wrong-type", &[]);
        assert_flags("25", number, "wrong-type", &["error 172800"]);
    }
}
