//! What do the functions do that every module can call: those of Nix itself and of nixpkgs' `lib`?
//!
//! Source: nix `src/libexpr/primops.cc`; nixpkgs `lib/modules.nix`, `lists.nix`, `strings.nix`, `attrsets.nix`,
//! `trivial.nix`

use std::rc::Rc;

use super::{
    evaluate::{Found, Kind, Later, MAX_STRING, Machine, Member, Set, known},
    json,
    layout::Place,
    value::{Condition, FailureKind},
};
use crate::text::Span;

/// A function that is known here.
pub(super) struct Function {
    pub name: &'static str,
    /// With so many arguments it runs.
    pub arity: usize,
    pub run: fn(&mut Machine, &[Later], Span) -> Found,
}

/// A function by its name alone.
pub(super) fn by_name(name: &str) -> Option<&'static Function> {
    let at = FUNCTIONS.binary_search_by(|it| it.name.cmp(name)).ok()?;
    FUNCTIONS.get(at)
}

/// A function by the names that lead to it: `lib.mkIf`, `pkgs.lib.modules.mkIf`, `builtins.toJSON`.
pub(super) fn by_path(path: &str) -> Option<&'static Function> {
    let (around, name) = path.rsplit_once('.')?;
    let mut around = around.rsplit('.');
    let is_library = |it: Option<&str>| matches!(it, Some("lib" | "builtins"));
    let is_reached = match around.next() {
        Some("modules" | "lists" | "strings" | "attrsets" | "trivial" | "generators") => is_library(around.next()),
        nearest => is_library(nearest),
    };
    by_name(name).filter(|_| is_reached)
}

/// Makes the table, in the order of the names.
macro_rules! functions {
    ($($name:literal $arity:literal $run:expr;)*) => {
        static FUNCTIONS: &[Function] = &[$(Function { name: $name, arity: $arity, run: $run },)*];
    };
}

functions! {
    "abort" 1 thrown;
    "all" 2 |m, a, span| quantified(m, a, span, true);
    "any" 2 |m, a, span| quantified(m, a, span, false);
    "attrNames" 1 attr_names;
    "attrValues" 1 attr_values;
    "attrsToList" 1 attrs_to_list;
    "boolToString" 1 bool_to_string;
    "catAttrs" 2 cat_attrs;
    "concatLists" 1 concat_lists;
    "concatMap" 2 |m, a, span| { let mapped = map(m, a, span); concat_found(m, mapped, span) };
    "concatMapAttrs" 2 concat_map_attrs;
    "concatMapStrings" 2 |m, a, span| { let mapped = map(m, a, span); join(m, "", mapped, span) };
    "concatMapStringsSep" 3 concat_map_strings_sep;
    "concatStrings" 1 |m, a, span| { let list = force(m, a, 0); join(m, "", list, span) };
    "concatStringsSep" 2 concat_strings_sep;
    "const" 2 |m, a, _| force(m, a, 0);
    "count" 2 count;
    "elem" 2 elem;
    "elemAt" 2 elem_at;
    "filter" 2 filter;
    "filterAttrs" 2 filter_attrs;
    "findFirst" 3 find_first;
    "flatten" 1 flatten;
    "flip" 3 |m, a, span| apply(m, a, 0, &[2, 1], span);
    "foldl" 3 fold_left;
    "foldl'" 3 fold_left;
    "foldr" 3 fold_right;
    "forEach" 2 |m, a, span| { let a = [arg(m, a, 1), arg(m, a, 0)]; map(m, &a, span) };
    "fromJSON" 1 from_json;
    "genAttrs" 2 gen_attrs;
    "genList" 2 gen_list;
    "getAttr" 2 get_attr;
    "hasAttr" 2 has_attr;
    "hasPrefix" 2 |m, a, span| affix(m, a, span, |text, affix| text.starts_with(affix));
    "hasSuffix" 2 |m, a, span| affix(m, a, span, |text, affix| text.ends_with(affix));
    "head" 1 |m, a, span| end_of_list(m, a, span, |it| it.first().copied());
    "id" 1 |m, a, _| force(m, a, 0);
    "imap0" 2 |m, a, span| indexed(m, a, span, 0);
    "imap1" 2 |m, a, span| indexed(m, a, span, 1);
    "init" 1 |m, a, span| rest_of_list(m, a, span, |it| it.split_last().map(|it| it.1));
    "isAttrs" 1 |m, a, span| is_a(m, a, span, |it| matches!(it, Kind::Set(_)));
    "isBool" 1 |m, a, span| is_a(m, a, span, |it| matches!(it, Kind::Bool(_)));
    "isInt" 1 |m, a, span| is_a(m, a, span, |it| matches!(it, Kind::Int(_)));
    "isList" 1 |m, a, span| is_a(m, a, span, |it| matches!(it, Kind::List(_)));
    "isNull" 1 |m, a, span| is_a(m, a, span, |it| matches!(it, Kind::Null));
    "isString" 1 |m, a, span| is_a(m, a, span, |it| matches!(it, Kind::String(_)));
    "last" 1 |m, a, span| end_of_list(m, a, span, |it| it.last().copied());
    "length" 1 length;
    "listToAttrs" 1 list_to_attrs;
    "map" 2 map;
    "mapAttrs" 2 map_attrs;
    "mapAttrs'" 2 map_attrs_to_pairs;
    "mapAttrsToList" 2 map_attrs_to_list;
    "max" 2 |m, a, span| chosen(m, a, span, true);
    "mergeAttrs" 2 |m, a, span| { let (x, y) = (force(m, a, 0), force(m, a, 1)); m.update(&x, &y, span) };
    "mergeAttrsList" 1 merge_attrs_list;
    "min" 2 |m, a, span| chosen(m, a, span, false);
    "mkAfter" 1 |m, a, span| order(m, a, span, 1500);
    "mkAssert" 3 mk_assert;
    "mkBefore" 1 |m, a, span| order(m, a, span, 500);
    "mkDefault" 1 |m, a, span| weigh(m, a, span, 1000);
    "mkForce" 1 |m, a, span| weigh(m, a, span, 50);
    "mkIf" 2 mk_if;
    "mkImageMediaOverride" 1 |m, a, span| weigh(m, a, span, 60);
    "mkMerge" 1 mk_merge;
    "mkOptionDefault" 1 |m, a, span| weigh(m, a, span, 1500);
    "mkOrder" 2 mk_order;
    "mkOverride" 2 mk_override;
    "mkVMOverride" 1 |m, a, span| weigh(m, a, span, 10);
    "nameValuePair" 2 name_value_pair;
    "optional" 2 optional;
    "optionalAttrs" 2 optional_attrs;
    "optionalString" 2 optional_string;
    "optionals" 2 optionals;
    "pipe" 2 pipe;
    "range" 2 range;
    "recursiveUpdate" 2 recursive_update;
    "removeAttrs" 2 remove_attrs;
    "replaceStrings" 3 replace_strings;
    "reverseList" 1 reverse_list;
    "singleton" 1 |m, a, span| { let element = arg(m, a, 0); list(m, vec![element], span) };
    "splitString" 2 split_string;
    "stringLength" 1 string_length;
    "tail" 1 |m, a, span| rest_of_list(m, a, span, |it| it.split_first().map(|it| it.1));
    "throw" 1 thrown;
    "toInt" 1 to_int;
    "toJSON" 1 to_json;
    "toList" 1 to_list;
    "toLower" 1 |m, a, span| cased(m, a, span, |it| it.to_ascii_lowercase());
    "toString" 1 to_string;
    "toUpper" 1 |m, a, span| cased(m, a, span, |it| it.to_ascii_uppercase());
    "unique" 1 unique;
}

