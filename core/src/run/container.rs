//! What container does `docker run` make?

use std::collections::BTreeMap;

use super::{
    arguments::{self, Given, Value},
    call::{Call, Verb},
    flags::{self, Cli, Field, Means},
    problem::{Malformed, ProblemKind},
    read::{Reader, Run, Set},
    value::{self, Network},
    variables::Argument,
};
use crate::{
    containers::{
        flags::{Flag, Takes},
        model::{self, At, Container, EnvFile, Handed, HealthTest, Joined, Mount, MountKind},
    },
    docker::go::net,
    notation::shell::{self, Quoting, Token},
    text::{Role, Span},
};

/// Reads a command that makes a container.
pub(super) fn run(reader: &mut Reader, cli: Cli, call: &Call, span: Span) {
    let mut problems = Vec::new();
    let parsed = arguments::parse(call.rest, &arguments::of_run(cli), &mut problems);
    for problem in problems {
        reader.unusable(problem.span, "It could not be read.");
        reader.problem(problem.kind, problem.span);
    }
    let called = call.head.first().map_or(span, |it| it.span).to(call.head.last().map_or(span, |it| it.span));
    let mut builder = Builder::new(reader, cli, call, called);
    let sets = builder.all(&parsed.given);
    let (image, words) = builder.words(parsed.rest);
    let container = builder.done(&image);
    if image.is_none() {
        reader.problem(ProblemKind::ImageMissing, called);
    }
    add(reader, container, Run { cli, span, call: called, sets, image, words });
}

fn add(reader: &mut Reader, container: Container, run: Run) {
    let at = reader.reading.project.containers.len();
    let mut names = vec![container.name.clone()];
    names.extend(container.container_name.as_ref().map(|it| it.value.clone()));
    for name in names {
        reader.names.entry(name).or_insert(at);
    }
    reader.reading.project.containers.push(container);
    reader.reading.runs.push(run);
}

/// A container of a name, with flags that another text than a command says.
///
/// Its name in the project is the same as the one that it has where it runs, unless `own_name` is another.
pub(super) fn said(reader: &mut Reader, cli: Cli, name: At<String>, own_name: At<String>, given: &[Given]) {
    let call = Call { variables: Vec::new(), verb: Verb::Run(cli), head: &[], rest: &[] };
    let span = name.span;
    let mut builder = Builder::new(reader, cli, &call, span);
    let sets = builder.all(given);
    builder.container.container_name = Some(name.clone());
    let mut container = builder.done(&None);
    container.container_name = Some(own_name);
    container.span = span;
    add(reader, container, Run { cli, span, call: span, sets, image: None, words: Vec::new() });
}

struct Builder<'a, 'b> {
    reader: &'a mut Reader<'b>,
    cli: Cli,
    call: &'a Call<'a>,
    container: Container,
    networks: Vec<At<Network>>,
    first: First,
    health: Option<At<model::Health>>,
    no_health: Option<Span>,
}

/// What flags of their own say of the first network.
#[derive(Default)]
struct First {
    aliases: Vec<At<String>>,
    ipv4: Option<At<String>>,
    ipv6: Option<At<String>>,
    mac: Option<At<String>>,
    link_local: Vec<At<String>>,
}

impl<'a, 'b> Builder<'a, 'b> {
    fn new(reader: &'a mut Reader<'b>, cli: Cli, call: &'a Call<'a>, span: Span) -> Self {
        Self {
            reader,
            cli,
            call,
            container: Container { span, ..Container::default() },
            networks: Vec::new(),
            first: First::default(),
            health: None,
            no_health: None,
        }
    }

