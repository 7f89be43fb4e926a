//! The verdict at a glance is that of the whole analysis.

use std::fs;

use drydock::{
    Engine, Request, analyze,
    check::RULES,
    examples::EXAMPLES,
    glance,
    host::{Cgroup, Host},
    prose::page,
};
use proptest::prelude::*;
use serde::Deserialize;

const ENGINES: &[&str] = &["20.10", "23", "24", "25", "26", "27", "28", "29"];

#[derive(Deserialize)]
struct Row {
    text: String,
}

/// What the tests of the rules are about, as it stands in their files.
fn tested() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/check");
    let files = fs::read_dir(folder).expect("the rules").flatten();
    let mut texts = Vec::new();
    for file in files {
        let source = fs::read_to_string(file.path()).expect("a rule");
        let raw = source.split("r#\"").skip(1);
        texts.extend(raw.filter_map(|it| Some(it.split_once("\"#")?.0.to_owned())));
    }
    assert!(texts.len() > 500, "{}", texts.len());
    texts
}

/// The recorded configurations, the examples, and those of the rules.
fn texts() -> Vec<String> {
    let rows = include_str!("vectors/verdicts.jsonl").lines();
    rows.map(|line| serde_json::from_str::<Row>(line).expect("a row").text)
        .chain(EXAMPLES.iter().map(|it| it.text.to_owned()))
        .chain(RULES.iter().map(|it| page(it).example))
        .chain(tested())
        .collect()
}

fn hosts() -> Vec<Host> {
    let mut hosts: Vec<Host> = RULES.iter().map(|it| page(it).host()).collect();
    hosts.push(Host {
        cgroup: Cgroup::V1,
        ..Host::default()
    });
    hosts.sort_by_key(|it| format!("{it:?}"));
    hosts.dedup();
    hosts
}

/// Says where the two differ, or nothing.
fn difference(text: &str, engine: Engine, host: &Host) -> Option<String> {
    let request = Request {
        text: text.to_owned(),
        engine,
        host: host.clone(),
        ..Request::default()
    };
    let (seen, report) = (glance(&request), analyze(&request));
    let agree = seen.verdict == report.verdict() && seen.conclusion == report.conclusion();
    (!agree).then(|| {
        let rules: Vec<_> = report.diagnostics.iter().map(|it| it.rule).collect();
        let verdict = seen.verdict;
        format!("{engine} {host:?}\n{text}\n{verdict:?}\n{rules:?}\n")
    })
}

#[test]
fn every_engine_and_host_is_judged_alike() {
    let hosts = hosts();
    assert!(hosts.len() > 3, "{hosts:?}");
    let mut differences = Vec::new();
    for text in texts() {
        for engine in ENGINES {
            let engine = engine.parse().expect("an Engine");
            differences.extend(hosts.iter().filter_map(|it| difference(&text, engine, it)));
        }
    }
    let count = differences.len();
    assert!(count == 0, "{count} differ:\n{}", differences.join("\n"));
}

proptest! {
    /// Half-typed texts, as they stand while somebody writes.
    #[test]
    fn a_damaged_text_is_judged_alike(
        text in proptest::sample::select(texts()),
        at in any::<proptest::sample::Index>(),
        typed in "[ -~]{0,3}",
        engine in proptest::sample::select(ENGINES),
    ) {
        let places: Vec<usize> = text.char_indices().map(|it| it.0).chain([text.len()]).collect();
        let at = *at.get(&places);
        let engine = engine.parse().expect("an Engine");
        let typed = [&text[..at], &typed, &text[at..]].concat();
        for text in [&text[..at], &typed] {
            prop_assert_eq!(difference(text, engine, &Host::default()), None);
        }
    }
}
