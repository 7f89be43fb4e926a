//! How is written down what a NixOS module says under conditions, and with priorities?
//!
//! As it is in the text: whether a condition holds, and what other modules say, only the machine knows. What has no such
//! words around or in it is written by `nixos.rs`, from what it comes to.
//!
//! Source: nixpkgs `lib/modules.nix`, `dischargeProperties`, `filterOverrides`, `sortProperties`, `pushDownProperties`.

pub(crate) use super::nixos::Form;
use super::{
    Note,
    nixos::{arguments_of, is_option},
};
use crate::{
    Report, Request,
    daemon::nixos::{Daemon, Opaque, Outcome},
    document::{Document, Kind as NodeKind, Node},
    notation::nix::{
        self, Binding, Nix,
        value::{Condition, Kind, Value},
    },
    rule::diagnostic::Severity,
    text::Span,
};

/// What is written as it is in the text.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// The functions around all options of Docker: `lib.mkIf config.x`.
    pub outer: Vec<String>,
    /// Those around `daemon.settings`.
    pub inner: Vec<String>,
    /// Options by their names below `virtualisation.docker`, or below `rootless` there; nothing for one that cannot be
    /// written.
    pub options: Vec<(&'static str, Option<Nix>)>,
    /// Whether settings can only be written together.
    pub is_whole: bool,
    /// They, then; nothing where they cannot be written.
    pub whole: Option<Nix>,
    /// Settings by their names; nothing for one that cannot be written.
    pub settings: Vec<(String, Option<Nix>)>,
    /// The arguments of modules that all this uses.
    pub arguments: Vec<&'static str>,
    /// What is left out.
    pub notes: Vec<Note>,
}

impl Given {
    /// What is written of an option.
    pub fn option(&self, name: &str) -> Option<&Nix> {
        self.options.iter().find(|it| it.0 == name).and_then(|it| it.1.as_ref())
    }

    /// Whether an option is written from here, or cannot be.
    pub fn has_option(&self, name: &str) -> bool {
        self.options.iter().any(|it| it.0 == name)
    }

    /// Whether a setting is written from here, or cannot be.
    pub fn has_setting(&self, key: &str) -> bool {
        self.settings.iter().any(|it| it.0 == key)
    }
}

/// What is around a value.
#[derive(Clone, Copy)]
enum Around<'a> {
    If(&'a Condition),
    Override(i64),
    Order(i64),
}

impl PartialEq for Around<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::If(a), Self::If(b)) if a.name.is_empty() || b.name.is_empty() => a.span == b.span,
            (Self::If(a), Self::If(b)) => a.name == b.name,
            (Self::Override(a), Self::Override(b)) | (Self::Order(a), Self::Order(b)) => a == b,
            (Self::If(_) | Self::Override(_) | Self::Order(_), _) => false,
        }
    }
}

/// A value with what is around it, the outermost first.
#[derive(Clone)]
struct Wrapped<'a> {
    around: Vec<Around<'a>>,
    value: &'a Value,
}

impl<'a> Wrapped<'a> {
    fn of(mut value: &'a Value) -> Self {
        let mut around = Vec::new();
        loop {
            let (outer, inner) = match &value.kind {
                Kind::If(condition, inner) => (Around::If(condition), inner),
                Kind::Override(priority, inner) => (Around::Override(*priority), inner),
                Kind::Order(place, inner) => (Around::Order(*place), inner),
                _ => return Self { around, value },
            };
            around.push(outer);
            value = inner;
        }
    }

    fn is_plain(&self) -> bool {
        self.around.is_empty() && !self.value.is_wrapped()
    }

