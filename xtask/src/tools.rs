//! What must be on the machine, what of it is missing, and how is it brought here?
//!
//! What is there is taken; the rest goes into `.tools/` of the project (the wasm target excepted, which belongs to the
//! toolchain), never into the user's own folders.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browser::{self, Browser};
use crate::project::Project;
use crate::run;
use crate::steps::{Step, Steps};
use crate::trouble::{AtPath, Result, Trouble};

/// What the page is compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The package that has wasm-bindgen and wasm-pack, with its own lockfile.
const WASM_TOOLS: &str = "xtask/tools";

/// Each program, and the packages whose versions it says.
const WASM_PROGRAMS: [(&str, &[&str]); 2] =
    [("wasm-bindgen", &["wasm-bindgen-cli", "wasm_split_cli_support"]), ("wasm-pack", &["wasm-pack"])];

const OLDEST_NODE: u32 = 20;

const NETWORK: &str =
    "Check the network (and the proxy, if there is one), then run the command again: what is already there is kept.";

/// Something to be brought here, or to be made ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The standard library for WebAssembly.
    WasmTarget,
    /// wasm-bindgen and wasm-pack.
    WasmTools,
    /// The npm packages that a folder's lockfile names.
    NpmPackages(PathBuf),
    /// A browser for the tests.
    Browser(Browser),
}

/// Returns what is not there of what every build of the site needs.
///
/// # Errors
///
/// What cannot be brought here by itself: Node.js, or rustup where the wasm target is missing.
pub fn missing(project: &Project) -> Result<Vec<Missing>> {
    check_node()?;
    let mut missing = missing_for_compiling()?;
    let lock = read(&project.path(WASM_TOOLS).join("Cargo.lock"))?;
    if !WASM_PROGRAMS.iter().all(|(program, packages)| {
        let mut version = Command::new(program);
        version.arg("--version").env("PATH", search_path(project));
        let said = run::answer(&mut version).unwrap_or_default();
        says_versions(&said, &lock, packages)
    }) {
        missing.push(Missing::WasmTools);
    }
    for folder in ["xtask", "web/editor"] {
        let folder = project.path(folder);
        if !npm_is_installed(&folder) {
            missing.push(Missing::NpmPackages(folder));
        }
    }
    Ok(missing)
}

/// Returns what is not there of what the tests in some browsers need.
///
/// # Errors
///
/// As [`missing`].
pub fn missing_for_tests(project: &Project, browsers: &[Browser]) -> Result<Vec<Missing>> {
    let mut missing = missing(project)?;
    let e2e = project.path("e2e");
    if !npm_is_installed(&e2e) {
        missing.push(Missing::NpmPackages(e2e));
    }
    let absent = browsers.iter().filter(|it| browser::find(project, **it).is_none());
    missing.extend(absent.copied().map(Missing::Browser));
    Ok(missing)
}

/// Returns what is not there of what compiling for WebAssembly needs.
///
/// # Errors
///
/// A toolchain that rustup cannot complete.
pub fn missing_for_compiling() -> Result<Vec<Missing>> {
    if has_wasm_target() {
        return Ok(Vec::new());
    }
    if run::answer(Command::new("rustup").arg("--version")).is_none() {
        return Err(Trouble::new(
            format!("This Rust toolchain has no {WASM_TARGET} target, and there is no rustup to add it"),
            "Install Rust by rustup (https://rustup.rs), or your system's package of the Rust standard library for wasm32.",
        ));
    }
    Ok(vec![Missing::WasmTarget])
}

/// Brings everything here; compiling, npm and rustup run beside each other.
pub fn fetch(project: &Project, steps: &Steps, missing: &[Missing]) -> Result<()> {
    let (compiled, others): (Vec<&Missing>, Vec<&Missing>) =
        missing.iter().partition(|thing| **thing == Missing::WasmTools);
    run::beside(
        || compiled.iter().try_for_each(|thing| fetch_one(project, steps, thing)),
        || others.iter().try_for_each(|thing| fetch_one(project, steps, thing)),
    )?;
    Ok(())
}

fn fetch_one(project: &Project, steps: &Steps, missing: &Missing) -> Result<()> {
    match missing {
        Missing::WasmTarget => steps.run("Add Rust's standard library for WebAssembly", |step| {
            run::quietly(
                step,
                Command::new("rustup").args(["target", "add", WASM_TARGET]).current_dir(&project.root),
                NETWORK,
            )
        }),
        Missing::WasmTools => {
            steps.run("Build wasm-bindgen and wasm-pack (only the first time)", |step| build_wasm_tools(project, step))
        }
        Missing::Browser(browser) => steps.run(&format!("Fetch {browser} for the tests"), |step| {
            match browser::fetch(project, *browser, step) {
                // Whether its tests can be left out is decided where they are run.
                Err(trouble) if *browser != Browser::Chromium => {
                    eprintln!("{trouble}");
                    Ok(())
                }
                fetched => fetched,
            }
        }),
        Missing::NpmPackages(folder) => steps
            .run(&format!("Fetch the npm packages of {}", shown(project, folder)), |step| {
                fetch_npm_packages(step, folder)
            }),
    }
}

