//! A key that still works, but not for much longer.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{
    daemon::{options::Status, settings::Place},
    text::Edits,
};

rule! {
    /// A key that the chosen Engine still reads and a later one is announced to drop.
    ///
    /// ## Why it matters
    /// After an upgrade the daemon may refuse the whole file because of it.
    ///
    /// ## What to do
    /// Use the key that takes its place, or remove it.
    ///
    /// ## Example
    /// ```json
    /// { "host-gateway-ip": "10.0.0.1" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/config.go`, flags marked deprecated; docs.docker.com, *Deprecated features*
    "key-deprecated", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        let Some(option) = occurrence.option else {
            continue;
        };
        let Some(deprecated) = option.deprecated.filter(|it| *it <= context.engine) else {
            continue;
        };
        let has_effect = option.status == Status::Read && option.exists_in(context.engine);
        let flag = context.document.dialect.spell;
        let is_same_flag = flag(option.key).is_some() && option.replacement.and_then(flag) == flag(option.key);
        if !has_effect || is_same_flag || occurrence.place == Place::Flattened {
            continue;
        }
        let key = option.name();
        let span = occurrence.member.key_span;
        let message = say!("`{key}` is deprecated since Engine {}.{}", deprecated.major, deprecated.minor);
        let diagnostic = match option.removed {
            Some(removed) => Diagnostic::warning(ID, span, message).why(say!(
                "It works here, and is gone from Engine {}.{} on.",
                removed.major,
                removed.minor
            )),
            None => {
                Diagnostic::hint(ID, span, message).why("It works here, and a later Engine will no longer read it.")
            }
        };
        let sibling = option.replacement.and_then(|it| it.strip_prefix(option.parent));
        found.push(match sibling.map(|it| it.trim_start_matches('.')) {
            Some(right) => {
                let list = is_list(option.replacement) && !is_list(Some(option.key));
                let edits = match list {
                    true => Edits::NONE,
                    false => context.rename(span, right),
                };
                diagnostic.help(say!("Use `{right}` instead.")).fix(Fix::choice(say!("Rename to `{right}`"), edits))
            }
            None => diagnostic.help("Plan to do without it."),
        });
    }
}

fn is_list(key: Option<&str>) -> bool {
    use crate::daemon::options::{Kind, find};

    let option = key.and_then(find);
    option.is_some_and(|it| matches!(it.kind, Kind::List(_)))
}

#[cfg(test)]
mod tests {
    use crate::{Engine, daemon::check::tests::assert_found_on};

    #[test]
    fn flags_what_still_works() {
        for (engine, text, expected) in [
            ("20.10", r#"{"graph": "/a"}"#, &["warning key-deprecated 1..8"][..]),
            ("29", r#"{"graph": "/a"}"#, &[]),
            ("27", r#"{"host-gateway-ip": "10.0.0.1"}"#, &[]),
            ("29", r#"{"host-gateway-ip": "10.0.0.1"}"#, &["hint key-deprecated 1..18"]),
            ("29", "dockerd --host-gateway-ip 10.0.0.1", &[]), // the key alone has another name now
        ] {
            let engine: Engine = engine.parse().expect("an Engine");
            assert_found_on(engine, text, super::ID, expected);
        }
    }
}
