//! What of a Dockerfile can be said with Nix? Every instruction becomes a part of the image, or is told with what takes its
//! place.

use std::collections::BTreeSet;

use super::{
    dockerfile::{Dockerfile, Instruction, variables},
    packages::{Named, base_of},
    shell::{Done, Tool, commands},
};
use crate::{
    bench::Line,
    containers::secret::is_secret,
    manifest::Reference,
    notation::{
        nix::{indented, push_string},
        shell::{Quoting, quote},
    },
    rule::diagnostic::Severity,
    text::words,
};

/// What a Dockerfile comes to.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The packages, by their attributes; other expressions that belong beside them.
    pub packages: Vec<String>,
    /// What is said above them.
    pub comments: Vec<String>,
    /// The lines that put files into the image, as Nix has them in `''`.
    pub files: Vec<String>,
    /// The lines that run as root, as Nix has them in `''`.
    pub script: Vec<String>,
    /// Whether these make users.
    pub has_users: bool,
    /// What the stages that are copied from become.
    pub stages: Vec<Built>,
    /// The image that it is built on, where nothing takes its place.
    pub base: Option<Reference>,
    /// What it does.
    pub config: Config,
    /// Packages of Python, by the interpreter.
    pub python: Vec<String>,
    /// What became of each instruction.
    pub parts: Vec<Line>,
    /// What is fetched from an address.
    pub fetched: Vec<(String, String)>,
}

/// A stage that becomes a derivation.
#[derive(Clone, Debug)]
pub struct Built {
    /// Its name in Nix.
    pub name: String,
    /// What builds it.
    pub tool: Tool,
    /// Its instructions, as they are written.
    pub said: Vec<String>,
}

/// What containers of the image do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// `Entrypoint`
    pub entrypoint: Option<Vec<String>>,
    /// `Cmd`
    pub cmd: Option<Vec<String>>,
    /// `Env`
    pub env: Vec<(String, String)>,
    /// `ExposedPorts`
    pub ports: Vec<String>,
    /// `Volumes`
    pub volumes: Vec<String>,
    /// `WorkingDir`
    pub workdir: Option<String>,
    /// `User`
    pub user: Option<String>,
    /// `Labels`
    pub labels: Vec<(String, String)>,
    /// `StopSignal`
    pub stop_signal: Option<String>,
    /// `Healthcheck`
    pub health: Option<Health>,
    /// `Shell`
    pub shell: Option<Vec<String>>,
}

/// How Docker finds out whether the program is well.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Health {
    /// `Test`
    pub test: Vec<String>,
    /// The other keys, with nanoseconds and counts.
    pub numbers: Vec<(&'static str, i64)>,
}

/// Translates a Dockerfile: its last stage, and what that is built on and copied from.
pub fn translate(file: &Dockerfile) -> Plan {
    let Some(last) = file.stages.len().checked_sub(1) else {
        let mut plan = Plan::default();
        for it in &file.instructions {
            plan.part(it, Some(Severity::Warning), "left out", "There is no FROM, so there is no image.");
        }
        return plan;
    };
    let mut chain = vec![last];
    while let Some(stage) = chain.last().copied()
        && let Some(below) = file.stages.get(stage).and_then(|it| file.stage(&it.image, stage))
    {
        chain.push(below);
    }
    chain.reverse();
    let used = used(file, &chain);
    let mut translator = Translator {
        file,
        plan: Plan::default(),
        known: variables::global(file),
        globals: variables::global(file),
        names: used.iter().map(|it| (*it, name_of(file, *it))).collect(),
        is_shell_asked: false,
        has_cmd: false,
    };
    for instruction in &file.instructions {
        match instruction.stage {
            None => translator.before(instruction),
            Some(stage) if chain.contains(&stage) => {}
            Some(stage) => translator.beside(instruction, stage, used.contains(&stage)),
        }
    }
    for stage in &used {
        translator.built(*stage);
    }
    for stage in chain {
        for instruction in file.of_stage(stage) {
            translator.instruction(instruction, stage);
        }
    }
    translator.end()
}

/// The stages that others are made of, besides those that the last one is built on.
fn used(file: &Dockerfile, chain: &[usize]) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    let mut open: Vec<usize> = chain.to_vec();
    let mut seen: BTreeSet<usize> = chain.iter().copied().collect();
    while let Some(stage) = open.pop() {
        for instruction in file.of_stage(stage) {
            let from = instruction.flag("from").and_then(|it| file.stage(&it.value, stage));
            let below = file.stages.get(stage).and_then(|it| file.stage(&it.image, stage));
            for other in from.into_iter().chain(below) {
                if seen.insert(other) {
                    open.push(other);
                }
                if !chain.contains(&other) {
                    used.insert(other);
                }
            }
        }
    }
    used
}