    /// The members of a set, each with what is around the set.
    fn members(&self, found: &mut Vec<(&'a str, Self)>) {
        let within = |value: &'a Value| {
            let inner = Self::of(value);
            let mut around = self.around.clone();
            let is_weighed = around.iter().any(|it| matches!(it, Around::Override(_)));
            // The outermost priority counts.
            around.extend(inner.around.into_iter().filter(|it| !is_weighed || !matches!(it, Around::Override(_))));
            Self { around, value: inner.value }
        };
        match &self.value.kind {
            Kind::Set(attributes) => found.extend(attributes.iter().map(|it| (&*it.name, within(&it.value)))),
            Kind::Merge(values) => values.iter().for_each(|it| within(it).members(found)),
            _ => {}
        }
    }
}

/// How much of what is around them several values have in common.
fn common<'a>(all: &[&Wrapped<'a>]) -> Vec<Around<'a>> {
    let Some((first, rest)) = all.split_first() else { return Vec::new() };
    let mut common = first.around.clone();
    for it in rest {
        let same = common.iter().zip(&it.around).take_while(|it| it.0 == it.1).count();
        common.truncate(same);
    }
    let orders = common.iter().position(|it| matches!(it, Around::Order(_)));
    common.truncate(orders.unwrap_or(common.len()));
    common
}

/// The options whose values are settings as well, and those settings.
const SETTINGS: &[(&str, &str)] =
    &[("logDriver", "log-driver"), ("storageDriver", "storage-driver"), ("liveRestore", "live-restore")];