fn build_wasm_tools(project: &Project, step: &Step) -> Result<()> {
    // Some hundred megabytes that nothing needs once the programs are there.
    let build = project.tools().join("build");
    let mut command = Command::new("cargo");
    command
        .args(["install", "--locked", "--force", "--debug", "--path", WASM_TOOLS, "--root"])
        .arg(project.tools())
        .current_dir(&project.root)
        .env("CARGO_TARGET_DIR", &build);
    run::quietly(step, &mut command, NETWORK)?;
    fs::remove_dir_all(&build).at("remove", &build)
}

/// Fetches a folder's npm packages, unless they are there as its lockfile says.
pub fn ensure_npm_packages(step: &Step, folder: &Path) -> Result<()> {
    if npm_is_installed(folder) {
        return Ok(());
    }
    fetch_npm_packages(step, folder)
}

fn fetch_npm_packages(step: &Step, folder: &Path) -> Result<()> {
    let mut command = Command::new("npm");
    command.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run::quietly(step, &mut command, NETWORK)?;
    let stamp = npm_stamp(folder);
    fs::write(&stamp, read(&folder.join("package-lock.json"))?).at("write", &stamp)
}

/// Returns the search path with the project's tools before the user's.
pub fn search_path(project: &Project) -> OsString {
    let mut folders = vec![project.tools().join("bin")];
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    env::join_paths(folders).unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default())
}

/// Whether a program says the versions of these packages in a Cargo.lock: "wasm-bindgen 0.2.129 wasm-split 0.2.4".
fn says_versions(said: &str, lock: &str, packages: &[&str]) -> bool {
    let mut versions = said.split_whitespace().skip(1).step_by(2);
    packages.iter().all(|package| {
        let installed = versions.next();
        installed.is_some() && installed == locked_version(lock, package).as_deref()
    })
}

/// Returns the version of a package in the text of a Cargo.lock.
pub fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.strip_suffix('"')?.to_owned())
}

fn has_wasm_target() -> bool {
    run::answer(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]))
        .is_some_and(|folder| Path::new(&folder).is_dir())
}

fn check_node() -> Result<()> {
    let remedy = format!(
        "Install Node.js {OLDEST_NODE} or newer with npm (https://nodejs.org, or your system's packages `nodejs` and `npm`)."
    );
    let Some(version) = run::answer(Command::new("node").arg("--version")) else {
        return Err(Trouble::new("There is no Node.js here", remedy));
    };
    if node_major(&version).is_none_or(|major| major < OLDEST_NODE) {
        return Err(Trouble::new(format!("Node.js {version} is too old"), remedy));
    }
    if run::answer(Command::new("npm").arg("--version")).is_none() {
        return Err(Trouble::new("There is Node.js, but no npm", remedy));
    }
    Ok(())
}

fn node_major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn npm_is_installed(folder: &Path) -> bool {
    let lock = fs::read(folder.join("package-lock.json"));
    match lock {
        Ok(lock) => fs::read(npm_stamp(folder)).is_ok_and(|installed| installed == lock),
        Err(_) => true,
    }
}

/// A copy of the lockfile that the packages beside it were fetched by.
fn npm_stamp(folder: &Path) -> PathBuf {
    folder.join("node_modules/.fetched-by-lockfile")
}

fn shown(project: &Project, folder: &Path) -> String {
    folder.strip_prefix(&project.root).unwrap_or(folder).display().to_string()
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).at("read", path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_a_lockfile() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"x\"\n";
        for (package, version) in
            [("wasm-bindgen", Some("0.2.129")), ("wasm-bindgen-macro", Some("1.0.0")), ("wasm", None)]
        {
            assert_eq!(locked_version(lock, package).as_deref(), version);
        }
    }

    #[test]
    fn the_page_and_the_tool_have_the_same_wasm_bindgen() {
        let project = Project::find();
        let page = read(&project.path("Cargo.lock")).unwrap();
        let tools = read(&project.path(WASM_TOOLS).join("Cargo.lock")).unwrap();
        let version = locked_version(&page, "wasm-bindgen");
        assert!(version.is_some());
        assert_eq!(version, locked_version(&tools, "wasm-bindgen-cli"));
    }

    #[test]
    fn a_program_says_the_versions_of_its_packages() {
        let lock = "name = \"bind\"\nversion = \"1.2.3\"\n\nname = \"cut\"\nversion = \"0.4.0\"\n";
        for (said, fits) in [
            ("bind 1.2.3 cut 0.4.0", true),
            ("bind 1.2.3", false), // somebody else's, or an older one
            ("bind 1.2.3 cut 0.3.0", false),
            ("", false),
        ] {
            assert_eq!(says_versions(said, lock, &["bind", "cut"]), fits, "{said}");
        }
    }

    #[test]
    fn node_says_its_version() {
        for (said, major) in [("v20.20.2", Some(20)), ("v8.0.0", Some(8)), ("20", None), ("", None)] {
            assert_eq!(node_major(said), major);
        }
    }
}