/// What a stage is called in Nix.
fn name_of(file: &Dockerfile, stage: usize) -> String {
    let name = file.stages.get(stage).map_or("", |it| it.name.as_str());
    let is_name = name.starts_with(|it: char| it.is_ascii_alphabetic())
        && name.chars().all(|it| it.is_ascii_alphanumeric() || "_-".contains(it))
        && !matches!(
            name,
            "assert"
                | "else"
                | "files"
                | "if"
                | "in"
                | "inherit"
                | "let"
                | "or"
                | "pkgs"
                | "rec"
                | "then"
                | "with"
                | "base"
                | "builtins"
                | "import"
                | "image"
                | "created"
        );
    if is_name { name.to_owned() } else { format!("stage{stage}") }
}

struct Translator<'f> {
    file: &'f Dockerfile,
    plan: Plan,
    known: variables::Known,
    globals: variables::Known,
    /// What the stages are called that are copied from.
    names: Vec<(usize, String)>,
    is_shell_asked: bool,
    /// Whether there was a CMD.
    has_cmd: bool,
}

impl Plan {
    fn part(&mut self, it: &Instruction, severity: Option<Severity>, word: &str, how: impl Into<String>) {
        let what = it.title();
        let line = Line { severity, word: word.to_owned(), what, how: how.into(), span: Some(it.span) };
        self.parts.push(line);
    }

    fn package(&mut self, attribute: &str) {
        add(&mut self.packages, ["pkgs.", attribute].concat());
    }
}

const CARRIED: &str = "carried";
const CHANGED: &str = "changed";
const LEFT_OUT: &str = "left out";
const NEEDLESS: &str = "not needed";

