//! A key that is accepted because a flag has its name, but has no effect.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::{
        options::{self, DaemonOption, Kind, Status},
        settings::{Occurrence, Place},
    },
    document::{Change, Step},
};

rule! {
    /// A key that is the name of a flag, which the file does not read, or of a field that the file refuses.
    ///
    /// ## Why it matters
    /// The daemon accepts every flag's name as a key, but reads lists only under their plural: `host`, `label` or
    /// `registry-mirror` are accepted and have no effect. Proxies are read only within `proxies`.
    ///
    /// ## What to do
    /// Use the key that is read.
    ///
    /// ## Example
    /// ```json
    /// { "registry-mirror": ["https://mirror.example.org"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `findConfigurationConflicts`: names are looked up among the flags
    "key-without-effect", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        let Some(option) = occurrence.option else {
            continue;
        };
        if occurrence.place == Place::Top && option.status != Status::Read {
            found.push(ignored(context, occurrence, option));
        }
    }
}

fn ignored(context: &Context, occurrence: &Occurrence, option: &DaemonOption) -> Diagnostic {
    let key = option.key;
    let span = occurrence.member.key_span;
    let diagnostic = match occurrence.is_refused(context.engine) {
        true => Diagnostic::error(ID, Stage::Load, span, say!("`{key}` is not a key of daemon.json"))
            .why("The daemon refuses the whole file when it does not know one of its keys."),
        false => Diagnostic::warning(ID, span, say!("`{key}` has no effect in daemon.json"))
            .why("The daemon accepts the name because a command-line flag has it, and then does not read it."),
    };
    match option.replacement.and_then(options::find) {
        Some(right) if right.parent.is_empty() && fits(occurrence, right) => {
            let is_free = context.settings.get(right.key).is_none();
            diagnostic.help(say!("Use `{}`.", right.key)).explained(|it| {
                it.fix(is_free.then(|| match key {
                    // Where the daemon listens is for a person to decide.
                    "host" => Fix::choice(say!("Rename to `{}`", right.key), context.rename(span, right.key)),
                    _ => context.renaming(span, right.key),
                }))
            })
        }
        Some(right) if right.parent == "proxies" && right.exists_in(context.engine) => {
            diagnostic.explained(|diagnostic| {
                let names = ["http-proxy", "https-proxy", "no-proxy"];
                let is_set = |it: &&str| context.settings.get(it).is_some();
                let set: Vec<&str> = names.into_iter().filter(is_set).collect();
                let title = match set[..] {
                    [_] => "Move into `proxies`".to_owned(),
                    _ => say!("Move {} into `proxies`", super::voice::listed(set.iter().copied(), "and")),
                };
                let step = |it: &str| Step::Key(it.to_owned());
                let moves =
                    set.iter().map(|it| Change::Move { from: vec![step(it)], to: vec![step("proxies"), step(it)] });
                let edits = context.edit(|| Change::All(moves.collect()));
                let is_first = edits.is_empty() || context.are_offered_first(&["proxies"], &set);
                diagnostic.help("The daemon reads it within `proxies` only.").fix(match is_first {
                    true => Fix::safe(title, edits),
                    false => Fix::choice(title, edits),
                })
            })
        }
        Some(right) => diagnostic.help(say!("Use `{}`.", right.key)),
        None => diagnostic
            .help("Remove it.")
            .fix(Fix::choice(say!("Remove `{key}`"), context.remove(occurrence.member.value.span))),
    }
}

/// Whether the value would be right under the other key too, so that a new name is all it takes.
fn fits(occurrence: &Occurrence, right: &DaemonOption) -> bool {
    use crate::document::Kind as NodeKind;

    matches!(
        (&occurrence.member.value.kind, right.kind),
        (NodeKind::List(_) | NodeKind::String(_), Kind::List(_))
            | (NodeKind::Map(_), Kind::Map(_) | Kind::Object)
            | (NodeKind::String(_), Kind::Text(_))
    )
}

#[cfg(test)]
mod tests {
    use crate::{
        Engine,
        daemon::check::tests::{assert_first_fix, assert_found_on},
    };

    #[test]
    fn offers_what_keeps_what_was_written() {
        for (text, title, after) in [
            (
                r#"{"registry-mirror": ["https://a"]}"#,
                "Rename to `registry-mirrors`",
                r#"{"registry-mirrors": ["https://a"]}"#,
            ),
            (
                r#"{"no-proxy": "a", "mtu": 1450}"#,
                "Move into `proxies`",
                r#"{"mtu": 1450, "proxies": {"no-proxy": "a"}}"#,
            ),
            (
                r#"{"http-proxy": "http://a", "mtu": 1450, "no-proxy": "b"}"#,
                "Move `http-proxy` and `no-proxy` into `proxies`",
                r#"{"mtu": 1450, "proxies": {"http-proxy": "http://a", "no-proxy": "b"}}"#,
            ),
        ] {
            assert_first_fix(text, super::ID, title, after);
        }
    }

    #[test]
    fn flags_names_of_flags() {
        for (engine, text, expected) in [
            ("29", r#"{"host": ["fd://"]}"#, &["warning key-without-effect 1..7"][..]),
            ("29", r#"{"default-init": "x"}"#, &["error key-without-effect 1..15"]),
            ("20.10", r#"{"http-proxy": "http://p"}"#, &["error key-without-effect 1..13"]),
            ("23", r#"{"http-proxy": "http://p"}"#, &["warning key-without-effect 1..13"]),
            ("29", r#"{"hosts": ["fd://"]}"#, &[]),
        ] {
            let engine: Engine = engine.parse().expect("an Engine");
            assert_found_on(engine, text, super::ID, expected);
        }
    }
}
