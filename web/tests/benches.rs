//! Has every bench that is listed its file of wasm, and the key of its text?

#![allow(clippy::disallowed_methods, reason = "sources are read")]

use std::{fs, path::Path};

fn source(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

/// The words between two marks of a text.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let list = text.split_once(open).expect(open).1.split_once(close).expect(close).0;
    list.split(',').map(|it| it.trim().trim_matches('"')).collect()
}

#[test]
fn every_bench_has_its_file_and_its_draft() {
    let ids: Vec<&str> = drydock::bench::LISTINGS.iter().map(|it| it.id).collect();
    assert_eq!(between(&source("../static/start.js"), "const BENCHES = [", "]"), ids);
    let benches = source("src/benches.rs");
    let files = benches.split_once("\nfiles! {").expect("the files").1;
    let mut held: Vec<&str> = files
        .lines()
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(_, benches)| benches.trim_end_matches(';').split(',').map(str::trim))
        .collect();
    held.sort_unstable();
    let mut ids = ids;
    ids.sort_unstable();
    assert_eq!(held, ids);
}
