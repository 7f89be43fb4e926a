//! What do several definitions of one option come to?
//!
//! As the module system has it: of the definitions that hold, those of the highest priority count; lists are put
//! together, sets member by member, and anything else must be the same everywhere.
//!
//! Source: nixpkgs `lib/modules.nix` (`mergeDefinitions`, `dischargeProperties`, `filterOverrides`, `sortProperties`,
//! `pushDownProperties`), `lib/types.nix` and `lib/options.nix` (`mergeEqualOption`, `mergeOneOption`).

use super::{
    flaw::{Flaw, FlawKind, shown},
    kinds::Type,
};
use crate::{
    document::{Kind as NodeKind, MAX_DEPTH, Member, Node, Value as Written},
    notation::nix::value::{Attribute, Kind, Value},
    text::{Span, order},
};

/// The priority of a definition without `mkForce` and its like.
pub(super) const PLAIN: i64 = 100;
/// That of `mkDefault`.
pub(super) const DEFAULT: i64 = 1000;
/// That of `mkOptionDefault`, and of the default that an option is declared with.
pub(super) const OPTION_DEFAULT: i64 = 1500;
/// The place in a list without `mkBefore` and its like.
const MIDDLE: i64 = 1000;

/// Who gives a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The user's text.
    Text,
    /// NixOS's own modules.
    Module,
}

/// What an option, or a part of its value, comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// What it is.
    pub content: Content,
    /// The bytes of the value; of several, those of the first in the text. Empty where no text writes it.
    pub span: Span,
    /// The bytes of its name; those of the value for an element.
    pub key: Span,
    /// Who gives it; the text where both do.
    pub origin: Origin,
    /// The bytes of the name that stands for the value, where a `let` gives it.
    pub used: Option<Span>,
    /// Whether all that counts of it holds only under conditions that nobody knows.
    pub is_conditional: bool,
}

/// The kinds of merged values.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A string.
    String(String),
    /// A list, in its final order.
    List(Vec<Merged>),
    /// A set, by name as Nix sorts: by bytes.
    Set(Vec<(String, Merged)>),
    /// What the text does not tell. Its name where it has one: `pkgs.docker_29`.
    Opaque(String),
}

impl Merged {
    /// The value of a member.
    pub fn member(&self, name: &str) -> Option<&Self> {
        match &self.content {
            Content::Set(members) => members.iter().find(|it| it.0 == name).map(|it| &it.1),
            _ => None,
        }
    }

    /// The truth value when it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.content {
            Content::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The text when it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.content {
            Content::String(text) => Some(text),
            _ => None,
        }
    }

    /// The same as a value of a document. A value at one of the `shared` places is at the name that stands for it.
    pub fn node(&self, shared: &[Span]) -> Node {
        let kind = match &self.content {
            Content::Null => NodeKind::Null,
            Content::Bool(value) => NodeKind::Bool(*value),
            Content::Int(number) => NodeKind::Number(number.to_string()),
            Content::Float(number) => NodeKind::Number(digits(*number)),
            Content::String(text) => NodeKind::String(text.clone()),
            Content::List(elements) => NodeKind::List(elements.iter().map(|it| it.node(shared)).collect()),
            Content::Set(members) => {
                let mut members: Vec<Member> = members.iter().map(|(name, it)| it.as_member(name, shared)).collect();
                order::sort(&mut members, |a, b| a.key_span.cmp(&b.key_span));
                NodeKind::Map(members)
            }
            Content::Opaque(_) => NodeKind::Opaque,
        };
        let used = self.used.filter(|_| shared.binary_search(&self.span).is_ok());
        Node::new(kind, used.unwrap_or(self.span))
    }

    /// The same as a member of a document.
    pub fn as_member(&self, name: &str, shared: &[Span]) -> Member {
        Member { key: name.to_owned(), key_span: self.key, value: self.node(shared), sound: true }
    }

    /// Collects the places of values that names stand for.
    pub(super) fn gather_used(&self, spans: &mut Vec<Span>) {
        spans.extend(self.used.map(|_| self.span));
        match &self.content {
            Content::List(elements) => elements.iter().for_each(|it| it.gather_used(spans)),
            Content::Set(members) => members.iter().for_each(|it| it.1.gather_used(spans)),
            _ => {}
        }
    }

    /// The same as it is printed; what is opaque is left out.
    pub fn written(&self) -> Option<Written> {
        Some(match &self.content {
            Content::Null => Written::Null,
            Content::Bool(value) => Written::Bool(*value),
            Content::Int(number) => Written::integer(*number),
            Content::Float(number) => Written::Number(digits(*number)),
            Content::String(text) => Written::String(text.clone()),
            Content::List(elements) => Written::List(elements.iter().filter_map(Self::written).collect()),
            Content::Set(members) => {
                Written::Map(members.iter().filter_map(|(name, it)| Some((name.clone(), it.written()?))).collect())
            }
            Content::Opaque(_) => return None,
        })
    }
}

