//! `drydock guide`: what follows from a few choices, in which order is it done?

use std::{ffi::OsString, fmt::Write, process::ExitCode};

use drydock::{
    bench::{Block, Choice, Chosen, Input, Line, Step},
    guide::{Answer, GUIDES, Guide},
    rule::diagnostic::Severity,
};
use lexopt::prelude::*;
use serde_json::json;

use crate::{
    Failure, benches,
    commands::Command,
    options::{Arguments, Format, Opt, unknown},
    say,
};

/// Lines of prose are no longer, but for a word that is.
const WIDTH: usize = 80;

/// The guide of this id.
pub fn find(id: &str) -> Option<&'static Guide> {
    GUIDES.iter().copied().find(|it| it.listing.id == id)
}

/// Lists the guides.
pub fn list(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if let Some(name) = arguments.operands.first() {
        let names: Vec<&str> = GUIDES.iter().map(|it| it.listing.id).collect();
        return Err(unknown("guide", name, &names.join(" or ")));
    }
    let mut said = String::new();
    for guide in GUIDES {
        let listing = guide.listing;
        let _ = writeln!(said, "drydock guide {}: {}", listing.id, listing.title);
        wrap(&mut said, "  ", "  ", listing.about);
    }
    say(&said)
}

/// What stands for choices on the command line.
pub struct Row {
    /// The name after two dashes.
    pub name: String,
    /// What stands for its value.
    pub value: &'static str,
    /// What it says.
    pub about: String,
}

/// The options of a guide: one for each choice, and one for choices that are asked for in turn.
pub fn rows(guide: &Guide) -> Vec<Row> {
    let choices = guide.listing.choices;
    let mut rows: Vec<Row> = Vec::new();
    for choice in choices {
        let short = short(choice.id);
        let alike: Vec<&&Choice> =
            choices.iter().filter(|it| it.id.contains('-') && self::short(it.id) == short).collect();
        if alike.len() < 2 {
            rows.push(Row { name: choice.id.to_owned(), value: value(choice), about: about(choice.about, choice) });
        } else if !rows.iter().any(|it| it.name == short) {
            let about: Vec<String> = alike.into_iter().map(|it| about(it.label, it)).collect();
            rows.push(Row { name: short.to_owned(), value: value(choice), about: about.join("; ") });
        }
    }
    rows
}

/// The end of an id: `from` for `nixos-from`.
fn short(id: &str) -> &str {
    id.rsplit('-').next().unwrap_or(id)
}

fn value(choice: &Choice) -> &'static str {
    match choice.input {
        Input::OneOf(_) => "NAME",
        Input::Text(_) => "TEXT",
        Input::Lines(_) => "FILE",
    }
}

fn about(what: &str, choice: &Choice) -> String {
    let usual = (choice.usual)();
    let usual = if usual.is_empty() { String::new() } else { format!(" [default: {usual}]") };
    match choice.input {
        Input::OneOf(offers) => format!("{what}: {}{usual}", values(&offers())),
        Input::Text(_) | Input::Lines(_) => format!("{what}{usual}"),
    }
}

fn values(offers: &[(String, String)]) -> String {
    offers.iter().map(|it| it.0.as_str()).collect::<Vec<_>>().join(", ")
}

