//! What do `check`, `print` and `link` do with a text of another bench than the daemon's?

use std::{path::Path, process::ExitCode, rc::Rc};

use drydock::{
    address::known,
    bench::{self, Chosen, Examined, Listing, Request, Target, WORKBENCHES, Workbench, Written},
    containers::chosen::{KEEP_CLEAR, NIXOS},
    link::{BenchLink, LinkError},
    rule::{
        diagnostic::Severity,
        terminal::{Lines, render},
    },
};

use crate::{
    Failure, Loaded, check,
    options::{Arguments, Format},
    read_input, say,
};

/// What their texts are written in.
pub fn dialects() -> impl Iterator<Item = &'static str> {
    WORKBENCHES.iter().map(|it| it.listing.dialect)
}

/// The ids of what their texts can be written down for, each once.
pub fn targets() -> impl Iterator<Item = &'static str> {
    let of = |it: &'static Workbench| it.targets.iter().map(|it| it.id);
    WORKBENCHES.iter().enumerate().flat_map(move |(at, bench)| {
        let is_new = move |id: &&str| !WORKBENCHES.iter().take(at).any(|it| of(it).any(|it| it == *id));
        of(bench).filter(is_new)
    })
}

/// Whether one of them has such a target.
pub fn has_target(id: &str) -> bool {
    targets().any(|it| it == id)
}

/// The lines of a file with variables.
pub fn variables(file: &str) -> Result<String, Failure> {
    let bytes = read_input(file)?.bytes;
    String::from_utf8(bytes).map_err(|_| Failure(format!("{file} is not UTF-8")))
}

/// Lines of a file, or the one that a value is.
pub fn lines(value: &str) -> Result<String, Failure> {
    match value == "-" || Path::new(value).exists() {
        true => variables(value),
        false => Ok([value, "\n"].concat()),
    }
}

/// The bench that a text is for: the one that was named, or else the one that it looks like.
pub fn of(arguments: &Arguments, text: &str) -> Option<&'static Workbench> {
    let listing = match (arguments.bench, arguments.state.dialect) {
        (Some(named), _) => Some(named),
        (None, Some(_)) => None,
        (None, None) => bench::alone(text),
    };
    WORKBENCHES.iter().copied().find(|it| Some(it.listing) == listing)
}

/// A text with what was chosen beside it.
fn request(arguments: &Arguments, listing: &Listing, text: String) -> Result<Request, Failure> {
    if let Some((choice, _)) = arguments.chosen.iter().find(|it| listing.choice(it.0.id).is_none()) {
        return Err(Failure(format!("--{} means nothing for {}", choice.id, listing.title)));
    }
    let mut chosen = Chosen::default();
    if arguments.given.contains(&NIXOS.id) {
        chosen = chosen.with(&NIXOS, &arguments.state.host.nixos.release.to_string());
    }
    for (choice, value) in &arguments.chosen {
        let before = match choice.input {
            bench::Input::Lines(_) => chosen.value(choice),
            _ => String::new(),
        };
        chosen = chosen.with(choice, &[&before, value.as_str()].concat());
    }
    let clear_of: Result<String, Failure> = arguments.clear_of.iter().map(|it| lines(it)).collect();
    let chosen = chosen.with(&KEEP_CLEAR, &clear_of?);
    Ok(Request { text, chosen, known: Rc::new(known::read(known::TEXT)) })
}

/// Says what is wrong with it.
pub fn check(arguments: &Arguments, bench: &Workbench, read: Loaded) -> Result<ExitCode, Failure> {
    let Loaded { name, text, .. } = read;
    let request = request(arguments, bench.listing, text)?;
    let examined = (bench.examine)(&request);
    let lines = Lines::of(&request.text);
    let shown = match arguments.format {
        Format::Human => {
            let problems = examined.diagnostics.iter().map(|it| render(&name, &lines, it) + "\n");
            problems.collect::<String>() + &examined.conclusion + "\n"
        }
        Format::Json => check::as_json(&lines, &examined.diagnostics)?,
    };
    say(&shown)?;
    Ok(exit_code(arguments, &examined))
}

