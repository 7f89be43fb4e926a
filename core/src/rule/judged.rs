//! What holds for the rules of any bench, for their tests.

use super::{
    Rule,
    diagnostic::{Diagnostic, Severity, Stage},
};

/// The rules of a bench.
pub(crate) struct Judged {
    /// The rules.
    pub rules: &'static [&'static Rule],
    /// What they find in a text.
    pub diagnose: fn(&str) -> Vec<Diagnostic>,
    /// What the examples of their pages are written in, as fences say it: `yaml`.
    pub language: &'static str,
}

impl Judged {
    fn of_rule(&self, text: &str, rule: &str) -> Vec<Diagnostic> {
        let mut found = (self.diagnose)(text);
        found.retain(|it| it.rule == rule);
        found
    }

    /// Asserts what one rule finds, each as its severity and the text it is about: `error 10x`.
    #[track_caller]
    pub fn assert_found(&self, text: &str, rule: &str, expected: &[&str]) {
        let found = self.of_rule(text, rule);
        let found: Vec<String> = found.iter().map(|it| format!("{} {}", it.severity, it.span.of(text))).collect();
        assert_eq!(found, expected, "{text}");
    }

    /// Asserts what the first fix of one rule is called, and what it makes of the text.
    #[track_caller]
    pub fn assert_first_fix(&self, text: &str, rule: &str, title: &str, after: &str) {
        let found = self.of_rule(text, rule);
        let fix = found.first().and_then(|it| it.fixes.first()).expect("a fix");
        assert_eq!((fix.title.as_str(), &*fix.edits.apply(text)), (title, after), "{text}");
    }

    /// Asserts that the rules are in the order of their names, which differ.
    pub fn assert_in_order(&self) {
        let ids: Vec<_> = self.rules.iter().map(|it| it.id).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    }

    /// Asserts that what is found in a text, and what fixes change, are places of it.
    pub fn assert_places(&self, text: &str) {
        for found in (self.diagnose)(text) {
            let fixed = found.fixes.iter().flat_map(|it| it.edits.iter()).map(|it| it.span);
            for span in fixed.chain([found.span]) {
                assert!(text.get(span.start..span.end).is_some(), "{found:?}");
            }
        }
    }
}

#[cfg(feature = "prose")]
impl Judged {
    fn example(&self, rule: &Rule) -> String {
        let (page, fence) = (rule.page(), format!("```{}\n", self.language));
        let example = page.split_once(&fence).and_then(|it| it.1.split_once("```")).expect("an example").0;
        example.replace("\\t", "\t")
    }

    /// Asserts that every page has its headings, and an example in which its rule finds something that is well told.
    pub fn assert_pages(&self) {
        for rule in self.rules {
            for heading in ["Why it matters", "What to do", "Example", "Source"] {
                let heading = format!("## {heading}");
                assert!(rule.page().contains(&heading), "{}: {heading}", rule.id);
            }
            let found = self.of_rule(&self.example(rule), rule.id);
            assert!(!found.is_empty(), "{}: example not flagged", rule.id);
            for it in found {
                assert!(rule.severities.contains(&it.severity), "{it:?}");
                assert!(!it.why.is_empty() && !it.help.is_empty(), "{it:?}");
                assert!(!it.message.ends_with('.') && it.why.ends_with('.') && it.help.ends_with(['.', '?']), "{it:?}");
                let fits = match it.stage {
                    Some(Stage::Run) => it.severity != Severity::Hint,
                    Some(_) => it.severity == Severity::Error,
                    None => it.severity != Severity::Error,
                };
                assert!(fits, "{it:?}");
            }
        }
    }

    /// Asserts that the first fix of each example mends it, and raises no error.
    pub fn assert_fixes(&self) {
        for rule in self.rules {
            let text = self.example(rule);
            let before = self.of_rule(&text, rule.id);
            let Some(fix) = before.first().and_then(|it| it.fixes.first()) else { continue };
            let after = fix.edits.apply(&text);
            assert!(self.of_rule(&after, rule.id).len() < before.len(), "{}: {after}", rule.id);
            let errors = |text: &str| (self.diagnose)(text).iter().filter(|it| it.severity == Severity::Error).count();
            assert!(errors(&after) <= errors(&text), "{}: {after}", rule.id);
        }
    }
}