impl Translator<'_> {
    fn fill(&self, text: &str) -> (String, String) {
        let (filled, open) = variables::fill(text, &self.known);
        let said = match open.is_empty() {
            true => String::new(),
            false => {
                let names = words::listed(open.iter().map(String::as_str), "and");
                format!(" The text does not say what {names} stands for: it is kept as written.")
            }
        };
        (filled, said)
    }

    /// What stands before the first FROM.
    fn before(&mut self, it: &Instruction) {
        match it.name.as_str() {
            "ARG" => self.plan.part(it, None, CARRIED, "Its value is filled in where it is used."),
            _ => self.plan.part(it, Some(Severity::Warning), LEFT_OUT, "It stands before the first FROM."),
        }
    }

    /// What is in a stage that the image is not built on.
    fn beside(&mut self, it: &Instruction, stage: usize, is_used: bool) {
        if !is_used {
            self.plan.part(it, None, NEEDLESS, "Nothing of this stage is in the image.");
            return;
        }
        let name = name_of(self.file, stage);
        let tool = tool_of(self.file, stage);
        match it.name.as_str() {
            "RUN" if tool == Tool::Unknown => {
                let how = format!("What it does has to be done in the derivation `{name}`. {}", tool.advice());
                self.plan.part(it, Some(Severity::Warning), LEFT_OUT, how);
            }
            "RUN" => {
                let how = format!("`{}` does it, in `{name}`.", tool.function());
                self.plan.part(it, Some(Severity::Hint), CHANGED, how);
            }
            _ => {
                let how = format!("It is a comment of the derivation `{name}`, which takes the place of the stage.");
                self.plan.part(it, Some(Severity::Hint), CHANGED, how);
            }
        }
    }

    /// The derivation that takes the place of a stage.
    fn built(&mut self, stage: usize) {
        let said = self.file.of_stage(stage).map(Instruction::title).collect();
        let name = name_of(self.file, stage);
        self.plan.stages.push(Built { name, tool: tool_of(self.file, stage), said });
    }

    fn instruction(&mut self, it: &Instruction, stage: usize) {
        match it.name.as_str() {
            "FROM" => self.from(it, stage),
            "ENV" => self.env(it),
            "ARG" => self.arg(it),
            "LABEL" => {
                let mut said = String::new();
                for pair in &it.pairs {
                    let (value, more) = self.fill(pair.value.as_deref().unwrap_or_default());
                    said.push_str(&more);
                    put(&mut self.plan.config.labels, &pair.name, value);
                }
                self.plan.part(it, None, CARRIED, format!("`config.Labels`.{said}"));
            }
            "MAINTAINER" => {
                put(&mut self.plan.config.labels, "maintainer", it.line().to_owned());
                self.plan.part(it, Some(Severity::Hint), CHANGED, "It becomes the label `maintainer`.");
            }
            "EXPOSE" => self.expose(it),
            "VOLUME" => {
                let mut said = String::new();
                for word in it.arguments() {
                    let (path, more) = self.fill(&word.text);
                    said.push_str(&more);
                    self.plan.config.volumes.push(path);
                }
                self.plan.part(it, None, CARRIED, format!("`config.Volumes`.{said}"));
            }
            "WORKDIR" => {
                let (path, said) = self.fill(&unquoted(it));
                self.plan.config.workdir = Some(joined(self.plan.config.workdir.as_deref(), &path));
                self.plan.part(it, None, CARRIED, format!("`config.WorkingDir`.{said}"));
            }
            "USER" => {
                let (user, said) = self.fill(&unquoted(it));
                self.plan.config.user = Some(user);
                self.plan.part(it, None, CARRIED, format!("`config.User`.{said}"));
            }
            "STOPSIGNAL" => {
                let (signal, said) = self.fill(&unquoted(it));
                self.plan.config.stop_signal = Some(signal);
                self.plan.part(it, None, CARRIED, format!("`config.StopSignal`.{said}"));
            }
            "SHELL" => {
                self.plan.config.shell = it.list.as_ref().map(|it| it.iter().map(|it| it.text.clone()).collect());
                let is_list = it.list.is_some();
                let (severity, word) = if is_list { (None, CARRIED) } else { (Some(Severity::Warning), LEFT_OUT) };
                self.plan.part(
                    it,
                    severity,
                    word,
                    if is_list { "`config.Shell`." } else { "It takes a list: `[\"/bin/bash\", \"-c\"]`." },
                );
            }
            "CMD" | "ENTRYPOINT" => self.command(it),
            "HEALTHCHECK" => self.health(it),
            "COPY" | "ADD" => self.copy(it, stage),
            "RUN" => self.run(it),
            "ONBUILD" => {
                self.plan.part(
                    it,
                    Some(Severity::Warning),
                    LEFT_OUT,
                    "It is for Dockerfiles that build on this image, and Nix builds by none.",
                );
            }
            _ => self.plan.part(it, Some(Severity::Warning), LEFT_OUT, "No instruction is called so."),
        }
    }

    fn from(&mut self, it: &Instruction, stage: usize) {
        let image = self.file.stages.get(stage).map(|it| it.image.clone()).unwrap_or_default();
        if self.file.stage(&image, stage).is_some() {
            self.plan.part(it, None, CARRIED, "What the stage above does is in the image, too.");
            return;
        }
        // Variables of an earlier stage do not count in another one.
        let (image, open) = variables::fill(&image, &self.globals);
        self.known.clear();
        self.known.insert("PATH".to_owned(), Some(USUAL_PATH.to_owned()));
        let reference = Reference::read(&image);
        let (name, tag) = match &reference {
            Some(it) => (it.full_name(), it.tag_or_latest().to_owned()),
            None => (image.clone(), String::new()),
        };
        let Some(base) = base_of(&name) else {
            match reference {
                Some(reference) => {
                    let how = "No package takes its place here, so it is fetched with `pullImage`: its digest and hash are to be filled in. Of its configuration only `Env` is kept.";
                    self.plan.base = Some(reference);
                    self.plan.part(it, Some(Severity::Hint), CHANGED, how);
                }
                None => {
                    let why = match open.as_slice() {
                        [] => format!("`{image}` is no name of an image."),
                        [name, ..] => format!(
                            "The text does not say what `{name}` stands for, so nobody knows which image this is."
                        ),
                    };
                    self.plan.part(it, Some(Severity::Warning), LEFT_OUT, why);
                }
            }
            return;
        };
        let (attributes, is_exact) = base.attributes(&tag);
        attributes.iter().for_each(|it| self.plan.package(it));
        // Images of languages have the certificates of their distribution.
        if !base.versions.is_empty() {
            self.plan.package("dockerTools.caCertificates");
        }
        if !base.cmd.is_empty() {
            self.plan.config.cmd = Some(base.cmd.iter().map(|it| (*it).to_owned()).collect());
        }
        let named = words::listed(attributes.iter().map(String::as_str), "and");
        let mut how = match attributes.is_empty() {
            true => "Nothing is below the image.".to_owned(),
            false if attributes.len() == 1 => format!("{named} of nixpkgs takes its place."),
            false => format!("{named} of nixpkgs take its place."),
        };
        if !is_exact {
            how.push_str(" Nixpkgs has no attribute for just this version.");
        }
        if !base.note.is_empty() {
            how = format!("{how} {}", base.note);
        }
        let severity = (!attributes.is_empty()).then_some(Severity::Hint);
        self.plan.part(it, severity, if attributes.is_empty() { CARRIED } else { CHANGED }, how);
    }

    fn env(&mut self, it: &Instruction) {
        let mut said = String::new();
        let mut filled = Vec::new();
        for pair in &it.pairs {
            let value = pair.value.as_deref().unwrap_or_default();
            // Variables of other packages' directories are gone with these.
            let (value, more) = self.fill(value);
            said.push_str(&more);
            filled.push((pair.name.clone(), value));
        }
        for (name, value) in filled {
            if is_secret(&name, &value) {
                said.push_str(" Whoever has the image, or may read the Nix store, reads it.");
            }
            self.known.insert(name.clone(), Some(value.clone()));
            put(&mut self.plan.config.env, &name, value);
        }
        self.plan.part(it, None, CARRIED, format!("`config.Env`.{said}"));
    }

    fn arg(&mut self, it: &Instruction) {
        for pair in &it.pairs {
            let value = match &pair.value {
                Some(value) => Some(self.fill(value).0),
                None => self.globals.get(&pair.name).cloned().flatten(),
            };
            self.known.entry(pair.name.clone()).or_insert(value);
        }
        self.plan.part(it, None, CARRIED, "Its value is filled in where it is used; the image does not have it.");
    }

    fn expose(&mut self, it: &Instruction) {
        let mut said = String::new();
        let mut severity = None;
        for word in &it.words {
            let (port, more) = self.fill(&word.text);
            said.push_str(&more);
            match ports(&port) {
                Some(ports) => {
                    ports.into_iter().for_each(|it| add(&mut self.plan.config.ports, it));
                }
                None => {
                    severity = Some(Severity::Warning);
                    said.push_str(&format!(" `{port}` is no port."));
                }
            }
        }
        let word = if severity.is_some() { CHANGED } else { CARRIED };
        self.plan.part(it, severity, word, format!("`config.ExposedPorts`.{said}"));
    }

    /// What CMD, ENTRYPOINT and the test of HEALTHCHECK come to.
    fn words(&mut self, list: Option<Vec<String>>, line: &str) -> Vec<String> {
        match list {
            Some(list) => list,
            None if line.is_empty() => Vec::new(),
            None => {
                let shell = self.plan.config.shell.clone();
                self.is_shell_asked |= shell.is_none();
                let mut words = shell.unwrap_or_else(|| vec!["/bin/sh".to_owned(), "-c".to_owned()]);
                words.push(line.to_owned());
                words
            }
        }
    }

    fn command(&mut self, it: &Instruction) {
        let list: Option<Vec<String>> = it.list.as_ref().map(|it| it.iter().map(|it| it.text.clone()).collect());
        let is_list = list.is_some();
        if let Some(first) = list.as_ref().and_then(|it| it.first()) {
            self.is_shell_asked |= matches!(first.as_str(), "sh" | "/bin/sh" | "bash" | "/bin/bash");
        }
        let words = self.words(list, it.line());
        let key = if it.name == "CMD" {
            self.plan.config.cmd = Some(words);
            self.has_cmd = true;
            "Cmd"
        } else {
            // As Docker does, an ENTRYPOINT lets go of the CMD of what is below.
            self.plan.config.entrypoint = Some(words);
            if !self.has_cmd {
                self.plan.config.cmd = None;
            }
            "Entrypoint"
        };
        match is_list {
            true => self.plan.part(it, None, CARRIED, format!("`config.{key}`.")),
            false => self.plan.part(
                it,
                Some(Severity::Hint),
                CHANGED,
                format!("`config.{key}` is a list: the shell that Docker puts before the line is written."),
            ),
        }
    }

    fn health(&mut self, it: &Instruction) {
        let kind = it.words.first().map(|it| it.text.to_ascii_uppercase()).unwrap_or_default();
        let mut health = Health::default();
        match kind.as_str() {
            "NONE" => health.test.push("NONE".to_owned()),
            "CMD" => match &it.list {
                Some(list) => {
                    health.test.push("CMD".to_owned());
                    health.test.extend(list.iter().map(|it| it.text.clone()));
                }
                None => {
                    self.is_shell_asked = true;
                    let line = it.line().get(3..).unwrap_or_default().trim();
                    health.test.extend(["CMD-SHELL".to_owned(), line.to_owned()]);
                }
            },
            _ => {
                self.plan.part(it, Some(Severity::Warning), LEFT_OUT, "It takes `CMD` or `NONE`.");
                return;
            }
        }
        let mut said = String::new();
        for flag in &it.flags {
            let key = match flag.name.as_str() {
                "interval" => "Interval",
                "timeout" => "Timeout",
                "start-period" => "StartPeriod",
                "start-interval" => "StartInterval",
                "retries" => "Retries",
                _ => continue,
            };
            let value = if key == "Retries" { flag.value.parse().ok() } else { nanoseconds(&flag.value) };
            match value {
                Some(value) => health.numbers.push((key, value)),
                None => said.push_str(&format!(" `{}` is left out: it is no such value.", flag.value)),
            }
        }
        self.plan.config.health = Some(health);
        let how = format!("`config.Healthcheck`, which Docker knows; images of the OCI have none.{said}");
        let severity = if said.is_empty() { Severity::Hint } else { Severity::Warning };
        self.plan.part(it, Some(severity), CARRIED, how);
    }

    fn copy(&mut self, it: &Instruction, stage: usize) {
        let from = it.flag("from").map(|it| it.value.clone());
        let source_stage = from.as_ref().and_then(|it| self.file.stage(it, stage));
        let words: Vec<String> = it.arguments().iter().map(|it| self.fill(&it.text).0).collect();
        let mut said = String::new();
        let Some((target, sources)) = words.split_last().filter(|it| !it.1.is_empty()) else {
            self.plan.part(it, Some(Severity::Warning), LEFT_OUT, "It takes what is copied, and where to.");
            return;
        };
        let target = joined(self.plan.config.workdir.as_deref(), target);
        let mut severity = None;
        let mut heredocs = it.logical.heredocs.iter();
        for source in sources {
            let name = source.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
            let place = match (&from, source_stage) {
                _ if source.starts_with("<<") => {
                    let Some(heredoc) = heredocs.next() else { continue };
                    let text = if heredoc.expands { self.fill(&heredoc.text).0 } else { heredoc.text.clone() };
                    let mut nix = "${pkgs.writeText ".to_owned();
                    push_string(&mut nix, &file_name(&heredoc.name));
                    nix.push(' ');
                    push_string(&mut nix, &text);
                    nix.push('}');
                    self.put_file(&nix, &target, &heredoc.name);
                    continue;
                }
                (Some(_), Some(other)) => {
                    let built = self.names.iter().find(|it| it.0 == other).map(|it| it.1.clone()).unwrap_or_default();
                    if source.trim_end_matches('/').ends_with("/nix/store") || target.starts_with("/nix/store") {
                        said.push_str(" Paths of the store come into the image by themselves.");
                        continue;
                    }
                    severity = Some(Severity::Hint);
                    self.in_stage(&built, tool_of(self.file, other), source)
                }
                (Some(image), None) => {
                    severity = Some(Severity::Warning);
                    let attributes = Reference::read(image).and_then(|it| Some((base_of(&it.full_name())?, it)));
                    match attributes.map(|(base, it)| base.attributes(it.tag_or_latest()).0) {
                        Some(attributes) if !attributes.is_empty() => {
                            attributes.iter().for_each(|it| self.plan.package(it));
                            said.push_str(&format!(
                                " `{}` of nixpkgs takes the place of what is in `{image}`.",
                                attributes.join(" ")
                            ));
                        }
                        _ => said.push_str(&format!(" What is in `{image}` has to come from a package.")),
                    }
                    continue;
                }
                _ if it.name == "ADD" && is_address(source) => {
                    severity = Some(Severity::Hint);
                    let git = source.ends_with(".git") || source.starts_with("git@");
                    if git {
                        severity = Some(Severity::Warning);
                        said.push_str(" A repository has to be fetched with `pkgs.fetchgit`.");
                        continue;
                    }
                    let variable = format!("fetched{}", self.plan.fetched.len());
                    self.plan.fetched.push((variable.clone(), source.clone()));
                    said.push_str(" `pkgs.fetchurl` fetches it: its hash is to be filled in.");
                    format!("${{{variable}}}")
                }
                _ => {
                    match context(source) {
                        Some(place) => place,
                        None => {
                            severity = Some(Severity::Warning);
                            said.push_str(&format!(" `{source}` is left out: a path of Nix has no patterns and does not leave the directory."));
                            continue;
                        }
                    }
                }
            };
            self.put_file(&place, &target, &name);
            if it.name == "ADD"
                && [".tar", ".tar.gz", ".tgz", ".tar.xz"].iter().any(|it| source.ends_with(it))
                && !is_address(source)
            {
                said.push_str(" An archive is not unpacked: do that in `files` with `tar`.");
                severity = Some(Severity::Warning);
            }
        }
        for flag in &it.flags {
            match flag.name.as_str() {
                "from" | "link" | "checksum" => {}
                "chown" | "chmod" => {
                    let (value, _) = self.fill(&flag.value);
                    let program = if flag.name == "chown" { "chown -R" } else { "chmod -R" };
                    let line = format!("{program} {} {}", word(&value), word(&target));
                    self.plan.script.push(indented(&line));
                }
                name => {
                    severity = Some(Severity::Warning);
                    said.push_str(&format!(" `--{name}` is left out."));
                }
            }
        }
        let word = if severity == Some(Severity::Warning) { CHANGED } else { CARRIED };
        self.plan.part(it, severity, word, format!("`files`, a derivation.{said}"));
    }

    /// Where a file of another stage is in what takes the stage's place.
    fn in_stage(&self, name: &str, tool: Tool, source: &str) -> String {
        let last = source.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        match tool {
            Tool::Go | Tool::Cargo if !last.is_empty() => {
                format!("${{{name}}}{}", indented(&word(&["/bin/", last].concat())))
            }
            Tool::Nix | Tool::Flake => format!("${{{name}}}"),
            _ => {
                let path = joined(None, source);
                format!("${{{name}}}{}", indented(&word(&path)))
            }
        }
    }

    fn put_file(&mut self, nix: &str, target: &str, name: &str) {
        let rest = format!(" {} {}", word(target), word(name));
        self.plan.files.push(["put ", nix, &indented(&rest)].concat());
    }

    fn run(&mut self, it: &Instruction) {
        let mut told: Vec<String> = Vec::new();
        let mut severity = None;
        let mut is_carried = false;
        if !it.logical.heredocs.is_empty() {
            self.plan.comments.push(it.title());
            self.plan.part(
                it,
                Some(Severity::Warning),
                LEFT_OUT,
                format!("A script has to become a derivation. {}", Tool::Unknown.advice()),
            );
            return;
        }
        let line = match &it.list {
            Some(list) => list.iter().map(|it| word(&it.text)).collect::<Vec<_>>().join(" "),
            None => it.line().to_owned(),
        };
        let all = commands(&line);
        for (text, done) in all {
            match done {
                Done::Needless => {}
                Done::Packages(packages) => {
                    is_carried = true;
                    for (asked, named) in packages {
                        match named {
                            Named::Known(attributes) => attributes.iter().for_each(|it| self.plan.package(it)),
                            Named::Guess(attribute) => {
                                self.plan.package(&attribute);
                                self.plan.comments.push(format!("`{attribute}` is a guess, for `{asked}`."));
                                told.push(format!("`{asked}` is guessed to be `pkgs.{attribute}`."));
                                severity = worse(severity, Severity::Hint);
                            }
                            Named::Needless => {}
                            Named::Unknown => {
                                self.plan.comments.push(format!("For `{asked}` there is no attribute."));
                                told.push(format!("What `{asked}` is in nixpkgs is not known here."));
                                severity = worse(severity, Severity::Warning);
                            }
                        }
                    }
                }
                Done::Script(line) => {
                    is_carried = true;
                    self.plan.script.push(indented(&self.fill(&line).0));
                }
                Done::Users(line) => {
                    is_carried = true;
                    self.plan.has_users = true;
                    self.plan.script.push(indented(&self.fill(&line).0));
                }
                Done::Python(packages) => {
                    is_carried = true;
                    severity = worse(severity, Severity::Hint);
                    told.push("Packages of Python are guessed to have the same names in nixpkgs.".to_owned());
                    packages.into_iter().for_each(|it| add(&mut self.plan.python, it));
                }
                Done::Other(tool) => {
                    severity = worse(severity, Severity::Warning);
                    self.plan.comments.push(format!("RUN {}", shortened(&text)));
                    self.plan.comments.push(["  ", &tool.advice()].concat());
                    told.push(format!(
                        "`{}` cannot be had: it changes files as it runs. {}",
                        shortened(&text),
                        tool.advice()
                    ));
                }
            }
        }
        told.dedup();
        let flags: Vec<&str> = it.flags.iter().map(|it| it.name.as_str()).collect();
        if !flags.is_empty() {
            told.push(format!("What its flags say does nothing here: {}.", words::listed(flags, "and")));
        }
        let (word, how) = match (severity, is_carried) {
            (Some(Severity::Warning), false) => (LEFT_OUT, String::new()),
            (Some(_), _) => (CHANGED, "Packages go into `contents`, and scripts into `fakeRootCommands`. ".to_owned()),
            (None, true) => (CHANGED, "Packages go into `contents`, and scripts into `fakeRootCommands`.".to_owned()),
            (None, false) => (NEEDLESS, "Nix has no lists and no caches of packages in the image.".to_owned()),
        };
        let severity = severity.or(is_carried.then_some(Severity::Hint));
        self.plan.part(it, severity, word, [how, told.join(" ")].concat().trim().to_owned());
    }

    fn end(mut self) -> Plan {
        if self.is_shell_asked {
            self.plan.package("dockerTools.binSh");
        }
        let user = self.plan.config.user.clone().unwrap_or_default();
        let name = user.split(':').next().unwrap_or_default().to_owned();
        let is_made =
            self.plan.script.iter().any(|it| it.contains("useradd") && it.split_whitespace().any(|it| it == name));
        let is_named = !name.is_empty() && name.parse::<u32>().is_err() && !matches!(name.as_str(), "root" | "nobody");
        if is_named && !is_made && self.plan.base.is_none() && is_user(&name) {
            self.plan.has_users = true;
            let uid =
                KNOWN_USERS.iter().find(|it| it.0 == name).map(|it| format!(" --uid {}", it.1)).unwrap_or_default();
            self.plan.script.insert(0, format!("useradd --system{uid} {name}"));
        }
        let at = |it: &Line| it.span.unwrap_or_default();
        self.plan.parts.sort_by_key(at);
        self.plan
    }
}

