//! Where in a Nix text are options of NixOS? The modules of each machine, and what they say of options that matter here.
//!
//! A text is rarely a whole configuration: it is a module with or without the head of a function, a flake, a test, a piece
//! of a wiki page, or only the inside of `daemon.settings`. So sets are looked at wherever they are, and one whose names are
//! those of NixOS's options is a module, whatever function it is given to.
//!
//! Source: nixpkgs `lib/modules.nix`, `unifyModuleSyntax` and `pushDownProperties`.

use crate::{
    daemon::{nixos::Definition, options},
    notation::nix::value::{Attribute, Condition, Failure, FailureKind, Head, Kind, Value},
    text::{Span, order},
};

use super::table::{DOCKER, Leads, OF_DOCKER, SETTINGS, leads};

/// Values nested deeper than this are not looked at.
const DEPTH: usize = 96;

/// The names of trees of options that tell a module.
const TREES: &[&str] = &[
    "boot",
    "environment",
    "fileSystems",
    "flyingcircus",
    "hardware",
    "i18n",
    "networking",
    "nix",
    "nixpkgs",
    "programs",
    "security",
    "services",
    "system",
    "systemd",
    "time",
    "users",
    "virtualisation",
];

/// Names of sets in which modules are, under names of any kind. Elsewhere such names are options of the text's own:
/// `my.virtualisation.docker.enable`.
const HOLDERS: &[&str] = &[
    "colmena",
    "containers",
    "defaults",
    "flake",
    "hive",
    "homeModules",
    "machine",
    "meta",
    "modules",
    "network",
    "nixosConfigurations",
    "nixosModules",
    "nodes",
    "outputs",
    "profiles",
    "specialisation",
];

/// Names whose members are a machine each.
const MACHINES: &[&str] = &["colmena", "nixosConfigurations", "nixosModules", "nodes"];

/// What a value is wrapped in.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wrap {
    /// A priority.
    Override(i64),
    /// A condition that nobody knows.
    If(Condition),
}

/// Options, and where they stand among all of them.
#[derive(Clone, Debug)]
pub(super) struct Module<'a> {
    /// The set of them, with what is around it.
    pub value: &'a Value,
    /// The names that lead to it, where the text does not say them.
    pub within: &'static [&'static str],
    /// How many lists of `imports` lead to it.
    level: usize,
    wraps: Vec<Wrap>,
    /// Why it fails as a whole.
    failing: Option<Failure>,
}

impl Module<'_> {
    /// The priority that the module as a whole has.
    pub fn priority(&self) -> Option<i64> {
        self.wraps.iter().find_map(|it| match it {
            Wrap::Override(priority) => Some(*priority),
            Wrap::If(_) => None,
        })
    }
}

/// A machine.
#[derive(Clone, Debug, Default)]
pub(super) struct Host<'a> {
    /// The bytes of its name; empty where the text gives it none.
    pub name: Span,
    /// Its modules, in the order of the text.
    pub modules: Vec<Module<'a>>,
}

impl<'a> Host<'a> {
    /// The whole text as one module, where none was found; nothing of a flake.
    pub fn whole(root: &'a Value) -> Self {
        let mut value = root;
        for _ in 0..DEPTH {
            match &value.kind {
                Kind::Function(_, inner) | Kind::Override(_, inner) | Kind::If(_, inner) => value = inner,
                _ => break,
            }
        }
        let is_flake = |it: &Attribute| matches!(&*it.name, "inputs" | "outputs");
        let modules = match &value.kind {
            Kind::Set(attributes) if attributes.iter().any(is_flake) => Vec::new(),
            Kind::Set(attributes) => {
                let config = attributes.iter().find(|it| it.name == "config" && holds(&it.value, &|_| true, 0));
                vec![Module {
                    value: config.map_or(value, |it| &it.value),
                    within: &[],
                    level: 0,
                    wraps: Vec::new(),
                    failing: None,
                }]
            }
            Kind::Missing => vec![Module { value, within: &[], level: 0, wraps: Vec::new(), failing: None }],
            _ => Vec::new(),
        };
        Self { name: Span::default(), modules }
    }