// ── arguments and results ──

fn arg(machine: &mut Machine, arguments: &[Later], index: usize) -> Later {
    match arguments.get(index) {
        Some(later) => *later,
        None => machine.made(Kind::Missing, Span::default()),
    }
}

fn force(machine: &mut Machine, arguments: &[Later], index: usize) -> Found {
    let later = arg(machine, arguments, index);
    machine.force(later)
}

fn apply(machine: &mut Machine, arguments: &[Later], function: usize, of: &[usize], span: Span) -> Found {
    let function = force(machine, arguments, function);
    let of: Vec<Later> = of.iter().map(|it| arg(machine, arguments, *it)).collect();
    machine.apply_all(function, &of, span)
}

fn list(machine: &mut Machine, elements: Vec<Later>, span: Span) -> Found {
    machine.found(Kind::List(Rc::new(elements)), span)
}

fn text(machine: &mut Machine, text: &str, span: Span) -> Found {
    match machine.spend(text.len() / 64 + 1) && text.len() <= MAX_STRING {
        true => machine.found(Kind::String(text.into()), span),
        false => machine.unknown(span),
    }
}

fn truth(machine: &mut Machine, value: bool, span: Span) -> Found {
    machine.found(Kind::Bool(value), span)
}

/// An argument that must be of a kind for the function not to fail.
fn wanted(machine: &mut Machine, arguments: &[Later], index: usize, wanted: &'static str) -> Found {
    let found = force(machine, arguments, index);
    if machine.failing.is_none() {
        machine.failing = machine.wants(wanted, &found);
    }
    found
}

/// The elements of a list, whose number has been paid.
fn elements(machine: &mut Machine, arguments: &[Later], index: usize) -> Option<Rc<Vec<Later>>> {
    match wanted(machine, arguments, index, "a list").kind {
        Kind::List(elements) if machine.spend(elements.len()) => Some(elements),
        _ => None,
    }
}

fn members(machine: &mut Machine, arguments: &[Later], index: usize) -> Option<Rc<Set>> {
    match wanted(machine, arguments, index, "a set").kind {
        Kind::Set(set) if machine.spend(set.members.len()) => Some(set),
        _ => None,
    }
}

