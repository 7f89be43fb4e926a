//! What is the verdict on a text, even an empty one? Without a text it is the verdict on Docker with its defaults, when
//! there are networks to keep clear of.

#[cfg(not(test))]
use crate::Glance;
use crate::{Report, document::Notation, rule::diagnostic::Severity};

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
            Some(clearance) => ["Docker with its defaults: ", &clearance.sentence].concat(),
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
    #[cfg(not(test))]
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

    /// The same while a text of this notation cannot be read yet.
    #[must_use]
    pub fn unread(self, notation: Notation) -> Self {
        let sentence = match notation {
            Notation::Nix => "The Nix has not been read yet.",
            Notation::Shell => "The flags have not been read yet.",
            Notation::Json | Notation::Yaml => "The text has not been read yet.",
        };
        Self { severity: None, sentence: sentence.to_owned(), is_judged: false, ..self }
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
