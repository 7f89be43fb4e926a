//! What was checked before a journey? The settings of the text, or Docker's own where there are none.

use crate::Report;

/// What was checked, in words.
pub struct Checked {
    /// The sentence, up to what is the matter.
    pub what: String,
    /// What is the matter with the settings, behind a comma; `None` when nothing is.
    pub trouble: Option<&'static str>,
    /// What else there is to know, in a sentence; empty for nothing.
    pub more: &'static str,
}

impl Checked {
    /// What was checked by the report of a text.
    pub fn of(report: &Report, is_empty: bool) -> Self {
        let alone = |what: String| Self { what, trouble: None, more: "" };
        if is_empty {
            return alone("Checked: Docker with its defaults, because the editor is empty".to_owned());
        }
        if let Some(foreign) = report.foreign {
            let what = ["Checked: Docker with its defaults, because the editor holds ", foreign.title()];
            return alone([&what.concat(), ", not a daemon.json"].concat());
        }
        let verdict = report.verdict();
        let trouble = match (verdict.starts_nothing, verdict.errors > 0) {
            (true, _) => Some("which turns no Docker on"),
            (_, true) if verdict.is_refused => Some("which the daemon refuses as it stands"),
            (_, true) => Some("with which the daemon will not start"),
            (false, false) => None,
        };
        let more = match report.plan.from_defaults {
            true => "It names no address pools, so Docker takes its own.",
            false => "",
        };
        Self { what: "Checked: the configuration in the editor".to_owned(), trouble, more }
    }
}