    /// What is said of the options that matter here, in the order of the module system: modules are gathered level by
    /// level of `imports`, and the last of them comes first. Within a module, the order is that of the text.
    ///
    /// Source: nixpkgs `lib/modules.nix`, `collectModules` and the `reverseList` of what it gives in `evalModules`.
    pub fn definitions(&self) -> Vec<Definition> {
        let mut collector = Collector { path: Vec::new(), wraps: Vec::new(), found: Vec::new() };
        let mut modules: Vec<&Module> = self.modules.iter().collect();
        order::sort(&mut modules, |a, b| a.level.cmp(&b.level));
        for module in modules.into_iter().rev() {
            collector.path = module.within.iter().map(|it| (*it).to_owned()).collect();
            collector.wraps.clone_from(&module.wraps);
            let at = (Span::empty(module.value.span.start), module.value.span);
            module.failing.iter().for_each(|it| collector.fails(it.clone(), at));
            collector.collect(module.value, at, 0);
        }
        collector.found
    }

    /// Whether it says anything of Docker.
    pub fn has_docker(&self) -> bool {
        self.says(is_of_docker)
    }

    fn says(&self, is_wanted: impl Fn(&Definition) -> bool) -> bool {
        self.definitions().iter().any(is_wanted)
    }
}

/// The machines that a text says something of; the one whose settings are read first.
pub(super) fn hosts(root: &Value) -> Vec<Host<'_>> {
    let mut search = Search { hosts: Vec::new(), wraps: Vec::new(), failing: None, holders: 0, level: 0 };
    search.look(root, "", None, 0);
    let mut hosts = search.hosts;
    hosts.retain(|it| it.says(|_| true));
    let is_setting = |it: &Definition| is_of_docker(it) && it.path.last().is_some_and(|it| it == "settings");
    let has_setting = hosts.iter().position(|it| it.says(is_setting));
    match has_setting.or_else(|| hosts.iter().position(|it| it.says(is_of_docker))) {
        Some(at) => hosts.get_mut(..=at).unwrap_or_default().rotate_right(1),
        None => {
            if let Some(piece) = piece(root) {
                hosts.insert(0, Host { name: Span::default(), modules: vec![piece] });
            }
        }
    }
    hosts
}

/// Whether a text has names that lead to a machine each.
pub(super) fn may_have_machines(text: &str) -> bool {
    text.contains("modules") || MACHINES.iter().any(|it| text.contains(it))
}

fn is_of_docker(it: &Definition) -> bool {
    it.path.len() > DOCKER.len() && starts_with(&it.path, DOCKER)
}

pub(super) fn starts_with(path: &[String], names: &[&str]) -> bool {
    path.len() >= names.len() && path.iter().zip(names).all(|it| it.0 == it.1)
}

// ── modules ──

struct Search<'a> {
    hosts: Vec<Host<'a>>,
    wraps: Vec<Wrap>,
    /// Why the outermost value around that fails does.
    failing: Option<Failure>,
    /// How many sets that hold modules are around.
    holders: usize,
    /// How many lists of `imports` are around.
    level: usize,
}