/// The shortest digits by the grammar of JSON that read back as a float: `1.5`, `1e20`.
fn digits(number: f64) -> String {
    match number.is_finite() {
        true => format!("{number:?}"),
        false => "null".to_owned(),
    }
}

/// A definition on its way through the merging.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a> {
    /// The value, in its wrappers.
    pub value: &'a Value,
    /// The bytes of the name that it is given to.
    pub key: Span,
    /// The bytes of the whole binding, for taking it out; empty where there is none.
    pub binding: Span,
    /// Who gives it.
    pub origin: Origin,
    /// Whether it holds only under a condition that nobody knows.
    pub is_conditional: bool,
    /// The priority that a wrapper around the set it is in gives it.
    pub over: Option<i64>,
}

impl<'a> Given<'a> {
    /// A definition as the text gives it.
    pub fn of_text(value: &'a Value, key: Span, binding: Span) -> Self {
        Self { value, key, binding, origin: Origin::Text, is_conditional: false, over: None }
    }

    /// A definition of NixOS's own, its names at a place of the text.
    pub fn of_module(value: &'a Value) -> Self {
        let binding = Span::empty(value.span.start);
        Self { value, key: value.span, binding, origin: Origin::Module, is_conditional: false, over: None }
    }

    fn merged(&self, content: Content) -> Merged {
        let used = self.value.through.first().copied();
        let (span, is_conditional) = (self.value.span, self.is_conditional);
        Merged { content, span, key: self.key, origin: self.origin, used, is_conditional }
    }
}

/// Merges definitions, and keeps what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Merging {
    /// What nixos-rebuild refuses.
    pub flaws: Vec<Flaw>,
    /// The names of definitions of the text that count for nothing because the modules' own weigh more.
    pub outweighed: Vec<Span>,
    /// What the text does not tell.
    pub opaque: Vec<Opaque>,
    /// The first condition that nobody knows.
    pub condition: Option<Span>,
    /// The names that lead to what is being merged.
    path: Vec<String>,
    /// How many lists around hold only under conditions that nobody knows.
    conditional: usize,
}

/// A value, or a part of one, that the text does not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opaque {
    /// The names of the option, and of what is in its value.
    pub path: Vec<String>,
    /// The bytes of the expression.
    pub span: Span,
}

impl Merging {
    /// What an option comes to; `None` when nothing defines it.
    ///
    /// Where something is wrong, it is what the rest comes to.
    pub fn option(&mut self, path: &[&str], kind: Type, given: Vec<Given>) -> Option<Merged> {
        self.path = path.iter().map(|it| (*it).to_owned()).collect();
        self.merge(kind, given)
    }

