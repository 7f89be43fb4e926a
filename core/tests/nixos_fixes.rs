//! What is offered to mend a daemon.json mends the same settings in Nix, to the same end.

#![allow(clippy::disallowed_methods, reason = "the examples are in files")]

use std::{collections::BTreeSet, fs, path::Path};

use drydock::{
    Request, analyze,
    daemon::dialect::{DAEMON_JSON, NIXOS},
    document::{Dialect, Value},
    rule::diagnostic::Diagnostic,
};

/// The examples of all rules that are sound JSON.
fn examples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/daemon/check");
    let mut files: Vec<_> = fs::read_dir(folder).expect("the rules").map(|it| it.expect("a file").path()).collect();
    files.sort();
    let mut examples = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).expect("a rule");
        let lines: Vec<&str> = source.lines().filter_map(|it| it.trim_start().strip_prefix("///")).collect();
        let page = lines.iter().map(|it| it.strip_prefix(' ').unwrap_or(it)).collect::<Vec<_>>().join("\n");
        let blocks = page.split("```json\n").skip(1).filter_map(|it| it.split("```").next());
        examples.extend(blocks.map(str::to_owned));
    }
    examples.retain(|it| {
        let document = DAEMON_JSON.read(it);
        document.problems.is_empty() && !document.root.members().is_empty()
    });
    examples
}

/// A value as Nix, with its sets and lists over several lines.
fn nix(value: &Value, indentation: &str) -> String {
    let deeper = format!("{indentation}  ");
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(digits) => digits.clone(),
        Value::String(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")),
        Value::List(elements) => {
            let element = |it: &Value| match it {
                Value::Number(digits) if digits.starts_with('-') => format!("\n{deeper}({digits})"),
                it => format!("\n{deeper}{}", nix(it, &deeper)),
            };
            format!("[{}\n{indentation}]", elements.iter().map(element).collect::<String>())
        }
        Value::Map(members) => format!("{{{}\n{indentation}}}", bindings(members, &deeper, "")),
        Value::Expression(text) => text.clone(),
    }
}

fn bindings(members: &[(String, Value)], indentation: &str, prefix: &str) -> String {
    let binding = |(key, it): &(String, Value)| format!("\n{indentation}{prefix}{key:?} = {};", nix(it, indentation));
    members.iter().map(binding).collect()
}

/// The ways to write settings that are tried.
fn texts(members: &[(String, Value)]) -> [String; 2] {
    [
        format!("virtualisation.docker.daemon.settings = {{{}\n}};\n", bindings(members, "  ", "")),
        format!("{{ lib, ... }}:\n{{{}\n}}\n", bindings(members, "  ", "virtualisation.docker.daemon.settings.")),
    ]
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Map(members) => {
            let mut members: Vec<(String, Value)> = members.iter().map(|(key, it)| (key.clone(), sorted(it))).collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            members.retain(|it| it.1 != Value::Map(Vec::new()));
            Value::Map(members)
        }
        Value::List(elements) => Value::List(elements.iter().map(sorted).collect()),
        value => value.clone(),
    }
}

fn settings(text: &str, dialect: &'static Dialect) -> Value {
    sorted(&Value::of(&dialect.read(text).root).unwrap_or(Value::Null))
}

fn found(text: &str, dialect: &'static Dialect) -> Vec<Diagnostic> {
    analyze(&Request { dialect, text: text.to_owned(), ..Request::default() }).diagnostics
}

#[test]
fn fixes_lead_where_those_of_the_same_json_do() {
    let (mut fixes, mut different, mut missing) = (0, Vec::new(), BTreeSet::new());
    for json in examples() {
        let Some(Value::Map(members)) = Value::of(&DAEMON_JSON.read(&json).root) else {
            continue;
        };
        let mut once: Vec<(String, Value)> = Vec::new();
        for it in members {
            once.retain(|other| other.0 != it.0);
            once.push(it);
        }
        if settings(&json, &DAEMON_JSON) != sorted(&Value::Map(once.clone())) {
            continue; // keys that repeat
        }
        let judged = found(&json, &DAEMON_JSON);
        for text in texts(&once) {
            assert_eq!(settings(&text, &NIXOS), settings(&json, &DAEMON_JSON), "{text}");
            let diagnostics = found(&text, &NIXOS);
            for problem in &judged {
                let same = diagnostics.iter().find(|it| it.rule == problem.rule && it.message == problem.message);
                let Some(same) = same else {
                    missing.extend((!problem.fixes.is_empty()).then_some(problem.rule));
                    continue;
                };
                for fix in &problem.fixes {
                    let expected = settings(&fix.edits.apply(&json), &DAEMON_JSON);
                    let found = same.fixes.iter().find(|it| it.title == fix.title);
                    let now = found.map(|it| it.edits.apply(&text));
                    let is_same = now.as_ref().is_some_and(|it| {
                        let document = NIXOS.read(it);
                        document.problems.is_empty() && sorted(&Value::of(&document.root).expect("a set")) == expected
                    });
                    fixes += 1;
                    if !is_same {
                        let now = now.unwrap_or_default();
                        different.push(format!("{}: {}\n{json}\n{text}\n→ {now}", problem.rule, fix.title));
                    }
                }
            }
        }
    }
    assert!(different.is_empty(), "{} of {fixes}\n{}", different.len(), different.join("\n\n"));
    // NixOS refuses the group by itself, and its unit has no `-H fd://`.
    assert_eq!(missing.into_iter().collect::<Vec<_>>(), ["group-impossible", "hosts-and-unit-flag"]);
    assert!(fixes > 200, "{fixes}");
}
