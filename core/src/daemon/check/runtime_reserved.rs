//! A runtime with the name of the Engine's own.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// A runtime called `runc`, which is the name of the Engine's own.
    ///
    /// ## Why it matters
    /// The daemon refuses to have its own runtime replaced.
    ///
    /// ## What to do
    /// Give the runtime another name, and name it in `default-runtime` to use it for all containers.
    ///
    /// ## Example
    /// ```json
    /// { "runtimes": { "runc": { "path": "/usr/local/bin/runc" } } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/runtime_unix.go`, `setupRuntimes`; up to 24.0 `daemon/config/config.go`, `Validate`
    "runtime-reserved", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let runtimes = context.settings.entries("runtimes");
    let Some(runc) = runtimes.iter().find(|it| it.name == "runc") else {
        return;
    };
    let stage = match context.since(25, 0) {
        true => Stage::Start,
        false => Stage::Load,
    };
    let free = ["custom-runc", "custom-runc-2"].into_iter().find(|name| runtimes.iter().all(|it| it.name != *name));
    let rename = free.map(|name| Fix::choice(say!("Rename to `{name}`"), context.rename(runc.setting.key, name)));
    found.push(
        Diagnostic::error(ID, stage, runc.setting.key, "The name `runc` is reserved for the Engine's own runtime")
            .why(match stage {
                Stage::Load => "The daemon refuses all its settings because of this name.",
                Stage::Evaluation | Stage::Start | Stage::Run => {
                    "The daemon does not start with a runtime of this name."
                }
            })
            .help("Give it another name, and put that into `default-runtime` to use it for all containers.")
            .fix(rename),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{Engine, daemon::check::tests::diagnose_on, rule::diagnostic::Stage};

    #[test]
    fn is_refused_early_before_25_and_late_since() {
        for (engine, text, expected) in [
            (Engine::new(24, 0, 9), r#"{"runtimes": {"runc": {}}}"#, Some(Stage::Load)),
            (Engine::new(25, 0, 0), r#"{"runtimes": {"runc": {}}}"#, Some(Stage::Start)),
            (Engine::LATEST, r#"{"runtimes": {"Runc": {}}}"#, None),
        ] {
            let found = diagnose_on(engine, text, ID);
            assert_eq!(found.first().and_then(|it| it.stage), expected, "{engine}");
        }
    }
}
