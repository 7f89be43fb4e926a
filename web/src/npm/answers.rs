//! What comes out, and in which shape?
//!
//! Names and meanings are those of the core and of its terminal program. Places are counted as JavaScript counts: in
//! UTF-16 units. This is the only place that knows how the core's answers look to JavaScript.

use drydock::{
    Request, address,
    address::known,
    bench,
    daemon::{
        network::{self, Avoided, Forecast, pasted, proposal},
        print as printing,
    },
    document, link,
    rule::diagnostic as said,
    text,
};
use serde::Serialize;
use tsify::Tsify;

use super::options::Cgroup;
use crate::offsets::Offsets;

/// An enum of the core that JavaScript knows by strings; when the core has one more variant, this no longer compiles.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident of $of:path { $($variant:ident),* }) => {
        $(#[$doc])*
        #[derive(Serialize, Tsify)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($variant,)*
        }

        impl From<$of> for $name {
            fn from(it: $of) -> Self {
                use $of as Of;
                match it {
                    $(Of::$variant { .. } => Self::$variant,)*
                }
            }
        }
    };
}

words! {
    /// How bad it is: the daemon refuses the file or does not start; it starts, but likely not as meant; there is a
    /// better way, or it was not checked.
    Severity of said::Severity { Error, Warning, Hint }
}

words! {
    /// What a problem prevents: `nixos-rebuild` refuses the options; the daemon refuses the file already under `dockerd
    /// --validate`; it does not start; it starts, but no container does.
    Stage of said::Stage { Evaluation, Load, Start, Run }
}

words! {
    /// What a piece of printed text is.
    Role of text::Role { Key, String, Number, Word, Comment, Punctuation }
}

words! {
    /// The notation of a target.
    Notation of document::Notation { Json, Nix, Shell, Yaml }
}

words! {
    /// Whether all is well: something collides; not known; something may collide with a network that uses an unknown part
    /// of its block; none of the networks given collides.
    Outlook of network::Outlook { Collides, Unsure, Perhaps, Fine }
}

words! {
    /// The fate of a pool: its networks are handed out; another pool covers it, and the Engine drops it; it overlaps
    /// another pool, and both are kept; the Engine cuts nothing from it.
    Fate of network::Fate { Used, Dropped, Shared, Empty }
}

words! {
    /// Why a subnet is passed over: Docker uses it already, or the Engine finds it on the host.
    Cause of network::Cause { Taken, Reserved }
}

words! {
    /// What a network is to the machine that a pasted text comes from.
    NetworkRole of pasted::Role {
        OnLinkRoute, GatewayRoute, OtherTableRoute, OwnAddress, Nameserver, Server, AllowedIps, Listed, Docker
    }
}

words! {
    /// What sort of network it is.
    KnownKind of known::Kind { Place, Train, Hotspot, Vpn, Router, Cloud, Vm, Container, Kubernetes, SpecialUse }
}

words! {
    /// How sure it is: its maker says so; people who came across it say so; it is common knowledge.
    Confidence of known::Confidence { Documented, Reported, CommonKnowledge }
}

/// A half-open range of UTF-16 units, as in `text.slice(start, end)`.
#[derive(Serialize, Tsify)]
pub struct Span {
    start: usize,
    end: usize,
}

/// How many there are: exact up to 2^53, beyond that the nearest number.
#[derive(Serialize, Tsify)]
#[serde(transparent)]
pub struct Amount(#[tsify(type = "number")] u128);

/// What `analyze` answers.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Report {
    /// The verdict, in one sentence.
    verdict: String,
    /// What was found in the text, in its order.
    diagnostics: Vec<Diagnostic>,
    /// What the text chooses by itself, whatever `options` say: a module of NixOS may name the Engine.
    taken: Vec<Taken>,
}

