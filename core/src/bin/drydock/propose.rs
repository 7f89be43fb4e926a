//! `drydock propose`: which pools keep clear of the networks to be reached?

use std::{process::ExitCode, sync::Arc};

use drydock::{
    Engine, Report, Request, analyze,
    diagnostic::Severity,
    host::Host,
    network::{
        Avoid, Avoided, KnownNetwork, LIMITS, Outlook, Proposal, Subnet, Wish, known,
        pasted::Judgement,
        proposal::{AFTERWARDS, Impossible, is_about_addresses},
        propose,
    },
    read,
};
use lexopt::prelude::*;
use serde_json::{Value, json};

use crate::{
    Failure, Format, engine, format,
    networks::{networks, taken},
    read_input, refuse_foreign, say,
};

/// What the options say.
struct Arguments {
    file: Option<String>,
    engine: Engine,
    networks: Option<u32>,
    hosts: Option<u32>,
    ipv6: bool,
    clear_of: Vec<String>,
    taken: Vec<String>,
    host: Host,
    format: Format,
}

impl Arguments {
    fn parse(mut parser: lexopt::Parser) -> Result<Self, Failure> {
        let mut arguments = Self {
            file: None,
            engine: Engine::LATEST,
            networks: None,
            hosts: None,
            ipv6: false,
            clear_of: Vec::new(),
            taken: Vec::new(),
            host: Host::default(),
            format: Format::Human,
        };
        while let Some(argument) = parser.next()? {
            match argument {
                Long("engine") => arguments.engine = engine(&mut parser)?,
                Long("networks") => arguments.networks = Some(parser.value()?.parse()?),
                Long("hosts") => arguments.hosts = Some(parser.value()?.parse()?),
                Long("clear-of") => arguments.clear_of.push(parser.value()?.string()?),
                Long("taken") => arguments.taken.push(parser.value()?.string()?),
                Long("swarm") => arguments.host.swarm = true,
                Long("rootless") => arguments.host.rootless = true,
                Short('6') => arguments.ipv6 = true,
                Long("format") => arguments.format = format(&mut parser)?,
                Value(file) if arguments.file.is_none() => arguments.file = Some(file.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(arguments)
    }
}

/// Runs the command.
pub fn run(parser: lexopt::Parser) -> Result<ExitCode, Failure> {
    let arguments = Arguments::parse(parser)?;
    let known = known::read(known::TEXT);
    let mut name = String::new();
    let text = match &arguments.file {
        None => "{}\n".to_owned(),
        Some(file) => {
            let input = read_input(file)?;
            name = input.name;
            let bytes = input.bytes;
            read::bytes::decode(&bytes, arguments.engine).0
        }
    };
    let request = Request {
        text,
        engine: arguments.engine,
        host: arguments.host.clone(),
        avoid: Arc::new(avoid(&arguments, &known)?),
        ..Request::default()
    };
    let report = analyze(&request);
    if let Some(code) = refuse_foreign(&name, &report) {
        return Ok(code);
    }
    let usual = Wish::of(&report);
    let wish = Wish {
        networks: arguments.networks.unwrap_or(usual.networks),
        hosts: arguments.hosts.unwrap_or(usual.hosts),
        ipv6: arguments.ipv6,
    };
    let found = propose(&request, &report, &wish, &known);
    say(&match arguments.format {
        Format::Human => human(&request, &report, &found),
        Format::Json => json(&report, &found, &known)?,
    })?;
    // Each proposal was tried; what exists already, no configuration moves.
    let is_fine = found.is_ok_and(|it| !it.is_empty()) && request.avoid.not_understood() == 0;
    Ok(ExitCode::from(u8::from(!is_fine)))
}

/// What to keep clear of: networks, files with networks in them, and ids of known networks.
/// The known networks that fit a word: " (near: wifionice, sncf-wifi)".
fn near(value: &str, known: &[KnownNetwork]) -> String {
    let found = known::search(known, value).into_iter().take(4).map(|it| it.id.as_str());
    let found: Vec<&str> = found.filter(|_| !value.trim().is_empty()).collect();
    match found.as_slice() {
        [] => String::new(),
        _ => format!(" (near: {})", found.join(", ")),
    }
}

fn avoid(arguments: &Arguments, known: &[KnownNetwork]) -> Result<Avoid, Failure> {
    let (mut avoided, mut in_use, mut not_understood) = (Vec::new(), Vec::new(), 0);
    for value in &arguments.clear_of {
        if let Some(known) = known.iter().find(|it| it.id == *value) {
            let subnets = known.subnets.iter();
            avoided.extend(subnets.map(|it| Avoided::known(*it, known)));
            continue;
        }
        let mut warnings = Vec::new();
        let read = networks(value, &mut warnings);
        let (_, pasted) = read.map_err(|it| match value.contains('/') {
            true => it,
            false => Failure(format!("no known network is called {value}{}, and {it}", near(value, known))),
        })?;
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

fn human(request: &Request, report: &Report, found: &Result<Vec<Proposal>, Impossible>) -> String {
    let mut said = match &report.clearance {
        Some(clearance) => {
            let mut said = clearance.sentence.clone() + "\n";
            // Otherwise the sentence has it.
            let collides = clearance.outlook == Outlook::Collides;
            if let Some(hit) = clearance.hits.first().filter(|_| collides) {
                said.push_str(hit.why);
                said.push('\n');
            }
            said
        }
        None => report.conclusion() + "\n",
    };
    for it in &report.diagnostics {
        let is_told = it.severity != Severity::Hint && is_about_addresses(report, it);
        if is_told {
            said.push_str(&format!("{}: {}. {}\n", it.severity, it.message, it.why));
        }
    }
    match found {
        Ok(found) => {
            for (number, it) in (1..).zip(found) {
                said.push_str(&format!("\n{number}. {}\n   {}\n", it.title, it.why));
            }
            if let Some(first) = found.first().filter(|it| !it.edits.is_empty()) {
                said.push_str(&format!("\nThe first:\n\n{}\n\n{AFTERWARDS}\n", first.text.trim_end()));
            }
        }
        Err(impossible) => {
            said.push_str(&format!("\n{}\n", impossible.sentence));
            for it in &impossible.give_up {
                said.push_str(&format!("- {}\n", it.sentence));
            }
        }
    }
    let pools = found.iter().flatten().flat_map(|it| &it.pools);
    let pools: Vec<Subnet> = pools.map(|it| it.base()).collect();
    let clearance = report.clearance.as_ref();
    let of_swarm = clearance.and_then(|it| it.swarm_remedy(&report.plan, &request.avoid, &pools));
    if let Some(it) = of_swarm {
        said.push_str(&format!("\nFor the swarm:\n\n{}\n\n{}\n", it.command, it.effect));
    }
    if report.clearance.is_some() {
        said.push_str(LIMITS);
        said.push('\n');
    }
    said
}

fn json(report: &Report, found: &Result<Vec<Proposal>, Impossible>, known: &[KnownNetwork]) -> Result<String, Failure> {
    let clearance = report.clearance.as_ref();
    let id = |index: &usize| known.get(*index).map(|it| it.id.as_str());
    let proposals = found.iter().flatten().map(|it| {
        let pools = it.pools.iter();
        let pools: Vec<Value> = pools.map(|it| json!({ "base": it.base().to_string(), "size": it.size() })).collect();
        json!({
            "title": it.title,
            "why": it.why,
            "pools": pools,
            "docker0": it.docker0.map(|it| it.to_string()),
            "networks": it.networks.to_string(),
            "containers": it.hosts.to_string(),
            "known": it.known.iter().filter_map(id).collect::<Vec<_>>(),
            "text": it.text,
        })
    });
    let proposals: Vec<Value> = proposals.collect();
    let impossible = found.as_ref().err().map(|it| {
        let give_up: Vec<&str> = it.give_up.iter().map(|it| it.sentence.as_str()).collect();
        json!({ "sentence": it.sentence, "give_up": give_up })
    });
    let told = json!({
        "outlook": clearance.map(|it| it.outlook),
        "verdict": clearance.map(|it| it.sentence.as_str()),
        "proposals": proposals,
        "impossible": impossible,
    });
    let text = serde_json::to_string_pretty(&told);
    text.map(|it| it + "\n").map_err(|error| Failure(format!("cannot write JSON: {error}")))
}
