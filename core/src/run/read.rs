//! What does a text with commands ask for?

use std::collections::BTreeMap;

use super::{
    Choices, arguments,
    call::{self, Verb},
    container,
    flags::Cli,
    objects,
    problem::{Problem, ProblemKind},
    script::{self, Script},
    variables::{Argument, Variables},
};
use crate::{
    containers::{
        model::{At, Dependency, MountKind, Network, NetworkMode, Project, Unusable, Volume},
        placeholder::Placeholders,
    },
    notation::shell::Word,
    text::{Role, Span},
};

/// What was understood of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What it asks for.
    pub project: Project,
    /// What could not be read, or works otherwise than it looks; in the order of the text.
    pub problems: Vec<Problem>,
    /// The commands that make containers, as many and in the same order as the project's containers.
    pub runs: Vec<Run>,
    /// What the pieces of the text are, in its order, for highlighting it.
    pub pieces: Vec<(Span, Role)>,
}

/// A command that makes a container.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The program.
    pub cli: Cli,
    /// All of its words.
    pub span: Span,
    /// The words that call it: `docker run`.
    pub call: Span,
    /// Its flags, in the order of the text.
    pub sets: Vec<Set>,
    /// The image.
    pub image: Option<At<String>>,
    /// The words behind the image.
    pub words: Vec<At<String>>,
}

/// A flag that was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// Its long name without dashes.
    pub name: &'static str,
    /// The bytes of the flag itself: `--publish`, `-p`, the `d` in `-itd`.
    pub flag: Span,
    /// All of its bytes, those of its value included.
    pub whole: Span,
    /// Its value, at its bytes without quotes around it.
    pub value: Option<At<String>>,
}

impl Run {
    /// The flags of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Set> {
        self.sets.iter().filter(move |it| it.name == name)
    }

    /// The last flag of a name, which counts where only one does.
    pub fn last(&self, name: &str) -> Option<&Set> {
        self.sets.iter().rev().find(|it| it.name == name)
    }

    /// Whether a switch is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.last(name)
            .is_some_and(|it| it.value.as_ref().is_none_or(|it| matches!(it.value.as_str(), "true" | "1" | "t")))
    }
}

/// Reads a text. This never fails: what is not understood is named, and the rest is read.
pub fn read(text: &str, choices: &Choices) -> Reading {
    let Script { commands, comments, slips, refused, redirections } = script::script(text, &is_complete);
    let mut reader = Reader::new(text, choices);
    for comment in comments {
        reader.reading.pieces.push((comment, Role::Comment));
    }
    for slip in slips {
        if slip.kind == script::SlipKind::Placeholder {
            reader.variables.to_fill_in(slip.span.of(text), slip.span);
            continue;
        }
        reader.problem(ProblemKind::Slip(slip.kind), slip.span);
    }
    for it in refused {
        reader.problem(ProblemKind::Refused(it.what), it.span);
        reader.unusable(it.span, "This part is not read: only the commands themselves are.");
    }
    for span in redirections {
        reader.unusable(span, OUTPUT);
    }
    for command in commands {
        reader.command(&command.words);
    }
    reader.finish()
}

/// A value that could not be read.
struct Unreadable {
    name: &'static str,
    /// What it says.
    text: String,
    /// The bytes of its word.
    word: Span,
    /// The bytes of what is wrong.
    part: Span,
    message: String,
    help: String,
}

/// Why redirections go nowhere.
pub(super) const OUTPUT: &str = "A unit's output goes to the log, and its input comes from nowhere.";