/// What of a module is written as it is in the text.
pub(in crate::daemon) fn given(request: &Request, outcome: &Outcome, form: Form) -> Given {
    let (prefix, settings) = match outcome.daemon {
        Daemon::Rootful => ("", "daemon.settings"),
        Daemon::Rootless => ("rootless.", "daemon.settings"),
    };
    let own = outcome.given.iter().filter_map(|(option, value)| {
        let name = option.name.strip_prefix(prefix)?;
        (!prefix.is_empty() || !name.starts_with("rootless.")).then(|| (name, Wrapped::of(value)))
    });
    let mut own: Vec<(&'static str, Wrapped)> = own.collect();
    let mut writer = Writer { text: &request.text, given: Given::default() };
    // What is around all of it goes around all that is printed, which is turned on by the text then.
    let has_options = matches!(form, Form::Module | Form::Flake);
    let outer = match own.iter().any(|it| it.0 == "enable") {
        true => common(&own.iter().map(|it| &it.1).collect::<Vec<_>>()),
        false => Vec::new(),
    };
    match writer.functions(&outer) {
        Some(functions) if form != Form::Settings => writer.given.outer = functions,
        // It holds for all that is printed, or for nothing of it.
        _ => writer.as_if(&outer),
    }
    own.iter_mut().for_each(|it| drop(it.1.around.drain(..outer.len())));
    let of = |name: &str| own.iter().filter(|it| it.0 == name).map(|it| &it.1).collect::<Vec<&Wrapped>>();

    // A priority of all settings, and what nobody knows, say something of what else is in them.
    let is_one = |it: &&Wrapped| {
        let is_unknown = matches!(it.value.kind, Kind::Unknown(_) | Kind::Applied(..));
        is_unknown || it.around.iter().any(|it| matches!(it, Around::Override(_)))
    };
    let is_whole = of(settings).iter().any(is_one);
    if is_whole {
        writer.given.is_whole = true;
        writer.given.whole = writer.all("daemon.settings", &of(settings));
        let lost = SETTINGS.iter().map(|it| it.0).filter(|it| !has_options && !of(it).is_empty());
        for option in lost {
            let span = of(option).first().map(|it| it.value.span).unwrap_or_default();
            writer.left(option, span, "has no place beside `daemon.settings` as they are");
        }
    }
    let mut members = Vec::new();
    let mut sets: Vec<&Wrapped> = of(settings);
    if outcome.settings_are_a_submodule() {
        sets.reverse();
    }
    sets.iter().for_each(|it| it.members(&mut members));
    let mut keys: Vec<&str> = Vec::new();
    for (key, _) in &members {
        if !keys.contains(key) {
            keys.push(key);
        }
    }
    let flags = outcome.flags_in(&request.text);
    let flags: Vec<&str> = flags.iter().map(|it| &*it.key).filter(|it| !outcome.has_in_file(it)).collect();
    let is_alone = !is_whole && flags.is_empty() && SETTINGS.iter().all(|it| of(it.0).is_empty());
    let inner = match is_alone {
        true => common(&sets),
        false => Vec::new(),
    };
    let inner = match writer.functions(&inner) {
        Some(functions) if form != Form::Settings => {
            writer.given.inner = functions;
            inner.len()
        }
        _ => 0,
    };
    members.iter_mut().for_each(|it| drop(it.1.around.drain(..inner)));
    for key in keys.into_iter().filter(|_| !is_whole) {
        let all: Vec<&Wrapped> = members.iter().filter(|it| it.0 == key).map(|it| &it.1).collect();
        // None becomes an option of its own, which would be outside. Of a set that nobody knows, what it comes to has nothing.
        let is_known = |it: &&Wrapped| !matches!(it.value.kind, Kind::Unknown(_) | Kind::Applied(..));
        if inner > 0 || !all.iter().all(|it| it.is_plain()) || (all.len() > 1 && !all.iter().all(is_known)) {
            let value = writer.all(key, &all);
            writer.given.settings.push((key.to_owned(), value));
        }
    }
    for (option, key) in SETTINGS {
        let all = of(option);
        let is_plain = all.iter().all(|it| it.is_plain());
        let is_other = members.iter().any(|it| it.0 == *key);
        let is_conditional = writer.given.has_setting(key);
        if all.is_empty() || (is_plain && !is_conditional && !is_whole) {
            continue;
        }
        match has_options && outcome.daemon == Daemon::Rootful {
            true => {
                writer.option(option, &all);
                if !is_other {
                    writer.given.settings.push(((*key).to_owned(), None));
                }
            }
            false if !is_other && !is_whole => {
                let value = writer.all(key, &all);
                writer.given.settings.push(((*key).to_owned(), value));
            }
            false => {}
        }
    }
    let line = of("extraOptions");
    if !line.is_empty() && (is_whole || !line.iter().all(|it| it.is_plain())) {
        match has_options {
            true => writer.option("extraOptions", &line),
            false => {
                let span = line.iter().map(|it| it.value.span).find(|it| it.start < it.end);
                writer.left(
                    "extraOptions",
                    span.unwrap_or_default(),
                    "has a condition or a priority, or settings beside it that have",
                );
            }
        }
        writer.given.settings.extend(flags.iter().map(|it| ((*it).to_owned(), None)));
    }
    let mut others: Vec<&'static str> = own.iter().map(|it| it.0).collect();
    others.dedup();
    others.retain(|it| *it != settings && *it != "extraOptions" && SETTINGS.iter().all(|known| known.0 != *it));
    for name in others {
        let all = of(name);
        if !writer.given.has_option(name) && !all.iter().all(|it| it.is_plain()) {
            writer.option(name, &all);
        }
    }
    writer.given
}

/// Which conditions are taken to hold where none can be written.
pub(super) fn assumed(request: &Request, outcome: &Outcome) -> Vec<Note> {
    let mut conditions = outcome.conditions();
    conditions.dedup_by(|a, b| a.name == b.name && !a.name.is_empty());
    let note = |it: &Condition| {
        let message = match outcome.opposed.contains(it) {
            true => ["What holds only where `", it.span.of(&request.text), "` does is left out."].concat(),
            false => as_if_it_held(&request.text, it),
        };
        Note { span: Some(it.span), ..Note::new(Severity::Warning, message) }
    };
    conditions.into_iter().map(note).collect()
}

/// What a target does not say of the text: notes on conditions that are taken to hold, and on sets that nobody knows.
pub(in crate::daemon) fn unsaid(
    request: &Request,
    report: &Report,
    outcome: &Outcome,
    given: &Given,
    is_nix: bool,
) -> Vec<Note> {
    let mut notes = if is_nix { Vec::new() } else { assumed(request, outcome) };
    notes.extend(unknown_sets(outcome, &report.document, given, is_nix));
    notes
}

/// Notes on sets that the text does not tell: nobody knows what is in them, so no setting stands for it.
fn unknown_sets(outcome: &Outcome, document: &Document, given: &Given, is_nix: bool) -> Vec<Note> {
    let mut told = Vec::new();
    gather_opaque(&document.root, &mut told);
    let is_unknown = |it: &&Opaque| {
        let setting = it.path.iter().position(|it| it == "settings").and_then(|at| it.path.get(at + 1));
        let is_option = is_option(it.path.get(2..).unwrap_or_default());
        let is_said = match setting {
            Some(name) => given.has_setting(name) || given.is_whole,
            None if it.path.last().is_some_and(|it| it == "settings") => given.is_whole,
            None => is_option || !(is_nix || super::effective::leads_to_settings(&it.path)),
        };
        !is_said && !told.contains(&it.span)
    };
    let note = |it: &Opaque| {
        let message = ["The value of `", &it.path.join("."), "` is not in the text, so it is left out."].concat();
        Note { span: Some(it.span), ..Note::new(Severity::Warning, message) }
    };
    outcome.opaque.iter().filter(is_unknown).map(note).collect()
}

fn gather_opaque(node: &Node, found: &mut Vec<Span>) {
    if node.kind == NodeKind::Opaque {
        found.push(node.span);
    }
    node.elements().iter().for_each(|it| gather_opaque(it, found));
    node.members().iter().for_each(|it| gather_opaque(&it.value, found));
}

/// That a condition is taken to hold.
fn as_if_it_held(text: &str, condition: &Condition) -> String {
    ["The text does not tell whether `", condition.span.of(text), "` holds: this is printed as if it did."].concat()
}

struct Writer<'a> {
    text: &'a str,
    given: Given,
}

