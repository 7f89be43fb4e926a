//! A runtime that names no program, or two.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::settings::{Entry, Setting},
    document::Kind as NodeKind,
    text::Span,
};

rule! {
    /// A runtime that names no program, or in two ways at once.
    ///
    /// ## Why it matters
    /// A runtime is either a program that is called as runc is (`path`, with `runtimeArgs`) or a containerd shim
    /// (`runtimeType`, with `options`). Since Engine 24.0 the daemon does not start with neither, both, or the
    /// companion of the other.
    ///
    /// ## What to do
    /// Keep `path` for runc-like programs such as `crun` or `nvidia-container-runtime`, `runtimeType` for shims such
    /// as `io.containerd.kata.v2`.
    ///
    /// ## Example
    /// ```json
    /// { "runtimes": { "kata": { "path": "/usr/bin/kata-runtime", "runtimeType": "io.containerd.kata.v2" } } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/runtime_unix.go`, `setupRuntimes`; in 24.0 `initRuntimes`
    "runtime-malformed", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for runtime in context.settings.entries("runtimes") {
        let is_readable = matches!(runtime.setting.value.kind, NodeKind::Map(_) | NodeKind::Null);
        if is_readable && runtime.name != "runc" {
            found.extend(malformed(context, runtime));
        }
    }
}

fn malformed(context: &Context, runtime: Entry) -> Option<Diagnostic> {
    let name = runtime.name;
    let text = |key: &str| {
        let member = runtime.setting.member(key)?.text();
        member.filter(|it| !it.value.is_empty())
    };
    let path = text("path");
    let arguments = runtime.setting.member("runtimeArgs").filter(|it| !it.value.elements().is_empty());
    let error = |span: Span, message: String| {
        Diagnostic::error(ID, Stage::Start, span, message)
            .why("The daemon does not start with a runtime it cannot make sense of.")
    };
    let is_path = text("runtimeType").is_none() || !context.since(24, 0);
    if is_path && path.is_some() && arguments.is_some() && !names_a_file(name, context.since(25, 0)) {
        return Some(
            error(runtime.setting.key, say!("The name of runtime `{name}` cannot be that of a file"))
                .help("With `runtimeArgs`, the daemon writes a script of that name: leave out slashes."),
        );
    }
    if !context.since(24, 0) {
        // Only `path` is read; an empty one is noticed when a container starts.
        return path.is_none().then(|| {
            let message = say!("Runtime `{name}` has no `path`");
            let is_default = context.settings.text("default-runtime").is_some_and(|it| it.value == name);
            let diagnostic = match is_default {
                true => Diagnostic::no_container(ID, runtime.setting.key, message),
                false => Diagnostic::warning(ID, runtime.setting.key, message),
            };
            diagnostic
                .why("The daemon starts, and then containers with this runtime fail.")
                .help("Add the `path` of its program, or remove the runtime.")
                .fix(remove(context, &say!("Remove runtime `{name}`"), runtime.setting.span))
        });
    }
    let kind = text("runtimeType");
    let options = runtime.setting.member("options").filter(|it| !it.value.members().is_empty());
    Some(match (path, kind) {
        (None, None) => error(runtime.setting.key, say!("Runtime `{name}` has neither `path` nor `runtimeType`"))
            .help("Add the `path` of a program that is called as runc is, or the `runtimeType` of a containerd shim.")
            .fix(remove(context, &say!("Remove runtime `{name}`"), runtime.setting.span)),
        (Some(path), Some(kind)) => {
            let mut keep =
                [remove(context, "Keep `path`", kind.span), remove(context, "Keep `runtimeType`", path.span)];
            // runc's own shim beside a path stands for what `path` alone means.
            if kind.value != "io.containerd.runc.v2" {
                keep.reverse();
            }
            let [first, second] = keep;
            error(kind.whole(), say!("Runtime `{name}` has both `path` and `runtimeType`"))
                .related(path.whole(), "the path")
                .help("Keep `runtimeType` when it is a containerd shim, `path` when it is called as runc is.")
                .fix(first)
                .fix(second)
        }
        (Some(_), None) => companion(context, error, name, options?, "options", "runtimeType"),
        (None, Some(_)) => companion(context, error, name, arguments?, "runtimeArgs", "path"),
    })
}

