//! How do the sources become a site?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;
use std::time::SystemTime;

use serde::Serialize;

use crate::assets::{self, Asset, Group, Kept, Source};
use crate::compress;
use crate::files;
use crate::headers;
use crate::minify;
use crate::project::Project;
use crate::reference;
use crate::run;
use crate::size::{self, Weight};
use crate::steps::{Step, Steps};
use crate::tools;
use crate::trouble::{AtPath, Result, Trouble};
use crate::wasm::{self, Kind, Part};

/// The npm package of the page's text editor, and what it bundles.
const EDITOR: &str = "web/editor";
const EDITOR_BUNDLES: &str = "web/editor/dist";

/// Lists that the core reads when it runs; the page fetches them.
const LISTS: &str = "core/data";

/// The steps that [`quick`] or [`release`] takes.
pub fn step_count(kind: Kind) -> usize {
    match kind {
        Kind::Release => 4,
        Kind::Quick => 3,
    }
}

/// Builds the site quickly, and returns its folder.
pub fn quick(project: &Project, steps: &Steps) -> Result<PathBuf> {
    let folder = project.quick_site();
    run::beside(
        || {
            steps.run("Build the page, and what judges in embeds", |step| {
                wasm::pack(project, step, Part::Page, Kind::Quick)?;
                wasm::pack(project, step, Part::Judge, Kind::Quick)
            })
        },
        || {
            steps.run("Prepare the editor and the reference", |step| {
                bundle_editor(project, step, Kind::Quick)?;
                reference::compile(project, step)
            })
        },
    )?;
    steps.run("Put the site together", |_| {
        let mut sources = sources(project, &[Part::Page, Part::Judge], Kind::Quick)?;
        sources.extend(finished_sources(project)?);
        let assets = assets::stamp(sources, env!("CARGO_PKG_VERSION"), Kept::Nothing)?;
        write_site(&folder, &assets, &[])
    })?;
    Ok(folder)
}

/// Builds the site for visitors; whether it keeps to the budgets is for the caller to ask.
pub fn release(project: &Project, steps: &Steps) -> Result<Release> {
    let folder = project.dist();
    steps.run("Build the page", |step| wasm::pack(project, step, Part::Page, Kind::Release))?;
    run::beside(
        || {
            steps.run("Build what judges in embeds", |step| {
                wasm::pack(project, step, Part::Judge, Kind::Release)?;
                wasm::shrink(project, step, Part::Judge)
            })
        },
        || {
            steps.run("Make the page small, and prepare editor and reference", |step| {
                wasm::shrink(project, step, Part::Page)?;
                bundle_editor(project, step, Kind::Release)?;
                reference::compile(project, step)
            })
        },
    )?;
    let weighed = steps.run("Put the site together", |step| {
        let sources = sources(project, &[Part::Page, Part::Judge], Kind::Release)?;
        let mut sources = minify::all(project, step, sources)?;
        sources.extend(finished_sources(project)?);
        let assets = assets::stamp(sources, env!("CARGO_PKG_VERSION"), Kept::Everything)?;
        let here = [Some(project.root.clone()), wasm::crates()];
        name_no_folder(&assets, &here.into_iter().flatten().collect::<Vec<_>>())?;
        step.note("compressing");
        let packed = compress_all(&assets)?;
        write_site(&folder, &assets, &packed)?;
        Ok(size::weigh(&assets, &packed))
    })?;
    println!("\n{}", size::table(&weighed));
    Ok(Release { folder, weighed })
}

/// The site as it is published.
pub struct Release {
    /// Where it is.
    pub folder: PathBuf,
    /// What its files weigh.
    pub weighed: Vec<Weight>,
}

/// The compressed forms of an asset.
pub struct Packed {
    /// By brotli.
    pub br: Vec<u8>,
    /// By gzip.
    pub gz: Vec<u8>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    version: &'a str,
    files: Vec<ManifestFile<'a>>,
}

#[derive(Serialize)]
struct ManifestFile<'a> {
    path: &'a str,
    name: &'a str,
    hash: &'a str,
    group: Group,
    bytes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    brotli: Option<usize>,
}

/// Gathers what is made small already, or is data.
fn finished_sources(project: &Project) -> Result<Vec<Source>> {
    let mut sources = files::under(&project.path(EDITOR_BUNDLES))?;
    sources.extend(files::under(&project.path(LISTS))?);
    sources.extend(reference::files(project)?);
    Ok(sources)
}

/// Gathers what is written by hand, and wasm with its glue.
fn sources(project: &Project, parts: &[Part], kind: Kind) -> Result<Vec<Source>> {
    let mut sources = files::under(&project.path("static"))?;
    if !sources.iter().any(|source| source.name == "index.html") {
        return Err(Trouble::new("There is no static/index.html", "Restore it: `git checkout static/index.html`."));
    }
    let of_bench = sources.iter().find(|it| it.name == assets::EMBED).map(assets::of_bench);
    sources.extend(of_bench);
    for part in parts {
        sources.extend(wasm::files(project, *part, kind)?);
    }
    Ok(sources)
}

