//! Code that may load later: it is large, and most texts are judged and printed without it.
//!
//! With the feature `late`, `arrive` must be called with it. Until then flags are neither read nor written, and options
//! have no descriptions beyond what rules say. The page loads it this way; all others have it from the start.

#[cfg(feature = "late")]
use std::sync::OnceLock;

use crate::{
    daemon::{
        dialect::flags::craft::{CRAFT, Craft},
        options::DESCRIPTIONS,
    },
    schema::Description,
};

/// All of it.
pub struct Late {
    /// What reads, changes and writes flags.
    pub(crate) flags: &'static Craft,
    /// What is told of each option of the daemon.
    pub(crate) descriptions: &'static [Description],
}

/// What reads, changes and writes Nix. It comes by itself, for whoever has some.
pub struct LateNix {}

/// All of it. A wasm that refers to this contains it.
pub static NIX: LateNix = LateNix {};

/// All of it. A wasm that refers to this contains it.
pub static LATE: Late = Late { flags: &CRAFT, descriptions: &DESCRIPTIONS };

#[cfg(feature = "late")]
static COME: OnceLock<&'static Late> = OnceLock::new();

/// Puts it to use.
#[cfg(feature = "late")]
pub fn arrive(late: &'static Late) {
    // There is only one.
    let _ = COME.set(late);
}

#[cfg(feature = "late")]
static NIX_COME: OnceLock<&'static LateNix> = OnceLock::new();

/// Puts what reads Nix to use.
#[cfg(feature = "late")]
pub fn arrive_nix(nix: &'static LateNix) {
    // There is only one.
    let _ = NIX_COME.set(nix);
}

/// What of it is here.
pub(crate) fn come() -> Option<&'static Late> {
    #[cfg(feature = "late")]
    return COME.get().copied();
    #[cfg(not(feature = "late"))]
    Some(&LATE)
}
