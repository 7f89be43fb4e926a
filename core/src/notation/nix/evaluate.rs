//! What does an expression come to, as far as the text tells?
//!
//! Values are made when they are asked for, once each, and lie side by side; what goes on for too long or too deep is
//! unknown.
//!
//! Source: nix `src/libexpr/eval.cc`

use std::rc::Rc;

use super::{
    free::is_known_everywhere,
    layout::{LayoutId, Layouts, Place, What},
    library::{self, Function},
    open::Filling,
    syntax::{Attr, AttrName, Form, Id, Operator, Parameter, Part, Symbol, Syntax},
    value::{self, Condition, Failure, FailureKind},
};
use crate::text::Span;

/// The number of a value that is made when it is asked for.
pub(super) type Later = usize;

type ScopeId = usize;

/// How deep one value may ask for another.
const MAX_DEPTH: usize = 200;

/// What is called by a longer path has no name, in bytes.
const MAX_PATH: usize = 300;

/// So many names are remembered that lead to a value.
const MAX_THROUGH: usize = 16;

/// A value, and where it comes from.
#[derive(Clone)]
pub(super) struct Found {
    pub kind: Kind,
    pub span: Span,
    pub through: Option<Rc<[Span]>>,
    /// Why Nix fails for certain where it asks for it.
    pub failure: Failing,
}

/// Why Nix fails for certain, if it does.
pub(super) type Failing = Option<Rc<Failure>>;

impl Found {
    /// The same, asked for together with what may fail.
    pub fn with(mut self, failing: Failing) -> Self {
        self.failure = self.failure.or(failing);
        self
    }

    /// The bytes where it is used.
    fn used(&self) -> Span {
        self.through.as_deref().and_then(|it| it.first()).copied().unwrap_or(self.span)
    }
}

#[derive(Clone)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    String(Rc<str>),
    Path(Rc<str>),
    List(Rc<Vec<Later>>),
    Set(Rc<Set>),
    Function {
        function: Id,
        scope: ScopeId,
    },
    /// A function of the library, with the arguments that it has so far.
    Known {
        function: &'static Function,
        arguments: Rc<Vec<Later>>,
    },
    Applied(Rc<str>, Later),
    Override(i64, Later),
    Order(i64, Later),
    If(Rc<Condition>, Later),
    Merge(Rc<Vec<Later>>),
    Unknown(Rc<str>),
    Missing,
}

/// Names with their values, in the order written.
#[derive(Default)]
pub(super) struct Set {
    pub members: Vec<Member>,
    /// The members sorted by name, when there are many.
    index: Vec<(Symbol, usize)>,
}

#[derive(Clone, Copy)]
pub(super) struct Member {
    pub name: Symbol,
    pub place: Place,
    pub value: Later,
}

/// More members than this are looked up in an index.
const FEW: usize = 8;

impl Set {
    /// Of two members of one name the first counts.
    pub fn of(members: Vec<Member>) -> Self {
        let mut set = Self { members, index: Vec::new() };
        if set.members.len() > FEW {
            set.index = set.members.iter().enumerate().map(|(at, it)| (it.name, at)).collect();
            set.index.sort_unstable();
        }
        set
    }

    pub fn position(&self, name: Symbol) -> Option<usize> {
        if self.members.len() <= FEW {
            return self.members.iter().position(|it| it.name == name);
        }
        let at = self.index.partition_point(|it| it.0 < name);
        self.index.get(at).filter(|it| it.0 == name).map(|it| it.1)
    }

    pub fn get(&self, name: Symbol) -> Option<&Member> {
        self.position(name).and_then(|it| self.members.get(it))
    }
}

#[derive(Clone)]
enum State {
    /// An expression.
    Expression(Id, ScopeId),
    /// A set that is written in several places.
    Layout(LayoutId, ScopeId),
    /// A name, looked up outside of the set that inherits it.
    Name(Symbol, Span, ScopeId),
    /// A name of another value.
    From(Later, Symbol, Span),
    /// A function applied to an argument.
    Apply(Later, Rc<Vec<Later>>, Span),
    /// Being made.
    Busy,
    Done(Found),
}

struct Scope {
    around: Option<ScopeId>,
    names: Names,
}

enum Names {
    Set(Rc<Set>),
    /// Of `with`, or that function arguments come from.
    With(Later),
    One(Symbol, Later),
}

pub(super) struct Machine<'t> {
    text: &'t str,
    syntax: &'t mut Syntax,
    layouts: &'t Layouts,
    laters: Vec<State>,
    scopes: Vec<Scope>,
    /// How much work is left.
    fuel: usize,
    depth: usize,
    nothing: Rc<str>,
    /// Whether all values so far are those of Nix: none is only likely, as those under a condition that nobody knows are.
    /// What fails without any such value fails for certain.
    pub is_certain: bool,
    /// Whether there are no mistakes of syntax.
    is_sound: bool,
    /// Why an argument of the function of the library that is running makes it fail.
    pub failing: Failing,
    /// What stands in strings for values that nobody knows; `None` for nothing, which makes a string with such a value one
    /// that nobody knows.
    pub filling: Option<Filling<'t>>,
}

impl<'t> Machine<'t> {
    pub fn new(
        text: &'t str,
        syntax: &'t mut Syntax,
        layouts: &'t Layouts,
        is_sound: bool,
        filling: Option<Filling<'t>>,
    ) -> Self {
        Self {
            text,
            syntax,
            layouts,
            laters: Vec::new(),
            scopes: Vec::new(),
            fuel: 50_000 + 4 * text.len(),
            depth: 0,
            nothing: "".into(),
            is_certain: is_sound,
            is_sound,
            failing: None,
            filling,
        }
    }

    /// The value of the whole text.
    pub fn whole(&mut self, root: Id) -> value::Value {
        let scope = self.scope(None, Names::Set(Rc::new(Set::default())));
        let found = self.evaluate(root, scope);
        let mut budget = Budget { values: 10_000 + self.text.len(), bytes: 100_000 + 4 * self.text.len() };
        self.expand(found, 0, &mut budget)
    }

    // ── small things ──

    /// Whether so much work may be done.
    pub fn spend(&mut self, work: usize) -> bool {
        match self.fuel.checked_sub(work) {
            Some(rest) => {
                self.fuel = rest;
                true
            }
            None => {
                self.fuel = 0;
                false
            }
        }
    }

    pub fn found(&self, kind: Kind, span: Span) -> Found {
        Found { kind, span, through: None, failure: None }
    }

    pub fn unknown(&self, span: Span) -> Found {
        self.found(Kind::Unknown(self.nothing.clone()), span)
    }

