//! Which networks are around? As options give them, and the files that options name.

use std::path::Path;

use drydock::{
    address::{KnownNetwork, Malformed, known, malformed},
    daemon::network::{
        Avoid, Avoided, Pasted,
        pasted::{self, Judgement, Role},
    },
    docker::go::net::{parse_addr, parse_prefix},
};

use crate::{Failure, Input, options::Arguments, read_input};

/// What to keep clear of, and what Docker has already: networks, files with networks in them, and ids of known networks.
pub fn avoid(arguments: &Arguments) -> Result<Avoid, Failure> {
    let (mut avoided, mut in_use, mut not_understood) = (Vec::new(), Vec::new(), 0);
    let all = known::read(known::TEXT);
    for value in &arguments.clear_of {
        let mut warnings = Vec::new();
        let pasted = match clear_of(value, &all, &mut warnings)? {
            ClearOf::Known(known) => {
                avoided.extend(known.subnets.iter().map(|it| Avoided::known(*it, known)));
                continue;
            }
            ClearOf::Pasted(pasted) => pasted,
        };
        for it in warnings {
            eprintln!("warning: {it}");
        }
        avoided.extend(pasted.to_avoid().map(Avoided::found));
        in_use.extend(pasted.in_use().map(Avoided::found));
        let lines = pasted.lines.iter();
        not_understood += lines.filter(|it| matches!(it.judgement, Judgement::NotUnderstood(_))).count();
    }
    for value in &arguments.taken {
        let mut warnings = Vec::new();
        let (_, pasted) = networks(value, &mut warnings)?;
        for it in warnings {
            eprintln!("warning: {it}");
        }
        in_use.extend(taken(&pasted));
    }
    Ok(Avoid::new(avoided, in_use, not_understood))
}

/// What an option to keep clear of something names.
pub enum ClearOf<'a> {
    Known(&'a KnownNetwork),
    Pasted(Pasted),
}

/// What a value of `--clear-of` names.
pub fn clear_of<'a>(
    value: &str,
    known: &'a [KnownNetwork],
    warnings: &mut Vec<String>,
) -> Result<ClearOf<'a>, Failure> {
    if let Some(known) = known.iter().find(|it| it.id == value) {
        return Ok(ClearOf::Known(known));
    }
    match networks(value, warnings) {
        Ok((_, pasted)) => Ok(ClearOf::Pasted(pasted)),
        Err(it) if value.contains('/') => Err(it),
        Err(it) => Err(Failure(format!("no known network is called {value}{}, and {it}", near(value, known)))),
    }
}

/// The known networks that fit a word: " (near: wifionice, sncf-wifi)".
fn near(value: &str, known: &[KnownNetwork]) -> String {
    let found = known::search(known, value).into_iter().take(4).map(|it| it.id.as_str());
    let found: Vec<&str> = found.filter(|_| !value.trim().is_empty()).collect();
    match found.as_slice() {
        [] => String::new(),
        _ => format!(" (near: {})", found.join(", ")),
    }
}

/// What Docker has already, of what was read.
pub fn taken(pasted: &Pasted) -> Vec<Avoided> {
    let taken = pasted.networks.iter();
    let taken = taken.filter(|it| matches!(it.role, Role::Docker | Role::Listed));
    taken.map(Avoided::found).collect()
}

/// The networks of a value, or of the file it names.
pub fn networks(value: &str, warnings: &mut Vec<String>) -> Result<(String, Pasted), Failure> {
    let is_network = parse_prefix(value).is_some() || parse_addr(value).is_some();
    let written = pasted::read(value);
    if is_network || written.is_complete() && !written.networks.is_empty() {
        return Ok((value.to_owned(), written));
    }
    if !Path::new(value).exists()
        && let Some(meant) = mistyped(value)
    {
        return match meant.meant {
            Some(meant) => Ok((value.to_owned(), pasted::read(&meant))),
            None => Err(Failure(format!("{value} is not a network: {}", meant.reason))),
        };
    }
    let Input { name, bytes } = read_input(value)?;
    let pasted = pasted::read(&String::from_utf8_lossy(&bytes));
    for (index, line) in pasted.lines.iter().enumerate() {
        if let Judgement::NotUnderstood(why) = line.judgement {
            warnings.push(format!("{name}:{}: not understood: {why}", index + 1));
        }
    }
    Ok((name, pasted))
}

/// What is wrong with what looks like a network and is none.
fn mistyped(value: &str) -> Option<Malformed> {
    let (addr, bits) = value.split_once('/')?;
    let is_number = |it: &str| it.chars().all(|it| it.is_ascii_hexdigit() || matches!(it, '.' | ':' | '-' | ' '));
    let is_addr = is_number(addr) && addr.contains(['.', ':']) && addr.contains(|it: char| it.is_ascii_digit());
    (is_addr && is_number(bits)).then(|| malformed(value))
}