/// Where programs are looked for, if the image does not say it.
///
/// Source: moby/buildkit `util/system/path.go`, `DefaultPathEnvUnix`
const USUAL_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Users that images of others have, with their numbers.
const KNOWN_USERS: &[(&str, u32)] = &[("nginx", 101), ("node", 1000), ("nonroot", 65532), ("www-data", 33)];

fn is_user(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_lowercase() || it == '_')
        && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || "_-".contains(it))
}

fn worse(one: Option<Severity>, other: Severity) -> Option<Severity> {
    Some(one.map_or(other, |it| it.min(other)))
}

/// Among so many it is looked whether something is there already.
const MAX_COMPARED: usize = 500;

fn add(all: &mut Vec<String>, new: String) {
    if !all.iter().rev().take(MAX_COMPARED).any(|it| *it == new) {
        all.push(new);
    }
}

fn put(all: &mut Vec<(String, String)>, name: &str, value: String) {
    match all.iter_mut().rev().take(MAX_COMPARED).find(|it| it.0 == name) {
        Some(it) => it.1 = value,
        None => all.push((name.to_owned(), value)),
    }
}

/// What builds a stage.
pub fn tool_of(file: &Dockerfile, stage: usize) -> Tool {
    let mut tools = BTreeSet::new();
    for it in file.of_stage(stage).filter(|it| it.name == "RUN") {
        tools.extend(commands(it.line()).into_iter().filter_map(|it| match it.1 {
            Done::Other(tool) => Some(tool),
            Done::Python(_) => Some(Tool::Python),
            _ => None,
        }));
    }
    tools.into_iter().next().unwrap_or(Tool::Unknown)
}

