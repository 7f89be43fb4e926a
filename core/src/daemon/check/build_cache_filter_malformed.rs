//! A filter of the build cache that cannot be used.

use super::{
    Context, Found,
    build_cache_size_malformed::is_cleaned_up,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    Engine,
    docker::go::{strconv::atoi, time::parse_duration},
    document::{Kind as NodeKind, Node},
    text::Span,
};

rule! {
    /// A filter of the build cache's rules that cannot be used.
    ///
    /// ## Why it matters
    /// The daemon reads the filters of `builder.gc.policy` as it starts, and does not start when `until` is no duration,
    /// or a name occurs twice with different values. A name it does not know filters nothing, and the rule covers
    /// everything.
    ///
    /// ## What to do
    /// Write `"until=48h"`, `"type=source.local"`, each name once. There are no days: a week is `168h`. `unused-for` is
    /// the old name of `until`.
    ///
    /// ## Example
    /// ```json
    /// { "builder": { "gc": { "enabled": true, "policy": [ { "filter": ["until=7d"], "keepStorage": "5GB" } ] } } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/internal/builder-next/builder.go`, `toBuildkitPruneInfo`; `daemon/config/builder.go`,
    /// `BuilderGCFilter.UnmarshalJSON`
    "build-cache-filter-malformed", [Error, Warning], check
}

const FIELDS: &[&str] = &["id", "parent", "type", "description", "inuse", "shared", "private"];

/// One `name=value` of a filter, with the bytes of the entry.
struct Filter<'a> {
    name: String,
    value: &'a str,
    span: Span,
    has_value: bool,
}

fn check(context: &Context, found: &mut Found) {
    for rule in context.settings.elements("builder.gc.policy") {
        let Some(filter) = rule.member("filter") else {
            continue;
        };
        if !is_decoded(filter.value) {
            found.push(
                Diagnostic::error(ID, Stage::Load, filter.span, "`filter` must be a list of strings")
                    .why("The daemon refuses all its settings when it cannot decode the filter.")
                    .help("Write `[\"until=48h\"]`."),
            );
            continue;
        }
        let filters = filters_of(filter.value);
        // 20.10 splits at `=` without checking that there is one.
        let torn = filters.iter().find(|it| !it.has_value);
        if let Some(torn) = torn.filter(|_| !context.since(23, 0)) {
            found.push(
                Diagnostic::error(ID, Stage::Load, torn.span, say!("The filter `{}` lacks a value", torn.name))
                    .why("Engine 20.10 crashes as it reads the file.")
                    .help("Write it as `name=value`.")
                    .fix(remove(context, torn)),
            );
        } else if is_cleaned_up(context) {
            flaws(context, &filters, found);
        }
    }
}

/// Whether it is a list of strings, or the form of the API: objects of truth values.
fn is_decoded(node: &Node) -> bool {
    let is_set = |it: &Node| match it.kind {
        NodeKind::Map(_) => {
            let mut values = it.members().iter().map(|it| &it.value.kind);
            values.all(|it| matches!(it, NodeKind::Bool(_) | NodeKind::Null | NodeKind::Missing))
        }
        NodeKind::Null | NodeKind::Missing => true,
        _ => false,
    };
    match &node.kind {
        NodeKind::List(elements) => {
            let mut kinds = elements.iter().map(|it| &it.kind);
            kinds.all(|it| matches!(it, NodeKind::String(_) | NodeKind::Null | NodeKind::Missing))
        }
        NodeKind::Map(names) => names.iter().all(|it| is_set(&it.value)),
        NodeKind::Opaque => true,
        _ => false,
    }
}

