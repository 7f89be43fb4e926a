//! A size of the build cache that cannot be read.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::settings::Setting,
    docker::{
        engine::Engine,
        go::units::{Factor, parse_size},
    },
    text::Span,
};

rule! {
    /// A size of the build cache that cannot be read.
    ///
    /// ## Why it matters
    /// The daemon reads the limits of the build cache as it starts, and does not start when it cannot. Percentages,
    /// which BuildKit's own configuration knows, are no sizes here. Before Engine 27.5 each rule of `policy` also needs
    /// a `keepStorage`.
    ///
    /// ## What to do
    /// Write a number and a unit: `"20GB"`, `"512MB"`.
    ///
    /// ## Example
    /// ```json
    /// { "builder": { "gc": { "enabled": true, "defaultReservedSpace": "20 %" } } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/internal/builder-next/controller.go`, `getGCPolicy` and `parseGCPolicy`; before 29.0 in
    /// `builder/builder-next`
    "build-cache-size-malformed", [Error], check
}

/// Whether the Engine cleans up the build cache; since 28.2 it does unless told not to.
pub(super) fn is_cleaned_up(context: &Context) -> bool {
    match context.settings.bool("builder.gc.enabled") {
        Some(enabled) => enabled.value,
        None => context.since(28, 2),
    }
}

/// The sizes that count, of the defaults or of a rule: since 28.0 three, of which the first has an old name.
fn sizes_that_count<'a>(
    engine: Engine,
    get: impl Fn(&'static str) -> Option<Setting<&'a str>>,
    names: [&'static str; 4],
) -> Vec<(&'static str, Setting<&'a str>)> {
    let [reserved, max_used, min_free, keep] = names;
    let named = |name| get(name).filter(|it: &Setting<&str>| !it.value.is_empty()).map(|it| (name, it));
    match engine < Engine::new(28, 0, 0) {
        true => named(keep).into_iter().collect(),
        false => {
            [named(reserved).or_else(|| named(keep)), named(max_used), named(min_free)].into_iter().flatten().collect()
        }
    }
}

fn check(context: &Context, found: &mut Found) {
    if !is_cleaned_up(context) {
        return;
    }
    let settings = context.settings;
    let engine = context.engine;
    let default = |name: &str| settings.get(&["builder.gc.", name].concat())?.text();
    let policy = settings.get("builder.gc.policy");
    let mut sizes = Vec::new();
    // Since 28.0 the defaults are not read beside a policy.
    if policy.is_none() || !context.since(28, 0) {
        sizes = sizes_that_count(
            engine,
            default,
            ["defaultReservedSpace", "defaultMaxUsedSpace", "defaultMinFreeSpace", "defaultKeepStorage"],
        );
    }
    for rule in settings.elements("builder.gc.policy") {
        let member = |name: &str| rule.member(name)?.text();
        let in_rule =
            sizes_that_count(engine, member, ["reservedSpace", "maxUsedSpace", "minFreeSpace", "keepStorage"]);
        if in_rule.is_empty() && !context.since(27, 5) {
            found.push(
                stops_the_start(rule.span, say!("Before Engine 27.5 each rule of `policy` needs a `keepStorage`"))
                    .help("Add it, such as `\"keepStorage\": \"10GB\"`; `\"0\"` stands for `defaultKeepStorage`."),
            );
        }
        sizes.extend(in_rule);
    }
    for (name, size) in sizes {
        if parse_size(size.value, Factor::Binary, engine).is_none() {
            found.push(malformed(context, name, size));
        }
    }
}

fn stops_the_start(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(ID, Stage::Start, span, message)
        .why("The daemon sets up the builder as it starts, and does not start when it cannot read this.")
}

fn malformed(context: &Context, name: &str, size: Setting<&str>) -> Diagnostic {
    stops_the_start(size.span, say!("`{name}` cannot be `{}`", size.value)).explained(|diagnostic| {
        let diagnostic = diagnostic.help(match size.value.trim_end().ends_with('%') {
            true => "Percentages are for BuildKit's own configuration; write a size such as `20GB`.",
            false => "Write a number and a unit: `20GB`, `512MB`.",
        });
        let tight: String = size.value.split_whitespace().collect();
        match parse_size(&tight, Factor::Binary, context.engine) {
            Some(_) => diagnostic.fix(Fix::safe(say!("Write `{tight}`"), context.replace(size.span, tight.as_str()))),
            None => diagnostic.fix(Fix::choice(say!("Remove `{name}`"), context.remove(size.span))),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn sizes_count_when_the_cache_is_cleaned_up() {
        for (engine, gc, expected) in [
            ("28.5", r#""defaultKeepStorage": "20XB""#, &["error \"20XB\""][..]),
            ("28.1", r#""defaultKeepStorage": "20XB""#, &[]),
            ("26", r#""defaultKeepStorage": "20XB""#, &[]),
            ("26", r#""enabled": true, "defaultKeepStorage": "20XB""#, &["error \"20XB\""]),
            ("29", r#""enabled": false, "defaultKeepStorage": "20XB""#, &[]),
            ("29", r#""defaultKeepStorage": "20GB""#, &[]),
            ("29", r#""defaultMaxUsedSpace": "80%""#, &["error \"80%\""]),
            ("27", r#""enabled": true, "defaultMaxUsedSpace": "80%""#, &[]), // not read yet
            ("29", r#""defaultReservedSpace": "1GB", "defaultKeepStorage": "x""#, &[]),
            ("29", r#""defaultReservedSpace": "", "defaultKeepStorage": "x""#, &["error \"x\""]),
            ("29", r#""defaultReservedSpace": "x", "policy": []"#, &[]),
            ("27", r#""enabled": true, "defaultKeepStorage": "x", "policy": []"#, &["error \"x\""]),
            ("29", r#""policy": [{"maxUsedSpace": "x"}, {"all": true}]"#, &["error \"x\""]),
            ("26", r#""enabled": true, "policy": [{"all": true}]"#, &["error {\"all\": true}"]),
            ("27.5", r#""enabled": true, "policy": [{"all": true}]"#, &[]),
        ] {
            let text = format!(r#"{{"builder": {{"gc": {{{gc}}}}}}}"#);
            assert_flags(engine, &text, ID, expected);
        }
    }
}