/// Runs the command of a guide.
pub fn run(
    command: &Command,
    guide: &Guide,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<ExitCode, Failure> {
    let (given, format) = read(command, guide, arguments)?;
    let chosen = choose(guide, &given)?;
    let asked = (guide.asks)(&chosen);
    let needless = chosen.unusual().filter(|it| !asked.iter().any(|asked| asked.id == it.0));
    for (id, value) in needless {
        eprintln!("drydock: --{id} {value:?} does not matter here");
    }
    let answer = (guide.answer)(&chosen);
    say(&match format {
        Format::Human => told(&answer),
        Format::Json => as_json(guide, &chosen, &answer)?,
    })?;
    Ok(ExitCode::from(u8::from(answer.severity == Some(Severity::Error))))
}

type Given = Vec<(String, String)>;

fn read(
    command: &Command,
    guide: &Guide,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<(Given, Format), Failure> {
    let (mut given, mut format) = (Given::new(), Format::Human);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        let name = match &argument {
            Long(name) => (*name).to_owned(),
            Short(letter) => letter.to_string(),
            Value(_) => return Err(argument.unexpected().into()),
        };
        let is_choice = |it: &&&Choice| it.id == name || short(it.id) == name;
        match guide.listing.choices.iter().find(is_choice) {
            Some(_) => given.push((name, parser.value()?.string()?)),
            None if name == "format" => format = Format::read(&parser.value()?.string()?)?,
            None => {
                return Err(match Opt::find(&name) {
                    Some(option) => option.refused_by(command),
                    None => argument.unexpected().into(),
                });
            }
        }
    }
    Ok((given, format))
}

/// What the arguments choose: first what is named in full, for it decides what else is asked for.
fn choose(guide: &Guide, given: &Given) -> Result<Chosen, Failure> {
    let mut chosen = Chosen::default();
    for (name, value) in given {
        if let Some(choice) = guide.listing.choice(name) {
            chosen = with(chosen, choice, name, value)?;
        }
    }
    for (name, value) in given.iter().filter(|it| guide.listing.choice(&it.0).is_none()) {
        let asked = (guide.asks)(&chosen);
        let choices = asked.iter().chain(guide.listing.choices);
        // What is not asked for is named by the one that could be.
        if let Some(choice) = choices.copied().find(|it| short(it.id) == name) {
            chosen = with(chosen, choice, name, value)?;
        }
    }
    Ok(chosen)
}

fn with(chosen: Chosen, choice: &'static Choice, name: &str, value: &str) -> Result<Chosen, Failure> {
    match choice.input {
        Input::Lines(_) => Ok(chosen.with(choice, &benches::lines(value)?)),
        Input::OneOf(offers) if !choice.takes(value) => Err(unknown(&format!("--{name}"), value, &values(&offers()))),
        Input::Text(_) if !choice.takes(value) => Err(unknown(&format!("--{name}"), value, "one line")),
        Input::OneOf(_) | Input::Text(_) => Ok(chosen.with(choice, value)),
    }
}

/// An answer, for people.
fn told(answer: &Answer) -> String {
    let mut said = String::new();
    wrap(&mut said, "", "", &answer.sentence);
    for block in &answer.blocks {
        said.push('\n');
        match block {
            Block::Lead(text) => wrap(&mut said, "", "", text),
            Block::Heading(text) => {
                let _ = writeln!(said, "{text}\n{}", "-".repeat(text.chars().count()));
            }
            Block::Lines(lines) => lines.iter().for_each(|it| line(&mut said, it)),
            Block::Steps(steps) => steps.iter().enumerate().for_each(|(at, it)| step(&mut said, at + 1, it)),
            Block::File(file) => {
                let _ = write!(said, "{}:\n\n{}", file.name, file.text);
            }
            // Pictures have no place in a terminal; what they show is told in lines.
            Block::Map(_) | Block::Graph(_) => {}
        }
    }
    said
}

fn line(said: &mut String, line: &Line) {
    let severity = line.severity.map(|it| format!("{it}: ")).unwrap_or_default();
    let what = if line.what.is_empty() { String::new() } else { format!("`{}`", line.what) };
    let head: Vec<&str> = [line.word.as_str(), what.as_str()].into_iter().filter(|it| !it.is_empty()).collect();
    let colon = if line.how.is_empty() || head.is_empty() { "" } else { ": " };
    wrap(said, "- ", "  ", &format!("{severity}{}{colon}{}", head.join(" "), line.how));
}

fn step(said: &mut String, number: usize, step: &Step) {
    let number = format!("{number:>2}. ");
    wrap(said, &number, "    ", &step.title);
    if !step.explanation.is_empty() {
        wrap(said, "    ", "    ", &step.explanation);
    }
    for line in &step.lines {
        let _ = writeln!(said, "      {line}");
    }
}

/// Writes a text in lines of the width of a terminal.
fn wrap(said: &mut String, first: &str, further: &str, text: &str) {
    let mut line = first.to_owned();
    let mut is_new = true;
    for word in text.split(' ') {
        if !is_new && line.chars().count() + 1 + word.chars().count() > WIDTH {
            said.push_str(line.trim_end());
            said.push('\n');
            further.clone_into(&mut line);
            is_new = true;
        }
        if !is_new {
            line.push(' ');
        }
        line.push_str(word);
        is_new = false;
    }
    said.push_str(line.trim_end());
    said.push('\n');
}

/// An answer, for programs.
fn as_json(guide: &Guide, chosen: &Chosen, answer: &Answer) -> Result<String, Failure> {
    let severity = |it: Option<Severity>| it.map(|it| it.to_string());
    let blocks = answer.blocks.iter().filter_map(|it| {
        Some(match it {
            Block::Lead(text) => json!({ "lead": text }),
            Block::Heading(text) => json!({ "heading": text }),
            Block::Lines(lines) => {
                let line = |it: &Line| json!({ "severity": severity(it.severity), "word": it.word, "what": it.what, "how": it.how });
                json!({ "lines": lines.iter().map(line).collect::<Vec<_>>() })
            }
            Block::Steps(steps) => {
                let step = |it: &Step| json!({ "title": it.title, "explanation": it.explanation, "lines": it.lines });
                json!({ "steps": steps.iter().map(step).collect::<Vec<_>>() })
            }
            Block::File(file) => json!({ "file": { "name": file.name, "text": file.text } }),
            Block::Map(_) | Block::Graph(_) => return None,
        })
    });
    let asked = (guide.asks)(chosen);
    let choices: serde_json::Map<_, _> =
        asked.into_iter().map(|it| (it.id.to_owned(), chosen.value(it).into())).collect();
    let answer = json!({
        "guide": guide.listing.id,
        "chosen": choices,
        "severity": severity(answer.severity),
        "sentence": answer.sentence,
        "blocks": blocks.collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&answer);
    Ok(text.map_err(|it| Failure(format!("cannot write: {it}")))? + "\n")
}
