//! What is wrong with a configuration, at which bytes, and which edit would fix it?

use std::{borrow::Cow, cell::Cell, fmt};

use crate::{
    document::{Change, Document, Kind, Member, Notation, Problem, ProblemKind, edit},
    schema::DaemonOption,
    text::{Edits, Span},
};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Severity {
    /// The daemon refuses the file or does not start.
    Error,
    /// The daemon starts, but likely not with what was meant.
    Warning,
    /// It works, and there is a better way; or it was not checked here.
    Hint,
}

impl Severity {
    /// `error`, `warning` or `hint`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a problem prevents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Stage {
    /// `nixos-rebuild` refuses it: no file is written for the daemon.
    Evaluation,
    /// `dockerd --validate` refuses it, and so does the start.
    Load,
    /// `dockerd --validate` accepts it; the daemon then fails to start.
    Start,
    /// The daemon starts, but no container does unless it is told otherwise.
    Run,
}

impl Stage {
    /// What is prevented, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Evaluation => "nixos-rebuild refuses it",
            Self::Load => "dockerd refuses it",
            Self::Start => "dockerd does not start",
            Self::Run => "no container starts",
        }
    }
}

/// Edits that fix a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Fix {
    /// What it does, in the imperative: "Use 10.200.0.1/24".
    pub title: String,
    /// What it changes in the text the diagnostic was made from.
    pub edits: Edits,
    /// Whether it is the only way to fix the mistake and loses nothing that was written, so that it may be applied
    /// together with others ([`Mend`](crate::rule::mend::Mend)).
    pub safe: bool,
}

/// Another place that is involved.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Related {
    /// Where.
    pub span: Span,
    /// How it is involved: "the pool that contains it".
    pub label: String,
}

/// One thing said about the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Diagnostic {
    /// The rule that found it, such as `address-pools-overlap`.
    #[cfg_attr(feature = "serde", serde(rename = "id"))]
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it prevents: [`Evaluation`](Stage::Evaluation), [`Load`](Stage::Load) or [`Start`](Stage::Start) of an
    /// [`Error`](Severity::Error), [`Run`](Stage::Run) of some [`Warning`](Severity::Warning)s, or `None`.
    pub stage: Option<Stage>,
    /// What is wrong: one sentence that can be read on its own, without a full stop.
    pub message: String,
    /// The bytes it is about.
    pub span: Span,
    /// The other places that are involved.
    pub related: Vec<Related>,
    /// Why it matters, in sentences.
    pub why: Cow<'static, str>,
    /// What to do, in sentences.
    pub help: Cow<'static, str>,
    /// Ways to fix it, the likeliest first.
    pub fixes: Vec<Fix>,
}

/// What the rules found.
pub(crate) type Found = Vec<Diagnostic>;

/// Whether `dockerd --validate` refuses what this was found in.
pub(crate) fn is_refused(found: &Found) -> bool {
    found.iter().any(|it| it.stage == Some(Stage::Load))
}

// Rules call these some hundred times: inlined, they would make the page's wasm 6 kB larger.
impl Diagnostic {
    #[inline(never)]
    fn new(
        rule: &'static str,
        severity: Severity,
        stage: Option<Stage>,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity,
            stage,
            message: message.into(),
            span,
            related: Vec::new(),
            why: Cow::Borrowed(""),
            help: Cow::Borrowed(""),
            fixes: Vec::new(),
        }
    }

    /// The daemon refuses it at `stage`.
    pub fn error(rule: &'static str, stage: Stage, span: Span, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Error, Some(stage), span, message)
    }

    /// The daemon starts with it, but likely not as meant.
    pub fn warning(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Warning, None, span, message)
    }

    /// The daemon starts with it, but no container does.
    pub fn no_container(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Warning, Some(Stage::Run), span, message)
    }

    /// It works, and there is a better way; or it was not checked here.
    pub fn hint(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Hint, None, span, message)
    }

    /// Says why it matters.
    #[must_use]
    #[inline(never)]
    pub fn why(mut self, why: impl Into<Cow<'static, str>>) -> Self {
        self.why = why.into();
        self
    }

    /// Says what to do.
    #[must_use]
    #[inline(never)]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = help.into();
        self
    }

    /// Points at another place that is involved.
    #[must_use]
    #[inline(never)]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Related { span, label: label.into() });
        self
    }

    /// Offers a way to fix it; nothing is added when `fix` is `None` or edits nothing.
    #[must_use]
    #[inline(never)]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fixes.extend(fix.into().filter(|it| !it.edits.is_empty()));
        self
    }

    /// The same, with keys written as the dialect of `document` writes them.
    #[must_use]
    pub(crate) fn retold(self, teller: &Teller) -> Self {
        let dialect = teller.document.dialect;
        if dialect.notation == Notation::Json {
            return self;
        }
        let kept = teller.words_of_value(self.span);
        let told = |it: &str| dialect.retold(it, &kept);
        let related = self.related.into_iter().map(|it| Related { label: told(&it.label), ..it });
        let fixes = self.fixes.into_iter().map(|it| Fix { title: told(&it.title), ..it });
        Self {
            message: told(&self.message),
            why: told(&self.why).into(),
            help: told(&self.help).into(),
            related: related.collect(),
            fixes: fixes.collect(),
            ..self
        }
    }

    /// Adds explanations that take work to find; a [glance](crate::glance()) leaves them out.
    #[must_use]
    pub(crate) fn explained(self, explain: impl FnOnce(Self) -> Self) -> Self {
        explain(self)
    }
}

