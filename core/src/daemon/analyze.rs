//! From a text and the choices around it to everything that follows from them.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    sync::Arc,
};

use crate::{
    Engine,
    daemon::{
        check::{self, Context, MAX_EDITS},
        dialect::{self, DAEMON_JSON},
        foreign::{self, Foreign},
        late,
        network::{self, AddressPlan, Avoid, Clearance, Outlook},
        nixos::{Daemon, Outcome},
        settings::Settings,
    },
    docker::host::Host,
    document::{Dialect, Document, Kind},
    rule::{
        Verdict,
        diagnostic::{Diagnostic, Severity, Teller, is_refused},
    },
    text::{Span, find, order},
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
    /// What NixOS makes of the text, when it is Nix and says something of Docker.
    pub nixos: Option<Outcome>,
    /// The Engine that the text was judged for: that of the request, unless the text names another.
    pub engine: Engine,
    /// The machine that the text was judged for: that of the request, but for what the text says of it.
    pub host: Host,
    /// What of these the text says.
    pub taken: Vec<Taken>,
    /// Whether the text is longer than [`MAX_TEXT`]: the whole report is then about an object without settings.
    pub is_unread: bool,
}

/// A choice that the text makes by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The id of the choice: `engine`, `state-version`, `rootless`.
    pub choice: &'static str,
    /// What is chosen, as the choice writes it: `29.7.2`, `24.11`, `true`.
    pub value: String,
    /// The bytes that say so.
    pub span: Span,
}

impl Report {
    /// The request as it was carried out: with the choices that the text makes by itself.
    pub fn request_of<'a>(&self, request: &'a Request) -> Cow<'a, Request> {
        match self.taken.is_empty() {
            true => Cow::Borrowed(request),
            false => Cow::Owned(Request { engine: self.engine, host: self.host.clone(), ..request.clone() }),
        }
    }

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

    /// Why the text does not tell which networks are Docker's; `None` when it does.
    pub fn networks_not_told(&self) -> Option<String> {
        let nothing_of = |it: Foreign| {
            ["This is ", it.title(), ", not a daemon.json: it says nothing of Docker's networks."].concat()
        };
        self.foreign.map(nothing_of).or_else(|| self.plan.not_known())
    }

    /// What was found, summed up.
    pub fn verdict(&self) -> Verdict {
        let found = self.diagnostics.iter().map(|it| (it.severity, it.stage));
        let verdict = Verdict::of(found).of_document(&self.document, self.is_unread);
        Verdict { starts_nothing: self.diagnostics.iter().any(|it| check::tells_of_no_daemon(it.rule)), ..verdict }
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
    let text = legible(&request.text, request.dialect);
    let mut document = request.dialect.read(text);
    let nixos = late::outcome(request, text, &mut document);
    let taken = nixos.as_ref().map_or_else(Vec::new, taken);
    let (engine, host) = used(request, nixos.as_ref());
    let settings = Settings::of(&document, engine).mind_unknown();
    let plan = AddressPlan::of(&settings, engine).in_swarm(host.swarm).or_unknown(&settings);
    let clearance = late::come().and_then(|it| (it.clearance)(&plan, &request.avoid, engine));
    let collisions = clearance.as_ref().map(|it| network::problems(it, &plan, &settings));
    let context = Context {
        text: &request.text,
        document: &document,
        foreign: foreign::recognise(text, &document),
        settings: &settings,
        nixos: nixos.as_ref(),
        plan: &plan,
        engine,
        host: &host,
        edits_left: Cell::new(MAX_EDITS),
        offered: RefCell::default(),
    };
    let found = check::check(&context);
    let teller = Teller::new(&document, &request.text);
    let because = |it: Diagnostic| match &nixos {
        Some(outcome) => because_of_nixos(it, outcome),
        None => it,
    };
    // What NixOS adds cannot be written in a better way.
    let is_ours = |it: &Diagnostic| {
        it.severity != Severity::Hint || nixos.as_ref().is_none_or(|outcome| it.span != outcome.anchor)
    };
    let found = found.into_iter().filter(is_ours);
    let mut diagnostics: Vec<Diagnostic> = found.map(|it| because(it.retold(&teller))).collect();
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
        nixos,
        engine,
        host,
        taken,
        is_unread: is_unread(&request.text),
    }
}

/// What NixOS makes of a text of Nix, entered into its document; `None` when it says nothing of NixOS's options.
pub(super) fn outcome_of(request: &Request, text: &str, document: &mut Document) -> Option<Outcome> {
    let definitions = dialect::nixos::definitions(text);
    let prefers = match request.host.rootless {
        true => Daemon::Rootless,
        false => Daemon::Rootful,
    };
    let outcome = (!definitions.is_empty()).then(|| Outcome::of(&definitions, request.host.nixos, prefers))?;
    outcome.enter(document, text);
    Some(outcome)
}

/// The Engine and the machine that a text is judged for.
fn used(request: &Request, nixos: Option<&Outcome>) -> (Engine, Host) {
    let mut host = request.host.clone();
    let Some(outcome) = nixos else {
        return (request.engine, host);
    };
    host.nixos = outcome.nixos;
    if let Some((is_rootless, _)) = outcome.taken.rootless {
        host.rootless = is_rootless;
    }
    (outcome.taken.engine.map_or(request.engine, |it| it.0), host)
}

/// The choices that a text makes by itself.
fn taken(outcome: &Outcome) -> Vec<Taken> {
    let taken = &outcome.taken;
    let engine = taken.engine.map(|(it, span)| Taken { choice: "engine", value: it.to_string(), span });
    let state = taken.state_version.map(|(it, span)| Taken { choice: "state-version", value: it.to_string(), span });
    let rootless = taken.rootless.map(|(it, span)| Taken { choice: "rootless", value: it.to_string(), span });
    [engine, state, rootless].into_iter().flatten().collect()
}

/// A diagnostic about a setting that no text writes, with why it is there and how to change it.
fn because_of_nixos(diagnostic: Diagnostic, outcome: &Outcome) -> Diagnostic {
    let about = |it: &&(String, String)| {
        let name = it.0.split('.').next().unwrap_or_default();
        find::contains(&diagnostic.message, &["`", name, "`"].concat())
    };
    let is_added = diagnostic.span == outcome.anchor;
    match outcome.reasons.iter().find(|it| is_added && about(it)) {
        Some((_, why)) => {
            let help = [&diagnostic.help, " ", why].concat();
            diagnostic.help(help)
        }
        None => diagnostic,
    }
}
