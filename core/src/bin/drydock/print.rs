//! `drydock print`: how are the settings written for a target?

use std::process::ExitCode;

use drydock::rule::diagnostic::Severity;

use crate::{Failure, Inspected, benches, check::exit_code, examine, options::Arguments, read, say};

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let read = read(arguments)?;
    if let Some(bench) = benches::of(arguments, &read.text) {
        return benches::print(arguments, bench, read);
    }
    let target = arguments.target;
    let target = target.ok_or_else(|| match arguments.to.as_str() {
        "" => Failure("print --to what? See drydock --help".to_owned()),
        to => not_written(to),
    })?;
    let Inspected { name, request, report } = examine(arguments, read)?;
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

/// Says that the daemon's settings are not written for a target.
pub fn not_written(to: &str) -> Failure {
    Failure(format!("settings of the daemon are not written as {to}; see drydock --help"))
}
