//! `cargo xtask check`: is the code laid out, and free of warnings, for every target?

use std::{fs, path::PathBuf, process::Command};

use crate::{
    project::Project,
    run,
    steps::Steps,
    tools,
    trouble::{AtPath, Result},
};

/// How many steps [`run_all`] takes.
pub const STEPS: usize = 6;

const LINTS: &str = "Mend what clippy says above; `cargo xtask check` says the same again until it is mended.";

/// The files of the rules, which a macro hides from `cargo fmt`.
fn rules(project: &Project) -> Result<Vec<PathBuf>> {
    let mut rules = Vec::new();
    for folder in ["compose", "containers", "daemon", "images", "manifest", "native", "oci", "run"] {
        let folder = project.path(format!("core/src/{folder}/check"));
        let entries = fs::read_dir(&folder).at("read", &folder)?;
        rules.extend(entries.flatten().map(|it| it.path()));
    }
    Ok(rules)
}

/// Looks at layout first, for it is the quickest to know.
pub fn run_all(project: &Project, steps: &Steps) -> Result<()> {
    steps.run("Check the layout of the code", |step| {
        let mut command = Command::new("cargo");
        command.args(["fmt", "--all", "--", "--check"]).args(rules(project)?).current_dir(&project.root);
        run::quietly(step, &mut command, "Run `cargo fmt --all -- core/src/*/check/*.rs`.")
    })?;
    for (title, arguments) in [
        ("Look for warnings on this machine", &["--workspace", "--all-targets"][..]),
        (
            "Look for warnings in the page",
            &["--package", "drydock-web", "--features", "page", "--target", tools::WASM_TARGET],
        ),
        ("Look for warnings in the engine", &["--package", "drydock-web", "--target", tools::WASM_TARGET]),
        (
            "Look for warnings in the npm package",
            &["--package", "drydock-web", "--features", "npm", "--target", tools::WASM_TARGET],
        ),
    ] {
        steps.run(title, |step| {
            let mut command = Command::new("cargo");
            command.arg("clippy").args(arguments).args(["--", "--deny", "warnings"]).current_dir(&project.root);
            run::quietly(step, &mut command, LINTS)
        })?;
    }
    steps.run("Look for warnings in the documentation", |step| {
        let mut command = Command::new("cargo");
        command
            .args(["doc", "--workspace", "--no-deps"])
            .env("RUSTDOCFLAGS", "--deny warnings")
            .current_dir(&project.root);
        run::quietly(step, &mut command, "Mend what rustdoc says above.")
    })
}
