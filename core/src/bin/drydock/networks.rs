//! `drydock networks`: which subnets will the Engine hand out?

use std::{path::Path, process::ExitCode};

use drydock::{
    Engine, Request, analyze,
    diagnostic::Severity,
    go::net::{parse_addr, parse_prefix},
    host::Host,
    network::{
        Avoided, Collisions, Family, Forecast, Malformed, Pasted, Situation, StartBlock, Subnet, malformed,
        pasted::{self, Found, Judgement, Role},
    },
    read,
};
use lexopt::prelude::*;

use crate::{Failure, Format, Input, engine, format, outlook, read_input, refuse_foreign, say, scenario};

/// What the options say.
struct Arguments {
    file: Option<String>,
    scenario: Option<String>,
    engine: Engine,
    family: Family,
    count: Option<usize>,
    taken: Vec<String>,
    reserve: Vec<String>,
    host: Host,
    strict: bool,
    format: Format,
}

impl Arguments {
    fn parse(mut parser: lexopt::Parser) -> Result<Self, Failure> {
        let mut arguments = Self {
            file: None,
            scenario: None,
            engine: Engine::LATEST,
            family: Family::Ipv4,
            count: None,
            taken: Vec::new(),
            reserve: Vec::new(),
            host: Host::default(),
            strict: false,
            format: Format::Human,
        };
        while let Some(argument) = parser.next()? {
            match argument {
                Long("engine") => arguments.engine = engine(&mut parser)?,
                Long("scenario") => arguments.scenario = Some(parser.value()?.string()?),
                Long("count") => arguments.count = Some(parser.value()?.parse()?),
                Long("taken") => arguments.taken.push(parser.value()?.string()?),
                Long("reserve") => arguments.reserve.push(parser.value()?.string()?),
                Short('6') => arguments.family = Family::Ipv6,
                Long("swarm") => arguments.host.swarm = true,
                Long("rootless") => arguments.host.rootless = true,
                Long("strict") => arguments.strict = true,
                Long("format") => arguments.format = format(&mut parser)?,
                Value(file) if arguments.file.is_none() => arguments.file = Some(file.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        match arguments.count {
            Some(Forecast::MOST..) => Err(Failure(format!("--count must be below {}", Forecast::MOST))),
            _ => Ok(arguments),
        }
    }
}

/// Runs the command.
pub fn run(parser: lexopt::Parser) -> Result<ExitCode, Failure> {
    let arguments = Arguments::parse(parser)?;
    match &arguments.scenario {
        Some(file) => scenarios(file, arguments.engine),
        None => foretell(&arguments),
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
    unseen: Vec<Found>,
    warnings: Vec<String>,
}

impl Surroundings {
    fn gather(arguments: &Arguments) -> Result<Self, Failure> {
        let mut surroundings = Self::default();
        for value in &arguments.taken {
            let (_, pasted) = networks(value, &mut surroundings.warnings)?;
            surroundings.look_at_docker(&pasted);
            surroundings.in_use.extend(taken(&pasted));
        }
        for value in &arguments.reserve {
            let (_, pasted) = networks(value, &mut surroundings.warnings)?;
            surroundings.look_at_docker(&pasted);
            surroundings.in_use.extend(pasted.in_use().map(Avoided::found));
            // A rootless daemon has a network namespace of its own, with routes of its own.
            let sees_host = !arguments.host.rootless;
            for it in pasted.networks {
                let is_seen = sees_host && it.is_seen_by(arguments.engine);
                match it.role {
                    Role::Docker => {}
                    Role::Listed => surroundings.reserved.push(Avoided::found(&it)),
                    _ if is_seen => surroundings.reserved.push(Avoided::found(&it)),
                    _ if it.avoid => surroundings.unseen.push(it),
                    _ => {}
                }
            }
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
            let name = theirs.name.as_deref().map_or(String::new(), |it| format!(" {it}"));
            Some(format!(
                "{ours} collides with {}{name} ({}), which the Engine does not step aside for",
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
            None => Err(Failure(format!("{value} is no network: {}", meant.reason))),
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

fn foretell(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut surroundings = Surroundings::gather(arguments)?;
    let (name, text) = match &arguments.file {
        None => (None, String::new()),
        Some(file) => {
            let Input { name, bytes } = read_input(file)?;
            let (text, _) = read::bytes::decode(&bytes, arguments.engine);
            (Some(name), text)
        }
    };
    let report = analyze(&Request {
        text: if name.is_none() { "{}".to_owned() } else { text },
        engine: arguments.engine,
        host: arguments.host.clone(),
        ..Request::default()
    });
    if let Some(code) = refuse_foreign(name.as_deref().unwrap_or_default(), &report) {
        return Ok(code);
    }
    let usual = Situation::default();
    let subnets = |it: &[Avoided]| -> Vec<Subnet> { it.iter().map(|it| it.subnet).collect() };
    let (in_use, reserved) = (subnets(&surroundings.in_use), subnets(&surroundings.reserved));
    let situation = Situation {
        family: arguments.family,
        count: arguments.count.unwrap_or(usual.count),
        swarm: arguments.host.swarm && !surroundings.has_gateway_bridge,
        in_use: &in_use,
        reserved: &reserved,
    };
    let forecast = Forecast::of(&report.plan, &situation);
    let mut errors = Vec::new();
    if let (Some(name), 1..) = (&name, report.count(Severity::Error)) {
        errors.push(format!("{name}: {} See drydock check.", report.verdict().sentence()));
    }
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
