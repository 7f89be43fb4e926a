//! What do units of systemd say of containers? When one is started again, what it waits for, and commands that make networks,
//! volumes and images before it.

use std::collections::HashMap;

use super::Reader;
use crate::{
    containers::model::{At, Build, Condition, Dependency, Project, Restart, RestartPolicy, Unusable},
    docker::go::time,
    notation::{
        nix::value::Kind,
        shell::{self, Quoting, Token},
    },
    oci::{
        definitions::{Def, bare, members},
        options::{self, Becomes, Row},
        problem::{Problem, ProblemKind},
    },
    run::said::is_program,
    text::Span,
};

/// What a container waits for.
#[derive(Clone, Debug)]
pub(super) struct Wait {
    pub container: String,
    /// A container, or a unit.
    pub on: At<String>,
    pub condition: Condition,
    pub is_required: bool,
    pub restarts: bool,
    /// Whether it is said by the name of its unit.
    pub is_unit: bool,
}

/// An option of a unit, whose values are read here.
static SETTING: Row = Row { place: "unit", name: "", kind: options::Kind::Any, becomes: Becomes::Field, summary: "" };

/// What a unit says of starting again.
#[derive(Default)]
struct Again {
    restart: Option<At<String>>,
    delay: Option<At<String>>,
    grows: bool,
    burst: Option<At<String>>,
    interval: Option<At<String>>,
}

impl Again {
    fn into_restart(self) -> Option<At<Restart>> {
        let Self { restart, delay, grows, burst, interval } = self;
        let is_always = restart.as_ref().is_some_and(|it| it.value == "always");
        if is_always && !grows && [&delay, &burst, &interval].iter().all(|it| it.is_none()) {
            // As the modules have it by themselves.
            return None;
        }
        let spans = [&restart, &delay, &burst, &interval].into_iter().flatten().map(|it| it.span);
        let span = restart.as_ref().map(|it| it.span).or_else(|| spans.reduce(|all, it| all.to(it)))?;
        let policy = match restart.as_ref().map(|it| it.value.as_str()) {
            Some("no") => RestartPolicy::No,
            Some("on-failure" | "on-abnormal" | "on-abort" | "on-watchdog") => RestartPolicy::OnFailure,
            _ => RestartPolicy::Always,
        };
        // The first start counts, too.
        let attempts = burst.and_then(|it| it.value.parse::<u64>().ok()).and_then(|it| it.checked_sub(1));
        let attempts = attempts.filter(|it| *it > 0 && policy != RestartPolicy::No);
        let window = interval.map(|it| it.value).filter(|it| it != "0" && it != "infinity").map(|it| duration(&it));
        let delay = delay.filter(|_| !grows && policy != RestartPolicy::No).map(|it| duration(&it.value));
        Some(At::new(Restart { policy, attempts, delay, window: window.filter(|_| attempts.is_some()) }, span))
    }
}

/// A time of systemd as Docker writes it; what is none stays as it is.
fn duration(text: &str) -> String {
    if !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit()) {
        return [text, "s"].concat();
    }
    let short = text.replace("minutes", "m").replace("minute", "m").replace("min", "m");
    let short = short.replace("seconds", "s").replace("second", "s").replace("sec", "s").replace(' ', "");
    match time::parse_duration(&short) {
        Some(_) => short,
        None => text.to_owned(),
    }
}

