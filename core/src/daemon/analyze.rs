//! From a text and the choices around it to everything that follows from them.

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};

use crate::{
    Engine,
    daemon::{
        check::{self, Context, MAX_EDITS},
        dialect::{self, DAEMON_JSON},
        foreign::{self, Foreign},
        network::{self, AddressPlan, Avoid, Clearance, Outlook},
        nixos::Outcome,
        settings::Settings,
    },
    docker::host::Host,
    document::{Dialect, Document, Kind},
    rule::{
        Verdict,
        diagnostic::{Diagnostic, Severity, Teller, is_refused},
    },
    text::order,
};

/// Texts longer than this, in bytes, are not read: no `daemon.json` comes near.
pub const MAX_TEXT: usize = 1 << 20;

/// A text and the choices around it.
#[derive(Clone, Debug)]
pub struct Request {
    /// The text.
    pub text: String,
    /// What it is written in.
    pub dialect: &'static Dialect,
    /// The Engine that will read it.
    pub engine: Engine,
    /// The machine it will run on.
    pub host: Host,
    /// The networks to keep clear of, from routing tables and known places.
    pub avoid: Arc<Avoid>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            text: String::new(),
            dialect: &DAEMON_JSON,
            engine: Engine::default(),
            host: Host::default(),
            avoid: Arc::default(),
        }
    }
}

impl Request {
    /// A text in what it looks like, for the latest Engine on a usual machine.
    pub fn of(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { dialect: dialect::of(&text), text, ..Self::default() }
    }
}

/// The text to read; one without settings in place of a text longer than [`MAX_TEXT`].
pub(crate) fn legible<'a>(text: &'a str, dialect: &Dialect) -> &'a str {
    match is_unread(text) {
        false => text,
        true => dialect.nothing,
    }
}

/// Whether a text is too long to be read.
pub(crate) fn is_unread(text: &str) -> bool {
    text.len() > MAX_TEXT
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
    /// Whether Docker's networks keep clear of those they must; `None` when there are none of these.
    pub clearance: Option<Clearance>,
    /// What the text is, when it is so far from a `daemon.json` that nothing else can be said about it.
    pub foreign: Option<Foreign>,
    /// The collisions as problems, the worst first; their rule is called [`NETWORKS`](network::NETWORKS).
    pub collisions: Vec<Diagnostic>,
    /// What NixOS makes of the text, when it is Nix.
    pub nixos: Option<Outcome>,
    /// Whether the text is longer than [`MAX_TEXT`]: the whole report is then about an object without settings.
    pub is_unread: bool,
}

impl Report {
    /// How many diagnostics have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        let found = self.diagnostics.iter();
        found.filter(|it| it.severity == severity).count()
    }

    /// Whether to ask in which dialect the text is written: it is not a `daemon.json`, or looks like nothing known.
    pub fn is_doubtful(&self) -> bool {
        let is_json = self.document.dialect == &DAEMON_JSON;
        let begins_one = matches!(self.document.root.kind, Kind::Map(_));
        !is_json || (!begins_one && self.document.is_not_json() && self.foreign.is_none())
    }

    /// What was found, summed up.
    pub fn verdict(&self) -> Verdict {
        let found = self.diagnostics.iter().map(|it| (it.severity, it.stage));
        Verdict::of(found).of_document(&self.document, self.is_unread)
    }

    /// The verdict, what follows for networks, and whether those keep clear of the networks they must.
    pub fn conclusion(&self) -> String {
        let verdict = self.verdict();
        let said = verdict.sentence();
        if !verdict.is_about_networks() {
            return said;
        }
        let plan = &self.plan.summary;
        match &self.clearance {
            // The daemon does not start, whatever the settings say.
            Some(it) if it.blocks_start.is_some() => it.sentence.clone(),
            // The worst comes first.
            Some(it) if it.outlook == Outlook::Collides && it.outweighs(verdict.severity()) => {
                [&it.sentence, " ", &said, " ", plan, "."].concat()
            }
            Some(it) => [&said, " ", plan, ". ", &it.sentence].concat(),
            None => [&said, " ", plan, "."].concat(),
        }
    }
}

/// Returns everything that follows from a text and the choices around it.
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
    let document = request.dialect.read(legible(&request.text, request.dialect));
    let settings = Settings::of(&document, request.engine);
    let plan = AddressPlan::of(&settings, request.engine).in_swarm(request.host.swarm);
    let clearance = Clearance::of(&plan, &request.avoid, request.engine);
    let collisions = clearance.as_ref().map(|it| network::problems(it, &plan, &settings));
    let context = Context {
        text: &request.text,
        document: &document,
        foreign: foreign::recognise(legible(&request.text, request.dialect), &document),
        settings: &settings,
        plan: &plan,
        engine: request.engine,
        host: &request.host,
        edits_left: Cell::new(MAX_EDITS),
        offered: RefCell::default(),
    };
    let found = check::check(&context);
    let teller = Teller::new(&document, &request.text);
    let mut diagnostics: Vec<Diagnostic> = found.into_iter().map(|it| it.retold(&teller)).collect();
    order::sort(&mut diagnostics, |a, b| {
        let rank = |it: &Diagnostic| (it.span.start, it.severity, it.span.end);
        rank(a).cmp(&rank(b))
    });
    Report {
        foreign: context.foreign.filter(|it| !it.is_json || is_refused(&diagnostics)),
        document,
        diagnostics,
        plan,
        clearance,
        collisions: collisions.unwrap_or_default(),
        nixos: None,
        is_unread: is_unread(&request.text),
    }
}
