//! Something stands behind the end of the document.

use super::{Context, Found, diagnostic::{Diagnostic, Fix, Stage}};
use crate::read::ProblemKind;

rule! {
    /// Text behind the brace that closes the document.
    ///
    /// ## Why it matters
    /// A file holds one object. Engines from 23.0 on refuse anything behind it; older ones read the first object and
    /// lose the rest without a word. Scripts that append a second object to the file are the usual cause.
    ///
    /// ## What to do
    /// Put all settings into one object.
    ///
    /// ## Example
    /// ```json
    /// { "debug": true }
    /// { "mtu": 1450 }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `getConflictFreeConfiguration`; moby/moby#44905
    "text-after-end", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems(ProblemKind::TextAfterEnd) {
        let rest = context.written(problem.span);
        if rest.trim().is_empty() && context.since(23, 0) {
            continue;
        }
        let message = match (problem.related, rest.starts_with('{')) {
            (Some(_), _) => "The object is closed before this, and yet more members follow",
            (None, true) => "A second object follows the first one",
            (None, false) => "Text follows the end of the object",
        };
        let diagnostic = match context.is_read(problem.span) {
            true => Diagnostic::error(ID, Stage::Load, problem.span, message)
                .why("A file holds one object. The daemon refuses it when anything follows."),
            false => Diagnostic::warning(ID, problem.span, message)
                .why("This Engine reads only the first object and loses the rest without a word. Engines from 23.0 on refuse the file."),
        };
        let mend = problem.mend.clone();
        found.push(match problem.related {
            Some(close) => diagnostic
                .related(close, "closes the object")
                .help("Remove the brace that closes the object too early.")
                .fix(Fix::safe("Remove the brace that comes too early", mend)),
            None => diagnostic
                .help("Put all settings into one object.")
                .fix(Fix::choice("Remove what follows", mend)),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::{Engine, check::tests::assert_found_on};

    #[test]
    fn flags_what_follows() {
        for (engine, text, expected) in [
            ("29", "{} {}", &["error text-after-end 3..5"][..]),
            ("20.10", "{} {}", &["warning text-after-end 3..5"]),
            ("29", "{} x\n", &["error text-after-end 3..4"]),
            ("29", r#"{"mtu": 1}, "debug": true}"#, &["error text-after-end 10..11"]),
            ("20.10", r#"{"mtu": 1}, "debug": true}"#, &["warning text-after-end 10..11"]),
            ("29", "{}\u{a0}\n", &[]), // the daemon trims it
        ] {
            let engine: Engine = engine.parse().expect("an Engine");
            assert_found_on(engine, text, super::ID, expected);
        }
    }
}
