//! Do the same sources give the same bytes in another folder?

use std::fs;
use std::path::Path;

use crate::files;
use crate::project::Project;
use crate::steps::{Step, Steps};
use crate::trouble::{AtPath, Result, Trouble};
use crate::wasm::{self, Kind, Part};

/// The steps that [`check`] takes.
pub const STEPS: usize = 1;

/// What the wasm is compiled from.
const SOURCES: [&str; 7] =
    ["Cargo.toml", "Cargo.lock", "core", "web/Cargo.toml", "web/src", "xtask/Cargo.toml", "xtask/src"];

/// Compiles the smallest wasm of the site, what judges in embeds, from a copy of the sources too.
///
/// # Errors
///
/// Two that differ: then files and their names would depend on who builds.
pub fn check(project: &Project, steps: &Steps) -> Result<()> {
    steps.run("Build what judges in embeds in another folder, to the same bytes", |step| {
        let root = project.target.join("site/elsewhere");
        let copy = Project { target: root.join("target"), root };
        copy_sources(project, &copy)?;
        let (here, there) = (compiled(project, step)?, compiled(&copy, step)?);
        match here == there {
            true => Ok(()),
            false => Err(Trouble::new(
                format!("What judges in embeds has other bytes when it is built in {}", copy.root.display()),
                "Look for what names a folder in the sources or in the wasm; see `name_crates_alike` in `xtask/src/wasm.rs`.",
            )),
        }
    })
}

fn compiled(project: &Project, step: &Step) -> Result<Vec<u8>> {
    wasm::compile(project, step, Part::Judge, Kind::Release)?;
    let wasm = wasm::compiled(project, Kind::Release);
    fs::read(&wasm).at("read", &wasm)
}

/// Copies the sources; what cargo made of an earlier copy stays.
fn copy_sources(from: &Project, to: &Project) -> Result<()> {
    for name in SOURCES {
        let (source, copy) = (from.path(name), to.path(name));
        if copy.is_dir() {
            fs::remove_dir_all(&copy).at("remove", &copy)?;
        }
        if source.is_file() {
            write(&copy, &fs::read(&source).at("read", &source)?)?;
        }
        if source.is_dir() {
            for file in files::under(&source)? {
                write(&copy.join(file.name), &file.bytes)?;
            }
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).at("make", parent)?;
    }
    fs::write(path, bytes).at("write", path)
}