fn string(machine: &mut Machine, arguments: &[Later], index: usize) -> Option<Rc<str>> {
    match wanted(machine, arguments, index, "a string").kind {
        Kind::String(text) => Some(text),
        _ => None,
    }
}

fn or_unknown(machine: &Machine, found: Option<Found>, span: Span) -> Found {
    found.unwrap_or_else(|| machine.unknown(span))
}

/// The place of members that are computed.
fn computed(span: Span) -> Place {
    Place { name: span, path: span, binding: Span::empty(span.start) }
}

// ── of modules ──

fn weigh(machine: &mut Machine, arguments: &[Later], span: Span, weight: i64) -> Found {
    let content = arg(machine, arguments, 0);
    machine.found(Kind::Override(weight, content), span)
}

fn order(machine: &mut Machine, arguments: &[Later], span: Span, order: i64) -> Found {
    let content = arg(machine, arguments, 0);
    machine.found(Kind::Order(order, content), span)
}

fn mk_override(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let content = arg(machine, arguments, 1);
    match force(machine, arguments, 0).kind {
        Kind::Int(weight) => machine.found(Kind::Override(weight, content), span),
        _ => machine.unknown(span),
    }
}

fn mk_order(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let content = arg(machine, arguments, 1);
    match force(machine, arguments, 0).kind {
        Kind::Int(order) => machine.found(Kind::Order(order, content), span),
        _ => machine.unknown(span),
    }
}

fn mk_if(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match wanted(machine, arguments, 0, "a boolean").kind {
        Kind::Bool(true) => force(machine, arguments, 1),
        Kind::Bool(false) => machine.found(Kind::Merge(Rc::new(Vec::new())), span),
        _ => {
            let content = arg(machine, arguments, 1);
            let condition = condition_of(machine, arguments);
            machine.found(Kind::If(condition, content), span)
        }
    }
}

fn mk_assert(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match force(machine, arguments, 0).kind {
        Kind::Bool(false) => machine.unknown(span),
        _ => force(machine, arguments, 2),
    }
}

fn mk_merge(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match elements(machine, arguments, 0) {
        Some(elements) => machine.found(Kind::Merge(elements), span),
        None => machine.unknown(span),
    }
}

// ── with a condition: where nobody knows it, what depends on it is as if it held ──

fn condition(machine: &mut Machine, arguments: &[Later]) -> Option<bool> {
    match wanted(machine, arguments, 0, "a boolean").kind {
        Kind::Bool(value) => Some(value),
        _ => None,
    }
}

/// A condition that nobody knows.
fn condition_of(machine: &mut Machine, arguments: &[Later]) -> Rc<Condition> {
    let Found { kind, span, .. } = force(machine, arguments, 0);
    let name = match kind {
        Kind::Unknown(name) if !name.is_empty() => name.as_ref().to_owned(),
        _ => machine.written(span).to_owned(),
    };
    Rc::new(Condition { name, span })
}

/// The second argument, which is not asked for where the condition does not hold.
fn if_held<T>(
    machine: &mut Machine,
    arguments: &[Later],
    get: fn(&mut Machine, &[Later], usize) -> Option<T>,
) -> Option<T> {
    let failing = machine.failing.take();
    let found = get(machine, arguments, 1);
    machine.failing = failing;
    machine.is_certain = false;
    found
}

fn conditional(machine: &mut Machine, condition: &Rc<Condition>, content: Later) -> Later {
    machine.is_certain = false;
    let span = machine.force(content).span;
    machine.made(Kind::If(condition.clone(), content), span)
}

fn optional(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let element = arg(machine, arguments, 1);
    let elements = match condition(machine, arguments) {
        Some(true) => vec![element],
        Some(false) => vec![],
        None => {
            let condition = condition_of(machine, arguments);
            vec![conditional(machine, &condition, element)]
        }
    };
    list(machine, elements, span)
}

fn optionals(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match condition(machine, arguments) {
        Some(true) => force(machine, arguments, 1),
        Some(false) => list(machine, vec![], span),
        None => match if_held(machine, arguments, elements) {
            Some(elements) => {
                let condition = condition_of(machine, arguments);
                let elements = elements.iter().map(|it| conditional(machine, &condition, *it)).collect();
                list(machine, elements, span)
            }
            None => machine.unknown(span),
        },
    }
}

fn optional_attrs(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match condition(machine, arguments) {
        Some(true) => force(machine, arguments, 1),
        Some(false) => machine.found(Kind::Set(Rc::default()), span),
        None => match if_held(machine, arguments, members) {
            Some(set) => {
                let condition = condition_of(machine, arguments);
                let of = |it: &Member| Member { value: conditional(machine, &condition, it.value), ..*it };
                let set = Set::of(set.members.iter().map(of).collect());
                machine.found(Kind::Set(Rc::new(set)), span)
            }
            None => machine.unknown(span),
        },
    }
}

fn optional_string(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match condition(machine, arguments) {
        Some(true) => force(machine, arguments, 1),
        Some(false) => text(machine, "", span),
        None => machine.unknown(span),
    }
}

// ── of lists ──