/// What `check` answers.
#[derive(Serialize, Tsify)]
pub struct Checked {
    /// What the text was read as: one of the daemon's ways, such as `"daemon-json"`, or the `as` of a workbench.
    r#as: &'static str,
    /// The verdict, in a sentence or two.
    verdict: String,
    /// What was found in the text, in its order.
    diagnostics: Vec<Diagnostic>,
}

/// A choice that a text makes by itself.
#[derive(Serialize, Tsify)]
pub struct Taken {
    /// The choice: `"engine"`, `"state-version"` or `"rootless"`.
    choice: &'static str,
    /// What is chosen, such as `"28.5.2"`.
    value: String,
    /// What of the text says so.
    span: Span,
}

/// One thing said about a text.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Diagnostic {
    /// The rule that found it, such as `address-pools-overlap`.
    id: &'static str,
    /// How bad it is.
    severity: Severity,
    /// What it prevents: `"evaluation"`, `"load"` or `"start"` for an error, `"run"` for some warnings, or `null`.
    stage: Option<Stage>,
    /// What is wrong: one sentence that can be read on its own, without a full stop.
    message: String,
    /// What it is about.
    span: Span,
    /// The line on which that begins, from 1.
    line: usize,
    /// The UTF-16 unit of the line with which it begins, from 1.
    column: usize,
    /// The other places that are involved.
    related: Vec<Related>,
    /// Why it matters, in sentences.
    why: String,
    /// What to do, in sentences.
    help: String,
    /// Ways to fix it, the likeliest first.
    fixes: Vec<Fix>,
}

/// Another place that is involved.
#[derive(Serialize, Tsify)]
pub struct Related {
    span: Span,
    /// How it is involved.
    label: String,
}

/// Edits that fix a problem.
#[derive(Serialize, Tsify)]
pub struct Fix {
    /// What it does, in the imperative.
    title: String,
    /// Sorted, disjoint edits of the text.
    edits: Vec<TextEdit>,
    /// Whether nothing but the flagged mistake changes its meaning.
    safe: bool,
}

/// Text that replaces that of `span`.
#[derive(Serialize, Tsify)]
pub struct TextEdit {
    span: Span,
    text: String,
}

/// What `print` answers.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Printed {
    /// The text; empty when there is an `error`.
    text: String,
    /// The name of the file it is saved as.
    file: &'static str,
    /// The pieces of the text that have a role, in order and disjoint.
    spans: Vec<(Span, Role)>,
    /// What to know about it.
    notes: Vec<Note>,
    /// Why there is no text.
    error: Option<Note>,
    /// What puts the file in place, in order.
    steps: Vec<ApplyStep>,
    /// What became of each part of a text that asks for containers, in its order; empty for settings of the daemon.
    parts: Vec<Piece>,
}

/// What became of a part of a text that asks for containers.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Piece {
    /// How much it matters; `null` where the part is in the result as it was meant.
    severity: Option<Severity>,
    /// What became of it, in a few words: `as ports`, `changed`, `left out`.
    word: String,
    /// The part, as much of it as fits into a line.
    what: String,
    /// What there is to know, in sentences; can be empty.
    how: String,
    /// Where it is in the text.
    span: Option<Span>,
}

/// Something to know about a printed text.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Note {
    severity: Severity,
    /// What there is to know, in sentences.
    message: String,
    /// The part of the source, not of the printed text, that it is about.
    span: Option<Span>,
}

/// One step of putting a printed file in place.
#[derive(Serialize, Tsify)]
pub struct ApplyStep {
    /// What it does, in the imperative.
    title: String,
    /// What to know, in sentences.
    explanation: String,
    /// What to type, or to write into a file.
    lines: Vec<String>,
}

/// Something settings can be printed for.
#[derive(Serialize, Tsify)]
pub struct Target {
    id: &'static str,
    /// Its name for people.
    title: &'static str,
    /// The name of the file it is saved as.
    file: &'static str,
    /// What it is for, in one line.
    description: &'static str,
    notation: Notation,
}

