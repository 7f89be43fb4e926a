//! How is another program run, so that its words are seen when, and only when, they matter?

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::steps::Step;
use crate::trouble::{Result, Trouble};

/// Runs a program to its end, noting its last line on the step; when it fails, the trouble holds what it said.
pub fn quietly(step: &Step, command: &mut Command, remedy: &str) -> Result<()> {
    listening(step, command, remedy).map(drop)
}

/// As [`quietly`], and returns the lines it said.
pub fn listening(step: &Step, command: &mut Command, remedy: &str) -> Result<Vec<String>> {
    let name = words(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Trouble::new(format!("Could not start `{name}`: {error}"), remedy))?;
    let said = Mutex::new(Vec::new());
    let listen = |from: Option<Box<dyn Read + Send>>| {
        let Some(from) = from else { return };
        for line in BufReader::new(from).split(b'\n').map_while(std::io::Result::ok) {
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            if !line.trim().is_empty() {
                step.note(&line);
            }
            said.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    };
    let out = child.stdout.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>);
    let err = child.stderr.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>);
    thread::scope(|scope| {
        scope.spawn(|| listen(out));
        listen(err);
    });
    let status = child.wait().map_err(|error| Trouble::new(format!("Lost `{name}`: {error}"), remedy))?;
    let said = said.into_inner().unwrap_or_else(PoisonError::into_inner);
    if status.success() {
        return Ok(said);
    }
    Err(Trouble::new(format!("`{name}` failed ({status}):\n\n{}\n", said.join("\n")), remedy))
}

/// What a program prints, or nothing when there is no such program or it fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Both at once; the first's trouble is told before the second's.
pub fn beside<A: Send, B: Send>(
    first: impl FnOnce() -> Result<A> + Send,
    second: impl FnOnce() -> Result<B> + Send,
) -> Result<(A, B)> {
    thread::scope(|scope| {
        let second = scope.spawn(second);
        let first = first();
        let second = second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok((first?, second?))
    })
}

fn words(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let program = program.rsplit('/').next().unwrap_or_default().to_owned();
    let mut words = vec![program];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