fn map(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let function = arg(machine, arguments, 0);
    match elements(machine, arguments, 1) {
        Some(elements) => {
            let elements = elements.iter().map(|it| machine.applied(function, vec![*it], span)).collect();
            list(machine, elements, span)
        }
        None => machine.unknown(span),
    }
}

fn indexed(machine: &mut Machine, arguments: &[Later], span: Span, first: i64) -> Found {
    let function = arg(machine, arguments, 0);
    let Some(elements) = elements(machine, arguments, 1) else {
        return machine.unknown(span);
    };
    let of = |(index, it): (i64, &Later)| {
        let index = machine.made(Kind::Int(index), span);
        machine.applied(function, vec![index, *it], span)
    };
    let elements = (first..).zip(elements.iter()).map(of).collect();
    list(machine, elements, span)
}

fn filter(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let function = force(machine, arguments, 0);
    let Some(elements) = elements(machine, arguments, 1) else {
        return machine.unknown(span);
    };
    let mut kept = Vec::new();
    for element in elements.iter() {
        match machine.apply(function.clone(), *element, span).kind {
            Kind::Bool(true) => kept.push(*element),
            Kind::Bool(false) => {}
            _ => return machine.unknown(span),
        }
    }
    list(machine, kept, span)
}

fn find_first(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let function = force(machine, arguments, 0);
    let Some(elements) = elements(machine, arguments, 2) else {
        return machine.unknown(span);
    };
    for element in elements.iter() {
        match machine.apply(function.clone(), *element, span).kind {
            Kind::Bool(true) => return machine.force(*element),
            Kind::Bool(false) => {}
            _ => return machine.unknown(span),
        }
    }
    force(machine, arguments, 1)
}

fn quantified(machine: &mut Machine, arguments: &[Later], span: Span, is_all: bool) -> Found {
    let function = force(machine, arguments, 0);
    let Some(elements) = elements(machine, arguments, 1) else {
        return machine.unknown(span);
    };
    for element in elements.iter() {
        match machine.apply(function.clone(), *element, span).kind {
            Kind::Bool(value) if value == is_all => {}
            Kind::Bool(_) => return truth(machine, !is_all, span),
            _ => return machine.unknown(span),
        }
    }
    truth(machine, is_all, span)
}

fn count(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let found = filter(machine, arguments, span);
    match found.kind {
        Kind::List(elements) => int(machine, elements.len(), span),
        _ => machine.unknown(span),
    }
}

fn int(machine: &mut Machine, number: usize, span: Span) -> Found {
    match i64::try_from(number) {
        Ok(number) => machine.found(Kind::Int(number), span),
        Err(_) => machine.unknown(span),
    }
}

fn concat_lists(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let found = force(machine, arguments, 0);
    concat_found(machine, found, span)
}

fn concat_found(machine: &mut Machine, lists: Found, span: Span) -> Found {
    let Kind::List(lists) = lists.kind else {
        return machine.unknown(span);
    };
    let mut all = list(machine, Vec::with_capacity(lists.len()), span);
    for part in lists.iter() {
        let part = machine.force(*part);
        all = machine.concat(all, part, span);
    }
    all
}

fn flatten(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let mut flat = Vec::new();
    let first = arg(machine, arguments, 0);
    let mut stack = vec![first];
    while let Some(later) = stack.pop() {
        if !machine.spend(1) {
            return machine.unknown(span);
        }
        match machine.force(later).kind {
            Kind::List(elements) => stack.extend(elements.iter().rev()),
            _ => flat.push(later),
        }
    }
    list(machine, flat, span)
}

fn fold_left(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let function = force(machine, arguments, 0);
    let mut so_far = force(machine, arguments, 1);
    let Some(elements) = elements(machine, arguments, 2) else {
        return machine.unknown(span);
    };
    for element in elements.iter() {
        let first = machine.done(so_far);
        so_far = machine.apply_all(function.clone(), &[first, *element], span);
    }
    so_far
}

fn fold_right(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let function = force(machine, arguments, 0);
    let mut so_far = force(machine, arguments, 1);
    let Some(elements) = elements(machine, arguments, 2) else {
        return machine.unknown(span);
    };
    for element in elements.iter().rev() {
        let rest = machine.done(so_far);
        so_far = machine.apply_all(function.clone(), &[*element, rest], span);
    }
    so_far
}

fn gen_list(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let function = arg(machine, arguments, 0);
    match force(machine, arguments, 1).kind {
        Kind::Int(length) => {
            let of = |machine: &mut Machine, index| {
                let index = machine.made(Kind::Int(index), span);
                machine.applied(function, vec![index], span)
            };
            numbered(machine, 0, length, of, span)
        }
        _ => machine.unknown(span),
    }
}

fn range(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match (force(machine, arguments, 0).kind, force(machine, arguments, 1).kind) {
        (Kind::Int(first), Kind::Int(last)) => {
            let length = last.saturating_sub(first).saturating_add(1);
            numbered(machine, first, length, |machine, number| machine.made(Kind::Int(number), span), span)
        }
        _ => machine.unknown(span),
    }
}

