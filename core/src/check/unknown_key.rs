//! A key that no Engine knows.

use super::{Context, Found, diagnostic::{Diagnostic, Fix, Stage}};
use crate::{
    options::{self, Status},
    settings::{Occurrence, Place, is_known},
};

rule! {
    /// A key that the Docker daemon does not know.
    ///
    /// ## Why it matters
    /// The daemon refuses the whole file for one unknown key, and does not start. Only an object whose own
    /// members are all known keys slips through, and then has no effect.
    ///
    /// ## What to do
    /// Correct the spelling: keys are lower case with hyphens, and those that hold a list are plural. Options of
    /// a driver belong into `log-opts` or `storage-opts`.
    ///
    /// ## Example
    /// ```json
    /// { "debgu": true }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `findConfigurationConflicts`
    "unknown-key", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        let key = &occurrence.member.key;
        let is_in_proxies = occurrence.place == Place::Flattened && occurrence.parent == "proxies";
        let is_in_table = options::member("", key).is_some();
        if is_in_proxies && is_in_table && context.since(23, 0) && !is_known(key, context.engine) {
            found.push(misplaced(context, occurrence));
        }
        if (is_in_proxies || occurrence.place == Place::Top) && !is_in_table {
            found.push(unknown(context, occurrence));
        }
    }
}

/// A key of another Engine, or one that no file may set.
fn misplaced(context: &Context, occurrence: &Occurrence) -> Diagnostic {
    let key = &occurrence.member.key;
    let message = say!("`{key}` does not belong into `proxies`");
    Diagnostic::error(ID, Stage::Load, occurrence.member.key_span, message)
        .why("The daemon looks at the names within `proxies` as it does at top-level keys, and refuses the whole file for one it does not know.")
        .help("Only `http-proxy`, `https-proxy` and `no-proxy` belong there.")
        .fix(Fix::choice(say!("Remove `{key}`"), context.remove(occurrence.member.value.span)))
}

fn unknown(context: &Context, occurrence: &Occurrence) -> Diagnostic {
    let key = &occurrence.member.key;
    let span = occurrence.member.key_span;
    let diagnostic = match occurrence.is_refused(context.engine) {
        true => Diagnostic::error(
            ID,
            Stage::Load,
            span,
            say!("`{key}` is not a setting of the Docker daemon"),
        )
        .why("The daemon refuses the whole file when it does not know one of its keys."),
        false => Diagnostic::warning(
            ID,
            span,
            say!("`{key}` is not a setting of the Docker daemon, and has no effect"),
        )
        .why("The daemon looks only at the names within an object it does not know, and then reads none of them."),
    };
    diagnostic.explained(|diagnostic| {
        if let Some(right) = nearest(key, context) {
            return diagnostic
                .help(say!("Did you mean `{right}`?"))
                .fix(Fix::safe(say!("Rename to `{right}`"), context.rename(span, right)));
        }
        let diagnostic = match owner(key) {
            Some(owner) => diagnostic.help(say!("`{key}` is an option within `{owner}`: move it there.")),
            None => diagnostic.help("Remove it, or look for the right key among the options."),
        };
        diagnostic.fix(Fix::choice(say!("Remove `{key}`"), context.remove(occurrence.member.value.span)))
    })
}

/// The known key that was likely meant, when it is not already set.
fn nearest(key: &str, context: &Context) -> Option<&'static str> {
    if context.edits_left.get() == 0 {
        return None;
    }
    let written = spelled_as_a_key(key);
    options::children("")
        .filter(|it| it.status == Status::Read && it.exists_in(context.engine))
        .map(|it| (super::words::distance(&written, it.key), it.key))
        .filter(|&(distance, right)| distance <= 1 + right.len().min(key.len()) / 6)
        .filter(|&(_, right)| context.settings.get(right).is_none())
        .min()
        .map(|(_, right)| right)
}

/// `dataRoot`, `data_root` and `DATA-ROOT` as `data-root`.
fn spelled_as_a_key(key: &str) -> String {
    let mut spelled = String::with_capacity(key.len() + 2);
    let mut after_lower = false;
    for it in key.chars() {
        if it.is_ascii_uppercase() && after_lower {
            spelled.push('-');
        }
        after_lower = it.is_ascii_lowercase();
        spelled.push(match it {
            '_' | ' ' => '-',
            _ => it.to_ascii_lowercase(),
        });
    }
    spelled
}

/// The object whose member has this name: `log-opts` for `max-size`.
fn owner(key: &str) -> Option<&'static str> {
    options::all()
        .filter(|it| !it.parent.is_empty() && it.name() == key)
        .map(|it| it.parent.trim_end_matches("[]"))
        .next()
}

#[cfg(test)]
mod tests {
    use crate::check::tests::assert_found;

    #[test]
    fn flags_what_no_engine_knows() {
        for (text, expected) in [
            (r#"{"debgu": true}"#, &["error unknown-key 1..8"][..]),
            (r#"{"options": {"debug": true}}"#, &["warning unknown-key 1..10"]),
            (r#"{"options": {"nope": true}}"#, &["error unknown-key 1..10"]),
            (r#"{"proxies": {"nope": {}}}"#, &["error unknown-key 13..19"]),
            (r#"{"proxies": {"api-cors-header": "*"}}"#, &["error unknown-key 13..30"]),
            (r#"{"proxies": {"api-cors-header": "*"}, "proxies": {}}"#, &[]),
            (r#"{"proxies": {"debug": true}}"#, &[]),
            (r#"{"empty": {}}"#, &["warning unknown-key 1..8"]),
            (r#"{"unknown": null}"#, &["error unknown-key 1..10"]),
            (r#"{"debug": true}"#, &[]),
        ] {
            assert_found(text, super::ID, expected);
        }
    }
}
