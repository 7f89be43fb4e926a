//! How does the web crate become WebAssembly with its JavaScript glue?

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::assets::Source;
use crate::project::Project;
use crate::run;
use crate::steps::Step;
use crate::tools;
use crate::trouble::{AtPath, Result};

/// What the web crate is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The Yew page.
    Page,
    /// The core alone, for embeds and npm.
    Engine,
}

/// For whom the site is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// For visitors: as small as it gets.
    Release,
    /// For the person who is changing it: as soon as possible.
    Quick,
}

/// What Rust uses of WebAssembly beyond its first version; browsers since 2021 (Safari since 15) know it all.
/// With `--all-features`, wasm-opt writes modules that no browser accepts.
const WASM_FEATURES: [&str; 7] = [
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

const MEND_THE_CODE: &str = "Mend what the compiler says above.";

impl Part {
    /// What its files are called.
    pub fn name(self) -> &'static str {
        match self {
            Part::Page => "drydock_page",
            Part::Engine => "drydock_engine",
        }
    }

    fn cargo_arguments(self) -> &'static [&'static str] {
        match self {
            Part::Page => &["--features", "page"],
            Part::Engine => &[],
        }
    }
}

impl Kind {
    fn cargo_profile(self) -> &'static str {
        match self {
            Kind::Release => "wasm",
            Kind::Quick => "wasm-quick",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Kind::Release => "release",
            Kind::Quick => "quick",
        }
    }
}

/// Compiles a part as [`pack`] will ask for it, which then finds it done: this needs none of the tools yet.
pub fn compile(project: &Project, step: &Step, part: Part, kind: Kind) -> Result<()> {
    let mut command = Command::new("cargo");
    command
        .args([
            "build",
            "--lib",
            "--target",
            tools::WASM_TARGET,
            "--profile",
            kind.cargo_profile(),
        ])
        .args(part.cargo_arguments())
        .current_dir(project.path("web"));
    run::quietly(step, &mut command, MEND_THE_CODE)
}

/// Builds a part by wasm-pack: wasm and glue, as the compiler leaves them.
pub fn pack(project: &Project, step: &Step, part: Part, kind: Kind) -> Result<()> {
    let mut command = Command::new("wasm-pack");
    command
        .args([
            "build",
            "--target",
            "web",
            "--mode",
            "no-install",
            "--no-opt",
            "--no-pack",
            "--no-typescript",
        ])
        .args([
            "--profile",
            kind.cargo_profile(),
            "--out-name",
            part.name(),
            "--out-dir",
        ])
        .arg(folder(project, part, kind))
        .arg(".")
        .arg("--")
        .args(part.cargo_arguments())
        .current_dir(project.path("web"))
        .env("PATH", tools::search_path(project));
    run::quietly(step, &mut command, MEND_THE_CODE)
}

/// Makes a packed part's wasm smaller.
pub fn shrink(project: &Project, step: &Step, part: Part) -> Result<()> {
    let folder = folder(project, part, Kind::Release);
    let wasm = folder.join(format!("{}_bg.wasm", part.name()));
    let small = folder.join("small.wasm");
    let mut command = Command::new("node");
    command
        .arg(project.path("xtask/node_modules/binaryen/bin/wasm-opt"))
        .args(WASM_FEATURES)
        .args([
            "-Oz",
            "--strip-debug",
            "--strip-producers",
            "--strip-target-features",
            "-o",
        ])
        .args([&small, &wasm]);
    run::quietly(
        step,
        &mut command,
        "Read what wasm-opt says above; a new Rust may use a WebAssembly feature that `xtask/src/wasm.rs` does not name yet.",
    )?;
    fs::rename(&small, &wasm).at("replace", &wasm)
}

/// Returns a part's files.
pub fn files(project: &Project, part: Part, kind: Kind) -> Result<Vec<Source>> {
    let folder = folder(project, part, kind);
    crate::files::under(&folder).map(|sources| {
        sources
            .into_iter()
            .filter(|source| source.name != ".gitignore")
            .collect()
    })
}

fn folder(project: &Project, part: Part, kind: Kind) -> PathBuf {
    project
        .target
        .join("site/parts")
        .join(kind.folder())
        .join(part.name())
}
