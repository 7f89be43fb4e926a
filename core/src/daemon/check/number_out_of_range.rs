//! A number that the daemon refuses.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{Engine, daemon::options};

rule! {
    /// A number outside the range that the daemon accepts.
    ///
    /// ## Why it matters
    /// The daemon refuses the whole file because of it, or does not start.
    ///
    /// ## What to do
    /// Use a number from the range, or remove the setting for its default.
    ///
    /// ## Example
    /// ```json
    /// { "max-download-attempts": -1 }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `Validate`; `daemon/daemon_unix.go`, `setupOOMScoreAdj`
    "number-out-of-range", [Error, Warning], check
}

/// The numbers an option accepts, and since which Engine it refuses others.
struct Range {
    key: &'static str,
    least: fn(Engine) -> i64,
    most: Option<i64>,
    checked: Engine,
    stage: Stage,
}

const RANGES: &[Range] = &[
    Range {
        key: "max-concurrent-downloads",
        least: |_| 0,
        most: None,
        checked: Engine::new(20, 10, 0),
        stage: Stage::Load,
    },
    Range {
        key: "max-concurrent-uploads",
        least: |_| 0,
        most: None,
        checked: Engine::new(20, 10, 0),
        stage: Stage::Load,
    },
    Range {
        key: "max-download-attempts",
        least: |engine| i64::from(engine < Engine::new(23, 0, 0)),
        most: None,
        checked: Engine::new(20, 10, 0),
        stage: Stage::Load,
    },
    Range { key: "default-stop-timeout", least: |_| 0, most: None, checked: Engine::new(29, 7, 0), stage: Stage::Load },
    Range {
        key: "network-diagnostic-port",
        least: |_| 0,
        most: Some(65_535),
        checked: Engine::new(28, 0, 0),
        stage: Stage::Load,
    },
    Range {
        key: "oom-score-adjust",
        least: |_| -1000,
        most: Some(1000),
        checked: Engine::new(20, 10, 0),
        stage: Stage::Start,
    },
];

fn check(context: &Context, found: &mut Found) {
    for range in RANGES {
        let Some(setting) = context.settings.integer(range.key) else {
            continue;
        };
        let key = range.key;
        let removed = options::find(key).and_then(|it| it.removed);
        if removed.is_some_and(|it| it <= context.engine) {
            continue;
        }
        let (number, least) = (setting.value, (range.least)(context.engine));
        if least <= number && range.most.is_none_or(|most| number <= most) {
            continue;
        }
        let help = match range.most {
            Some(most) => say!("Use a number from {least} to {most}."),
            None => say!("Use {least} or more, or remove the setting for its default."),
        };
        let message = say!("`{key}` cannot be {number}");
        let diagnostic = match range.checked <= context.engine {
            true => Diagnostic::error(ID, range.stage, setting.span, message).why(match range.stage {
                Stage::Load => "The daemon refuses all its settings because of this number.",
                _ => "The kernel refuses the number as the daemon starts, and the daemon stops.",
            }),
            false => Diagnostic::warning(ID, setting.span, message)
                .why("This Engine starts and ignores the number; later ones refuse the settings."),
        };
        let nearest = match range.most {
            Some(most) if number > most => None,
            _ => Some(least),
        };
        found.push(diagnostic.help(help).fix(Fix::choice(say!("Remove `{key}`"), context.remove(setting.span))).fix(
            nearest.filter(|it| *it > 0).map(|it| Fix::choice(say!("Use {it}"), context.replace(setting.span, it))),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::check::tests::assert_found_on;

    #[test]
    fn ranges_hang_on_the_engine() {
        let old = Engine::new(20, 10, 24);
        let middle = Engine::new(26, 1, 5);
        for (engine, text, expected) in [
            (old, r#"{"max-download-attempts": 0}"#, &["error number-out-of-range 26..27"][..]),
            (middle, r#"{"max-download-attempts": 0}"#, &[]),
            (middle, r#"{"max-download-attempts": -1}"#, &["error number-out-of-range 26..28"]),
            (old, r#"{"max-concurrent-uploads": -2}"#, &["error number-out-of-range 27..29"]),
            (middle, r#"{"network-diagnostic-port": 65536}"#, &["warning number-out-of-range 28..33"]),
            (old, r#"{"oom-score-adjust": -1000}"#, &[]),
            (old, r#"{"oom-score-adjust": 1001}"#, &["error number-out-of-range 21..25"]),
            (Engine::new(25, 0, 0), r#"{"oom-score-adjust": 1001}"#, &[]), // removed
            (Engine::LATEST, r#"{"network-diagnostic-port": 65536}"#, &["error number-out-of-range 28..33"]),
            (Engine::LATEST, r#"{"network-diagnostic-port": 65535}"#, &[]),
            (Engine::LATEST, r#"{"default-stop-timeout": -1}"#, &["error number-out-of-range 25..27"]),
            (Engine::LATEST, r#"{"shutdown-timeout": -1}"#, &[]), // waits without limit
        ] {
            assert_found_on(engine, text, ID, expected);
        }
    }
}
