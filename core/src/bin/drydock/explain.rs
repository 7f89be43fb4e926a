//! `drydock explain`: what does the daemon mean by what it says?

use std::process::ExitCode;

use drydock::{
    daemon::messages::{self, Explained},
    rule::terminal::Lines,
};

use crate::{Failure, Input, options::Arguments, read_input, say};

/// Explains the lines of a log, of standard input when no file is named.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let file = arguments.operands.first().map_or("-", String::as_str);
    let Input { name, bytes } = read_input(file)?;
    let text = String::from_utf8_lossy(&bytes);
    let messages = messages::read(messages::TEXT);
    let found = messages::explain(&messages, &text);
    if found.is_empty() {
        eprintln!("{name}: no line is a message of the daemon that Drydock knows.");
        return Ok(ExitCode::from(1));
    }
    let lines = Lines::of(&text);
    let shown: Vec<_> = found.iter().map(|it| paragraph(&name, &lines, it)).collect();
    say(&shown.join("\n"))
}

fn paragraph(name: &str, lines: &Lines, explained: &Explained) -> String {
    let line = lines.position(explained.span.start).line;
    let mut shown = format!("{name}:{line}: {}\n", explained.meaning);
    shown.push_str(&format!("  = help: {}\n", explained.help));
    for (what, words) in [("settings", &explained.keys), ("rules", &explained.message.rules)] {
        if !words.is_empty() {
            shown.push_str(&format!("  = {what}: {}\n", words.join(", ")));
        }
    }
    shown.push_str(&format!("  = source: {}\n", explained.message.source));
    shown
}
