//! What does a configuration come to, at a glance? The same rules without their words.
//!
//! A page should show the verdict before the code that explains it has loaded. So the rules are compiled a second time,
//! into a module where a diagnostic is only a place and a severity. The compiler then drops all words and edits: the
//! verdict is the same, and the wasm half as large (`core/README.md`, *Written by hand*).

use std::cell::{Cell, RefCell};

use self::check::Context;
use crate::{
    Engine, Verdict,
    daemon::{
        analyze::{is_unread, legible},
        foreign,
        network::AddressPlan,
        options,
        settings::Settings,
    },
    docker::host::Host,
    document::{CannotEdit, Dialect, Notation, Place},
    notation::json,
    rule::diagnostic::Severity,
};

/// What is known about a configuration before it is explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// What was found, summed up.
    pub verdict: Verdict,
    /// The verdict and, when the daemon starts, what follows for networks.
    pub conclusion: String,
}

impl Glance {
    /// The worst that was found; hints are not counted.
    pub fn severity(&self) -> Option<Severity> {
        self.verdict.severity()
    }
}

/// Returns the verdict of [`analyze`](crate::analyze()) on the usual host, with less code to load, without the networks to
/// keep clear of.
///
/// ```
/// use drydock::{Request, analyze, glance};
///
/// let request = Request::of(r#"{ "debgu": true }"#);
/// let seen = glance(&request.text, request.engine);
/// assert_eq!(seen.conclusion, analyze(&request).conclusion());
/// ```
pub fn glance(text: &str, engine: Engine) -> Glance {
    let document = AT_A_GLANCE.read(legible(text, &AT_A_GLANCE));
    let settings = Settings::of(&document, engine);
    let plan = AddressPlan::of(&settings, engine);
    let found = check::check(&Context {
        text,
        document: &document,
        foreign: foreign::json(&document),
        settings: &settings,
        nixos: None,
        plan: &plan,
        engine,
        host: &Host::USUAL,
        edits_left: Cell::new(0),
        offered: RefCell::default(),
    });
    let verdict = found.verdict.of_document(&document, is_unread(text));
    let mut conclusion = verdict.sentence();
    if verdict.is_about_networks() {
        conclusion = [&conclusion, " ", &plan.summary, "."].concat();
    }
    Glance { verdict, conclusion }
}

/// Whether a glance can judge a text that is written in the dialect of this id, or, where there is none, in what it looks
/// like: only what begins as a `daemon.json` does. Flags, Nix and all the rest are [`analyze`](crate::analyze())'s.
///
/// ```
/// use drydock::is_glanced_at;
///
/// for (text, expected) in [
///     ("{ \"debug\": true }", true),
///     (" {}\n", true),
///     ("{ // the office", true),
///     ("{ pkgs, ... }: {", false),
///     ("{ }: { }", false),
///     ("{ # Nix", false),
///     ("{ debug: true }", false),
/// ] {
///     assert_eq!(is_glanced_at(text, ""), expected, "{text}");
/// }
/// ```
pub fn is_glanced_at(text: &str, dialect: &str) -> bool {
    if !dialect.is_empty() {
        return dialect == AT_A_GLANCE.id;
    }
    match text.trim_ascii_start().as_bytes() {
        [] => true,
        [b'{', within @ ..] => match within.trim_ascii_start() {
            [] | [b'"', ..] | [b'/', b'/', ..] => true,
            [b'}', behind @ ..] => !matches!(behind.trim_ascii_start(), [b':', ..]),
            _ => false,
        },
        _ => false,
    }
}

/// A `daemon.json` that is only read.
static AT_A_GLANCE: Dialect = Dialect {
    id: "daemon-json",
    title: "daemon.json",
    file: "daemon.json",
    nothing: "{}",
    this: "this file",
    notation: Notation::Json,
    schema: &options::SILENT,
    suits: |_| true,
    tree: json::read_as_written,
    edit: |_, _, _| Err(CannotEdit),
    place: |_, _| Place::default(),
    key: |_, _| None,
    value: |_, _| String::new(),
    spell: |_| None,
    own: |_, _, _, _| None,
};

// First, because its `say!` counts for what follows.
#[macro_use]
#[path = "voice/silent.rs"]
mod voice;

#[allow(dead_code, clippy::duplicate_mod)]
#[path = "check/mod.rs"]
mod check;
