//! The rules' voice in a [glance](crate::glance()): it says nothing. `worded.rs` has the same names.
//!
//! A diagnostic is a place and a severity here, and whatever only words and edits need is dropped by the compiler.

/// Says nothing.
macro_rules! say {
    ($($words:tt)+) => {{
        if false {
            let _ = ::std::format!($($words)+);
        }
        ::std::string::String::new()
    }};
}

use std::cell::Cell;

pub use crate::rule::diagnostic::{Severity, Stage};
use crate::{
    Verdict,
    daemon::settings::Settings,
    docker::host::Host,
    document::{Change, Document},
    text::{Edits, Span},
};

/// A severity and a place.
#[derive(Clone, Copy)]
pub enum Diagnostic {
    Error(Stage),
    Warning,
    NoContainer,
    Hint,
}

/// What the rules found, counted as it comes.
#[derive(Default)]
pub struct Found {
    pub verdict: Verdict,
}

impl Found {
    #[inline(never)]
    pub fn push(&mut self, found: Diagnostic) {
        let (severity, stage) = match found {
            Diagnostic::Error(stage) => (Severity::Error, Some(stage)),
            Diagnostic::Warning => (Severity::Warning, None),
            Diagnostic::NoContainer => (Severity::Warning, Some(Stage::Run)),
            Diagnostic::Hint => (Severity::Hint, None),
        };
        self.verdict.add(severity, stage);
    }

    pub fn extend(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        for it in found {
            self.push(it);
        }
    }
}

/// Whether `dockerd --validate` refuses what this was found in.
pub fn is_refused(found: &Found) -> bool {
    found.verdict.is_refused
}

impl Diagnostic {
    #[inline(always)]
    pub fn error<T>(_: &'static str, stage: Stage, _: Span, _: T) -> Self {
        Self::Error(stage)
    }

    #[inline(always)]
    pub fn warning<T>(_: &'static str, _: Span, _: T) -> Self {
        Self::Warning
    }

    #[inline(always)]
    pub fn no_container<T>(_: &'static str, _: Span, _: T) -> Self {
        Self::NoContainer
    }

    #[inline(always)]
    pub fn hint<T>(_: &'static str, _: Span, _: T) -> Self {
        Self::Hint
    }

    #[inline(always)]
    pub fn why<T>(self, _: T) -> Self {
        self
    }

    #[inline(always)]
    pub fn help<T>(self, _: T) -> Self {
        self
    }

    #[inline(always)]
    pub fn related<T>(self, _: Span, _: T) -> Self {
        self
    }

    #[inline(always)]
    pub fn fix(self, _: impl Into<Option<Fix>>) -> Self {
        self
    }

    #[inline(always)]
    pub fn explained(self, _: impl FnOnce(Self) -> Self) -> Self {
        self
    }
}

/// A fix, which is not worked out.
#[derive(Clone, Copy)]
pub struct Fix;

impl Fix {
    #[inline(always)]
    pub fn safe<T>(_: T, _: Edits) -> Self {
        Self
    }

    #[inline(always)]
    pub fn choice<T>(_: T, _: Edits) -> Self {
        Self
    }
}

#[inline(always)]
pub fn edits(_: &str, _: &Document, _: &Cell<usize>, _: impl FnOnce() -> Change) -> Edits {
    Edits::NONE
}

/// Adds what a rule finds: only texts that tell every value are glanced at.
#[inline(always)]
pub fn add(found: &mut Found, _: &Settings, check: impl FnOnce(&mut Found)) {
    check(found);
}

/// Whether words are read.
pub const ARE_READ: bool = false;

/// No text is Nix.
#[inline(always)]
pub fn of_nixos(_: bool) -> &'static [super::check::Check] {
    &[]
}

/// The machine is the usual one, so that the compiler drops what another would need.
#[inline(always)]
pub fn host(_: &Host) -> &'static Host {
    static USUAL: Host = Host::USUAL;
    &USUAL
}

#[inline(always)]
pub fn listed<'a>(_: impl IntoIterator<Item = &'a str>, _: &str) -> String {
    String::new()
}