/// A way to ask for containers, such as a Compose file.
#[derive(Serialize, Tsify)]
pub struct Bench {
    /// What `options.as` says of such texts: `"compose"`.
    r#as: &'static str,
    /// Its name for people.
    title: &'static str,
    /// What can be made of such texts, in a sentence.
    about: &'static str,
    /// What they can be written down for, the likeliest first.
    targets: Vec<BenchTarget>,
    /// What can be chosen beside them, in `options.choices`.
    choices: Vec<BenchChoice>,
}

/// Something that asks for containers can be written down for.
#[derive(Serialize, Tsify)]
pub struct BenchTarget {
    id: &'static str,
    /// Its name for people.
    title: &'static str,
    /// The name of the file it is saved as.
    file: &'static str,
    /// What it is for, in one line.
    description: &'static str,
}

/// Something that can be chosen beside a text that asks for containers.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct BenchChoice {
    id: &'static str,
    /// The label of a control for it.
    label: &'static str,
    /// What it says.
    about: &'static str,
    /// What is chosen where nobody chooses.
    usual: String,
    /// The values there are; `null` where any text will do.
    values: Option<Vec<BenchValue>>,
    /// Whether it may have several lines.
    lines: bool,
}

/// A value of a choice.
#[derive(Serialize, Tsify)]
pub struct BenchValue {
    value: String,
    /// Its name for people.
    title: String,
}

/// What `plan` answers.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(missing_as_null)]
pub struct Plan {
    /// All that in one line.
    summary: String,
    /// A setting that decides about all this and whose value a Nix text does not tell; `null` when all is told. Otherwise
    /// there are no pools, and what follows from them is `null`.
    unknown: Option<&'static str>,
    /// The pools, in the order the Engine goes through them.
    pools: Vec<Pool>,
    /// Whether these are the Engine's own pools, because the settings name none that it could use.
    from_defaults: bool,
    /// Whether the Engine adds an IPv6 pool of its own: a /48 below fd00::/8 that it makes from its id, cut into /64.
    adds_ipv6: bool,
    /// How many IPv4 networks the pools give, the one of the default bridge included.
    networks: Option<Amount>,
    /// How many of them are left for networks of your own.
    left: Option<Amount>,
    /// The IPv4 side of the default bridge, docker0.
    docker0: Option<Bridge>,
    /// Its IPv6 side, when `ipv6` is on.
    docker0_ipv6: Option<Bridge>,
    /// What docker0 and the next networks get, in order; `null` when that is unknown.
    forecast: Option<Outcome>,
    /// Whether all that keeps clear of the networks it must; `null` when there are none of these.
    clearance: Option<Clearance>,
}

/// A default address pool.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Pool {
    base: String,
    /// The prefix length of each network.
    size: u8,
    /// How many networks the Engine cuts from it.
    networks: Amount,
    /// How many of them have no address in common with the pools before it.
    adds: Amount,
    /// How many containers each of them has room for.
    containers: Amount,
    fate: Fate,
    /// The index of the pool that covers it, or that it shares addresses with.
    other: Option<usize>,
    /// Where it is written in the text; `null` for a pool of the Engine's own.
    span: Option<Span>,
}

/// One address family of the default bridge.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Bridge {
    /// What decides its subnet.
    origin: Origin,
    /// The index of the pool it takes its subnet from; for `unusable`, of the element in the text.
    pool: Option<usize>,
    /// Its subnet, where the settings tell it.
    subnet: Option<String>,
    /// The address of the bridge itself, which is the containers' gateway.
    address: Option<String>,
    /// The part of the subnet that containers get addresses from, when it is fixed.
    range: Option<String>,
}

words! {
    /// What decides the subnet of the default bridge: there is none (`"bridge": "none"`); a bridge not made by Docker;
    /// `bip` or `bip6`; `fixed-cidr` or `fixed-cidr-v6`; a pool; a pool of the text from which no subnet can be cut; the
    /// pool that the Engine adds; nothing, because no pool has networks of its family.
    Origin of network::Origin { Disabled, OwnBridge, Address, Range, Pool, Unusable, AddedPool, Nothing }
}