/// The one value of an instruction, quotes taken away.
fn unquoted(it: &Instruction) -> String {
    match it.words.as_slice() {
        [only] => only.text.clone(),
        _ => it.line().to_owned(),
    }
}

/// A path, on top of the directory that it is in.
fn joined(directory: Option<&str>, path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let directory = directory.unwrap_or("/").trim_end_matches('/');
    let inner = path.strip_prefix("./").unwrap_or(path);
    match inner {
        "." | "" => {
            [if directory.is_empty() { "/" } else { directory }, if directory.is_empty() { "" } else { "/" }].concat()
        }
        inner => [directory, "/", inner].concat(),
    }
}

/// A text as a word of a shell.
fn word(text: &str) -> String {
    quote(text, Quoting::Shell, None).unwrap_or_default()
}

fn is_address(source: &str) -> bool {
    ["http://", "https://", "git@", "ftp://"].iter().any(|it| source.starts_with(it))
}

/// A file beside the Dockerfile, as Nix fills it in.
fn context(source: &str) -> Option<String> {
    let path = source.trim_start_matches("./").trim_matches('/');
    if path.contains(['*', '?', '[', '$', '\n', '\0']) || path.split('/').any(|it| it == "..") || path.starts_with('~')
    {
        return None;
    }
    if path.is_empty() || path == "." {
        return Some("${./.}".to_owned());
    }
    let mut nix = "${./. + ".to_owned();
    push_string(&mut nix, &["/", path].concat());
    nix.push('}');
    Some(nix)
}

