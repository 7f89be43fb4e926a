//! How is Drydock called? Told by the rows of commands and options.

use std::{fmt::Write, process::ExitCode};

use drydock::{
    containers::chosen::BACKEND,
    daemon::{dialect::DIALECTS, print::TARGETS},
};

use crate::{
    Failure, benches,
    commands::{COMMANDS, Command, not_a_command},
    guide,
    options::{Arguments, OPTIONS, Opt, SHORT},
    say,
};

/// Where the words of a line begin.
const MARGIN: usize = 26;
/// Lines are no longer, but for a word that is.
const WIDTH: usize = 80;

/// Writes the help, or what is to know of a command.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let words = &arguments.operands;
    if words.is_empty() {
        return say(&all());
    }
    let name = words.join(" ");
    let is_whole = COMMANDS.iter().any(|it| it.name == name);
    let of_name = |it: &&Command| it.name == name || !is_whole && it.name.split(' ').next() == Some(&name);
    let found: Vec<String> = COMMANDS.iter().filter(of_name).map(about).collect();
    match found.as_slice() {
        [] => Err(not_a_command(words)),
        found => say(&found.join("\n")),
    }
}

/// All there is.
pub fn all() -> String {
    let mut said = "drydock inspects a Docker daemon configuration before it sails.\n\nUsage:\n".to_owned();
    for it in COMMANDS {
        let call = format!("drydock {} {}", it.name, it.usage);
        line(&mut said, call.trim_end(), it.about, 45);
    }
    said.push_str("FILE, LIST and LINK can be -, for standard input.\n\nTargets:\n");
    let short: Vec<&str> = SHORT.iter().map(|it| it.0).collect();
    let long: Vec<&str> = SHORT.iter().map(|it| it.1).collect();
    line(&mut said, &short.join(", "), &format!("short for {}", long.join(", ")), MARGIN);
    for it in TARGETS {
        line(&mut said, it.id, it.description, MARGIN);
    }
    said.push_str("\nOptions, each for the commands that it means something to:\n");
    options(&mut said, OPTIONS.iter());
    let dialects: Vec<&str> = DIALECTS.iter().map(|it| it.id).chain(benches::dialects()).collect();
    let _ = writeln!(said, "\nDIALECT: {}\nLIST: {LIST}", dialects.join(", "));
    said.push_str("\nExit status:\n");
    line(&mut said, "0", "all is well", 5);
    let mut failing: Vec<(&str, String)> = Vec::new();
    for it in COMMANDS.iter().filter(|it| !it.fails.is_empty()) {
        match failing.iter_mut().find(|same| same.0 == it.fails) {
            Some((_, names)) => *names = format!("{names}, {}", it.name),
            None => failing.push((it.fails, it.name.to_owned())),
        }
    }
    for (fails, names) in failing {
        line(&mut said, "1", &format!("{names}: {fails}"), 5);
    }
    line(&mut said, "2", NOT_DONE, 5);
    said
}

const NOT_DONE: &str = "not carried out";

/// What is to know of a command; it fits on one screen.
pub fn about(command: &Command) -> String {
    let mut said = format!("drydock {}: {}\n", command.name, command.about);
    let _ = writeln!(said, "{}", format!("Usage: drydock {} {}", command.name, command.usage).trim_end());
    let taken: Vec<&Opt> = OPTIONS.iter().filter(|it| command.takes(it)).collect();
    if taken.iter().any(|it| it.has_value("TARGET")) {
        let targets = TARGETS.iter().map(|it| match SHORT.iter().find(|short| short.1 == it.id) {
            Some((short, _)) => format!("{} ({short})", it.id),
            None => it.id.to_owned(),
        });
        let mut told = targets.collect::<Vec<String>>().join(", ");
        if taken.iter().any(|it| it.name == BACKEND.id) {
            told += "; elsewhere see `drydock print FILE`";
        }
        line(&mut said, "TARGET", &told, 10);
    }
    // Where only networks to keep clear of are lists, the help of all commands explains them.
    if taken.iter().any(|it| it.has_value("LIST") && it.name != "clear-of") {
        line(&mut said, "LIST", LIST, 10);
    }
    if !taken.is_empty() {
        for it in guide::find(command.guide).map(guide::rows).unwrap_or_default() {
            line(&mut said, &format!("--{} {}", it.name, it.value), &it.about, MARGIN);
        }
        options(&mut said, taken.into_iter());
    }
    let fails = if command.fails.is_empty() { String::new() } else { format!("1: {}; ", command.fails) };
    line(&mut said, "Exit", &format!("{fails}2: {NOT_DONE}"), 7);
    said
}

const LIST: &str = "a file of what ip route and the like print; ID: a known network";

fn options<'a>(said: &mut String, rows: impl Iterator<Item = &'a Opt>) {
    for it in rows {
        line(said, &it.usage(), &it.told(), MARGIN);
    }
}

/// A word and what it means, beside each other; further lines begin below the meaning.
fn line(said: &mut String, word: &str, meaning: &str, margin: usize) {
    let mut line = format!("  {word:<width$} ", width = margin - 3);
    for word in meaning.split(' ') {
        if line.chars().count() + word.chars().count() > WIDTH {
            said.push_str(line.trim_end());
            said.push('\n');
            line = " ".repeat(margin);
        }
        line.push_str(word);
        line.push(' ');
    }
    said.push_str(line.trim_end());
    said.push('\n');
}
