//! From the options that a configuration gives to the file that NixOS writes for the daemon.

use std::ops::Range;

use super::{
    case,
    definition::Definition,
    flags,
    flaw::{Assertion, Flaw, FlawKind},
    kinds::Type,
    merge::{Content, DEFAULT, Given, Merged, Merging, OPTION_DEFAULT, Opaque, Origin, is_conditional},
    options::{NixOption, OPTIONS, SETTINGS_ARE_A_SUBMODULE},
    written,
};
use crate::{
    Engine,
    docker::host::{Nixos, Release},
    document::{Document, Kind as NodeKind, Member, Node},
    notation::nix::value::{Attribute, Condition, Kind, Value},
    text::{Edits, Span, order, words},
};

/// The option set of Docker.
const DOCKER: [&str; 2] = ["virtualisation", "docker"];

/// Which of the two daemons of a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Daemon {
    /// That of root: `virtualisation.docker`.
    Rootful,
    /// That of each user: `virtualisation.docker.rootless`.
    Rootless,
}

/// What NixOS makes of a configuration.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The daemon whose file it is.
    pub daemon: Daemon,
    /// Whether it is turned on; `None` where the text does not say. What may hold is taken to turn it on, not off.
    pub is_enabled: Option<bool>,
    /// Whether the other daemon is turned on, too.
    pub has_both: bool,
    /// The settings in the file, by name.
    pub settings: Vec<(String, Merged)>,
    /// What is put on the command line behind the file: the pieces of `extraOptions`, in order.
    pub flags: Vec<Merged>,
    /// Each setting that no text writes, the names that lead to it joined with dots, and why it is there.
    pub reasons: Vec<(String, String)>,
    /// What nixos-rebuild refuses, in the order of the text.
    pub flaws: Vec<Flaw>,
    /// What the text does not tell.
    pub opaque: Vec<Opaque>,
    /// The names of definitions that count for nothing, because NixOS's own weigh more.
    pub outweighed: Vec<Span>,
    /// The first name that is given a value under a condition that nobody knows.
    pub condition: Option<Span>,
    /// The conditions that do not hold where those before them do: what is given under them is not looked at.
    pub opposed: Vec<Condition>,
    /// What the text gives to options of Docker, as it is given; empty where no condition and no priority is in
    /// it, and each is given once.
    pub given: Vec<(&'static NixOption, Value)>,
    /// The release and state version.
    pub nixos: Nixos,
    /// What the text itself says of what is chosen beside it.
    pub taken: Taken,
    /// The other options that the text gives for Docker, merged, by name.
    pub options: Vec<(&'static NixOption, Merged)>,
    /// What the text says of options of other modules.
    pub others: Vec<Definition>,
    /// The options that give settings to the daemon that this is not about, and that is certainly not turned on in the
    /// text: their names.
    pub set_aside: Vec<Span>,
    /// Where what no text writes is said to be.
    pub anchor: Span,
}

/// Choices that the text makes by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The Engine of `package`.
    pub engine: Option<(Engine, Span)>,
    /// `system.stateVersion`.
    pub state_version: Option<(Release, Span)>,
    /// Whether the daemon is that of users, and the name that says so.
    pub rootless: Option<(bool, Span)>,
}

impl Outcome {
    /// What NixOS makes of definitions; `prefers` is the daemon that counts where both are turned on.
    pub fn of(definitions: &[Definition], nixos: Nixos, prefers: Daemon) -> Self {
        Building::of(definitions, nixos, prefers).outcome()
    }

    /// The same for a `daemon.json` that becomes `daemon.settings`.
    pub fn of_settings(root: &Node, nixos: Nixos, daemon: Daemon) -> Self {
        let is =
            Value { kind: Kind::Bool(true), span: Span::empty(root.span.start), through: Vec::new(), failure: None };
        let names: &[&str] = match daemon {
            Daemon::Rootful => &[],
            Daemon::Rootless => &["rootless"],
        };
        let path = |last: &[&str]| DOCKER.iter().chain(names).chain(last).map(|it| (*it).to_owned()).collect();
        let name = Span::empty(root.span.start);
        let enable = Definition { path: path(&["enable"]), value: is, name, binding: name };
        let value = value_of(root);
        let settings = Definition { path: path(&["daemon", "settings"]), value, name, binding: root.span };
        Self::of(&[enable, settings], nixos, daemon)
    }

    /// Whether nixos-rebuild refuses it.
    pub fn is_refused(&self) -> bool {
        !self.flaws.is_empty()
    }

    /// The members that the text writes at least in part, in the order of the text.
    pub fn members(&self) -> Vec<Member> {
        let shared = self.shared();
        let ours = self.settings.iter().filter(|it| it.1.origin == Origin::Text);
        let mut members: Vec<Member> = ours.map(|(name, it)| it.as_member(name, &shared)).collect();
        order::sort(&mut members, |a, b| a.key_span.cmp(&b.key_span));
        members
    }

    /// The members that no text writes.
    pub fn added(&self) -> Vec<Member> {
        let added = self.settings.iter().filter(|it| it.1.origin == Origin::Module);
        added.map(|(name, it)| it.as_member(name, &[])).collect()
    }

