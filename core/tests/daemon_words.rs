//! What real daemons said of a configuration, explained by the rule that finds the mistake in it.

use std::collections::{BTreeMap, BTreeSet};

use drydock::{
    Engine, Request, analyze,
    daemon::messages::{self, Message},
    docker::host::{Cgroup, Host},
    rule::diagnostic::Severity,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    text: String,
    message: BTreeMap<String, String>,
    #[serde(default)]
    start_message: BTreeMap<String, String>,
}

/// The rules that flag a configuration, as the recorded daemons ran it.
fn flagged(text: &str, line: &str) -> BTreeSet<&'static str> {
    let engine = match line {
        "20.10" => Engine::new(20, 10, 24),
        line => line.parse().expect("an Engine"),
    };
    let report = analyze(&Request {
        text: text.to_owned(),
        engine,
        host: Host { cgroup: Cgroup::V1, ..Host::default() },
        ..Request::of("")
    });
    let errors = report.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    errors.map(|it| it.rule).collect()
}

/// Why a recorded message is not explained well.
fn complaint(messages: &[Message], row: &Row, line: &str, said: &str) -> Option<String> {
    let explained = messages::explain(messages, said);
    let flagged = flagged(&row.text, line);
    let Some(first) = explained.first() else {
        return Some(format!("unknown: {said} {flagged:?}"));
    };
    let rules = &first.message.rules;
    let is_right = rules.iter().any(|it| flagged.contains(it.as_str()));
    (!is_right).then(|| format!("{line}: {said}\n    explained by {rules:?}, flagged by {flagged:?}"))
}

#[test]
fn every_recorded_message_is_explained_by_a_rule_that_flags_its_configuration() {
    let messages = messages::read(messages::TEXT);
    let rows = include_str!("vectors/verdicts.jsonl").lines();
    let mut count = 0;
    let mut complaints = Vec::new();
    for row in rows {
        let row: Row = serde_json::from_str(row).expect("a row");
        for (line, said) in row.message.iter().chain(&row.start_message) {
            count += 1;
            complaints.extend(complaint(&messages, &row, line, said));
        }
    }
    assert_eq!(count, 661);
    assert!(complaints.is_empty(), "{} of {count}:\n{}", complaints.len(), complaints.join("\n"));
}
