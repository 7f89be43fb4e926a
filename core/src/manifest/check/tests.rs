//! What the tests of all rules share, and what holds for every rule.

use super::*;
use crate::{
    manifest::read::{Choices, read},
    rule::judged::Judged,
};

const JUDGED: Judged = Judged { rules: RULES, diagnose: diagnose_all, language: "json" };

/// A digest that is right.
pub(super) const DIGEST: &str = "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7";

/// The diagnostics of a text.
pub(super) fn diagnose_all(text: &str) -> Vec<Diagnostic> {
    diagnose_with(text, &Choices::default())
}

/// The diagnostics of a text, with what was chosen beside it.
pub(super) fn diagnose_with(text: &str, choices: &Choices) -> Vec<Diagnostic> {
    let reading = read(text, choices);
    check(&Context { text, platform: &choices.platform, reading: &reading })
}

/// Asserts what one rule finds, each as its severity and the text it is about. `@` stands for a digest that is right.
#[track_caller]
pub(super) fn assert_found(text: &str, rule: &str, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|it| it.replace('@', DIGEST)).collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    JUDGED.assert_found(&text.replace('@', DIGEST), rule, &expected);
}

#[test]
fn rules_are_in_order_and_their_ids_differ() {
    JUDGED.assert_in_order();
}

#[cfg(feature = "prose")]
#[test]
fn every_page_has_its_headings_and_an_example_the_rule_flags() {
    // What is chosen beside a text is in no example of one.
    let rules: Vec<_> =
        RULES.iter().copied().filter(|it| !matches!(it.id, "image-name-malformed" | "platform-missing")).collect();
    Judged { rules: rules.leak(), ..JUDGED }.assert_pages();
}

proptest::proptest! {
    #[test]
    fn any_text_is_checked(text in "(\\{|\\}|\\[|\\]|,|\"|:|\"layers\":|\"config\": \\{|\"digest\": |\"manifests\": \\[|\"Config\": \"a\",|\"RootFS\": \\{|sha256:|[0-9a-f]{64}|\"size\": 7|debian:12|@|#|\n|é| ){0,40}") {
        JUDGED.assert_places(&text);
    }
}