    fn merge(&mut self, kind: Type, given: Vec<Given>) -> Option<Merged> {
        given.iter().for_each(|it| self.check_all(it.value, it));
        let mut counting = self.counting(given);
        counting.iter().for_each(|it| self.check(it));
        if kind != Type::Settings {
            counting.retain(|it| !self.is_wrapped(it));
        }
        counting.retain(|it| self.is_of(kind, it));
        if counting.is_empty() {
            return None;
        }
        let is_conditional = counting.iter().all(|it| it.is_conditional);
        let merged = match kind {
            Type::Json => self.json(counting),
            Type::Settings => self.settings(counting),
            Type::Line => {
                let pieces = counting.iter().map(|it| self.leaf(it)).collect();
                of_text(&counting).map(|it| it.merged(Content::List(pieces)))
            }
            Type::Texts | Type::Packages => self.list(counting),
            Type::Package => self.only(counting),
            Type::Bool | Type::Text | Type::OneOf(_) | Type::OneOfOrNone(_) => self.equal(counting),
        };
        merged.map(|it| Merged { is_conditional, ..it })
    }

    /// Keeps why a definition fails where it is asked for.
    fn check(&mut self, given: &Given) {
        if let Some(failure) = given.value.failure.as_ref().filter(|_| self.is_certain(given)) {
            self.flaw(FlawKind::Fails(failure.clone()), given, None);
        }
    }

    /// The same for each definition of a `mkMerge`: all of them are asked for, whatever their priority.
    fn check_all(&mut self, value: &Value, given: &Given) {
        self.check(&Given { value, ..*given });
        if let Kind::Merge(values) = &value.kind {
            values.iter().for_each(|it| self.check_all(it, given));
        }
    }

    fn is_certain(&self, given: &Given) -> bool {
        !given.is_conditional && self.conditional == 0
    }

    /// A value that is not put together.
    fn leaf(&mut self, given: &Given) -> Merged {
        let content = plain(given.value);
        if matches!(content, Content::Opaque(_)) {
            self.is_opaque(given);
        }
        given.merged(content)
    }

    /// Keeps that a part of a value is not known.
    fn is_opaque(&mut self, given: &Given) {
        let is_told = given.value.failure.is_some() && self.is_certain(given);
        if given.origin == Origin::Text && !is_told {
            self.opaque.push(Opaque { path: self.path.clone(), span: given.value.span });
        }
    }

    fn flaw(&mut self, kind: FlawKind, at: &Given, other: Option<&Given>) {
        let related = other.filter(|it| it.origin == Origin::Text).map(|it| it.value.span);
        let (path, key, binding, span) = (self.path.clone(), at.key, at.binding, at.value.span);
        self.flaws.push(Flaw { kind, path, key, binding, span, related });
    }

    // ── which definitions count ──

