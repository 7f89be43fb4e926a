//! Drydock in a terminal: the same report as on the page, for people and for CI.
//!
//! The only place in this crate that touches files.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the core is handed what is read here")]

mod explain;
mod link;
mod networks;
mod outlook;
mod propose;
mod scenario;

use std::{
    fmt,
    io::{self, Read, Write},
    process::ExitCode,
};

use drydock::{
    Engine, Report, Request, analyze,
    diagnostic::{Diagnostic, Severity},
    foreign::Way,
    host::{Cgroup, Host, Release},
    print::{Order, TARGETS, Target},
    prose, read,
    terminal::{Lines, render},
};
use lexopt::prelude::*;
use serde::Serialize;

const HELP: &str = "\
drydock inspects a Docker daemon configuration before it sails.

Usage:
  drydock check [OPTIONS] FILE              say what is wrong with a daemon.json (- reads standard input)
  drydock print [OPTIONS] --to TARGET FILE  write it down as Nix, or as JSON again
  drydock networks [OPTIONS] [FILE]         say which subnets docker0 and the next networks get
  drydock networks --scenario FILE          answer situations of the allocator, one JSON object a line
  drydock propose [OPTIONS] [FILE]          say which pools keep clear of the networks to be reached
  drydock explain [FILE]                    say what the daemon means by lines of its log, or by an error of docker
  drydock link encode [OPTIONS] FILE        write a link that opens as this configuration
  drydock link decode LINK                  write the configuration of a link
  drydock reference                         write the long texts of options and rules, as JSON
  drydock help [COMMAND]                    write this, or how a command is called
  drydock version                           say which version this is

Targets:
{targets}
Options:
  --engine VERSION       the Docker Engine that will read it, such as 29, 28.5 or 20.10.24 [default: 29.7.2]
  --cgroup v1|v2         the control groups of the host [default: v2]
  --rootless             the daemon runs rootless: it sees no network of the host
  --swarm                the daemon is a member of a swarm
  --flag NAME            a setting is also given to dockerd as flag --NAME (repeatable)
  --strict               warnings count as errors
  --format human|json    how check, networks, propose and link decode answer [default: human]
  --sort                 print the settings by name
  --count N              show the next N networks, and fail when they find no room [default: 8, without failing]
  --taken CIDR|FILE      a subnet that a network of Docker has already, or what docker network inspect says (repeatable)
  --reserve CIDR|FILE    a subnet that the Engine finds on the host, or what ip route and the like say (repeatable)
  --clear-of CIDR|FILE|ID a network to keep clear of, what ip route and the like say, or a known network (repeatable)
  --networks N, --hosts N propose room for so many networks of so many containers each [default: as now, or 30 and 253]
  -6                     IPv6 networks; propose: these as well
  --target TARGET, --view NAME  what the link shows
  --as-written           keep comments and layout in the link
  --readable             a link that people can read, when it says no more than bip and address pools
  --base URL             the page that opens the link
  --nixos RELEASE        the NixOS release that Nix is printed for [default: 26.05]
  --state-version NUMBER its system.stateVersion [default: 26.05]
  --help, --version

Exit status:
  0  all is well
  1  check, print: an error was found (with --strict: or a warning); networks --count: no room;
     propose: no pools keep clear; explain: no line was recognised; link decode: the link is damaged
  2  the command could not be carried out, or the text is too long to be checked
";

const VERSION: &str = concat!("drydock ", env!("CARGO_PKG_VERSION"), "\n");

