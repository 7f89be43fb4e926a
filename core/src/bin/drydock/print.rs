//! `drydock print`: how are the settings written for a target?

use std::process::ExitCode;

use drydock::rule::diagnostic::Severity;

use crate::{Failure, Inspected, check::exit_code, inspect, options::Arguments, say};

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let target = arguments.target;
    let target = target.ok_or_else(|| Failure("print --to what? See drydock --help".to_owned()))?;
    let Inspected { name, request, report } = inspect(arguments)?;
    let printed = drydock::daemon::print::print(&request, &report, target, arguments.order);
    say(&printed.text)?;
    for note in printed.error.iter().chain(&printed.notes) {
        eprintln!("{name}: {}: {}", note.severity, note.message);
    }
    if report.count(Severity::Error) > 0 {
        eprintln!("{name}: {} See drydock check.", report.verdict().sentence());
    }
    match printed.error {
        Some(_) => Ok(ExitCode::from(1)),
        None => Ok(exit_code(arguments, &report)),
    }
}
