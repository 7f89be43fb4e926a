//! The verdict of a report, as the page shows it.

use drydock::{Report, diagnostic::Severity};

/// The worst that was found, and a sentence about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The worst severity; `None` when nothing is wrong.
    pub severity: Option<Severity>,
    /// The verdict.
    pub sentence: String,
    /// Whether there is nothing to judge.
    pub is_empty: bool,
}

impl Summary {
    /// Sums up the report of a text.
    pub fn of(text: &str, report: &Report) -> Self {
        let severity = report.diagnostics.iter().map(|it| it.severity).min();
        let is_empty = text.bytes().all(|it| it.is_ascii_whitespace());
        let sentence = match severity {
            _ if is_empty => "Nothing to check yet.".to_owned(),
            _ => report.conclusion(),
        };
        Self {
            severity: if is_empty {
                None
            } else {
                severity.filter(|it| *it != Severity::Hint)
            },
            sentence,
            is_empty,
        }
    }
}