    /// Heeds flags, in the order of the text; returns them.
    fn all(&mut self, given: &[Given]) -> Vec<Set> {
        let mut sets = Vec::new();
        // Of flags with one value, the last one counts.
        let mut last: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, given) in given.iter().enumerate() {
            last.insert(given.name, at);
        }
        for (at, given) in given.iter().enumerate() {
            let value = given.value.map(|it| At::new(it.text().to_owned(), it.span()));
            let whole = given.value.map_or(given.flag, |it| given.flag.to(it.word()));
            self.reader.ink(given.flag, Role::Key);
            if let Some(value) = given.value {
                self.reader.ink(value.span(), Role::String);
            }
            sets.push(Set { name: given.name, flag: given.flag, whole, value });
            let is_many = flags::find(given.name).is_some_and(|it| it.takes == Takes::Many);
            match is_many || last.get(given.name) == Some(&at) {
                true => self.flag(given, whole),
                false => self.reader.unusable(whole, "The same flag comes again, and the last one counts."),
            }
        }
        sets
    }

    fn flag(&mut self, given: &Given, whole: Span) {
        let Some(known) = flags::find(given.name) else { return };
        if !known.is_of(self.cli) {
            self.reader.problem(ProblemKind::FlagOfOther { cli: self.cli, name: known.name }, given.flag);
        }
        match known.means {
            Means::Nothing(why) => self.reader.unusable(whole, why),
            Means::Flag(flag) => self.keep(flag, given),
            Means::Field(field) => match given.value {
                Some(value) if self.is_split(given.name, value) => {
                    for part in value.text().split(',').filter(|it| !it.is_empty()) {
                        self.field(field, given, value, part);
                    }
                }
                Some(value) => self.field(field, given, value, value.text()),
                None => self.on(field, given.flag, true),
            },
        }
    }

    /// Whether several values are in one.
    fn is_split(&self, name: &str, value: Value) -> bool {
        self.cli == Cli::Podman && flags::is_split_by_podman(name) && value.text().contains(',')
    }

    /// A flag that stays one.
    fn keep(&mut self, flag: &'static Flag, given: &Given) {
        let Some(value) = given.value else {
            self.container.flags.push(At::new(model::Given { name: flag.name, value: None }, given.flag));
            return;
        };
        let parts: Vec<&str> = match self.is_split(flag.name, value) {
            true => value.text().split(',').filter(|it| !it.is_empty()).collect(),
            false => vec![value.text()],
        };
        for part in parts {
            if let Err(it) = flaw(flag.name, part, self.cli) {
                self.malformed(flag.name, value, part, it);
                continue;
            }
            let it = model::Given { name: flag.name, value: Some(part.to_owned()) };
            self.container.flags.push(At::new(it, value.part_of(part)));
        }
    }

    fn malformed(&mut self, name: &'static str, value: Value, part: &str, it: Malformed) {
        let offset = (part.as_ptr() as usize).wrapping_sub(value.text().as_ptr() as usize);
        let offset = if offset <= value.text().len() { offset } else { 0 };
        let part = it.part.start + offset..it.part.end + offset;
        self.reader.malformed(name, value, Malformed { part, ..it });
    }

    /// A switch.
    fn on(&mut self, field: Field, span: Span, is_on: bool) {
        match field {
            Field::Privileged => self.container.privileged = Some(At::new(is_on, span)),
            Field::Rm => self.container.remove = Some(At::new(is_on, span)),
            Field::NoHealthcheck => self.no_health = is_on.then_some(span),
            _ => {}
        }
    }

    fn field(&mut self, field: Field, given: &Given, value: Value, part: &str) {
        let name = given.name;
        let span = value.part_of(part);
        let text = || At::new(part.to_owned(), span);
        let container = &mut self.container;
        match field {
            Field::Name => match is_name(part, self.cli) {
                true => container.container_name = Some(text()),
                false => {
                    let message = format!("`{part}` is no name of a container");
                    let help =
                        "A name has two characters or more: a letter or digit, then letters, digits, `_`, `.` and `-`.";
                    self.malformed(name, value, part, Malformed::at(part, part, message, help));
                }
            },
            Field::Entrypoint => {
                let words = match list(part).filter(|_| self.cli == Cli::Podman) {
                    Some(words) => words,
                    None if part.is_empty() => Vec::new(),
                    None => vec![part.to_owned()],
                };
                container.entrypoint = Some(At::new(words, span));
            }
            Field::Env => self.environment(name, value, part),
            Field::EnvFile => {
                let path = self.path(part, span);
                self.container.env_files.push(At::new(EnvFile { path, is_required: true }, span));
            }
            Field::Label => {
                let (key, value_of_it) = part.split_once('=').unwrap_or((part, ""));
                match key.trim_start().is_empty() || key.trim_start().contains([' ', '\t']) {
                    true => {
                        let message = match key.trim().is_empty() {
                            true => "The label has no name".to_owned(),
                            false => format!("The label `{key}` has blanks in its name"),
                        };
                        let help = "Write a name without blanks, `=`, and the value.";
                        self.malformed(name, value, part, Malformed::at(part, key, message, help));
                    }
                    false => {
                        if let Some(at) = container.labels.iter().position(|it| it.value.0 == key) {
                            let earlier = container.labels.remove(at);
                            self.reader.unusable(earlier.span, "The same label comes again, and the last one counts.");
                        }
                        container.labels.push(At::new((key.to_owned(), value_of_it.to_owned()), span));
                    }
                }
            }
            Field::Publish => match value::port(part, self.cli) {
                Ok(port) => container.ports.push(At::new(port, span)),
                Err(it) => self.malformed(name, value, part, it),
            },
            Field::Volume => self.mount(name, value, part, value::volume(part, self.cli)),
            Field::Mount => self.mount(name, value, part, value::mount(part.trim(), self.cli)),
            Field::Tmpfs => self.mount(name, value, part, value::tmpfs(part)),
            Field::Network => match value::network(part, self.cli) {
                Ok(networks) => self.networks.extend(networks.into_iter().map(|it| At::new(it, span))),
                Err(it) => self.malformed(name, value, part, it),
            },
            Field::Ip | Field::Ip6 => match net::parse_ip(part) {
                Some(_) if field == Field::Ip => self.first.ipv4 = Some(text()),
                Some(_) => self.first.ipv6 = Some(text()),
                None => {
                    let message = format!("`{part}` is no address");
                    let help = "Write an address of the network that the container joins.";
                    self.malformed(name, value, part, Malformed::at(part, part, message, help));
                }
            },
            Field::MacAddress => match is_mac(part) {
                true => self.first.mac = Some(text()),
                false => {
                    let message = format!("`{part}` is no hardware address");
                    let help = "Write six pairs of hexadecimal digits: `02:42:ac:11:00:02`.";
                    self.malformed(name, value, part, Malformed::at(part, part, message, help));
                }
            },
            Field::NetworkAlias => self.first.aliases.push(text()),
            Field::LinkLocalIp => self.first.link_local.push(text()),
            Field::Link => {
                let (of, alias) = match part.split_once(':') {
                    Some((of, alias)) => (of, Some(alias.to_owned())),
                    None => (part, None),
                };
                container.links.push(At::new((of.to_owned(), alias), span));
            }
            Field::HealthCmd => {
                let words = list(part).filter(|_| self.cli == Cli::Podman);
                let test = match words {
                    _ if part == "none" && self.cli == Cli::Podman => HealthTest::Off,
                    Some(words) => match words.split_first() {
                        Some((first, rest)) if first == "CMD" => HealthTest::Words(rest.to_vec()),
                        Some((first, rest)) if first == "CMD-SHELL" => HealthTest::Shell(rest.join(" ")),
                        Some((first, [])) if first.eq_ignore_ascii_case("none") => HealthTest::Off,
                        _ => HealthTest::Words(words),
                    },
                    None => HealthTest::Shell(part.to_owned()),
                };
                self.health(span, |it| it.test = test);
            }
            Field::HealthInterval | Field::HealthTimeout | Field::HealthStartPeriod | Field::HealthStartInterval => {
                let is_off = part == "disable" && self.cli == Cli::Podman;
                if let Some(it) = value::duration(part).err().filter(|_| !is_off) {
                    return self.malformed(name, value, part, it);
                }
                let written = Some(part.to_owned());
                self.health(span, |it| match field {
                    Field::HealthInterval => it.interval = written,
                    Field::HealthTimeout => it.timeout = written,
                    Field::HealthStartPeriod => it.start_period = written,
                    _ => it.start_interval = written,
                });
            }
            Field::HealthRetries => match part.parse() {
                Ok(number) => self.health(span, |it| it.retries = Some(number)),
                Err(_) => self.number(name, value, part),
            },
            Field::NoHealthcheck | Field::Privileged | Field::Rm => match value::switch(part) {
                Ok(is_on) => self.on(field, given.flag, is_on),
                Err(it) => self.malformed(name, value, part, it),
            },
            Field::Restart => match value::restart(part, self.cli) {
                Ok(restart) => container.restart = Some(At::new(restart, span)),
                Err(it) => self.malformed(name, value, part, it),
            },
            Field::LogDriver => container.log_driver = Some(text()),
            Field::LogOpt => {
                let (key, of) = part.split_once('=').unwrap_or((part, ""));
                container.log_options.push(At::new((key.to_owned(), of.to_owned()), span));
            }
            Field::User => container.user = Some(text()),
            Field::Hostname => container.hostname = Some(text()),
            Field::Workdir => container.workdir = Some(text()),
            Field::Device => container.devices.push(text()),
            Field::Gpus => container.gpus.push(text()),
            Field::CapAdd | Field::CapDrop => {
                let upper = part.to_ascii_uppercase();
                let bare = upper.strip_prefix("CAP_").unwrap_or(&upper).to_owned();
                container.capabilities.push(At::new((bare, field == Field::CapAdd), span));
            }
            Field::Pull => match matches!(part, "always" | "missing" | "never")
                || (matches!(part, "newer" | "true" | "false" | "ifnotpresent") && self.cli == Cli::Podman)
            {
                true => container.pull = Some(text()),
                false => {
                    let message = format!("`{part}` is no way to pull an image");
                    let help = "Use `always`, `missing` or `never`.";
                    self.malformed(name, value, part, Malformed::at(part, part, message, help));
                }
            },
            Field::StopTimeout => match part.parse() {
                Ok(seconds) => container.stop_timeout = Some(At::new(seconds, span)),
                Err(_) if part.parse::<i64>().is_ok() => {
                    let why = "A unit of systemd always has an end to the time in which it may stop.";
                    self.reader.unusable(value.word(), why);
                }
                Err(_) => self.number(name, value, part),
            },
            Field::StopSignal => container.stop_signal = Some(text()),
            Field::Secret => self.secret(part, span),
            Field::Requires => {} // `Reader::depend` looks at all of them.
        }
    }

    fn number(&mut self, name: &'static str, value: Value, part: &str) {
        let it = Malformed::at(part, part, format!("`{part}` is no whole number"), "Write a whole number.");
        self.malformed(name, value, part, it);
    }

    fn health(&mut self, span: Span, change: impl FnOnce(&mut model::Health)) {
        let health = self.health.get_or_insert_with(|| At::new(model::Health::default(), span));
        change(&mut health.value);
        health.span = health.span.to(span);
    }

    fn environment(&mut self, flag: &'static str, value: Value, part: &str) {
        let span = value.part_of(part);
        let (name, content) = match part.split_once('=') {
            Some((name, content)) => (name, Some(content.to_owned())),
            None => {
                let own = self.call.variables.iter().rev().find(|it| it.0 == part).map(|it| it.1.to_owned());
                (part, own.or_else(|| self.reader.exported.get(part).cloned()))
            }
        };
        if name.is_empty() {
            let message = match part.is_empty() {
                true => "The variable has no name".to_owned(),
                false => format!("`{part}` has no name before `=`"),
            };
            let it = Malformed::at(part, part, message, "Write a name, `=`, and the value.");
            return self.malformed(flag, value, part, it);
        }
        if let Some(at) = self.container.environment.iter().position(|it| it.value.0 == name) {
            let earlier = self.container.environment.remove(at);
            self.reader.unusable(earlier.span, "The same variable comes again, and the last one counts.");
        }
        self.container.environment.push(At::new((name.to_owned(), content), span));
    }

    fn mount(&mut self, name: &'static str, value: Value, part: &str, mount: Result<Mount, Malformed>) {
        let span = value.part_of(part);
        match mount {
            Ok(mut mount) => {
                if mount.kind == MountKind::Bind {
                    if mount.source.starts_with("~/") || mount.source == "~" {
                        self.reader.problem(ProblemKind::TildeKept, span);
                        let home = self.reader.variables.value_of("HOME", span);
                        mount.source = home + mount.source.trim_start_matches('~');
                    }
                    mount.source = self.path(&mount.source, span);
                }
                self.container.mounts.push(At::new(mount, span));
            }
            Err(it) => self.malformed(name, value, part, it),
        }
    }

    /// A path as the program sees it: from the root on.
    fn path(&mut self, path: &str, span: Span) -> String {
        let is_absolute = path.starts_with(['/', '@', '\\']) || path.get(1..2) == Some(":");
        match is_absolute || path.is_empty() {
            true => path.to_owned(),
            false => joined(&self.reader.variables.directory(span), path),
        }
    }

    /// Podman's secrets: `name,type=env,target=NAME`.
    fn secret(&mut self, part: &str, span: Span) {
        let mut handed = Handed::default();
        let mut is_variable = false;
        for (at, field) in part.split(',').enumerate() {
            match field.split_once('=') {
                None if at == 0 => field.clone_into(&mut handed.source),
                Some(("source", it)) => it.clone_into(&mut handed.source),
                Some(("type", it)) => is_variable = it == "env",
                Some(("target", it)) => handed.target = Some(it.to_owned()),
                Some(("uid", it)) => handed.uid = Some(it.to_owned()),
                Some(("gid", it)) => handed.gid = Some(it.to_owned()),
                Some(("mode", it)) => handed.mode = Some(it.to_owned()),
                _ => {}
            }
        }
        if is_variable {
            let why = "A secret that becomes a variable has no place in the module: a file of variables does the same.";
            return self.reader.unusable(span, why);
        }
        let project = &mut self.reader.reading.project;
        if !project.secrets.iter().any(|it| it.name == handed.source) {
            let from = model::HandedFrom::External(handed.source.clone());
            project.secrets.push(model::HandedFile { name: handed.source.clone(), span, from });
        }
        self.container.secrets.push(At::new(handed, span));
    }

    /// The image, and the words behind it.
    fn words(&mut self, rest: &[Argument]) -> (Option<At<String>>, Vec<At<String>>) {
        let Some((image, words)) = rest.split_first() else {
            return (None, Vec::new());
        };
        self.reader.ink(image.span, Role::Word);
        let all: Vec<At<String>> = words.iter().map(|it| At::new(it.text.clone(), it.inner())).collect();
        for word in words {
            self.reader.ink(word.span, Role::String);
        }
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            let texts = words.iter().map(|it| it.text.clone()).collect();
            self.container.command = Some(At::new(texts, first.span.to(last.span)));
        }
        let image = At::new(image.text.clone(), image.inner());
        self.container.image = Some(image.clone());
        (Some(image), all)
    }

    fn done(&mut self, image: &Option<At<String>>) -> Container {
        self.join();
        let mut container = std::mem::take(&mut self.container);
        container.health = match (self.no_health, self.health.take()) {
            (Some(span), health) => {
                if let Some(health) = health {
                    self.reader.unusable(health.span, "`--no-healthcheck` leaves nothing of a health check.");
                }
                Some(At::new(model::Health { test: HealthTest::Off, ..model::Health::default() }, span))
            }
            (None, health) => health,
        };
        let wanted = match (&container.container_name, image) {
            (Some(name), _) => {
                container.span = name.span;
                name.value.clone()
            }
            (None, Some(image)) => name_of(&image.value),
            (None, None) => "container".to_owned(),
        };
        container.name = self.free_name(wanted);
        container
    }

    fn free_name(&self, wanted: String) -> String {
        let is_free = |name: &str| !self.reader.names.contains_key(name);
        if is_free(&wanted) {
            return wanted;
        }
        let numbered = (self.reader.reading.project.containers.len() + 1..).map(|it| format!("{wanted}-{it}"));
        numbered.into_iter().find(|it| is_free(it)).unwrap_or(wanted)
    }

    /// Joins the networks; the flags that say one thing of a network mean the first.
    ///
    /// Source: docker/cli `cli/command/container/opts.go`, `parseNetworkOpts` and `applyContainerOptions`.
    fn join(&mut self) {
        let networks = std::mem::take(&mut self.networks);
        let has_joined = networks.iter().any(|it| matches!(it.value, Network::Joined(_)));
        for At { value, span } in networks {
            match value {
                Network::Joined(joined) => self.container.networks.push(At::new(joined, span)),
                Network::Mode(_) if has_joined => {
                    self.reader.unusable(span, "A container with networks of its own has no other mode beside them.");
                }
                Network::Mode(mode) => self.container.network_mode = Some(At::new(mode, span)),
            }
        }
        let First { aliases, ipv4, ipv6, mac, link_local } = std::mem::take(&mut self.first);
        let Some(first) = self.container.networks.first_mut() else {
            let lost = aliases.into_iter().chain(ipv4).chain(ipv6).chain(link_local);
            for it in lost {
                self.reader
                    .unusable(it.span, "It says something of a network of its own, and the container joins none.");
            }
            if let Some(mac) = mac {
                let joined =
                    "The hardware address is said of the network that Docker has by itself, which modules do not name.";
                self.reader.unusable(mac.span, joined);
            }
            return;
        };
        let Joined { aliases: all, ipv4: four, ipv6: six, mac: hardware, options, network: _ } = &mut first.value;
        all.extend(aliases.into_iter().map(|it| it.value));
        *four = four.take().or(ipv4.map(|it| it.value));
        *six = six.take().or(ipv6.map(|it| it.value));
        *hardware = hardware.take().or(mac.map(|it| it.value));
        options.extend(link_local.into_iter().map(|it| ("link-local-ip".to_owned(), it.value)));
    }
}

