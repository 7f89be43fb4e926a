//! Drydock in a terminal: the same report as on the page, for people and for CI.
//!
//! The only place in this crate that touches files.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the core is handed what is read here")]

mod around;
mod benches;
mod check;
mod commands;
mod explain;
mod guide;
mod help;
mod link;
mod networks;
mod options;
mod outlook;
mod print;
mod propose;
mod scenario;

use std::{
    fmt,
    io::{self, Read, Write},
    process::ExitCode,
    sync::Arc,
};

use drydock::{
    Report, Request, analyze,
    daemon::{bytes, dialect, foreign::Way, prose},
    rule::diagnostic::Diagnostic,
};

use crate::options::Arguments;

const VERSION: &str = concat!("drydock ", env!("CARGO_PKG_VERSION"), "\n");

fn main() -> ExitCode {
    match commands::run() {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("drydock: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Why a command could not be carried out.
struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self(format!("{error}; see drydock --help"))
    }
}

/// Writes to standard output; a reader that has gone away is not an error.
fn say(text: &str) -> Result<ExitCode, Failure> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure(format!("cannot write: {error}"))),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Writes what the page's reference shows.
fn reference() -> Result<ExitCode, Failure> {
    let text = serde_json::to_string(&prose::reference());
    say(&text.map_err(|it| Failure(format!("cannot write: {it}")))?)
}

/// A file as it was read.
struct Input {
    name: String,
    bytes: Vec<u8>,
}

/// Reads a file, or standard input for `-`.
fn read_input(file: &str) -> Result<Input, Failure> {
    let (name, bytes) = match file {
        "-" => {
            let mut bytes = Vec::new();
            let read = io::stdin().read_to_end(&mut bytes);
            ("<stdin>", read.map(|_| bytes))
        }
        path => (path, std::fs::read(path)),
    };
    let name = name.to_owned();
    match bytes {
        Ok(bytes) => Ok(Input { name, bytes }),
        Err(error) => Err(Failure(format!("cannot read {name}: {error}"))),
    }
}

/// The text of a file, analysed.
struct Inspected {
    name: String,
    request: Request,
    report: Report,
}

/// A file as a text.
struct Loaded {
    name: String,
    text: String,
    /// What is wrong with how it is encoded.
    encoding: Option<Diagnostic>,
}

fn read(arguments: &Arguments) -> Result<Loaded, Failure> {
    let Input { name, bytes } = read_input(arguments.file()?)?;
    if let Some(what) = bytes::binary(&bytes) {
        return Err(Failure(format!("{name} is {what}, not a text")));
    }
    let (text, encoding) = bytes::decode(&bytes, arguments.state.engine);
    Ok(Loaded { name, text, encoding })
}

fn examine(arguments: &Arguments, read: Loaded) -> Result<Inspected, Failure> {
    let Loaded { name, text, encoding } = read;
    let request = request(arguments, text)?;
    let mut report = analyze(&request);
    if let Some(encoding) = encoding {
        report.diagnostics.retain(|it| it.rule != encoding.rule);
        report.diagnostics.insert(0, encoding);
    }
    Ok(Inspected { name, request, report })
}

/// A text with what was chosen beside it.
fn request(arguments: &Arguments, text: String) -> Result<Request, Failure> {
    let avoid = Arc::new(around::avoid(arguments)?);
    let (engine, host) = (arguments.state.engine, arguments.state.host.clone());
    let dialect = arguments.state.dialect.unwrap_or_else(|| dialect::of(&text));
    Ok(Request { text, dialect, engine, host, avoid })
}

/// Says that a file has no settings to work with, when it is no `daemon.json`: an error, as `check` has it.
fn refuse_foreign(name: &str, report: &Report) -> Option<ExitCode> {
    let foreign = report.foreign?;
    let way = match foreign.ways().contains(&Way::KeepClear) {
        true => "To keep clear of it: drydock propose --clear-of FILE.",
        false => "See drydock check.",
    };
    eprintln!("{name}: error: This is {}, not a daemon.json. {way}", foreign.title());
    Some(ExitCode::from(1))
}
