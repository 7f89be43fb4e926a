//! What do flags of `docker run` come to that another text than a command says? An option of NixOS that is one flag, a list of
//! further flags.

use std::collections::{BTreeMap, HashSet};

use super::{
    Choices, Reading,
    arguments::{self, Given, Value},
    call::{self, Call, Verb},
    container,
    flags::Cli,
    objects,
    problem::{Problem, ProblemKind},
    read::{self, Reader},
    script,
    variables::Argument,
};
use crate::{
    containers::model::{At, Container, Missing, Network, Unusable, Volume},
    text::Span,
};

/// A flag that a text says in its own way.
#[derive(Clone, Debug)]
pub(crate) struct Flag {
    /// Its long name without dashes.
    pub name: &'static str,
    /// The bytes that say it: the name of an option.
    pub span: Span,
    /// Its value.
    pub value: Option<Argument>,
}

/// What is read so far.
pub(crate) struct Said<'a> {
    reader: Reader<'a>,
    choices: &'a Choices,
    /// Names between two signs that stand for something open.
    stand_ins: HashSet<String>,
}

impl<'a> Said<'a> {
    /// Nothing yet; relative paths begin in `directory`.
    pub fn new(text: &'a str, choices: &'a Choices, directory: &str) -> Self {
        let mut reader = Reader::new(text, choices);
        reader.variables.set("PWD", directory);
        Self { reader, choices, stand_ins: HashSet::new() }
    }

    /// A container: its name in the project, the name that it has where it runs, its flags, and words with further flags.
    pub fn container(&mut self, cli: Cli, name: At<String>, own_name: At<String>, flags: &[Flag], words: &[Argument]) {
        let first =
            flags.iter().map(|it| Given { name: it.name, flag: it.span, value: it.value.as_ref().map(Value::of) });
        let mut given: Vec<Given> = first.collect();
        let mut problems = Vec::new();
        let mut rest = words;
        // What is no flag would be taken for the image: the flags behind it are read all the same.
        while !rest.is_empty() {
            let parsed = arguments::parse(rest, &arguments::of_run(cli), &mut problems);
            given.extend(parsed.given);
            rest = match parsed.rest.split_first() {
                Some((word, rest)) if self.is_open(&word.text) => {
                    self.reader.unusable(word.span, "Which flag this is, is not known here.");
                    rest
                }
                Some((word, rest)) => {
                    let why = "A word that is no flag stands where the program looks for the image.";
                    self.reader.unusable(word.span, why);
                    self.reader.problem(
                        ProblemKind::UnknownFlag { cli, written: word.text.clone(), near: None },
                        word.inner(),
                    );
                    rest
                }
                None => rest.get(..0).unwrap_or_default(),
            };
        }
        for problem in problems {
            if let ProblemKind::UnknownFlag { written, .. } = &problem.kind
                && self.is_open(written)
            {
                self.reader.unusable(problem.span, "Which flag this is, is not known here.");
                continue;
            }
            self.reader.unusable(problem.span, "It could not be read.");
            self.reader.problem(problem.kind, problem.span);
        }
        container::said(&mut self.reader, cli, name, own_name, &given);
    }

    /// Keeps something that the text leaves open, so that values that hang on it are not wrong.
    pub fn missing(&mut self, missing: Missing) {
        self.stands_in(&missing.placeholder);
        self.reader.variables.missing.push(missing);
    }

    /// Keeps what stands for something open, which is asked for already.
    pub fn stands_in(&mut self, placeholder: &str) {
        if let Some(name) = placeholder.strip_prefix('@').and_then(|it| it.strip_suffix('@'))
            && !self.stand_ins.contains(name)
        {
            self.stand_ins.insert(name.to_owned());
        }
    }

    /// Whether a text holds what stands for something open.
    pub fn is_open(&self, text: &str) -> bool {
        let parts: Vec<&str> = text.split('@').collect();
        let [_, between @ .., _] = parts.as_slice() else { return false };
        between.iter().any(|it| self.stand_ins.contains(*it))
    }

    /// The container that was read last.
    pub fn last(&mut self) -> Option<&mut Container> {
        self.reader.reading.project.containers.last_mut()
    }

    /// All containers that were read.
    pub fn containers(&mut self) -> &mut [Container] {
        &mut self.reader.reading.project.containers
    }

    /// A network; `false` where one of its name is there already.
    pub fn network(&mut self, network: Network) -> bool {
        let networks = &mut self.reader.reading.project.networks;
        add(&mut self.reader.networks, networks, network.name.clone(), network)
    }

    /// A volume, likewise.
    pub fn volume(&mut self, volume: Volume) -> bool {
        let volumes = &mut self.reader.reading.project.volumes;
        add(&mut self.reader.volumes, volumes, volume.name.clone(), volume)
    }

