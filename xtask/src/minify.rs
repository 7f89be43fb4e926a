//! How are scripts and styles freed of what only people need to read them?

use std::fs;
use std::process::Command;

use crate::assets::{self, Source};
use crate::files;
use crate::project::Project;
use crate::run;
use crate::steps::Step;
use crate::trouble::{AtPath, Result};

/// Returns the sources with scripts and styles minified, each by itself: nothing is bundled or renamed across files.
pub fn all(project: &Project, step: &Step, sources: Vec<Source>) -> Result<Vec<Source>> {
    let folder = project.target.join("site/parts/minify");
    let (written, small) = (folder.join("written"), folder.join("small"));
    if folder.exists() {
        fs::remove_dir_all(&folder).at("remove", &folder)?;
    }
    let (readable, mut finished): (Vec<Source>, Vec<Source>) =
        sources.into_iter().partition(|source| matches!(assets::extension(&source.name), "js" | "css"));
    for source in &readable {
        let path = written.join(&source.name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).at("make", parent)?;
        }
        fs::write(&path, &source.bytes).at("write", &path)?;
    }
    let mut command = Command::new("node");
    command
        .arg(project.path("xtask/node_modules/esbuild/bin/esbuild"))
        .args(readable.iter().map(|source| &source.name))
        .args(["--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning", "--outbase=."])
        .arg(format!("--outdir={}", small.display()))
        .current_dir(&written);
    run::quietly(step, &mut command, "Mend what esbuild says above about the file.")?;
    finished.extend(files::under(&small)?);
    Ok(finished)
}