impl Reader<'_> {
    pub fn units(&mut self, defs: &[Def]) {
        for (name, defs) in members(defs) {
            match self.notes.units.get(name).cloned() {
                Some(container) => self.unit(&container, &defs),
                None => self.maker(name, &defs),
            }
        }
    }

    /// Files and directories that are made while the machine starts: a file with variables that is made empty where it is
    /// missing need not be there.
    ///
    /// Source: tmpfiles.d(5)
    pub fn files(&mut self, defs: &[Def]) {
        for rule in self.texts(&SETTING, defs) {
            let mut words = rule.text.split_whitespace();
            let (kind, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let is_of_container = self.said.containers().iter_mut().any(|container| {
                let mut files = container.env_files.iter_mut().filter(|it| it.value.path == path);
                let is_file = files.next().map(|it| it.value.is_required &= !kind.starts_with('f')).is_some();
                is_file || container.mounts.iter().any(|it| it.value.source == path)
            });
            self.unusable(
                rule.span,
                match is_of_container {
                    true => "Targets say for themselves which files and directories have to be made.",
                    false => "It says nothing of containers: keep it in the configuration of the machine.",
                },
            );
        }
    }

    /// The unit of a container.
    fn unit(&mut self, container: &str, defs: &[Def]) {
        let mut again = Again::default();
        let (mut is_oneshot, mut completes) = (None, false);
        for (name, defs) in members(defs) {
            match name {
                "serviceConfig" => {
                    for (name, defs) in members(&defs) {
                        self.setting(name, &defs, &mut again, &mut is_oneshot);
                    }
                }
                "unitConfig" => {
                    for (name, defs) in members(&defs) {
                        match wanted(name) {
                            Some(_) => self.waits(container, name, &defs),
                            None => self.setting(name, &defs, &mut again, &mut is_oneshot),
                        }
                    }
                }
                "startLimitBurst" | "startLimitIntervalSec" => self.setting(name, &defs, &mut again, &mut is_oneshot),
                "postStart" => {
                    let script = self.one(&SETTING, &defs);
                    let script = script.as_ref().map_or("", |it| &it.text);
                    match (script.contains(".State.Health.Status"), script.contains(" wait ")) {
                        (true, _) => self.is_healthy(container, &defs),
                        (false, true) => completes = true,
                        (false, false) => self.of_unit(&defs),
                    }
                }
                name if wanted(name).is_some() => self.waits(container, name, &defs),
                _ => self.of_unit(&defs),
            }
        }
        if completes || is_oneshot.is_some() {
            self.notes.completes.insert(container.to_owned());
        }
        if let Some(restart) = again.into_restart() {
            self.notes.restarts.insert(container.to_owned(), restart);
        }
    }

    pub fn is_healthy(&mut self, container: &str, defs: &[Def]) {
        if let Some(def) = defs.first() {
            self.notes.healthy.insert(container.to_owned(), def.whole);
        }
    }

    /// What is said of a unit and not of its container.
    fn of_unit(&mut self, defs: &[Def]) {
        for def in bare(defs) {
            self.unusable(def.whole, "It is about the unit, which the target writes in its own way.");
        }
    }

    fn setting(&mut self, name: &str, defs: &[Def], again: &mut Again, is_oneshot: &mut Option<Span>) {
        let Some(told) = self.one(&SETTING, defs) else { return };
        match (name, told.text.as_str()) {
            ("Restart", _) => again.restart = Some(told.at()),
            ("RestartSec", _) => again.delay = Some(told.at()),
            ("RestartSteps" | "RestartMaxDelaySec", _) => again.grows = true,
            ("StartLimitBurst" | "startLimitBurst", _) => again.burst = Some(told.at()),
            ("StartLimitIntervalSec" | "startLimitIntervalSec", _) => again.interval = Some(told.at()),
            ("Type", "oneshot") => *is_oneshot = Some(told.span),
            ("RemainAfterExit", _) => {}
            // What the modules have by themselves, and the printers of this house write.
            ("TimeoutStartSec", "0" | "900" | "infinity") => {}
            _ => self.of_unit(defs),
        }
    }

    /// What a unit waits for.
    fn waits(&mut self, container: &str, name: &str, defs: &[Def]) {
        let is_required = !matches!(wanted(name), Some(Wanted::Wants | Wanted::After));
        let restarts = wanted(name) == Some(Wanted::PartOf);
        for on in self.texts(&SETTING, defs) {
            for unit in on.text.split_whitespace() {
                let on = At::new(unit.to_owned(), on.place());
                let container = container.to_owned();
                let condition = Condition::Started;
                self.notes.waits.push(Wait { container, on, condition, is_required, restarts, is_unit: true });
            }
        }
    }

    /// A unit that makes something before containers start.
    fn maker(&mut self, unit: &str, defs: &[Def]) {
        let mut made = 0;
        let mut built = false;
        for (name, defs) in members(defs) {
            let scripts = match name {
                "script" | "preStart" => self.texts_or_one(&defs),
                "serviceConfig" => {
                    let starts = members(&defs).into_iter().filter(|it| matches!(it.0, "ExecStart" | "ExecStartPre"));
                    starts.flat_map(|(_, defs)| self.texts_or_one(&defs)).collect()
                }
                _ => continue,
            };
            for script in scripts {
                if script.text.contains("network create") || script.text.contains("volume create") {
                    made += self.said.commands(&script.text, script.span);
                }
                if let Some(build) = build_of(&script.text) {
                    self.notes.unit_builds.insert(unit.to_owned(), At::new(build, script.span));
                    built = true;
                }
            }
        }
        if made > 0 || built {
            self.notes.makers.push(unit.to_owned());
            return;
        }
        for def in bare(defs) {
            self.unusable(def.whole, "It says nothing of containers: keep it in the configuration of the machine.");
        }
    }

    fn texts_or_one(&mut self, defs: &[Def]) -> Vec<super::value::Told> {
        let is_list = bare(defs).iter().any(|it| matches!(it.value.kind, Kind::List(_)));
        match is_list {
            true => self.texts(&SETTING, defs),
            false => self.one(&SETTING, defs).into_iter().collect(),
        }
    }

    /// The sections that quadlet-nix hands to systemd.
    pub fn sections(&mut self, container: &str, unit: &[Def], service: &[Def]) -> Option<At<Restart>> {
        let mut again = Again::default();
        let mut is_oneshot = None;
        for (name, defs) in members(unit) {
            match wanted(name) {
                Some(_) => self.waits(container, name, &defs),
                None => self.setting(name, &defs, &mut again, &mut is_oneshot),
            }
        }
        for (name, defs) in members(service) {
            self.setting(name, &defs, &mut again, &mut is_oneshot);
        }
        if is_oneshot.is_some() {
            self.notes.completes.insert(container.to_owned());
        }
        again.into_restart()
    }
}

