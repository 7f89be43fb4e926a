//! `drydock link`: a configuration in a link, and out of it.

use std::process::ExitCode;

use drydock::{
    address::known,
    daemon::{bytes, network::pasted},
    docker::host::{Cgroup, Host},
    link::{self, BenchLink, Form, LinkError, State},
    rule::terminal::Lines,
};

use crate::{
    Failure, Input, benches,
    options::{Arguments, Format},
    print, read_input, say,
};

/// Writes a link.
pub fn encode(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut state = arguments.state.clone();
    for value in &arguments.clear_of {
        keep_clear_of(&mut state, value)?;
    }
    let Input { name, bytes } = read_input(arguments.file()?)?;
    state.text = bytes::decode(&bytes, state.engine).0;
    let page = arguments.base.split('#').next().unwrap_or_default();
    if let Some(bench) = benches::of(arguments, &state.text) {
        let link = benches::link(arguments, bench, state.text.clone())?;
        say(&format!("{page}#{link}\n"))?;
        warn(&name, &state.text);
        for (choice, value) in &arguments.chosen {
            warn(&format!("--{}", choice.id), value);
        }
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.target.is_none() && !arguments.to.is_empty() {
        return Err(print::not_written(&arguments.to));
    }

    let form = if arguments.as_written { Form::AsWritten } else { Form::Canonical };
    let link = match arguments.readable {
        true => link::readable(&state).ok_or_else(|| {
            Failure("there is no readable link for this; one says `bip` and address pools only".to_owned())
        })?,
        false => link::encode(&state, form).map_err(|error| Failure(error.to_string()))?,
    };
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
            "{name}:{}:{}: warning: {}; anyone who gets the link can read it",
            position.line, position.column, it.message
        );
    }
}

/// Takes a known network by its id, networks as they stand, or the text of a file.
fn keep_clear_of(state: &mut State, value: &str) -> Result<(), Failure> {
    let known = known::read(known::TEXT);
    if known.iter().any(|it| it.id == value) {
        state.known.push(value.to_owned());
        return Ok(());
    }
    let pasted = pasted::read(value);
    let lines = match pasted.is_complete() && !pasted.networks.is_empty() {
        true => value.to_owned(),
        false => String::from_utf8_lossy(&read_input(value)?.bytes).into_owned(),
    };
    state.avoid.push_str(&lines);
    if !lines.ends_with('\n') {
        state.avoid.push('\n');
    }
    Ok(())
}

/// Writes what a link holds.
pub fn decode(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let given = arguments.operands.first();
    let given = given.ok_or_else(|| Failure("which link? - reads standard input".to_owned()))?;
    let given = match given.as_str() {
        "-" => String::from_utf8_lossy(&read_input("-")?.bytes).into_owned(),
        _ => given.clone(),
    };
    if let Some(link) = BenchLink::of(&given) {
        return benches::decode(arguments, &link);
    }
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
    match arguments.format {
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
