//! What do the values of options come to?

use super::{Form, Reader, bare, is_known, noun, used};
use crate::{
    native::{
        model::Given,
        options::{Kind, Row},
        problem::ProblemKind,
    },
    notation::nix::{Def, members, value::Value},
    text::Span,
};

impl Reader<'_> {
    fn wrong_kind(&mut self, row: &'static Row, value: &Value) {
        let kind = ProblemKind::WrongKind { option: row.name, wanted: row.kind.noun(), found: noun(&value.kind) };
        self.problem(kind, used(value));
    }

    fn given<T>(def: &Def, value: Option<T>) -> Given<T> {
        Given { value, span: used(def.value), whole: def.whole }
    }

    /// The truth value of an option.
    pub fn truth(&mut self, row: &'static Row, defs: &[Def]) -> Option<Given<bool>> {
        let def = self.single(row, defs)?;
        match &def.value.kind {
            Form::Bool(it) => Some(Self::given(&def, Some(*it))),
            Form::Missing => None,
            it if !is_known(it) => Some(Self::given(&def, None)),
            _ => {
                self.wrong_kind(row, def.value);
                Some(Self::given(&def, None))
            }
        }
    }

    /// The text of an option; nothing for null.
    pub fn text(&mut self, row: &'static Row, defs: &[Def]) -> Option<Given<String>> {
        let def = self.single(row, defs)?;
        let takes_path = matches!(row.kind, Kind::Path | Kind::PathOrNull);
        match &def.value.kind {
            Form::String(it) => Some(Self::given(&def, Some(it.clone()))),
            Form::Path(it) if takes_path => Some(Self::given(&def, Some(it.clone()))),
            Form::Null if matches!(row.kind, Kind::TextOrNull | Kind::PathOrNull) => None,
            Form::Missing => None,
            it if !is_known(it) => Some(Self::given(&def, None)),
            // A package can become text.
            Form::Set(_) if takes_path => Some(Self::given(&def, None)),
            _ => {
                self.wrong_kind(row, def.value);
                Some(Self::given(&def, None))
            }
        }
    }

    /// A port.
    pub fn port(&mut self, row: &'static Row, defs: &[Def]) -> Option<Given<u16>> {
        let def = self.single(row, defs)?;
        match &def.value.kind {
            Form::Int(it) if u16::try_from(*it).is_ok() => Some(Self::given(&def, u16::try_from(*it).ok())),
            Form::Null if row.kind == Kind::PortOrNull => None,
            Form::Missing => None,
            it if !is_known(it) => Some(Self::given(&def, None)),
            _ => {
                self.wrong_kind(row, def.value);
                Some(Self::given(&def, None))
            }
        }
    }

    /// What `privateUsers` says, as written.
    pub fn users(&mut self, row: &'static Row, defs: &[Def]) -> Option<Given<String>> {
        let def = self.single(row, defs)?;
        match &def.value.kind {
            Form::Int(it) if u32::try_from(*it).is_ok() => Some(Self::given(&def, Some(it.to_string()))),
            Form::String(it) if matches!(it.as_str(), "no" | "identity" | "pick") => {
                Some(Self::given(&def, Some(it.clone())))
            }
            Form::Missing => None,
            it if !is_known(it) => Some(Self::given(&def, None)),
            _ => {
                self.wrong_kind(row, def.value);
                Some(Self::given(&def, None))
            }
        }
    }

    /// The elements of a list of sets.
    pub fn elements<'v>(&mut self, row: &'static Row, defs: &[Def<'v>]) -> Vec<Def<'v>> {
        let mut found = Vec::new();
        for def in self.weighed(defs) {
            match &def.value.kind {
                Form::List(elements) => found.extend(bare(&elements.iter().map(Def::of).collect::<Vec<_>>())),
                it if !is_known(it) => {}
                _ => self.wrong_kind(row, def.value),
            }
        }
        found
    }

    /// The texts of a list.
    pub fn texts(&mut self, row: &'static Row, defs: &[Def]) -> Vec<Given<String>> {
        let mut found = Vec::new();
        for def in self.weighed(defs) {
            match &def.value.kind {
                Form::List(elements) => {
                    for it in bare(&elements.iter().map(Def::of).collect::<Vec<_>>()) {
                        match &it.value.kind {
                            Form::String(text) => found.push(Self::given(&it, Some(text.clone()))),
                            kind if !is_known(kind) => found.push(Self::given(&it, None)),
                            _ => self.wrong_kind(row, it.value),
                        }
                    }
                }
                it if !is_known(it) => found.push(Self::given(&def, None)),
                _ => self.wrong_kind(row, def.value),
            }
        }
        found
    }

    /// Sets of options by any name.
    pub fn groups<'v>(&mut self, row: &'static Row, defs: &[Def<'v>]) -> Vec<(&'v str, Vec<Def<'v>>)> {
        let count = self.weighed(defs);
        for def in &count {
            if is_known(&def.value.kind) && !matches!(def.value.kind, Form::Set(_)) {
                self.wrong_kind(row, def.value);
            }
        }
        members(&count)
    }
}

