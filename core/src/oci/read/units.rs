//! What do units of systemd say of containers? When one is started again, what it waits for, and commands that make networks,
//! volumes and images before it.

use std::collections::{HashMap, HashSet};

use super::{Reader, value::Told};
use crate::{
    containers::model::{At, Build, Condition, Dependency, Project, Restart, RestartPolicy, Unusable},
    docker::go::time,
    notation::{
        nix::value::{Kind, Value},
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
    /// Whether it is the other one that waits: `requiredBy`.
    pub is_reversed: bool,
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
    /// What says that it counts as started when it has ended: `Type=oneshot`.
    completes: Option<Span>,
    /// `RemainAfterExit=`, which belongs to that.
    remains: Option<Span>,
}

impl Again {
    fn into_restart(self) -> Option<At<Restart>> {
        let Self { restart, delay, grows, burst, interval, completes: _, remains: _ } = self;
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

/// Why what is said of a unit goes nowhere.
const OF_UNIT: &str = "It is about the unit, which the target writes in its own way.";

/// Why what is said of anything else goes nowhere.
const OF_MACHINE: &str = "It says nothing of containers: keep it in the configuration of the machine.";

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
        let mut files: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        let mut sources = HashSet::new();
        for (at, container) in self.said.containers().iter().enumerate() {
            for (of, file) in container.env_files.iter().enumerate() {
                files.entry(file.value.path.clone()).or_default().push((at, of));
            }
            sources.extend(container.mounts.iter().map(|it| it.value.source.clone()));
        }
        for rule in self.texts(&SETTING, defs) {
            let mut words = rule.text.split_whitespace();
            let (kind, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let is_of_container = files.contains_key(path) || sources.contains(path);
            for (at, of) in files.remove(path).filter(|_| kind.starts_with('f')).unwrap_or_default() {
                let container = self.said.containers().get_mut(at);
                if let Some(file) = container.and_then(|it| it.env_files.get_mut(of)) {
                    file.value.is_required = false;
                }
            }
            if is_of_container {
                sources.insert(path.to_owned());
            }
            self.unusable(
                rule.span,
                match is_of_container {
                    true => "Targets say for themselves which files and directories have to be made.",
                    false => OF_MACHINE,
                },
            );
        }
    }

    /// The unit of a container.
    fn unit(&mut self, container: &str, defs: &[Def]) {
        let mut again = Again::default();
        for (name, defs) in members(defs) {
            match name {
                "serviceConfig" => {
                    for (name, defs) in members(&defs) {
                        self.setting(name, &defs, &mut again);
                    }
                }
                "unitConfig" => {
                    for (name, defs) in members(&defs) {
                        match wanted(name) {
                            Some(_) => self.waits(container, name, &defs),
                            None => self.setting(name, &defs, &mut again),
                        }
                    }
                }
                "startLimitBurst" | "startLimitIntervalSec" => self.setting(name, &defs, &mut again),
                "postStart" => {
                    let script = self.one(&SETTING, &defs);
                    let text = script.as_ref().map_or("", |it| &it.text);
                    match (text.contains(".State.Health.Status"), text.contains(" wait ")) {
                        (true, _) => self.is_healthy(container, &defs),
                        (false, true) => again.completes = script.map(|it| it.span),
                        (false, false) => self.of_unit(&defs),
                    }
                }
                name if wanted(name).is_some() => self.waits(container, name, &defs),
                _ => self.of_unit(&defs),
            }
        }
        self.completes(container, &again);
        if let Some(restart) = again.into_restart() {
            self.notes.restarts.insert(container.to_owned(), restart);
        }
    }

    /// Whether others wait until a container has ended.
    fn completes(&mut self, container: &str, again: &Again) {
        match (again.completes, again.remains) {
            (Some(span), _) => {
                self.notes.completes.insert(container.to_owned(), span);
            }
            (None, Some(span)) => self.unusable(span, OF_UNIT),
            (None, None) => {}
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
            self.unusable(def.whole, OF_UNIT);
        }
    }

    fn setting(&mut self, name: &str, defs: &[Def], again: &mut Again) {
        let Some(told) = self.one(&SETTING, defs) else { return };
        match (name, told.text.as_str()) {
            ("Restart", _) => again.restart = Some(told.at()),
            ("RestartSec", _) => again.delay = Some(told.at()),
            ("RestartSteps" | "RestartMaxDelaySec", _) => again.grows = true,
            ("StartLimitBurst" | "startLimitBurst", _) => again.burst = Some(told.at()),
            ("StartLimitIntervalSec" | "startLimitIntervalSec", _) => again.interval = Some(told.at()),
            ("Type", "oneshot") => again.completes = again.completes.or(Some(told.span)),
            ("RemainAfterExit", _) => again.remains = Some(told.span),
            // What the modules have by themselves, and the printers of this house write.
            ("TimeoutStartSec", "0" | "900" | "infinity") => {}
            _ => self.of_unit(defs),
        }
    }

    /// What a unit waits for.
    fn waits(&mut self, container: &str, name: &str, defs: &[Def]) {
        let is_required = !matches!(wanted(name), Some(Wanted::Wants | Wanted::After | Wanted::Before));
        let restarts = wanted(name) == Some(Wanted::PartOf);
        let is_reversed = matches!(wanted(name), Some(Wanted::Before | Wanted::By));
        for on in self.texts(&SETTING, defs) {
            for unit in on.text.split_whitespace() {
                let on = At::new(unit.to_owned(), on.place());
                let container = container.to_owned();
                let condition = Condition::Started;
                let is_unit = true;
                let wait = Wait { container, on, condition, is_required, restarts, is_unit, is_reversed };
                self.notes.waits.push(wait);
            }
        }
    }

    /// A unit that makes something before containers start.
    fn maker(&mut self, unit: &str, defs: &[Def]) {
        let all = members(defs);
        let inner = |name: &str| all.iter().find(|it| it.0 == name).map(|it| members(&it.1)).unwrap_or_default();
        let service = inner("serviceConfig");
        let is_script = |it: &&(&str, Vec<Def>)| {
            matches!(it.0, "script" | "preStart" | "postStart" | "ExecStart" | "ExecStartPre" | "ExecStartPost")
        };
        let scripts: Vec<&Vec<Def>> = all.iter().chain(&service).filter(is_script).map(|it| &it.1).collect();
        if !scripts.iter().flat_map(|it| bare(it)).any(|it| makes(it.value)) {
            return bare(defs).iter().for_each(|it| self.unusable(it.whole, OF_MACHINE));
        }
        self.notes.makers.insert(unit.to_owned());
        let scripts: Vec<Told> = scripts.into_iter().flat_map(|it| self.texts_or_one(it)).collect();
        for script in scripts {
            let builds = builds_of(&script.text);
            self.said.commands(&script.text, script.span, !builds.is_empty());
            let builds = builds.into_iter().map(|it| (unit.to_owned(), At::new(it, script.span)));
            self.notes.unit_builds.extend(builds);
        }
        for (name, defs) in all.iter().filter(|it| !is_script(it)) {
            match (*name, wanted(name)) {
                ("serviceConfig" | "path" | "description", _) => {}
                (_, Some(_)) => self.maker_waits(unit, name, defs),
                (name, None) => self.beside_making(name, defs),
            }
        }
        for (name, defs) in service.iter().filter(|it| !is_script(it)) {
            self.beside_making(name, defs);
        }
    }

    /// What a unit that makes something waits for, and what waits for it.
    fn maker_waits(&mut self, unit: &str, name: &str, defs: &[Def]) {
        let is_reversed = matches!(wanted(name), Some(Wanted::Before | Wanted::By));
        for on in self.texts(&SETTING, defs) {
            for other in on.text.split_whitespace() {
                let wait = MakerWait { unit: unit.to_owned(), on: At::new(other.to_owned(), on.place()), is_reversed };
                self.notes.maker_waits.push(wait);
            }
        }
    }

    /// What else is said of a unit that makes something.
    fn beside_making(&mut self, name: &str, defs: &[Def]) {
        for def in bare(defs) {
            let is_usual = match (name, &def.value.kind) {
                ("Type", Kind::String(it)) => it == "oneshot",
                ("RemainAfterExit" | "enable", it) => *it == Kind::Bool(true),
                ("TimeoutSec" | "TimeoutStartSec", _) => true,
                ("preStop" | "postStop" | "ExecStop" | "ExecStopPost", Kind::String(it)) => removes(it),
                _ => false,
            };
            if !is_usual {
                self.unusable(def.whole, OF_UNIT);
            }
        }
    }

    fn texts_or_one(&mut self, defs: &[Def]) -> Vec<Told> {
        let is_list = bare(defs).iter().any(|it| matches!(it.value.kind, Kind::List(_)));
        match is_list {
            true => self.texts(&SETTING, defs),
            false => self.one(&SETTING, defs).into_iter().collect(),
        }
    }

    /// The sections that quadlet-nix hands to systemd.
    pub fn sections(&mut self, container: &str, unit: &[Def], service: &[Def]) -> Option<At<Restart>> {
        let mut again = Again::default();
        for (name, defs) in members(unit) {
            match wanted(name) {
                Some(_) => self.waits(container, name, &defs),
                None => self.setting(name, &defs, &mut again),
            }
        }
        for (name, defs) in members(service) {
            self.setting(name, &defs, &mut again);
        }
        self.completes(container, &again);
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
    Before,
    By,
}

fn wanted(name: &str) -> Option<Wanted> {
    Some(match name {
        "after" | "After" => Wanted::After,
        "requires" | "Requires" | "bindsTo" | "BindsTo" | "requisite" | "Requisite" => Wanted::Requires,
        "wants" | "Wants" | "upholds" | "Upholds" => Wanted::Wants,
        "partOf" | "PartOf" => Wanted::PartOf,
        "before" | "Before" | "wantedBy" | "WantedBy" | "upheldBy" | "UpheldBy" => Wanted::Before,
        "requiredBy" | "RequiredBy" => Wanted::By,
        _ => return None,
    })
}

/// A unit that a unit which makes something waits for.
#[derive(Clone, Debug)]
pub(super) struct MakerWait {
    pub unit: String,
    pub on: At<String>,
    /// Whether it is the other one that waits.
    pub is_reversed: bool,
}

/// Whether a script makes a network, a volume or an image.
fn makes(script: &Value) -> bool {
    match &script.kind {
        Kind::String(it) => it.contains("network create") || it.contains("volume create") || !builds_of(it).is_empty(),
        Kind::List(elements) => elements.iter().any(makes),
        _ => false,
    }
}

/// Whether a script only takes away what another makes.
fn removes(script: &str) -> bool {
    let lines = script.lines().map(str::trim).filter(|it| !it.is_empty());
    let words = ["network rm", "network remove", "volume rm", "volume remove"];
    let mut lines = lines.peekable();
    lines.peek().is_some() && lines.all(|line| words.iter().any(|it| line.contains(it)))
}

/// What a script builds with `docker build`.
fn builds_of(script: &str) -> Vec<Build> {
    let mut directory = String::new();
    let mut commands: Vec<Vec<String>> = vec![Vec::new()];
    for token in shell::tokens(script, Span::new(0, script.len()), Quoting::Shell) {
        match token {
            Token::Word(word) => {
                if let Some(command) = commands.last_mut() {
                    command.push(word.text);
                }
            }
            Token::Operator(_) | Token::Newline(_) => commands.push(Vec::new()),
            Token::Redirection(_) | Token::Comment(_) => {}
        }
    }
    let mut builds = Vec::new();
    for words in commands {
        match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["cd", path] => directory = (*path).to_owned(),
            [first, "build", rest @ ..] if is_program(first) => builds.push(build_with(rest, &directory)),
            _ => {}
        }
    }
    builds
}

fn build_with(words: &[&str], directory: &str) -> Build {
    let mut build = Build::default();
    let context = flags_of_build(&mut build, words);
    build.context = match context.unwrap_or_default() {
        "." | "./" if !directory.is_empty() => directory.to_owned(),
        it => it.to_owned(),
    };
    build
}

/// Adds what flags of `docker build` say; returns the last word, where it is none of them.
pub(super) fn flags_of_build<'w>(build: &mut Build, words: &[&'w str]) -> Option<&'w str> {
    let mut context = None;
    let mut words = words.iter().copied().peekable();
    while let Some(word) = words.next() {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) if word.starts_with("--") => (name, Some(value)),
            _ => (word, None),
        };
        let mut value = || value.or_else(|| words.next()).unwrap_or_default().to_owned();
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
            // The value of a flag before it.
            _ if words.peek().is_some() => build.flags.push(word.to_owned()),
            _ => context = Some(word),
        }
    }
    context
}

