//! From a text and the choices around it to everything that follows from them.

use std::{cell::Cell, sync::Arc};

use crate::{
    Engine,
    check::{self, Context, MAX_EDITS},
    diagnostic::{Diagnostic, Severity, Stage},
    document::Document,
    host::Host,
    network::{AddressPlan, Avoid, Clearance},
    read,
    settings::Settings,
};

/// Texts longer than this, in bytes, are not read: no `daemon.json` comes near.
pub const MAX_TEXT: usize = 1 << 20;

/// A text and the choices around it.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The text of a `daemon.json`.
    pub text: String,
    /// The Engine that will read it.
    pub engine: Engine,
    /// The machine it will run on.
    pub host: Host,
    /// The networks to keep clear of, from routing tables and known places.
    pub avoid: Arc<Avoid>,
}

impl Request {
    /// A text for the latest Engine on a usual machine.
    pub fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// Everything that follows from a [`Request`].
#[derive(Clone, Debug)]
pub struct Report {
    /// The text as far as it could be understood.
    pub document: Document,
    /// What can be said of it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The subnets that networks will get.
    pub plan: AddressPlan,
    /// How they get on with the networks to keep clear of; `None` when there are none.
    pub clearance: Option<Clearance>,
}

impl Report {
    /// How many diagnostics have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        let found = self.diagnostics.iter();
        found.filter(|it| it.severity == severity).count()
    }

    /// What it comes to, in one sentence.
    pub fn verdict(&self) -> String {
        let at_load = self
            .diagnostics
            .iter()
            .any(|it| it.stage == Some(Stage::Load));
        let found = [
            counted(self.count(Severity::Error), "error"),
            counted(self.count(Severity::Warning), "warning"),
        ];
        let found: Vec<String> = found.into_iter().flatten().collect();
        match (self.count(Severity::Error), &found[..]) {
            (0, []) => "The daemon starts with this configuration.".to_owned(),
            (0, found) => format!("The daemon starts: {}.", found.join(" and ")),
            (_, found) if at_load => {
                format!("The daemon refuses this file: {}.", found.join(" and "))
            }
            (_, found) => format!("The daemon will not start: {}.", found.join(" and ")),
        }
    }

    /// The verdict, what follows for networks, and how that gets on with the networks to keep clear of.
    pub fn conclusion(&self) -> String {
        let mut said = self.verdict();
        if self.count(Severity::Error) == 0 {
            said.push(' ');
            said.push_str(&self.plan.summary);
            match &self.clearance {
                Some(clearance) => said.push_str(&clearance.conclusion()),
                None => said.push('.'),
            }
        }
        said
    }
}

/// `2 errors`; nothing for none.
fn counted(count: usize, noun: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    }
}

/// Says everything that follows from a text and the choices around it.
///
/// Any text gives a report.
///
/// ```
/// use drydock::{Request, analyze};
///
/// let report = analyze(&Request::of(r#"{ "debgu": true }"#));
/// assert_eq!(report.diagnostics[0].message, "`debgu` is not a setting of the Docker daemon");
/// ```
pub fn analyze(request: &Request) -> Report {
    let text = match request.text.len() {
        0..=MAX_TEXT => request.text.as_str(),
        _ => "{}",
    };
    let document = read::json::read(text);
    let settings = Settings::of(&document, request.engine);
    let plan = AddressPlan::of(&settings, request.engine);
    let clearance = Clearance::of(&plan, &request.avoid, request.engine);
    let context = Context {
        text: &request.text,
        document: &document,
        settings: &settings,
        plan: &plan,
        engine: request.engine,
        host: &request.host,
        edits_left: Cell::new(MAX_EDITS),
    };
    let diagnostics = check::check(&context);
    Report {
        document,
        diagnostics,
        plan,
        clearance,
    }
}
