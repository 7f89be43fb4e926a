//! What the tests of all rules share, and what holds for every rule.

use super::*;
use crate::{
    compose::read::{Choices, read},
    rule::judged::Judged,
};

const JUDGED: Judged = Judged { rules: RULES, diagnose: diagnose_all, language: "yaml" };

/// The diagnostics of a text.
pub(super) fn diagnose_all(text: &str) -> Vec<Diagnostic> {
    let reading = read(text, &Choices::default());
    check(&Context::new(text, &reading))
}

/// Asserts what one rule finds, each as its severity and the text it is about: `error 10x`.
#[track_caller]
pub(super) fn assert_flags(text: &str, rule: &str, expected: &[&str]) {
    JUDGED.assert_found(text, rule, expected);
}

/// Asserts what the first fix of one rule is called, and what it makes of the text.
#[track_caller]
pub(super) fn assert_first_fix(text: &str, rule: &str, title: &str, after: &str) {
    JUDGED.assert_first_fix(text, rule, title, after);
}

#[test]
fn rules_are_in_order_and_their_ids_differ() {
    JUDGED.assert_in_order();
}

#[cfg(feature = "prose")]
#[test]
fn every_page_has_its_headings_and_an_example_the_rule_flags() {
    JUDGED.assert_pages();
}

#[cfg(feature = "prose")]
#[test]
fn the_first_fix_of_an_example_mends_it_and_raises_no_error() {
    JUDGED.assert_fixes();
}

proptest::proptest! {
    #[test]
    fn any_text_is_checked_and_fixes_are_places_of_it(text in "(services:|networks:|volumes:|é:|a:|b:|image:|ports:|user:|command:|version: 1|depends_on:|environment:|network_mode: host|\\$\\{X|\\$\\{1\\}|\\}|- |\n|\n  |\n    |\n      |: |x|80:80|1\\.10|'|\"|\\[|\\]|\\{|, |&a |\\*a|true|~|&&|---\n|\t){0,50}") {
        JUDGED.assert_places(&text);
    }
}