/// Bundles the editor by its own npm script; for a quick build only when a source of it is newer.
fn bundle_editor(project: &Project, step: &Step, kind: Kind) -> Result<()> {
    let folder = project.path(EDITOR);
    if kind == Kind::Quick && is_newer(&project.path(EDITOR_BUNDLES), &folder) {
        return Ok(());
    }
    tools::ensure_npm_packages(step, &folder)?;
    run::quietly(
        step,
        Command::new("npm").args(["run", "build"]).current_dir(&folder),
        "Mend what is said above about the files in `web/editor/`.",
    )
}

/// Whether everything in one folder was written after everything in the other.
fn is_newer(made: &Path, from: &Path) -> bool {
    let times = |folder: &Path| -> Vec<Option<SystemTime>> {
        let files = files::snapshot(&[folder.to_path_buf()]);
        files.into_values().map(|(written, _)| written).collect()
    };
    match (times(made).into_iter().min().flatten(), times(from).into_iter().max().flatten()) {
        (Some(made), Some(from)) => from < made,
        _ => false,
    }
}

/// Refuses files that say where they were built: whoever builds the same sources ships the same bytes.
fn name_no_folder(assets: &[Asset], folders: &[PathBuf]) -> Result<()> {
    for folder in folders {
        let name = folder.as_os_str().as_encoded_bytes();
        let is_named = |asset: &&Asset| asset.bytes.windows(name.len()).any(|it| it == name);
        if let Some(asset) = assets.iter().find(is_named) {
            return Err(Trouble::new(
                format!("{} names a folder of this machine: {}.", asset.name, folder.display()),
                "See `name_crates_alike` in `xtask/src/wasm.rs`.",
            ));
        }
    }
    Ok(())
}

/// Compresses on all cores; the forms are in the order of the assets.
fn compress_all(assets: &[Asset]) -> Result<Vec<Packed>> {
    let waiting = Mutex::new((0..assets.len()).collect::<Vec<_>>());
    let done = Mutex::new(Vec::with_capacity(assets.len()));
    let work = || {
        loop {
            let Some(index) = waiting.lock().ok().and_then(|mut waiting| waiting.pop()) else {
                return;
            };
            let bytes = &assets[index].bytes;
            let packed = compress::brotli(bytes).and_then(|br| Ok(Packed { br, gz: compress::gzip(bytes)? }));
            if let Ok(mut done) = done.lock() {
                done.push((index, packed));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(index, packed)| packed.at("compress", Path::new(&assets[index].path))).collect()
}

/// Writes the site beside the old one, then puts it in its place: nobody is served half of each.
fn write_site(folder: &Path, assets: &[Asset], packed: &[Packed]) -> Result<()> {
    let (next, old) = (folder.with_extension("next"), folder.with_extension("old"));
    for leftover in [&next, &old] {
        if leftover.exists() {
            fs::remove_dir_all(leftover).at("remove", leftover)?;
        }
    }
    for (index, asset) in assets.iter().enumerate() {
        let path = next.join(&asset.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).at("make", parent)?;
        }
        fs::write(&path, &asset.bytes).at("write", &path)?;
        if let Some(packed) = packed.get(index) {
            for (ending, bytes) in [("br", &packed.br), ("gz", &packed.gz)] {
                let path = next.join(format!("{}.{ending}", asset.path));
                fs::write(&path, bytes).at("write", &path)?;
            }
        }
    }
    let manifest = next.join("manifest.json");
    fs::write(&manifest, manifest_text(assets, packed)).at("write", &manifest)?;
    let headers = next.join("_headers");
    let files = assets.iter().map(|asset| (&*asset.path, &*asset.bytes));
    fs::write(&headers, headers::for_hosts(files)).at("write", &headers)?;
    if folder.exists() {
        fs::rename(folder, &old).at("move", folder)?;
    }
    fs::rename(&next, folder).at("move", &next)?;
    if old.exists() {
        fs::remove_dir_all(&old).at("remove", &old)?;
    }
    Ok(())
}

fn manifest_text(assets: &[Asset], packed: &[Packed]) -> String {
    let manifest = Manifest {
        version: env!("CARGO_PKG_VERSION"),
        files: assets
            .iter()
            .enumerate()
            .map(|(index, asset)| ManifestFile {
                path: &asset.path,
                name: &asset.name,
                hash: &asset.hash,
                group: asset.group,
                bytes: asset.bytes.len(),
                brotli: packed.get(index).map(|packed| packed.br.len()),
            })
            .collect(),
    };
    serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_says_where_it_was_built_is_refused() {
        for (text, fine) in
            [("panicked at crates/yew/src/lib.rs", true), ("panicked at /home/me/drydock/web/src/lib.rs", false)]
        {
            let bytes = text.as_bytes().to_vec();
            let source = Source { name: "page.wasm".to_owned(), bytes };
            let assets = assets::stamp(vec![source], "1", Kept::Nothing).unwrap();
            let folders = [PathBuf::from("/home/me/.cargo/registry/src"), PathBuf::from("/home/me/drydock")];
            assert_eq!(name_no_folder(&assets, &folders).is_ok(), fine, "{text}");
        }
    }
}
