//! How does the engine become an npm package?

use std::fs;
use std::path::{Path, PathBuf};

use crate::assets::Source;
use crate::compress;
use crate::files;
use crate::project::Project;
use crate::steps::Steps;
use crate::trouble::{AtPath, Result, Trouble};
use crate::wasm::{self, Kind, Part};

/// What of the package is written by hand.
const SOURCES: &str = "web/npm";

const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// What the package calls its version until it is stamped with that of the workspace.
const UNSTAMPED: &str = "\"version\": \"0.0.0\"";

/// What imports wasm as only some bundlers can; `engine.js` does it for all.
const FOR_BUNDLERS: [&str; 2] = ["drydock.js", "drydock_bg.wasm.d.ts"];

/// How many steps [`build`] takes.
pub const STEPS: usize = 1;

/// Builds the package, and returns its folder, which `npm publish` takes as it is.
pub fn build(project: &Project, steps: &Steps) -> Result<PathBuf> {
    let folder = project.npm_package();
    let weight = steps.run("Build the npm package", |step| {
        wasm::pack(project, step, Part::Package, Kind::Release)?;
        wasm::shrink(project, step, Part::Package)?;
        let files = gather(project)?;
        write(&folder, &files)?;
        step.note("compressing");
        Weight::of(&files).at("compress", &folder)
    })?;
    println!(
        "\nnpm package: {:.1} kB, {:.1} kB brotli; its JavaScript {:.1} kB brotli.",
        weight.raw as f64 / 1000.0,
        weight.brotli as f64 / 1000.0,
        weight.javascript as f64 / 1000.0
    );
    Ok(folder)
}

/// What a program that uses the package loads, in bytes.
struct Weight {
    raw: usize,
    brotli: usize,
    javascript: usize,
}

impl Weight {
    fn of(files: &[Source]) -> std::io::Result<Self> {
        let mut weight = Self { raw: 0, brotli: 0, javascript: 0 };
        for Source { name, bytes } in files {
            let is_wasm = name.ends_with(".wasm");
            if is_wasm || name.ends_with(".js") {
                let packed = compress::brotli(bytes)?.len();
                weight.raw += bytes.len();
                weight.brotli += packed;
                weight.javascript += if is_wasm { 0 } else { packed };
            }
        }
        Ok(weight)
    }
}

fn gather(project: &Project) -> Result<Vec<Source>> {
    let mut files = files::under(&project.path(SOURCES))?;
    for file in &mut files {
        if file.name == "package.json" {
            file.bytes = stamped(&file.bytes)?;
        }
    }
    let made = wasm::files(project, Part::Package, Kind::Release)?.into_iter();
    files.extend(made.filter(|file| !FOR_BUNDLERS.contains(&file.name.as_str())));
    for name in LICENCES {
        let path = project.path(name);
        files.push(Source { name: name.to_owned(), bytes: fs::read(&path).at("read", &path)? });
    }
    Ok(files)
}

/// Gives the package the version of the workspace.
fn stamped(manifest: &[u8]) -> Result<Vec<u8>> {
    let manifest = String::from_utf8_lossy(manifest);
    if !manifest.contains(UNSTAMPED) {
        return Err(Trouble::new(
            format!("web/npm/package.json does not say {UNSTAMPED}"),
            "Write it so: the version is stamped when the package is built.",
        ));
    }
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    Ok(manifest.replace(UNSTAMPED, &version).into_bytes())
}

fn write(folder: &Path, files: &[Source]) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).at("remove", folder)?;
    }
    fs::create_dir_all(folder).at("make", folder)?;
    for file in files {
        let path = folder.join(&file.name);
        fs::write(&path, &file.bytes).at("write", &path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_gets_the_version_of_the_workspace() {
        let manifest = Project::find().path(SOURCES).join("package.json");
        let stamped = stamped(&fs::read(manifest).unwrap()).unwrap();
        let stamped: serde_json::Value = serde_json::from_slice(&stamped).unwrap();
        assert_eq!(stamped["version"], env!("CARGO_PKG_VERSION"));
        assert!(super::stamped(b"{}").is_err());
    }
}
