//! A default runtime that is not there.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{Engine, daemon::settings::Setting, document::Value};

rule! {
    /// A default runtime that is neither the Engine's own nor listed in `runtimes`.
    ///
    /// ## Why it matters
    /// The daemon does not start with it. The usual case: `"default-runtime": "nvidia"` without the entry in `runtimes`
    /// that the toolkit's installer adds.
    ///
    /// ## What to do
    /// Add the runtime to `runtimes`, by exactly this name, or use `runc`. Since Engine 23.0 the name of a containerd
    /// shim, such as `io.containerd.kata.v2`, also does.
    ///
    /// ## Example
    /// ```json
    /// { "default-runtime": "nvidia" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/runtime_unix.go`, `setupRuntimes` and `isPermissibleC8dRuntimeName`; up to 24.0
    /// `daemon/config/config.go`, `Validate`
    "default-runtime-unknown", [Error, Warning], check
}

/// A runtime that went with the shims of containerd's first generation.
const V1: &str = "io.containerd.runtime.v1.linux";

fn check(context: &Context, found: &mut Found) {
    let Some(default) = context.settings.text("default-runtime") else {
        return;
    };
    let runtimes = context.settings.entries("runtimes");
    // Runtimes given as flags are not seen here.
    let has_flags = context.host().flags.has("add-runtime");
    if has_flags || runtimes.iter().any(|it| it.name == default.value) {
        return;
    }
    if !is_accepted(default.value, context.engine) {
        let names: Vec<&str> = runtimes.iter().map(|it| it.name).collect();
        found.push(unknown(context, default, &names));
    } else if default.value == V1 && context.since(23, 0) {
        found.push(
            Diagnostic::no_container(ID, default.span, say!("Runtime `{V1}` is gone since Engine 23.0"))
                .why("The daemon takes it for the name of a shim and starts, and then no container does.")
                .help("Use `runc`.")
                .fix(Fix::choice("Use `runc`", context.replace(default.span, "runc"))),
        );
    }
}

fn is_accepted(name: &str, engine: Engine) -> bool {
    let is_own = matches!(name, "runc" | "io.containerd.runc.v2");
    match engine < Engine::new(23, 0, 0) {
        true => is_own || name == V1,
        false => is_own || is_shim(name, engine),
    }
}

/// Whether a name could be that of a containerd shim: a point, since 25.0 not at its beginning, and no slash.
fn is_shim(name: &str, engine: Engine) -> bool {
    let prefix = name.split_once('.').map(|(prefix, _)| prefix);
    let may_begin = engine < Engine::new(25, 0, 0);
    !crate::text::find::has(name, b'/') && prefix.is_some_and(|it| may_begin || !it.is_empty())
}

fn unknown(context: &Context, default: Setting<&str>, names: &[&str]) -> Diagnostic {
    let name = default.value;
    let stage = match context.since(25, 0) {
        true => Stage::Start,
        false => Stage::Load,
    };
    let diagnostic =
        Diagnostic::error(ID, stage, default.span, say!("The default runtime `{name}` is not among `runtimes`")).why(
            match stage {
                Stage::Load => "The daemon refuses the configuration when it does not know its default runtime.",
                Stage::Evaluation | Stage::Start | Stage::Run => {
                    "The daemon does not start when it does not know its default runtime."
                }
            },
        );
    diagnostic.explained(|diagnostic| {
        let replace = |right: &str| context.replace(default.span, right);
        let use_runc = Fix::choice("Use `runc`", replace("runc"));
        let nearest = names
            .iter()
            .copied()
            .chain(["runc"])
            .filter(|it| crate::text::words::distance(&it.to_ascii_lowercase(), &name.to_ascii_lowercase()) <= 1)
            .find(|it| *it != name);
        if let Some(right) = nearest {
            return diagnostic
                .help(say!("Did you mean `{right}`?"))
                .fix(Fix::safe(say!("Use `{right}`"), replace(right)));
        }
        if name.starts_with('/') {
            return diagnostic
                .help("A path goes into `runtimes`, under a name of its own; that name is the default runtime.")
                .fix(use_runc);
        }
        let program = match name {
            "nvidia" => "nvidia-container-runtime",
            "kata" | "kata-runtime" => "kata-runtime",
            "gvisor" => "runsc",
            _ => name,
        };
        diagnostic
            .help("Add it to `runtimes` with the `path` of its program, or use `runc`.")
            .fix(Fix::choice(
                say!("Add runtime `{name}` with program `{program}`"),
                context.set(&["runtimes", name], Value::Map(vec![("path".to_owned(), Value::string(program))])),
            ))
            .fix(use_runc)
    })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{daemon::check::tests::diagnose_on, rule::diagnostic::Stage};

    #[test]
    fn names_are_known_listed_or_shims() {
        for (default, in_20_10, in_24, in_29) in [
            ("runc", None, None, None),
            ("io.containerd.runc.v2", None, None, None),
            ("listed", None, None, None),
            ("Listed", Some(Stage::Load), Some(Stage::Load), Some(Stage::Start)),
            ("nvidia", Some(Stage::Load), Some(Stage::Load), Some(Stage::Start)),
            ("io.containerd.kata.v2", Some(Stage::Load), None, None),
            (".kata", Some(Stage::Load), None, Some(Stage::Start)),
            ("/usr/bin/crun.x", Some(Stage::Load), Some(Stage::Load), Some(Stage::Start)),
            ("", None, None, None),
        ] {
            let text = format!(r#"{{"default-runtime": "{default}", "runtimes": {{"listed": {{"path": "/a"}}}}}}"#);
            for (engine, expected) in [("20.10", in_20_10), ("24", in_24), ("29", in_29)] {
                let found = diagnose_on(engine.parse().unwrap(), &text, ID);
                let stage = found.first().and_then(|it| it.stage);
                assert_eq!(stage, expected, "{default} in {engine}");
            }
        }
    }
}