fn numbered(
    machine: &mut Machine,
    first: i64,
    length: i64,
    of: impl Fn(&mut Machine, i64) -> Later,
    span: Span,
) -> Found {
    let length = length.max(0);
    let can_be = usize::try_from(length).is_ok_and(|it| machine.spend(it));
    match first.checked_add(length) {
        Some(end) if can_be => {
            let elements = (first..end).map(|it| of(machine, it)).collect();
            list(machine, elements, span)
        }
        _ => machine.unknown(span),
    }
}

fn length(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match elements(machine, arguments, 0) {
        Some(elements) => int(machine, elements.len(), span),
        None => machine.unknown(span),
    }
}

fn elem(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let sought = force(machine, arguments, 0);
    let Some(elements) = elements(machine, arguments, 1) else {
        return machine.unknown(span);
    };
    let mut is_known = true;
    for element in elements.iter() {
        let element = machine.force(*element);
        match machine.are_equal(&sought, &element, 0) {
            Some(true) => return truth(machine, true, span),
            Some(false) => {}
            None => is_known = false,
        }
    }
    match is_known {
        true => truth(machine, false, span),
        false => machine.unknown(span),
    }
}

fn elem_at(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let index = match wanted(machine, arguments, 1, "a number").kind {
        Kind::Int(index) => Some(usize::try_from(index).unwrap_or(usize::MAX)),
        _ => None,
    };
    match (elements(machine, arguments, 0), index) {
        (Some(elements), Some(index)) => match elements.get(index) {
            Some(element) => machine.force(*element),
            None => machine.fails(FailureKind::NoElement, span),
        },
        _ => machine.unknown(span),
    }
}

fn end_of_list(machine: &mut Machine, arguments: &[Later], span: Span, end: fn(&[Later]) -> Option<Later>) -> Found {
    match elements(machine, arguments, 0) {
        Some(elements) => match end(&elements) {
            Some(element) => machine.force(element),
            None => machine.fails(FailureKind::NoElement, span),
        },
        None => machine.unknown(span),
    }
}

fn rest_of_list(
    machine: &mut Machine,
    arguments: &[Later],
    span: Span,
    rest: fn(&[Later]) -> Option<&[Later]>,
) -> Found {
    match elements(machine, arguments, 0) {
        Some(elements) => match rest(&elements) {
            Some(rest) => list(machine, rest.to_vec(), span),
            None => machine.fails(FailureKind::NoElement, span),
        },
        None => machine.unknown(span),
    }
}

fn reverse_list(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match elements(machine, arguments, 0) {
        Some(elements) => list(machine, elements.iter().rev().copied().collect(), span),
        None => machine.unknown(span),
    }
}

fn unique(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let Some(elements) = elements(machine, arguments, 0) else {
        return machine.unknown(span);
    };
    let mut kept: Vec<(Later, Found)> = Vec::new();
    for element in elements.iter() {
        let found = machine.force(*element);
        let mut is_new = true;
        for (_, other) in &kept {
            match machine.are_equal(&found, other, 0) {
                Some(true) => is_new = false,
                Some(false) => {}
                None => return machine.unknown(span),
            }
        }
        if is_new {
            kept.push((*element, found));
        }
    }
    list(machine, kept.into_iter().map(|it| it.0).collect(), span)
}

fn to_list(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let found = force(machine, arguments, 0);
    match found.kind {
        Kind::List(_) => found,
        Kind::Unknown(_) | Kind::Applied(..) => machine.unknown(span),
        _ => {
            let element = arg(machine, arguments, 0);
            list(machine, vec![element], span)
        }
    }
}

// ── of sets ──

/// The members by name, as Nix has them in sets.
fn sorted(machine: &Machine, set: &Set) -> Vec<Member> {
    let mut members = set.members.clone();
    members.sort_by(|a, b| machine.name(a.name).cmp(machine.name(b.name)));
    members
}

fn attr_names(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let Some(set) = members(machine, arguments, 0) else {
        return machine.unknown(span);
    };
    let mut names = Vec::new();
    for member in sorted(machine, &set) {
        let name = machine.name(member.name).into();
        names.push(machine.made(Kind::String(name), member.place.name));
    }
    list(machine, names, span)
}

fn attr_values(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match members(machine, arguments, 0) {
        Some(set) => {
            let values = sorted(machine, &set).into_iter().map(|it| it.value).collect();
            list(machine, values, span)
        }
        None => machine.unknown(span),
    }
}

/// A set of the members named.
fn pair(machine: &mut Machine, name: Later, value: Later, span: Span) -> Set {
    let place = computed(span);
    let (first, second) = (machine.symbol("name"), machine.symbol("value"));
    Set::of(vec![Member { name: first, place, value: name }, Member { name: second, place, value }])
}

fn name_value_pair(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let (name, value) = (arg(machine, arguments, 0), arg(machine, arguments, 1));
    let set = pair(machine, name, value, span);
    machine.found(Kind::Set(Rc::new(set)), span)
}

