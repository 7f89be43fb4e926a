//! What the tests of all rules share, and what holds for every rule.

use std::fs;

use super::RULES;
use crate::{
    Engine, Request, analyze,
    rule::diagnostic::{Diagnostic, Severity},
};

/// The diagnostics of one rule for a text, under the latest Engine.
pub(super) fn diagnose(text: &str, rule: &str) -> Vec<Diagnostic> {
    diagnose_on(Engine::LATEST, text, rule)
}

/// The diagnostics of one rule for a text, under `engine`.
pub(super) fn diagnose_on(engine: Engine, text: &str, rule: &str) -> Vec<Diagnostic> {
    let request = Request { engine, ..Request::of(text) };
    let mut diagnostics = analyze(&request).diagnostics;
    diagnostics.retain(|it| it.rule == rule);
    diagnostics
}

/// Asserts what one rule finds, each as `severity id start..end`.
#[track_caller]
pub(super) fn assert_found(text: &str, rule: &str, expected: &[&str]) {
    assert_found_on(Engine::LATEST, text, rule, expected);
}

/// As [`assert_found`], under `engine`.
#[track_caller]
pub(super) fn assert_found_on(engine: Engine, text: &str, rule: &str, expected: &[&str]) {
    let found: Vec<String> = diagnose_on(engine, text, rule)
        .iter()
        .map(|it| format!("{} {} {}..{}", it.severity, it.rule, it.span.start, it.span.end))
        .collect();
    assert_eq!(found, expected, "{text}");
}

/// Asserts what one rule finds under `engine`, each as `severity` and the text it is about: `error "10x"`.
#[track_caller]
pub(super) fn assert_flags(engine: &str, text: &str, rule: &str, expected: &[&str]) {
    let engine = engine.parse().expect("an Engine");
    let found: Vec<String> =
        diagnose_on(engine, text, rule).iter().map(|it| format!("{} {}", it.severity, it.span.of(text))).collect();
    assert_eq!(found, expected, "{text} on {engine}");
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
    use crate::{
        daemon::{dialect, prose::page},
        rule::diagnostic::Stage,
    };

    /// The example of a rule's page, with the Engine and host it is for.
    fn example(rule: &super::super::Rule) -> Request {
        let page = page(rule);
        let mut request = Request::of(&*page.example);
        request.dialect = dialect::find(page.dialect).unwrap_or(request.dialect);
        Request { engine: page.engine.parse().expect("an Engine"), host: page.host(), ..request }
    }

    #[test]
    fn a_stage_fits_the_severity() {
        for it in RULES.iter().flat_map(|it| analyze(&example(it)).diagnostics) {
            let fits = match it.stage {
                Some(Stage::Evaluation | Stage::Load | Stage::Start) => it.severity == Severity::Error,
                Some(Stage::Run) => it.severity == Severity::Warning,
                None => it.severity != Severity::Error,
            };
            assert!(fits, "{it:?}");
        }
    }

    #[test]
    fn every_page_has_its_headings_and_an_example_the_rule_flags() {
        for rule in RULES {
            for heading in ["Why it matters", "What to do", "Example", "Source"] {
                let heading = format!("## {heading}");
                assert!(rule.page().contains(&heading), "{}: {heading}", rule.id);
            }
            let mut found = analyze(&example(rule)).diagnostics;
            found.retain(|it| it.rule == rule.id);
            assert!(!found.is_empty(), "{}: example not flagged", rule.id);
            for it in found {
                assert!(rule.severities.contains(&it.severity), "{it:?}");
                assert!(!it.why.is_empty() && !it.help.is_empty(), "{it:?}");
                assert!(!it.message.ends_with('.'), "{it:?}");
            }
        }
    }

    #[test]
    fn the_first_fix_of_an_example_leaves_nothing_of_the_rule_and_raises_nothing_new() {
        for rule in RULES {
            let request = example(rule);
            let before = analyze(&request).diagnostics;
            let Some(fix) = before.iter().find(|it| it.rule == rule.id).and_then(|it| it.fixes.first()) else {
                continue;
            };
            let mended = fix.edits.apply(&request.text);
            let after = analyze(&Request { text: mended.clone(), ..request });
            let after = after.diagnostics;
            let count = |found: &[Diagnostic], id| found.iter().filter(|it| it.rule == id).count();
            assert!(count(&after, rule.id) < count(&before, rule.id), "{}: {} leaves it: {mended}", rule.id, fix.title);
            for it in &after {
                assert!(
                    count(&after, it.rule) <= count(&before, it.rule),
                    "{}: {} raises {}: {mended}",
                    rule.id,
                    fix.title,
                    it.message
                );
            }
        }
    }
}

/// The rules are compiled a second time, where nobody reads what they say: words come by `super`, so that they can be
/// left out there.
#[test]
fn rules_take_their_words_from_above() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/daemon/check");
    let mut files = 0;
    for file in fs::read_dir(folder).expect("the rules").flatten() {
        let source = fs::read_to_string(file.path()).expect("a rule");
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().filter(|it| !it.trim_start().starts_with("//"));
        if !code.contains("rule! {") || code.contains("macro_rules! rule {") {
            continue;
        }
        files += 1;
        for line in lines {
            for banned in ["format!(", "rule::diagnostic", "text::words::listed", "words::{distance, listed}"] {
                assert!(!line.contains(banned), "{}: {line}", file.path().display());
            }
        }
    }
    assert!(files > 100, "{files}");
}
