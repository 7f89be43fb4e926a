//! Which files of the site does the core write: option help, rule pages, known networks?

use std::process::Command;

use crate::assets::Source;
use crate::project::Project;
use crate::run;
use crate::steps::Step;
use crate::trouble::{Result, Trouble};

/// Each generated file, and what `drydock` is asked to print it.
///
/// The terminal program is asked rather than the core linked, so that a running `serve` shows what the core says now.
const GENERATED: [(&str, &[&str]); 1] = [("reference.json", &["reference"])];

/// Compiles what [`files`] asks, so that it then answers at once.
pub fn compile(project: &Project, step: &Step) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["build", "--package", "drydock"]).current_dir(&project.root);
    run::quietly(step, &mut command, "Mend what the compiler says above.")
}

/// Returns the generated files.
pub fn files(project: &Project) -> Result<Vec<Source>> {
    GENERATED
        .iter()
        .map(|(name, arguments)| {
            let mut command = Command::new("cargo");
            command.args(["run", "--quiet", "--package", "drydock", "--"]).args(*arguments).current_dir(&project.root);
            let text = run::answer(&mut command).ok_or_else(|| {
                Trouble::new(
                    format!("`drydock {}` did not print {name}", arguments.join(" ")),
                    "Run it by hand (`cargo run --package drydock -- …`) and mend what it says.",
                )
            })?;
            Ok(Source { name: (*name).to_owned(), bytes: text.into_bytes() })
        })
        .collect()
}