/// Words the finding as the dialect of its document does.
pub(crate) struct Teller<'a> {
    document: &'a Document,
    text: &'a str,
    /// The members that several places of the text may add to.
    gathered: Vec<&'a Member>,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(document: &'a Document, text: &'a str) -> Self {
        let members = document.root.members().iter();
        let gathered = match document.dialect.notation {
            Notation::Json => Vec::new(),
            _ => members.filter(|it| matches!(it.value.kind, Kind::List(_) | Kind::Map(_))).collect(),
        };
        Self { document, text, gathered }
    }

    /// The member whose value is around `span`.
    fn around(&self, span: Span) -> Option<&'a Member> {
        let members = self.document.root.members();
        let behind = members.partition_point(|it| it.key_span.start <= span.start);
        let nearest = behind.checked_sub(1).and_then(|it| members.get(it));
        let candidates = self.gathered.iter().copied().chain(nearest);
        let around = candidates.filter(|it| it.value.span.holds(span) && it.key_span != span);
        around.min_by_key(|it| it.value.span.end - it.value.span.start)
    }

    /// The words that are not keys in sentences about a value: the value, possible values, and the names within it.
    ///
    /// `debug` is a level of the log, and `labels` an option of its drivers.
    fn words_of_value(&self, span: Span) -> Vec<&'a str> {
        let Some(member) = self.around(span) else {
            return Vec::new();
        };
        let schema = self.document.schema();
        let mut words = vec![span.of(self.text)];
        if let Some(option) = schema.find(&member.key) {
            let values = option.choices.iter().chain(schema.description(option).suggestions);
            words.extend(values.map(|it| it.value));
        }
        let is_within = |it: &&DaemonOption| it.key.starts_with(&member.key) && it.parent.starts_with(&member.key);
        // What the dialect writes as a setting of its own is called so.
        let spell = self.document.dialect.spell;
        words.extend(schema.rows.iter().filter(is_within).filter(|it| spell(it.key).is_none()).map(|it| it.name()));
        words
    }
}

impl Fix {
    /// A fix that is the one way to mend the mistake, and loses nothing of what was written.
    pub fn safe(title: impl Into<String>, edits: Edits) -> Self {
        Self { title: title.into(), edits, safe: true }
    }

    /// A fix that a person should choose, because it changes what the configuration does.
    pub fn choice(title: impl Into<String>, edits: Edits) -> Self {
        Self { title: title.into(), edits, safe: false }
    }
}

/// The edits that carry out a change of the text; none when it cannot be made, or when enough have been worked out.
///
/// `left` is how many more may be, and becomes less.
pub(crate) fn edits(text: &str, document: &Document, left: &Cell<usize>, change: impl FnOnce() -> Change) -> Edits {
    let before = left.get();
    if before == 0 {
        return Edits::NONE;
    }
    let change = change();
    // Where one change follows another the text is read again between them; flags are for every change.
    let reading = 1 + text.len() / 1_000;
    let cost = match &change {
        Change::Move { .. } => reading,
        Change::All(changes) => changes.len() * reading,
        // A word of flags is looked up among all of them.
        _ if document.dialect.notation == Notation::Shell => 1 + text.len() / 100,
        // A change of Nix is looked for in what the text comes to, and its outcome read again.
        _ if document.dialect.notation == Notation::Nix => 1 + text.len() / 250,
        _ => 1,
    };
    let is_affordable = cost <= before;
    // To look for it is work, too.
    let spent = if is_affordable { cost } else { 1 };
    left.set(before.saturating_sub(spent));
    if !is_affordable {
        return Edits::NONE;
    }
    let edits = edit::edit(text, document, &change).unwrap_or_default();
    match matches!(change, Change::Remove { .. }) || !lose_text(document, &edits) {
        true => edits,
        false => Edits::NONE,
    }
}

/// Whether edits write anew what was not understood, so that it would be left out: the hole of a template, a key that has
/// no value yet.
fn lose_text(document: &Document, edits: &Edits) -> bool {
    let is_left_out = |it: &&Problem| {
        matches!(
            it.kind,
            ProblemKind::Placeholder
                | ProblemKind::MissingKey
                | ProblemKind::MissingValue
                | ProblemKind::StrayCharacter
                | ProblemKind::StrayValue
        )
    };
    let mut lost = document.problems.iter().filter(is_left_out);
    lost.any(|problem| edits.iter().any(|it| it.span.holds(problem.span)))
}