fn main() -> ExitCode {
    match run() {
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

fn run() -> Result<ExitCode, Failure> {
    if asks_for_help() {
        return say(&help());
    }
    let mut parser = lexopt::Parser::from_env();
    match parser.next()? {
        Some(Value(command)) if command == "check" => check(parser),
        Some(Value(command)) if command == "print" => print(parser),
        Some(Value(command)) if command == "networks" => networks::run(parser),
        Some(Value(command)) if command == "explain" => explain::run(parser),
        Some(Value(command)) if command == "propose" => propose::run(parser),
        Some(Value(command)) if command == "link" => link::run(parser),
        Some(Value(command)) if command == "reference" => reference(parser),
        Some(Value(command)) if command == "help" => help_about(parser),
        Some(Value(command)) if command == "version" => say(VERSION),
        Some(Value(command)) => Err(not_a_command(&command.to_string_lossy())),
        Some(Long("version") | Short('V')) => say(VERSION),
        Some(other) => Err(other.unexpected().into()),
        None => Err(Failure("which command? See drydock --help".to_owned())),
    }
}

/// Wherever it stands: behind a command is where most people try it.
fn asks_for_help() -> bool {
    let mut options = std::env::args_os().skip(1).take_while(|it| it != "--");
    options.any(|it| it == "--help" || it == "-h")
}

fn help() -> String {
    let mut targets = String::from("  nix, json              short for nixos-module, daemon-json\n");
    for it in TARGETS {
        targets.push_str(&format!("  {:<22} {}\n", it.id, it.description));
    }
    HELP.replace("{targets}", &targets)
}

/// How one command is called, or everything.
fn help_about(mut parser: lexopt::Parser) -> Result<ExitCode, Failure> {
    let help = help();
    let Some(argument) = parser.next()? else {
        return say(&help);
    };
    let Value(command) = argument else {
        return Err(argument.unexpected().into());
    };
    let command = command.string()?;
    let start = format!("  drydock {command} ");
    let usage: Vec<&str> = help.lines().filter(|it| it.starts_with(&start)).collect();
    if usage.is_empty() {
        return Err(not_a_command(&command));
    }
    let rest = help.find("\nOptions:").and_then(|it| help.get(it..));
    let usage = usage.join("\n");
    say(&format!("Usage:\n{usage}\n{}", rest.unwrap_or_default()))
}

fn not_a_command(name: &str) -> Failure {
    Failure(format!("{name:?} is not a command; see drydock --help"))
}

/// Writes to standard output; a reader that has gone away is not an error.
fn say(text: &str) -> Result<ExitCode, Failure> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure(format!("cannot write: {error}"))),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Writes what the page's reference shows.
fn reference(mut parser: lexopt::Parser) -> Result<ExitCode, Failure> {
    if let Some(argument) = parser.next()? {
        return Err(argument.unexpected().into());
    }
    let text = serde_json::to_string(&prose::reference());
    say(&text.map_err(|it| Failure(format!("cannot write: {it}")))?)
}

#[derive(Clone, Copy)]
enum Format {
    Human,
    Json,
}

/// What the options say, before the file is read.
struct Arguments {
    file: Option<String>,
    engine: Engine,
    host: Host,
    strict: bool,
    format: Format,
    target: Option<&'static Target>,
    order: Order,
}

impl Arguments {
    fn parse(mut parser: lexopt::Parser) -> Result<Self, Failure> {
        let mut arguments = Self {
            file: None,
            engine: Engine::LATEST,
            host: Host::default(),
            strict: false,
            format: Format::Human,
            target: None,
            order: Order::AsWritten,
        };
        while let Some(argument) = parser.next()? {
            match argument {
                Long("engine") => arguments.engine = engine(&mut parser)?,
                Long("cgroup") => arguments.host.cgroup = cgroup(&mut parser)?,
                Long("format") => arguments.format = format(&mut parser)?,
                Long("to") => arguments.target = Some(target(&mut parser, "--to")?),
                Long("sort") => arguments.order = Order::ByName,
                Long("nixos") => arguments.host.nixos.release = release(&mut parser, "--nixos")?,
                Long("state-version") => {
                    arguments.host.nixos.state_version = release(&mut parser, "--state-version")?;
                }
                Long("flag") => arguments.host.flags.add(&parser.value()?.string()?),
                Long("rootless") => arguments.host.rootless = true,
                Long("swarm") => arguments.host.swarm = true,
                Long("strict") => arguments.strict = true,
                Value(file) if arguments.file.is_none() => arguments.file = Some(file.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(arguments)
    }

    fn file(&self) -> Result<&str, Failure> {
        let file = self.file.as_deref();
        file.ok_or_else(|| Failure("which file? - reads standard input".to_owned()))
    }
}

fn engine(parser: &mut lexopt::Parser) -> Result<Engine, Failure> {
    let version = parser.value()?.string()?;
    version.parse().map_err(|it| Failure(format!("{it}")))
}

fn cgroup(parser: &mut lexopt::Parser) -> Result<Cgroup, Failure> {
    match parser.value()?.string()?.as_str() {
        "v1" => Ok(Cgroup::V1),
        "v2" => Ok(Cgroup::V2),
        other => Err(unknown("--cgroup", other, "v1 or v2")),
    }
}

fn format(parser: &mut lexopt::Parser) -> Result<Format, Failure> {
    match parser.value()?.string()?.as_str() {
        "human" => Ok(Format::Human),
        "json" => Ok(Format::Json),
        other => Err(unknown("--format", other, "human or json")),
    }
}

fn unknown(option: &str, value: &str, choices: &str) -> Failure {
    Failure(format!("{option} is {choices}, not {value:?}"))
}

/// The target that follows an option.
fn target(parser: &mut lexopt::Parser, option: &str) -> Result<&'static Target, Failure> {
    let id = parser.value()?.string()?;
    let id = match id.as_str() {
        "nix" => "nixos-module",
        "json" => "daemon-json",
        id => id,
    };
    let choices: Vec<_> = TARGETS.iter().map(|it| it.id).collect();
    let choices = format!("nix, json, {}", choices.join(", "));
    Target::find(id).ok_or_else(|| unknown(option, id, &choices))
}

/// A NixOS release: two digits, a dot, two digits.
fn release(parser: &mut lexopt::Parser, option: &str) -> Result<Release, Failure> {
    let written = parser.value()?.string()?;
    Release::read(&written).ok_or_else(|| unknown(option, &written, "a release such as 26.05"))
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

fn inspect(arguments: &Arguments) -> Result<Inspected, Failure> {
    let Input { name, bytes } = read_input(arguments.file()?)?;
    if let Some(what) = read::bytes::binary(&bytes) {
        return Err(Failure(format!("{name} is {what}, not a text")));
    }
    let (text, encoding) = read::bytes::decode(&bytes, arguments.engine);
    let request = Request { text, engine: arguments.engine, host: arguments.host.clone(), ..Request::default() };
    let mut report = analyze(&request);
    if let Some(encoding) = encoding {
        report.diagnostics.retain(|it| it.rule != encoding.rule);
        report.diagnostics.insert(0, encoding);
    }
    Ok(Inspected { name, request, report })
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

fn check(parser: lexopt::Parser) -> Result<ExitCode, Failure> {
    let arguments = Arguments::parse(parser)?;
    let inspected = inspect(&arguments)?;
    let shown = match arguments.format {
        Format::Human => human(&inspected),
        Format::Json => json(&inspected)?,
    };
    say(&shown)?;
    Ok(exit_code(&arguments, &inspected.report))
}

fn print(parser: lexopt::Parser) -> Result<ExitCode, Failure> {
    let arguments = Arguments::parse(parser)?;
    let target = arguments.target;
    let target = target.ok_or_else(|| Failure("print --to what? See drydock --help".to_owned()))?;
    let Inspected { name, request, report } = inspect(&arguments)?;
    let printed = drydock::print::print(&request, &report, target, arguments.order);
    say(&printed.text)?;
    for note in printed.error.iter().chain(&printed.notes) {
        eprintln!("{name}: {}: {}", note.severity, note.message);
    }
    if report.count(Severity::Error) > 0 {
        eprintln!("{name}: {} See drydock check.", report.verdict().sentence());
    }
    match printed.error {
        Some(_) => Ok(ExitCode::from(1)),
        None => Ok(exit_code(&arguments, &report)),
    }
}

/// 1 when something was found that counts, 2 when nothing was looked at.
fn exit_code(arguments: &Arguments, report: &Report) -> ExitCode {
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

fn human(inspected: &Inspected) -> String {
    let lines = Lines::of(&inspected.request.text);
    let mut shown = String::new();
    for it in &inspected.report.diagnostics {
        shown.push_str(&render(&inspected.name, &lines, it));
        shown.push('\n');
    }
    shown.push_str(&inspected.report.verdict().sentence());
    shown.push('\n');
    shown
}

/// A diagnostic with the position people look for.
#[derive(Serialize)]
struct Positioned<'a> {
    #[serde(flatten)]
    diagnostic: &'a Diagnostic,
    line: usize,
    column: usize,
}

fn json(inspected: &Inspected) -> Result<String, Failure> {
    let lines = Lines::of(&inspected.request.text);
    let diagnostics: Vec<_> = inspected
        .report
        .diagnostics
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