/// What will happen.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(missing_as_null)]
pub struct Outcome {
    /// What the Engine does, one after the other.
    steps: Vec<Step>,
    /// How many more ranges of subnets were passed over than the steps tell.
    more_skipped: usize,
    /// How many networks of your own are among the steps.
    count: usize,
    /// How many more could follow.
    left: Amount,
    /// A subnet that docker0 collides with, so that the daemon does not start.
    docker0_taken_by: Option<String>,
}

/// Something the Engine does: it gives a subnet to a network, or passes over `count` subnets.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
#[tsify(missing_as_null)]
pub enum Step {
    Give {
        /// The subnet.
        subnet: String,
        /// `docker0`, `docker_gwbridge`, or the number of a network of your own.
        network: String,
        /// A subnet in use or found on the host that it overlaps all the same: a quirk of the Engine.
        over: Option<String>,
    },
    Skip {
        /// The first of them.
        skipped: String,
        count: Amount,
        /// What is in the way.
        by: String,
        cause: Cause,
    },
}

/// Whether Docker's networks keep clear of those they must.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(missing_as_null)]
pub struct Clearance {
    outlook: Outlook,
    /// The verdict: a sentence or two.
    sentence: String,
    /// What is hit, the worst first; at most 64.
    hits: Vec<Hit>,
    /// How many more there are.
    more: usize,
    /// How many networks to keep clear of were given.
    given: usize,
    /// How many of them collide with something.
    colliding: usize,
    /// What keeps the daemon from starting while it is there; `null` when nothing does.
    blocks_start: Option<StartBlock>,
}

/// Networks that leave docker0 no subnet, so that the daemon does not start.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(missing_as_null)]
pub struct StartBlock {
    /// These networks.
    by: Vec<String>,
    /// Whether docker0 is there, and keeps its subnet until the next boot.
    is_docker0_there: bool,
    /// What happens: one sentence.
    sentence: String,
    /// What to do, in sentences.
    help: String,
    /// The base of a pool that is clear of all of them, when there is one.
    pool: Option<String>,
}

/// Something of Docker's that overlaps a network to keep clear of.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(missing_as_null)]
pub struct Hit {
    what: Part,
    /// The index of the pool, when it is one.
    pool: Option<usize>,
    /// Its addresses.
    network: String,
    /// How many of the networks given it overlaps.
    count: usize,
    /// The widest of them.
    widest: Option<AvoidedNetwork>,
    /// The part of it that the widest takes.
    part: String,
    /// How many subnets of a pool are lost to all of them together; 1 for anything else.
    cost: Amount,
    /// How many subnets the pool has.
    of: Amount,
    /// The first subnet handed out by Docker that collides.
    first: Option<HandedOut>,
    /// Whether the Engine keeps clear by itself, while it sees the network.
    steps_aside: bool,
    /// What happens: a sentence.
    sentence: String,
    /// Why the Engine does not step aside, or when it does: a sentence or two.
    why: &'static str,
}

words! {
    /// A part of what Docker uses.
    Part of network::Part { InUse, Docker0, Docker0Ipv6, Pool, AddedPool, SwarmPool }
}

/// A network to keep clear of.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct AvoidedNetwork {
    subnet: String,
    /// What people call it; can be empty.
    name: String,
    role: NetworkRole,
    /// Set when only an unknown part of the block is used, so that an overlap is possible but not certain: why.
    informs: Option<String>,
}

/// A subnet in the order of handing out.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct HandedOut {
    subnet: String,
    /// Which network gets it: `docker0`, `docker_gwbridge` or a number, as in the forecast.
    network: String,
    /// A network that it collides with.
    with: Option<AvoidedNetwork>,
}

