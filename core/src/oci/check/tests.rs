//! What the tests of all rules share, and what holds for every rule.

use super::*;
use crate::{
    oci::read::{Choices, read},
    rule::judged::Judged,
};

const JUDGED: Judged = Judged { rules: RULES, diagnose: diagnose_all, language: "nix" };

/// The diagnostics of a text.
pub(super) fn diagnose_all(text: &str) -> Vec<Diagnostic> {
    let reading = read(text, &Choices::default());
    check(&Context::new(text, &reading))
}

/// Asserts what one rule finds, each as its severity and the text it is about: `error 10x`.
#[track_caller]
pub(super) fn assert_found(text: &str, rule: &str, expected: &[&str]) {
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
    fn any_text_is_checked_and_fixes_are_places_of_it(text in "(\\{ config, lib, ... \\}: |virtualisation|oci-containers|quadlet|arion|[.]|containers|projects|settings|services|service|image|ports|networks|containerConfig|environment|extraOptions|\\{|\\}| = |;|\\[|\\]|\"a:1\"|\"80:80\"|\"--network=x\"|\"[$]\\{cfg.x\\}:80\"|lib.mkIf config.x |lib.mkForce |cfg.a|null|1|true|''a''| |\n|é|\"|let a = 1; in ){0,40}") {
        JUDGED.assert_places(&text);
    }
}
