//! How does the web crate become WebAssembly with its JavaScript glue?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::assets::{self, Source};
use crate::project::Project;
use crate::run;
use crate::steps::Step;
use crate::tools;
use crate::trouble::{AtPath, Result};

/// What the web crate is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The Yew page, and the editor of embeds.
    Page,
    /// What says the verdict in embeds, and nothing else.
    Judge,
    /// The core with what the npm package exports.
    Package,
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

/// What loads the later modules of a part that has split points.
const LOADER: &str = "__wasm_split.js";

const MEND_THE_CODE: &str = "Mend what the compiler says above.";

impl Part {
    /// What its files are called.
    pub fn name(self) -> &'static str {
        match self {
            Part::Page => "drydock_page",
            Part::Judge => "drydock_judge",
            Part::Package => "drydock",
        }
    }

    fn cargo_arguments(self) -> &'static [&'static str] {
        match self {
            Part::Page => &["--features", "page"],
            Part::Judge => &["--features", "judge"],
            Part::Package => &["--features", "npm"],
        }
    }

    /// How wasm-pack writes the glue: for browsers, or for whoever instantiates the wasm, with types.
    fn glue_arguments(self) -> &'static [&'static str] {
        match self {
            Part::Page | Part::Judge => &["--target", "web", "--no-typescript"],
            Part::Package => &["--target", "bundler"],
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
///
/// A part with split points comes as several modules of wasm; what loads the later ones is made part of its glue.
pub fn pack(project: &Project, step: &Step, part: Part, kind: Kind) -> Result<()> {
    let mut command = Command::new("wasm-pack");
    command
        .args(["build", "--mode", "no-install", "--no-opt", "--no-pack"])
        .args(part.glue_arguments())
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
    let folder = folder(project, part, kind);
    if folder.exists() {
        fs::remove_dir_all(&folder).at("remove", &folder)?;
    }
    run::quietly(step, &mut command, MEND_THE_CODE)?;
    let loader = folder.join(LOADER);
    if loader.exists() {
        join_loader(project, step, &folder.join(format!("{}.js", part.name())))?;
        fs::remove_file(&loader).at("remove", &loader)?;
    }
    Ok(())
}

/// Makes the glue and the loader, which import each other, one file: each could not be named after its bytes.
fn join_loader(project: &Project, step: &Step, glue: &Path) -> Result<()> {
    let mut command = Command::new("node");
    command
        .arg(project.path("xtask/node_modules/esbuild/bin/esbuild"))
        .arg(glue)
        .args([
            "--bundle",
            "--format=esm",
            "--charset=utf8",
            "--log-level=warning",
            "--allow-overwrite",
        ])
        .arg(format!("--outfile={}", glue.display()));
    run::quietly(
        step,
        &mut command,
        "Read what esbuild says above about the glue that wasm-bindgen and wasm-split wrote.",
    )
}

/// Makes a packed part's wasm smaller.
pub fn shrink(project: &Project, step: &Step, part: Part) -> Result<()> {
    for source in files(project, part, Kind::Release)? {
        if assets::extension(&source.name) == "wasm" {
            shrink_module(
                project,
                step,
                &folder(project, part, Kind::Release).join(source.name),
            )?;
        }
    }
    Ok(())
}

fn shrink_module(project: &Project, step: &Step, wasm: &Path) -> Result<()> {
    let small = wasm.with_extension("small");
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
        .args([&small, wasm]);
    run::quietly(
        step,
        &mut command,
        "Read what wasm-opt says above; a new Rust may use a WebAssembly feature that `xtask/src/wasm.rs` does not name yet.",
    )?;
    fs::rename(&small, wasm).at("replace", wasm)
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