impl Writer<'_> {
    fn option(&mut self, name: &'static str, all: &[&Wrapped]) {
        let value = self.all(name, all);
        self.given.options.push((name, value));
    }

    /// All that is said of one option or setting.
    fn all(&mut self, name: &str, all: &[&Wrapped]) -> Option<Nix> {
        let mut values: Vec<Nix> = all.iter().filter_map(|it| self.wrapped(name, it)).collect();
        match values.len() {
            0 | 1 => values.pop(),
            _ => Some(self.call("lib.mkMerge".to_owned(), Nix::List(values))),
        }
    }

    fn wrapped(&mut self, name: &str, wrapped: &Wrapped) -> Option<Nix> {
        let Some(functions) = self.functions(&wrapped.around) else {
            self.left(name, wrapped.value.span, "holds under a condition that has names of other parts of the text");
            return None;
        };
        let value = self.value(name, wrapped.value)?;
        Some(functions.into_iter().rev().fold(value, |value, function| self.call(function, value)))
    }

    fn call(&mut self, function: String, argument: Nix) -> Nix {
        self.uses("lib");
        Nix::Call(function.into(), Box::new(argument))
    }

    fn uses(&mut self, argument: &'static str) {
        if !self.given.arguments.contains(&argument) {
            self.given.arguments.push(argument);
        }
    }

    fn left(&mut self, name: &str, span: Span, why: &str) {
        let message = ["`", name, "` ", why, ", so it is left out."].concat();
        self.given.notes.push(Note { span: Some(span), ..Note::new(Severity::Warning, message) });
    }

    /// Says what is around all of it and not printed.
    fn as_if(&mut self, around: &[Around]) {
        for it in around {
            let (message, span) = match it {
                Around::If(it) => (as_if_it_held(self.text, it), Some(it.span)),
                Around::Override(_) | Around::Order(_) => {
                    let function = self.function(it).unwrap_or_default();
                    (["`", &function, "` around all of it is not printed."].concat(), None)
                }
            };
            self.given.notes.push(Note { span, ..Note::new(Severity::Warning, message) });
        }
    }

    /// What is around a value, as functions to apply; `None` where it has names that a module is not given.
    fn functions(&mut self, around: &[Around]) -> Option<Vec<String>> {
        let functions: Option<Vec<String>> = around.iter().map(|it| self.function(it)).collect();
        if !around.is_empty() && functions.is_some() {
            self.uses("lib");
        }
        functions
    }

    fn function(&mut self, around: &Around) -> Option<String> {
        Some(match around {
            Around::Override(50) => "lib.mkForce".to_owned(),
            Around::Override(1000) => "lib.mkDefault".to_owned(),
            Around::Override(1500) => "lib.mkOptionDefault".to_owned(),
            Around::Override(priority) => ["lib.mkOverride ", &nix::write_inline(&nix::integer(*priority))].concat(),
            Around::Order(500) => "lib.mkBefore".to_owned(),
            Around::Order(1500) => "lib.mkAfter".to_owned(),
            Around::Order(place) => ["lib.mkOrder ", &nix::write_inline(&nix::integer(*place))].concat(),
            Around::If(condition) => {
                let words = self.words(condition.span.of(self.text), &condition.name)?;
                let is_name = words.bytes().all(|it| it.is_ascii_alphanumeric() || b"._-'".contains(&it));
                match is_name || (words.starts_with('(') && condition.name == words) {
                    true => ["lib.mkIf ", &words].concat(),
                    false => ["lib.mkIf (", &words, ")"].concat(),
                }
            }
        })
    }

    /// An expression word for word, or as it is called where these are words of other parts of the text.
    fn words(&mut self, written: &str, name: &str) -> Option<String> {
        let (words, arguments) = [written, name]
            .into_iter()
            .filter(|it| !it.is_empty())
            .find_map(|it| arguments_of(it).map(|arguments| (it, arguments)))?;
        arguments.into_iter().for_each(|it| self.uses(it));
        Some(words.to_owned())
    }

    fn value(&mut self, name: &str, value: &Value) -> Option<Nix> {
        Some(match &value.kind {
            Kind::Null => Nix::Word("null"),
            Kind::Bool(it) => Nix::from(*it),
            Kind::Int(it) => nix::integer(*it),
            Kind::Float(it) => nix::number(&format!("{it:?}")).ok()?,
            Kind::String(it) => nix::string(it).ok()?,
            Kind::List(elements) => Nix::List(elements.iter().filter_map(|it| self.value(name, it)).collect()),
            Kind::Set(attributes) => {
                let member = |it: &nix::value::Attribute| {
                    let value = self.value(&[name, ".", &it.name].concat(), &it.value)?;
                    Some(Binding::named(&it.name, value))
                };
                Nix::Set(attributes.iter().filter_map(member).collect())
            }
            Kind::Merge(values) => {
                let values = values.iter().filter_map(|it| self.value(name, it)).collect();
                self.call("lib.mkMerge".to_owned(), Nix::List(values))
            }
            Kind::If(..) | Kind::Override(..) | Kind::Order(..) => return self.wrapped(name, &Wrapped::of(value)),
            Kind::Unknown(words) | Kind::Path(words) | Kind::Applied(words, _) => {
                let called = if matches!(value.kind, Kind::Unknown(_)) { &**words } else { "" };
                match self.words(value.span.of(self.text), called) {
                    Some(words) => Nix::Raw(words),
                    None => {
                        self.left(name, value.span, "has names of other parts of the text");
                        return None;
                    }
                }
            }
            Kind::Function(..) => {
                self.left(name, value.span, "is a function");
                return None;
            }
            Kind::Missing => return None,
        })
    }
}
