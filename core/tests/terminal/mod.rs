//! The terminal program, run as a person runs it.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a program is run")]

use std::{
    io::Write,
    process::{Command, Output, Stdio},
    thread,
};

/// Runs `drydock` with arguments, and gives it something to read while it answers.
pub fn drydock(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drydock"));
    command.args(arguments);
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped());
    command.stderr(Stdio::piped());
    let mut child = command.spawn().expect("to start");
    let mut stdin = child.stdin.take().expect("its input");
    let input = input.to_owned();
    // It may be done, with a mistake in its arguments, before it reads.
    let writing = thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("its output");
    let _ = writing.join();
    output
}
