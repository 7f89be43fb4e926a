//! What the rules say, in words. `silent.rs` has the same names, and says nothing.
//!
//! No rule may decide by anything here. How alike two words are is a question for `crate::text::words`.

/// Words a message, as `format!` does.
macro_rules! say {
    ($($words:tt)+) => {
        ::std::format!($($words)+)
    };
}

use crate::{
    daemon::{check::Check, late, settings::Settings},
    docker::host::Host,
};
pub(super) use crate::{
    rule::diagnostic::{Diagnostic, Fix, Found, Severity, Stage, edits, is_refused},
    text::words::{ARE_READ, listed},
};

/// The rules of what NixOS makes of Nix, when that is here.
pub(super) fn of_nixos(is_nix: bool) -> &'static [Check] {
    late::nix_rules().filter(|_| is_nix).unwrap_or_default()
}

/// The machine as it is.
pub(super) fn host(it: &Host) -> &Host {
    it
}

/// Adds what a rule finds. Where it looked at what the text does not tell, only its hints are certain.
pub(super) fn add(found: &mut Found, settings: &Settings, check: impl FnOnce(&mut Found)) {
    let mut own = Found::new();
    settings.has_met_unknown();
    check(&mut own);
    let is_certain = !settings.has_met_unknown();
    found.extend(own.into_iter().filter(|it| is_certain || it.severity == Severity::Hint));
}
