//! What tests of rules share, and what holds for all rules.

use super::RULES;
use crate::run::{Choices, examine, flags::Cli};

/// The diagnostics of one rule: severity and what was written there.
#[track_caller]
pub(super) fn assert_found(text: &str, rule: &str, expected: &[&str]) {
    assert_found_on(Cli::Docker, text, rule, expected);
}

#[track_caller]
pub(super) fn assert_found_on(runs_on: Cli, text: &str, rule: &str, expected: &[&str]) {
    let examined = examine(text, &Choices { runs_on, ..Choices::default() });
    let of_rule = examined.diagnostics.iter().filter(|it| it.rule == rule);
    let found: Vec<String> = of_rule.map(|it| format!("{} {}", it.severity, it.span.of(text))).collect();
    assert_eq!(found, expected, "{text}\n{:#?}", examined.diagnostics);
}

/// The first fix of the first diagnostic of a rule, applied.
#[track_caller]
pub(super) fn assert_fixed(text: &str, rule: &str, after: &str) {
    assert_fixed_on(Cli::Docker, text, rule, after);
}

#[track_caller]
pub(super) fn assert_fixed_on(runs_on: Cli, text: &str, rule: &str, after: &str) {
    let examined = examine(text, &Choices { runs_on, ..Choices::default() });
    let found = examined.diagnostics.iter().find(|it| it.rule == rule);
    let fix = found.and_then(|it| it.fixes.first()).unwrap_or_else(|| panic!("{text}: {:#?}", examined.diagnostics));
    assert_eq!(fix.edits.apply(text), after, "{}", fix.title);
}

#[test]
fn rules_are_in_order() {
    assert!(RULES.is_sorted_by(|a, b| a.id < b.id));
}

#[cfg(feature = "prose")]
#[test]
fn every_page_has_its_headings_and_an_example_that_is_flagged() {
    for rule in RULES {
        let page = rule.page();
        for heading in ["## Why it matters", "## What to do", "## Example", "## Source"] {
            assert!(page.contains(heading), "{}: {heading}", rule.id);
        }
        let example = page.split("```sh\n").nth(1).and_then(|it| it.split("\n```").next()).expect(rule.id);
        let of_rule = |runs_on| {
            let found = examine(example, &Choices { runs_on, ..Choices::default() }).diagnostics;
            found.into_iter().filter(|it| it.rule == rule.id).collect::<Vec<_>>()
        };
        let found = [of_rule(Cli::Docker), of_rule(Cli::Podman)].concat();
        assert!(!found.is_empty(), "{}: {example}", rule.id);
        for it in found {
            assert!(rule.severities.contains(&it.severity), "{} {}", rule.id, it.severity);
            assert!(!it.message.ends_with('.') && !it.message.is_empty(), "{}", it.message);
            assert!(it.why.ends_with('.') && it.help.ends_with(['.', '?']), "{}: {} {}", rule.id, it.why, it.help);
        }
    }
}