    /// The definitions that hold and are of the highest priority, in the order of `mkBefore` and its like.
    fn counting<'a>(&mut self, given: Vec<Given<'a>>) -> Vec<Given<'a>> {
        let mut holding = Vec::with_capacity(given.len());
        given.into_iter().for_each(|it| discharge(it, &mut holding));
        let conditional = holding.iter().find(|it| it.is_conditional && it.origin == Origin::Text);
        self.condition = self.condition.or(conditional.map(|it| it.key));
        let mut weighed: Vec<(i64, Given)> = holding.into_iter().map(without_priority).collect();
        let Some(highest) = weighed.iter().map(|it| it.0).min() else {
            return Vec::new();
        };
        let is_modules = weighed.iter().any(|it| it.0 == highest && it.1.origin == Origin::Module);
        let lighter = weighed.iter().filter(|it| it.0 > highest && it.1.origin == Origin::Text);
        self.outweighed.extend(lighter.filter(|_| is_modules).map(|it| it.1.key));
        weighed.retain(|it| it.0 == highest);
        let mut placed: Vec<(i64, Given)> = weighed.into_iter().map(|it| without_place(it.1)).collect();
        order::sort(&mut placed, |a, b| a.0.cmp(&b.0));
        placed.into_iter().map(|it| it.1).collect()
    }

    /// Whether a wrapper is left that the module system does not look into: `mkForce (mkIf …)`, which it takes for a set.
    fn is_wrapped(&mut self, given: &Given) -> bool {
        let is_wrapped =
            matches!(given.value.kind, Kind::Override(..) | Kind::Order(..) | Kind::If(..) | Kind::Merge(_));
        if is_wrapped {
            self.flaw(FlawKind::Wrapped, given, None);
        }
        is_wrapped
    }

    /// Whether a definition is of a type; what is opaque may be.
    fn is_of(&mut self, kind: Type, given: &Given) -> bool {
        let value = &given.value.kind;
        let is_opaque = matches!(value, Kind::Unknown(_) | Kind::Applied(..));
        if is_opaque || kind.takes(value) {
            return true;
        }
        let flaw = match (kind, value) {
            (Type::OneOf(choices) | Type::OneOfOrNone(choices), Kind::String(value)) => {
                FlawKind::NotPermitted { value: value.clone(), choices }
            }
            _ => FlawKind::WrongType { expected: kind.words(), found: found(value) },
        };
        self.flaw(flaw, given, None);
        false
    }

    // ── values of JSON ──

    fn json(&mut self, given: Vec<Given>) -> Option<Merged> {
        if self.path.len() > MAX_DEPTH {
            let first = given.first()?;
            self.is_opaque(first);
            return Some(first.merged(Content::Opaque(String::new())));
        }
        let (opaque, known): (Vec<Given>, Vec<Given>) = given.iter().partition(|it| shape(it.value) == Shape::Opaque);
        let known = self.of_one_shape(known);
        let Some(first) = known.first() else {
            return opaque.first().map(|it| self.leaf(it));
        };
        match shape(first.value) {
            // In their order, with what is opaque between what is known.
            Shape::List => {
                let lists = given.into_iter().filter(|it| matches!(shape(it.value), Shape::List | Shape::Opaque));
                self.list(lists.collect())
            }
            Shape::Set => {
                let mut members = Vec::new();
                for set in &known {
                    members.extend(attributes(set.value).iter().map(|it| (it, member_of(it, set))));
                }
                // It is not known what else is in it.
                opaque.iter().for_each(|it| self.is_opaque(it));
                let content = self.members(members, |_| Type::Json);
                Some(of_text(&known)?.merged(content))
            }
            Shape::Null | Shape::Scalar(_) | Shape::Opaque => self.equal(known),
        }
    }

    /// The definitions without those that cannot be merged with the first of them.
    fn of_one_shape<'a>(&mut self, mut given: Vec<Given<'a>>) -> Vec<Given<'a>> {
        // What only may hold gives way to what does.
        let decides = given.iter().find(|it| !it.is_conditional).or(given.first()).copied();
        let Some(first) = decides else {
            return given;
        };
        let expected = shape(first.value);
        let other = given.iter().find(|it| shape(it.value) != expected && !it.is_conditional).copied();
        if let Some(other) = other {
            let (at, other) = in_text(first, other);
            let is_null = [at, other].iter().any(|it| it.value.kind == Kind::Null);
            let flaw = match is_null {
                true => FlawKind::NullAndValue,
                false => conflict(&at, &other),
            };
            self.flaw(flaw, &at, Some(&other));
        }
        given.retain(|it| shape(it.value) == expected);
        given
    }

    /// A list of all elements.
    fn list(&mut self, given: Vec<Given>) -> Option<Merged> {
        let is_known = given.iter().any(|it| matches!(it.value.kind, Kind::List(_)));
        let mut elements = Vec::new();
        for it in &given {
            match &it.value.kind {
                Kind::List(values) => {
                    self.conditional += usize::from(it.is_conditional);
                    for value in values {
                        let binding = Span::empty(value.span.start);
                        let element =
                            Given { value, key: value.span, binding, over: None, is_conditional: false, ..*it };
                        elements.extend(self.merge(Type::Json, vec![element]));
                    }
                    self.conditional -= usize::from(it.is_conditional);
                }
                _ => elements.push(self.leaf(it)),
            }
        }
        match is_known {
            true => Some(of_text(&given)?.merged(Content::List(elements))),
            false => elements.into_iter().next(),
        }
    }

    /// A set of all members, those of one name merged.
    fn members(&mut self, mut members: Vec<(&Attribute, Given)>, kind: impl Fn(&str) -> Type) -> Content {
        order::sort(&mut members, |a, b| a.0.name.cmp(&b.0.name));
        let mut merged = Vec::new();
        for same in members.chunk_by(|a, b| a.0.name == b.0.name) {
            let Some((first, _)) = same.first() else { continue };
            self.path.push(first.name.clone());
            let value = self.merge(kind(&first.name), same.iter().map(|it| it.1).collect());
            self.path.pop();
            merged.extend(value.map(|it| (first.name.clone(), it)));
        }
        Content::Set(merged)
    }

    // ── the settings with an option of their own among them ──

    fn settings(&mut self, given: Vec<Given>) -> Option<Merged> {
        let mut members = Vec::new();
        // Each definition is a module of the submodule's, and those of later modules come first.
        for it in given.iter().rev() {
            push_down(*it, &mut |set| match &set.value.kind {
                Kind::Set(attributes) => {
                    members.extend(attributes.iter().map(|it| (it, member_of(it, &set))));
                }
                _ => self.is_opaque(&set),
            });
        }
        let content = self.members(members, |name| match name {
            "live-restore" => Type::Bool,
            _ => Type::Json,
        });
        Some(of_text(&given)?.merged(content))
    }

    // ── values of which there is one ──

    /// The one value that all definitions have.
    fn equal(&mut self, given: Vec<Given>) -> Option<Merged> {
        let known = given.iter().filter(|it| shape(it.value) != Shape::Opaque);
        let known: Vec<Given> = self.of_one_shape(known.copied().collect());
        // An opaque one is the same, or refused.
        let certain = known.iter().find(|it| !it.is_conditional).or(known.first());
        let Some(first) = certain.copied() else {
            return given.first().map(|it| self.leaf(it));
        };
        let others = known.iter().filter(|it| !it.is_conditional && !is_equal(it.value, first.value));
        if let Some(other) = others.copied().next() {
            let (at, other) = in_text(first, other);
            self.flaw(conflict(&at, &other), &at, Some(&other));
        }
        let same: Vec<Given> = known.into_iter().filter(|it| is_equal(it.value, first.value)).collect();
        of_text(&same).map(|it| self.leaf(&it))
    }

    /// A value that must be defined once.
    fn only(&mut self, given: Vec<Given>) -> Option<Merged> {
        let mut certain = given.iter().filter(|it| !it.is_conditional);
        if let (Some(first), Some(second)) = (certain.next(), certain.next()) {
            let (at, other) = in_text(*first, *second);
            self.flaw(FlawKind::Twice, &at, Some(&other));
        }
        given.first().map(|it| self.leaf(it))
    }
}

