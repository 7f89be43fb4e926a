//! `drydock propose`: which pools keep clear of the networks to be reached?

use std::process::ExitCode;

use drydock::{
    Report, Request,
    address::{KnownNetwork, Subnet, known},
    analyze,
    daemon::{
        bytes,
        network::{
            LIMITS, Outlook, Proposal, Wish,
            proposal::{AFTERWARDS, Impossible, is_about_addresses},
            propose,
        },
    },
    rule::diagnostic::Severity,
};
use serde_json::{Value, json};

use crate::{
    Failure,
    options::{Arguments, Format},
    read_input, refuse_foreign, request, say,
};

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let known = known::read(known::TEXT);
    let mut name = String::new();
    let text = match arguments.operands.first() {
        None => "{}\n".to_owned(),
        Some(file) => {
            let input = read_input(file)?;
            name = input.name;
            let bytes = input.bytes;
            bytes::decode(&bytes, arguments.state.engine).0
        }
    };
    let request = request(arguments, text)?;
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
    let found = propose(&request, &report, &wish, &known, &analyze);
    say(&match arguments.format {
        Format::Human => human(&request, &report, &found),
        Format::Json => json(&report, &found, &known)?,
    })?;
    // Each proposal was tried; what exists already, no configuration moves.
    let is_fine = found.is_ok_and(|it| !it.is_empty()) && request.avoid.not_understood() == 0;
    Ok(ExitCode::from(u8::from(!is_fine)))
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
