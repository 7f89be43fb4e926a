//! What is written where in a Nix text, for who looks for something in it and changes it in place?
//!
//! Nothing is evaluated: a name is followed to the one place that gives it a value, and no further.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    read::{MAX_TEXT, best},
    syntax::{Attr, AttrName, Binding, Form, Id, Operator, Part, Symbol, Syntax},
};
use crate::{document::Problem, text::Span};

/// What is written where.
pub(crate) struct Outline {
    syntax: Syntax,
    root: Id,
    /// The mistakes of syntax, in the order of the text.
    pub problems: Vec<Problem>,
    /// Whether the text is the inside of a set.
    pub is_fragment: bool,
    /// What names stand for; `None` where several places give a value.
    given: BTreeMap<Symbol, Option<Id>>,
}

/// What an expression is, as far as it is written.
pub(crate) enum Shape<'o> {
    /// A string with nothing filled in.
    Text(&'o str),
    /// A string with values filled in.
    Filled,
    /// A path.
    Path,
    /// A whole number.
    Int(i64),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// `[ … ]`
    List(&'o [usize]),
    /// `{ … }`, or several of them put together.
    Set(Members),
    /// A function applied.
    Call,
    /// Anything else: what only Nix knows.
    Other,
}

/// The members of a set.
#[derive(Default)]
pub(crate) struct Members {
    /// Each of them, those that count first.
    pub all: Vec<Member>,
    /// Whether there may be others.
    pub is_open: bool,
}

/// A member of a set.
pub(crate) struct Member {
    /// Its names: several where it is written with dots.
    pub path: Vec<String>,
    /// The bytes of the names.
    pub name: Span,
    /// The bytes from the names to the semicolon; those of the name where it is inherited.
    pub binding: Span,
    /// Its value, where the text tells it.
    pub value: Option<usize>,
    /// Whether it is inherited.
    pub is_inherited: bool,
}

/// A function applied to one argument.
pub(crate) struct Call {
    /// The function's name with its dots: `pkgs.dockerTools.buildImage`.
    pub function: String,
    /// The bytes of that.
    pub name: Span,
    /// The bytes of all of it.
    pub span: Span,
    /// The argument.
    pub argument: usize,
}

/// A name that is given a value around some place.
pub(crate) struct Around {
    /// The names, with dots.
    pub name: String,
    /// Whether a `let` gives it.
    pub is_in_let: bool,
}

/// So many sets are put together for one.
const MAX_UPDATES: usize = 20;

/// Reads a text, at a cost that grows with its length; `None` for one that is too long.
pub(crate) fn outline(text: &str) -> Option<Outline> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let parsed = best(text);
    let mut outline = Outline {
        syntax: parsed.syntax,
        root: parsed.root,
        problems: parsed.problems,
        is_fragment: parsed.is_fragment,
        given: BTreeMap::new(),
    };
    let mut given: BTreeMap<Symbol, Option<Id>> = BTreeMap::new();
    for expression in &outline.syntax.expressions {
        let bindings = match &expression.form {
            Form::Let { bindings, .. } | Form::OldLet { bindings } => bindings,
            Form::Set { is_recursive: true, bindings } => bindings,
            Form::Function { parameter, .. } => {
                let names = parameter.pattern.iter().flatten().map(|it| it.0).chain(parameter.name);
                names.for_each(|it| {
                    given.insert(it, None);
                });
                continue;
            }
            _ => continue,
        };
        for binding in bindings {
            if let Binding::Value { path, value, .. } = binding
                && let [Attr { name: AttrName::Known(name), .. }] = path.as_slice()
            {
                given.entry(*name).and_modify(|it| *it = None).or_insert(Some(*value));
            }
        }
    }
    outline.given = given;
    Some(outline)
}