    /// A failure, where everything so far is certain.
    fn failure(&self, kind: FailureKind, span: Span) -> Failing {
        self.is_certain.then(|| Rc::new(Failure { kind, span }))
    }

    /// A value that Nix does not come to.
    pub fn fails(&self, kind: FailureKind, span: Span) -> Found {
        self.unknown(span).with(self.failure(kind, span))
    }

    /// Why a value cannot be what is wanted: it fails itself, or is known to be something else.
    pub fn wants(&self, wanted: &'static str, found: &Found) -> Failing {
        let kind = match (wanted, known(&found.kind)) {
            (_, None) => None,
            ("a number", Some("a whole number" | "a number with a fraction")) => None,
            // Both can become text.
            ("a string", Some("a path")) => None,
            ("a string" | "a function", Some("a set")) => match &found.kind {
                Kind::Set(set) if self.is_special(set) => None,
                _ => Some("a set"),
            },
            (_, Some(kind)) => Some(kind).filter(|it| *it != wanted),
        };
        let wrong = kind.and_then(|kind| self.failure(FailureKind::WrongKind { wanted, found: kind }, found.used()));
        found.failure.clone().or(wrong)
    }

    /// Whether a set can be taken for text or be called.
    fn is_special(&self, set: &Set) -> bool {
        set.members.iter().any(|it| matches!(self.name(it.name), "outPath" | "__toString" | "__functor"))
    }

    pub fn done(&mut self, found: Found) -> Later {
        self.later(State::Done(found))
    }

    pub fn made(&mut self, kind: Kind, span: Span) -> Later {
        let found = self.found(kind, span);
        self.done(found)
    }

    fn later(&mut self, state: State) -> Later {
        self.laters.push(state);
        self.laters.len() - 1
    }

    /// A function applied, when it is asked for.
    pub fn applied(&mut self, function: Later, arguments: Vec<Later>, span: Span) -> Later {
        self.later(State::Apply(function, Rc::new(arguments), span))
    }

    pub fn symbol(&mut self, name: &str) -> Symbol {
        self.syntax.names.of(name)
    }

    pub fn name(&self, symbol: Symbol) -> &str {
        self.syntax.names.name(symbol)
    }

    fn scope(&mut self, around: Option<ScopeId>, names: Names) -> ScopeId {
        self.scopes.push(Scope { around, names });
        self.scopes.len() - 1
    }

    fn through(&self, mut found: Found, span: Span) -> Found {
        if found.span == span {
            return found;
        }
        let inner = found.through.as_deref().unwrap_or_default();
        let outer = inner.iter().take(MAX_THROUGH - 1).copied();
        found.through = Some(std::iter::once(span).chain(outer).collect());
        found
    }

    // ── values when they are asked for ──

    pub fn force(&mut self, later: Later) -> Found {
        let Some(slot) = self.laters.get_mut(later) else {
            return self.unknown(Span::default());
        };
        if let State::Done(found) = slot {
            return found.clone();
        }
        if self.depth >= MAX_DEPTH {
            return self.unknown(Span::default());
        }
        let state = std::mem::replace(slot, State::Busy);
        self.depth += 1;
        let found = match state {
            State::Expression(id, scope) => self.evaluate(id, scope),
            State::Layout(layout, scope) => self.set(layout, scope),
            State::Name(name, span, scope) => {
                let found = self.look_up(name, span, scope);
                self.through(found, span)
            }
            State::From(from, name, span) => {
                let from = self.force(from);
                let found = self.member(&from, name, span);
                self.through(found, span)
            }
            State::Apply(function, arguments, span) => {
                let function = self.force(function);
                self.apply_all(function, &arguments, span)
            }
            // It needs itself.
            State::Busy => self.unknown(Span::default()),
            State::Done(found) => found,
        };
        self.depth -= 1;
        if let Some(slot) = self.laters.get_mut(later) {
            *slot = State::Done(found.clone());
        }
        found
    }

    pub fn evaluate(&mut self, id: Id, scope: ScopeId) -> Found {
        let span = self.syntax.span(id);
        if self.depth >= MAX_DEPTH || !self.spend(1) {
            return self.unknown(span);
        }
        self.depth += 1;
        let found = self.form(id, span, scope);
        self.depth -= 1;
        found
    }

    fn form(&mut self, id: Id, span: Span, scope: ScopeId) -> Found {
        let kind = match self.syntax.form(id) {
            Form::Missing => Kind::Missing,
            Form::Beyond => return self.unknown(span),
            Form::Int(number) => Kind::Int(*number),
            Form::Float(number) => Kind::Float(*number),
            Form::SearchPath => Kind::Path(span.of(self.text).into()),
            Form::Uri => Kind::String(span.of(self.text).into()),
            Form::String(_) => return self.string(id, span, scope),
            Form::Path(_) => return self.path(id, span, scope),
            Form::Name(name) => {
                let name = *name;
                let found = self.look_up(name, span, scope);
                return self.through(found, span);
            }
            Form::List(_) => return self.list(id, span, scope),
            Form::Set { .. } => {
                let layout = self.layouts.of_expression(id);
                return match layout {
                    Some(layout) => self.set(layout, scope),
                    None => self.unknown(span),
                };
            }
            Form::Let { body, .. } => {
                let body = *body;
                let inner = self.let_scope(id, scope);
                return self.evaluate(body, inner);
            }
            Form::OldLet { .. } => return self.old_let(id, span, scope),
            Form::With { namespace, body } => {
                let (namespace, body) = (*namespace, *body);
                let namespace = self.later(State::Expression(namespace, scope));
                let inner = self.scope(Some(scope), Names::With(namespace));
                return self.evaluate(body, inner);
            }
            Form::Assert { condition, body } => {
                let (condition, body) = (*condition, *body);
                let found = self.evaluate(condition, scope);
                let failing = match found.kind {
                    Kind::Bool(false) => self.failure(FailureKind::Assertion, self.syntax.span(condition)),
                    _ => self.wants("a boolean", &found),
                };
                return self.evaluate(body, scope).with(failing);
            }
            Form::If { condition, then, or_else } => {
                let (condition, then, or_else) = (*condition, *then, *or_else);
                let condition = self.evaluate(condition, scope);
                return match condition.kind {
                    Kind::Bool(true) => self.evaluate(then, scope),
                    Kind::Bool(false) => self.evaluate(or_else, scope),
                    _ => self.unknown(span).with(self.wants("a boolean", &condition)),
                }
                .with(condition.failure);
            }
            Form::Function { .. } => Kind::Function { function: id, scope },
            Form::Apply { .. } => return self.application(id, scope),
            Form::Select { .. } => return self.select(id, span, scope),
            Form::Has { .. } => return self.has(id, span, scope),
            Form::Binary { .. } => return self.operation(id, scope),
            Form::Not(operand) => {
                let operand = *operand;
                let found = self.evaluate(operand, scope);
                let failing = self.wants("a boolean", &found);
                return match &found.kind {
                    Kind::Bool(value) => self.found(Kind::Bool(!value), span).with(found.failure),
                    Kind::Unknown(name) => {
                        let name = self.composed(&["!", name]);
                        self.found(Kind::Unknown(name), span).with(failing)
                    }
                    _ => self.unknown(span).with(failing),
                };
            }
            Form::Negate(operand) => {
                let operand = *operand;
                let found = self.evaluate(operand, scope);
                let negative = match found.kind {
                    Kind::Int(number) => number.checked_neg().map(Kind::Int),
                    Kind::Float(number) => Some(Kind::Float(0.0 - number)),
                    _ => None,
                };
                let failing = self.wants("a number", &found);
                return negative.map_or_else(|| self.unknown(span), |it| self.found(it, span)).with(failing);
            }
        };
        self.found(kind, span)
    }