impl<'a> Search<'a> {
    /// Looks for modules in anything that has a name; those of one machine go together.
    fn look(&mut self, value: &'a Value, name: &str, host: Option<usize>, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let is_handed_in = depth == 0 || name == "modules";
        if let Some(failure) = self.first_failure(value, is_handed_in) {
            self.failing = Some(failure);
            self.look(value, name, host, depth);
            self.failing = None;
            return;
        }
        match &value.kind {
            Kind::Function(_, inner) | Kind::Applied(_, inner) | Kind::Order(_, inner) => {
                self.look(inner, name, host, depth + 1);
            }
            Kind::Override(priority, inner) => {
                self.wrapped(Wrap::Override(*priority), |it| it.look(inner, name, host, depth + 1));
            }
            Kind::If(condition, inner) => {
                self.wrapped(Wrap::If(condition.clone()), |it| it.look(inner, name, host, depth + 1))
            }
            Kind::Merge(values) if holds(value, &is_module, 0) => {
                let host = host.unwrap_or_else(|| self.host(Span::default()));
                self.add(host, value);
                values.iter().for_each(|it| self.machines_in(it, depth + 1));
            }
            Kind::Merge(values) | Kind::List(values) => {
                for it in values {
                    self.look(it, name, host, depth + 1);
                }
            }
            Kind::Set(attributes) if is_module(attributes) => self.module(value, attributes, host, depth),
            Kind::Set(attributes) => {
                let holds_modules = attributes.iter().any(|it| HOLDERS.contains(&&*it.name)) || HOLDERS.contains(&name);
                self.holders += usize::from(holds_modules);
                for it in attributes {
                    let is_function = matches!(it.value.kind, Kind::Function(..) | Kind::Applied(..));
                    if self.holders == 0 && !is_function {
                        continue;
                    }
                    let is_machine = MACHINES.contains(&name) || (host.is_none() && it.name == "modules");
                    let host = match is_machine {
                        true => Some(self.host(it.name_span)),
                        false => host,
                    };
                    self.look(&it.value, &it.name, host, depth + 1);
                }
                self.holders -= usize::from(holds_modules);
            }
            _ => {}
        }
    }

    /// A new machine.
    fn host(&mut self, name: Span) -> usize {
        self.hosts.push(Host { name, modules: Vec::new() });
        self.hosts.len() - 1
    }

    fn module(&mut self, value: &'a Value, attributes: &'a [Attribute], host: Option<usize>, depth: usize) {
        let host = host.unwrap_or_else(|| self.host(Span::default()));
        let config = attributes.iter().find(|it| it.name == "config");
        let is_asked = self.failing.is_none() && !self.wraps.iter().any(|it| matches!(it, Wrap::If(_)));
        let failing = self.failing.clone();
        self.failing = failing.clone().or_else(|| malformed(attributes).filter(|_| is_asked));
        self.add(host, config.map_or(value, |it| &it.value));
        self.failing = failing;
        for it in attributes {
            if it.name == "imports" {
                self.level += 1;
                self.imported(&it.value, host, depth + 1);
                self.level -= 1;
            }
        }
        self.machines_in(value, depth);
    }

    /// Looks for machines within a machine, which have settings of their own.
    fn machines_in(&mut self, value: &'a Value, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match &value.kind {
            Kind::Set(attributes) => {
                let level = std::mem::take(&mut self.level);
                let machines = attributes.iter().filter(|it| matches!(&*it.name, "specialisation" | "containers"));
                machines.for_each(|it| self.look(&it.value, &it.name, None, depth + 1));
                self.level = level;
            }
            Kind::Override(_, inner) | Kind::If(_, inner) => self.machines_in(inner, depth + 1),
            Kind::Merge(values) => values.iter().for_each(|it| self.machines_in(it, depth + 1)),
            _ => {}
        }
    }

    /// What is in a list of modules is a module, even when its names do not tell.
    fn imported(&mut self, value: &'a Value, host: usize, depth: usize) {
        if depth > DEPTH {
            return;
        }
        if let Some(failure) = self.first_failure(value, true) {
            self.failing = Some(failure);
            self.imported(value, host, depth);
            self.failing = None;
            return;
        }
        match &value.kind {
            Kind::List(values) => {
                for it in values {
                    self.imported(it, host, depth + 1);
                }
            }
            Kind::Merge(values) => {
                self.add(host, value);
                values.iter().for_each(|it| self.machines_in(it, depth + 1));
            }
            Kind::Override(priority, inner) => {
                self.wrapped(Wrap::Override(*priority), |it| it.imported(inner, host, depth + 1));
            }
            Kind::Function(_, inner) | Kind::Applied(_, inner) => self.imported(inner, host, depth + 1),
            Kind::If(condition, inner) => {
                self.wrapped(Wrap::If(condition.clone()), |it| it.imported(inner, host, depth + 1))
            }
            Kind::Set(attributes) => self.module(value, attributes, Some(host), depth),
            _ => {}
        }
    }

    /// Why a value fails, where none around it does; what holds only under a condition may not be asked for.
    fn first_failure(&self, value: &Value, is_module: bool) -> Option<Failure> {
        let closed = || match &value.kind {
            Kind::Function(Some(head), _) if is_module => closed(head),
            _ => None,
        };
        let is_asked = self.failing.is_none() && !self.wraps.iter().any(|it| matches!(it, Wrap::If(_)));
        is_asked.then(|| value.failure.clone().or_else(closed)).flatten()
    }

    fn add(&mut self, host: usize, value: &'a Value) {
        let (level, wraps, failing) = (self.level, self.wraps.clone(), self.failing.clone());
        if let Some(host) = self.hosts.get_mut(host) {
            host.modules.push(Module { value, within: &[], level, wraps, failing });
        }
    }

    fn wrapped(&mut self, wrap: Wrap, look: impl FnOnce(&mut Self)) {
        self.wraps.push(wrap);
        look(self);
        self.wraps.pop();
    }
}

