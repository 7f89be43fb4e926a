//! What people paste, read line by line: each file is what a program really prints, whole.

#![allow(clippy::disallowed_methods, reason = "cases are files")]

use std::{fs, path::Path};

use drydock::daemon::network::pasted::{Judgement, Pasted, read};

/// What came of each line, beside the line.
fn judgements(text: &str, pasted: &Pasted) -> String {
    let mut shown = String::new();
    for (at, line) in pasted.lines.iter().enumerate() {
        let found = pasted.of_line(at).iter().map(|it| {
            let name = it.name.as_deref().map_or(String::new(), |it| format!(" {it}"));
            let aside = if it.avoid || matches!(it.role, drydock::daemon::network::pasted::Role::Docker) {
                ""
            } else {
                " aside"
            };
            format!("{} {:?}{name}{aside}", it.subnet, it.role)
        });
        let found: Vec<_> = found.collect();
        let judged = match line.judgement {
            Judgement::Networks => found.join(", "),
            Judgement::Ignored(why) if found.is_empty() => format!("- {why:?}"),
            Judgement::Ignored(why) => format!("- {why:?} ({})", found.join(", ")),
            Judgement::NotUnderstood(why) => format!("? {why:?} {}", found.join(", ")),
        };
        let line_text = line.span.of(text).trim_end();
        let judged = format!("{:?}: {judged}", line.notation);
        shown.push_str(&format!("{}\n    {line_text}\n", judged.trim_end()));
    }
    shown
}

#[test]
fn samples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pasted");
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("the samples")
        .map(|it| it.expect("a sample").path())
        .filter(|it| it.extension().is_some_and(|it| it == "txt"))
        .collect();
    names.sort();
    assert!(names.len() > 40, "{} samples", names.len());
    for path in names {
        let text = fs::read_to_string(&path).expect("a sample");
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let pasted = read(&text);
        insta::with_settings!({prepend_module_to_snapshot => false, snapshot_path => "pasted/judged", omit_expression => true}, {
            insta::assert_snapshot!(name, judgements(&text, &pasted));
        });
    }
}
