//! Which conditions are taken to hold, of those that nobody knows?
//!
//! All of them, but for one whose opposite stands before it: what `lib.mkIf c` and `lib.mkIf (!c)` give never holds at once.

use crate::{
    notation::nix::value::{Condition, Kind, Value},
    text::order,
};

/// The conditions that do not hold where those before them do, in the order of the text.
pub(super) fn opposed(values: &[&Value]) -> Vec<Condition> {
    let mut sides: Vec<(String, bool)> = Vec::new();
    let mut opposed = Vec::new();
    for it in conditions(values).into_iter().filter(|it| !it.name.is_empty()) {
        let (question, answer) = side_of(&it.name);
        match sides.binary_search_by(|side| side.0.cmp(&question)) {
            Ok(at) if sides.get(at).is_some_and(|side| side.1 != answer) => opposed.push(it.clone()),
            Ok(_) => {}
            Err(at) => sides.insert(at, (question, answer)),
        }
    }
    opposed
}

/// All conditions, in the order of the text.
pub(super) fn conditions<'a>(values: &[&'a Value]) -> Vec<&'a Condition> {
    let mut conditions = Vec::new();
    values.iter().for_each(|it| gather(it, &mut conditions));
    order::sort(&mut conditions, |a: &&Condition, b| (a.span, &a.name).cmp(&(b.span, &b.name)));
    conditions.dedup();
    conditions
}

/// A value without what is given under conditions.
pub(super) fn without(value: &mut Value, conditions: &[Condition]) {
    let is_opposed = |it: &Value| match &it.kind {
        Kind::If(condition, _) => {
            let order = |it: &Condition| (it.span, &it.name).cmp(&(condition.span, &condition.name));
            conditions.binary_search_by(order).is_ok()
        }
        _ => false,
    };
    if is_opposed(value) {
        value.kind = Kind::Merge(Vec::new());
    }
    match &mut value.kind {
        Kind::List(values) | Kind::Merge(values) => {
            values.retain(|it| !is_opposed(it));
            values.iter_mut().for_each(|it| without(it, conditions));
        }
        Kind::Set(attributes) => attributes.iter_mut().for_each(|it| without(&mut it.value, conditions)),
        Kind::If(_, inner) | Kind::Override(_, inner) | Kind::Order(_, inner) => without(inner, conditions),
        _ => {}
    }
}

fn gather<'a>(value: &'a Value, found: &mut Vec<&'a Condition>) {
    match &value.kind {
        Kind::List(values) | Kind::Merge(values) => values.iter().for_each(|it| gather(it, found)),
        Kind::Set(attributes) => attributes.iter().for_each(|it| gather(&it.value, found)),
        Kind::If(condition, inner) => {
            found.push(condition);
            gather(inner, found);
        }
        Kind::Override(_, inner) | Kind::Order(_, inner) => gather(inner, found),
        _ => {}
    }
}

/// What a condition asks, and the answer that it holds for: `c` and false for `!(c)`, `a == b` and false for `a != b`.
fn side_of(condition: &str) -> (String, bool) {
    let (mut question, mut answer) = (condition.trim(), true);
    loop {
        let within = question.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        if let Some(it) = within {
            question = it.trim();
        } else if let Some(it) = question.strip_prefix('!').filter(|it| is_one(it)) {
            (question, answer) = (it.trim_start(), !answer);
        } else {
            break;
        }
    }
    let equal = question.replace(" != ", " == ");
    match equal == question || !is_one_comparison(question) {
        true => (question.to_owned(), answer),
        false => (equal, !answer),
    }
}

/// Whether `!` before it is about all of it.
fn is_one(condition: &str) -> bool {
    let condition = condition.trim_start();
    condition.starts_with('(') || !condition.contains([' ', '\n'])
}

fn is_one_comparison(condition: &str) -> bool {
    condition.matches(" != ").count() == 1 && !["&&", "||", "->"].iter().any(|it| condition.contains(it))
}