/// What ends the names of units of containers.
const SUFFIXES: &[&str] = &[".service", ".container"];

/// The containers by the names of their units.
pub(super) fn names(project: &Project, units: &HashMap<String, String>) -> HashMap<String, String> {
    let there: HashSet<&str> = project.containers.iter().map(|it| it.name.as_str()).collect();
    let found = units.iter().filter(|it| there.contains(it.1.as_str()));
    found.map(|(unit, container)| (unit.clone(), container.clone())).collect()
}

/// A unit without what ends its name.
pub(super) fn bare_unit(unit: &str) -> &str {
    SUFFIXES.iter().find_map(|it| unit.strip_suffix(it)).unwrap_or(unit)
}

/// The units that a text has.
pub(super) struct Units<'a> {
    /// The containers by the names of their units.
    pub containers: &'a HashMap<String, String>,
    /// Those that make networks, volumes and images.
    pub makers: &'a HashSet<String>,
    /// Networks, volumes and the like of quadlet-nix: `web.network`.
    pub objects: &'a HashSet<String>,
}

/// Puts what containers wait for into a project.
pub(super) fn wait(project: &mut Project, waits: Vec<Wait>, units: &Units, problems: &mut Vec<Problem>) {
    let all: HashMap<String, usize> =
        project.containers.iter().enumerate().map(|(at, it)| (it.name.clone(), at)).collect();
    let mut known: HashMap<(usize, String), usize> = HashMap::new();
    for (at, container) in project.containers.iter().enumerate() {
        known.extend(container.depends_on.iter().enumerate().map(|(of, it)| ((at, it.value.on.clone()), of)));
    }
    for wait in waits {
        let Wait { container, on, condition, is_required, restarts, is_unit, is_reversed } = wait;
        let found = match is_unit {
            true => units.containers.get(bare_unit(&on.value)).cloned(),
            false => Some(on.value.clone()).filter(|it| all.contains_key(it)),
        };
        let Some(name) = found.filter(|it| *it != container) else {
            match is_unit {
                true => project.unusable.extend(units.told(&on)),
                false => problems.push(Problem { kind: ProblemKind::NoSuchContainer(on.value), span: on.span }),
            }
            continue;
        };
        let (waiting, name) = if is_reversed { (name, container) } else { (container, name) };
        let Some(at) = all.get(&waiting).copied() else { continue };
        let Some(container) = project.containers.get_mut(at) else { continue };
        let count = container.depends_on.len();
        let of = *known.entry((at, name.clone())).or_insert(count);
        match container.depends_on.get_mut(of) {
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

/// Units that every container has by itself, or waits for.
const USUAL: &[&str] =
    &["docker", "docker.socket", "podman", "network-online.target", "multi-user.target", "default.target"];

impl Units<'_> {
    /// What to know of a unit that is waited for, and is none of a container; nothing where the target has it, too.
    pub fn told(&self, unit: &At<String>) -> Option<Unusable> {
        let bare = bare_unit(&unit.value);
        // Quadlet's unit of `web.network` is `web-network.service`.
        let is_object =
            bare.rsplit_once('-').is_some_and(|(name, kind)| self.objects.contains(&[name, ".", kind].concat()));
        if USUAL.contains(&bare) || self.makers.contains(bare) || is_object || self.objects.contains(bare) {
            return None;
        }
        let why = match bare.ends_with(".target") {
            true => "Its unit starts or stops with this target; add that to the unit of the container there.",
            false => "It is a unit of the machine; add it to the unit of the container there.",
        };
        Some(Unusable { span: unit.span, why: why.to_owned() })
    }
}
