//! How does the web crate become WebAssembly with its JavaScript glue?

use std::collections::HashMap;
use std::env;
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
        .args(["build", "--lib", "--target", tools::WASM_TARGET, "--profile", kind.cargo_profile()])
        .args(part.cargo_arguments())
        .current_dir(project.path("web"));
    name_crates_alike(&mut command, kind);
    run::quietly(step, &mut command, MEND_THE_CODE)
}

/// Lets what is shipped say `crates/…` where this machine keeps the sources of crates: bytes do not depend on who builds.
fn name_crates_alike(command: &mut Command, kind: Kind) {
    let (Kind::Release, Some(folder)) = (kind, crates()) else {
        return;
    };
    let given = env::var("RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<String> = given.split_whitespace().map(str::to_owned).collect();
    let registries = fs::read_dir(folder).into_iter().flatten().flatten();
    flags.extend(registries.map(|it| format!("--remap-path-prefix={}=crates", it.path().display())));
    flags.sort();
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
}

/// Where cargo keeps the sources of crates, in a folder for each registry.
pub fn crates() -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")))?;
    Some(home.join("registry/src"))
}

/// Builds a part by wasm-pack: wasm and glue, as the compiler leaves them.
///
/// A part with split points comes as several modules of wasm; what loads the later ones is made part of its glue.
pub fn pack(project: &Project, step: &Step, part: Part, kind: Kind) -> Result<()> {
    let mut command = Command::new("wasm-pack");
    command
        .args(["build", "--mode", "no-install", "--no-opt", "--no-pack"])
        .args(part.glue_arguments())
        .args(["--profile", kind.cargo_profile(), "--out-name", part.name(), "--out-dir"])
        .arg(folder(project, part, kind))
        .arg(".")
        .arg("--")
        .args(part.cargo_arguments())
        .current_dir(project.path("web"))
        .env("PATH", tools::search_path(project));
    name_crates_alike(&mut command, kind);
    let folder = folder(project, part, kind);
    if folder.exists() {
        fs::remove_dir_all(&folder).at("remove", &folder)?;
    }
    run::quietly(step, &mut command, MEND_THE_CODE)?;
    let loader = folder.join(LOADER);
    if loader.exists() {
        name_chunks(&folder)?;
        join_loader(project, step, &folder.join(format!("{}.js", part.name())))?;
        fs::remove_file(&loader).at("remove", &loader)?;
    }
    Ok(())
}

/// Names each chunk after the split points that need it, not after its place among all: `chunk_page_rest.wasm`.
fn name_chunks(folder: &Path) -> Result<()> {
    let path = folder.join(LOADER);
    let mut loader = fs::read_to_string(&path).at("read", &path)?;
    for (old, new) in chunk_names(&loader) {
        loader = loader.replace(&format!("\"./{old}\""), &format!("\"./{new}\""));
        let from = folder.join(old);
        fs::rename(&from, folder.join(new)).at("rename", &from)?;
    }
    fs::write(&path, loader).at("write", &path)
}

/// What the loader calls each chunk, and what it is to be called; it says in a comment before each who needs it.
fn chunk_names(loader: &str) -> Vec<(String, String)> {
    let lines = || loader.lines();
    let named = lines().zip(lines().skip(1)).filter_map(|(comment, line)| {
        let number = line.strip_prefix("const __chunk_")?.split(' ').next()?;
        let needed_by = comment.strip_prefix("/* ")?.strip_suffix(" */")?;
        let mut needed_by: Vec<&str> = needed_by.split(", ").collect();
        // The page first, as it decides when a chunk is needed.
        needed_by.sort_by_key(|it| (*it != "page", *it));
        Some((format!("chunk_{number}.wasm"), format!("chunk_{}.wasm", needed_by.join("_"))))
    });
    named.collect()
}

/// Makes the glue and the loader, which import each other, one file: each could not be named after its bytes.
fn join_loader(project: &Project, step: &Step, glue: &Path) -> Result<()> {
    let mut command = Command::new("node");
    command
        .arg(project.path("xtask/node_modules/esbuild/bin/esbuild"))
        .arg(glue)
        .args(["--bundle", "--format=esm", "--charset=utf8", "--log-level=warning", "--allow-overwrite"])
        .arg(format!("--outfile={}", glue.display()));
    run::quietly(
        step,
        &mut command,
        "Read what esbuild says above about the glue that wasm-bindgen and wasm-split wrote.",
    )
}

/// Makes a packed part's wasm smaller.
pub fn shrink(project: &Project, step: &Step, part: Part) -> Result<()> {
    let folder = folder(project, part, Kind::Release);
    for source in files(project, part, Kind::Release)? {
        if assets::extension(&source.name) == "wasm" {
            shrink_module(project, step, &folder.join(source.name))?;
        }
    }
    match part {
        Part::Page => shorten_imports(project, step, &folder.join(part.name())),
        Part::Judge | Part::Package => Ok(()),
    }
}

