//! What the rules say, in words. `silent.rs` has the same names, and says nothing.
//!
//! No rule may decide by anything here. How alike two words are is a question for `crate::text::words`.

/// Words a message, as `format!` does.
macro_rules! say {
    ($($words:tt)+) => {
        ::std::format!($($words)+)
    };
}

use crate::docker::host::Host;
pub(super) use crate::{
    rule::diagnostic::{Diagnostic, Fix, Found, Severity, Stage, edits, is_refused},
    text::words::{ARE_READ, listed},
};

/// The machine as it is.
pub(super) fn host(it: &Host) -> &Host {
    it
}
