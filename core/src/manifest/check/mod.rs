//! What is wrong with a manifest, or with a hash? One rule per file.
//!
//! A new rule is its file, one word in `rules!` below, and its tests.

use super::read::{ProblemKind, Reading};
use crate::{
    rule::diagnostic::{Diagnostic, Stage},
    text::{Span, order},
};

/// What a rule may look at.
pub struct Context<'a> {
    /// The text, for quoting what was written.
    pub text: &'a str,
    /// The platform that was chosen; empty for none.
    pub platform: &'a str,
    /// What was read of it.
    pub reading: &'a Reading,
}

impl<'a> Context<'a> {
    /// What is wrong with the text, each with its bytes.
    fn problems(&self) -> impl Iterator<Item = (&'a ProblemKind, Span)> {
        self.reading.problems.iter().map(|it| (&it.kind, it.span))
    }

    /// What is written at a place; `this` where that is long.
    fn quoted(&self, span: Span) -> String {
        let written = span.of(self.text).trim();
        match written.chars().count() {
            0 => "the end".to_owned(),
            1..=48 => format!("`{written}`"),
            _ => "this".to_owned(),
        }
    }
}

/// What the rules found.
type Found = Vec<Diagnostic>;

/// Adds what a rule finds.
type Check = fn(&Context, &mut Found);

rules! {
    digest_differs,
    digest_malformed,
    image_name_malformed,
    image_unnamed,
    index_instead_of_manifest,
    json_malformed,
    layer_elsewhere,
    layers_unpacked,
    not_a_manifest,
    not_an_image,
    platform_missing,
    schema_too_old,
}

/// Runs every rule; what is found comes in the order of the text.
pub fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Found::new();
    for check in CHECKS {
        check(context, &mut found);
    }
    order::sort(&mut found, |a, b| (a.span, a.severity).cmp(&(b.span, b.severity)));
    found
}

#[cfg(test)]
mod tests;