/// A name that files of the store may have.
fn file_name(name: &str) -> String {
    let plain: String = name.chars().filter(|it| it.is_ascii_alphanumeric() || "-_.".contains(*it)).collect();
    let plain = plain.trim_start_matches('.');
    if plain.is_empty() { "file".to_owned() } else { plain.to_owned() }
}

/// So many ports of a range are written.
const MAX_PORTS: u32 = 100;

/// `80`, `53/udp`, `8000-8010`, each with its protocol; `None` for what is no port.
fn ports(text: &str) -> Option<Vec<String>> {
    let (range, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let protocol = protocol.to_ascii_lowercase();
    if !matches!(protocol.as_str(), "tcp" | "udp" | "sctp") {
        return None;
    }
    // What is before the last colon is for publishing.
    let range = range.rsplit(':').next().unwrap_or_default();
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
    if first == 0 || last > 65_535 || first > last || last - first > MAX_PORTS {
        return None;
    }
    Some((first..=last).map(|it| format!("{it}/{protocol}")).collect())
}

/// `1m30s` in nanoseconds.
///
/// Source: Go `time/format.go`, `ParseDuration`
fn nanoseconds(text: &str) -> Option<i64> {
    let mut total: i64 = 0;
    let mut rest = text;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
        let number: i64 = rest.get(..digits)?.parse().ok()?;
        rest = rest.get(digits..)?;
        let units: [(&str, i64); 6] = [
            ("ms", 1_000_000),
            ("us", 1_000),
            ("ns", 1),
            ("h", 3_600_000_000_000),
            ("m", 60_000_000_000),
            ("s", 1_000_000_000),
        ];
        let (unit, factor) = units.into_iter().find(|it| rest.starts_with(it.0))?;
        rest = rest.strip_prefix(unit)?;
        total = total.checked_add(number.checked_mul(factor)?)?;
    }
    Some(total)
}

