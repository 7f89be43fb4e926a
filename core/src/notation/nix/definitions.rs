//! What does a text say of options? Definitions with what modules wrap them in.
//!
//! Source: nixpkgs `lib/modules.nix`, `pushDownProperties`, `filterOverrides`, `sortProperties`.

use std::collections::HashMap;

use super::value::{Attribute, Condition, Kind, Value};
use crate::text::{Span, order};

/// Values nested deeper than this are not looked at.
pub(crate) const DEPTH: usize = 96;

/// The priority of what says none.
const USUAL_PRIORITY: i64 = 100;

/// The place in a list of what says none.
const USUAL_ORDER: i64 = 1000;

/// A value that a text gives an option.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Def<'a> {
    /// The value, without what is around it.
    pub value: &'a Value,
    /// The bytes of its name.
    pub name: Span,
    /// The bytes of name and value; those of the name where a function makes it.
    pub whole: Span,
    priority: Option<i64>,
    order: Option<i64>,
    /// What it hangs on.
    pub condition: Option<&'a Condition>,
}

impl<'a> Def<'a> {
    /// A value that nothing is around.
    pub fn of(value: &'a Value) -> Self {
        Self {
            value,
            name: Span::empty(value.span.start),
            whole: value.span,
            priority: None,
            order: None,
            condition: None,
        }
    }

    /// A member of its set.
    pub fn member(&self, attribute: &'a Attribute) -> Self {
        let whole = match attribute.binding.start < attribute.binding.end {
            true => attribute.binding,
            false => attribute.name_span,
        };
        Self { value: &attribute.value, name: attribute.name_span, whole, ..*self }
    }

    /// The same, of another value.
    pub fn around(&self, value: &'a Value) -> Self {
        Self { value, ..*self }
    }

    fn weight(&self) -> i64 {
        self.priority.unwrap_or(USUAL_PRIORITY)
    }

    /// Takes off what is around it, and adds what is left; several of `mkMerge`. Of several priorities the outermost counts.
    pub fn bare(&self, depth: usize, found: &mut Vec<Self>) {
        if depth > DEPTH {
            return;
        }
        match &self.value.kind {
            Kind::Override(weight, inner) => {
                Self { priority: self.priority.or(Some(*weight)), ..self.around(inner) }.bare(depth + 1, found);
            }
            Kind::Order(place, inner) => {
                Self { order: self.order.or(Some(*place)), ..self.around(inner) }.bare(depth + 1, found);
            }
            Kind::If(condition, inner) => {
                Self { condition: self.condition.or(Some(condition)), ..self.around(inner) }.bare(depth + 1, found);
            }
            Kind::Merge(values) => values.iter().for_each(|it| self.around(it).bare(depth + 1, found)),
            _ => found.push(*self),
        }
    }
}

/// All of them, without what is around them.
pub(crate) fn bare<'a>(defs: &[Def<'a>]) -> Vec<Def<'a>> {
    let mut found = Vec::new();
    defs.iter().for_each(|it| it.bare(0, &mut found));
    found
}

/// Those that count, in the order in which the module system puts lists together, and those that are outweighed.
pub(crate) fn weighed<'a>(defs: &[Def<'a>]) -> (Vec<Def<'a>>, Vec<Def<'a>>) {
    let mut all = bare(defs);
    let least = all.iter().map(Def::weight).min().unwrap_or(USUAL_PRIORITY);
    order::sort(&mut all, |a, b| a.order.unwrap_or(USUAL_ORDER).cmp(&b.order.unwrap_or(USUAL_ORDER)));
    all.into_iter().partition(|it| it.weight() == least)
}

/// What several sets say together: each name once, with all that is said of it, in the order of the text.
pub(crate) fn members<'a>(defs: &[Def<'a>]) -> Vec<(&'a str, Vec<Def<'a>>)> {
    let mut found: Vec<(&str, Vec<Def>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for def in bare(defs) {
        let mut value = def.value;
        // A submodule may be a function.
        while let Kind::Function(_, inner) = &value.kind {
            value = inner;
        }
        let Kind::Set(attributes) = &value.kind else { continue };
        for it in attributes {
            let place = *places.entry(&it.name).or_insert(found.len());
            match found.get_mut(place) {
                Some(known) => known.1.push(def.member(it)),
                None => found.push((&it.name, vec![def.member(it)])),
            }
        }
    }
    found
}