fn attrs_to_list(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let Some(set) = members(machine, arguments, 0) else {
        return machine.unknown(span);
    };
    let mut pairs = Vec::new();
    for member in sorted(machine, &set) {
        let name = machine.name(member.name).into();
        let name = machine.made(Kind::String(name), member.place.name);
        let set = pair(machine, name, member.value, span);
        pairs.push(machine.made(Kind::Set(Rc::new(set)), span));
    }
    list(machine, pairs, span)
}

fn list_to_attrs(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let found = elements(machine, arguments, 0).and_then(|pairs| from_pairs(machine, &pairs, span));
    or_unknown(machine, found, span)
}

/// Of two pairs of one name the first counts.
fn from_pairs(machine: &mut Machine, pairs: &[Later], span: Span) -> Option<Found> {
    let (first, second) = (machine.symbol("name"), machine.symbol("value"));
    let mut members = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for element in pairs {
        let Kind::Set(set) = machine.force(*element).kind else {
            return None;
        };
        let found = set.get(first).map(|it| it.value).map(|it| machine.force(it))?;
        let Kind::String(name) = found.kind else {
            return None;
        };
        let name = machine.symbol(&name);
        let value = set.get(second)?.value;
        if known.insert(name) {
            members.push(Member { name, place: computed(found.span), value });
        }
    }
    Some(machine.found(Kind::Set(Rc::new(Set::of(members))), span))
}

fn gen_attrs(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let function = arg(machine, arguments, 1);
    let Some(names) = elements(machine, arguments, 0) else {
        return machine.unknown(span);
    };
    let mut members = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for later in names.iter() {
        let found = machine.force(*later);
        let Kind::String(name) = found.kind else {
            return machine.unknown(span);
        };
        let name = machine.symbol(&name);
        let value = machine.applied(function, vec![*later], span);
        if known.insert(name) {
            members.push(Member { name, place: computed(found.span), value });
        }
    }
    machine.found(Kind::Set(Rc::new(Set::of(members))), span)
}

fn map_attrs(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let function = arg(machine, arguments, 0);
    let Some(set) = members(machine, arguments, 1) else {
        return machine.unknown(span);
    };
    let of = |it: &Member| {
        let name = machine.name(it.name).into();
        let name = machine.made(Kind::String(name), it.place.name);
        Member { value: machine.applied(function, vec![name, it.value], span), ..*it }
    };
    let set = Set::of(set.members.iter().map(of).collect());
    machine.found(Kind::Set(Rc::new(set)), span)
}

fn mapped_to_list(machine: &mut Machine, arguments: &[Later], span: Span) -> Option<Vec<Later>> {
    let function = arg(machine, arguments, 0);
    let set = members(machine, arguments, 1)?;
    let mut values = Vec::new();
    for member in sorted(machine, &set) {
        let name = machine.name(member.name).into();
        let name = machine.made(Kind::String(name), member.place.name);
        values.push(machine.applied(function, vec![name, member.value], span));
    }
    Some(values)
}

fn map_attrs_to_list(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match mapped_to_list(machine, arguments, span) {
        Some(values) => list(machine, values, span),
        None => machine.unknown(span),
    }
}

fn map_attrs_to_pairs(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let found = mapped_to_list(machine, arguments, span).and_then(|it| from_pairs(machine, &it, span));
    or_unknown(machine, found, span)
}

fn concat_map_attrs(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match mapped_to_list(machine, arguments, span) {
        Some(values) => merged(machine, &values, span),
        None => machine.unknown(span),
    }
}

fn merge_attrs_list(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match elements(machine, arguments, 0) {
        Some(elements) => merged(machine, &elements, span),
        None => machine.unknown(span),
    }
}

fn merged(machine: &mut Machine, sets: &[Later], span: Span) -> Found {
    let mut all = machine.found(Kind::Set(Rc::default()), span);
    for set in sets {
        let set = machine.force(*set);
        all = machine.update(&all, &set, span);
    }
    all
}

fn filter_attrs(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let function = force(machine, arguments, 0);
    let Some(set) = members(machine, arguments, 1) else {
        return machine.unknown(span);
    };
    let mut kept = Vec::new();
    for member in &set.members {
        let name = machine.name(member.name).into();
        let name = machine.made(Kind::String(name), member.place.name);
        match machine.apply_all(function.clone(), &[name, member.value], span).kind {
            Kind::Bool(true) => kept.push(*member),
            Kind::Bool(false) => {}
            _ => return machine.unknown(span),
        }
    }
    machine.found(Kind::Set(Rc::new(Set::of(kept))), span)
}

fn get_attr(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match string(machine, arguments, 0) {
        Some(name) => {
            let name = machine.symbol(&name);
            let from = force(machine, arguments, 1);
            machine.member(&from, name, span)
        }
        None => machine.unknown(span),
    }
}

fn has_attr(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match (string(machine, arguments, 0), force(machine, arguments, 1).kind) {
        (Some(name), Kind::Set(set)) => {
            let name = machine.symbol(&name);
            truth(machine, set.get(name).is_some(), span)
        }
        _ => machine.unknown(span),
    }
}