    /// The places of values that several names stand for, in order.
    fn shared(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        self.settings.iter().for_each(|it| it.1.gather_used(&mut spans));
        order::sort(&mut spans, Span::cmp);
        spans.chunk_by(|a, b| a == b).filter(|it| it.len() > 1).filter_map(|it| it.first().copied()).collect()
    }

    /// Puts into a document what the daemon reads: the settings in its file, and the flags beside it, where they are in
    /// `text`.
    pub fn enter(&self, document: &mut Document, text: &str) {
        let flags = flags::read(&self.flags, text);
        let in_file = |it: &Member| self.has_in_file(&it.key);
        let mut members = self.members();
        members.extend(flags.members.into_iter().filter(|it| !in_file(it) && !it.key.starts_with('-')));
        order::sort(&mut members, |a, b| a.key_span.cmp(&b.key_span));
        let root = &mut document.tree.root;
        *root = Node::new(NodeKind::Map(members), root.span);
        document.tree.problems.extend(flags.problems);
        order::sort(&mut document.tree.problems, |a, b| a.span.cmp(&b.span));
        document.added = self.added();
    }

    /// Whether the file has a setting of this name at its top.
    pub fn has_in_file(&self, name: &str) -> bool {
        self.settings.binary_search_by(|it| it.0.as_str().cmp(name)).is_ok()
    }

    /// The flags of `extraOptions` as members of a `daemon.json`, each at its place in `text`.
    pub fn flags_in(&self, text: &str) -> Vec<Member> {
        flags::read(&self.flags, text).members
    }

    /// The edits that take out the flag of `extraOptions` whose value is at `span`.
    pub fn without_flag(&self, text: &str, span: Span) -> Edits {
        flags::without(&self.flags, text, span)
    }

    /// An option of Docker that the text gives, by its name.
    pub fn option(&self, name: &str) -> Option<&Merged> {
        self.options.iter().find(|it| it.0.name == name).map(|it| &it.1)
    }

    /// Whether definitions of settings are modules of their own, of which the later ones come first.
    pub fn settings_are_a_submodule(&self) -> bool {
        self.daemon == Daemon::Rootful && self.nixos.release >= SETTINGS_ARE_A_SUBMODULE
    }

    /// The conditions under which the text gives something to options of Docker, in its order.
    pub fn conditions(&self) -> Vec<&Condition> {
        case::conditions(&self.given.iter().map(|it| &it.1).collect::<Vec<_>>())
    }

    /// The command that starts the daemon.
    pub fn command(&self) -> String {
        let program = match self.daemon {
            Daemon::Rootful => "dockerd",
            Daemon::Rootless => "dockerd-rootless",
        };
        let flags: Vec<&str> = self.flags.iter().map(|it| it.as_str().unwrap_or("…")).collect();
        let flags = flags.join(" ");
        let command = [program, " --config-file=/nix/store/…-daemon.json ", flags.trim()].concat();
        command.trim_end().to_owned()
    }
}

/// A JSON value as Nix, each part with its place.
fn value_of(node: &Node) -> Value {
    let kind = match &node.kind {
        NodeKind::Null => Kind::Null,
        NodeKind::Bool(value) => Kind::Bool(*value),
        NodeKind::Number(digits) => match (digits.parse(), digits.parse()) {
            (Ok(number), _) => Kind::Int(number),
            (_, Ok(number)) => Kind::Float(number),
            _ => Kind::Unknown(String::new()),
        },
        NodeKind::String(text) => Kind::String(text.clone()),
        NodeKind::List(elements) => Kind::List(elements.iter().map(value_of).collect()),
        NodeKind::Map(members) => Kind::Set(attributes_of(members)),
        NodeKind::Opaque => Kind::Unknown(String::new()),
        NodeKind::Missing => Kind::Missing,
    };
    Value { kind, span: node.span, through: Vec::new(), failure: None }
}

/// Each name once: of the members of one name, the last.
fn attributes_of(members: &[Member]) -> Vec<Attribute> {
    let mut last: Vec<&Member> = members.iter().filter(|it| it.sound).collect();
    order::sort(&mut last, |a, b| a.key.cmp(&b.key));
    let groups = last.chunk_by(|a, b| a.key == b.key);
    let last = groups.filter_map(|it| it.last());
    let attribute = |it: &&Member| Attribute {
        name: it.key.clone(),
        name_span: it.key_span,
        path_span: it.key_span,
        binding: it.span(),
        value: value_of(&it.value),
    };
    last.map(attribute).collect()
}

// ── values that NixOS gives ──

fn at(anchor: Span, kind: Kind) -> Value {
    Value { kind, span: anchor, through: Vec::new(), failure: None }
}

fn text(anchor: Span, text: &str) -> Value {
    at(anchor, Kind::String(text.to_owned()))
}

fn set(anchor: Span, members: Vec<(&str, Span, Value)>) -> Value {
    let attribute = |(name, span, value): (&str, Span, Value)| Attribute {
        name: name.to_owned(),
        name_span: span,
        path_span: span,
        binding: span,
        value,
    };
    at(anchor, Kind::Set(members.into_iter().map(attribute).collect()))
}

