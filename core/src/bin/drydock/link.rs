//! `drydock link`: a configuration in a link, and out of it.

use std::process::ExitCode;

use drydock::{
    host::{Cgroup, Host},
    link::{self, Form, LinkError, State},
    network::{known, pasted},
    read,
    terminal::Lines,
};
use lexopt::prelude::*;

use crate::{Failure, Format, Input, engine, format, read_input, release, say, target, unknown};

/// Runs the command.
pub fn run(mut parser: lexopt::Parser) -> Result<ExitCode, Failure> {
    match parser.next()? {
        Some(Value(command)) if command == "encode" => encode(parser),
        Some(Value(command)) if command == "decode" => decode(parser),
        Some(Value(other)) => Err(unknown("link", &other.to_string_lossy(), "encode or decode")),
        Some(other) => Err(other.unexpected().into()),
        None => Err(Failure("link encode or link decode? See drydock --help".to_owned())),
    }
}

fn encode(mut parser: lexopt::Parser) -> Result<ExitCode, Failure> {
    let mut file = None;
    let mut base = String::new();
    let mut form = Form::Canonical;
    let mut is_readable = false;
    let mut state = State::default();
    let mut state_version = None;
    while let Some(argument) = parser.next()? {
        let host = &mut state.host;
        match argument {
            Long("engine") => state.engine = engine(&mut parser)?,
            Long("cgroup") => host.cgroup = crate::cgroup(&mut parser)?,
            Long("rootless") => host.rootless = true,
            Long("swarm") => host.swarm = true,
            Long("flag") => host.flags.add(&parser.value()?.string()?),
            Long("nixos") => host.nixos.release = release(&mut parser, "--nixos")?,
            Long("state-version") => {
                state_version = Some(release(&mut parser, "--state-version")?);
            }
            Long("target") => state.target = target(&mut parser, "--target")?.id.to_owned(),
            Long("view") => state.view = parser.value()?.string()?,
            Long("clear-of") => keep_clear_of(&mut state, parser.value()?.string()?)?,
            Long("as-written") => form = Form::AsWritten,
            Long("readable") => is_readable = true,
            Long("base") => base = parser.value()?.string()?,
            Value(path) if file.is_none() => file = Some(path.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let nixos = &mut state.host.nixos;
    nixos.state_version = state_version.unwrap_or(nixos.state_version);
    let file = file.ok_or_else(|| Failure("which file? - reads standard input".to_owned()))?;
    let Input { name, bytes } = read_input(&file)?;
    state.text = read::bytes::decode(&bytes, state.engine).0;

    let link = match is_readable {
        true => link::readable(&state).ok_or_else(|| {
            Failure("there is no readable link for this; one says `bip` and address pools only".to_owned())
        })?,
        false => link::encode(&state, form).map_err(|error| Failure(error.to_string()))?,
    };
    let page = base.split('#').next().unwrap_or_default();
    say(&format!("{page}#{link}\n"))?;
    warn(&name, &state.text);
    warn("--clear-of", &state.avoid);
    Ok(ExitCode::SUCCESS)
}

/// What looks like a credential is told, and goes into the link all the same.
fn warn(name: &str, text: &str) {
    let lines = Lines::of(text);
    for it in link::credentials(text) {
        let position = lines.position(it.span.start);
        eprintln!(
            "{name}:{}:{}: warning: {}; everybody who gets the link can read it",
            position.line, position.column, it.message
        );
    }
}

/// Takes a known network by its id, networks as they stand, or the text of a file.
fn keep_clear_of(state: &mut State, value: String) -> Result<(), Failure> {
    let known = known::read(known::TEXT);
    if known.iter().any(|it| it.id == value) {
        state.known.push(value);
        return Ok(());
    }
    let pasted = pasted::read(&value);
    let lines = match pasted.is_complete() && !pasted.networks.is_empty() {
        true => value,
        false => String::from_utf8_lossy(&read_input(&value)?.bytes).into_owned(),
    };
    state.avoid.push_str(&lines);
    if !lines.ends_with('\n') {
        state.avoid.push('\n');
    }
    Ok(())
}

fn decode(mut parser: lexopt::Parser) -> Result<ExitCode, Failure> {
    let mut given = None;
    let mut shown = Format::Human;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("format") => shown = format(&mut parser)?,
            Value(value) if given.is_none() => given = Some(value.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let given = given.ok_or_else(|| Failure("which link? - reads standard input".to_owned()))?;
    let given = match given.as_str() {
        "-" => String::from_utf8_lossy(&read_input("-")?.bytes).into_owned(),
        _ => given,
    };
    let (state, code) = match link::decode(&given) {
        Ok(state) => (state, ExitCode::SUCCESS),
        Err(error) => {
            eprintln!("drydock: {error}");
            let LinkError::CutOff(left) = error else {
                return Ok(ExitCode::from(1));
            };
            (*left, ExitCode::from(1))
        }
    };
    match shown {
        Format::Human => say(&state.text)?,
        Format::Json => say(&format!("{:#}\n", json(&state)))?,
    };
    Ok(code)
}

fn json(state: &State) -> serde_json::Value {
    let Host { cgroup, swarm, rootless, nixos, flags } = &state.host;
    serde_json::json!({
        "text": state.text,
        "engine": state.engine.to_string(),
        "nixos": nixos.release.to_string(),
        "state_version": nixos.state_version.to_string(),
        "cgroup": match cgroup {
            Cgroup::V1 => "v1",
            Cgroup::V2 => "v2",
        },
        "swarm": swarm,
        "rootless": rootless,
        "flags": flags.iter().collect::<Vec<_>>(),
        "target": state.target,
        "avoid": state.avoid,
        "known": state.known,
        "view": state.view,
    })
}
