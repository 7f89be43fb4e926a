//! What do flags of `docker run` come to that another text than a command says? An option of NixOS that is one flag, a list of
//! further flags.

use std::collections::BTreeMap;

use super::{
    Choices, Reading,
    arguments::{self, Given, Value},
    container,
    flags::Cli,
    problem::ProblemKind,
    read::{self, Reader},
    script,
    variables::Argument,
};
use crate::{
    containers::model::{At, Container, Missing, Network, Volume},
    notation::shell::{Quoting, quote},
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
}

impl<'a> Said<'a> {
    /// Nothing yet; relative paths begin in `directory`.
    pub fn new(text: &'a str, choices: &'a Choices, directory: &str) -> Self {
        let mut reader = Reader::new(text, choices);
        reader.variables.set("PWD", directory);
        Self { reader }
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
            self.reader.unusable(problem.span, "It could not be read.");
            self.reader.problem(problem.kind, problem.span);
        }
        container::said(&mut self.reader, cli, name, own_name, &given);
    }

    /// Keeps something that the text leaves open, so that values that hang on it are not wrong.
    pub fn missing(&mut self, missing: Missing) {
        self.reader.variables.missing.push(missing);
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
    pub fn commands(&mut self, commands: &str, span: Span) -> usize {
        let usual = Choices::default();
        let read = read::read(commands, &usual).project;
        let mut count = 0;
        for network in read.networks {
            count += usize::from(self.network(network_at(network, span)));
        }
        for volume in read.volumes {
            count += usize::from(self.volume(volume_at(volume, span)));
        }
        count
    }

    /// What words behind `podman network create` say of a network.
    pub fn network_with(&self, words: &[&str]) -> Option<Network> {
        let quoted = words.iter().map(|it| quote(it, Quoting::Shell, Some('\'')).unwrap_or_default());
        let line: Vec<String> = quoted.collect();
        let line = ["podman network create ", &line.join(" "), " network"].concat();
        read::read(&line, &Choices::default()).project.networks.into_iter().next()
    }

    /// What was read.
    pub fn finish(self) -> Reading {
        self.reader.finish()
    }
}

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
