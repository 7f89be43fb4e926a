//! A member that the object it stands in does not have.

use super::{Context, Found, diagnostic::{Diagnostic, Fix, Stage}};
use crate::{
    options,
    settings::{Occurrence, Place},
};

rule! {
    /// A member that the daemon does not look for within its object.
    ///
    /// ## Why it matters
    /// Within objects the daemon leaves out what it does not know, without a word (only `nri-opts` is strict): a
    /// misspelt member looks set and is not.
    ///
    /// ## What to do
    /// Correct the spelling, or remove it.
    ///
    /// ## Example
    /// ```json
    /// { "builder": { "gc": { "enabled": true, "reservdSpace": "20GB" } } }
    /// ```
    ///
    /// ## Source
    /// Go `encoding/json`: unknown fields are skipped; moby `daemon/config/config_linux.go` for `nri-opts`
    "unknown-member", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        let is_member = occurrence.place == Place::Nested && occurrence.is_looked_for();
        if is_member && occurrence.option.is_none() {
            found.push(unknown(context, occurrence));
        }
    }
}

fn unknown(context: &Context, occurrence: &Occurrence) -> Diagnostic {
    let key = &occurrence.member.key;
    let span = occurrence.member.key_span;
    let object = || occurrence.parent.trim_end_matches("[]").trim_end_matches(".<name>");
    let message = say!("`{key}` is not a member the daemon looks for in `{}`", object());
    let diagnostic = match occurrence.parent.as_str() {
        "nri-opts" => Diagnostic::error(ID, Stage::Load, span, message)
            .why("The daemon refuses the whole file when it does not know a member of `nri-opts`."),
        _ => Diagnostic::warning(ID, span, message)
            .why("Within objects the daemon leaves out what it does not know, without a word."),
    };
    diagnostic.explained(|diagnostic| {
        let known = || options::children(&occurrence.parent).filter(|it| it.exists_in(context.engine));
        let nearest = known()
            .map(|it| (super::words::distance(key, it.name()), it.name()))
            .filter(|&(distance, right)| distance <= 1 + right.len().min(key.len()) / 6)
            .min();
        match nearest {
            Some((_, right)) => {
                diagnostic
                    .help(say!("Did you mean `{right}`?"))
                    .fix(Fix::safe(say!("Rename to `{right}`"), context.rename(span, right)))
            }
            None => {
                let names: Vec<String> = known().map(|it| say!("`{}`", it.name())).collect();
                diagnostic
                    .help(say!("It has the members {}.", names.join(", ")))
                    .fix(Fix::choice(say!("Remove `{key}`"), context.remove(occurrence.member.value.span)))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::check::tests::assert_found;

    #[test]
    fn flags_what_is_left_out() {
        for (text, expected) in [
            (
                r#"{"default-address-pools": [{"base": "10.0.0.0/16", "size": 24, "scope": "local"}]}"#,
                &["warning unknown-member 63..70"][..],
            ),
            // Letter case is free within objects.
            (r#"{"default-address-pools": [{"Base": "10.0.0.0/16", "SIZE": 24}]}"#, &[]),
            (r#"{"nri-opts": {"enabled": true}}"#, &["error unknown-member 14..23"]),
            (r#"{"runtimes": {"x": {"path": "/x", "arg": []}}}"#, &["warning unknown-member 34..39"]),
            // Keys of a map are free.
            (r#"{"log-opts": {"nope": "x"}}"#, &[]),
        ] {
            assert_found(text, super::ID, expected);
        }
    }
}