impl Outline {
    /// Every function with a name that is applied, in the order of the text.
    pub fn calls(&self) -> Vec<Call> {
        let mut calls = Vec::new();
        for expression in &self.syntax.expressions {
            let Form::Apply { function, argument } = expression.form else { continue };
            let Some(name) = self.path_of(function) else { continue };
            let (span, argument) = (expression.span, argument);
            calls.push(Call { function: name, name: self.syntax.span(function), span, argument });
        }
        calls.sort_by_key(|it| (it.span.start, it.span.end));
        calls
    }

    /// Every name with its dots that is used, each with its bytes.
    pub fn paths(&self) -> impl Iterator<Item = (String, Span)> {
        self.syntax.expressions.iter().enumerate().filter_map(|(id, it)| Some((self.path_of(id)?, it.span)))
    }

    /// The names with their dots that are used in a place, and the words of strings there.
    pub fn paths_in(&self, place: Span) -> Vec<String> {
        let mut all = Vec::new();
        for (id, expression) in self.syntax.expressions.iter().enumerate().filter(|it| place.holds(it.1.span)) {
            all.extend(self.path_of(id));
            if let Form::String(parts) = &expression.form {
                let texts = parts.iter().filter_map(|it| match it {
                    Part::Text(text) => Some(text.as_str()),
                    Part::Fill(_) => None,
                });
                all.extend(texts.flat_map(str::split_whitespace).map(str::to_owned));
            }
        }
        all
    }

    /// Each `<nixpkgs>` that is imported: its bytes, and those of the empty set that it is applied to.
    pub fn imports(&self) -> Vec<(Span, Option<Span>)> {
        let mut imports = Vec::new();
        let mut applied = BTreeMap::new();
        for expression in &self.syntax.expressions {
            let Form::Apply { function, argument } = expression.form else { continue };
            if self.path_of(function).as_deref() == Some("import")
                && matches!(self.syntax.form(argument), Form::SearchPath)
            {
                imports.push((expression.span, self.syntax.span(argument)));
            }
            if matches!(self.syntax.form(argument), Form::Set { bindings, .. } if bindings.is_empty()) {
                applied.insert(self.syntax.span(function), self.syntax.span(argument));
            }
        }
        imports.into_iter().map(|(whole, path)| (path, applied.get(&whole).copied())).collect()
    }

    /// The names of the arguments that the whole text takes, when it is a function; with its first byte.
    pub fn parameters(&self) -> Option<(Vec<&str>, usize)> {
        let Form::Function { parameter, .. } = self.syntax.form(self.root) else { return None };
        let pattern = parameter.pattern.as_ref()?;
        let names = pattern.iter().map(|it| self.syntax.names.name(it.0)).collect();
        Some((names, self.syntax.span(self.root).start))
    }

    /// Whether the whole text is a function.
    pub fn is_function(&self) -> bool {
        matches!(self.syntax.form(self.root), Form::Function { .. })
    }

    /// The function that a member of the whole set is: the names that it takes, and its first byte.
    pub fn function_of(&self, member: &str) -> Option<(Vec<&str>, usize)> {
        let members = self.members_of(self.root, &mut MAX_UPDATES.clone());
        let value = members.all.iter().find(|it| it.path == [member])?.value?;
        let Form::Function { parameter, .. } = self.syntax.form(value) else { return None };
        let pattern = parameter.pattern.as_ref()?;
        let names = pattern.iter().map(|it| self.syntax.names.name(it.0)).collect();
        Some((names, self.syntax.span(value).start))
    }

    /// The members of the whole text, when it is a set.
    pub fn members(&self) -> Members {
        self.members_of(self.root, &mut MAX_UPDATES.clone())
    }

    /// The bytes of an expression, where it is written.
    pub fn span(&self, id: usize) -> Span {
        self.syntax.span(id)
    }

    /// The bytes of what a name stands for; of anything else its own.
    pub fn followed(&self, id: usize) -> usize {
        let mut id = id;
        for _ in 0..4 {
            let Form::Name(name) = self.syntax.form(id) else { break };
            match self.given.get(name) {
                Some(Some(value)) => id = *value,
                _ => break,
            }
        }
        id
    }

