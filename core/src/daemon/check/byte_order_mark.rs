//! A byte order mark at the start of the file.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::document::ProblemKind;

rule! {
    /// A byte order mark at the start of the file, for an Engine before 23.0.
    ///
    /// ## Why it matters
    /// Some editors on Windows write the invisible character U+FEFF first. Engines from 23.0 on understand it; older
    /// ones refuse the file with *invalid character 'ï' looking for beginning of value*.
    ///
    /// ## What to do
    /// Save the file as UTF-8 without byte order mark.
    ///
    /// ## Example
    /// ```json engine=20.10
    /// \u{feff}{ "debug": true }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `getConflictFreeConfiguration`
    "byte-order-mark", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    if context.since(23, 0) || context.is_nix() {
        return;
    }
    for problem in context.problems(ProblemKind::ByteOrderMark) {
        found.push(
            Diagnostic::error(ID, Stage::Load, problem.span, "The file begins with a byte order mark")
                .why("Engines before 23.0 take the invisible character for text and refuse the file.")
                .help("Save the file as UTF-8 without byte order mark.")
                .fix(Fix::safe("Remove the byte order mark", problem.mend.clone())),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::{Engine, daemon::check::tests::assert_found_on};

    #[test]
    fn matters_before_23() {
        for (engine, expected) in [("20.10", &["error byte-order-mark 0..3"][..]), ("23", &[])] {
            let engine: Engine = engine.parse().expect("an Engine");
            assert_found_on(engine, "\u{feff}{}", super::ID, expected);
        }
    }
}