/// What `propose` answers.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Proposals {
    /// At most three, the best first.
    proposals: Vec<Proposal>,
    /// Why there are none.
    impossible: Option<Impossible>,
}

/// A configuration that keeps clear.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct Proposal {
    /// What it does, in the imperative.
    title: String,
    /// Why this one: a sentence or two.
    why: String,
    pools: Vec<ProposedPool>,
    /// The subnet of docker0, when there is a docker0.
    docker0: Option<String>,
    /// How many networks are left for your own use.
    networks: Amount,
    /// How many containers the smallest of them has room for.
    containers: Amount,
    /// The ids of the known networks that it overlaps and that someone may have to reach.
    known: Vec<String>,
    /// Sorted, disjoint edits that carry it out; empty when nothing needs to change.
    edits: Vec<TextEdit>,
    /// The text after them.
    text: String,
}

/// A proposed pool.
#[derive(Serialize, Tsify)]
pub struct ProposedPool {
    base: String,
    size: u8,
}

/// Nothing can be proposed.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Impossible {
    /// Why: a sentence.
    sentence: String,
    /// What would make it possible, each by itself: sentences.
    give_up: Vec<String>,
}

/// What a link holds. It may be given with its text as options, and to `encodeLink`.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    text: String,
    /// What the text is written in, where the link says it: it usually looks like it.
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    dialect: Option<&'static str>,
    engine: String,
    cgroup: Cgroup,
    swarm: bool,
    rootless: bool,
    flags: Vec<String>,
    nixos: String,
    state_version: String,
    avoid: String,
    known: Vec<String>,
    target: String,
    view: String,
}

/// Something in a text that looks like a credential.
#[derive(Serialize, Tsify)]
pub struct Credential {
    span: Span,
    line: usize,
    column: usize,
    /// What it looks like, as a sentence without full stop.
    message: &'static str,
}

/// A network that many machines come across.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct KnownNetwork {
    id: &'static str,
    /// What people call it.
    name: &'static str,
    subnets: Vec<String>,
    kind: KnownKind,
    /// A sentence or two more; can be empty.
    note: &'static str,
    /// Who says so.
    source: &'static str,
    confidence: Confidence,
    /// Why an overlap with it is no cause for alarm, when it is none.
    informs: Option<&'static str>,
}

/// The places of a text, as JavaScript counts them.
impl Offsets {
    fn span(&self, span: text::Span) -> Span {
        let std::ops::Range { start, end } = self.range(span);
        Span { start, end }
    }

    fn edits(&self, edits: text::Edits) -> Vec<TextEdit> {
        let edits = edits.into_iter();
        let edit = |it: text::TextEdit| TextEdit { span: self.span(it.span), text: it.text };
        edits.map(edit).collect()
    }
}

impl From<network::Count> for Amount {
    fn from(count: network::Count) -> Self {
        Self(count.get())
    }
}

impl Report {
    pub fn of(request: &Request, report: drydock::Report) -> Self {
        let places = Offsets::of(&request.text);
        let verdict = report.verdict().sentence();
        let diagnostics = report.diagnostics.into_iter();
        let taken = report.taken.into_iter();
        Self {
            verdict,
            diagnostics: diagnostics.map(|it| Diagnostic::of(&places, it)).collect(),
            taken: taken.map(|it| Taken { choice: it.choice, value: it.value, span: places.span(it.span) }).collect(),
        }
    }
}

