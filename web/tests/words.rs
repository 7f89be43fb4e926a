//! Does the page know Docker? What it decides and says about Docker belongs to the core, `src/page/` draws it.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "sources are read")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Words that only somebody who knows Docker, or what it is set up with, would use.
const WORDS: &[&str] = &[
    "bip",
    "bridge",
    "cgroup",
    "container",
    "containers",
    "daemon",
    "docker",
    "docker0",
    "dockerd",
    "engine",
    "engines",
    "flake",
    "nix",
    "nixos",
    "pool",
    "pools",
    "rootless",
    "subnet",
    "subnets",
    "swarm",
];

/// How many texts with such a word each file still has. A number may only get smaller: when it does, write it here.
const STILL: &[(&str, usize)] = &[
    ("keep_clear.rs", 1),
    ("map.rs", 2),
    ("masthead.rs", 1),
    ("plan.rs", 10),
    ("proposals.rs", 1),
    ("reading.rs", 1),
    ("space.rs", 1),
    ("travel.rs", 3),
    ("views.rs", 1),
];

/// The texts between quotes of a file, without those of its tests.
fn texts(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let source: Vec<char> = source.chars().collect();
    let at = |place: usize| source.get(place).copied().unwrap_or('\0');
    let mut texts = Vec::new();
    let mut place = 0;
    while place < source.len() {
        match (at(place), at(place + 1), at(place + 2)) {
            ('/', '/', _) => {
                while place < source.len() && at(place) != '\n' {
                    place += 1;
                }
            }
            // A character, and no lifetime.
            ('\'', '\\', _) => place += 2 + source[place + 2..].iter().position(|it| *it == '\'').unwrap_or(0).max(1),
            ('\'', _, '\'') => place += 2,
            ('r', '"', _) | ('r', '#', '"') => {
                let end: &[char] = if at(place + 1) == '#' { &['"', '#'] } else { &['"'] };
                let start = place + 1 + end.len();
                let length = source[start..].windows(end.len()).position(|it| it == end).unwrap_or(0);
                texts.push(source[start..start + length].iter().collect());
                place = start + length + end.len() - 1;
            }
            ('"', ..) => {
                let mut text = String::new();
                place += 1;
                while place < source.len() && at(place) != '"' {
                    if at(place) == '\\' {
                        place += 1;
                    }
                    text.push(at(place));
                    place += 1;
                }
                texts.push(text);
            }
            _ => {}
        }
        place += 1;
    }
    texts
}

fn is_about_docker(text: &str) -> bool {
    let is_class = text.contains("__");
    let mut words = text.split(|it: char| !it.is_ascii_alphanumeric());
    !is_class && words.any(|it| WORDS.contains(&it.to_ascii_lowercase().as_str()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten().map(|it| it.path());
    entries.flat_map(|it| if it.is_dir() { files(&it) } else { vec![it] }).collect()
}

#[test]
fn texts_are_found() {
    for (source, expected) in [
        (r#"let a = "Docker"; // "engine""#, &["Docker"][..]),
        (r#"let a = '"'; let b = "a \" b";"#, &["a \" b"]),
        ("fn a<'a>(it: &'a str) { r\"nix\"; r#\"a \"b\" c\"# }", &["nix", "a \"b\" c"]),
        (r#"matches!(it, '\'' | '\\') && "x""#, &["x"]),
        ("\"a\"\n#[cfg(test)]\n\"b\"", &["a"]),
    ] {
        assert_eq!(texts(source), expected, "{source}");
    }
    for (text, is) in [
        ("Copy Nix", true),
        ("a daemon.json", true),
        ("unix", false),
        ("docker-desktop", true),
        ("pools__about", false),
    ] {
        assert_eq!(is_about_docker(text), is, "{text}");
    }
}

#[test]
fn the_page_says_less_and_less_about_docker_by_itself() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/page");
    let allowed: BTreeMap<&str, usize> = STILL.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files(&folder) {
        let source = fs::read_to_string(&file).expect("a source");
        let found: Vec<String> = texts(&source).into_iter().filter(|it| is_about_docker(it)).collect();
        let name = file.strip_prefix(&folder).expect("a file in it").to_string_lossy().replace('\\', "/");
        let most = allowed.get(name.as_str()).copied().unwrap_or(0);
        if found.len() > most {
            wrong.push(format!(
                "{name}: {} texts about Docker, {most} allowed; the core should have them: {found:#?}",
                found.len()
            ));
        }
        if found.len() < most {
            wrong.push(format!("{name}: {} texts about Docker, {most} allowed; write the smaller number", found.len()));
        }
        seen.insert(name, found.len());
    }
    wrong.extend(allowed.keys().filter(|it| !seen.contains_key(**it)).map(|it| format!("{it} is gone")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
