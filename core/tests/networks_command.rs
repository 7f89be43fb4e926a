//! `drydock networks` as a person runs it.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
    thread,
};

fn drydock(arguments: &[&str], input: &str) -> Output {
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

/// `vectors/ipam-engine-29.jsonl` was recorded with the allocator of Engine 29.7.2.
#[test]
fn hands_out_what_engine_29_hands_out() {
    let vectors = include_str!("vectors/ipam-engine-29.jsonl");
    let (bare, answers): (Vec<_>, Vec<_>) = vectors
        .lines()
        .map(|line| {
            let line = line.strip_suffix('}').expect("an object");
            let (scenario, engine) = line.split_once(r#", "engine": "#).expect("an answer");
            (scenario.replacen(r#"{"scenario": "#, "", 1), engine)
        })
        .unzip();
    for input in [vectors, &bare.join("\n")] {
        let output = drydock(&["networks", "--scenario", "-"], input);
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(printed.lines().count(), 400);
        for ((printed, expected), line) in printed.lines().zip(&answers).zip(&bare) {
            assert_eq!(&printed, expected, "{line}");
        }
    }
}

#[test]
fn says_which_situation_it_does_not_understand() {
    for (line, said) in [
        ("{", "<stdin>:2: EOF"),
        ("[]", "<stdin>:2: "),
        (r#"{"requests": -1}"#, "<stdin>:2: "),
        (
            r#"{"pools": [{"base": "10.0.0.0/16", "size": 12}], "requests": 1}"#,
            "Address pool 10.0.0.0/16 cannot be split into /12 subnets",
        ),
        (
            r#"{"reserved": ["10.0.0.0"], "requests": 1}"#,
            r#""10.0.0.0" is no subnet such as 10.0.0.0/24"#,
        ),
    ] {
        let output = drydock(&["networks", "--scenario", "-"], &format!("\n{line}\n"));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(stderr.contains(said), "{line}: {stderr}");
    }
}