/// Writes it down.
pub fn print(arguments: &Arguments, bench: &Workbench, read: Loaded) -> Result<ExitCode, Failure> {
    let Loaded { name, text, .. } = read;
    let Some(target) = target(arguments, bench)? else {
        return Err(Failure(format!("print --to what? {}", written_as(bench))));
    };
    let request = request(arguments, bench.listing, text)?;
    let examined = (bench.examine)(&request);
    let Written { printed, parts, .. } = (target.write)(&request, &examined, target);
    say(&printed.text)?;
    for note in printed.error.iter().chain(&printed.notes) {
        eprintln!("{name}: {}: {}", note.severity, note.message);
    }
    let lines = Lines::of(&request.text);
    for found in examined.diagnostics.iter().filter(|it| it.severity == Severity::Error) {
        eprintln!("{name}:{}: error: {} (see drydock check)", lines.position(found.span.start).line, found.message);
    }
    for told in parts {
        let Some(severity) = told.severity else { continue };
        let line = told.span.map(|it| format!("{}:", lines.position(it.start).line)).unwrap_or_default();
        let what = told.what;
        eprintln!("{name}:{line} {severity}: `{what}` is {}: {}", told.word, told.how);
    }
    match printed.error {
        Some(_) => Ok(ExitCode::from(1)),
        None => Ok(exit_code(arguments, &examined)),
    }
}

/// What a text is to be written down for, where that was said.
fn target(arguments: &Arguments, bench: &Workbench) -> Result<Option<&'static Target>, Failure> {
    let target = match arguments.to.as_str() {
        "" => return Ok(None),
        "nix" => bench.targets.iter().find(|it| it.file.ends_with(".nix")),
        id => bench.targets.iter().find(|it| it.id == id),
    };
    match target {
        Some(target) => Ok(Some(target)),
        None => Err(Failure(format!("{}, not as {}", written_as(bench), arguments.to))),
    }
}

fn written_as(bench: &Workbench) -> String {
    let ids: Vec<&str> = bench.targets.iter().map(|it| it.id).collect();
    format!("{} is written as {}", bench.listing.title, ids.join(", "))
}

/// What only a link to the daemon's settings holds.
const OF_THE_DAEMON: [&str; 3] = ["view", "clear-of", "readable"];

/// Returns the fragment of a link to it, without `#`.
pub fn link(arguments: &Arguments, bench: &Workbench, text: String) -> Result<String, Failure> {
    if let Some(name) = OF_THE_DAEMON.iter().find(|it| arguments.given.contains(it)) {
        let title = bench.listing.title;
        return Err(Failure(format!("--{name} says what a link to the daemon's settings holds, and this is {title}")));
    }
    let target = target(arguments, bench)?.map_or("", |it| it.id);
    let link = BenchLink::to(bench.listing, &request(arguments, bench.listing, text)?, target);
    Ok(link.map_err(|error| Failure(error.to_string()))?.fragment())
}

/// Writes what a link holds.
pub fn decode(arguments: &Arguments, link: &BenchLink) -> Result<ExitCode, Failure> {
    let (text, code) = match link.request() {
        Ok(read) => (read.text, ExitCode::SUCCESS),
        Err(error) => {
            eprintln!("drydock: {error}");
            match error {
                LinkError::CutOff(left) => (left.text, ExitCode::from(1)),
                _ => return Ok(ExitCode::from(1)),
            }
        }
    };
    let (listing, chosen) = (link.listing, link.chosen());
    match arguments.format {
        Format::Human => {
            say(&text)?;
            let target = Some(("to", link.target())).filter(|it| !it.1.is_empty());
            for (id, value) in chosen.unusual().chain(target) {
                eprintln!("drydock: --{id} {value:?}");
            }
        }
        Format::Json => {
            let mut told = serde_json::json!({ "as": listing.dialect, "text": text, "target": link.target() });
            for choice in listing.choices {
                told[choice.id] = chosen.value(choice).into();
            }
            say(&format!("{told:#}\n"))?;
        }
    }
    Ok(code)
}

fn exit_code(arguments: &Arguments, examined: &Examined) -> ExitCode {
    let warnings = if arguments.strict { examined.count(Severity::Warning) } else { 0 };
    ExitCode::from(u8::from(examined.count(Severity::Error) + warnings > 0))
}
