//! Sizes of the build cache that count as none because others are set.

use super::{
    Context, Found,
    build_cache_size_malformed::is_cleaned_up,
    voice::{Diagnostic, listed},
};

rule! {
    /// Sizes of the build cache that lose their default because another one is set.
    ///
    /// ## Why it matters
    /// The Engine fills in its own three sizes (10 %, 80 % and 20 % of the disk) only when none is given. With one of
    /// them, the others count as 0: no space is kept free, or no cache is spared.
    ///
    /// ## What to do
    /// Give all three of `defaultReservedSpace`, `defaultMaxUsedSpace` and `defaultMinFreeSpace`.
    ///
    /// ## Example
    /// ```json
    /// { "builder": { "gc": { "enabled": true, "defaultMaxUsedSpace": "50GB" } } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/internal/builder-next/worker/gc.go`, `DefaultGCPolicy`, since 28.0
    "build-cache-sizes-unset", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let settings = context.settings;
    if !context.since(28, 0) || !is_cleaned_up(context) || settings.get("builder.gc.policy").is_some() {
        return;
    }
    let text = |name: &str| settings.text(&["builder.gc.", name].concat());
    let reserved = text("defaultReservedSpace").or_else(|| text("defaultKeepStorage"));
    let max_used = text("defaultMaxUsedSpace");
    let min_free = text("defaultMinFreeSpace");
    // With the reserved space alone the cache is cut down to it, as it always was.
    let Some(set) = max_used.or(min_free) else {
        return;
    };
    let sizes =
        [("defaultReservedSpace", reserved), ("defaultMaxUsedSpace", max_used), ("defaultMinFreeSpace", min_free)];
    if sizes.iter().all(|it| it.1.is_some()) {
        return;
    }
    let unset = || sizes.iter().filter(|it| it.1.is_none()).map(|it| it.0);
    found.push(
        Diagnostic::hint(
            ID,
            set.whole(),
            match unset().count() {
                1 => say!("{} counts as 0 beside this", listed(unset(), "and")),
                _ => say!("{} count as 0 beside this", listed(unset(), "and")),
            },
        )
        .why("The Engine fills in its own sizes only when none of the three is given.")
        .help("Give all three, or none."),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn hints_when_some_are_set() {
        for (engine, gc, expected) in [
            ("29", r#""defaultMaxUsedSpace": "5GB""#, &["hint \"defaultMaxUsedSpace\": \"5GB\""][..]),
            ("29", r#""defaultReservedSpace": "5GB""#, &[]),
            ("29", r#""defaultReservedSpace": "5GB", "defaultMaxUsedSpace": "9GB", "defaultMinFreeSpace": "9GB""#, &[]),
            ("28.1", r#""defaultMinFreeSpace": "5GB""#, &[]), // off
            ("27", r#""enabled": true, "defaultMaxUsedSpace": "5GB""#, &[]),
        ] {
            let text = format!(r#"{{"builder": {{"gc": {{{gc}}}}}}}"#);
            assert_flags(engine, &text, ID, expected);
        }
    }
}