/// What is known while a text is read.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub variables: Variables<'a>,
    /// Variables that programs get.
    pub exported: BTreeMap<String, String>,
    pub reading: Reading,
    /// The containers by each name they have.
    pub names: BTreeMap<String, usize>,
    pub networks: BTreeMap<String, usize>,
    pub volumes: BTreeMap<String, usize>,
    /// Values that could not be read, perhaps only because something in them is not known.
    unreadable: Vec<Unreadable>,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str, choices: &'a Choices) -> Self {
        Self {
            text,
            variables: Variables::new(choices),
            exported: BTreeMap::new(),
            reading: Reading::default(),
            names: BTreeMap::new(),
            networks: BTreeMap::new(),
            volumes: BTreeMap::new(),
            unreadable: Vec::new(),
        }
    }

    pub fn problem(&mut self, kind: ProblemKind, span: Span) {
        let span = self.whole(span);
        self.reading.problems.push(Problem { kind, span });
    }

    /// The characters that a span lies in: those that a text editor put there stand for several.
    fn whole(&self, span: Span) -> Span {
        let (mut start, mut end) = (span.start.min(self.text.len()), span.end.min(self.text.len()));
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start, end.max(start))
    }

    pub fn unusable(&mut self, span: Span, why: impl Into<String>) {
        let span = self.whole(span);
        self.reading.project.unusable.push(Unusable { span, why: why.into() });
    }

    pub fn ink(&mut self, span: Span, role: Role) {
        let span = self.whole(span);
        if span.start < span.end {
            self.reading.pieces.push((span, role));
        }
    }

    /// Says that a value could not be read, unless it is only that a variable of it is not known.
    pub fn malformed(&mut self, name: &'static str, value: arguments::Value, it: super::problem::Malformed) {
        let part = value.part(it.part.start, it.part.end);
        let word = value.word();
        self.unreadable.push(Unreadable {
            name,
            text: value.text().to_owned(),
            word,
            part: if part.start < part.end { part } else { word },
            message: it.message,
            help: it.help,
        });
    }

    /// Tells of the values that could not be read, now that all is known that is open.
    fn tell_unreadable(&mut self) {
        let unreadable = std::mem::take(&mut self.unreadable);
        let missing = if unreadable.is_empty() { &[][..] } else { &self.variables.missing };
        let signed = missing.iter().map(|it| it.placeholder.as_str()).filter(|it| it.starts_with('@'));
        let placeholders = Placeholders::of(signed);
        let mut open: Vec<Span> = missing.iter().map(|it| it.span).collect();
        open.sort_unstable();
        for Unreadable { name, text, word, part, message, help } in unreadable {
            let first = open.partition_point(|it| it.start < word.start);
            let mut within = open.get(first..).unwrap_or_default().iter().take_while(|it| it.start <= word.end);
            if placeholders.are_in(&text) || within.any(|it| word.holds(*it)) {
                self.unusable(word, format!("`--{name}` needs a value that is not known."));
                continue;
            }
            self.unusable(word, format!("{message}."));
            self.problem(ProblemKind::Malformed { name, message, help }, part);
        }
    }

    /// Takes over what another reader, of words that this text says, found beside containers, networks and volumes.
    pub fn take_over(&mut self, other: Reader) {
        self.variables.missing.extend(other.variables.missing);
        self.unreadable.extend(other.unreadable);
        self.reading.problems.extend(other.reading.problems);
        self.reading.project.unusable.extend(other.reading.project.unusable);
    }

    fn command(&mut self, words: &[Word]) {
        for word in words {
            if let Some(quote) = word.unclosed {
                self.problem(ProblemKind::Unclosed, quote);
            }
        }
        if self.powershell(words) {
            return;
        }
        // Instructions explain, too: their words hold no variables to ask for.
        let before = self.variables.missing.len();
        let mut arguments = Vec::new();
        for word in words {
            self.variables.expand(self.text, word, &mut arguments);
        }
        let (Some(first), Some(last)) = (arguments.first(), arguments.last()) else {
            return;
        };
        let span = first.span.to(last.span);
        let call = call::call(&arguments);
        let is_read = !matches!(
            call.verb,
            Verb::Unknown | Verb::Other(_) | Verb::Compose | Verb::Directory | Verb::Assign { .. }
        );
        if !is_read {
            self.variables.missing.truncate(before);
        }
        for argument in call.head {
            let role = if argument.text.starts_with('-') { Role::Key } else { Role::Word };
            if !matches!(call.verb, Verb::Assign { .. }) {
                self.ink(argument.span, role);
            }
        }
        match call.verb {
            Verb::Assign { is_exported } => {
                for (name, value) in &call.variables {
                    self.variables.set(name, value);
                    if is_exported {
                        self.exported.insert((*name).to_owned(), (*value).to_owned());
                    }
                }
                for argument in &arguments {
                    self.ink(argument.span, Role::String);
                }
            }
            Verb::Directory => match call.rest.first().filter(|it| it.text.starts_with('/')) {
                Some(directory) => self.variables.set("PWD", &directory.text),
                None => self.unusable(span, "Where the directory is, is not known: paths that begin with `.` need it."),
            },
            Verb::Other(why) => self.unusable(span, why),
            Verb::Unknown => {
                if let Some(word) = call.head.last() {
                    self.problem(ProblemKind::UnknownCommand { meant: call::meant(&word.text) }, word.span);
                }
                self.unusable(span, "There is no such command.");
            }
            Verb::Compose => {
                self.problem(ProblemKind::Compose, span);
                self.unusable(span, "Compose reads a file of its own, which this text does not have.");
            }
            Verb::NetworkCreate(cli) => objects::network_create(self, cli, &call),
            Verb::NetworkConnect(cli) => objects::network_connect(self, cli, &call),
            Verb::VolumeCreate(cli) => objects::volume_create(self, cli, &call),
            Verb::Run(cli) => container::run(self, cli, &call, span),
        }
        if is_read {
            self.leading(&call);
        }
    }

    /// What stands before the flags of a command and has no meaning for a service: `sudo`, `--context`.
    fn leading(&mut self, call: &call::Call) {
        let global = call.head.iter().skip(1).filter(|it| it.text.starts_with('-'));
        for flag in global {
            self.unusable(
                flag.span,
                "It says which daemon is asked, or how: the module is for the machine that it is on.",
            );
        }
    }

    /// A variable as PowerShell sets it: `$env:NAME = "value"`.
    fn powershell(&mut self, words: &[Word]) -> bool {
        let [name, equals, value, ..] = words else {
            return false;
        };
        let name = name.text.strip_prefix("$env:").or_else(|| name.text.strip_prefix('$'));
        match name.filter(|it| equals.text == "=" && !it.is_empty()) {
            Some(name) => {
                self.variables.set(name, &value.text);
                true
            }
            None => false,
        }
    }

    /// Looks at everything that was read, once more.
    pub fn finish(mut self) -> Reading {
        self.depend();
        self.name_networks();
        self.name_volumes();
        self.tell_unreadable();
        let mut reading = self.reading;
        reading.project.missing = self.variables.missing;
        reading.project.missing.sort_by_key(|it| it.span);
        reading.problems.sort_by_key(|it| it.span);
        reading.project.unusable.sort_by_key(|it| it.span);
        reading.pieces.sort_by_key(|it| it.0);
        // A piece that was read twice is one.
        let mut end = 0;
        reading.pieces.retain(|(span, _)| {
            let is_new = end <= span.start;
            end = end.max(span.end);
            is_new
        });
        reading
    }

    /// Containers that others refer to have to run before them.
    fn depend(&mut self) {
        let names: BTreeMap<String, String> = self
            .names
            .iter()
            .filter_map(|(name, at)| Some((name.clone(), self.reading.project.containers.get(*at)?.name.clone())))
            .collect();
        for (container, run) in self.reading.project.containers.iter_mut().zip(&self.reading.runs) {
            if let Some(NetworkMode::Container(other)) = container.network_mode.as_mut().map(|it| &mut it.value)
                && let Some(name) = names.get(other)
            {
                name.clone_into(other);
            }
            for set in &run.sets {
                let Some(value) = &set.value else { continue };
                let written = value.value.as_str();
                let of_container = |it: &'static str| written.strip_prefix(it);
                let others: Vec<&str> = match set.name {
                    "network" | "pid" | "ipc" | "userns" | "uts" | "cgroupns" => {
                        of_container("container:").into_iter().collect()
                    }
                    "link" | "volumes-from" => written.split(':').take(1).collect(),
                    "requires" => written.split(',').collect(),
                    _ => continue,
                };
                for other in others {
                    let Some(on) = names.get(other).filter(|it| **it != container.name) else { continue };
                    if !container.depends_on.iter().any(|it| it.value.on == *on) {
                        let dependency = Dependency {
                            on: on.clone(),
                            condition: Default::default(),
                            is_required: true,
                            restarts: false,
                        };
                        container.depends_on.push(At::new(dependency, value.span));
                    }
                }
            }
        }
    }

    /// Networks that are joined and not made here exist already.
    fn name_networks(&mut self) {
        let project = &mut self.reading.project;
        for container in &project.containers {
            for joined in &container.networks {
                let name = &joined.value.network;
                if !self.networks.contains_key(name) {
                    self.networks.insert(name.clone(), project.networks.len());
                    project.networks.push(Network {
                        name: name.clone(),
                        span: joined.span,
                        is_external: true,
                        ..Network::default()
                    });
                }
            }
        }
    }

    /// Volumes that are mounted come into being with the first container.
    fn name_volumes(&mut self) {
        let project = &mut self.reading.project;
        for container in &project.containers {
            for mount in &container.mounts {
                let name = &mount.value.source;
                if mount.value.kind == MountKind::Volume && !name.is_empty() && !self.volumes.contains_key(name) {
                    self.volumes.insert(name.clone(), project.volumes.len());
                    project.volumes.push(Volume { name: name.clone(), span: mount.span, ..Volume::default() });
                }
            }
        }
    }
}

/// Whether a command has all that it needs: an image, where it makes a container.
fn is_complete(words: &[Word]) -> bool {
    let choices = Choices::default();
    let mut variables = Variables::new(&choices);
    let mut arguments: Vec<Argument> = Vec::new();
    for word in words {
        variables.expand("", word, &mut arguments);
    }
    let call = call::call(&arguments);
    match call.verb {
        Verb::Run(cli) => !arguments::parse(call.rest, &arguments::of_run(cli), &mut Vec::new()).rest.is_empty(),
        _ => true,
    }
}