/// So much of a command is shown.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'");
    match line.char_indices().nth(80) {
        Some((end, _)) => [line.get(..end).unwrap_or_default(), "…"].concat(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Plan {
        translate(&Dockerfile::read(text))
    }

    #[test]
    fn configurations_are_carried() {
        let it = plan(
            "ARG TAG=3.12\nFROM python:${TAG}-slim\nENV A=1\nENV B=${A}x\nWORKDIR /srv\nWORKDIR app\nEXPOSE 80 53/udp 8000-8002\nUSER 1000:1000\nVOLUME /data\nSTOPSIGNAL SIGINT\nHEALTHCHECK --interval=1m30s --retries=3 CMD curl -f http://localhost\nCMD python app.py\n",
        );
        let config = &it.config;
        assert_eq!(config.env, [("A".to_owned(), "1".to_owned()), ("B".to_owned(), "1x".to_owned())]);
        assert_eq!(config.workdir.as_deref(), Some("/srv/app"));
        assert_eq!(config.ports, ["80/tcp", "53/udp", "8000/tcp", "8001/tcp", "8002/tcp"]);
        assert_eq!(config.cmd.as_ref().map(|it| it.join("|")).as_deref(), Some("/bin/sh|-c|python app.py"));
        let health = config.health.as_ref().expect("a check");
        assert_eq!(health.numbers, [("Interval", 90_000_000_000), ("Retries", 3)]);
        assert_eq!(it.packages, ["pkgs.python312", "pkgs.dockerTools.caCertificates", "pkgs.dockerTools.binSh"]);
        assert_eq!(it.parts.len(), 12);
    }

    #[test]
    fn stages_become_derivations() {
        let it = plan(
            "FROM golang:1.23 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/server .\nFROM node AS unused\nRUN npm ci\nFROM scratch\nCOPY --from=build /out/server /server\nENTRYPOINT [\"/server\"]\n",
        );
        assert_eq!((it.stages.len(), it.stages[0].name.as_str(), it.stages[0].tool), (1, "build", Tool::Go));
        assert_eq!(it.files, ["put ${build}/bin/server /server server"]);
        assert_eq!(it.parts.iter().filter(|it| it.word == NEEDLESS).count(), 2);
        assert_eq!(it.parts.len(), 9);
    }

    #[test]
    fn users_that_the_image_needs_are_made() {
        let it = plan("FROM node:22\nUSER node\nCMD [\"node\"]\n");
        assert!(it.has_users);
        assert_eq!(it.script, ["useradd --system --uid 1000 node"]);
        let it = plan("FROM ghcr.io/example/base:1\nUSER app\n");
        assert!(!it.has_users);
        assert!(it.base.is_some());
    }
}