/// The definitions in `mkIf` and `mkMerge`.
fn discharge<'a>(given: Given<'a>, found: &mut Vec<Given<'a>>) {
    match &given.value.kind {
        _ if given.over.is_some() => found.push(given),
        Kind::Merge(values) => values.iter().for_each(|value| discharge(Given { value, ..given }, found)),
        Kind::If(_, value) => discharge(Given { value, is_conditional: true, ..given }, found),
        Kind::Missing => {}
        _ => found.push(given),
    }
}

/// The sets in `mkIf`, `mkMerge` and `mkForce` of a module, with what these say of each member.
fn push_down<'a>(given: Given<'a>, take: &mut impl FnMut(Given<'a>)) {
    match &given.value.kind {
        Kind::Merge(values) => values.iter().for_each(|value| push_down(Given { value, ..given }, take)),
        Kind::If(_, value) => push_down(Given { value, is_conditional: true, ..given }, take),
        Kind::Override(priority, value) => {
            push_down(Given { value, over: given.over.or(Some(*priority)), ..given }, take);
        }
        Kind::Missing => {}
        _ => take(given),
    }
}

/// Whether a value holds only under a condition that nobody knows.
pub(super) fn is_conditional(value: &Value) -> bool {
    match &value.kind {
        Kind::If(..) => true,
        Kind::Override(_, inner) | Kind::Order(_, inner) => is_conditional(inner),
        Kind::Merge(values) => values.iter().all(|it| it.kind == Kind::Missing || is_conditional(it)),
        _ => false,
    }
}