    /// The text of an expression; nothing of one that is long.
    pub fn written(&self, span: Span) -> &str {
        Some(span.of(self.text)).filter(|it| it.len() <= MAX_PATH).unwrap_or_default()
    }

    /// The name of what is made of such as have names.
    fn composed(&self, pieces: &[&str]) -> Rc<str> {
        let name = pieces.concat();
        match pieces.contains(&"") || name.len() > MAX_PATH {
            true => self.nothing.clone(),
            false => name.into(),
        }
    }

    // ── strings, paths, lists ──

    fn string(&mut self, id: Id, span: Span, scope: ScopeId) -> Found {
        match self.filled(id, scope, false) {
            Ok(text) => self.found(Kind::String(text), span),
            Err(failing) => self.unknown(span).with(failing),
        }
    }

    fn path(&mut self, id: Id, span: Span, scope: ScopeId) -> Found {
        match self.filled(id, scope, true) {
            Ok(text) => self.found(Kind::Path(text), span),
            Err(failing) => self.unknown(span).with(failing),
        }
    }

    /// A string or path with what is filled in.
    fn filled(&mut self, id: Id, scope: ScopeId, is_path: bool) -> Result<Rc<str>, Failing> {
        let count = match self.syntax.form(id) {
            Form::String(parts) | Form::Path(parts) => match parts.as_slice() {
                [] => return Ok("".into()),
                [Part::Text(text)] => return Ok(text.as_str().into()),
                parts => parts.len(),
            },
            _ => return Err(None),
        };
        let mut text = String::new();
        for index in 0..count {
            let (Form::String(parts) | Form::Path(parts)) = self.syntax.form(id) else {
                return Err(None);
            };
            let fill = match parts.get(index) {
                Some(Part::Text(part)) => {
                    text.push_str(part);
                    continue;
                }
                Some(Part::Fill(fill)) => *fill,
                None => return Err(None),
            };
            let found = self.evaluate(fill, scope);
            match &found.kind {
                Kind::String(part) if found.failure.is_none() => text.push_str(part),
                Kind::Path(part) if is_path && found.failure.is_none() => text.push_str(part),
                _ => match self.filled_in(&found, self.syntax.span(fill)) {
                    Some(part) => text.push_str(&part),
                    None => return Err(self.wants("a string", &found)),
                },
            }
            let length = text.len();
            if !self.spend(length / 64 + 1) || length > MAX_STRING {
                return Err(None);
            }
        }
        Ok(text.into())
    }

    /// Whether something stands in strings for what nobody knows.
    pub fn is_filling(&self) -> bool {
        self.filling.is_some()
    }

    /// What stands in a string for a value that nobody knows.
    fn filled_in(&mut self, found: &Found, span: Span) -> Option<String> {
        let path = match &found.kind {
            Kind::Unknown(path) | Kind::Applied(path, _) => path.clone(),
            // However many there are of a list.
            Kind::Merge(parts) if parts.len() == 1 => {
                let part = self.force(*parts.first()?);
                return self.filled_in(&part, span);
            }
            // Its copy in the store.
            Kind::Path(path) => path.clone(),
            _ => return None,
        };
        let filling = self.filling.as_mut().filter(|_| found.failure.is_none())?;
        self.is_certain = false;
        Some(filling.fill(self.text, span, &path, matches!(found.kind, Kind::Path(_))))
    }

    /// The text of an operand beside a string.
    fn beside_string(&mut self, found: Found, span: Span) -> Found {
        match self.filled_in(&found, span) {
            Some(text) => Found { kind: Kind::String(text.into()), ..found },
            None => found,
        }
    }

    fn list(&mut self, id: Id, span: Span, scope: ScopeId) -> Found {
        let Form::List(elements) = self.syntax.form(id) else {
            return self.unknown(span);
        };
        let elements: Vec<Later> = elements
            .iter()
            .map(|it| {
                self.laters.push(State::Expression(*it, scope));
                self.laters.len() - 1
            })
            .collect();
        match self.spend(elements.len()) {
            true => self.found(Kind::List(Rc::new(elements)), span),
            false => self.unknown(span),
        }
    }

    // ── sets ──

    fn set(&mut self, id: LayoutId, scope: ScopeId) -> Found {
        let layout = self.layouts.get(id);
        let span = layout.span;
        let inner = match layout.is_recursive {
            true => self.scope(Some(scope), Names::Set(Rc::new(Set::default()))),
            false => scope,
        };
        let Some(set) = self.members(id, scope, inner) else {
            return self.unknown(span);
        };
        self.found(Kind::Set(set), span)
    }

    /// The members of a layout; where they see each other, `inner` is the scope of it.
    fn members(&mut self, id: LayoutId, scope: ScopeId, inner: ScopeId) -> Option<Rc<Set>> {
        let layouts = self.layouts;
        let layout = layouts.get(id);
        if !self.spend(layout.entries.len()) {
            return None;
        }
        let mut members = Vec::with_capacity(layout.entries.len());
        let mut has_computed = false;
        let mut sources: Vec<(Id, Later)> = Vec::new();
        for entry in &layout.entries {
            let AttrName::Known(name) = entry.name else {
                has_computed = true;
                continue;
            };
            let state = match entry.what {
                What::Value(value) => State::Expression(value, inner),
                What::Set(layout) => State::Layout(layout, inner),
                What::Inherit => State::Name(name, entry.place.name, scope),
                What::InheritFrom(from) => {
                    let source = match sources.last() {
                        Some((known, later)) if *known == from => *later,
                        _ => {
                            let later = self.later(State::Expression(from, inner));
                            sources.push((from, later));
                            later
                        }
                    };
                    State::From(source, name, entry.place.name)
                }
            };
            let value = self.later(state);
            members.push(Member { name, place: entry.place, value });
        }
        let known = Rc::new(Set::of(members));
        if let Some(its) = self.scopes.get_mut(inner)
            && inner != scope
        {
            its.names = Names::Set(known.clone());
        }
        match has_computed {
            true => Some(self.with_computed(id, inner, &known)),
            false => Some(known),
        }
    }

