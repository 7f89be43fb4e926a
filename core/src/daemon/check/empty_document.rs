//! A file with nothing in it.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{document::ProblemKind, text::Edits};

rule! {
    /// An empty file, for an Engine before 23.0.
    ///
    /// ## Why it matters
    /// Engines from 23.0 on take an empty file for no settings. Older ones stop with *EOF*.
    ///
    /// ## What to do
    /// Write `{}`, or delete the file.
    ///
    /// ## Example
    /// ```json engine=20.10
    ///
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `getConflictFreeConfiguration`; moby/moby#41268
    "empty-document", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    if context.since(23, 0) || context.are_flags() {
        return;
    }
    for problem in context.problems(ProblemKind::Empty) {
        found.push(
            Diagnostic::error(ID, Stage::Load, problem.span, "The file is empty")
                .why("Engines before 23.0 do not start with an empty file.")
                .help("Write `{}`, or delete the file.")
                .fix(Fix::safe("Write `{}`", Edits::replace(problem.span, "{}\n"))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Engine, Request, analyze,
        daemon::{check::tests::assert_found_on, dialect::DOCKERD_FLAGS},
    };

    #[test]
    fn matters_before_23() {
        for (engine, text, expected) in
            [("20.10", " \n", &["error empty-document 0..2"][..]), ("20.10", "{}", &[]), ("23", "", &[])]
        {
            let engine: Engine = engine.parse().expect("an Engine");
            assert_found_on(engine, text, super::ID, expected);
        }
        let none = Request { dialect: &DOCKERD_FLAGS, engine: Engine::new(20, 10, 0), ..Request::default() };
        assert_eq!(analyze(&none).diagnostics, []); // dockerd without flags
    }
}
