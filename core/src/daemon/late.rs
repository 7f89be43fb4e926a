//! Code that may load later: it is large, and most texts are judged and printed without it.
//!
//! With the feature `late`, `arrive` must be called with it. Until then every text but Nix is taken for a `daemon.json`, flags
//! are not written, options have no descriptions beyond what rules say, and there are no networks to keep clear of. What
//! reads Nix weighs most, and comes by itself: `arrive_nix`. The page loads them this way; all others have them from the
//! start.

#[cfg(feature = "late")]
use std::sync::OnceLock;

use crate::{
    Engine, Report, Request,
    daemon::{
        analyze::outcome_of,
        check::{Check, OF_NIXOS},
        dialect::{
            flags::craft::{CRAFT, Craft},
            nixos,
        },
        foreign::{Foreign, written_otherwise},
        network::{AddressPlan, Avoid, Clearance},
        nixos::Outcome,
        options::DESCRIPTIONS,
        print::{Note, effective, given},
    },
    docker::host::Release,
    document::{Document, Notation},
    schema::{Description, assist::Own},
    text::Ink,
};

/// All of it.
pub struct Late {
    /// What says of a text that is not JSON what else it is.
    pub(crate) foreign: fn(&str) -> Option<Foreign>,
    /// What recognises, reads, changes and writes flags.
    pub(crate) flags: &'static Craft,
    /// What is told of each option of the daemon.
    pub(crate) descriptions: &'static [Description],
    /// What is told of the options of NixOS beside those of the daemon, and which could be written.
    pub(crate) own: fn(&str, usize, Engine, Release) -> Option<Own>,
    /// What prints the file that NixOS writes.
    pub(crate) effective: fn(&Request, &Report, &mut Vec<Note>) -> Result<Ink, Note>,
    /// What writes Nix as a text has it.
    pub(crate) given: fn(&Request, &Outcome, given::Form) -> given::Given,
    /// What tells of a Nix text what a target does not say.
    pub(crate) unsaid: fn(&Request, &Report, &Outcome, &given::Given, bool) -> Vec<Note>,
    /// What compares Docker's networks with those to keep clear of.
    pub(crate) clearance: fn(&AddressPlan, &Avoid, Engine) -> Option<Clearance>,
}

/// What reads, changes and writes Nix. It comes by itself, for whoever has some.
pub struct LateNix {
    /// What reads, changes and writes it.
    pub(crate) craft: &'static nixos::Craft,
    /// What says what NixOS makes of it, and enters that into a document.
    pub(crate) outcome: fn(&Request, &str, &mut Document) -> Option<Outcome>,
    /// What can be wrong with that.
    pub(crate) rules: &'static [Check],
}

/// All of it. A wasm that refers to this contains it.
pub static LATE: Late = Late {
    foreign: written_otherwise,
    flags: &CRAFT,
    descriptions: &DESCRIPTIONS,
    own: nixos::own::own,
    effective: effective::print,
    given: given::given,
    unsaid: given::unsaid,
    clearance: Clearance::of,
};

/// What reads, changes and writes Nix. A wasm that refers to this contains it.
pub static NIX: LateNix = LateNix { craft: &nixos::craft::CRAFT, outcome: outcome_of, rules: OF_NIXOS };

#[cfg(feature = "late")]
static COME: OnceLock<&'static Late> = OnceLock::new();

#[cfg(feature = "late")]
static NIX_COME: OnceLock<&'static LateNix> = OnceLock::new();

/// Puts it to use.
#[cfg(feature = "late")]
pub fn arrive(late: &'static Late) {
    // There is only one.
    let _ = COME.set(late);
}

/// Puts what reads Nix to use.
#[cfg(feature = "late")]
pub fn arrive_nix(nix: &'static LateNix) {
    // There is only one.
    let _ = NIX_COME.set(nix);
}

/// What is for Nix, when it is here.
fn come_nix() -> Option<&'static LateNix> {
    #[cfg(feature = "late")]
    return NIX_COME.get().copied();
    #[cfg(not(feature = "late"))]
    Some(&NIX)
}

/// What reads Nix, when it is here.
pub(crate) fn nix() -> Option<&'static nixos::Craft> {
    come_nix().map(|it| it.craft)
}

/// What NixOS makes of a text, entered into its document; `None` when it is not Nix, or says nothing of NixOS's options.
pub(crate) fn outcome(request: &Request, text: &str, document: &mut Document) -> Option<Outcome> {
    let is_nix = request.dialect.notation == Notation::Nix;
    come_nix().filter(|_| is_nix).and_then(|it| (it.outcome)(request, text, document))
}

/// The rules of what NixOS makes of Nix, when they are here.
pub(crate) fn nix_rules() -> Option<&'static [Check]> {
    come_nix().map(|it| it.rules)
}

/// What of it is here.
pub(crate) fn come() -> Option<&'static Late> {
    #[cfg(feature = "late")]
    return COME.get().copied();
    #[cfg(not(feature = "late"))]
    Some(&LATE)
}