/// A value as `mkDefault` makes it.
fn by_default(value: Value) -> Value {
    at(value.span, Kind::Override(DEFAULT, Box::new(value)))
}

/// A definition of an option of Docker's.
#[derive(Clone)]
struct Found {
    option: usize,
    value: Value,
    name: Span,
    binding: Span,
}

impl Found {
    fn given(&self) -> Given<'_> {
        Given::of_text(&self.value, self.name, self.binding)
    }
}

/// Where a definition is: its name, and its binding.
#[derive(Clone, Copy)]
struct Place {
    name: Span,
    binding: Span,
}

/// The definitions on their way to an outcome.
struct Building<'a> {
    definitions: &'a [Definition],
    nixos: Nixos,
    prefers: Daemon,
    found: Vec<Found>,
    opposed: Vec<Condition>,
    given: Vec<(&'static NixOption, Value)>,
    merging: Merging,
    anchor: Span,
}

impl<'a> Building<'a> {
    fn of(definitions: &'a [Definition], nixos: Nixos, prefers: Daemon) -> Self {
        let mut building = Self {
            definitions,
            nixos,
            prefers,
            found: Vec::new(),
            opposed: Vec::new(),
            given: Vec::new(),
            merging: Merging::default(),
            anchor: Span::default(),
        };
        for it in definitions {
            if let [first, second, rest @ ..] = &it.path[..]
                && [&**first, &**second] == DOCKER
            {
                building.sort_in(rest.to_vec(), it.value.clone(), Place { name: it.name, binding: it.binding });
            }
        }
        building.choose_a_case();
        building
    }

    /// Keeps what is given as it is given, and goes on with what can hold at once.
    fn choose_a_case(&mut self) {
        let values: Vec<&Value> = self.found.iter().map(|it| &it.value).collect();
        let has_more =
            |(at, it): (usize, &Found)| self.found.iter().skip(at + 1).any(|other| other.option == it.option);
        let is_merged = self.found.iter().enumerate().any(has_more);
        let is_unknown = |it: &&Value| matches!(it.kind, Kind::Unknown(_) | Kind::Applied(..));
        if !is_merged && !values.iter().any(|it| it.is_wrapped() || is_unknown(it)) {
            return;
        }
        self.opposed = case::opposed(&values);
        let given = self.found.iter().filter_map(|it| Some((OPTIONS.get(it.option)?, it.value.clone())));
        self.given = given.collect();
        if !self.opposed.is_empty() {
            self.found.iter_mut().for_each(|it| case::without(&mut it.value, &self.opposed));
        }
    }

    // ── which option is meant ──

    /// Finds the option of a definition; `path` is below `virtualisation.docker`.
    fn sort_in(&mut self, path: Vec<String>, value: Value, place: Place) {
        let joined = path.join(".");
        let leads_to = |name: &str| -> Option<Range<usize>> {
            let rest = joined.strip_prefix(name)?;
            (rest.is_empty() || rest.starts_with('.')).then(|| name.split('.').count()..path.len())
        };
        let option = OPTIONS.iter().enumerate().find_map(|(at, it)| Some((at, leads_to(it.name)?)));
        if let Some((option, below)) = option {
            return self.sort_in_option(option, path.get(below).unwrap_or_default(), value, place, &path);
        }
        let is_outer = joined.is_empty()
            || OPTIONS.iter().any(|it| it.name.strip_prefix(&*joined).is_some_and(|it| it.starts_with('.')));
        match is_outer {
            true => self.spread(&path, value, place),
            false => self.no_option(&path, &value, place, String::new()),
        }
    }

    fn sort_in_option(&mut self, option: usize, below: &[String], value: Value, place: Place, path: &[String]) {
        let Some(found) = OPTIONS.get(option) else { return };
        if found.since > self.nixos.release {
            return self.no_option(path, &value, place, found.since.to_string());
        }
        if let Some(why) = found.removed {
            return self.flaw(FlawKind::Removed { why }, path, &value, place);
        }
        let mut value = value;
        for outer in below.iter().rev() {
            let span = value.span;
            value = set(span, vec![(outer, place.name, value)]);
        }
        self.found.push(Found { option, value, name: place.name, binding: place.binding });
    }

    /// Takes apart what is given to a set of options.
    fn spread(&mut self, path: &[String], value: Value, place: Place) {
        let span = value.span;
        if let Some(failure) = value.failure {
            return self.flaw(FlawKind::Fails(failure), path, &at(span, Kind::Null), place);
        }
        match value.kind {
            Kind::Set(attributes) => {
                for it in attributes {
                    let path = [path, &[it.name][..]].concat();
                    self.sort_in(path, it.value, Place { name: it.name_span, binding: it.binding });
                }
            }
            Kind::Merge(values) => values.into_iter().for_each(|it| self.spread(path, it, place)),
            Kind::If(condition, inner) => {
                self.spread_in(path, *inner, place, &|it| Kind::If(condition.clone(), it));
            }
            Kind::Override(priority, inner) => {
                self.spread_in(path, *inner, place, &|it| Kind::Override(priority, it));
            }
            Kind::Missing => {}
            Kind::Unknown(_) | Kind::Applied(..) => {
                let path = DOCKER.iter().map(|it| (*it).to_owned()).chain(path.iter().cloned()).collect();
                self.merging.opaque.push(Opaque { path, span });
            }
            kind => {
                let flaw = FlawKind::WrongType { expected: "a set", found: super::merge::found(&kind) };
                self.flaw(flaw, path, &at(span, Kind::Null), place);
            }
        }
    }

