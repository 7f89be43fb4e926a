//! The verdict at a glance is that of the whole analysis.

#![allow(clippy::disallowed_methods, reason = "cases are files")]

use std::fs;

use drydock::{
    Engine, Request, analyze,
    daemon::{
        check::RULES,
        examples::EXAMPLES,
        options::{self, Kind},
        prose::page,
    },
    glance,
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
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/daemon/check");
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

/// Says where the two differ, or nothing.
fn difference(text: &str, engine: Engine) -> Option<String> {
    let request = Request { text: text.to_owned(), engine, ..Request::default() };
    let (seen, report) = (glance(text, engine), analyze(&request));
    let agree = seen.verdict == report.verdict() && seen.conclusion == report.conclusion();
    (!agree).then(|| {
        let rules: Vec<_> = report.diagnostics.iter().map(|it| it.rule).collect();
        let verdict = seen.verdict;
        format!("{engine}\n{text}\n{verdict:?}\n{rules:?}\n")
    })
}

#[test]
fn every_engine_is_judged_alike() {
    let mut differences = Vec::new();
    for text in texts() {
        for engine in ENGINES {
            let engine = engine.parse().expect("an Engine");
            differences.extend(difference(&text, engine));
        }
    }
    let count = differences.len();
    assert!(count == 0, "{count} differ:\n{}", differences.join("\n"));
}

/// Addresses, amounts, durations and lists, right and wrong ones: what the text of a setting may be.
const VALUES: &[&str] = &[
    "",
    " ",
    "x",
    "none",
    "true",
    "Yes",
    "0",
    "1",
    "-1",
    "3",
    "007",
    "65536",
    "1e3",
    "9223372036854775808",
    "10m",
    "10 m ",
    "1.5g",
    "10x",
    "5s",
    "500ms",
    "2d",
    "48h",
    "1h30m",
    "-5s",
    "80%",
    "a=b",
    "a=b=c",
    "=",
    "k:v",
    "{{.ID}}",
    "{{.Nmae}}",
    "{{",
    "(",
    "[a-z]+",
    "(?=x)",
    "user:group",
    "::",
    "a,b",
    "/run/x",
    "x/y",
    "10.0.0.1",
    "10.0.0.1/24",
    "10.0.0.0/33",
    "::1",
    "fd00::/64",
    "::ffff:10.0.0.0/104",
    "fe80::1%eth0",
    "[::1]",
    "1.2.3.4:514",
    "[::1]:514",
    "udp://1.2.3.4",
    "udp://1.2.3.4:12201",
    "tcp://logs.example",
    "tcp://[::1]",
    "tcp://logs.example:1/x",
    "tcp://logs.example:99999",
    "tls://logs.example",
    "UDP://1.2.3.4",
    "unix:///run/x",
    "unix://",
    "unixgram:///dev/log",
    "fd://",
    "fd://2",
    "npipe://x",
    "logs.example",
    "logs.example:http",
    "https://example.com",
    "https://example.com/x",
    "http://u:p@example.com:5000?a#b",
    "://",
    "http://[::1",
    "-host-",
    "native.cgroupdriver=systemd",
    "overlay2.size=10g",
    "vfs.xattrs=x",
    "zfs.fsname=a",
    "until=48h",
    "ndots:x",
];

/// Configurations that set one option to one text, where its kind allows texts.
fn single(value: &str) -> Vec<String> {
    let rows = options::all().filter(|it| !it.key.contains("[]") && !it.key.contains("<name>"));
    let texts = rows.filter_map(|row| {
        let value = match row.kind {
            Kind::Text(_) => format!("{value:?}"),
            Kind::List(Kind::Text(_)) => format!("[{value:?}]"),
            _ => return None,
        };
        let mut text = format!("{{ {:?}: {value} }}", row.name());
        for outer in row.parent.rsplit('.').filter(|it| !it.is_empty()) {
            text = format!("{{ {outer:?}: {text} }}");
        }
        Some(match row.drivers {
            [driver, ..] => text.replacen('{', &format!("{{ \"log-driver\": {:?},", driver.value), 1),
            [] => text,
        })
    });
    texts.collect()
}

#[test]
fn each_text_of_each_option_is_judged_alike() {
    let mut differences = Vec::new();
    for text in VALUES.iter().flat_map(|it| single(it)) {
        for engine in ["20.10", "29"] {
            let engine = engine.parse().expect("an Engine");
            differences.extend(difference(&text, engine));
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
            prop_assert_eq!(difference(text, engine), None);
        }
    }

    /// The first view does not read around the holes of a template.
    #[test]
    fn a_template_is_judged_alike(
        text in proptest::sample::select(texts()),
        at in any::<proptest::sample::Index>(),
        hole in proptest::sample::select(vec!["{{ x }}", "{% if x %}", "{# x #}", "${X}", "${X:-1}", "<an x>", "@X@"]),
        engine in proptest::sample::select(ENGINES),
    ) {
        let places: Vec<usize> = text.char_indices().map(|it| it.0).chain([text.len()]).collect();
        let at = *at.get(&places);
        let engine = engine.parse().expect("an Engine");
        let text = [&text[..at], hole, &text[at..]].concat();
        prop_assert_eq!(difference(&text, engine), None);
    }
}
