//! What was found in a text, whichever bench read it.

use drydock::{
    Report,
    bench::{self, Listing},
    rule::diagnostic::{Diagnostic, Severity},
};

use super::desk::Shared;
use crate::route::rule_address;

/// What was found in a text.
#[derive(Clone, PartialEq)]
pub enum Found {
    /// By the usual bench.
    Report(Shared<Report>),
    /// By another.
    Examined(&'static Listing, Shared<bench::Examined>),
}

impl Found {
    /// All that is wrong, in the order in which it is listed: collisions come first, once the daemon starts.
    ///
    /// An empty text is an error to the daemon, and an invitation here.
    pub fn list(&self, is_empty: bool) -> Vec<&Diagnostic> {
        match self {
            Self::Report(report) => {
                let collides = is_empty || report.verdict().is_about_networks();
                let collisions = report.collisions.iter().filter(|_| collides);
                let others = report.diagnostics.iter().filter(|_| !is_empty);
                collisions.chain(others).collect()
            }
            Self::Examined(..) if is_empty => Vec::new(),
            Self::Examined(_, examined) => examined.diagnostics.iter().collect(),
        }
    }

    /// What was found in the text itself.
    pub fn in_text(&self) -> &[Diagnostic] {
        match self {
            Self::Report(report) => &report.diagnostics,
            Self::Examined(_, examined) => &examined.diagnostics,
        }
    }

    /// The address of the page of a rule that found something.
    pub fn rule_address(&self, rule: &str) -> String {
        match self {
            Self::Report(_) => rule_address(rule),
            Self::Examined(listing, _) => rule_address(&listing.name_of_rule(rule)),
        }
    }

    /// Whether there is an error in the text.
    pub fn has_error(&self) -> bool {
        self.in_text().iter().any(|it| it.severity == Severity::Error)
    }
}
