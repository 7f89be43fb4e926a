//! An option of a runtime that its shim cannot take.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::settings::Entry,
    document::{Kind, Node},
};

rule! {
    /// A value within the `options` of a runtime that its containerd shim cannot take.
    ///
    /// ## Why it matters
    /// The daemon turns the options into TOML and reads them again as those of the shim. It does not start when a value
    /// is of the wrong type. Every number of the file becomes a fraction on the way, so that options that are whole
    /// numbers, such as `IoUid`, cannot be set at all. Before 29.0 it does not start with a `null` either.
    ///
    /// ## What to do
    /// Write true or false for switches, and text in quotes for names and paths. Take out what is null or a number.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "runtimes": {
    ///     "crun": {
    ///       "runtimeType": "io.containerd.runc.v2",
    ///       "options": { "BinaryName": "/usr/bin/crun", "SystemdCgroup": "true" }
    ///     }
    ///   }
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/internal/libcontainerd/shimopts/convert.go`, `Generate`; containerd `api/types/runc/options`,
    /// `api/types/runtimeoptions/v1`
    "runtime-option-malformed", [Error], check
}

/// What an option takes.
#[derive(Clone, Copy, PartialEq)]
enum Takes {
    Switch,
    Text,
    /// A whole number or bytes, neither of which the file can hold.
    Nothing,
}

const OF_RUNC: &[(&str, Takes)] = &[
    ("BinaryName", Takes::Text),
    ("CriuImagePath", Takes::Text),
    ("CriuWorkPath", Takes::Text),
    ("IoGid", Takes::Nothing),
    ("IoUid", Takes::Nothing),
    ("NoNewKeyring", Takes::Switch),
    ("NoPivotRoot", Takes::Switch),
    ("Root", Takes::Text),
    ("ShimCgroup", Takes::Text),
    ("SystemdCgroup", Takes::Switch),
];

const OF_OTHERS: &[(&str, Takes)] = &[
    ("ConfigPath", Takes::Text),
    ("TypeUrl", Takes::Text),
    ("ConfigBody", Takes::Nothing), // since 25.0
];

fn check(context: &Context, found: &mut Found) {
    if !context.since(24, 0) {
        return;
    }
    for runtime in context.settings.entries("runtimes") {
        options(context, runtime, found);
    }
}

fn options(context: &Context, runtime: Entry, found: &mut Found) {
    let shim = runtime.setting.member("runtimeType").and_then(|it| it.text());
    let (Some(shim), Some(options)) = (shim, runtime.setting.member("options")) else {
        return;
    };
    let known = match shim.value {
        "io.containerd.runc.v2" => OF_RUNC,
        "io.containerd.runc.v1" if !context.since(28, 0) => OF_RUNC,
        "io.containerd.runhcs.v1" => &[],
        _ if context.since(25, 0) => OF_OTHERS,
        _ => &OF_OTHERS[..2],
    };
    for it in options.value.members().iter().filter(|it| it.sound) {
        let takes = known.iter().find(|(name, _)| is_called(&it.key, name, context)).map(|(_, takes)| *takes);
        let fits = match (&it.value.kind, takes) {
            _ if !holds_no_null(&it.value, context.since(29, 0)) => false,
            (Kind::Missing | Kind::Null | Kind::Opaque, _) | (_, None) => true,
            (Kind::Bool(_), Some(takes)) => takes == Takes::Switch,
            (Kind::String(_), Some(takes)) => takes == Takes::Text,
            _ => false,
        };
        if fits {
            continue;
        }
        let (name, key) = (runtime.name, &it.key);
        let help = match takes {
            Some(Takes::Switch) => "Write true or false.",
            Some(Takes::Text) => "Write text in quotes.",
            Some(Takes::Nothing) => "Take it out: the file cannot hold a value that the shim takes.",
            None => "Take out what is null.",
        };
        found.push(
            Diagnostic::error(
                ID,
                Stage::Start,
                it.span(),
                say!("Option `{key}` of runtime `{name}` has a value that its shim cannot take"),
            )
            .why("The daemon hands the options on to the shim in a typed form, and does not start when it cannot.")
            .help(help)
            .fix(Fix::choice(say!("Remove `{key}`"), context.remove(it.value.span))),
        );
    }
}

/// Up to 28.5 a name counts as it is, in upper or lower case, or with a small first letter; later in any case.
fn is_called(key: &str, name: &str, context: &Context) -> bool {
    let has_case = |it: fn(&u8) -> bool| key.bytes().all(|byte| it(&byte));
    let is_close = key == name
        || key.get(1..) == name.get(1..)
        || has_case(|it| !it.is_ascii_uppercase())
        || has_case(|it| !it.is_ascii_lowercase());
    key.eq_ignore_ascii_case(name) && (is_close || context.since(29, 0))
}

/// Since 29.0 only a null that is an element of a list is refused.
fn holds_no_null(value: &Node, forgives_members: bool) -> bool {
    let mut left = vec![(value, forgives_members)];
    while let Some((node, forgives)) = left.pop() {
        match &node.kind {
            Kind::Null if !forgives => return false,
            Kind::List(elements) => left.extend(elements.iter().map(|it| (it, false))),
            Kind::Map(members) => left.extend(members.iter().map(|it| (&it.value, forgives_members))),
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn knows_what_each_shim_takes() {
        let (runc, kata) = ("io.containerd.runc.v2", "io.containerd.kata.v2");
        for (shim, option, on_26, on_29) in [
            (runc, r#""SystemdCgroup": true"#, false, false),
            (runc, r#""SystemdCgroup": "yes""#, true, true),
            (runc, r#""NoPivotRoot": 1"#, true, true),
            (runc, r#""nopivotroot": 1"#, true, true),
            (runc, r#""noPivotRoot": 1"#, true, true),
            (runc, r#""BinaryName": "/usr/bin/crun""#, false, false),
            (runc, r#""BinaryName": ["crun"]"#, true, true),
            (runc, r#""BinaryName": null"#, true, false),
            (runc, r#""IoUid": 1000"#, true, true), // a number becomes a fraction
            (runc, r#""no_pivot_root": 1"#, false, false), // another name
            (runc, r#""Nope": {"a": [1]}"#, false, false),
            (runc, r#""Nope": null"#, true, false),
            (runc, r#""Nope": [null]"#, true, true),
            (kata, r#""ConfigPath": "/a""#, false, false),
            (kata, r#""ConfigPath": 1"#, true, true),
            (kata, r#""ConfigBody": "YQ==""#, true, true),
            (kata, r#""SystemdCgroup": "yes""#, false, false),
            ("io.containerd.runc.v1", r#""NoPivotRoot": 1"#, true, false),
        ] {
            let text = format!(r#"{{"runtimes": {{"x": {{"runtimeType": "{shim}", "options": {{{option}}}}}}}}}"#);
            for (engine, is_flagged) in [("26", on_26), ("29", on_29), ("23", false)] {
                let expected = [format!("error {option}")];
                let expected: Vec<&str> = expected.iter().map(String::as_str).filter(|_| is_flagged).collect();
                assert_flags(engine, &text, super::ID, &expected);
            }
        }
    }
}