    /// What an expression is; a name is followed.
    pub fn shape(&self, id: usize) -> Shape<'_> {
        let id = self.followed(id);
        match self.syntax.form(id) {
            Form::String(parts) => match parts.as_slice() {
                [] => Shape::Text(""),
                [Part::Text(text)] => Shape::Text(text),
                _ => Shape::Filled,
            },
            Form::Path(_) | Form::SearchPath => Shape::Path,
            Form::Int(number) => Shape::Int(*number),
            Form::List(elements) => Shape::List(elements),
            Form::Name(name) => match self.syntax.names.name(*name) {
                "true" => Shape::Bool(true),
                "false" => Shape::Bool(false),
                "null" => Shape::Null,
                _ => Shape::Other,
            },
            Form::Set { .. } | Form::Binary { operator: Operator::Update, .. } => {
                Shape::Set(self.members_of(id, &mut MAX_UPDATES.clone()))
            }
            Form::Apply { .. } => Shape::Call,
            Form::With { body, .. } => match self.syntax.form(*body) {
                Form::List(elements) => Shape::List(elements),
                _ => Shape::Other,
            },
            _ => Shape::Other,
        }
    }

    /// The names that are given a value around a place, the outermost first.
    pub fn around(&self, place: Span) -> Vec<Around> {
        let mut around: Vec<(Span, Around)> = Vec::new();
        for expression in self.syntax.expressions.iter().filter(|it| it.span.holds(place)) {
            let (bindings, is_in_let) = match &expression.form {
                Form::Let { bindings, .. } | Form::OldLet { bindings } => (bindings, true),
                Form::Set { bindings, .. } => (bindings, false),
                _ => continue,
            };
            for binding in bindings {
                if let Binding::Value { path, value, .. } = binding
                    && self.syntax.span(*value).holds(place)
                {
                    let names: Vec<&str> = path.iter().map(|it| self.attr(it)).collect();
                    around.push((self.syntax.span(*value), Around { name: names.join("."), is_in_let }));
                }
            }
        }
        around.sort_by_key(|it| (it.0.start, std::cmp::Reverse(it.0.end)));
        around.into_iter().map(|it| it.1).collect()
    }

    /// Whether a string in `"` goes over several lines, so that its lines are not to be moved.
    pub fn has_open_strings(&self, text: &str) -> bool {
        let is_open = |span: Span| span.of(text).starts_with('"') && span.of(text).contains('\n');
        self.syntax.expressions.iter().any(|it| matches!(it.form, Form::String(_)) && is_open(it.span))
    }

    fn attr(&self, attr: &Attr) -> &str {
        match attr.name {
            AttrName::Known(name) => self.syntax.names.name(name),
            AttrName::Computed(_) => "",
        }
    }

    /// A name with its dots; `None` for anything else.
    fn path_of(&self, id: Id) -> Option<String> {
        match self.syntax.form(id) {
            Form::Name(name) => Some(self.syntax.names.name(*name).to_owned()),
            Form::Select { from, path, default: None } => {
                let Form::Name(first) = self.syntax.form(*from) else { return None };
                let mut whole = self.syntax.names.name(*first).to_owned();
                for attr in path {
                    whole.push('.');
                    whole.push_str(match attr.name {
                        AttrName::Known(name) => self.syntax.names.name(name),
                        AttrName::Computed(_) => "…",
                    });
                }
                Some(whole)
            }
            _ => None,
        }
    }

    fn members_of(&self, id: Id, left: &mut usize) -> Members {
        let id = self.followed(id);
        let Some(rest) = left.checked_sub(1) else { return Members { all: Vec::new(), is_open: true } };
        *left = rest;
        match self.syntax.form(id) {
            Form::Set { bindings, .. } => self.written_members(bindings),
            Form::Binary { operator: Operator::Update, left: first, right } => {
                let (first, right) = (*first, *right);
                let mut members = self.members_of(right, left);
                let others = self.members_of(first, left);
                let own: BTreeSet<&[String]> = members.all.iter().map(|it| it.path.as_slice()).collect();
                let new: Vec<Member> = others.all.into_iter().filter(|it| !own.contains(it.path.as_slice())).collect();
                members.all.extend(new);
                members.is_open |= others.is_open;
                members
            }
            _ => Members { all: Vec::new(), is_open: true },
        }
    }

    fn written_members(&self, bindings: &[Binding]) -> Members {
        let mut members = Members::default();
        for binding in bindings {
            match binding {
                Binding::Value { path, span, value } => {
                    let (Some(first), Some(last)) = (path.first(), path.last()) else { continue };
                    members.is_open |= path.iter().any(|it| matches!(it.name, AttrName::Computed(_)));
                    members.all.push(Member {
                        path: path.iter().map(|it| self.attr(it).to_owned()).collect(),
                        name: first.span.to(last.span),
                        binding: *span,
                        value: Some(*value),
                        is_inherited: false,
                    });
                }
                Binding::Inherit { from, names } => {
                    for attr in names {
                        let name = match attr.name {
                            AttrName::Known(name) => name,
                            AttrName::Computed(_) => continue,
                        };
                        let value = match from {
                            None => self.given.get(&name).copied().flatten(),
                            Some(_) => None,
                        };
                        members.all.push(Member {
                            path: vec![self.syntax.names.name(name).to_owned()],
                            name: attr.span,
                            binding: attr.span,
                            value,
                            is_inherited: true,
                        });
                    }
                }
            }
        }
        members
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_found_wherever_they_are() {
        for (text, expected) in [
            ("{ pkgs }: pkgs.dockerTools.buildImage { name = \"a\"; }", &["pkgs.dockerTools.buildImage"][..]),
            ("let f = x.y; in [ (f { }) (g rec { a = h 1; }) ]", &["f", "g", "h"]),
            ("(a b).c { }", &["a"]),
            ("{ a = ", &[]),
        ] {
            let outline = outline(text).expect("short");
            let calls: Vec<String> = outline.calls().into_iter().map(|it| it.function).collect();
            assert_eq!(calls, expected, "{text}");
        }
    }

    #[test]
    fn members_are_put_together() {
        let text = "let base = { a = 1; b.c = v; }; v = \"x\"; in f (base // { a = 2; inherit v; inherit (o) w; } )";
        let outline = outline(text).expect("short");
        let call = outline.calls().into_iter().find(|it| it.function == "f").expect("a call");
        let Shape::Set(members) = outline.shape(call.argument) else { panic!("no set") };
        assert!(!members.is_open);
        let told: Vec<String> = members.all.iter().map(|it| it.path.join(".")).collect();
        assert_eq!(told, ["a", "v", "w", "b.c"]);
        assert_eq!(members.all[0].binding.of(text), "a = 2;");
        let values: Vec<bool> = members.all.iter().map(|it| it.value.is_some()).collect();
        assert_eq!(values, [true, true, false, true]);
        let value = |at: usize| members.all[at].value.expect("a value");
        assert!(matches!(outline.shape(value(1)), Shape::Text("x")));
        assert!(matches!(outline.shape(value(3)), Shape::Text("x")));
        assert!(matches!(outline.shape(value(0)), Shape::Int(2)));
    }

    #[test]
    fn places_know_what_they_are_called() {
        let text = "{ outputs = { self }: let image = f { }; in { packages.x.default = g image; }; }";
        let outline = outline(text).expect("short");
        let around = |part: &str| {
            let at = text.find(part).expect("a part");
            let names = outline.around(Span::new(at, at + 1)).into_iter();
            names.map(|it| (it.name, it.is_in_let)).collect::<Vec<_>>()
        };
        assert_eq!(around("f { }"), [("outputs".to_owned(), false), ("image".to_owned(), true)]);
        assert_eq!(around("g image"), [("outputs".to_owned(), false), ("packages.x.default".to_owned(), false)]);
        assert_eq!(outline.function_of("outputs").expect("a function").0, ["self"]);
    }
}