    /// Takes apart a set in a wrapper, which each of its members is in.
    fn spread_in(&mut self, path: &[String], value: Value, place: Place, wrapped: &dyn Fn(Box<Value>) -> Kind) {
        let span = value.span;
        match value.kind {
            Kind::Set(attributes) => {
                for it in attributes {
                    let path = [path, &[it.name][..]].concat();
                    let span = it.value.span;
                    let value = at(span, wrapped(Box::new(it.value)));
                    self.sort_in(path, value, Place { name: it.name_span, binding: it.binding });
                }
            }
            Kind::Merge(values) => values.into_iter().for_each(|it| self.spread_in(path, it, place, wrapped)),
            Kind::If(condition, inner) => {
                let both = |it: Box<Value>| wrapped(Box::new(at(it.span, Kind::If(condition.clone(), it))));
                self.spread_in(path, *inner, place, &both);
            }
            Kind::Override(priority, inner) => {
                let both = |it: Box<Value>| wrapped(Box::new(at(it.span, Kind::Override(priority, it))));
                self.spread_in(path, *inner, place, &both);
            }
            kind => self.spread(path, at(span, kind), place),
        }
    }

    fn no_option(&mut self, path: &[String], value: &Value, place: Place, since: String) {
        let nearest = match since.is_empty() {
            true => nearest(&path.join("."), self.nixos.release),
            false => None,
        };
        self.flaw(FlawKind::NoOption { nearest, since }, path, value, place);
    }

    fn flaw(&mut self, kind: FlawKind, path: &[String], value: &Value, place: Place) {
        let path = DOCKER.iter().map(|it| (*it).to_owned()).chain(path.iter().cloned()).collect();
        let Place { name: key, binding } = place;
        self.merging.flaws.push(Flaw { kind, path, key, binding, span: value.span, related: None });
    }

    // ── what options come to ──

    /// What an option of Docker's comes to; `None` where the text does not give it.
    fn option(&mut self, name: &str) -> Option<Merged> {
        let (at, option) = OPTIONS.iter().enumerate().find(|it| it.1.name == name)?;
        let found = self.found.iter().filter(|it| it.option == at);
        let mut given: Vec<Given> = found.map(Found::given).collect();
        let lightest = given.iter().filter(|it| weighs_little(it.value)).min_by_key(|it| it.key);
        let default = lightest.and_then(|it| default(option, Span::empty(it.key.start)));
        given.extend(default.as_ref().map(Given::of_module));
        let path: Vec<&str> = DOCKER.into_iter().chain(option.name.split('.')).collect();
        self.merging.option(&path, option.kind_in(self.nixos.release), given)
    }

    /// What an option of another module comes to.
    fn other(&mut self, path: &[&str], kind: Type) -> Option<Merged> {
        let mut found = Vec::new();
        for it in self.definitions {
            let leads = it.path.len() <= path.len() && it.path.iter().zip(path).all(|it| it.0 == it.1);
            if let Some(below) = path.get(it.path.len()..).filter(|_| leads) {
                look_up(&it.value, it.name, below, false, &mut found);
            }
        }
        self.merging.option(path, kind, found)
    }

    // ── putting it together ──

