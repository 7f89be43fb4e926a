//! A member that the daemon does not look for in its object.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::{
        options::{self, Status},
        settings::{Occurrence, Place},
    },
    docker::go::time::parse_duration,
    document::{Change, Kind, Step, Value},
};

rule! {
    /// A member that the daemon does not look for within its object.
    ///
    /// ## Why it matters
    /// Within objects the daemon silently ignores what it does not know (only `nri-opts` is strict): a
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
    "unknown-member", [Error, Warning, Hint], check
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
    let member = occurrence.member;
    let key = &member.key;
    let span = member.key_span;
    let object = || occurrence.parent.trim_end_matches("[]").trim_end_matches(".<name>");
    let message = say!("`{key}` is not a member the daemon looks for in `{}`", object());
    let is_empty = match &member.value.kind {
        Kind::List(elements) => elements.is_empty(),
        Kind::Map(members) => members.is_empty(),
        _ => false,
    };
    let diagnostic = match occurrence.parent.as_str() {
        "nri-opts" => Diagnostic::error(ID, Stage::Load, span, message)
            .why("The daemon refuses all its settings when it does not know a member of `nri-opts`."),
        // `nvidia-ctk` writes `"args": []`.
        _ if is_empty => Diagnostic::hint(ID, span, message).why(
            "Within objects the daemon silently ignores what it does not know. This one is empty, so nothing is lost.",
        ),
        _ => Diagnostic::warning(ID, span, message)
            .why("Within objects the daemon silently ignores what it does not know."),
    };
    diagnostic.explained(|diagnostic| {
        let removal = Fix::choice(say!("Remove `{key}`"), context.remove(member.value.span));
        let known = || options::children(&occurrence.parent).filter(|it| it.exists_in(context.engine));
        if let Some(right) = context.nearest(key, known().map(|it| it.name())) {
            let fix = match is_empty {
                true => Fix::choice(say!("Rename to `{right}`"), context.rename(span, right)),
                false => context.renaming(span, right),
            };
            return diagnostic.help(say!("Did you mean `{right}`?")).fix(fix);
        }
        if let Some(fix) = unused_for(context, occurrence) {
            return diagnostic
                .help("BuildKit's own configuration has `keepDuration`; the daemon takes the same age as a filter.")
                .fix(fix);
        }
        let names: Vec<String> = known().map(|it| say!("`{}`", it.name())).collect();
        let path: Vec<&str> = occurrence.parent.split('.').collect();
        let from = [&path[..], &[key.as_str()]].concat();
        let has_place = !occurrence.parent.contains(['[', '<']);
        let owner = super::owner(key).filter(|_| has_place);
        match owner {
            Some(owner) => {
                let to: Vec<&str> = owner.split('.').chain([key.as_str()]).collect();
                diagnostic.help(say!("`{key}` is an option within `{owner}`: move it there.")).fix(context.moving(
                    say!("Move into `{owner}`"),
                    &from,
                    &to,
                ))
            }
            None if has_place && options::member("", key).is_some_and(|it| it.status == Status::Read) => diagnostic
                .help(say!("`{key}` is a key of its own: move it to the top level."))
                .fix(context.moving("Move to the top level", &from, &[key])),
            None => diagnostic.help(say!("It has the members {}.", names.join(", "))),
        }
        .fix(removal)
    })
}

