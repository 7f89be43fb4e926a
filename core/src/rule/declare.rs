//! How does a bench beside the daemon's declare its rules? One a file, whose doc comment is the page that users read.
//!
//! The daemon's rules have macros of their own: they are compiled twice (`daemon/glance.rs`).

use crate::rule::diagnostic::Severity;

/// Something that can be wrong with a text.
pub struct Rule {
    /// Names the bad pattern; once released it stays.
    pub id: &'static str,
    /// The severities its diagnostics may have.
    pub severities: &'static [Severity],
    /// Its doc comment.
    #[cfg(feature = "prose")]
    pub(crate) docs: &'static str,
}

#[cfg(feature = "prose")]
impl Rule {
    /// Its page, in Markdown: a sentence, *Why it matters*, *What to do*, *Example*, *Source*.
    pub fn page(&self) -> String {
        let lines = self.docs.lines();
        let unindented: Vec<&str> = lines.map(|it| it.strip_prefix(' ').unwrap_or(it)).collect();
        unindented.join("\n")
    }
}

/// Declares the rule of a file; its doc comment is the rule's page. The module above has the type `Check`.
macro_rules! rule {
    ($(#[doc = $doc:expr])+ $id:literal, [$($severity:ident),+], $check:ident) => {
        const ID: &str = $id;

        $(#[doc = $doc])+
        pub(super) static RULE: crate::rule::Rule = crate::rule::Rule {
            id: ID,
            severities: &[$(crate::rule::diagnostic::Severity::$severity),+],
            #[cfg(feature = "prose")]
            docs: concat!($($doc, "\n"),+),
        };

        pub(super) const CHECK: super::Check = $check;
    };
}

/// Declares the files of the rules.
macro_rules! rules {
    ($($module:ident),+ $(,)?) => {
        $(mod $module;)+

        /// Every rule, in the order of their ids.
        pub static RULES: &[&crate::rule::Rule] = &[$(&$module::RULE),+];

        const CHECKS: &[Check] = &[$($module::CHECK),+];
    };
}