/// Names that can be beside `config` and `options`.
///
/// Source: nixpkgs `lib/modules.nix`, `unifyModuleSyntax`, `badAttrs`
const BESIDE_CONFIG: &[&str] =
    &["_class", "_file", "config", "disabledModules", "freeformType", "imports", "key", "meta", "options"];

/// What the module system refuses of the names of a module.
fn malformed(attributes: &[Attribute]) -> Option<Failure> {
    let whole = attributes.iter().find(|it| matches!(&*it.name, "config" | "options"));
    // A name that is computed may be another.
    let is_written = |it: &&Attribute| !it.name.contains('$');
    let mut others = attributes.iter().filter(|it| !BESIDE_CONFIG.contains(&&*it.name)).filter(is_written);
    if let (Some(whole), Some(other)) = (whole, others.next()) {
        let kind = FailureKind::BesideConfig { name: other.name.clone(), whole: whole.name.clone() };
        return Some(Failure { kind, span: other.name_span });
    }
    let imports = attributes.iter().find(|it| it.name == "imports")?;
    let found = match &imports.value.kind {
        Kind::Path(_) => "a path",
        Kind::String(_) => "a string",
        Kind::Set(_) => "a set",
        Kind::Function(..) => "a function",
        Kind::Null => "null",
        _ => return None,
    };
    Some(Failure { kind: FailureKind::WrongKind { wanted: "a list", found }, span: imports.value.span })
}

/// Why a module cannot be a function that takes no other arguments than those it names. One that names others than a
/// module gets is called by the text it is imported in, which may give it those only.
///
/// Source: nixpkgs `lib/modules.nix`, `evalModules` and `applyModuleArgs`
fn closed(head: &Head) -> Option<Failure> {
    let is_of_modules = |it: &String| matches!(&**it, "config" | "lib" | "modulesPath" | "options" | "pkgs");
    let takes_all =
        ["config", "lib", "options", "modulesPath"].iter().all(|it| head.names.iter().any(|name| name == it));
    let is_module = !head.names.is_empty() && head.names.iter().all(is_of_modules) && !takes_all;
    is_module.then_some(Failure { kind: FailureKind::ClosedModule, span: head.span })
}

/// Whether names are those of NixOS's options.
fn is_module(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| match &*it.name {
        "imports" => matches!(it.value.kind, Kind::List(_)),
        "config" => holds(&it.value, &is_module, 0),
        name => TREES.contains(&name) && holds(&it.value, &|_| true, 0),
    })
}

/// Whether it comes to a set that is as wanted.
fn holds(value: &Value, is_wanted: &dyn Fn(&[Attribute]) -> bool, depth: usize) -> bool {
    if depth > DEPTH {
        return false;
    }
    match &value.kind {
        Kind::Set(attributes) => is_wanted(attributes),
        Kind::Override(_, inner) | Kind::Order(_, inner) | Kind::If(_, inner) => holds(inner, is_wanted, depth + 1),
        Kind::Merge(values) => values.iter().any(|it| holds(it, is_wanted, depth + 1)),
        _ => false,
    }
}

// ── a piece of a module ──

