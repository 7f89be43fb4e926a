//! What is the verdict on a configuration, in one sentence?

#[cfg(doc)]
use crate::MAX_TEXT;
use crate::{
    document::Document,
    rule::diagnostic::{Severity, Stage},
};

/// How much was found, and how early it stops the daemon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How many errors there are; a text that is not JSON counts as one.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// Whether `nixos-rebuild` refuses it before there is a file for the daemon.
    pub is_unbuilt: bool,
    /// Whether `dockerd --validate` refuses it already.
    pub is_refused: bool,
    /// Whether the daemon may start, but no container does.
    pub runs_nothing: bool,
    /// Whether the daemon refuses the text because it is not JSON: then nothing else counts.
    pub is_not_json: bool,
    /// Whether the text is longer than [`MAX_TEXT`], so that its verdict is not known.
    pub is_unread: bool,
    /// Whether the text starts no daemon: it says nothing of one, or turns it off.
    pub starts_nothing: bool,
    /// What sentences call the text: `this file`, `these flags`.
    pub this: &'static str,
}

impl Default for Verdict {
    fn default() -> Self {
        Self {
            errors: 0,
            warnings: 0,
            is_unbuilt: false,
            is_refused: false,
            runs_nothing: false,
            is_not_json: false,
            is_unread: false,
            starts_nothing: false,
            this: "this file",
        }
    }
}

impl Verdict {
    /// Sums up what was found, each with its severity and stage.
    pub fn of(found: impl Iterator<Item = (Severity, Option<Stage>)>) -> Self {
        let mut verdict = Self::default();
        for (severity, stage) in found {
            verdict.add(severity, stage);
        }
        verdict
    }

    /// Counts one more.
    pub(crate) fn add(&mut self, severity: Severity, stage: Option<Stage>) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Hint => {}
        }
        self.is_unbuilt |= stage == Some(Stage::Evaluation);
        self.is_refused |= stage == Some(Stage::Load);
        self.runs_nothing |= stage == Some(Stage::Run);
    }

    /// The same for a document, which may be too long to be read, or not JSON.
    pub(crate) fn of_document(self, document: &Document, is_unread: bool) -> Self {
        match document.is_not_json() && self.is_refused {
            true => Self { errors: 1, is_refused: true, is_not_json: true, ..Self::default() },
            false => Self { is_unread, this: document.dialect.this, ..self },
        }
    }

    /// Whether the plan is worth telling: the daemon starts, and the text was read.
    pub fn is_about_networks(&self) -> bool {
        self.errors == 0 && !self.is_unread && !self.starts_nothing
    }

    /// The worst that was found; hints are not counted. A text that was not read is as bad as a warning.
    pub fn severity(&self) -> Option<Severity> {
        match (self.errors, self.warnings) {
            (0, 0) if !self.is_unread => None,
            (0, _) => Some(Severity::Warning),
            _ => Some(Severity::Error),
        }
    }

    /// "The daemon will not start: 1 error and 2 warnings."
    pub fn sentence(&self) -> String {
        if self.is_unread {
            return "A text of more than 1 MiB is not checked here.".to_owned();
        }
        if self.is_not_json {
            return "The daemon refuses this file: it is not JSON.".to_owned();
        }
        let found = [counted(self.errors, "error"), counted(self.warnings, "warning")];
        let found: Vec<String> = found.into_iter().flatten().collect();
        let said = match (self.errors, found.len()) {
            (0, 0) if self.starts_nothing => return "No daemon starts with this configuration.".to_owned(),
            (0, _) if self.starts_nothing => "No daemon starts: ",
            (0, 0) => return "The daemon starts with this configuration.".to_owned(),
            (0, _) if self.runs_nothing => "The daemon starts, but no container will: ",
            (0, _) => "The daemon starts: ",
            _ if self.is_unbuilt => &["nixos-rebuild refuses ", self.this, ": "].concat(),
            _ if self.is_refused => &["The daemon refuses ", self.this, ": "].concat(),
            _ => "The daemon will not start: ",
        };
        [said, &found.join(" and "), "."].concat()
    }
}

/// `2 errors`; nothing for none.
fn counted(count: usize, noun: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(["1 ", noun].concat()),
        _ => Some([&count.to_string(), " ", noun, "s"].concat()),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Request, analyze};

    #[test]
    fn says_what_it_comes_to() {
        for (text, expected) in [
            ("{}", "The daemon starts with this configuration."),
            (r#"{"bip": "192.0.2.1/30"}"#, "The daemon starts: 1 warning."),
            (r#"{"log-driver": "jsonfile"}"#, "The daemon starts, but no container will: 1 warning."),
            (
                r#"{"log-driver": "jsonfile", "icc": false, "iptables": false}"#,
                "The daemon will not start: 1 error and 2 warnings.",
            ),
            (r#"{"log-driver": "jsonfile", "debgu": true}"#, "The daemon refuses this file: 1 error and 1 warning."),
            (r#"{"log-driver": "jsonfile", mtu: 1450 "icc": false}"#, "The daemon refuses this file: it is not JSON."),
            ("virtualisation.docker.enable = true;", "The daemon starts with this configuration."),
            ("virtualisation.docker.enable = false;", "No daemon starts with this configuration."),
            ("{ services.openssh.enable = true; }", "No daemon starts with this configuration."),
            ("virtualisation.docker.enabel = true;", "nixos-rebuild refuses this module: 1 error."),
            (
                "{ virtualisation.docker = { enable = true; daemon.settings.log-opts.max-size = \"10m\"; }; }",
                "The daemon will not start: 1 error.",
            ),
            (r#"{"mtu": 1450,} // a comma and a comment too many"#, "The daemon refuses this file: 2 errors."),
        ] {
            let report = analyze(&Request::of(text));
            assert_eq!(report.verdict().sentence(), expected, "{text}");
        }
    }
}