impl Checked {
    pub fn of(request: &Request, report: drydock::Report) -> Self {
        let r#as = request.dialect.id;
        let Report { verdict, diagnostics, .. } = Report::of(request, report);
        Self { r#as, verdict, diagnostics }
    }

    pub fn by(bench: &bench::Workbench, request: &bench::Request, examined: bench::Examined) -> Self {
        let places = Offsets::of(&request.text);
        let diagnostics = examined.diagnostics.into_iter();
        Self {
            r#as: bench.listing.dialect,
            verdict: examined.conclusion,
            diagnostics: diagnostics.map(|it| Diagnostic::of(&places, it)).collect(),
        }
    }
}

impl Diagnostic {
    fn of(places: &Offsets, it: said::Diagnostic) -> Self {
        let related = it.related.into_iter();
        let fixes = it.fixes.into_iter();
        Self {
            id: it.rule,
            severity: it.severity.into(),
            stage: it.stage.map(Stage::from),
            message: it.message,
            span: places.span(it.span),
            line: places.line(it.span.start),
            column: places.column(it.span.start),
            related: related.map(|it| Related { span: places.span(it.span), label: it.label }).collect(),
            why: it.why.into_owned(),
            help: it.help.into_owned(),
            fixes: fixes.map(|it| Fix { title: it.title, edits: places.edits(it.edits), safe: it.safe }).collect(),
        }
    }
}

impl Printed {
    pub fn of(
        request: &Request,
        printed: printing::Printed,
        target: &printing::Target,
        steps: Vec<printing::Step>,
    ) -> Self {
        let steps = steps.into_iter();
        let step =
            |it: printing::Step| ApplyStep { title: it.title.to_owned(), explanation: it.explanation, lines: it.lines };
        Self { steps: steps.map(step).collect(), ..Self::alone(&Offsets::of(&request.text), target.file, &printed) }
    }

    /// What a workbench wrote down of a text.
    pub fn by(text: &str, file: &'static str, written: &bench::Written) -> Self {
        let source = Offsets::of(text);
        let step = |it: &bench::Step| ApplyStep {
            title: it.title.clone(),
            explanation: it.explanation.clone(),
            lines: it.lines.clone(),
        };
        let part = |it: &bench::Line| Piece {
            severity: it.severity.map(Severity::from),
            word: it.word.clone(),
            what: it.what.clone(),
            how: it.how.clone(),
            span: it.span.map(|it| source.span(it)),
        };
        Self {
            steps: written.steps.iter().map(step).collect(),
            parts: written.parts.iter().map(part).collect(),
            ..Self::alone(&source, file, &written.printed)
        }
    }

