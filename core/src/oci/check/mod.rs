//! What is wrong with a module that asks for containers? One rule per file.
//!
//! A new rule is its file, one word in `rules!` below, and its tests.

use std::{cell::Cell, collections::HashSet};

use super::{problem::ProblemKind, read::Reading};
use crate::{
    rule::diagnostic::{Diagnostic, Fix, Stage},
    text::{Span, order, words},
};

/// What a rule may look at.
pub struct Context<'a> {
    /// The text, for quoting what was written.
    pub text: &'a str,
    /// What was read of it.
    pub reading: &'a Reading,
    lookups: Cell<usize>,
}

/// So many names are looked for that were likely meant; a text with more mistakes gets no further proposals.
const MAX_LOOKUPS: usize = 20;

/// Among so many a name is looked for.
const MAX_NAMES: usize = 2_000;

impl<'a> Context<'a> {
    /// What there is to look at in a text that was read.
    pub fn new(text: &'a str, reading: &'a Reading) -> Self {
        Self { text, reading, lookups: Cell::new(MAX_LOOKUPS) }
    }

    /// What is wrong with what is said of options, each with its bytes.
    fn problems(&self) -> impl Iterator<Item = (&'a ProblemKind, Span)> {
        self.reading.problems.iter().map(|it| (&it.kind, it.span))
    }

    /// What reads the text, and stops at what is wrong with it.
    fn reader(&self) -> &'static str {
        if self.reading.is_compose { "Arion" } else { "nixos-rebuild" }
    }

    /// The container that was likely meant: the nearest, if it is near.
    fn meant(&self, written: &str) -> Option<&'a str> {
        let left = self.lookups.get().checked_sub(1)?;
        self.lookups.set(left);
        let names = self.reading.project.containers.iter().take(MAX_NAMES).map(|it| it.name.as_str());
        let near = names.map(|it| (words::distance(written, it), it));
        near.min().filter(|it| it.0 <= 1 + written.len() / 4).map(|it| it.1)
    }

    /// What is written at a place.
    pub fn written(&self, span: Span) -> &'a str {
        span.of(self.text)
    }
}

/// What the rules found.
type Found = Vec<Diagnostic>;

/// Adds what a rule finds.
type Check = fn(&Context, &mut Found);

rules! {
    definitions_conflict,
    flag_unknown,
    image_missing,
    name_undefined,
    nix_malformed,
    option_of_wrong_kind,
    option_unknown,
    secret_in_the_store,
    value_malformed,
    value_open,
    variable_misspelled,
}

/// Runs every rule; what is found comes in the order of the text.
pub fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Found::new();
    for check in CHECKS {
        check(context, &mut found);
    }
    order::sort(&mut found, |a, b| (a.span, a.severity).cmp(&(b.span, b.severity)));
    // A value that a name stands for in several places is found as often.
    let mut seen = HashSet::new();
    found.retain(|it: &Diagnostic| seen.insert((it.rule, it.span, it.message.clone())));
    found
}

#[cfg(test)]
mod tests;