    /// Adds the members whose names only their values tell.
    fn with_computed(&mut self, id: LayoutId, inner: ScopeId, known: &Rc<Set>) -> Rc<Set> {
        let layouts = self.layouts;
        let layout = layouts.get(id);
        let mut members = Vec::with_capacity(layout.entries.len());
        let mut names = known.members.iter();
        let mut added = std::collections::BTreeSet::new();
        for entry in &layout.entries {
            let computed = match entry.name {
                AttrName::Known(_) => {
                    members.extend(names.next().copied());
                    continue;
                }
                AttrName::Computed(computed) => computed,
            };
            let name = match self.evaluate(computed, inner).kind {
                Kind::String(name) => self.symbol(&name),
                Kind::Null => continue,
                _ => {
                    self.is_certain = false;
                    let written = entry.place.name.of(self.text);
                    self.syntax.names.of(written)
                }
            };
            // Nix refuses a name that is there already.
            if known.get(name).is_some() || !added.insert(name) {
                continue;
            }
            let state = match entry.what {
                What::Value(value) => State::Expression(value, inner),
                What::Set(layout) => State::Layout(layout, inner),
                What::Inherit | What::InheritFrom(_) => continue,
            };
            let value = self.later(state);
            members.push(Member { name, place: entry.place, value });
        }
        Rc::new(Set::of(members))
    }

    fn let_scope(&mut self, id: Id, scope: ScopeId) -> ScopeId {
        let inner = self.scope(Some(scope), Names::Set(Rc::new(Set::default())));
        if let Some(layout) = self.layouts.of_expression(id) {
            self.members(layout, scope, inner);
        }
        inner
    }

    fn old_let(&mut self, id: Id, span: Span, scope: ScopeId) -> Found {
        let body = self.symbol("body");
        let inner = self.let_scope(id, scope);
        let value = match self.scopes.get(inner).map(|it| &it.names) {
            Some(Names::Set(set)) => set.get(body).map(|it| it.value),
            _ => None,
        };
        match value {
            Some(value) => self.force(value),
            None => self.unknown(span),
        }
    }

    // ── names ──

    /// What a name stands for, where it is used.
    fn look_up(&mut self, name: Symbol, span: Span, scope: ScopeId) -> Found {
        let mut withs = Vec::new();
        let mut at = Some(scope);
        while let Some(scope) = at.and_then(|it| self.scopes.get(it)) {
            match &scope.names {
                Names::Set(set) => {
                    if let Some(member) = set.get(name) {
                        let value = member.value;
                        return self.force_by_name(value, name, span);
                    }
                }
                Names::One(known, value) if *known == name => {
                    let value = *value;
                    return self.force_by_name(value, name, span);
                }
                Names::One(..) => {}
                Names::With(namespace) => withs.push(*namespace),
            }
            at = scope.around;
            if !self.spend(1) {
                return self.unknown(span);
            }
        }
        match self.name(name) {
            "true" => return self.found(Kind::Bool(true), span),
            "false" => return self.found(Kind::Bool(false), span),
            "null" => return self.found(Kind::Null, span),
            _ => {}
        }
        // Of the innermost `with` that could have it.
        let mut could_be: Option<Rc<str>> = None;
        let mut failing = None;
        let mut is_open = withs.is_empty();
        for namespace in withs {
            let namespace = self.force(namespace);
            if !is_open && failing.is_none() {
                failing = self.wants("a set", &namespace);
            }
            match namespace.kind {
                Kind::Set(set) => {
                    if let (Some(member), None) = (set.get(name), &could_be) {
                        let value = member.value;
                        // An open one around it could have it.
                        self.is_certain &= !is_open;
                        return self.force_by_name(value, name, span).with(failing);
                    }
                    continue;
                }
                Kind::Unknown(path) if !path.is_empty() => {
                    let full: Rc<str> = [&path, ".", self.name(name)].concat().into();
                    let is_library = path.rsplit('.').next().is_some_and(|it| matches!(it, "lib" | "builtins"));
                    match library::by_path(&full) {
                        Some(_) => {
                            self.is_certain &= could_be.is_none();
                            return self.found(Kind::Unknown(full), span);
                        }
                        None if is_library => {}
                        None => {
                            could_be.get_or_insert(full);
                        }
                    }
                }
                _ => {
                    let nothing = self.nothing.clone();
                    could_be.get_or_insert(nothing);
                }
            }
            is_open = true;
        }
        let written = self.name(name);
        let is_global = is_known_everywhere(written);
        if failing.is_none() && !is_open && !is_global {
            failing = self.failure(FailureKind::Undefined(written.to_owned()), span);
        }
        let failing = failing.filter(|_| !is_global);
        if let Some(function) = library::by_name(written) {
            self.is_certain &= is_global || could_be.is_none();
            return self.found(Kind::Known { function, arguments: Rc::new(Vec::new()) }, span).with(failing);
        }
        let path = could_be.unwrap_or_else(|| written.into());
        self.found(Kind::Unknown(path), span).with(failing)
    }

    fn force_by_name(&mut self, value: Later, name: Symbol, span: Span) -> Found {
        if !self.spend(1) {
            return self.unknown(span);
        }
        let found = self.force(value);
        match &found.kind {
            // Nothing better is known of it than how it is called.
            Kind::Unknown(path) if path.is_empty() => {
                let kind = Kind::Unknown(self.name(name).into());
                Found { kind, ..found }
            }
            _ => found,
        }
    }

    // ── selecting ──

    /// A member by its name.
    pub fn member(&mut self, from: &Found, name: Symbol, span: Span) -> Found {
        match &from.kind {
            Kind::Set(set) => match set.get(name) {
                Some(member) => self.force(member.value).with(from.failure.clone()),
                None => self.fails(FailureKind::NoMember(self.name(name).to_owned()), span).with(from.failure.clone()),
            },
            Kind::Unknown(path) | Kind::Applied(path, _) => {
                let name = self.composed(&[path, ".", self.name(name)]);
                self.found(Kind::Unknown(name), span).with(from.failure.clone())
            }
            _ => self.unknown(span).with(self.wants("a set", from)),
        }
    }

