//! A key that the chosen Engine no longer acts on.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::{
        options::{DaemonOption, Status},
        settings::{Occurrence, Place},
    },
    document::{Kind as NodeKind, Node},
};

rule! {
    /// A key of an older Engine that the chosen one has removed.
    ///
    /// ## Why it matters
    /// Most removed keys make the daemon refuse the whole file; a few are accepted without effect. They come from
    /// old guides and from configurations copied from other machines.
    ///
    /// ## What to do
    /// Use the key that took its place, or remove it.
    ///
    /// ## Example
    /// ```json
    /// { "graph": "/srv/docker" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, compared at the release tags
    "key-removed", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        let Some(option) = occurrence.option else {
            continue;
        };
        let is_gone = option.removed.is_some_and(|it| it <= context.engine);
        if option.status == Status::Read && is_gone && occurrence.is_looked_for() {
            found.push(removed(context, occurrence, option));
        }
    }
}

fn removed(context: &Context, occurrence: &Occurrence, option: &DaemonOption) -> Diagnostic {
    let key = option.name();
    let span = occurrence.member.key_span;
    let version = option.removed.unwrap_or(context.engine);
    let message = say!("`{key}` was removed in Engine {}.{}", version.major, version.minor);
    let is_refused = occurrence.place == Place::Top
        && (occurrence.is_refused(context.engine)
            || context.lacks_flag(option)
            || (has_own_error(key, context.engine.major)
                && context.settings.get(key).is_some_and(|it| !is_empty(it.value))));
    let diagnostic = match is_refused {
        true => Diagnostic::error(ID, Stage::Load, span, message).why(context.because_of_it()),
        false => Diagnostic::warning(ID, span, message).why(match context.are_flags() {
            true => "dockerd accepts the flag and does not act on it.",
            false => "The daemon accepts the key and does not act on it.",
        }),
    };
    diagnostic.explained(|diagnostic| {
        let replacement = option.replacement.filter(|it| context.settings.get(it).is_none());
        match replacement {
            Some(right) => diagnostic.help(say!("Use `{right}` instead.")).fix(context.renaming(span, right)),
            None => diagnostic
                .help("Remove it.")
                .fix(Fix::choice(say!("Remove `{key}`"), context.remove(occurrence.member.value.span))),
        }
    })
}

/// Whether the daemon takes a value for none.
fn is_empty(node: &Node) -> bool {
    match &node.kind {
        NodeKind::String(text) => text.is_empty(),
        NodeKind::Number(_) => node.as_integer() == Some(0),
        NodeKind::Map(members) => members.is_empty(),
        NodeKind::Null | NodeKind::Missing => true,
        NodeKind::Bool(_) | NodeKind::List(_) | NodeKind::Opaque => false,
    }
}

/// Whether Engines of a major version still know the key, and refuse the file with an error made for it.
///
/// Source: moby v23.0.18 `daemon/config/config.go`, `cmd/dockerd/daemon.go`; v25.0.17 `daemon/config/config_linux.go`; v28.5.2 `daemon/config/config.go`.
fn has_own_error(key: &str, major: u8) -> bool {
    matches!(
        (key, major),
        ("graph" | "cluster-store" | "cluster-advertise" | "cluster-store-opts", 23)
            | ("oom-score-adjust", 25)
            | ("api-cors-header", 28)
    )
}

#[cfg(test)]
mod tests {
    use crate::{Engine, daemon::check::tests::assert_found_on};

    #[test]
    fn flags_keys_of_earlier_engines() {
        for (engine, text, expected) in [
            ("20.10", r#"{"graph": "/a"}"#, &[][..]),
            ("23", r#"{"graph": "/a"}"#, &["error key-removed 1..8"]),
            ("23", r#"{"graph": "/a", "graph": ""}"#, &["warning key-removed 1..8", "warning key-removed 16..23"]),
            ("29", r#"{"graph": "/a"}"#, &["error key-removed 1..8"]),
            ("24", r#"{"oom-score-adjust": 1}"#, &[]),
            ("25", r#"{"oom-score-adjust": 1}"#, &["error key-removed 1..19"]),
            ("25", r#"{"oom-score-adjust": -0}"#, &["warning key-removed 1..19"]),
            ("27", r#"{"api-cors-header": "*"}"#, &["warning key-removed 1..18"]),
            ("28", r#"{"api-cors-header": "*"}"#, &["error key-removed 1..18"]),
            ("29", r#"{"deprecated-key-path": "/a"}"#, &["warning key-removed 1..22"]),
            ("29", r#"{"allow-nondistributable-artifacts": []}"#, &["warning key-removed 1..35"]),
            ("28.5", "dockerd --allow-nondistributable-artifacts a", &["warning key-removed 8..42"]),
            ("29", "dockerd --allow-nondistributable-artifacts a", &["error key-removed 8..42"]), // no flag is left
        ] {
            let engine: Engine = engine.parse().expect("an Engine");
            assert_found_on(engine, text, super::ID, expected);
        }
    }
}
