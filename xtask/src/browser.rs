//! Which browser do the tests drive, and where does one come from?

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::Project;
use crate::run;
use crate::steps::Step;
use crate::trouble::{Result, Trouble};

/// The variable that tells the browser tests which program to start.
pub const VARIABLE: &str = "CHROMIUM";

const USUAL_NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The npm packages that have Playwright, which knows where it keeps browsers of its own.
const WITH_PLAYWRIGHT: [(&str, &str); 2] = [("e2e", "@playwright/test"), ("web/editor", "playwright-core")];

/// Returns the browser that is there: the one named by [`VARIABLE`], the system's, or Playwright's own.
pub fn find(project: &Project) -> Option<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE) {
        return Some(named.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    USUAL_NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .chain([PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")])
        .find(|program| program.is_file())
        .or_else(|| {
            WITH_PLAYWRIGHT.iter().find_map(|(folder, package)| playwrights_own(&project.path(folder), package))
        })
}

/// Fetches a browser: Playwright's own, or Debian's package where that is allowed. The npm packages are there already.
///
/// # Errors
///
/// Neither can be had.
pub fn fetch(project: &Project, step: &Step) -> Result<()> {
    for (folder, package) in WITH_PLAYWRIGHT {
        let folder = project.path(folder);
        let program = folder.join("node_modules").join(package).join("cli.js");
        if program.exists() {
            let mut command = Command::new("node");
            command.arg(program).args(["install", "chromium"]).current_dir(folder);
            if run::quietly(step, &mut command, "").is_ok() {
                return Ok(());
            }
        }
    }
    let remedy = format!(
        "Install Chromium or Chrome by hand (on Debian: `apt-get install chromium`), or set {VARIABLE} to where it is."
    );
    if is_root() && Path::new("/usr/bin/apt-get").exists() {
        for arguments in
            [&["update", "--quiet"][..], &["install", "--quiet", "--yes", "--no-install-recommends", "chromium"]]
        {
            let mut command = Command::new("apt-get");
            command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
            run::quietly(step, &mut command, &remedy)?;
        }
        return Ok(());
    }
    Err(Trouble::new("There is no browser for the tests, and Playwright's own could not be fetched", remedy))
}

fn playwrights_own(folder: &Path, package: &str) -> Option<PathBuf> {
    if !folder.join("node_modules").join(package).exists() {
        return None;
    }
    let mut command = Command::new("node");
    command.arg("--print").arg(format!("require('{package}').chromium.executablePath()")).current_dir(folder);
    let program = PathBuf::from(run::answer(&mut command)?);
    program.is_file().then_some(program)
}

fn is_root() -> bool {
    run::answer(Command::new("id").arg("-u")).is_some_and(|user| user == "0")
}