/// What is wrong with the value of a flag that stays one.
///
/// Source: docker/cli `cli/command/container/opts.go`, `addFlags` and `parse`; `opts/opts.go`; `opts/ulimit.go`.
fn flaw(name: &str, text: &str, cli: Cli) -> Result<(), Malformed> {
    let refuse = |message: String, help: &str| Err(Malformed::at(text, text, message, help));
    match name {
        "memory-swap" if text == "-1" => Ok(()),
        "memory" | "memory-reservation" | "memory-swap" | "shm-size" => value::amount(text).map(|_| ()),
        "cpus" => value::cpus(text),
        "blkio-weight" | "cpu-period" | "cpu-quota" | "cpu-rt-period" | "cpu-rt-runtime" | "cpu-shares"
        | "memory-swappiness" | "oom-score-adj" | "pids-limit" | "timeout" => value::whole(text).map(|_| ()),
        "dns" if net::parse_ip(text.trim()).is_none() && !(text == "none" && cli == Cli::Podman) => {
            refuse(format!("`{text}` is no address"), "Write the address of a DNS server; a name is not looked up.")
        }
        "add-host" if !text.contains([':', '=']) => {
            refuse(format!("`{text}` has no address"), "Write a name, a colon, and an address: `db:10.1.0.2`.")
        }
        "sysctl" | "ulimit" | "storage-opt" if !text.contains('=') => {
            refuse(format!("`{text}` has no value"), "Write a name, `=`, and the value.")
        }
        "expose" => {
            let bare = text.split('/').next().unwrap_or_default();
            match value::port(text, Cli::Docker).is_ok() && !bare.contains(':') {
                true => Ok(()),
                false => refuse(
                    format!("`{text}` is no port of the container"),
                    "Write a port, or a range of them: `8000-8010/udp`.",
                ),
            }
        }
        _ if crate::containers::flags::find(name).is_some_and(|it| it.takes == Takes::Switch) => {
            value::switch(text).map(|_| ())
        }
        _ => Ok(()),
    }
}