fn shrink_module(project: &Project, step: &Step, wasm: &Path) -> Result<()> {
    let small = wasm.with_extension("small");
    let arguments = ["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"];
    wasm_opt(project, step, &arguments, wasm, &small)?;
    fs::rename(&small, wasm).at("replace", wasm)
}

fn wasm_opt(project: &Project, step: &Step, arguments: &[&str], from: &Path, to: &Path) -> Result<()> {
    let mut command = Command::new("node");
    command
        .arg(project.path("xtask/node_modules/binaryen/bin/wasm-opt"))
        .args(WASM_FEATURES)
        .args(arguments)
        .arg("-o")
        .args([to, from]);
    run::quietly(
        step,
        &mut command,
        "Read what wasm-opt says above; a new Rust may use a WebAssembly feature that `xtask/src/wasm.rs` does not name yet.",
    )
}

/// Gives short names to what wasm asks of its glue: bindgen's end in hashes, which no compression makes smaller.
fn shorten_imports(project: &Project, step: &Step, name: &Path) -> Result<()> {
    let glue = name.with_extension("js");
    let text = name.with_extension("wat");
    let mut wasm = name.as_os_str().to_owned();
    wasm.push("_bg.wasm");
    let wasm = Path::new(&wasm);
    wasm_opt(project, step, &["-S"], wasm, &text)?;
    let written = fs::read_to_string(&text).at("read", &text)?;
    let names = short_names(&written);
    fs::write(&text, renamed(&written, &names)).at("write", &text)?;
    let script = fs::read_to_string(&glue).at("read", &glue)?;
    fs::write(&glue, renamed(&script, &names)).at("write", &glue)?;
    wasm_opt(project, step, &[], &text, wasm)?;
    fs::remove_file(&text).at("remove", &text)
}

/// A short name for each function of bindgen's that a module of WebAssembly text imports and does not export.
fn short_names(text: &str) -> HashMap<&str, String> {
    let named = |line: &'static str, at: usize| {
        let lines = text.lines().map(str::trim_start);
        let lines = lines.filter(move |it| it.starts_with(line));
        lines.filter_map(move |it| it.split('"').nth(at))
    };
    let is_free = |name: &&str| name.starts_with("__wb") && named("(export ", 1).all(|exported| exported != *name);
    named("(import ", 3).filter(is_free).enumerate().map(|(number, name)| (name, format!("w{number}"))).collect()
}

/// The text with other names in place of these.
fn renamed(text: &str, names: &HashMap<&str, String>) -> String {
    let is_in_name = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let parts = text.split_inclusive(|it| !is_in_name(it));
    parts
        .map(|part| {
            let name = part.trim_end_matches(|it| !is_in_name(it));
            match names.get(name) {
                Some(short) => [short, &part[name.len()..]].concat(),
                None => part.to_owned(),
            }
        })
        .collect()
}

/// Returns a part's files.
pub fn files(project: &Project, part: Part, kind: Kind) -> Result<Vec<Source>> {
    let folder = folder(project, part, kind);
    crate::files::under(&folder)
        .map(|sources| sources.into_iter().filter(|source| source.name != ".gitignore").collect())
}

fn folder(project: &Project, part: Part, kind: Kind) -> PathBuf {
    project.target.join("site/parts").join(kind.folder()).join(part.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_named_after_who_needs_them() {
        let loader = "function makeLoad() {}\n/* page, rest */\nconst __chunk_3 = makeLoad(() => {\n}, []);\n\
                      /* nix, page, rest */\nconst __chunk_11 = makeLoad(() => {\n}, []);\n";
        let names = chunk_names(loader);
        let names: Vec<(&str, &str)> = names.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
        let expected = [("chunk_3.wasm", "chunk_page_rest.wasm"), ("chunk_11.wasm", "chunk_page_nix_rest.wasm")];
        assert_eq!(names, expected);
    }

    #[test]
    fn what_is_imported_gets_short_names_on_both_sides() {
        let text = r#"(module
 (import "./p_bg.js" "__wbg_then_c949" (func $fimport$0))
 (import "./p_bg.js" "__wbg_go_1f" (func $fimport$1))
 (import "./p_bg.js" "__wbindgen_free" (func $fimport$2))
 (import "./p_bg.js" "other" (func $fimport$3))
 (export "__wbindgen_free" (func $fimport$2))
)"#;
        let names = short_names(text);
        assert_eq!(names.len(), 2);
        let glue = "{ __wbg_then_c949: f, __wbg_go_1f() {}, __wbg_go_1f2, __wbindgen_free, other }";
        assert_eq!(renamed(glue, &names), "{ w0: f, w1() {}, __wbg_go_1f2, __wbindgen_free, other }");
        let first = r#" (import "./p_bg.js" "w0" (func $fimport$0))"#;
        assert_eq!(renamed(text, &names).lines().nth(1), Some(first));
    }
}
