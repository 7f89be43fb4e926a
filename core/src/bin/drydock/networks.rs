//! `drydock networks`: which subnets will the Engine hand out?

use std::process::ExitCode;

use drydock::{
    Engine, Request,
    address::{Collisions, Family, Subnet, known},
    analyze,
    daemon::{
        bytes, dialect,
        network::{Avoided, Forecast, Pasted, Situation, StartBlock, pasted::Role},
    },
    rule::diagnostic::Severity,
};

use crate::{
    Failure, Input,
    around::{self, ClearOf, networks, taken},
    options::{Arguments, Format},
    outlook, read_input, refuse_foreign, say, scenario,
};

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Some(file) = &arguments.scenario else {
        return foretell(arguments);
    };
    match arguments.given.iter().find(|it| !matches!(**it, "scenario" | "engine")) {
        Some(it) => Err(Failure(format!(
            "--{it} does not go with --scenario: a situation says by itself which networks are around"
        ))),
        None => scenarios(file, arguments.state.engine),
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
        let answer =
            scenario::answer(line, engine).map_err(|what| Failure(format!("{}:{}: {what}", input.name, index + 1)))?;
        answers.push_str(&answer);
        answers.push('\n');
    }
    say(&answers)
}

/// What is known of the host, from the options and the files they name.
#[derive(Default)]
struct Surroundings {
    in_use: Vec<Avoided>,
    reserved: Vec<Avoided>,
    /// Whether docker_gwbridge is there.
    has_gateway_bridge: bool,
    /// What the Engine does not see, or does not heed.
    unseen: Vec<Avoided>,
    warnings: Vec<String>,
}

impl Surroundings {
    fn gather(arguments: &Arguments) -> Result<Self, Failure> {
        let mut surroundings = Self::default();
        // A rootless daemon has a network namespace of its own, with routes of its own.
        let sees_host = !arguments.state.host.rootless;
        for value in &arguments.taken {
            let (_, pasted) = networks(value, &mut surroundings.warnings)?;
            surroundings.look_at_docker(&pasted);
            surroundings.in_use.extend(taken(&pasted));
        }
        for value in &arguments.reserve {
            let (_, pasted) = networks(value, &mut surroundings.warnings)?;
            surroundings.look_at_docker(&pasted);
            surroundings.in_use.extend(pasted.in_use().map(Avoided::found));
            for it in pasted.networks {
                let is_seen = sees_host && it.is_seen_by(arguments.state.engine);
                match it.role {
                    Role::Docker => {}
                    Role::Listed => surroundings.reserved.push(Avoided::found(&it)),
                    _ if is_seen => surroundings.reserved.push(Avoided::found(&it)),
                    _ if it.avoid => surroundings.unseen.push(Avoided::found(&it)),
                    _ => {}
                }
            }
        }
        let known = known::read(known::TEXT);
        for value in &arguments.clear_of {
            let pasted = match around::clear_of(value, &known, &mut surroundings.warnings)? {
                ClearOf::Known(known) => {
                    surroundings.unseen.extend(known.subnets.iter().map(|it| Avoided::known(*it, known)));
                    continue;
                }
                ClearOf::Pasted(pasted) => pasted,
            };
            surroundings.look_at_docker(&pasted);
            surroundings.in_use.extend(pasted.in_use().map(Avoided::found));
            let (seen, unseen): (Vec<_>, Vec<_>) =
                pasted.to_avoid().partition(|it| sees_host && it.is_seen_by(arguments.state.engine));
            surroundings.reserved.extend(seen.into_iter().map(Avoided::found));
            surroundings.unseen.extend(unseen.into_iter().map(Avoided::found));
        }
        Ok(surroundings)
    }

    fn look_at_docker(&mut self, pasted: &Pasted) {
        self.has_gateway_bridge |= pasted.has_gateway_bridge();
        self.warnings.extend(pasted.notes());
    }