fn cat_attrs(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let (Some(name), Some(sets)) = (string(machine, arguments, 0), elements(machine, arguments, 1)) else {
        return machine.unknown(span);
    };
    let name = machine.symbol(&name);
    let mut values = Vec::new();
    for set in sets.iter() {
        match machine.force(*set).kind {
            Kind::Set(set) => values.extend(set.get(name).map(|it| it.value)),
            _ => return machine.unknown(span),
        }
    }
    list(machine, values, span)
}

fn remove_attrs(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let (Some(set), Some(names)) = (members(machine, arguments, 0), elements(machine, arguments, 1)) else {
        return machine.unknown(span);
    };
    let mut removed = std::collections::BTreeSet::new();
    for name in names.iter() {
        match machine.force(*name).kind {
            Kind::String(name) => removed.insert(machine.symbol(&name)),
            _ => return machine.unknown(span),
        };
    }
    let kept = set.members.iter().filter(|it| !removed.contains(&it.name)).copied().collect();
    machine.found(Kind::Set(Rc::new(Set::of(kept))), span)
}

fn recursive_update(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let (left, right) = (force(machine, arguments, 0), force(machine, arguments, 1));
    let (Kind::Set(old), Kind::Set(new)) = (&left.kind, &right.kind) else {
        // What is no set is replaced, but one that nobody knows could be one.
        let is_unknown = |it: &Kind| matches!(it, Kind::Unknown(_) | Kind::Applied(..) | Kind::If(..));
        return match is_unknown(&left.kind) || is_unknown(&right.kind) {
            true => machine.unknown(span),
            false => right,
        };
    };
    if !machine.spend(old.members.len() + new.members.len()) {
        return machine.unknown(span);
    }
    let mut members = old.members.clone();
    let Some(function) = by_name("recursiveUpdate") else {
        return machine.unknown(span);
    };
    for member in &new.members {
        match old.position(member.name).and_then(|it| members.get_mut(it)) {
            Some(place) => {
                let known = Kind::Known { function, arguments: Rc::default() };
                let known = machine.made(known, span);
                let value = machine.applied(known, vec![place.value, member.value], span);
                *place = Member { value, ..*member };
            }
            None => members.push(*member),
        }
    }
    machine.found(Kind::Set(Rc::new(Set::of(members))), span)
}

// ── of strings ──

fn join(machine: &mut Machine, between: &str, list: Found, span: Span) -> Found {
    let Kind::List(elements) = list.kind else {
        return machine.unknown(span);
    };
    let mut joined = String::new();
    for (index, element) in elements.iter().enumerate() {
        let Kind::String(part) = machine.force(*element).kind else {
            return machine.unknown(span);
        };
        if index > 0 {
            joined.push_str(between);
        }
        joined.push_str(&part);
        if joined.len() > MAX_STRING || !machine.spend(1 + (between.len() + part.len()) / 64) {
            return machine.unknown(span);
        }
    }
    text(machine, &joined, span)
}

fn concat_strings_sep(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match string(machine, arguments, 0) {
        Some(between) => {
            let list = force(machine, arguments, 1);
            join(machine, &between, list, span)
        }
        None => machine.unknown(span),
    }
}

fn concat_map_strings_sep(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match string(machine, arguments, 0) {
        Some(between) => {
            let list = map(machine, arguments.get(1..).unwrap_or_default(), span);
            join(machine, &between, list, span)
        }
        None => machine.unknown(span),
    }
}

fn affix(machine: &mut Machine, arguments: &[Later], span: Span, has: fn(&str, &str) -> bool) -> Found {
    match (string(machine, arguments, 0), string(machine, arguments, 1)) {
        (Some(affix), Some(text)) => truth(machine, has(&text, &affix), span),
        _ => machine.unknown(span),
    }
}

fn cased(machine: &mut Machine, arguments: &[Later], span: Span, change: fn(&str) -> String) -> Found {
    match string(machine, arguments, 0) {
        Some(it) => text(machine, &change(&it), span),
        None => machine.unknown(span),
    }
}

fn string_length(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match string(machine, arguments, 0) {
        Some(text) => int(machine, text.len(), span),
        None => machine.unknown(span),
    }
}

fn split_string(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match (string(machine, arguments, 0), string(machine, arguments, 1)) {
        (Some(at), Some(text)) if !at.is_empty() && machine.spend(text.len()) => {
            let parts = text.split(at.as_ref()).map(|it| machine.made(Kind::String(it.into()), span)).collect();
            list(machine, parts, span)
        }
        _ => machine.unknown(span),
    }
}

fn replace_strings(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let found = replaced(machine, arguments).map(|it| text(machine, &it, span));
    or_unknown(machine, found, span)
}

