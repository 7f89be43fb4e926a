//! A default limit that no container can start with.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{
    daemon::{
        options,
        settings::{Entry, Setting},
    },
    document::{Kind as NodeKind, Value},
    text::{Edits, Span},
};

rule! {
    /// A default resource limit that no container can start with, or that is not the one meant.
    ///
    /// ## Why it matters
    /// The daemon does not look at `default-ulimits` and starts; then every container fails when the limit has no known
    /// `Name`, or starts higher (`Soft`) than it may go (`Hard`). `Name` says which limit it is; the key above it
    /// only decides which `--ulimit` of a container replaces it.
    ///
    /// ## What to do
    /// Write each limit with the same name twice: `"nofile": { "Name": "nofile", "Hard": 64000, "Soft": 32000 }`.
    ///
    /// ## Example
    /// ```json
    /// { "default-ulimits": { "nofile": { "Hard": 64000, "Soft": 32000 } } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/oci_linux.go`, `withRlimits` and `mergeUlimits`; runc's names of limits; Linux `kernel/sys.c`,
    /// `do_prlimit`
    "ulimit-malformed", [Warning], check
}

/// The most that the kernel lets `fs.nr_open` be.
const MOST_OPEN_FILES: u64 = 2_147_483_584;

fn check(context: &Context, found: &mut Found) {
    for limit in context.settings.entries("default-ulimits") {
        if matches!(limit.setting.value.kind, NodeKind::Map(_)) {
            found.extend(flaw(context, limit));
        }
    }
}

/// Whether runc knows a limit, in any letter case; `as`, which go-units leaves out, is one too.
fn is_limit(name: &str) -> bool {
    let mut known = options::LIMITS.iter().map(|it| it.value);
    name.eq_ignore_ascii_case("as") || known.any(|it| it.eq_ignore_ascii_case(name))
}

fn flaw(context: &Context, limit: Entry) -> Option<Diagnostic> {
    let key = limit.setting.key;
    let name = limit.setting.member("Name").and_then(Setting::text);
    let number = |member: &str| limit.setting.member(member).and_then(Setting::integer);
    let fails = |span: Span, message: String| {
        Diagnostic::no_container(ID, span, message).why("The daemon starts, and then no container does.")
    };
    let Some(name) = name.filter(|it| !it.value.is_empty()) else {
        let diagnostic = fails(key, say!("The limit `{}` lacks its `Name`", limit.name))
            .help("Add `Name` within it; the key alone does not count.");
        return Some(diagnostic.explained(|it| match is_limit(limit.name) {
            true => it.fix(name_it(context, limit)),
            false => it.fix(remove(context, limit)),
        }));
    };
    if !is_limit(name.value) {
        return Some(
            fails(name.span, say!("There is no limit `{}`", name.value))
                .help("Use one of `nofile`, `nproc`, `memlock`, `core`, `stack` and the others that `ulimit -a` shows.")
                .explained(|diagnostic| {
                    let rename = is_limit(limit.name)
                        .then(|| Fix::choice(say!("Write `{}`", limit.name), context.replace(name.span, limit.name)));
                    diagnostic.fix(rename)
                })
                .fix(remove(context, limit)),
        );
    }
    // Compared without sign: -1 is more than everything.
    let soft = number("Soft").map_or(0, |it| it.value);
    let hard = number("Hard").map_or(0, |it| it.value);
    if soft.cast_unsigned() > hard.cast_unsigned() {
        let span = number("Soft").map_or(key, |it| it.whole());
        let written = match soft {
            -1 => say!("no limit"),
            _ => say!("{soft}"),
        };
        let diagnostic =
            fails(span, say!("The soft limit of `{}`, {written}, is above the hard limit {hard}", name.value))
                .help("Raise `Hard` to at least `Soft`; -1 is no limit.");
        return Some(match number("Hard") {
            Some(hard) => diagnostic
                .related(hard.whole(), "the hard limit")
                .fix(Fix::choice(say!("Set `Hard` to {soft}"), context.replace(hard.span, soft))),
            None => diagnostic,
        });
    }
    if hard.cast_unsigned() > MOST_OPEN_FILES && name.value.eq_ignore_ascii_case("nofile") {
        let span = number("Hard").map_or(key, |it| it.whole());
        return Some(
            fails(
                span,
                match hard {
                    -1 => say!("The number of open files cannot be unlimited"),
                    _ => say!("The number of open files cannot be {hard}"),
                },
            )
                .help("The kernel allows at most `fs.nr_open`, by default 1048576: write that number.")
                .explained(|diagnostic| {
                    let edits = rewritten(context, limit, |members| {
                        for (_, value) in members {
                            if matches!(value, Value::Number(it) if it.parse().is_ok_and(|it: i64| it.cast_unsigned() > 1_048_576)) {
                                *value = Value::integer(1_048_576);
                            }
                        }
                    });
                    diagnostic.fix(Fix::choice("Write 1048576", edits))
                }),
        );
    }
    (!name.value.eq_ignore_ascii_case(limit.name)).then(|| {
        let message = say!("The limit under `{}` is `{}`", limit.name, name.value);
        Diagnostic::warning(ID, name.span, message)
            .related(key, "the name it goes by")
            .why("`Name` says which limit is set. A container's own `--ulimit` replaces it only when the key is the same, too.")
            .help("Write the same name in both places.")
            .fix(Fix::choice(say!("Rename the key to `{}`", name.value), context.rename(key, name.value)))
    })
}