/// Whether the daemon can write a script of this name; since 25.0 it adds an ending of its own.
fn names_a_file(name: &str, has_ending: bool) -> bool {
    let is_own = |folder: &str| folder.split('/').all(|it| matches!(it, "" | "." | ".."));
    let name = if has_ending { name } else { name.trim_end_matches('/') };
    let file = name.rsplit_once('/').map_or(Some(name), |(folder, file)| is_own(folder).then_some(file));
    file.is_some_and(|it| has_ending || !matches!(it, "" | "." | "..")) && !crate::text::find::has(name, b'\0')
}

fn companion(
    context: &Context,
    error: impl Fn(Span, String) -> Diagnostic,
    name: &str,
    setting: Setting<&crate::document::Node>,
    key: &str,
    owner: &str,
) -> Diagnostic {
    error(setting.key, say!("Runtime `{name}` has `{key}`, which is only for `{owner}`"))
        .help(say!("Remove `{key}`, or use `{owner}`."))
        .fix(remove(context, &say!("Remove `{key}`"), setting.span))
}

fn remove(context: &Context, title: &str, span: Span) -> Fix {
    Fix::choice(title, context.remove(span))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn arguments_need_a_name_that_a_file_can_have() {
        for (name, arguments, on_20, on_29) in [
            ("x", r#"["a"]"#, false, false),
            ("x y", r#"["a"]"#, false, false),
            ("x/y", r#"["a"]"#, true, true),
            ("x/y", "[]", false, false),
            ("../x", r#"["a"]"#, false, false),
            ("x/", r#"["a"]"#, false, true),
            ("..", r#"["a"]"#, true, false),
            ("", r#"["a"]"#, true, false),
        ] {
            let text = format!(r#"{{"runtimes": {{"{name}": {{"path": "/a", "runtimeArgs": {arguments}}}}}}}"#);
            let expected = [format!("error \"{name}\"")];
            for (engine, is_flagged) in [("20.10", on_20), ("29", on_29)] {
                let expected: Vec<&str> = expected.iter().map(String::as_str).filter(|_| is_flagged).collect();
                assert_flags(engine, &text, ID, &expected);
            }
        }
    }

    #[test]
    fn needs_one_program_and_its_own_companions() {
        for (runtime, since_24, before) in [
            (r#"{}"#, "error \"x\"", "warning \"x\""),
            (r#"null"#, "error \"x\"", "warning \"x\""),
            (r#"{"path": ""}"#, "error \"x\"", "warning \"x\""),
            (r#"{"path": "/a"}"#, "", ""),
            (r#"{"PATH": "/a", "runtimeArgs": ["b"]}"#, "", ""),
            (r#"{"path": "/a", "runtimeType": "b.c"}"#, "error \"runtimeType\": \"b.c\"", ""),
            (r#"{"path": "/a", "options": {"b": 1}}"#, "error \"options\"", ""),
            (r#"{"path": "/a", "options": {}}"#, "", ""),
            (r#"{"runtimeType": "b.c", "runtimeArgs": ["d"]}"#, "error \"runtimeArgs\"", "warning \"x\""),
            (r#"{"runtimeType": "b.c", "options": {"b": 1}}"#, "", "warning \"x\""),
            (r#""/bin/true""#, "", ""), // a wrong type
        ] {
            let text = format!(r#"{{"runtimes": {{"x": {runtime}}}}}"#);
            for (engine, expected) in [("29", since_24), ("24", since_24), ("23", before), ("20.10", before)] {
                let expected = [expected];
                let expected = if expected == [""] { &[] } else { &expected[..] };
                assert_flags(engine, &text, ID, expected);
            }
        }
    }
}