    fn select(&mut self, id: Id, span: Span, scope: ScopeId) -> Found {
        let Form::Select { from, path, default } = self.syntax.form(id) else {
            return self.unknown(span);
        };
        let (from, count, default) = (*from, path.len(), *default);
        let mut found = self.evaluate(from, scope);
        for index in 0..count {
            let Some(name) = self.selected_name(id, index, scope) else {
                return self.unknown(span);
            };
            if !self.spend(1) {
                return self.unknown(span);
            }
            let is_there = match &found.kind {
                Kind::Set(set) => set.get(name).is_some(),
                Kind::Unknown(_) | Kind::Applied(..) => true,
                _ => false,
            };
            match (is_there, default) {
                (false, Some(default)) => return self.evaluate(default, scope).with(found.failure),
                _ => {
                    let part = Span::new(span.start, self.selected_end(id, index, span));
                    found = self.member(&found, name, part);
                }
            }
        }
        match count {
            0 => self.found(Kind::Missing, span),
            _ => self.through(found, span),
        }
    }

    fn selected_end(&self, id: Id, index: usize, span: Span) -> usize {
        match self.syntax.form(id) {
            Form::Select { path, .. } => path.get(index).map_or(span.end, |it| it.span.end),
            _ => span.end,
        }
    }

    /// The name of a path at an index; as written where nobody knows it.
    fn selected_name(&mut self, id: Id, index: usize, scope: ScopeId) -> Option<Symbol> {
        let (Form::Select { path, .. } | Form::Has { path, .. }) = self.syntax.form(id) else {
            return None;
        };
        let Attr { span, name } = path.get(index)?;
        let span = *span;
        match *name {
            AttrName::Known(symbol) => Some(symbol),
            AttrName::Computed(computed) => match self.evaluate(computed, scope).kind {
                Kind::String(name) => Some(self.symbol(&name)),
                _ => {
                    self.is_certain = false;
                    let written = span.of(self.text);
                    Some(self.syntax.names.of(written))
                }
            },
        }
    }

    fn has(&mut self, id: Id, span: Span, scope: ScopeId) -> Found {
        let Form::Has { from, path } = self.syntax.form(id) else {
            return self.unknown(span);
        };
        let (from, count) = (*from, path.len());
        let mut found = self.evaluate(from, scope);
        for index in 0..count {
            let Some(name) = self.selected_name(id, index, scope) else {
                return self.unknown(span);
            };
            match &found.kind {
                Kind::Set(set) => match set.get(name) {
                    Some(member) => {
                        let value = member.value;
                        // The last one need not be known.
                        if index + 1 < count {
                            found = self.force(value).with(found.failure);
                        }
                    }
                    None => return self.found(Kind::Bool(false), span).with(found.failure),
                },
                kind => {
                    let answer = match known(kind) {
                        Some(_) => Kind::Bool(false),
                        None => Kind::Unknown(self.nothing.clone()),
                    };
                    return self.found(answer, span).with(found.failure);
                }
            }
        }
        self.found(Kind::Bool(true), span).with(found.failure)
    }

    // ── functions ──

    fn application(&mut self, id: Id, scope: ScopeId) -> Found {
        // The innermost function first: `((f a) b) c`.
        let mut arguments = Vec::new();
        let mut function = id;
        while let Form::Apply { function: inner, argument } = self.syntax.form(function) {
            arguments.push((*argument, self.syntax.span(function)));
            function = *inner;
            if self.fuel <= arguments.len() {
                break;
            }
        }
        self.spend(arguments.len());
        let mut found = self.evaluate(function, scope);
        for (argument, span) in arguments.into_iter().rev() {
            let argument = self.later(State::Expression(argument, scope));
            found = self.apply(found, argument, span);
        }
        found
    }

    pub fn apply_all(&mut self, mut function: Found, arguments: &[Later], span: Span) -> Found {
        for argument in arguments {
            function = self.apply(function, *argument, span);
        }
        function
    }

    /// A function applied to one argument; `span` is the application.
    pub fn apply(&mut self, function: Found, argument: Later, span: Span) -> Found {
        if self.depth >= MAX_DEPTH || !self.spend(1) {
            return self.unknown(span);
        }
        self.depth += 1;
        let found = self.apply_one(function, argument, span);
        self.depth -= 1;
        found
    }

    fn apply_one(&mut self, function: Found, argument: Later, span: Span) -> Found {
        let failing = self.wants("a function", &function);
        let found = match function.kind {
            Kind::Function { function, scope } => {
                let found = self.call(function, scope, Some(argument), span);
                self.through(found, span)
            }
            Kind::Known { function, arguments } => {
                let mut arguments = Vec::clone(&arguments);
                arguments.push(argument);
                self.apply_known(function, arguments, span)
            }
            Kind::Unknown(path) => match library::by_path(&path) {
                Some(function) => self.apply_known(function, vec![argument], span),
                None => self.found(Kind::Applied(path, argument), span),
            },
            Kind::Applied(path, _) => self.found(Kind::Applied(path, argument), span),
            Kind::Missing => self.found(Kind::Missing, span),
            _ => self.unknown(span),
        };
        found.with(failing)
    }

    fn apply_known(&mut self, function: &'static Function, arguments: Vec<Later>, span: Span) -> Found {
        match arguments.len() < function.arity {
            true => self.found(Kind::Known { function, arguments: Rc::new(arguments) }, span),
            false => {
                let around = self.failing.take();
                let found = (function.run)(self, &arguments, span);
                let failing = std::mem::replace(&mut self.failing, around);
                found.with(failing)
            }
        }
    }

    /// The body of a function with its argument, or with one that nobody knows.
    fn call(&mut self, id: Id, scope: ScopeId, argument: Option<Later>, span: Span) -> Found {
        let Form::Function { parameter: Parameter { name, pattern, is_open }, body } = self.syntax.form(id) else {
            return self.unknown(span);
        };
        let (name, body, is_open) = (*name, *body, *is_open);
        let mut failing = None;
        let names = pattern.as_ref().map(|it| it.iter().map(|it| (it.0, it.1)).collect::<Vec<_>>());
        let mut inner = scope;
        if let Some(name) = name {
            let value = argument.unwrap_or_else(|| self.nobody_knows(name, span));
            inner = self.scope(Some(inner), Names::One(name, value));
        }
        if let Some(names) = names {
            inner = self.scope(Some(inner), Names::Set(Rc::new(Set::default())));
            if !self.spend(names.len()) {
                return self.unknown(span);
            }
            let argument = argument.map(|it| self.force(it));
            failing = argument.as_ref().and_then(|it| self.wants("a set", it));
            let given = match argument.map(|it| it.kind) {
                Some(Kind::Set(set)) => Some(set),
                _ => None,
            };
            if let Some(given) = given.as_ref().filter(|_| failing.is_none()) {
                failing = self.mismatch(&names, given, is_open, span);
            }
            let members = names.into_iter().map(|(name, default)| {
                let value = match (given.as_ref().and_then(|it| it.get(name)), default) {
                    (Some(member), _) => member.value,
                    (None, Some(default)) if given.is_some() => self.later(State::Expression(default, inner)),
                    _ => self.nobody_knows(name, span),
                };
                Member { name, place: Place::default(), value }
            });
            let set = Rc::new(Set::of(members.collect()));
            if let Some(scope) = self.scopes.get_mut(inner) {
                scope.names = Names::Set(set);
            }
        }
        self.evaluate(body, inner).with(failing)
    }