fn name_it(context: &Context, limit: Entry) -> Fix {
    let edits = rewritten(context, limit, |members| {
        members.retain(|(key, _)| !key.eq_ignore_ascii_case("Name"));
        members.insert(0, ("Name".to_owned(), Value::string(limit.name)));
    });
    Fix::safe(say!("Add `\"Name\": \"{}\"`", limit.name), edits)
}

/// Writes a limit anew, with its members changed.
fn rewritten(context: &Context, limit: Entry, change: impl FnOnce(&mut Vec<(String, Value)>)) -> Edits {
    let mut value = Value::of(limit.setting.value).unwrap_or(Value::Map(Vec::new()));
    if let Value::Map(members) = &mut value {
        change(members);
    }
    context.replace(limit.setting.span, value)
}

fn remove(context: &Context, limit: Entry) -> Fix {
    Fix::choice(say!("Remove limit `{}`", limit.name), context.remove(limit.setting.span))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{
        Engine,
        daemon::check::tests::{assert_flags, diagnose_on},
    };

    #[test]
    fn a_limit_on_open_files_is_cut_down_to_what_the_kernel_allows() {
        let text = r#"{"default-ulimits": {"nofile": {"Name": "nofile", "Hard": -1, "Soft": 1024}}}"#;
        let found = diagnose_on(Engine::LATEST, text, ID);
        let mended = found[0].fixes[0].edits.apply(text);
        assert!(mended.contains("1048576") && mended.contains("1024"), "{mended}");
    }

    #[test]
    fn flags_limits_that_containers_cannot_have() {
        for (limit, expected) in [
            (r#""nofile": {"Name": "nofile", "Hard": 64000, "Soft": 32000}"#, &[][..]),
            (r#""nofile": {"name": "NOFILE", "hard": 2, "soft": 1}"#, &[]),
            (r#""memlock": {"Name": "memlock", "Hard": -1, "Soft": -1}"#, &[]),
            (r#""nofile": {"Hard": 1, "Soft": 1}"#, &["warning \"nofile\""]),
            (r#""nofile": {}"#, &["warning \"nofile\""]),
            (r#""nofile": {"Name": "nofiles", "Hard": 1, "Soft": 1}"#, &["warning \"nofiles\""]),
            (r#""nofile": {"Name": "nofile", "Hard": 1, "Soft": 2}"#, &["warning \"Soft\": 2"]),
            (r#""nofile": {"Name": "nofile", "Hard": 1, "Soft": -1}"#, &["warning \"Soft\": -1"]),
            (r#""nofile": {"Name": "nofile", "Soft": 1}"#, &["warning \"Soft\": 1"]),
            (r#""nofile": {"Name": "nofile", "Hard": -1, "Soft": 1}"#, &["warning \"Hard\": -1"]),
            (r#""nofile": {"Name": "nproc", "Hard": 1, "Soft": 1}"#, &["warning \"nproc\""]),
            (r#""": {"Name": "nofile", "Hard": 1, "Soft": 1}"#, &["warning \"nofile\""]),
            (r#""nofile": "64000:64000""#, &[]), // a wrong type
        ] {
            let text = format!(r#"{{"default-ulimits": {{{limit}}}}}"#);
            assert_flags("29", &text, ID, expected);
        }
    }
}