    fn outcome(mut self) -> Outcome {
        let state_version = self.other(&["system", "stateVersion"], Type::Text);
        let state_version = state_version.and_then(|it| Some((Release::read(it.as_str()?)?, it.span)));
        if let Some((version, _)) = state_version {
            self.nixos.state_version = version;
        }
        let mut options = Vec::new();
        for it in OPTIONS.iter().filter(|it| !it.name.ends_with("settings")) {
            if it.name == "liveRestore" && self.nixos.release >= SETTINGS_ARE_A_SUBMODULE {
                continue; // the settings have it
            }
            if let Some(value) = self.option(it.name) {
                options.push((it, value));
            }
        }
        let value_of = |name: &str| options.iter().find(|it| it.0.name == name).map(|it| it.1.clone());
        let is_on = |name: &str| value_of(name).and_then(|it| it.as_bool());
        let (rootful, rootless) = (is_on("enable"), is_on("rootless.enable"));
        let (daemon, sign) = self.daemon(rootful, rootless);
        self.anchor = self.place_of(daemon);
        let is_enabled = match daemon {
            Daemon::Rootful => rootful,
            Daemon::Rootless => rootless,
        };
        let switch = match daemon {
            Daemon::Rootful => "enable",
            Daemon::Rootless => "rootless.enable",
        };
        let is_enabled = is_enabled.filter(|it| *it || self.is_off(&value_of, switch));
        let package = value_of("package");
        let engine = package.as_ref().and_then(|it| Some((engine_of(it)?, it.span)));
        let settings = match daemon {
            Daemon::Rootful => self.rootful(&value_of, engine.map(|it| it.0), is_enabled),
            Daemon::Rootless => self.rootless(engine.map(|it| it.0)),
        };
        let flags = match (daemon, value_of("extraOptions").map(|it| it.content)) {
            (Daemon::Rootful, Some(Content::List(pieces))) => pieces,
            _ => Vec::new(),
        };
        self.assertions(&value_of);
        let package = match daemon {
            Daemon::Rootful => engine,
            Daemon::Rootless => value_of("rootless.package").and_then(|it| Some((engine_of(&it)?, it.span))),
        };
        let settings = match settings.map(|it| it.content) {
            Some(Content::Set(members)) => members,
            _ => Vec::new(),
        };
        let reasons = reasons(&settings, self.nixos);
        let is_dockers = |it: &&Definition| it.path.iter().map(String::as_str).take(2).eq(DOCKER);
        let others = self.definitions.iter().filter(|it| !is_dockers(it)).cloned().collect();
        let aside = match daemon {
            Daemon::Rootful if self.is_off(&value_of, "rootless.enable") => "rootless.daemon.settings",
            Daemon::Rootless if self.is_off(&value_of, "enable") => "daemon.settings",
            _ => "",
        };
        let set_aside = self.found.iter().filter(|it| OPTIONS.get(it.option).is_some_and(|it| it.name == aside));
        let set_aside = set_aside.filter(|it| !is_conditional(&it.value));
        let mut set_aside: Vec<Span> = set_aside.map(|it| it.name).collect();
        order::sort(&mut set_aside, Span::cmp);
        self.forget_unread(&settings);
        self.forget_unasked(rootful, rootless, daemon, is_on("autoPrune.enable"), is_enabled);
        let Merging { mut flaws, mut opaque, outweighed, condition, .. } = self.merging;
        order::sort(&mut opaque, |a, b| a.span.cmp(&b.span));
        opaque.dedup_by(|a, b| a.span == b.span);
        order::sort(&mut flaws, |a, b| (a.key, a.span).cmp(&(b.key, b.span)));
        flaws.dedup();
        Outcome {
            daemon,
            is_enabled,
            has_both: rootful == Some(true) && rootless == Some(true),
            settings,
            flags,
            reasons,
            flaws,
            opaque,
            outweighed,
            condition,
            opposed: self.opposed,
            given: self.given,
            nixos: self.nixos,
            taken: Taken { engine: package, state_version, rootless: sign.map(|it| (daemon == Daemon::Rootless, it)) },
            options,
            others,
            set_aside,
            anchor: self.anchor,
        }
    }

    /// Forgets what is wrong with options that are not looked at, because the settings have something else in their place.
    fn forget_unread(&mut self, settings: &[(String, Merged)]) {
        let anchor = self.anchor;
        for (option, key) in [("logDriver", "log-driver"), ("liveRestore", "live-restore")] {
            let written = settings.iter().find(|it| it.0 == key).map(|it| it.1.key);
            let is_its = |it: &Flaw| it.path.len() == 3 && it.path.last().is_some_and(|it| it == option);
            let is_unread =
                |it: &Flaw| is_its(it) && written.is_none_or(|written| written != it.key && written != anchor);
            self.merging.flaws.retain(|it| !is_unread(it));
        }
    }

    /// Forgets failures of values that NixOS does not ask for: those of a daemon that is off, and of what a switch turns off.
    fn forget_unasked(
        &mut self,
        rootful: Option<bool>,
        rootless: Option<bool>,
        daemon: Daemon,
        prunes: Option<bool>,
        is_enabled: Option<bool>,
    ) {
        let is_asked = |of: Daemon, is_on: Option<bool>| match of == daemon {
            // What the text does not say is taken as turned on elsewhere.
            true => is_enabled != Some(false),
            false => is_on == Some(true),
        };
        let (rootful, rootless) = (is_asked(Daemon::Rootful, rootful), is_asked(Daemon::Rootless, rootless));
        let mut told = Vec::new();
        self.merging.flaws.retain(|it| {
            let FlawKind::Fails(failure) = &it.kind else {
                return true;
            };
            let path: Vec<&str> = it.path.iter().map(String::as_str).collect();
            let is_asked = match path[..] {
                ["virtualisation", "docker", ref below @ ..] => match below {
                    // The names of options are always looked for.
                    [] | ["enable"] | ["rootless", "enable"] => true,
                    ["daemon" | "rootless" | "autoPrune"] | ["rootless", "daemon"] => true,
                    ["rootless", ..] => rootless,
                    ["autoPrune", "enable"] => rootful,
                    ["autoPrune", ..] => rootful && prunes == Some(true),
                    _ => rootful,
                },
                ["system", "stateVersion"] => true,
                _ => false,
            };
            let is_new = !told.contains(&failure.span);
            told.push(failure.span);
            is_asked && is_new
        });
    }