    /// Why a function cannot be called with a set: an argument is missing, or there is another one.
    fn mismatch(&self, names: &[(Symbol, Option<Id>)], given: &Set, is_open: bool, span: Span) -> Failing {
        let missing = names.iter().find(|it| it.1.is_none() && given.get(it.0).is_none());
        if let Some((name, _)) = missing {
            return self.failure(FailureKind::MissingArgument(self.name(*name).to_owned()), span);
        }
        if is_open {
            return None;
        }
        let names: std::collections::BTreeSet<Symbol> = names.iter().map(|it| it.0).collect();
        let other = given.members.iter().find(|it| !names.contains(&it.name));
        other.and_then(|it| self.failure(FailureKind::OtherArgument(self.name(it.name).to_owned()), span))
    }

    /// An argument that nobody knows.
    fn nobody_knows(&mut self, name: Symbol, span: Span) -> Later {
        let kind = Kind::Unknown(self.name(name).into());
        self.made(kind, span)
    }

    // ── operators ──

    fn operation(&mut self, id: Id, scope: ScopeId) -> Found {
        // The leftmost operand first, however many there are.
        let mut rest = Vec::new();
        let mut leftmost = id;
        while let Form::Binary { operator, left, right } = self.syntax.form(leftmost) {
            rest.push((*operator, *right, self.syntax.span(leftmost)));
            leftmost = *left;
            if self.fuel <= rest.len() {
                break;
            }
        }
        self.spend(rest.len());
        let mut left = self.evaluate(leftmost, scope);
        for (operator, right, span) in rest.into_iter().rev() {
            left = self.operate(operator, left, right, span, scope);
        }
        left
    }

    fn operate(&mut self, operator: Operator, left: Found, right: Id, span: Span, scope: ScopeId) -> Found {
        let truth = |kind: &Kind| match kind {
            Kind::Bool(value) => Some(*value),
            _ => None,
        };
        let logic = match operator {
            Operator::And => Some((false, false)),
            Operator::Or => Some((true, true)),
            Operator::Implies => Some((false, true)),
            _ => None,
        };
        if let Some((decides, result)) = logic {
            let failing = self.wants("a boolean", &left);
            let named = left.kind.clone();
            let left = truth(&named);
            if left == Some(decides) {
                return self.found(Kind::Bool(result), span).with(failing);
            }
            let right = self.evaluate(right, scope);
            // Where the left one decides, the right one is not asked for.
            let failing = failing.or(left.and_then(|_| self.wants("a boolean", &right)));
            return match (left, truth(&right.kind)) {
                (Some(_), Some(right)) => self.found(Kind::Bool(right), span),
                // Whatever the left one is.
                (None, Some(right)) if operator != Operator::Implies && right == decides => {
                    self.found(Kind::Bool(result), span)
                }
                (None, Some(true)) if operator == Operator::Implies => self.found(Kind::Bool(true), span),
                _ => match (&named, &right.kind, operator) {
                    (Kind::Unknown(left), Kind::Unknown(right), Operator::And | Operator::Or) => {
                        let word = if operator == Operator::And { " && " } else { " || " };
                        self.found(Kind::Unknown(self.composed(&["(", left, word, right, ")"])), span)
                    }
                    _ => self.unknown(span),
                },
            }
            .with(failing);
        }
        if operator == Operator::PipeRight {
            let function = self.evaluate(right, scope);
            let argument = self.done(left);
            return self.apply(function, argument, span);
        }
        if operator == Operator::PipeLeft {
            let argument = self.later(State::Expression(right, scope));
            return self.apply(left, argument, span);
        }
        let right = self.evaluate(right, scope);
        if matches!(right.kind, Kind::Missing) {
            // Half-typed: what is there counts.
            return left;
        }
        match operator {
            Operator::Concat => self.concat(left, right, span),
            Operator::Update => self.update(&left, &right, span),
            Operator::Equal | Operator::NotEqual => match self.are_equal(&left, &right, 0) {
                Some(is_equal) => self.found(Kind::Bool(is_equal == (operator == Operator::Equal)), span),
                None => self.unknown(span),
            }
            .with(left.failure.or(right.failure)),
            Operator::Add => self.add(left, right, span),
            _ => {
                let failing = self.cannot_calculate(operator, &left, &right, span);
                match calculate(operator, &left.kind, &right.kind) {
                    Some(kind) => self.found(kind, span),
                    None => self.unknown(span),
                }
                .with(failing)
            }
        }
    }

    /// Why nothing comes of two operands.
    fn cannot_calculate(&self, operator: Operator, left: &Found, right: &Found, span: Span) -> Failing {
        use Operator::{Divide, Less, LessOrEqual, More, MoreOrEqual};
        if matches!(operator, Less | LessOrEqual | More | MoreOrEqual) {
            return left.failure.clone().or(right.failure.clone()).or_else(|| match known(&left.kind)? {
                "a whole number" | "a number with a fraction" => self.wants("a number", right),
                "a string" => match known(&right.kind)? {
                    "a path" => {
                        self.failure(FailureKind::WrongKind { wanted: "a string", found: "a path" }, right.used())
                    }
                    _ => self.wants("a string", right),
                },
                kind @ ("a list" | "a path") => self.wants(kind, right),
                _ => self.wants("a number", left),
            });
        }
        let is_zero = matches!(right.kind, Kind::Int(0)) || matches!(right.kind, Kind::Float(it) if it == 0.0);
        let failing = self.wants("a number", left).or_else(|| self.wants("a number", right));
        failing.or_else(|| match operator == Divide && is_zero && known(&left.kind).is_some() {
            true => self.failure(FailureKind::DividedByZero, span),
            false => None,
        })
    }