/// Options whose outer names the text leaves out: `docker = { … };`, `daemon.settings = { … };`, `bip = "…";`.
fn piece(root: &Value) -> Option<Module<'_>> {
    let mut value = root;
    for _ in 0..DEPTH {
        match &value.kind {
            Kind::Function(_, inner) | Kind::Override(_, inner) | Kind::If(_, inner) => value = inner,
            _ => break,
        }
    }
    let Kind::Set(attributes) = &value.kind else {
        return None;
    };
    let has = |is_it: &dyn Fn(&Attribute) -> bool| attributes.iter().any(is_it);
    let leads_on = |it: &Attribute| holds(&it.value, &|_| true, 0);
    let is_docker = |it: &Attribute| {
        let is_option = |it: &Attribute| OF_DOCKER.contains(&&*it.name);
        it.name == "docker" && holds(&it.value, &|it| it.iter().any(is_option), 0)
    };
    let is_setting = |it: &Attribute| options::member("", &it.name).is_some();
    let within = if has(&is_docker) {
        DOCKER.get(..1)?
    } else if has(&|it| it.name == "setSocketVariable") {
        &["virtualisation", "docker", "rootless"]
    } else if has(&|it| OF_DOCKER.contains(&&*it.name)) {
        DOCKER
    } else if has(&|it| it.name == "settings" && leads_on(it)) {
        SETTINGS.get(..3)?
    } else if has(&is_setting) {
        SETTINGS
    } else {
        return None;
    };
    Some(Module { value, within, level: 0, wraps: Vec::new(), failing: None })
}

// ── definitions ──

struct Collector {
    path: Vec<String>,
    wraps: Vec<Wrap>,
    found: Vec<Definition>,
}

impl Collector {
    /// Collects what a value at a path says of options; `at` are its name and its binding.
    fn collect(&mut self, value: &Value, at: (Span, Span), depth: usize) {
        let leads = leads(&self.path);
        if leads == Leads::Nowhere || depth > DEPTH {
            return;
        }
        let leads_to_docker = self.path.iter().zip(DOCKER).all(|it| it.0 == it.1);
        let is_asked = leads == Leads::On && leads_to_docker && !self.wraps.iter().any(|it| matches!(it, Wrap::If(_)));
        if let Some(failure) = value.failure.as_ref().filter(|_| is_asked) {
            self.fails(failure.clone(), at);
        }
        match &value.kind {
            _ if leads == Leads::Here => self.add(value, at),
            Kind::Set(attributes) => {
                for it in attributes {
                    self.path.push(it.name.clone());
                    self.collect(&it.value, (it.name_span, it.binding), depth + 1);
                    self.path.pop();
                }
            }
            Kind::Override(priority, inner) => {
                self.wraps.push(Wrap::Override(*priority));
                self.collect(inner, at, depth + 1);
                self.wraps.pop();
            }
            Kind::If(condition, inner) => {
                self.wraps.push(Wrap::If(condition.clone()));
                self.collect(inner, at, depth + 1);
                self.wraps.pop();
            }
            Kind::Order(_, inner) => self.collect(inner, at, depth + 1),
            Kind::Merge(values) => {
                for it in values {
                    self.collect(it, at, depth + 1);
                }
            }
            // Options whose names nobody knows.
            _ if starts_with(&self.path, DOCKER) => self.add(value, at),
            _ => {}
        }
    }

    /// Keeps that a set of options fails, which NixOS always asks for.
    fn fails(&mut self, failure: Failure, (name, binding): (Span, Span)) {
        let path = DOCKER.iter().map(|it| (*it).to_owned()).collect();
        let (kind, span) = (Kind::Missing, failure.span);
        let value = Value { kind, span, through: Vec::new(), failure: Some(failure) };
        self.found.push(Definition { path, value, name, binding });
    }

    fn add(&mut self, value: &Value, (name, binding): (Span, Span)) {
        let wrap = |value: Value, wrap: &Wrap| {
            let (span, through) = (value.span, value.through.clone());
            let kind = match wrap {
                Wrap::Override(priority) => Kind::Override(*priority, Box::new(value)),
                Wrap::If(condition) => Kind::If(condition.clone(), Box::new(value)),
            };
            Value { kind, span, through, failure: None }
        };
        let value = self.wraps.iter().rev().fold(value.clone(), wrap);
        self.found.push(Definition { path: self.path.clone(), value, name, binding });
    }
}