    /// The daemon that the text is about, and the name that says so.
    fn daemon(&self, rootful: Option<bool>, rootless: Option<bool>) -> (Daemon, Option<Span>) {
        let named = |name: &str| {
            let found = self.found.iter().filter(|it| OPTIONS.get(it.option).is_some_and(|it| it.name == name));
            found.map(|it| it.name).min()
        };
        let first = self.found.iter().map(|it| it.name).min();
        match (rootful, rootless) {
            (Some(true), Some(true)) => (self.prefers, None),
            (Some(true), _) => (Daemon::Rootful, named("enable")),
            (_, Some(true)) => (Daemon::Rootless, named("rootless.enable")),
            _ => {
                let is_rootless =
                    |it: &Found| OPTIONS.get(it.option).is_some_and(|it| it.name.starts_with("rootless."));
                match first.filter(|_| self.found.iter().all(is_rootless)) {
                    Some(it) => (Daemon::Rootless, Some(it)),
                    None => (Daemon::Rootful, first),
                }
            }
        }
    }

    /// Where what no text writes is said to be: at the name that turns the daemon on, or that of its settings.
    fn place_of(&self, daemon: Daemon) -> Span {
        let names = match daemon {
            Daemon::Rootful => ["enable", "daemon.settings"],
            Daemon::Rootless => ["rootless.enable", "rootless.daemon.settings"],
        };
        let place = |name: &&str| {
            let found = self.found.iter().filter(|it| OPTIONS.get(it.option).is_some_and(|it| it.name == *name));
            found.map(|it| it.name.start).min()
        };
        let first = names.iter().find_map(place).or(self.found.iter().map(|it| it.name.start).min());
        Span::empty(first.unwrap_or_default())
    }

    /// The settings of root's daemon.
    fn rootful(
        &mut self,
        value_of: &dyn Fn(&str) -> Option<Merged>,
        package: Option<Engine>,
        is_enabled: Option<bool>,
    ) -> Option<Merged> {
        let (anchor, release) = (self.anchor, self.nixos.release);
        let mut modules = Vec::new();
        let mut texts = Vec::new();
        let is_on = |name: &str| value_of(name).and_then(|it| it.as_bool()) == Some(true);
        // What the text does not say is taken as turned on elsewhere.
        if is_enabled != Some(false) {
            let mut own = vec![
                ("group", anchor, text(anchor, "docker")),
                ("hosts", anchor, at(anchor, Kind::List(vec![text(anchor, "fd://")]))),
            ];
            match value_of("logDriver") {
                Some(it) => texts.push(("log-driver", it.key, by_default(given_back(&it)))),
                None => own.push(("log-driver", anchor, by_default(text(anchor, "journald")))),
            }
            if let Some(it) = value_of("storageDriver").filter(|it| it.content != Content::Null) {
                texts.push(("storage-driver", it.key, by_default(given_back(&it))));
            }
            if release < SETTINGS_ARE_A_SUBMODULE {
                match value_of("liveRestore") {
                    Some(it) => texts.push(("live-restore", it.key, by_default(given_back(&it)))),
                    None => own.push(("live-restore", anchor, by_default(at(anchor, Kind::Bool(true))))),
                }
            }
            if is_on("enableNvidia") {
                let path = ("path", anchor, at(anchor, Kind::Unknown(String::new())));
                own.push(("runtimes", anchor, set(anchor, vec![("nvidia", anchor, set(anchor, vec![path]))])));
            }
            modules.push(set(anchor, own));
        }
        if is_on("enableNvidia") && release >= Release::new(25, 11) {
            let args = ("args", anchor, at(anchor, Kind::List(Vec::new())));
            let path = ("path", anchor, at(anchor, Kind::Unknown(String::new())));
            let nvidia = ("nvidia", anchor, set(anchor, vec![args, path]));
            let runtimes = ("runtimes", anchor, set(anchor, vec![nvidia]));
            modules.push(set(anchor, vec![("default-runtime", anchor, text(anchor, "nvidia")), runtimes]));
        }
        modules.extend(self.devices(package, is_on("enableNvidia")));
        let alias = self.live_restore_alias();
        let texts = set(anchor, texts);
        let settings = OPTIONS.iter().position(|it| it.name == "daemon.settings")?;
        let found: Vec<Found> = self.found.iter().filter(|it| it.option == settings).cloned().collect();
        // Definitions of later modules come first, and the text is behind NixOS's own.
        let mut given: Vec<Given> = found.iter().map(Found::given).collect();
        if texts.kind != Kind::Set(Vec::new()) {
            given.push(Given::of_text(&texts, anchor, anchor));
        }
        if let Some(alias) = &alias {
            given.push(Given::of_text(alias, alias.span, anchor));
        }
        given.extend(modules.iter().map(Given::of_module));
        let kind = OPTIONS.get(settings)?.kind_in(release);
        let merged = self.merging.option(&[DOCKER[0], DOCKER[1], "daemon", "settings"], kind, given);
        self.with_live_restore(merged)
    }

