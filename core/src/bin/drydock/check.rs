//! `drydock check`: what is wrong with a `daemon.json`?

use std::process::ExitCode;

use drydock::{
    Report,
    rule::{
        diagnostic::{Diagnostic, Severity},
        terminal::{Lines, render},
    },
};
use serde::Serialize;

use crate::{
    Failure, Inspected, benches, examine,
    options::{Arguments, Format},
    read, say,
};

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let read = read(arguments)?;
    if let Some(bench) = benches::of(arguments, &read.text) {
        return benches::check(arguments, bench, read);
    }
    let mut inspected = examine(arguments, read)?;
    let report = &mut inspected.report;
    let conclusion = match report.clearance {
        Some(_) => report.conclusion(),
        None => report.verdict().sentence(),
    };
    report.diagnostics.append(&mut report.collisions);
    let shown = match arguments.format {
        Format::Human => human(&inspected, &conclusion),
        Format::Json => as_json(&Lines::of(&inspected.request.text), &inspected.report.diagnostics)?,
    };
    say(&shown)?;
    Ok(exit_code(arguments, &inspected.report))
}

/// 1 when something was found that counts, 2 when nothing was looked at.
pub fn exit_code(arguments: &Arguments, report: &Report) -> ExitCode {
    if report.is_unread {
        return ExitCode::from(2);
    }
    let warnings = match arguments.strict {
        true => report.count(Severity::Warning),
        false => 0,
    };
    let counted = report.count(Severity::Error) + warnings;
    ExitCode::from(u8::from(counted > 0))
}

fn human(inspected: &Inspected, conclusion: &str) -> String {
    let lines = Lines::of(&inspected.request.text);
    let mut shown = String::new();
    for it in &inspected.report.diagnostics {
        shown.push_str(&render(&inspected.name, &lines, it));
        shown.push('\n');
    }
    shown + conclusion + "\n"
}

/// A diagnostic with the position people look for.
#[derive(Serialize)]
struct Positioned<'a> {
    #[serde(flatten)]
    diagnostic: &'a Diagnostic,
    line: usize,
    column: usize,
}

/// Diagnostics as JSON.
pub fn as_json(lines: &Lines, diagnostics: &[Diagnostic]) -> Result<String, Failure> {
    let diagnostics: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| {
            let position = lines.position(diagnostic.span.start);
            Positioned { diagnostic, line: position.line, column: position.column }
        })
        .collect();
    let report = serde_json::json!({ "diagnostics": diagnostics });
    let text = serde_json::to_string_pretty(&report);
    text.map(|it| it + "\n").map_err(|error| Failure(format!("cannot write JSON: {error}")))
}