fn replaced(machine: &mut Machine, arguments: &[Later]) -> Option<String> {
    let (old, new) = (elements(machine, arguments, 0)?, elements(machine, arguments, 1)?);
    let text = string(machine, arguments, 2)?;
    let mut pairs = Vec::new();
    for (old, new) in old.iter().zip(new.iter()) {
        match (machine.force(*old).kind, machine.force(*new).kind) {
            // Nix puts text between all characters in place of nothing.
            (Kind::String(old), Kind::String(new)) if !old.is_empty() => pairs.push((old, new)),
            _ => return None,
        }
    }
    let mut result = String::new();
    let mut rest = text.as_ref();
    while let Some(first) = rest.chars().next() {
        if !machine.spend(1 + pairs.len()) || result.len() > MAX_STRING {
            return None;
        }
        match pairs.iter().find(|it| rest.starts_with(it.0.as_ref())) {
            Some((old, new)) => {
                result.push_str(new);
                rest = rest.get(old.len()..)?;
            }
            None => {
                result.push(first);
                rest = rest.get(first.len_utf8()..)?;
            }
        }
    }
    Some(result)
}

fn to_int(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let number = string(machine, arguments, 0).and_then(|it| it.trim().parse().ok());
    match number {
        Some(number) => machine.found(Kind::Int(number), span),
        None => machine.unknown(span),
    }
}

fn bool_to_string(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    match force(machine, arguments, 0).kind {
        Kind::Bool(true) => text(machine, "true", span),
        Kind::Bool(false) => text(machine, "false", span),
        _ => machine.unknown(span),
    }
}

fn to_string(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let found = force(machine, arguments, 0);
    let mut written = String::new();
    match as_string(machine, &found, &mut written, 0) {
        Some(()) => text(machine, &written, span),
        None => machine.unknown(span),
    }
}

/// A path without the steps that lead nowhere: `.` for `./.`.
fn plain_path(path: &str) -> String {
    let mut steps = path.split('/');
    let first = steps.next().unwrap_or_default().to_owned();
    steps.filter(|it| !matches!(*it, "" | ".")).fold(first, |path, step| path + "/" + step)
}

/// Source: nix `src/libexpr/eval.cc`, `coerceToString` with `coerceMore`
fn as_string(machine: &mut Machine, found: &Found, written: &mut String, depth: usize) -> Option<()> {
    match &found.kind {
        Kind::String(text) => written.push_str(text),
        Kind::Bool(true) => written.push('1'),
        Kind::Bool(false) | Kind::Null => {}
        Kind::Int(number) => written.push_str(&number.to_string()),
        Kind::Path(path) if path.starts_with('/') => written.push_str(path),
        // Where a text is read for what it says, paths begin where the text is.
        Kind::Path(path) if path.starts_with(['.', '~']) && machine.is_filling() => written.push_str(&plain_path(path)),
        Kind::List(elements) if depth < 20 && machine.spend(elements.len()) => {
            for (index, element) in elements.iter().enumerate() {
                let element = machine.force(*element);
                as_string(machine, &element, written, depth + 1)?;
                let is_empty = matches!(&element.kind, Kind::List(it) if it.is_empty());
                if index + 1 < elements.len() && !is_empty {
                    written.push(' ');
                }
            }
        }
        _ => return None,
    }
    (written.len() <= MAX_STRING).then_some(())
}

// ── others ──

fn thrown(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let message = string(machine, arguments, 0);
    machine.fails(FailureKind::Thrown(message.map_or_else(String::new, |it| it.as_ref().to_owned())), span)
}

fn pipe(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let mut value = arg(machine, arguments, 0);
    let Some(functions) = elements(machine, arguments, 1) else {
        return machine.unknown(span);
    };
    for function in functions.iter() {
        let function = machine.force(*function);
        let found = machine.apply(function, value, span);
        value = machine.done(found);
    }
    machine.force(value)
}

fn is_a(machine: &mut Machine, arguments: &[Later], span: Span, is: fn(&Kind) -> bool) -> Found {
    let found = force(machine, arguments, 0);
    match known(&found.kind) {
        Some(_) => truth(machine, is(&found.kind), span),
        None => machine.unknown(span),
    }
    .with(found.failure)
}

fn chosen(machine: &mut Machine, arguments: &[Later], span: Span, is_max: bool) -> Found {
    match (force(machine, arguments, 0), force(machine, arguments, 1)) {
        (first @ Found { kind: Kind::Int(a), .. }, second @ Found { kind: Kind::Int(b), .. }) => {
            match (a > b) == is_max {
                true => first,
                false => second,
            }
        }
        _ => machine.unknown(span),
    }
}

fn to_json(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let found = force(machine, arguments, 0);
    let mut written = String::new();
    match json::write(machine, &found, &mut written, 0) {
        Some(()) => text(machine, &written, span),
        None => machine.unknown(span),
    }
}

fn from_json(machine: &mut Machine, arguments: &[Later], span: Span) -> Found {
    let Some(text) = string(machine, arguments, 0) else {
        return machine.unknown(span);
    };
    match machine.spend(text.len()) {
        true => json::read(machine, &text, span),
        false => machine.unknown(span),
    }
}