    /// What is handed out although somebody needs it; at most `MOST`.
    fn collisions(&self, subnets: &[Subnet]) -> Vec<String> {
        const MOST: usize = 8;
        let unseen: Vec<Subnet> = self.unseen.iter().map(|it| it.subnet).collect();
        let found = Collisions::between(subnets, &unseen).ours;
        let rest = found.len().saturating_sub(MOST);
        let told = found.iter().take(MOST).filter_map(|it| {
            let ours = subnets.get(it.index as usize)?;
            let theirs = self.unseen.get(it.widest as usize)?;
            let name = if theirs.name.is_empty() { String::new() } else { format!(" {}", theirs.name) };
            let collides = if theirs.informs.is_some() { "may collide" } else { "collides" };
            Some(format!(
                "{ours} {collides} with {}{name} ({}), which the Engine does not step aside for",
                theirs.subnet,
                theirs.role.words()
            ))
        });
        let mut told: Vec<String> = told.collect();
        if rest > 0 {
            told.push(format!("{rest} more collide"));
        }
        told
    }
}

fn foretell(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut surroundings = Surroundings::gather(arguments)?;
    let (name, text) = match arguments.operands.first() {
        None => (None, String::new()),
        Some(file) => {
            let Input { name, bytes } = read_input(file)?;
            let (text, _) = bytes::decode(&bytes, arguments.state.engine);
            (Some(name), text)
        }
    };
    let text = if name.is_none() { "{}".to_owned() } else { text };
    let report = analyze(&Request {
        dialect: arguments.state.dialect.unwrap_or_else(|| dialect::of(&text)),
        text,
        engine: arguments.state.engine,
        host: arguments.state.host.clone(),
        ..Request::default()
    });
    if let Some(code) = refuse_foreign(name.as_deref().unwrap_or_default(), &report) {
        return Ok(code);
    }
    let usual = Situation::default();
    let subnets = |it: &[Avoided]| -> Vec<Subnet> { it.iter().map(|it| it.subnet).collect() };
    let (in_use, reserved) = (subnets(&surroundings.in_use), subnets(&surroundings.reserved));
    let situation = Situation {
        family: if arguments.ipv6 { Family::Ipv6 } else { Family::Ipv4 },
        count: arguments.count.unwrap_or(usual.count),
        swarm: arguments.state.host.swarm && !surroundings.has_gateway_bridge,
        in_use: &in_use,
        reserved: &reserved,
    };
    let forecast = Forecast::of(&report.plan, &situation);
    let mut errors = Vec::new();
    if let (Some(name), 1..) = (&name, report.count(Severity::Error)) {
        errors.push(format!("{name}: {} See drydock check.", report.verdict().sentence()));
    }
    let not_known = report.plan.not_known();
    let is_known = not_known.is_none();
    errors.extend(not_known);
    if let Some(forecast) = &forecast {
        let subnets: Vec<Subnet> = forecast.subnets().collect();
        let collisions = surroundings.collisions(&subnets);
        surroundings.warnings.extend(collisions);
        let (in_use, reserved) = (&surroundings.in_use, &surroundings.reserved);
        if let Some(block) = StartBlock::of(&report.plan, in_use, reserved) {
            errors.push([&block.sentence, " ", &block.help].concat());
        }
        if let Some(count) = arguments.count.filter(|it| forecast.count < *it) {
            errors.push(format!("There is room for {} of {count} networks", forecast.count));
        }
    }
    let shown = match arguments.format {
        Format::Human if !is_known => String::new(),
        Format::Human => outlook::human(&report.plan, forecast.as_ref(), &situation),
        Format::Json => outlook::json(forecast.as_ref(), &errors, &surroundings.warnings),
    };
    say(&shown)?;
    for (severity, told) in [(Severity::Error, &errors), (Severity::Warning, &surroundings.warnings)] {
        for it in told {
            eprintln!("{severity}: {it}");
        }
    }
    let counted = match arguments.strict {
        true => errors.len() + surroundings.warnings.len(),
        false => errors.len(),
    };
    Ok(ExitCode::from(u8::from(counted > 0)))
}
