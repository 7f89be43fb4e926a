//! Drydock's verdicts held against what real Docker daemons said.
//!
//! `vectors/verdicts.jsonl` was recorded with dockerd 20.10.24, 26.1.5, 28.5.2 and 29.7.2:
//! `accepts` is what `dockerd --validate` answered, `starts` whether the engine then came up,
//! on a host with cgroup v1 and neither systemd nor swarm.
//!
//! `vectors/verdicts-more.jsonl` was recorded later on such a host, with moby built at its tags: `accepts` with
//! `dockerd --validate --config-file` of 23.0.18, 24.0.9, 25.0.17, 26.1.5, 27.5.1, 28.5.2 and 29.7.2, and with
//! `loadDaemonCliConfig` of 20.10.24, which has no such flag; `starts` with 20.10.24, 26.1.5, 28.5.2 and 29.7.2. Rows about
//! 20.10 alone were recorded with Debian's 20.10.24 on such a host.

use std::collections::{BTreeMap, BTreeSet};

use drydock::{
    Engine, Report, Request, analyze,
    docker::host::{Cgroup, Host},
    document::{Kind, Member},
    notation::json::read,
    rule::diagnostic::{Severity, Stage},
};
use serde::Deserialize;

#[derive(Clone, Deserialize)]
struct Row {
    class: String,
    what: String,
    text: String,
    accepts: BTreeMap<String, bool>,
    #[serde(default)]
    starts: BTreeMap<String, bool>,
    message: BTreeMap<String, String>,
    #[serde(default)]
    start_message: BTreeMap<String, String>,
}

/// Rows whose verdict hangs on something no reader of the text can see: class, what, Engine line, and on what.
const EXCEPTIONS: &[(&str, &str, &str, &str)] = &[];

fn rows() -> Vec<Row> {
    let first = include_str!("vectors/verdicts.jsonl").lines();
    let more = include_str!("vectors/verdicts-more.jsonl").lines();
    first.chain(more).map(|line| serde_json::from_str(line).expect("a row")).collect()
}

fn recorded_engine(line: &str) -> Engine {
    match line {
        "20.10" => Engine::new(20, 10, 24),
        "23.0" => Engine::new(23, 0, 18),
        "24.0" => Engine::new(24, 0, 9),
        "25.0" => Engine::new(25, 0, 17),
        "26.1" => Engine::new(26, 1, 5),
        "27.5" => Engine::new(27, 5, 1),
        "28.5" => Engine::new(28, 5, 2),
        "29.7" => Engine::new(29, 7, 2),
        other => panic!("no vectors were recorded with {other}"),
    }
}

fn report(text: &str, line: &str) -> Report {
    analyze(&Request {
        text: text.to_owned(),
        engine: recorded_engine(line),
        host: Host { cgroup: Cgroup::V1, ..Host::default() },
        ..Request::default()
    })
}

/// Says where Drydock and the daemon differ, or nothing.
fn difference(row: &Row, line: &str) -> Option<String> {
    let report = report(&row.text, line);
    let errors: Vec<_> = report.diagnostics.iter().filter(|it| it.severity == Severity::Error).collect();
    let loads = !errors.iter().any(|it| it.stage == Some(Stage::Load));
    let accepts = *row.accepts.get(line)?;
    let starts = row.starts.get(line).copied();
    if loads == accepts && starts.is_none_or(|it| it == errors.is_empty()) {
        return None;
    }
    let daemon = row.message.get(line).or(row.start_message.get(line));
    let said: Vec<_> = errors.iter().map(|it| (it.rule, it.stage, &it.message)).collect();
    Some(format!(
        "[{}] {} | on {line} accepts {accepts}, starts {starts:?}: {}\n    drydock: {said:?}\n    {}",
        row.class,
        row.what,
        daemon.map_or("", |it| it),
        row.text.replace('\n', " "),
    ))
}

#[test]
fn verdicts_agree_with_real_daemons() {
    let mut differences = Vec::new();
    for row in rows() {
        for line in row.accepts.keys() {
            let excepted = EXCEPTIONS.iter().any(|it| (it.0, it.1, it.2) == (&*row.class, &*row.what, line));
            match difference(&row, line) {
                Some(text) if !excepted => differences.push(text),
                None if excepted => differences.push(format!("no exception is needed: {}", row.what)),
                _ => {}
            }
        }
    }
    let count = differences.len();
    assert!(count == 0, "{count} differ:\n{}", differences.join("\n"));
}

/// Texts that mean the same to the daemon: other white space, members in another order, an unrelated setting beside.
fn variations(text: &str) -> Vec<String> {
    let document = read(text);
    let is_plain = document.problems.is_empty() && !matches!(document.root.kind, Kind::Missing);
    if !is_plain {
        return vec![];
    }
    let mut same = vec![format!("\n\t {text}\r\n"), text.replace('\n', "\r\n\t")];
    let keys: BTreeSet<_> = document.root.members().iter().map(|it| &it.key).collect();
    if let [first, .., last] = document.root.members()
        && keys.len() == document.root.members().len()
    {
        let of = |it: &Member| it.span().of(text).to_owned();
        let between = &text[first.span().end..last.span().start];
        let (head, tail) = (&text[..first.span().start], &text[last.span().end..]);
        same.push(format!("{head}{}{between}{}{tail}", of(last), of(first)));
        same.push(format!("{head}\"raw-logs\": false, {}{between}{}{tail}", of(first), of(last)));
    }
    same
}

#[test]
fn layout_order_and_unrelated_settings_change_no_verdict() {
    let mut differences = Vec::new();
    for row in rows() {
        for text in variations(&row.text) {
            let varied = Row { text, ..row.clone() };
            for line in row.accepts.keys().filter(|_| !row.text.contains("raw-logs")) {
                differences.extend(difference(&varied, line));
            }
        }
    }
    let count = differences.len();
    assert!(count == 0, "{count} differ:\n{}", differences.join("\n"));
}
