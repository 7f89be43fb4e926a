//! What is in a folder, and did it change?

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::assets::Source;
use crate::trouble::{AtPath, Result};

/// Folders that tools fill.
const NOT_SOURCES: [&str; 3] = ["node_modules", "target", "dist"];

/// Returns every file under a folder, in order, named by its path from there; nothing when there is no such folder.
pub fn under(folder: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in paths(folder) {
        let name = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        sources.push(Source { name, bytes: fs::read(&path).at("read", &path)? });
    }
    Ok(sources)
}

/// When each source file under the folders was last written, and how long it is.
pub type Snapshot = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Looks at all source files under the folders.
pub fn snapshot(folders: &[PathBuf]) -> Snapshot {
    folders
        .iter()
        .flat_map(|folder| paths(folder))
        .filter_map(|path| {
            let data = fs::metadata(&path).ok()?;
            Some((path, (data.modified().ok(), data.len())))
        })
        .collect()
}

/// Returns a file that is in only one of the two looks, or differs between them.
pub fn changed<'a>(before: &'a Snapshot, after: &'a Snapshot) -> Option<&'a Path> {
    let differs = |one: &'a Snapshot, other: &Snapshot| {
        one.iter().find(|(path, state)| other.get(*path) != Some(state)).map(|(path, _)| path.as_path())
    };
    differs(after, before).or_else(|| differs(before, after))
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    if folder.is_file() {
        return vec![folder.to_path_buf()];
    }
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries
        .into_iter()
        .filter(|path| {
            !path.file_name().is_some_and(|name| {
                NOT_SOURCES.iter().any(|other| name == *other) || is_scratch(&name.to_string_lossy())
            })
        })
        .flat_map(|path| if path.is_dir() { paths(&path) } else { vec![path] })
        .collect()
}

/// What editors and systems leave beside sources.
fn is_scratch(name: &str) -> bool {
    name.ends_with('~') || name.ends_with(".swp") || name.starts_with(".#") || name == ".DS_Store"
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    fn look(files: &[(&str, u64)]) -> Snapshot {
        files.iter().map(|(path, length)| (PathBuf::from(path), (Some(UNIX_EPOCH), *length))).collect()
    }

    #[test]
    fn a_change_is_a_new_a_gone_or_a_different_file() {
        for (before, after, expected) in [
            (vec![("a", 1)], vec![("a", 1)], None),
            (vec![("a", 1)], vec![("a", 2)], Some("a")),
            (vec![("a", 1)], vec![("a", 1), ("b", 1)], Some("b")),
            (vec![("a", 1), ("b", 1)], vec![("a", 1)], Some("b")),
        ] {
            let (before, after) = (look(&before), look(&after));
            assert_eq!(changed(&before, &after), expected.map(Path::new));
        }
    }

    #[test]
    fn this_crate_has_this_file() {
        let names: Vec<String> = under(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
            .unwrap()
            .into_iter()
            .map(|source| source.name)
            .collect();
        assert!(names.contains(&"files.rs".to_owned()));
    }

    #[test]
    fn scratch_files_are_no_sources() {
        for (name, scratch) in [("a.rs", false), ("a.rs~", true), (".a.swp", true), (".#a", true)] {
            assert_eq!(is_scratch(name), scratch, "{name}");
        }
    }
}
