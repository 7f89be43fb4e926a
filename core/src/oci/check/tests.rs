//! What the tests of all rules share, and what holds for every rule.

use super::*;
use crate::oci::read::{Choices, read};

/// The diagnostics of a text.
pub(super) fn diagnose_all(text: &str) -> Vec<Diagnostic> {
    let reading = read(text, &Choices::default());
    check(&Context::new(text, &reading))
}

/// The diagnostics of one rule for a text.
pub(super) fn diagnose(text: &str, rule: &str) -> Vec<Diagnostic> {
    let mut found = diagnose_all(text);
    found.retain(|it| it.rule == rule);
    found
}

/// Asserts what one rule finds, each as its severity and the text it is about: `error 10x`.
#[track_caller]
pub(super) fn assert_found(text: &str, rule: &str, expected: &[&str]) {
    let found: Vec<String> =
        diagnose(text, rule).iter().map(|it| format!("{} {}", it.severity, it.span.of(text))).collect();
    assert_eq!(found, expected, "{text}");
}

/// Asserts what the first fix of one rule is called, and what it makes of the text.
#[track_caller]
pub(super) fn assert_first_fix(text: &str, rule: &str, title: &str, after: &str) {
    let found = diagnose(text, rule);
    let fix = found.first().and_then(|it| it.fixes.first()).expect("a fix");
    assert_eq!((fix.title.as_str(), &*fix.edits.apply(text)), (title, after), "{text}");
}

#[test]
fn rules_are_in_order_and_their_ids_differ() {
    let ids: Vec<_> = RULES.iter().map(|it| it.id).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
}

#[cfg(feature = "prose")]
mod examples {
    use super::*;
    use crate::rule::{Rule, diagnostic::Severity};

    fn example(rule: &Rule) -> String {
        let page = rule.page();
        let example = page.split_once("```nix\n").and_then(|it| it.1.split_once("```")).expect("an example").0;
        example.to_owned()
    }

    #[test]
    fn every_page_has_its_headings_and_an_example_the_rule_flags() {
        for rule in RULES {
            for heading in ["Why it matters", "What to do", "Example", "Source"] {
                let heading = format!("## {heading}");
                assert!(rule.page().contains(&heading), "{}: {heading}", rule.id);
            }
            let found = diagnose(&example(rule), rule.id);
            assert!(!found.is_empty(), "{}: example not flagged", rule.id);
            for it in found {
                assert!(rule.severities.contains(&it.severity), "{it:?}");
                assert!(!it.why.is_empty() && !it.help.is_empty(), "{it:?}");
                assert!(!it.message.ends_with('.') && it.why.ends_with('.') && it.help.ends_with(['.', '?']), "{it:?}");
                let fits = match it.stage {
                    Some(_) => it.severity == Severity::Error,
                    None => it.severity != Severity::Error,
                };
                assert!(fits, "{it:?}");
            }
        }
    }

    #[test]
    fn the_first_fix_of_an_example_mends_it_and_raises_no_error() {
        for rule in RULES {
            let text = example(rule);
            let before = diagnose(&text, rule.id);
            let Some(fix) = before.first().and_then(|it| it.fixes.first()) else { continue };
            let after = fix.edits.apply(&text);
            assert!(diagnose(&after, rule.id).len() < before.len(), "{}: {after}", rule.id);
            let errors = |text: &str| diagnose_all(text).iter().filter(|it| it.severity == Severity::Error).count();
            assert!(errors(&after) <= errors(&text), "{}: {after}", rule.id);
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_checked_and_fixes_are_places_of_it(text in "(\\{ config, lib, ... \\}: |virtualisation|oci-containers|quadlet|arion|[.]|containers|projects|settings|services|service|image|ports|networks|containerConfig|environment|extraOptions|\\{|\\}| = |;|\\[|\\]|\"a:1\"|\"80:80\"|\"--network=x\"|\"[$]\\{cfg.x\\}:80\"|lib.mkIf config.x |lib.mkForce |cfg.a|null|1|true|''a''| |\n|é|\"|let a = 1; in ){0,40}") {
        for found in diagnose_all(&text) {
            proptest::prop_assert!(text.get(found.span.start..found.span.end).is_some(), "{found:?}");
            for edit in found.fixes.iter().flat_map(|it| it.edits.iter()) {
                proptest::prop_assert!(text.get(edit.span.start..edit.span.end).is_some(), "{found:?}");
            }
        }
    }
}