/// How a unit wants another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    After,
    Requires,
    Wants,
    PartOf,
    By,
}

fn wanted(name: &str) -> Option<Wanted> {
    Some(match name {
        "after" | "After" => Wanted::After,
        "requires" | "Requires" | "bindsTo" | "BindsTo" | "requisite" | "Requisite" => Wanted::Requires,
        "wants" | "Wants" | "upholds" | "Upholds" => Wanted::Wants,
        "partOf" | "PartOf" => Wanted::PartOf,
        "wantedBy" | "WantedBy" | "requiredBy" | "RequiredBy" | "upheldBy" | "UpheldBy" => Wanted::By,
        _ => return None,
    })
}

/// What a script builds with `docker build`.
fn build_of(script: &str) -> Option<Build> {
    let mut directory = String::new();
    let mut commands: Vec<Vec<String>> = vec![Vec::new()];
    for token in shell::tokens(script, Span::new(0, script.len()), Quoting::Shell) {
        match token {
            Token::Word(word) => commands.last_mut()?.push(word.text),
            Token::Operator(_) | Token::Newline(_) => commands.push(Vec::new()),
            Token::Redirection(_) | Token::Comment(_) => {}
        }
    }
    for words in commands {
        match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["cd", path] => directory = (*path).to_owned(),
            [first, "build", rest @ ..] if is_program(first) => return Some(build_with(rest, &directory)),
            _ => {}
        }
    }
    None
}

fn build_with(words: &[&str], directory: &str) -> Build {
    let mut build = Build::default();
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) if word.starts_with("--") => (name, Some(value.to_owned())),
            _ => (word, None),
        };
        let mut value = || value.clone().or_else(|| words.next().map(str::to_owned)).unwrap_or_default();
        match name {
            "--tag" | "-t" => build.tags.push(value()),
            "--file" | "-f" => build.dockerfile = Some(value()),
            "--target" => build.target = Some(value()),
            "--build-arg" => {
                let argument = value();
                build.args.push(match argument.split_once('=') {
                    Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                    None => (argument, None),
                });
            }
            _ if word.starts_with('-') => build.flags.push(word.to_owned()),
            "." | "./" if !directory.is_empty() => build.context = directory.to_owned(),
            _ => build.context = word.to_owned(),
        }
    }
    build
}

/// What ends the names of units of containers.
const SUFFIXES: &[&str] = &[".service", ".container"];

/// The containers by the names of their units.
pub(super) fn names(project: &Project, units: &HashMap<String, String>) -> HashMap<String, String> {
    let is_there = |it: &str| project.containers.iter().any(|container| container.name == it);
    units.iter().filter(|it| is_there(it.1)).map(|(unit, container)| (unit.clone(), container.clone())).collect()
}

/// Puts what containers wait for into a project.
pub(super) fn wait(
    project: &mut Project,
    waits: Vec<Wait>,
    units: &HashMap<String, String>,
    makers: &[String],
    problems: &mut Vec<Problem>,
) {
    let all: Vec<String> = project.containers.iter().map(|it| it.name.clone()).collect();
    for wait in waits {
        let Wait { container, on, condition, is_required, restarts, is_unit } = wait;
        let bare = SUFFIXES.iter().find_map(|it| on.value.strip_suffix(it)).unwrap_or(&on.value);
        let found = match is_unit {
            true => units.get(bare).cloned(),
            false => all.iter().find(|it| **it == on.value).cloned(),
        };
        let Some(name) = found.filter(|it| *it != container) else {
            match is_unit {
                true if is_own(bare, makers) => {}
                true => project.unusable.push(Unusable {
                    span: on.span,
                    why: "It is a unit of the machine; add it to the unit of the container there.".to_owned(),
                }),
                false => problems.push(Problem { kind: ProblemKind::NoSuchContainer(on.value), span: on.span }),
            }
            continue;
        };
        let Some(container) = project.containers.iter_mut().find(|it| it.name == container) else { continue };
        match container.depends_on.iter_mut().find(|it| it.value.on == name) {
            Some(known) => {
                known.value.is_required |= is_required;
                known.value.restarts |= restarts;
            }
            None => {
                let dependency = Dependency { on: name, condition, is_required, restarts };
                container.depends_on.push(At::new(dependency, on.span));
            }
        }
    }
}

/// Whether a unit is one that the text itself makes, or one that every container has.
fn is_own(unit: &str, makers: &[String]) -> bool {
    let usual = ["docker", "docker.socket", "podman", "network-online.target", "multi-user.target", "default.target"];
    let ends = ["-root.target", ".network", ".volume", ".build", "-network", "-volume", "-build"];
    usual.contains(&unit) || makers.iter().any(|it| it == unit) || ends.iter().any(|it| unit.ends_with(it))
}
