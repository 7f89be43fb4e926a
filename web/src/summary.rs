//! The verdict of a report, as the page shows it.

use drydock::{Glance, Report, diagnostic::Severity};

/// The worst that was found, and a sentence about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The worst severity; `None` when nothing is wrong.
    pub severity: Option<Severity>,
    /// The verdict.
    pub sentence: String,
    /// Whether there is no text.
    pub is_empty: bool,
    /// Whether there is something to judge: a text, or networks to keep Docker's own settings clear of.
    pub is_judged: bool,
}

/// The verdict when there is no text.
const NOTHING: &str = "Nothing to check yet.";

fn is_empty(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_whitespace())
}

impl Summary {
    /// Sums up the report of a text.
    pub fn of(text: &str, report: &Report) -> Self {
        let is_empty = is_empty(text);
        let clearance = report.clearance.as_ref();
        let found = report.verdict().severity().filter(|_| !is_empty);
        let sentence = match clearance {
            _ if !is_empty => report.conclusion(),
            Some(clearance) => ["Docker as it comes: ", &clearance.sentence].concat(),
            None => NOTHING.to_owned(),
        };
        Self {
            severity: found.into_iter().chain(clearance.and_then(|it| it.severity)).min(),
            sentence,
            is_empty,
            is_judged: !is_empty || clearance.is_some(),
        }
    }

    /// Sums up a text that was only glanced at.
    pub fn at_a_glance(text: &str, glance: Glance) -> Self {
        match is_empty(text) {
            true => Self { severity: None, sentence: NOTHING.to_owned(), is_empty: true, is_judged: false },
            false => Self {
                severity: glance.verdict.severity(),
                sentence: glance.conclusion,
                is_empty: false,
                is_judged: true,
            },
        }
    }

    /// The same while the networks to keep clear of have not been read: nothing is fine before.
    #[must_use]
    pub fn before_networks(mut self) -> Self {
        let unread = "The networks to keep clear of have not been read yet.";
        self.sentence = match self.is_empty {
            true => unread.to_owned(),
            false => [&self.sentence, " ", unread].concat(),
        };
        self.is_judged = self.severity.is_some();
        self
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use drydock::{
        MAX_TEXT, Request, analyze, glance,
        network::{Avoid, pasted},
    };

    use super::*;

    #[test]
    fn nothing_is_fine_before_the_networks_were_read() {
        for (text, is_judged, sentence) in [
            ("", false, "The networks"),
            (r#"{ "debug": true }"#, false, "The daemon starts"),
            (r#"{ "debug": 1 }"#, true, "The daemon refuses this file"),
        ] {
            let summary = Summary::of(text, &analyze(&Request::of(text))).before_networks();
            assert_eq!(summary.is_judged, is_judged, "{text}");
            assert!(summary.sentence.starts_with(sentence), "{}", summary.sentence);
            assert!(summary.sentence.ends_with("have not been read yet."), "{}", summary.sentence);
        }
    }

    #[test]
    fn a_glance_says_the_same() {
        let long = "x".repeat(MAX_TEXT + 1);
        for text in ["", " \n", r#"{ "debug": true }"#, r#"{ "debug": 1 }"#, &long] {
            let request = Request::of(text);
            let whole = Summary::of(text, &analyze(&request));
            assert_eq!(Summary::at_a_glance(text, glance(&request.text, request.engine, &request.host)), whole);
        }
    }

    #[test]
    fn nothing_is_fine_that_was_not_read() {
        let long = format!("{{}}{}", "\n".repeat(MAX_TEXT));
        let summary = Summary::of(&long, &analyze(&Request::of(&*long)));
        assert_eq!(summary.severity, Some(Severity::Warning));
        assert_eq!(summary.sentence, "A text of more than 1 MiB is not checked here.");
    }

    #[test]
    fn the_worst_of_settings_and_networks_counts() {
        let (fine, wrong) = (r#"{ "debug": true }"#, r#"{ "debug": 1 }"#);
        for (text, networks, severity, sentence) in [
            ("", "", None, "Nothing to check yet."),
            (" \n", "10.0.0.0/8", None, "Docker as it comes: Never collides"),
            ("", "172.18.0.0/16", Some(Severity::Error), "Docker as it comes: Collides as soon as"),
            (fine, "", None, "The daemon starts"),
            (fine, "172.18.0.0/16", Some(Severity::Error), "Collides as soon as"),
            (fine, "what?", Some(Severity::Warning), "Nothing could be read"),
            (wrong, "10.0.0.0/8", Some(Severity::Error), "The daemon refuses this file"),
        ] {
            let request = Request { avoid: Arc::new(Avoid::gather(&pasted::read(networks), [])), ..Request::of(text) };
            let summary = Summary::of(text, &analyze(&request));
            assert_eq!(summary.severity, severity, "{text} {networks}");
            assert!(summary.sentence.contains(sentence), "{}", summary.sentence);
        }
    }
}
