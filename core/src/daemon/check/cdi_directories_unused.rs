//! Directories of CDI while CDI is off.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};

rule! {
    /// `cdi-spec-dirs` is set, and CDI is off.
    ///
    /// ## Why it matters
    /// The directories are not looked into: `docker run --device vendor.com/class=name` fails. CDI is on by
    /// default since Engine 28.2; before, it has to be switched on.
    ///
    /// ## What to do
    /// Set `features.cdi` to true, or remove the directories.
    ///
    /// ## Example
    /// ```json engine=27
    /// { "cdi-spec-dirs": ["/etc/cdi"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `loadDaemonCliConfig`
    "cdi-directories-unused", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let feature = context.settings.bool("features.cdi");
    let is_on = feature.map_or(context.since(28, 2), |it| it.value);
    let directories = context.settings.texts("cdi-spec-dirs");
    let Some(first) = directories.iter().find(|it| !it.value.is_empty()) else {
        return;
    };
    if is_on || !context.since(25, 0) {
        return;
    }
    let diagnostic = Diagnostic::warning(ID, first.span, "`cdi-spec-dirs` has no effect while CDI is off")
        .why("The daemon does not look into the directories, and knows none of their devices.")
        .help("Set `cdi` within `features` to true, or remove the directories.")
        .fix(Fix::choice("Switch CDI on", context.set(&["features", "cdi"], true)));
    found.push(match feature {
        Some(feature) => diagnostic.related(feature.whole(), "switches it off"),
        None => diagnostic,
    });
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{Engine, daemon::check::tests::assert_found_on};

    #[test]
    fn the_default_hangs_on_the_engine() {
        let plain = r#"{"cdi-spec-dirs": ["/a"]}"#;
        let flagged = &["warning cdi-directories-unused 19..23"][..];
        for (engine, text, expected) in [
            (Engine::new(27, 5, 1), plain, flagged),
            (Engine::new(28, 1, 1), plain, flagged),
            (Engine::new(28, 2, 2), plain, &[]),
            (Engine::LATEST, r#"{"cdi-spec-dirs": ["/a"], "features": {"cdi": false}}"#, flagged),
            (Engine::new(27, 5, 1), r#"{"cdi-spec-dirs": ["/a"], "features": {"cdi": true}}"#, &[]),
            (Engine::new(27, 5, 1), r#"{"cdi-spec-dirs": [""]}"#, &[]), // switches it off
        ] {
            assert_found_on(engine, text, ID, expected);
        }
    }
}
