//! An authorization plugin without a name.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// An entry of `authorization-plugins` that is empty or `null`.
    ///
    /// ## Why it matters
    /// The daemon accepts the file, looks for a plugin without a name, and does not start.
    ///
    /// ## What to do
    /// Remove the entry, or write the name of the plugin.
    ///
    /// ## Example
    /// ```json
    /// { "authorization-plugins": [""] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `validateAuthzPlugins`; `pkg/plugins/plugins.go`, `get`
    "authorization-plugin-unnamed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let plugins = context.settings.decoded_texts("authorization-plugins").into_iter();
    for plugin in plugins.filter(|it| it.value.is_empty()) {
        found.push(
            Diagnostic::error(ID, Stage::Start, plugin.span, "`authorization-plugins` holds an entry without a name")
                .why("The daemon looks for a plugin without a name, finds none, and does not start.")
                .help("Remove the entry, or write the name of the plugin.")
                .explained(|it| it.fix(Fix::safe("Remove the empty entry", context.remove(plugin.span)))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn every_plugin_needs_a_name() {
        for (plugins, expected) in [
            (r#"[""]"#, &[r#"error """#][..]),
            (r#"["a", null, ""]"#, &["error null", r#"error """#]),
            (r#"["a"]"#, &[]),
            (r#"[" "]"#, &[]), // a name that is looked for, if an odd one
            ("[]", &[]),
            ("null", &[]),
        ] {
            let text = format!(r#"{{"authorization-plugins": {plugins}}}"#);
            for engine in ["20.10", "23", "29"] {
                assert_flags(engine, &text, ID, expected);
            }
        }
    }
}