    /// Adds the default of `live-restore`, where it is an option of its own.
    fn with_live_restore(&self, merged: Option<Merged>) -> Option<Merged> {
        let anchor = self.anchor;
        let nothing = Merged {
            content: Content::Set(Vec::new()),
            span: anchor,
            key: anchor,
            origin: Origin::Module,
            used: None,
            is_conditional: false,
        };
        let mut merged = merged.unwrap_or(nothing);
        if self.nixos.release < SETTINGS_ARE_A_SUBMODULE {
            return Some(merged);
        }
        if let Content::Set(members) = &mut merged.content
            && let Err(place) = members.binary_search_by(|it| it.0.as_str().cmp("live-restore"))
        {
            let content = Content::Bool(self.nixos.state_version < SETTINGS_ARE_A_SUBMODULE);
            let value = Merged {
                content,
                span: anchor,
                key: anchor,
                origin: Origin::Module,
                used: None,
                is_conditional: false,
            };
            members.insert(place, ("live-restore".to_owned(), value));
        }
        Some(merged)
    }

    /// What `liveRestore` says of the settings where it is another name for one of them.
    fn live_restore_alias(&self) -> Option<Value> {
        if self.nixos.release < SETTINGS_ARE_A_SUBMODULE {
            return None;
        }
        let option = OPTIONS.iter().position(|it| it.name == "liveRestore")?;
        let found: Vec<&Found> = self.found.iter().filter(|it| it.option == option).collect();
        let first = found.first()?;
        let values = found.iter().map(|it| it.value.clone()).collect();
        let value = match found.len() {
            1 => first.value.clone(),
            _ => at(first.value.span, Kind::Merge(values)),
        };
        Some(set(value.span, vec![("live-restore", first.name, value)]))
    }

    /// The settings of users' daemons, to which the module adds nothing.
    fn rootless(&mut self, package: Option<Engine>) -> Option<Merged> {
        let settings = OPTIONS.iter().position(|it| it.name == "rootless.daemon.settings")?;
        let found: Vec<Found> = self.found.iter().filter(|it| it.option == settings).cloned().collect();
        let devices = self.devices(package, false);
        let given = found.iter().map(Found::given);
        let given = given.chain(devices.iter().map(Given::of_module)).collect();
        self.merging.option(&[DOCKER[0], DOCKER[1], "rootless", "daemon", "settings"], Type::Json, given)
    }

    /// What NVIDIA's devices add.
    fn devices(&mut self, package: Option<Engine>, is_nvidia: bool) -> Option<Value> {
        let toolkit = ["hardware", "nvidia-container-toolkit", "enable"];
        let old = ["virtualisation", "containers", "cdi", "dynamic", "nvidia", "enable"];
        let given = self.other(&toolkit, Type::Bool).or(self.other(&old, Type::Bool)).and_then(|it| it.as_bool());
        let is_on = given.unwrap_or(is_nvidia && self.nixos.release >= Release::new(25, 11));
        let engine = package.or(self.nixos.release.ships().map(|it| it.engine)).unwrap_or_default();
        let anchor = self.anchor;
        (is_on && engine >= Engine::new(25, 0, 0)).then(|| {
            let cdi = ("cdi", anchor, at(anchor, Kind::Bool(true)));
            set(anchor, vec![("features", anchor, set(anchor, vec![cdi]))])
        })
    }

    /// Whether an option is off for certain: false, or not given where nothing unknown could give it.
    fn is_off(&self, value_of: &dyn Fn(&str) -> Option<Merged>, name: &str) -> bool {
        let path: Vec<&str> = DOCKER.into_iter().chain(name.split('.')).collect();
        let leads = |it: &Opaque| it.path.len() <= path.len() && it.path.iter().zip(&path).all(|it| it.0 == it.1);
        match value_of(name) {
            Some(it) => it.as_bool() == Some(false) && !it.is_conditional,
            None => !self.merging.opaque.iter().any(leads),
        }
    }

    /// Assertions that do not hold; nothing of what conditions decide that nobody knows.
    fn assertions(&mut self, value_of: &dyn Fn(&str) -> Option<Merged>) {
        let is_on = |name: &str| value_of(name).filter(is_certainly_on).map(|it| it.key);
        let mut broken = Vec::new();
        if let Some(span) = is_on("autoPrune.allVolumes.enable").filter(|_| is_on("enable").is_some())
            && self.is_off(value_of, "autoPrune.enable")
        {
            broken.push((Assertion::VolumesNotPruned, span, None));
        }
        let podman = self.other(&["virtualisation", "podman", "enable"], Type::Bool);
        if let Some(enable) = is_on("enable").filter(|_| podman.as_ref().is_none_or(is_certainly_on)) {
            let podman = [
                (Assertion::PodmanIsDocker, &["virtualisation", "podman", "dockerCompat"][..]),
                (Assertion::PodmanHasSocket, &["virtualisation", "podman", "dockerSocket", "enable"]),
            ];
            for (assertion, path) in podman {
                if let Some(it) = self.other(path, Type::Bool).filter(is_certainly_on) {
                    broken.push((assertion, it.key, Some(enable)));
                }
            }
        }
        for (assertion, span, related) in broken {
            let (kind, binding) = (FlawKind::Assertion(assertion), Span::empty(span.start));
            self.merging.flaws.push(Flaw { kind, path: Vec::new(), key: span, binding, span, related });
        }
    }
}