/// Writes `keepDuration` as the filter that means the same.
///
/// A number without a unit counts seconds there, and is a point in time to the daemon.
///
/// Source: moby `daemon/internal/builder-next/controller.go`, `getGCPolicy`, and `builder.go`, `toBuildkitPruneInfo`;
/// BuildKit `cmd/buildkitd/config/gcpolicy.go`, `Duration`, at docker-v29.7.2
fn unused_for(context: &Context, occurrence: &Occurrence) -> Option<Fix> {
    let member = occurrence.member;
    if occurrence.parent != "builder.gc.policy[]" || !member.key.eq_ignore_ascii_case("keepDuration") {
        return None;
    }
    let age = match &member.value.kind {
        Kind::String(age) if age.parse::<u64>().is_ok() => say!("{age}s"),
        Kind::String(age) => age.clone(),
        Kind::Number(seconds) => say!("{seconds}s"),
        _ => return None,
    };
    // The daemon does not start with an age that Go does not read.
    parse_duration(&age)?;
    let filter = say!("unused-for={age}");
    if context.edits_left.get() == 0 {
        return None;
    }
    let rules = context.settings.elements("builder.gc.policy");
    let index = rules.iter().position(|it| it.span.to(member.span()) == it.span)?;
    let rule = rules.get(index)?;
    let filters = rule.member("filter").map_or(0, |it| it.value.elements().len());
    let path = |name: &str| {
        let steps = [Step::Key("builder".into()), Step::Key("gc".into()), Step::Key("policy".into())];
        [&steps[..], &[Step::Index(index), Step::Key(name.into())]].concat()
    };
    let edits = context.edit(|| {
        let unset = Change::Unset { path: path(&member.key) };
        let set = Change::Set {
            path: [path("filter"), vec![Step::Index(filters)]].concat(),
            value: Value::string(filter.as_str()),
        };
        Change::All(vec![unset, set])
    });
    let title = say!("Write it as filter `{filter}`");
    Some(match edits.is_empty() || context.is_offered_first(rule.span.start, "filter") {
        true => Fix::safe(title, edits),
        false => Fix::choice(title, edits),
    })
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_first_fix, assert_found};

    #[test]
    fn offers_what_keeps_what_was_written() {
        for (text, title, after) in [
            (
                r#"{"builder": {"gc": {"reservedSpace": "20GB"}}}"#,
                "Rename to `defaultReservedSpace`",
                r#"{"builder": {"gc": {"defaultReservedSpace": "20GB"}}}"#,
            ),
            (
                r#"{"builder": {"gc": {"default_reserved_space": "20GB"}}}"#,
                "Rename to `defaultReservedSpace`",
                r#"{"builder": {"gc": {"defaultReservedSpace": "20GB"}}}"#,
            ),
            (
                r#"{"builder": {"gc": {"policy": [{"all": true}, {"keepDuration": "48h", "reservedSpace": "1GB"}]}}}"#,
                "Write it as filter `unused-for=48h`",
                r#"{"builder": {"gc": {"policy": [{"all": true}, {"reservedSpace": "1GB", "filter": ["unused-for=48h"]}]}}}"#,
            ),
            (
                r#"{"builder": {"gc": {"policy": [{"filter": ["type=regular"], "keepDuration": 60}]}}}"#,
                "Write it as filter `unused-for=60s`",
                r#"{"builder": {"gc": {"policy": [{"filter": ["type=regular", "unused-for=60s"]}]}}}"#,
            ),
            (
                r#"{"builder": {"gc": {"policy": [{"keepDuration": "60"}]}}}"#,
                "Write it as filter `unused-for=60s`",
                r#"{"builder": {"gc": {"policy": [{ "filter": ["unused-for=60s"] }]}}}"#,
            ),
            (
                r#"{"builder": {"gc": {"policy": [{"all": true, "keepDuration": 1.5e3}]}}}"#,
                "Remove `keepDuration`",
                r#"{"builder": {"gc": {"policy": [{"all": true}]}}}"#,
            ),
            (
                r#"{"runtimes": {"x": {"path": "/x", "args": ["-v"]}}}"#,
                "Rename to `runtimeArgs`",
                r#"{"runtimes": {"x": {"path": "/x", "runtimeArgs": ["-v"]}}}"#,
            ),
            (
                r#"{"builder": {"enabled": true, "defaultMaxUsedSpace": "9GB"}}"#,
                "Move into `builder.gc`",
                r#"{"builder": {"defaultMaxUsedSpace": "9GB", "gc": {"enabled": true}}}"#,
            ),
            (r#"{"builder": {"debug": true}}"#, "Move to the top level", r#"{"builder": {}, "debug": true}"#),
        ] {
            assert_first_fix(text, super::ID, title, after);
        }
    }

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
            (r#"{"runtimes": {"x": {"path": "/x", "arg": ["a"]}}}"#, &["warning unknown-member 34..39"]),
            // As nvidia-ctk writes it.
            (r#"{"runtimes": {"x": {"path": "/x", "args": []}}}"#, &["hint unknown-member 34..40"]),
            // Keys of a map are free.
            (r#"{"log-opts": {"nope": "x"}}"#, &[]),
        ] {
            assert_found(text, super::ID, expected);
        }
    }
}
