//! What the tests of all rules share, and what holds for every rule.

use super::*;
use crate::{images::source, rule::judged::Judged};

const JUDGED: Judged = Judged { rules: RULES, diagnose: diagnose_all, language: "nix" };

/// The diagnostics of a text.
pub(super) fn diagnose_all(text: &str) -> Vec<Diagnostic> {
    let source = source(text);
    check(&Context::new(text, &source))
}

/// Asserts what one rule finds, each as its severity and the text it is about.
#[track_caller]
pub(super) fn assert_found(text: &str, rule: &str, expected: &[&str]) {
    JUDGED.assert_found(text, rule, expected);
}

#[test]
fn rules_are_in_order_and_their_ids_differ() {
    JUDGED.assert_in_order();
}

#[cfg(feature = "prose")]
#[test]
fn every_page_has_its_headings_and_an_example_the_rule_flags() {
    for language in ["nix", "dockerfile"] {
        let fence = format!("```{language}");
        let rules: Vec<_> = RULES.iter().copied().filter(|it| it.page().contains(&fence)).collect();
        assert!(rules.len() > 10);
        let judged = Judged { rules: rules.leak(), language, ..JUDGED };
        judged.assert_pages();
        judged.assert_fixes();
    }
}

#[test]
fn dates_are_put_together() {
    assert_eq!(
        created_of("builtins.substring 0 8 self.lastModifiedDate").as_deref(),
        Some(
            "\"${builtins.substring 0 4 self.lastModifiedDate}-${builtins.substring 4 2 self.lastModifiedDate}-${builtins.substring 6 2 self.lastModifiedDate}T00:00:00Z\""
        )
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_checked(text in "(pkgs.dockerTools.buildImage |\\{|\\}|\\[|\\]|=|;|\"|name|config|Cmd|\\.|contents|FROM |RUN |COPY |--from=|ENV |CMD |A|a:1|/|\\\\\n|\n|<<E|é| |\\$\\{){0,40}") {
        JUDGED.assert_places(&text);
    }
}
