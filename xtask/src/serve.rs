//! `cargo xtask serve`: shows the page to the person who is changing it.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::build;
use crate::files;
use crate::project::Project;
use crate::reference;
use crate::run;
use crate::server::{Running, Site};
use crate::steps::{self, Steps};
use crate::tools::{self, Missing};
use crate::trouble::Result;
use crate::wasm::{self, Kind, Part};

/// Where the page is when nothing else is asked for.
const USUAL_PORT: u16 = 8080;

const LOOK_EVERY: Duration = Duration::from_millis(300);

/// Sets up what is missing, builds, serves, and builds again whenever a source changes; it does not return.
pub fn serve(project: &Project, port: Option<u16>) -> Result<()> {
    // First, so that a taken port is told at once and not after the build.
    let running = start(port)?;
    let missing = tools::missing(project)?;
    let steps = Steps::new(missing.len() + usize::from(!missing.is_empty()) + build::step_count(Kind::Quick));
    let mut seen = files::snapshot(&watched(project));
    if !missing.is_empty() {
        set_up(project, &steps, &missing)?;
    }
    let folder = build::quick(project, &steps)?;
    running.exchange(Site::read(&folder)?);
    eprintln!(
        "\nDrydock is at {}/ (ready after {}). It is built again when a source changes: reload the page then. Ctrl-C ends it.",
        running.address,
        steps::seconds(steps.elapsed())
    );
    drop(steps);
    loop {
        thread::sleep(LOOK_EVERY);
        let now = files::snapshot(&watched(project));
        if let Some(path) = files::changed(&seen, &now) {
            eprintln!("\n{} changed.", shown(project, path));
            rebuild(project, &running);
        }
        seen = now;
    }
}

/// Fetches the tools while the page is already compiled: none of that needs the other.
fn set_up(project: &Project, steps: &Steps, missing: &[Missing]) -> Result<()> {
    let (target, others): (Vec<Missing>, Vec<Missing>) =
        missing.iter().cloned().partition(|thing| *thing == Missing::WasmTarget);
    tools::fetch(project, steps, &target)?;
    run::beside(
        || tools::fetch(project, steps, &others),
        || {
            steps.run("Compile the page and the core for the first time", |step| {
                wasm::compile(project, step, Part::Page, Kind::Quick)?;
                reference::compile(project, step)
            })
        },
    )?;
    Ok(())
}

fn rebuild(project: &Project, running: &Running) {
    let begun = Instant::now();
    let steps = Steps::new(build::step_count(Kind::Quick));
    match build::quick(project, &steps).and_then(|folder| Site::read(&folder)) {
        Ok(site) => {
            running.exchange(site);
            eprintln!("Built again in {}: reload {}/", steps::seconds(begun.elapsed()), running.address);
        }
        Err(trouble) => {
            eprintln!("{trouble}\n  The page is still the one from before; it is built again at the next change.")
        }
    }
}

fn start(port: Option<u16>) -> Result<Running> {
    match port {
        Some(port) => Running::start(Site::default(), Some(port)),
        None => Running::start(Site::default(), Some(USUAL_PORT)).or_else(|_| Running::start(Site::default(), None)),
    }
}

fn watched(project: &Project) -> Vec<PathBuf> {
    ["core", "web", "static", "Cargo.toml", "Cargo.lock"].iter().map(|name| project.path(name)).collect()
}

fn shown(project: &Project, path: &Path) -> String {
    path.strip_prefix(&project.root).unwrap_or(path).display().to_string()
}
