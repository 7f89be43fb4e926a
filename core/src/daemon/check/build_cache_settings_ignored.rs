//! Settings of the build cache that are not read.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};

rule! {
    /// Settings of the build cache that are not read.
    ///
    /// ## Why it matters
    /// Before Engine 28.2 the members of `gc` count only with `"enabled": true`. Since 28.0 the default sizes count only
    /// without a `policy`, and an old name only without its new one. The daemon says nothing of all that.
    ///
    /// ## What to do
    /// Turn `enabled` on, or write the sizes into the rules of the `policy`.
    ///
    /// ## Example
    /// ```json engine=26
    /// { "builder": { "gc": { "defaultKeepStorage": "20GB" } } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/builder.go`, `BuilderGCConfig` and `BuilderGCRule`; `daemon/internal/builder-next/controller.go`,
    /// `getGCPolicy`
    "build-cache-settings-ignored", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let settings = context.settings;
    let (Some(gc), enabled) = (settings.get("builder.gc"), settings.get("builder.gc.enabled")) else {
        return;
    };
    if !context.since(28, 2) && enabled.is_none() && !gc.value.members().is_empty() {
        found.push(
            Diagnostic::warning(ID, gc.key, "The build cache is not cleaned up without `enabled`")
                .why("Before Engine 28.2 the other members of `gc` count only with `\"enabled\": true`.")
                .help("Add `\"enabled\": true`.")
                .fix(Fix::choice("Add `\"enabled\": true`", context.set(&["builder", "gc", "enabled"], true))),
        );
        return;
    }
    if !context.since(28, 0) {
        return;
    }
    let mut ignore = |setting: crate::daemon::settings::Setting<&crate::document::Node>, message: String| {
        let name = || context.written(setting.key).trim_matches('"');
        found.push(
            Diagnostic::warning(ID, setting.key, message)
                .why("The Engine does not read it, and says nothing.")
                .help("Remove it, or move the size to where it counts.")
                .fix(Fix::choice(say!("Remove `{}`", name()), context.remove(setting.span))),
        );
    };
    let policy = settings.get("builder.gc.policy");
    for name in ["defaultReservedSpace", "defaultMaxUsedSpace", "defaultMinFreeSpace", "defaultKeepStorage"] {
        let Some(default) = settings.get(&["builder.gc.", name].concat()) else {
            continue;
        };
        if policy.is_some() {
            ignore(default, say!("`{name}` has no effect beside `policy`"));
        } else if name == "defaultKeepStorage" && settings.text("builder.gc.defaultReservedSpace").is_some() {
            ignore(default, say!("`{name}` has no effect beside `defaultReservedSpace`"));
        }
    }
    for rule in settings.elements("builder.gc.policy") {
        let reserved = rule.member("reservedSpace").and_then(|it| it.text());
        let keep = rule.member("keepStorage");
        if let (Some(keep), true) = (keep, reserved.is_some_and(|it| !it.value.is_empty())) {
            ignore(keep, say!("`keepStorage` has no effect beside `reservedSpace`"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_what_does_not_count() {
        for (engine, gc, expected) in [
            ("28.1", r#""defaultKeepStorage": "1GB""#, &["warning \"gc\""][..]),
            ("28.2", r#""defaultKeepStorage": "1GB""#, &[]),
            ("26", r#""enabled": false, "defaultKeepStorage": "1GB""#, &[]),
            ("26", "", &[]),
            ("29", r#""defaultMaxUsedSpace": "1GB", "policy": []"#, &["warning \"defaultMaxUsedSpace\""]),
            ("27", r#""enabled": true, "defaultKeepStorage": "1GB", "policy": []"#, &[]),
            (
                "29",
                r#""defaultReservedSpace": "1GB", "defaultKeepStorage": "1GB""#,
                &["warning \"defaultKeepStorage\""],
            ),
            ("29", r#""policy": [{"reservedSpace": "1GB", "keepStorage": "1GB"}]"#, &["warning \"keepStorage\""]),
        ] {
            let text = format!(r#"{{"builder": {{"gc": {{{gc}}}}}}}"#);
            assert_flags(engine, &text, ID, expected);
        }
    }
}