    /// Two lists in a row. What nobody knows is one element of it: the rest still counts.
    pub fn concat(&mut self, left: Found, right: Found, span: Span) -> Found {
        let is_list = |it: &Found| matches!(it.kind, Kind::List(_));
        let failing = self.wants("a list", &left).or_else(|| self.wants("a list", &right));
        if !is_list(&left) && !is_list(&right) {
            return self.unknown(span).with(failing);
        }
        // How many elements there are is not known.
        self.is_certain &= is_list(&left) && is_list(&right) || failing.is_some();
        let mut elements = self.elements(left);
        let added = self.elements(right);
        if Rc::get_mut(&mut elements).is_none() && !self.spend(elements.len()) || !self.spend(added.len()) {
            return self.unknown(span);
        }
        Rc::make_mut(&mut elements).extend(added.iter());
        self.found(Kind::List(elements), span).with(failing)
    }

    /// The elements of a list; of what nobody knows one, for however many there are.
    fn elements(&mut self, found: Found) -> Rc<Vec<Later>> {
        if let Kind::List(elements) = found.kind {
            return elements;
        }
        let span = found.span;
        let mut element = self.done(found);
        if self.filling.is_some() {
            let several = self.found(Kind::Merge(Rc::new(vec![element])), span);
            element = self.done(several);
        }
        Rc::new(vec![element])
    }

    /// `//`
    pub fn update(&mut self, left: &Found, right: &Found, span: Span) -> Found {
        let failing = self.wants("a set", left).or_else(|| self.wants("a set", right));
        let (Kind::Set(left), Kind::Set(right)) = (&left.kind, &right.kind) else {
            let is_open = |it: &Found| matches!(it.kind, Kind::Unknown(_) | Kind::Applied(..));
            let is_half_known = matches!(left.kind, Kind::Set(_)) && is_open(right)
                || matches!(right.kind, Kind::Set(_)) && is_open(left);
            if !is_half_known || self.filling.is_none() {
                return self.unknown(span).with(failing);
            }
            // What is known of it still counts where a text is read for what it says.
            let halves = vec![self.done(left.clone()), self.done(right.clone())];
            return self.found(Kind::Merge(Rc::new(halves)), span).with(failing);
        };
        match self.updated(left, right) {
            Some(set) => self.found(Kind::Set(Rc::new(set)), span),
            None => self.unknown(span),
        }
        .with(failing)
    }

    fn updated(&mut self, left: &Set, right: &Set) -> Option<Set> {
        if !self.spend(left.members.len() + right.members.len()) {
            return None;
        }
        let mut members = left.members.clone();
        for member in &right.members {
            match left.position(member.name).and_then(|it| members.get_mut(it)) {
                Some(place) => *place = *member,
                None => members.push(*member),
            }
        }
        Some(Set::of(members))
    }

    fn add(&mut self, mut left: Found, mut right: Found, span: Span) -> Found {
        match (&left.kind, &right.kind) {
            (Kind::String(_), Kind::Unknown(_)) => {
                let place = right.used();
                right = self.beside_string(right, place);
            }
            (Kind::Unknown(_), Kind::String(_)) => {
                let place = left.used();
                left = self.beside_string(left, place);
            }
            _ => {}
        }
        let wanted = match left.kind {
            Kind::Int(_) | Kind::Float(_) => "a number",
            _ => "a string",
        };
        // What the left one is, the right one must be; where nobody knows that, nothing is wrong.
        let failing = self.wants(wanted, &left).or_else(|| match known(&left.kind) {
            Some(_) => self.wants(wanted, &right),
            None => right.failure.clone(),
        });
        let kind = match (left.kind, right.kind) {
            (Kind::String(left), Kind::String(right)) => self.joined(&left, &right).map(Kind::String),
            (Kind::Path(left), Kind::String(right) | Kind::Path(right)) => self.joined(&left, &right).map(Kind::Path),
            (left, right) => calculate(Operator::Add, &left, &right),
        };
        kind.map_or_else(|| self.unknown(span), |it| self.found(it, span)).with(failing)
    }

    fn joined(&mut self, left: &str, right: &str) -> Option<Rc<str>> {
        let length = left.len() + right.len();
        let can_be = self.spend(length / 64 + 1) && length <= MAX_STRING;
        can_be.then(|| [left, right].concat().into())
    }

    /// Whether two values are equal; `None` where nobody knows.
    pub fn are_equal(&mut self, left: &Found, right: &Found, depth: usize) -> Option<bool> {
        if depth > 60 || !self.spend(1) {
            return None;
        }
        Some(match (&left.kind, &right.kind) {
            (Kind::Null, Kind::Null) => true,
            (Kind::Bool(left), Kind::Bool(right)) => left == right,
            (Kind::Int(left), Kind::Int(right)) => left == right,
            (Kind::Int(int), Kind::Float(float)) | (Kind::Float(float), Kind::Int(int)) => *int as f64 == *float,
            (Kind::Float(left), Kind::Float(right)) => left == right,
            (Kind::String(left), Kind::String(right)) => left == right,
            // `./a/../b` is `./b`.
            (Kind::Path(left), Kind::Path(right)) if left != right => return None,
            (Kind::Path(_), Kind::Path(_)) => true,
            (Kind::List(left), Kind::List(right)) => {
                if left.len() != right.len() {
                    return Some(false);
                }
                for (left, right) in left.iter().zip(right.iter()) {
                    let (left, right) = (self.force(*left), self.force(*right));
                    if !self.are_equal(&left, &right, depth + 1)? {
                        return Some(false);
                    }
                }
                true
            }
            (Kind::Set(left), Kind::Set(right)) => {
                if left.members.len() != right.members.len() {
                    return Some(false);
                }
                for member in &left.members {
                    let Some(other) = right.get(member.name) else {
                        return Some(false);
                    };
                    let (left, right) = (self.force(member.value), self.force(other.value));
                    if !self.are_equal(&left, &right, depth + 1)? {
                        return Some(false);
                    }
                }
                true
            }
            (Kind::Function { .. }, _) | (_, Kind::Function { .. }) => return None,
            (left, right) if known(left).is_some() && known(right).is_some() => false,
            _ => return None,
        })
    }

    // ── handing out ──

    fn expand(&mut self, found: Found, depth: usize, budget: &mut Budget) -> value::Value {
        let Found { kind, span, through, failure } = found;
        let kind = match budget.takes(&kind, depth) {
            true => self.expand_kind(kind, depth + 1, budget),
            false => value::Kind::Unknown(String::new()),
        };
        let failure = failure.as_deref().cloned();
        value::Value { kind, span, through: through.as_deref().unwrap_or_default().to_vec(), failure }
    }

    fn expand_later(&mut self, later: Later, depth: usize, budget: &mut Budget) -> Box<value::Value> {
        let found = self.force(later);
        Box::new(self.expand(found, depth, budget))
    }

