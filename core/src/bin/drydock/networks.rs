//! `drydock networks`: which subnets will the Engine hand out?

use std::process::ExitCode;

use drydock::Engine;
use lexopt::prelude::*;

use crate::{Failure, read_input, say, scenario};

/// What the options say.
struct Arguments {
    engine: Engine,
    scenario: Option<String>,
}

impl Arguments {
    fn parse(mut parser: lexopt::Parser) -> Result<Self, Failure> {
        let mut arguments = Self {
            engine: Engine::LATEST,
            scenario: None,
        };
        while let Some(argument) = parser.next()? {
            match argument {
                Long("engine") => {
                    let version = parser.value()?.string()?;
                    arguments.engine = version.parse().map_err(|it| Failure(format!("{it}")))?;
                }
                Long("scenario") => arguments.scenario = Some(parser.value()?.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(arguments)
    }
}

/// Runs the command.
pub fn run(parser: lexopt::Parser) -> Result<ExitCode, Failure> {
    let arguments = Arguments::parse(parser)?;
    match &arguments.scenario {
        Some(file) => scenarios(file, arguments.engine),
        None => Err(Failure("networks of what? See drydock --help".to_owned())),
    }
}

/// Answers the situations of a file, one a line.
fn scenarios(file: &str, engine: Engine) -> Result<ExitCode, Failure> {
    let input = read_input(file)?;
    let text = String::from_utf8_lossy(&input.bytes);
    let mut answers = String::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let answer = scenario::answer(line, engine)
            .map_err(|what| Failure(format!("{}:{}: {what}", input.name, index + 1)))?;
        answers.push_str(&answer);
        answers.push('\n');
    }
    say(&answers)
}