    /// The networks and volumes that commands make; `span` says all of them. Returns how many there are.
    ///
    /// What else they do is told, but for images where the caller reads how they are built.
    pub fn commands(&mut self, commands: &str, span: Span, builds: bool) -> usize {
        let usual = Choices::default();
        let Reading { project, problems, runs, .. } = read::read(commands, &usual);
        let mut count = 0;
        for network in project.networks.into_iter().filter(|it| !it.is_external) {
            count += usize::from(self.network(network_at(network, span)));
        }
        for volume in project.volumes {
            count += usize::from(self.volume(volume_at(volume, span)));
        }
        let written = Written { commands, source: span.of(self.reader.text), span };
        let places = written.places(project.missing.iter().map(|it| it.span));
        for (it, place) in project.missing.into_iter().zip(places) {
            self.missing(Missing { span: place, ..it });
        }
        let is_usual =
            |it: &Unusable| [read::OUTPUT, call::SHOWS].contains(&&*it.why) || builds && it.why == call::BUILDS;
        let unusable: Vec<Unusable> = project.unusable.into_iter().filter(|it| !is_usual(it)).collect();
        let places = written.places(unusable.iter().map(|it| it.span));
        self.reader
            .reading
            .project
            .unusable
            .extend(unusable.into_iter().zip(places).map(|(it, span)| Unusable { span, ..it }));
        for place in written.places(runs.iter().map(|it| it.call)) {
            self.reader.unusable(place, "A container that a script starts is not read: give it options of its own.");
        }
        let places = written.places(problems.iter().map(|it| it.span));
        self.reader.reading.problems.extend(problems.into_iter().zip(places).map(|(it, span)| Problem { span, ..it }));
        count
    }

    /// What words behind `podman network create` say of a network, whose `subnets` are said already.
    pub fn network_with(&mut self, name: &At<String>, subnets: &[Argument], words: &[Argument]) -> Option<Network> {
        let mut inner = self.created(Verb::NetworkCreate(Cli::Podman), name, subnets, words);
        let network = inner.reading.project.networks.pop();
        self.reader.take_over(inner);
        network
    }

    /// What words behind `podman volume create` say of a volume.
    pub fn volume_with(&mut self, name: &At<String>, words: &[Argument]) -> Option<Volume> {
        let mut inner = self.created(Verb::VolumeCreate(Cli::Podman), name, &[], words);
        let volume = inner.reading.project.volumes.pop();
        self.reader.take_over(inner);
        volume
    }

    fn created(&self, verb: Verb, name: &At<String>, before: &[Argument], words: &[Argument]) -> Reader<'a> {
        let mut inner = Reader::new(self.reader.text, self.choices);
        let name = Argument::said(&name.value, name.span, None);
        let rest: Vec<Argument> = std::iter::once(name).chain(before.iter().chain(words).cloned()).collect();
        let call = Call { variables: Vec::new(), verb, head: &[], rest: &rest };
        match verb {
            Verb::VolumeCreate(cli) => objects::volume_create(&mut inner, cli, &call),
            _ => objects::network_create(&mut inner, Cli::Podman, &call),
        }
        inner
    }

    /// What was read.
    pub fn finish(self) -> Reading {
        self.reader.finish()
    }
}

/// A script, and the text of Nix that says it.
struct Written<'a> {
    commands: &'a str,
    source: &'a str,
    span: Span,
}

impl Written<'_> {
    /// Where the text says parts of the script, which come in its order; all of it where that is not found.
    fn places(&self, parts: impl Iterator<Item = Span>) -> Vec<Span> {
        let mut at = 0;
        let mut misses = 0;
        let mut place = |part: Span| {
            let line = part.of(self.commands).lines().next().filter(|it| !it.is_empty())?;
            let found = self.source.get(at..).filter(|_| misses < MISSES)?.find(line);
            misses += usize::from(found.is_none());
            at += found?;
            Some(Span::new(self.span.start + at, self.span.start + at + line.len()))
        };
        parts.map(|it| place(it).unwrap_or(self.span)).collect()
    }
}

/// So many parts of a script are looked for in vain, each in all that is left.
const MISSES: usize = 8;

fn add<T>(places: &mut BTreeMap<String, usize>, all: &mut Vec<T>, name: String, thing: T) -> bool {
    let is_new = !places.contains_key(&name);
    if is_new {
        places.insert(name, all.len());
        all.push(thing);
    }
    is_new
}

/// A network, all of whose parts one place says.
fn network_at(network: Network, place: Span) -> Network {
    let Network {
        name,
        span: _,
        own_name,
        is_external,
        driver,
        driver_options,
        ipam_driver,
        ipam_options,
        subnets,
        internal,
        attachable,
        ipv4,
        ipv6,
        labels,
        flags,
    } = network;
    Network {
        name,
        span: place,
        own_name: one(own_name, place),
        is_external,
        driver: one(driver, place),
        driver_options: many(driver_options, place),
        ipam_driver: one(ipam_driver, place),
        ipam_options: many(ipam_options, place),
        subnets: many(subnets, place),
        internal: one(internal, place),
        attachable: one(attachable, place),
        ipv4: one(ipv4, place),
        ipv6: one(ipv6, place),
        labels: many(labels, place),
        flags: many(flags, place),
    }
}

fn volume_at(volume: Volume, place: Span) -> Volume {
    let Volume { name, span: _, own_name, is_external, driver, driver_options, labels, flags } = volume;
    Volume {
        name,
        span: place,
        own_name: one(own_name, place),
        is_external,
        driver: one(driver, place),
        driver_options: many(driver_options, place),
        labels: many(labels, place),
        flags: many(flags, place),
    }
}

fn one<T>(value: Option<At<T>>, span: Span) -> Option<At<T>> {
    value.map(|it| At { span, ..it })
}

fn many<T>(values: Vec<At<T>>, span: Span) -> Vec<At<T>> {
    values.into_iter().map(|it| At { span, ..it }).collect()
}

/// Whether a word calls Docker or Podman.
pub(crate) fn is_program(word: &str) -> bool {
    script::program(word).is_some()
}
