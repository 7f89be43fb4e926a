//! Drydock's reading of flags held against a real dockerd, where one is on the PATH.
//!
//! No daemon is ever started: `--version` makes dockerd take its command line apart and stop, and with a file of settings
//! that is not there it stops before it does anything, though after it has counted its arguments.

#![allow(clippy::disallowed_types, reason = "a real program is asked")]

use std::process::Command;

use drydock::{
    Engine, Request, analyze,
    document::{Problem, ProblemKind},
    rule::diagnostic::Severity,
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde::Deserialize;

/// What a shell says of a command line for dockerd: whether all went well, and what is said.
fn shell(line: &str) -> (bool, String) {
    let output = Command::new("sh").args(["-c", line]).output().expect("a shell");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// The Engine on the PATH.
fn engine() -> Option<Engine> {
    let (_, said) = shell("dockerd --version");
    let version = said.strip_prefix("Docker version ")?.split(['+', ',', '-']).next()?;
    version.parse().ok()
}

#[derive(Deserialize)]
struct Row {
    engine: String,
    flag: String,
    short: String,
    r#type: String,
}

/// Ways to write a command line, right and wrong.
const LINES: &[&str] = &[
    "--dbug",
    "--no-such-flag=1",
    "-x",
    "-Dx",
    "-debug",
    "-mtu=1",
    "–debug",
    "--dns",
    "-H",
    "word",
    "--",
    "-- word",
    "-",
    "--=1",
    "---a",
    "--debug true",
    "--mtu= 5",
    "-DH fd://",
    "-Hfd://",
    "-H=fd://",
    "-l=warn",
    "-Dlwarn",
    "-D=false",
    "-DD=false",
    "-D=",
    "--label 'a=b c' --label \"a=$\" --label a=b\\ c --label 'a='\"b\"",
    "--mtu \\\n 5",
    "--graph",
    "-g /a",
    "-p",
    "--init=1 --init=0",
    "--data-root --debug",
    "--dns 8.8.8.8,1.1.1.1",
];

/// What the value of a flag of a type can be: first what is right.
fn values(kind: &str) -> &'static [&'static str] {
    match kind {
        "bool" => &["=true", "=T", "=0", "", "=", "=yes"],
        "int" => &[" 5", "=0x10", "=-1", "=1_000", "=0b11", "=", " x", "=9223372036854775808", "=1e3", "=08"],
        "pool-options" => &[
            " base=10.0.0.0/8,size=24",
            "=size=24,base=10.0.0.0/8",
            " SIZE=24,Base=10.0.0.0/8",
            " base=10.0.0.0/8,size=x",
            " base,size=24",
            " bas=10.0.0.0/8,size=24",
        ],
        "ulimit" => &[
            " nofile=1:2",
            " nofile=1",
            " nofile=-1",
            " nofile",
            " nofile=1:2:3",
            " nofile=2:1",
            " nofile=-1:1",
            " no=1",
            " nofile=x",
        ],
        "runtime" => &[" a=/a", " A=/b", " a", " a=", " runc=/a", " =/a"],
        "map" => &[" a=b", "=a=b", " a", " ''"],
        "list" => &[" a=b"],
        "ip" => &[" 10.0.0.1", "=fd00::1", " x"],
        "bytes" => &[" 64m", "=1g", " x"],
        _ => &[" x", "=x", " 'a b'", " --debug"],
    }
}

/// Flags whose values are looked at more closely: one that is right.
const CLOSELY: &[(&str, &str)] = &[
    ("dns", " 10.0.0.1"),
    ("host", " fd://"),
    ("registry-mirror", " https://mirror.example"),
    ("dns-search", " example.com"),
];

/// Command lines with every flag that this Engine has, right and wrong.
fn lines(engine: Engine) -> Vec<String> {
    let rows = include_str!("vectors/flags.jsonl").lines().map(|it| serde_json::from_str::<Row>(it).expect("a row"));
    let mut rows: Vec<Row> = rows
        .filter(|it| it.engine.starts_with(&format!("{}.", engine.major)))
        .filter(|it| !matches!(it.flag.as_str(), "help" | "version" | "validate" | "config-file"))
        .collect();
    let mut lines: Vec<String> = LINES.iter().map(|it| (*it).to_owned()).collect();
    let mut right = Vec::new();
    for row in &rows {
        let closely = CLOSELY.iter().find(|it| it.0 == row.flag).map(|it| it.1);
        let values = values(&row.r#type);
        right.push(["--", &row.flag, closely.unwrap_or(values[0])].concat());
        if !row.short.is_empty() {
            right.push(["-", &row.short, closely.unwrap_or(values[0])].concat());
        }
        if matches!(row.r#type.as_str(), "bool" | "int" | "ip" | "bytes") {
            lines.push(["--", &row.flag, values[values.len() - 1]].concat());
        }
    }
    lines.extend(right.chunks(8).map(|it| it.join(" ")));
    rows.dedup_by(|a, b| a.r#type == b.r#type);
    let mut seen = Vec::new();
    for row in rows {
        if !seen.contains(&row.r#type) {
            lines.extend(values(&row.r#type).iter().map(|it| ["--", &row.flag, it].concat()));
            seen.push(row.r#type);
        }
    }
    lines
}

/// Rules that speak of the command line itself.
const OF_FLAGS: &[&str] = &["flag-malformed", "unknown-key", "wrong-type"];

#[test]
fn a_real_dockerd_takes_the_same_command_lines() {
    let Some(engine) = engine() else {
        println!("SKIPPED: no dockerd is on the PATH, so no command line was held against one");
        return;
    };
    let all = lines(engine);
    let line = prop::collection::vec(prop::sample::select(all.clone()), 2..5).prop_map(|it| it.join(" "));
    let different: Vec<String> = all.iter().filter_map(|it| compare(it, engine).err()).collect();
    assert!(different.is_empty(), "{}", different.join("\n"));
    let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    let result = runner.run(&line, |line| compare(&line, engine).map_err(TestCaseError::fail));
    result.expect("the same");
}

/// What stops dockerd only when it counts its arguments.
fn is_a_word_too_many(problem: &&Problem) -> bool {
    matches!(problem.kind, ProblemKind::Positional | ProblemKind::SplitValue | ProblemKind::LookAlike)
}

/// Compares what is said of flags; what is different.
fn compare(line: &str, engine: Engine) -> Result<(), String> {
    let dialect = &drydock::daemon::dialect::DOCKERD_FLAGS;
    let text = ["dockerd ", line].concat();
    let report = analyze(&Request { text: text.clone(), dialect, engine, ..Request::default() });
    let errors: Vec<_> = report.diagnostics.iter().filter(|it| it.severity == Severity::Error).collect();
    let (is_taken, said) = shell(&["dockerd --version ", line].concat());
    if !is_taken {
        let is_minded = !errors.is_empty();
        return is_minded.then_some(()).ok_or_else(|| format!("{text}: only dockerd minds: {said}"));
    }
    let word = report.document.problems.iter().find(is_a_word_too_many);
    let (_, said) = shell(&["dockerd --config-file /nowhere/daemon.json ", line].concat());
    if word.is_some() != said.contains("accepts no argument") {
        return Err(format!("{text}: {word:?}, and dockerd: {said}"));
    }
    let told = errors.iter().find(|it| OF_FLAGS.contains(&it.rule) && word.is_none());
    told.map_or(Ok(()), |it| Err(format!("{text}: dockerd takes it, and not so: {}", it.message)))
}