fn without_priority(given: Given) -> (i64, Given) {
    match (given.over, &given.value.kind) {
        (Some(priority), _) => (priority, Given { over: None, ..given }),
        (None, Kind::Override(priority, value)) => (*priority, Given { value, ..given }),
        (None, _) => (PLAIN, given),
    }
}

fn without_place(given: Given) -> (i64, Given) {
    match &given.value.kind {
        Kind::Order(place, value) => (*place, Given { value, ..given }),
        _ => (MIDDLE, given),
    }
}

/// A definition of a member of a set.
fn member_of<'a>(member: &'a Attribute, set: &Given<'a>) -> Given<'a> {
    Given { value: &member.value, key: member.name_span, binding: member.binding, ..*set }
}

fn attributes(value: &Value) -> &[Attribute] {
    match &value.kind {
        Kind::Set(attributes) => attributes,
        _ => &[],
    }
}

/// The first definition of the text, or of the modules where the text has none.
fn of_text<'a>(given: &[Given<'a>]) -> Option<Given<'a>> {
    let text = given.iter().filter(|it| it.origin == Origin::Text);
    text.min_by_key(|it| it.key).or(given.first()).copied()
}

/// Two definitions, the one to point at first: the later one in the text.
fn in_text<'a>(first: Given<'a>, second: Given<'a>) -> (Given<'a>, Given<'a>) {
    match (first.origin, second.origin) {
        (Origin::Text, Origin::Module) => (first, second),
        (Origin::Text, Origin::Text) if second.key < first.key => (first, second),
        _ => (second, first),
    }
}

fn conflict(at: &Given, other: &Given) -> FlawKind {
    FlawKind::Conflict { value: shown(at.value), other: shown(other.value), is_modules: other.origin == Origin::Module }
}

/// The content of a value that is not put together.
fn plain(value: &Value) -> Content {
    match &value.kind {
        Kind::Null => Content::Null,
        Kind::Bool(it) => Content::Bool(*it),
        Kind::Int(it) => Content::Int(*it),
        Kind::Float(it) => Content::Float(*it),
        Kind::String(it) => Content::String(it.clone()),
        Kind::Unknown(name) | Kind::Path(name) => Content::Opaque(name.clone()),
        _ => Content::Opaque(String::new()),
    }
}

/// Kinds of values that can be merged with their own kind only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Null,
    Scalar(u8),
    List,
    Set,
    Opaque,
}

fn shape(value: &Value) -> Shape {
    match value.kind {
        Kind::Null => Shape::Null,
        Kind::Bool(_) => Shape::Scalar(0),
        Kind::Int(_) => Shape::Scalar(1),
        Kind::Float(_) => Shape::Scalar(2),
        Kind::String(_) => Shape::Scalar(3),
        Kind::List(_) => Shape::List,
        Kind::Set(_) => Shape::Set,
        _ => Shape::Opaque,
    }
}

/// Whether two values that are neither lists nor sets are the same.
fn is_equal(a: &Value, b: &Value) -> bool {
    plain(a) == plain(b)
}

/// What a value is, with an article.
pub(super) fn found(kind: &Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Bool(_) => "a boolean",
        Kind::Int(_) => "a whole number",
        Kind::Float(_) => "a number with a fraction",
        Kind::String(_) => "a string",
        Kind::Path(_) => "a path",
        Kind::List(_) => "a list",
        Kind::Set(_) => "a set",
        Kind::Function(..) => "a function",
        _ => "an expression",
    }
}