/// What is said at a path, and whether something on the way is not known.
pub struct Dug<'v> {
    pub defs: Vec<Def<'v>>,
    pub is_open: bool,
}

/// What definitions say at a path.
pub fn dig<'v>(defs: &[Def<'v>], path: &[&str]) -> Dug<'v> {
    let mut dug = Dug { defs: defs.to_vec(), is_open: false };
    for name in path {
        let all = members(&dug.defs);
        dug.is_open |= bare(&dug.defs).iter().any(|it| !is_known(&super::inner(it.value).kind));
        dug.defs = all.into_iter().find(|it| it.0 == *name).map(|it| it.1).unwrap_or_default();
    }
    dug
}

impl Dug<'_> {
    /// Whether anything is said.
    pub fn is_said(&self) -> bool {
        self.is_open || !self.defs.is_empty()
    }

    fn counting(&self) -> Vec<Def<'_>> {
        crate::notation::nix::weighed(&self.defs).0
    }

    /// Its truth value.
    pub fn truth(&self) -> Option<Given<bool>> {
        let all = self.counting();
        let def = all.first()?;
        let value = match def.value.kind {
            Form::Bool(it) if def.condition.is_none() => Some(it),
            _ => None,
        };
        Some(Given { value, span: used(def.value), whole: def.whole })
    }

    /// Its text.
    pub fn text(&self) -> Option<Given<String>> {
        let all = self.counting();
        let def = all.first().filter(|it| !matches!(it.value.kind, Form::Null | Form::Missing))?;
        let value = match &def.value.kind {
            Form::String(it) => Some(it.clone()),
            _ => None,
        };
        Some(Given { value, span: used(def.value), whole: def.whole })
    }

    /// Its elements, and whether there are more that nobody knows.
    pub fn list(&self) -> (Vec<Def<'_>>, bool) {
        let mut found = Vec::new();
        let mut is_open = self.is_open;
        for def in self.counting() {
            match &def.value.kind {
                Form::List(elements) => {
                    for it in bare(&elements.iter().map(Def::of).collect::<Vec<_>>()) {
                        is_open |= !is_known(&it.value.kind);
                        found.push(it);
                    }
                }
                it => is_open |= !is_known(it),
            }
        }
        (found, is_open)
    }

    /// The bytes of its list, where that is written in its place.
    pub fn written_list(&self, text: &str) -> Option<Span> {
        let all = self.counting();
        let lists = all.iter().filter(|it| matches!(it.value.kind, Form::List(_)) && it.value.through.is_empty());
        let mut spans = lists.map(|it| it.value.span);
        spans.find(|it| it.of(text).starts_with('[') && it.of(text).ends_with(']'))
    }
}
