//! An API version that the Engine does not speak.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::Engine;

rule! {
    /// `min-api-version` names an API version that the Engine does not speak.
    ///
    /// ## Why it matters
    /// The daemon accepts the file and then fails to start.
    ///
    /// ## What to do
    /// Write a version from 1.24 to the Engine's own, as `major.minor` in quotes and without a `v`.
    ///
    /// ## Example
    /// ```json
    /// { "min-api-version": "v1.24" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/server/middleware/version.go`, `NewVersionMiddleware`; `daemon/internal/versions/compare.go`
    "min-api-version-out-of-range", [Error], check
}

/// The API version of the first Engines that speak it, oldest first.
///
/// Source: moby `daemon/config/config.go`, `MaxAPIVersion`, at the tags.
const NEWEST: &[(Engine, u64)] = &[
    (Engine::new(29, 0, 0), 52),
    (Engine::new(29, 2, 0), 53),
    (Engine::new(29, 3, 0), 54),
    (Engine::new(29, 6, 0), 55),
];

/// The oldest that any Engine with this setting speaks: 1.24.
const OLDEST: u64 = 24;

fn check(context: &Context, found: &mut Found) {
    let newest = NEWEST.iter().rfind(|(since, _)| *since <= context.engine);
    let Some((version, &(_, newest))) = context.settings.text("min-api-version").zip(newest) else {
        return;
    };
    let text = version.value;
    let read = parts(text);
    let is_older = read < vec![1, OLDEST];
    if !is_older && read <= vec![1, newest] {
        return;
    }
    let message = match text.strip_prefix(['v', 'V']) {
        Some(_) => say!("API version `{text}` begins with a `v`"),
        None if read.first() == Some(&0) => say!("API version `{text}` is not a number such as 1.{OLDEST}"),
        None if is_older => say!("API version `{text}` is older than 1.{OLDEST}"),
        None => say!("API version `{text}` is newer than 1.{newest}"),
    };
    found.push(
        Diagnostic::error(ID, Stage::Start, version.span, message)
            .why("The daemon accepts the settings and then fails to start with this version.")
            .help(say!("Write a version from 1.{OLDEST} to 1.{newest}."))
            .explained(|diagnostic| {
                let right = text.trim().trim_start_matches(['v', 'V']);
                let right = match (vec![1, OLDEST]..=vec![1, newest]).contains(&parts(right)) {
                    true => right,
                    false => "1.24",
                };
                diagnostic.fix(Fix::choice(say!("Use `{right}`"), context.replace(version.span, right)))
            }),
    );
}

/// The numbers between the dots without zeros at the end; what is no number counts as 0.
fn parts(text: &str) -> Vec<u64> {
    let mut parts: Vec<u64> = text.split('.').map(|it| it.parse().unwrap_or(0)).collect();
    while parts.last() == Some(&0) {
        parts.pop();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::check::tests::assert_found_on;

    #[test]
    fn the_range_hangs_on_the_engine() {
        let flagged = |length: usize| format!("error {ID} 20..{}", 22 + length);
        for (version, on_29_0, on_29_7) in [
            ("1.24", false, false),
            ("1.24.0", false, false),
            ("1.44", false, false),
            ("1.52", false, false),
            ("1.55", true, false),
            ("1.56", true, true),
            ("1.23", true, true),
            ("1.4", true, true),
            ("v1.40", true, true),
            ("2", true, true),
            ("latest", true, true),
            ("", false, false), // the default
        ] {
            let text = format!(r#"{{"min-api-version": "{version}"}}"#);
            for (engine, is_flagged) in [(Engine::new(29, 0, 4), on_29_0), (Engine::LATEST, on_29_7)] {
                let expected = is_flagged.then(|| flagged(version.len()));
                let expected: Vec<_> = expected.iter().map(String::as_str).collect();
                assert_found_on(engine, &text, ID, &expected);
            }
        }
    }
}
