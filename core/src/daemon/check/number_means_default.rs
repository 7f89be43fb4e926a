//! A zero that the daemon takes for "not set".

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{Engine, daemon::options};

rule! {
    /// A zero that the daemon takes for "not set".
    ///
    /// ## Why it matters
    /// When the daemon merges the file with its defaults it cannot tell a zero from a setting that is not
    /// there: the default counts, and not the zero.
    ///
    /// ## What to do
    /// Write the number you mean, or remove the setting.
    ///
    /// ## Example
    /// ```json
    /// { "max-concurrent-downloads": 0 }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `MergeDaemonConfigurations`
    "number-means-default", [Warning], check
}

/// The options, the first Engine that does so, and what a zero might have been meant to say.
const ZEROS: &[(&str, Engine)] = &[
    ("max-concurrent-downloads", Engine::new(23, 0, 0)),
    ("max-concurrent-uploads", Engine::new(23, 0, 0)),
    ("max-download-attempts", Engine::new(23, 0, 0)),
    ("shutdown-timeout", Engine::new(20, 10, 0)),
];

fn check(context: &Context, found: &mut Found) {
    for &(key, since) in ZEROS {
        let setting = context.settings.integer(key);
        let Some(setting) = setting.filter(|it| it.value == 0 && since <= context.engine) else {
            continue;
        };
        let default = || options::find(key).map_or("", |it| it.brief().default);
        found.push(
            Diagnostic::warning(ID, setting.span, say!("`{key}` of 0 means the default, {}", default()))
                .why("The daemon takes a zero here to mean that the setting is missing.")
                .help(say!("{} Otherwise remove it.", advice(key)))
                .fix(Fix::safe(say!("Remove `{key}`"), context.remove(setting.span))),
        );
    }
}

fn advice(key: &str) -> &'static str {
    match key {
        "max-download-attempts" => "To try once, write 1.",
        "shutdown-timeout" => "To stop containers without waiting, write 1.",
        _ => "For no limit, write a large number.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::check::tests::{assert_found, assert_found_on};

    #[test]
    fn flags_zeros_only() {
        for (text, expected) in [
            (r#"{"max-concurrent-downloads": 0}"#, &["warning number-means-default 29..30"][..]),
            (r#"{"shutdown-timeout": 0}"#, &["warning number-means-default 21..22"]),
            (r#"{"shutdown-timeout": 1}"#, &[]),
            (r#"{"default-stop-timeout": 0}"#, &[]), // is what it says
        ] {
            assert_found(text, ID, expected);
        }
        let text = r#"{"max-concurrent-downloads": 0}"#;
        assert_found_on(Engine::new(20, 10, 24), text, ID, &[]); // no limit
    }
}