/// Whether a program takes it for the name of a container. What stands for a variable may be one.
///
/// Source: moby `daemon/names/names.go`, `RestrictedNameChars`; containers/podman `libpod/define/config.go`, `NameRegex`.
fn is_name(text: &str, cli: Cli) -> bool {
    let least = if cli == Cli::Docker { 2 } else { 1 };
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-' | '@');
    let text = text.strip_prefix('/').unwrap_or(text);
    text.len() >= least
        && text.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '@')
        && text.chars().all(is_part)
}

fn is_mac(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split([':', '-']).collect();
    let is_pair = |it: &&str| it.len() == 2 && it.bytes().all(|it| it.is_ascii_hexdigit());
    parts.len() == 6 && parts.iter().all(is_pair)
}

/// The strings of a list as JSON has it.
fn list(text: &str) -> Option<Vec<String>> {
    let is_list = text.trim().starts_with('[') && text.trim().ends_with(']');
    let tokens = is_list.then(|| shell::tokens(text, Span::new(0, text.len()), Quoting::List))?;
    let words = tokens.into_iter().filter_map(|it| match it {
        Token::Word(it) => Some(it.text),
        _ => None,
    });
    Some(words.collect())
}

/// A name for the container of an image: `nginx` for `docker.io/library/nginx:1.27`.
pub(super) fn name_of(image: &str) -> String {
    let bare = image.split('@').next().unwrap_or_default();
    let last = bare.rsplit('/').next().unwrap_or_default();
    let name = last.split(':').next().unwrap_or_default();
    let is_part = |it: &char| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-');
    let plain: String = name.chars().filter(is_part).collect();
    match plain.trim_start_matches(['_', '.', '-']) {
        "" => "container".to_owned(),
        it => it.to_owned(),
    }
}

/// A path within a directory, without `.` and `..`.
///
/// Source: Go `path/filepath`, `Abs` and `Clean`.
pub(super) fn joined(directory: &str, path: &str) -> String {
    let mut parts: Vec<&str> = directory.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            it => parts.push(it),
        }
    }
    ["/", &parts.join("/")].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_a_container_after_its_image() {
        for (image, name) in [
            ("nginx", "nginx"),
            ("docker.io/library/nginx:1.27", "nginx"),
            ("ghcr.io/a/b-c@sha256:00", "b-c"),
            ("localhost:5000/x", "x"),
            ("@IMAGE@", "container"),
            ("", "container"),
        ] {
            assert_eq!(name_of(image), name, "{image}");
        }
    }

    #[test]
    fn paths_are_joined_as_go_does() {
        for (path, expected) in [("./a", "/d/e/a"), ("../a/./b/", "/d/a/b"), ("../../../a", "/a"), (".", "/d/e")] {
            assert_eq!(joined("/d/e", path), expected, "{path}");
        }
    }
}