/// Whether a definition weighs no more than the default of its option.
fn weighs_little(value: &Value) -> bool {
    match &value.kind {
        Kind::Override(priority, _) => *priority >= OPTION_DEFAULT,
        Kind::Merge(values) => values.iter().any(weighs_little),
        Kind::If(_, inner) => weighs_little(inner),
        _ => false,
    }
}

/// The default of an option as a definition; `None` for one that adds nothing to others.
///
/// Source: nixpkgs `lib/modules.nix`, `evalOptionValue`
fn default(option: &NixOption, anchor: Span) -> Option<Value> {
    let text_of = |it: &str| it.strip_prefix('"').and_then(|it| it.strip_suffix('"')).map(|it| text(anchor, it));
    let list = option.default.strip_prefix("[ ").and_then(|it| it.strip_suffix(" ]")).and_then(text_of);
    let value = match option.default {
        "true" => at(anchor, Kind::Bool(true)),
        "false" => at(anchor, Kind::Bool(false)),
        "null" => at(anchor, Kind::Null),
        "{ }" | "[ ]" | "\"\"" => return None,
        it => match (list, text_of(it)) {
            (Some(element), _) => at(anchor, Kind::List(vec![element])),
            (None, Some(text)) => text,
            (None, None) => at(anchor, Kind::Unknown(it.to_owned())),
        },
    };
    Some(at(anchor, Kind::Override(OPTION_DEFAULT, Box::new(value))))
}

/// Whether a value is true whatever is not known.
fn is_certainly_on(merged: &Merged) -> bool {
    merged.as_bool() == Some(true) && !merged.is_conditional
}

/// The definitions of the option that names lead to from a value.
fn look_up<'a>(value: &'a Value, name: Span, below: &[&str], is_conditional: bool, found: &mut Vec<Given<'a>>) {
    let Some((first, rest)) = below.split_first() else {
        return found.push(Given { is_conditional, ..Given::of_text(value, name, name) });
    };
    match &value.kind {
        Kind::Set(attributes) => {
            let named = attributes.iter().filter(|it| it.name == *first);
            named.for_each(|it| look_up(&it.value, it.name_span, rest, is_conditional, found));
        }
        Kind::Merge(values) => values.iter().for_each(|it| look_up(it, name, below, is_conditional, found)),
        Kind::If(_, inner) => look_up(inner, name, below, true, found),
        Kind::Override(_, inner) => look_up(inner, name, below, is_conditional, found),
        _ => {}
    }
}

/// A merged value as a definition gives it.
fn given_back(merged: &Merged) -> Value {
    let kind = match &merged.content {
        Content::Bool(value) => Kind::Bool(*value),
        Content::String(text) => Kind::String(text.clone()),
        Content::Opaque(name) => Kind::Unknown(name.clone()),
        _ => Kind::Null,
    };
    at(merged.span, kind)
}

/// The Engine of a package that is named by its version: `pkgs.docker_29`.
fn engine_of(package: &Merged) -> Option<Engine> {
    let Content::Opaque(name) = &package.content else {
        return None;
    };
    let version = name.rsplit('.').next()?.strip_prefix("docker_")?;
    version.replace('_', ".").parse().ok()
}

/// Each setting that no text writes, and why it is there.
fn reasons(settings: &[(String, Merged)], nixos: Nixos) -> Vec<(String, String)> {
    let mut reasons = Vec::new();
    for (name, value) in settings {
        let mut say = |path: String| {
            if let Some(why) = written::why(&path, nixos) {
                reasons.push((path, why));
            }
        };
        match &value.content {
            Content::Set(members) => {
                let added = members.iter().filter(|it| it.1.origin == Origin::Module);
                added.for_each(|it| say([name, ".", &it.0].concat()));
            }
            Content::List(elements) if elements.iter().any(|it| it.origin == Origin::Module) => say(name.clone()),
            _ if value.origin == Origin::Module => say(name.clone()),
            _ => {}
        }
    }
    reasons
}

/// The option whose name is nearest to a wrong one.
fn nearest(path: &str, release: Release) -> Option<&'static str> {
    const LONGEST: usize = 60;
    if path.len() > LONGEST {
        return None;
    }
    let last = path.rsplit('.').next().unwrap_or(path);
    let options = OPTIONS.iter().filter(|it| it.exists_in(release));
    let rank = |it: &&NixOption| {
        let whole = words::distance(&path.to_ascii_lowercase(), &it.name.to_ascii_lowercase());
        let end = it.name.rsplit('.').next().unwrap_or(it.name);
        // The right name in the wrong set.
        let end = match end.eq_ignore_ascii_case(last) && end.len() > 6 {
            true => 1,
            false => usize::MAX,
        };
        whole.min(end)
    };
    let near = options.min_by_key(rank)?;
    (rank(&near) <= 1 + near.name.len() / 6).then_some(near.name)
}