    fn alone(source: &Offsets, file: &'static str, printed: &printing::Printed) -> Self {
        let places = Offsets::of(&printed.text);
        let note = |it: &printing::Note| Note {
            severity: it.severity.into(),
            message: it.message.clone(),
            span: it.span.map(|it| source.span(it)),
        };
        let spans = printed.spans.iter();
        Self {
            file,
            spans: spans.map(|(span, role)| (places.span(*span), (*role).into())).collect(),
            notes: printed.notes.iter().map(note).collect(),
            error: printed.error.as_ref().map(note),
            text: printed.text.clone(),
            steps: Vec::new(),
            parts: Vec::new(),
        }
    }
}

impl Bench {
    pub fn of(bench: &bench::Workbench) -> Self {
        let bench::Listing { dialect, title, about, choices, .. } = bench.listing;
        let targets = bench.targets.iter();
        let target =
            |it: &bench::Target| BenchTarget { id: it.id, title: it.title, file: it.file, description: it.description };
        Self {
            r#as: dialect,
            title,
            about,
            targets: targets.map(target).collect(),
            choices: choices.iter().map(|it| BenchChoice::of(it)).collect(),
        }
    }
}

impl BenchChoice {
    fn of(it: &bench::Choice) -> Self {
        let values = match it.input {
            bench::Input::OneOf(offers) => Some(offers()),
            bench::Input::Text(_) | bench::Input::Lines(_) => None,
        };
        let value = |(value, title): (String, String)| BenchValue { value, title };
        Self {
            id: it.id,
            label: it.label,
            about: it.about,
            usual: (it.usual)(),
            values: values.map(|it| it.into_iter().map(value).collect()),
            lines: matches!(it.input, bench::Input::Lines(_)),
        }
    }
}

impl Target {
    pub fn of(target: &printing::Target) -> Self {
        Self {
            id: target.id,
            title: target.title,
            file: target.file,
            description: target.description,
            notation: target.notation().into(),
        }
    }
}

impl Plan {
    pub fn of(request: &Request, report: &drydock::Report, forecast: Option<&Forecast>) -> Self {
        let plan = &report.plan;
        let places = Offsets::of(&request.text);
        let clearance = report.clearance.as_ref();
        let known = Some(plan).filter(|it| it.unknown.is_none());
        let pools = known.map(|it| &it.pools[..]).unwrap_or_default();
        Self {
            summary: plan.summary.clone(),
            unknown: plan.unknown,
            pools: pools.iter().map(|it| Pool::of(&places, it)).collect(),
            from_defaults: known.is_some_and(|it| it.from_defaults),
            adds_ipv6: known.is_some_and(|it| it.adds_ipv6),
            networks: known.map(|it| it.networks.into()),
            left: known.map(|it| it.left.into()),
            docker0: known.map(|it| Bridge::of(&it.docker0)),
            docker0_ipv6: known.and_then(|it| it.docker0_ipv6.as_ref()).map(Bridge::of),
            forecast: forecast.map(Outcome::of),
            clearance: clearance.map(|it| Clearance::of(it, request.avoid.networks())),
        }
    }
}

impl Pool {
    fn of(places: &Offsets, it: &network::PlannedPool) -> Self {
        Self {
            base: it.pool.base().to_string(),
            size: it.pool.size(),
            networks: it.networks.into(),
            adds: it.adds.into(),
            containers: it.capacity.containers().into(),
            fate: it.fate.into(),
            other: match it.fate {
                network::Fate::Dropped { by: other } | network::Fate::Shared { with: other } => Some(other),
                network::Fate::Used | network::Fate::Empty => None,
            },
            span: it.spans.map(|it| places.span(it.element)),
        }
    }
}

impl Bridge {
    fn of(it: &network::DefaultBridge) -> Self {
        Self {
            origin: it.origin.into(),
            pool: match it.origin {
                network::Origin::Pool(index) | network::Origin::Unusable(index) => Some(index),
                _ => None,
            },
            subnet: it.subnet.map(|it| it.to_string()),
            address: it.address.map(|it| it.to_string()),
            range: it.range.map(|it| it.to_string()),
        }
    }
}

impl Outcome {
    fn of(forecast: &Forecast) -> Self {
        let taken = forecast.docker0_taken.as_ref();
        Self {
            steps: forecast.steps.iter().map(Step::of).collect(),
            more_skipped: forecast.more_skipped,
            count: forecast.count,
            left: forecast.left.into(),
            docker0_taken_by: taken.map(|it| it.by.to_string()),
        }
    }
}

impl Step {
    fn of(step: &network::Step) -> Self {
        match step {
            network::Step::Give { subnet, to, over } => {
                Self::Give { subnet: subnet.to_string(), network: to.id(), over: over.map(|it| it.to_string()) }
            }
            network::Step::Skip(it) => Self::Skip {
                skipped: it.first.to_string(),
                count: it.count.into(),
                by: it.by.to_string(),
                cause: it.cause.into(),
            },
        }
    }
}

impl Clearance {
    fn of(it: &network::Clearance, avoided: &[Avoided]) -> Self {
        Self {
            outlook: it.outlook.into(),
            sentence: it.sentence.clone(),
            hits: it.hits.iter().map(|it| Hit::of(it, avoided)).collect(),
            more: it.more,
            given: it.given,
            colliding: it.colliding,
            blocks_start: it.blocks_start.as_ref().map(|it| StartBlock {
                by: it.by.iter().map(ToString::to_string).collect(),
                is_docker0_there: it.is_docker0_there,
                sentence: it.sentence.clone(),
                help: it.help.clone(),
                pool: it.pool.map(|it| it.base().to_string()),
            }),
        }
    }
}

impl Hit {
    fn of(it: &network::Hit, avoided: &[Avoided]) -> Self {
        let with = |index: usize| avoided.get(index).map(AvoidedNetwork::of);
        Self {
            what: it.what.into(),
            pool: match it.what {
                network::Part::Pool(index) => Some(index),
                _ => None,
            },
            network: it.network.to_string(),
            count: it.count,
            widest: with(it.widest),
            part: it.part.to_string(),
            cost: it.cost.into(),
            of: it.of.into(),
            first: it.first.map(|it| HandedOut {
                subnet: it.subnet.to_string(),
                network: it.to.id(),
                with: with(it.with),
            }),
            steps_aside: it.steps_aside,
            sentence: it.sentence.clone(),
            why: it.why,
        }
    }
}

impl AvoidedNetwork {
    fn of(it: &Avoided) -> Self {
        Self { subnet: it.subnet.to_string(), name: it.name.clone(), role: it.role.into(), informs: it.informs.clone() }
    }
}

impl Proposals {
    pub fn of(
        request: &Request,
        found: Result<Vec<network::Proposal>, proposal::Impossible>,
        known: &[address::KnownNetwork],
    ) -> Self {
        let places = Offsets::of(&request.text);
        let (proposals, impossible) = match found {
            Ok(proposals) => (proposals, None),
            Err(impossible) => (Vec::new(), Some(impossible)),
        };
        let proposals = proposals.into_iter();
        Self {
            proposals: proposals.map(|it| Proposal::of(&places, it, known)).collect(),
            impossible: impossible.map(|it| Impossible {
                sentence: it.sentence,
                give_up: it.give_up.into_iter().map(|it| it.sentence).collect(),
            }),
        }
    }
}

impl Proposal {
    fn of(places: &Offsets, it: network::Proposal, known: &[address::KnownNetwork]) -> Self {
        let id = |index: &usize| known.get(*index).map(|it| it.id.clone());
        let pools = it.pools.iter();
        Self {
            title: it.title,
            why: it.why,
            pools: pools.map(|it| ProposedPool { base: it.base().to_string(), size: it.size() }).collect(),
            docker0: it.docker0.map(|it| it.to_string()),
            networks: it.networks.into(),
            containers: it.hosts.into(),
            known: it.known.iter().filter_map(id).collect(),
            edits: places.edits(it.edits),
            text: it.text,
        }
    }
}

impl Link {
    pub fn of(state: link::State) -> Self {
        let host = state.host;
        Self {
            text: state.text,
            dialect: state.dialect.map(|it| it.id),
            engine: state.engine.to_string(),
            cgroup: match host.cgroup {
                drydock::docker::host::Cgroup::V1 => Cgroup::V1,
                drydock::docker::host::Cgroup::V2 => Cgroup::V2,
            },
            swarm: host.swarm,
            rootless: host.rootless,
            flags: host.flags.iter().map(str::to_owned).collect(),
            nixos: host.nixos.release.to_string(),
            state_version: host.nixos.state_version.to_string(),
            avoid: state.avoid,
            known: state.known,
            target: state.target,
            view: state.view,
        }
    }
}

impl Credential {
    pub fn all(text: &str) -> Vec<Self> {
        let places = Offsets::of(text);
        let found = link::credentials(text).into_iter();
        let told = found.map(|it| Self {
            span: places.span(it.span),
            line: places.line(it.span.start),
            column: places.column(it.span.start),
            message: it.message,
        });
        told.collect()
    }
}

impl KnownNetwork {
    pub fn of(it: &'static address::KnownNetwork) -> Self {
        Self {
            id: &it.id,
            name: &it.name,
            subnets: it.subnets.iter().map(|it| it.to_string()).collect(),
            kind: it.kind.into(),
            note: &it.note,
            source: &it.source,
            confidence: it.confidence.into(),
            informs: it.informs.as_deref(),
        }
    }
}
