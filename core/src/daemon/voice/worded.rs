//! What the rules say, in words. `silent.rs` has the same names, and says nothing.
//!
//! Nothing here is anything that a rule could decide by: which word is near another is `crate::text::words`' to say.

/// Words a message, as `format!` does.
macro_rules! say {
    ($($words:tt)+) => {
        ::std::format!($($words)+)
    };
}

pub(super) use crate::{
    rule::diagnostic::{Diagnostic, Fix, Found, Severity, Stage, edits, is_refused},
    text::words::{ARE_READ, listed},
};