fn filters_of(node: &Node) -> Vec<Filter<'_>> {
    let entry = |text: &str| text.trim().to_ascii_lowercase();
    match &node.kind {
        NodeKind::List(elements) => elements
            .iter()
            .filter_map(|it| match &it.kind {
                NodeKind::String(text) => Some((text.as_str(), it.span)),
                NodeKind::Null => Some(("", it.span)),
                _ => None,
            })
            .map(|(text, span)| match text.split_once('=') {
                Some((name, value)) => Filter { name: entry(name), value: value.trim(), span, has_value: true },
                None => Filter { name: entry(text), value: "", span, has_value: false },
            })
            .collect(),
        // The form of the API: a name, and an object whose keys are the values.
        NodeKind::Map(names) => names
            .iter()
            .flat_map(|name| {
                name.value.members().iter().map(|value| Filter {
                    name: name.key.clone(),
                    value: &value.key,
                    span: name.span(),
                    has_value: true,
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn flaws(context: &Context, filters: &[Filter], found: &mut Found) {
    // The first of each known name; the two names of the age share one.
    let mut firsts: Vec<&Filter> = Vec::new();
    for filter in filters {
        let name = filter.name.as_str();
        let is_age = is_age_name(name);
        let first = firsts.iter().copied().find(|it| match is_age {
            true => is_age_name(&it.name),
            false => it.name == name,
        });
        let earlier = first.filter(|it| it.name != name || it.value != filter.value);
        if first.is_none() && (is_age || FIELDS.contains(&name)) {
            firsts.push(filter);
        }
        let known = name.trim_end_matches(['!', '~']);
        if known != name && (is_age_name(known) || FIELDS.contains(&known)) {
            found.push(
                Diagnostic::warning(ID, filter.span, say!("Filters here know only the operator `=`, and `{name}=` is another"))
                    .why("The Engine reads the sign as part of the name and drops the filter, so the rule covers everything.")
                    .help("Use `=` to say what a rule covers, in a rule of its own before the others; a filter cannot exclude anything.")
                    .fix(remove(context, filter)),
            );
        } else if filter.value.starts_with('=') && FIELDS.contains(&name) {
            found.push(
                Diagnostic::warning(ID, filter.span, say!("The filter `{name}` has one `=` too many"))
                    .why("BuildKit then cannot read the filter, and the rule never removes anything.")
                    .help(say!("Write one `=`: `{name}={}`.", filter.value.trim_start_matches('=')))
                    .explained(|it| it.fix(single(context, filter))),
            );
        } else if !is_age && !FIELDS.contains(&name) {
            let message = match name {
                "" => say!("An empty filter filters nothing"),
                _ => say!("There is no filter `{name}` for the build cache"),
            };
            found.push(
                Diagnostic::warning(ID, filter.span, message)
                    .why("The Engine drops it, and the rule covers records that it was not meant for.")
                    .help("Use `until`, `type`, `description`, `id`, `parent`, `inuse`, `shared` or `private`.")
                    .fix(remove(context, filter)),
            );
        } else if let Some(earlier) = earlier {
            let message = match earlier.name == name {
                true => say!("The filter `{name}` is given two values"),
                false => say!("`until` and `unused-for` are two names of one filter"),
            };
            found.push(
                stops_the_start(filter.span, message)
                    .related(earlier.span, "the first")
                    .help("Keep one of them; to cover both, write two rules.")
                    .fix(remove(context, filter)),
            );
        } else if is_age && !is_age_text(filter.value, context.engine) {
            found.push(
                stops_the_start(filter.span, say!("The filter `{name}` cannot be `{}`", filter.value))
                    .help("Write a duration in hours, minutes and seconds: `48h`, `90m`. There are no days: a week is `168h`.")
                    .explained(|it| it.fix(single(context, filter)).fix(in_hours(context, filter)))
                    .fix(remove(context, filter)),
            );
        }
    }
}

fn is_age_name(name: &str) -> bool {
    matches!(name, "until" | "unused-for")
}

/// A duration; since 24.0 also a point in time.
fn is_age_text(text: &str, engine: Engine) -> bool {
    if parse_duration(text).is_some() {
        return true;
    }
    let is_date = crate::text::find::has(text, b'-') && text.starts_with(|it: char| it.is_ascii_digit());
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_unix_time = atoi(seconds).is_some() && atoi(fraction).is_some();
    engine >= Engine::new(24, 0, 0) && (is_date || is_unix_time)
}

fn stops_the_start(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(ID, Stage::Start, span, message)
        .why("The daemon sets up the builder as it starts, and does not start with this filter.")
}

/// The same filter with a single `=`.
fn single(context: &Context, filter: &Filter) -> Option<Fix> {
    let value = filter.value.strip_prefix('=')?.trim_start_matches('=');
    let right = [&filter.name, "=", value].concat();
    Some(Fix::safe(say!("Write `{right}`"), context.replace(filter.span, right.as_str())))
}

/// Days and weeks, which Go does not know, as hours.
fn in_hours(context: &Context, filter: &Filter) -> Option<Fix> {
    let (number, hours) = match filter.value.strip_suffix('d') {
        Some(days) => (days, 24),
        None => (filter.value.strip_suffix('w')?, 168),
    };
    let hours = atoi(number)?.checked_mul(hours)?;
    let right = say!("{}={hours}h", filter.name);
    Some(Fix::safe(say!("Write `{right}`"), context.replace(filter.span, right.as_str())))
}

fn remove(context: &Context, filter: &Filter) -> Fix {
    Fix::choice("Remove the filter", context.remove(filter.span))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn a_filter_is_a_list_of_strings() {
        for (filter, is_refused) in [
            (r#"["until=48h"]"#, false),
            (r#"[null]"#, false),
            (r#"{"until": {"48h": true}}"#, false),
            (r#""until=48h""#, true),
            (r#"[48]"#, true),
            (r#"{"until": ["48h"]}"#, true),
        ] {
            let text = format!(r#"{{"builder": {{"gc": {{"policy": [{{"filter": {filter}}}]}}}}}}"#);
            let found = crate::daemon::check::tests::diagnose(&text, ID);
            let is_error = found.iter().any(|it| it.stage == Some(crate::rule::diagnostic::Stage::Load));
            assert_eq!(is_error, is_refused, "{filter}");
        }
    }

    #[test]
    fn filters_are_read_as_the_builder_does() {
        for (engine, filter, expected) in [
            ("29", r#"["until=48h", "type=source.local"]"#, &[][..]),
            ("29", r#"["until=7d"]"#, &["error \"until=7d\""]),
            ("29", r#"["until=2026-01-01"]"#, &[]),
            ("29", r#"["until=1700000000"]"#, &[]),
            ("23", r#"["until=1700000000"]"#, &["error \"until=1700000000\""]),
            ("29", r#"["until=48h", "unused-for=48h"]"#, &["error \"unused-for=48h\""]),
            ("29", r#"["until=48h", "UNTIL = 48h"]"#, &[]),
            ("29", r#"["type=a", "type=b"]"#, &["error \"type=b\""]),
            ("29", r#"["types=a"]"#, &["warning \"types=a\""]),
            ("29", r#"["type==source.local"]"#, &["warning \"type==source.local\""]),
            ("29", r#"["type!=source.local"]"#, &["warning \"type!=source.local\""]),
            ("29", r#"["description~=x"]"#, &["warning \"description~=x\""]),
            ("29", r#"["until==48h"]"#, &["error \"until==48h\""]),
            ("29", r#"["inuse"]"#, &[]),
            ("20.10", r#"["inuse"]"#, &["error \"inuse\""]),
            ("29", r#"{"until": {"7d": true}}"#, &["error \"until\": {\"7d\": true}"]),
        ] {
            let text = format!(
                r#"{{"builder": {{"gc": {{"enabled": true, "policy": [{{"keepStorage": "1GB", "filter": {filter}}}]}}}}}}"#
            );
            assert_flags(engine, &text, ID, expected);
        }
    }
}