    fn expand_all(&mut self, laters: &[Later], depth: usize, budget: &mut Budget) -> Vec<value::Value> {
        let mut values = Vec::new();
        for later in laters {
            if budget.values == 0 {
                break;
            }
            let found = self.force(*later);
            values.push(self.expand(found, depth, budget));
        }
        values
    }

    fn expand_kind(&mut self, kind: Kind, depth: usize, budget: &mut Budget) -> value::Kind {
        match kind {
            Kind::Null => value::Kind::Null,
            Kind::Bool(value) => value::Kind::Bool(value),
            Kind::Int(number) => value::Kind::Int(number),
            Kind::Float(number) => value::Kind::Float(number),
            Kind::String(text) => value::Kind::String(text.as_ref().to_owned()),
            Kind::Path(text) => value::Kind::Path(text.as_ref().to_owned()),
            Kind::List(elements) => value::Kind::List(self.expand_all(&elements, depth, budget)),
            Kind::Merge(elements) => value::Kind::Merge(self.expand_all(&elements, depth, budget)),
            Kind::Set(set) => value::Kind::Set(self.expand_set(&set, depth, budget)),
            Kind::Function { function, scope } => {
                let span = self.syntax.span(function);
                let found = self.call(function, scope, None, span);
                let head = self.head(function).filter(|_| self.is_sound);
                value::Kind::Function(head, Box::new(self.expand(found, depth, budget)))
            }
            Kind::Known { function, .. } => value::Kind::Unknown(["lib.", function.name].concat()),
            Kind::Applied(name, argument) => {
                let argument = self.expand_later(argument, depth, budget);
                value::Kind::Applied(name.as_ref().to_owned(), argument)
            }
            Kind::Override(weight, content) => value::Kind::Override(weight, self.expand_later(content, depth, budget)),
            Kind::Order(order, content) => value::Kind::Order(order, self.expand_later(content, depth, budget)),
            Kind::If(condition, content) => {
                value::Kind::If(condition.as_ref().clone(), self.expand_later(content, depth, budget))
            }
            Kind::Unknown(name) => value::Kind::Unknown(name.as_ref().to_owned()),
            Kind::Missing => value::Kind::Missing,
        }
    }

    /// The arguments of a function that takes no others, and has a value for none of them.
    fn head(&self, function: Id) -> Option<value::Head> {
        let Form::Function { parameter: Parameter { pattern: Some(pattern), is_open: false, .. }, body } =
            self.syntax.form(function)
        else {
            return None;
        };
        let start = self.syntax.span(function).start;
        let written = self.text.get(start..self.syntax.span(*body).start)?;
        let end = written.find('}').filter(|_| written.starts_with('{') && !written.contains(['#', '*', '?']))?;
        let names = pattern.iter().map(|it| self.name(it.0).to_owned()).collect();
        Some(value::Head { names, span: Span::new(start, start + end + 1) })
    }

    fn expand_set(&mut self, set: &Set, depth: usize, budget: &mut Budget) -> Vec<value::Attribute> {
        let mut attributes = Vec::new();
        for member in &set.members {
            if budget.values == 0 {
                break;
            }
            let found = self.force(member.value);
            let value = self.expand(found, depth, budget);
            attributes.push(value::Attribute {
                name: self.name(member.name).to_owned(),
                name_span: member.place.name,
                path_span: member.place.path,
                binding: member.place.binding,
                value,
            });
        }
        attributes
    }
}

/// No string is longer, in bytes.
pub(super) const MAX_STRING: usize = 1 << 21;

/// How much may be handed out.
struct Budget {
    values: usize,
    bytes: usize,
}

impl Budget {
    /// Whether one more value may be handed out.
    fn takes(&mut self, kind: &Kind, depth: usize) -> bool {
        let bytes = match kind {
            Kind::String(text) | Kind::Path(text) | Kind::Unknown(text) | Kind::Applied(text, _) => text.len(),
            Kind::If(condition, _) => condition.name.len(),
            _ => 0,
        };
        let (values, rest) = (self.values.checked_sub(1), self.bytes.checked_sub(bytes));
        let can_be = depth < crate::document::MAX_DEPTH && values.is_some() && rest.is_some();
        if can_be {
            self.values = values.unwrap_or(0);
            self.bytes = rest.unwrap_or(0);
        } else {
            self.values = self.values.saturating_sub(1);
        }
        can_be
    }
}

/// What a value is known to be, with an article. Sets that wrap another value are not known: one whose condition holds is
/// read as what is in it.
pub(super) fn known(kind: &Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Null => "null",
        Kind::Bool(_) => "a boolean",
        Kind::Int(_) => "a whole number",
        Kind::Float(_) => "a number with a fraction",
        Kind::String(_) => "a string",
        Kind::Path(_) => "a path",
        Kind::List(_) => "a list",
        Kind::Set(_) => "a set",
        Kind::Function { .. } => "a function",
        _ => return None,
    })
}

/// Arithmetic, and comparison by size.
fn calculate(operator: Operator, left: &Kind, right: &Kind) -> Option<Kind> {
    use std::cmp::Ordering;
    let ordered = |order: Option<Ordering>| {
        let order = order?;
        Some(Kind::Bool(match operator {
            Operator::Less => order.is_lt(),
            Operator::LessOrEqual => order.is_le(),
            Operator::More => order.is_gt(),
            Operator::MoreOrEqual => order.is_ge(),
            _ => return None,
        }))
    };
    let floats = |left: f64, right: f64| match operator {
        Operator::Add => Some(Kind::Float(left + right)),
        Operator::Subtract => Some(Kind::Float(left - right)),
        Operator::Multiply => Some(Kind::Float(left * right)),
        Operator::Divide if right != 0.0 => Some(Kind::Float(left / right)),
        _ => ordered(left.partial_cmp(&right)),
    };
    match (left, right) {
        (Kind::Int(left), Kind::Int(right)) => match operator {
            Operator::Add => left.checked_add(*right).map(Kind::Int),
            Operator::Subtract => left.checked_sub(*right).map(Kind::Int),
            Operator::Multiply => left.checked_mul(*right).map(Kind::Int),
            Operator::Divide => left.checked_div(*right).map(Kind::Int),
            _ => ordered(Some(left.cmp(right))),
        },
        (Kind::Int(left), Kind::Float(right)) => floats(*left as f64, *right),
        (Kind::Float(left), Kind::Int(right)) => floats(*left, *right as f64),
        (Kind::Float(left), Kind::Float(right)) => floats(*left, *right),
        (Kind::String(left), Kind::String(right)) => ordered(Some(left.cmp(right))),
        _ => None,
    }
}
