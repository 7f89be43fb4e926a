//! Text after the end of the document.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::document::ProblemKind;

rule! {
    /// Text after the brace that closes the document.
    ///
    /// ## Why it matters
    /// A file holds one object. Engines from 23.0 on refuse anything after it; older ones read the first object and
    /// silently drop the rest. Scripts that append a second object to the file are the usual cause.
    ///
    /// ## What to do
    /// Join the objects into one. The settings of the second are checked as if both were joined already.
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
    if context.is_nix() {
        return;
    }
    for problem in context.problems(ProblemKind::TextAfterEnd) {
        let rest = context.written(problem.span);
        if rest.trim().is_empty() && context.since(23, 0) {
            continue;
        }
        let message = match (problem.related, rest.starts_with('{')) {
            (Some(_), _) => "The object is closed before this, and yet more members follow",
            (None, true) => "Another object follows the first one",
            (None, false) => "Text follows the end of the object",
        };
        let diagnostic = match context.is_read(problem.span) {
            true => Diagnostic::error(ID, Stage::Load, problem.span, message)
                .why("A file holds one object. The daemon refuses it when anything follows."),
            false => Diagnostic::warning(ID, problem.span, message)
                .why("This Engine reads only the first object and silently drops the rest. Engines from 23.0 on refuse the file."),
        };
        let mend = problem.mend.clone();
        let is_read = context.is_read(problem.span);
        found.push(match problem.related {
            Some(close) => diagnostic
                .related(close, "closes the object")
                .help("Remove the brace that closes the object too early.")
                .fix(Fix::safe("Remove the brace that comes too early", mend)),
            None if rest.starts_with('{') => diagnostic.help("Put all settings into one object.").fix(match is_read {
                true => Fix::safe(JOIN, mend),
                // What was lost until now takes effect.
                false => Fix::choice(JOIN, mend),
            }),
            None => diagnostic.help("Put all settings into one object.").fix(Fix::choice("Remove what follows", mend)),
        });
    }
}

const JOIN: &str = "Join the two objects";

#[cfg(test)]
mod tests {
    use crate::{
        Engine, Request, analyze,
        daemon::check::tests::{assert_found_on, diagnose},
        document::Value,
        notation::json,
    };
    use proptest::prelude::*;

    /// The text after the first fix of each object that follows.
    fn joined(text: &str) -> String {
        let mut text = text.to_owned();
        while let Some(found) = diagnose(&text, super::ID).first() {
            text = found.fixes[0].edits.apply(&text);
        }
        text
    }

    #[test]
    fn joins_what_follows() {
        for (text, expected) in [
            ("{\n  \"debug\": true\n}\n{\n  \"mtu\": 1450\n}\n", "{\n  \"debug\": true,\n  \"mtu\": 1450\n}\n"),
            (r#"{ "debug": true } { "mtu": 1450 }"#, r#"{ "debug": true, "mtu": 1450 }"#),
            (r#"{"debug": true},{"mtu": 1450}"#, r#"{"debug": true,"mtu": 1450}"#),
            (r#"{"debug": true} {} {"mtu": 1450}"#, r#"{"debug": true,"mtu": 1450}"#),
            (r#"{} {"mtu": 1450}"#, r#"{"mtu": 1450}"#),
            (r#"{"debug": true,} {"mtu": 1450}"#, r#"{"debug": true,"mtu": 1450}"#),
            // Comments stay.
            (
                "{\n  \"debug\": true // a\n}\n// b\n{\n  \"mtu\": 1450\n}\n",
                "{\n  \"debug\": true, // a\n\n// b\n\n  \"mtu\": 1450\n}\n",
            ),
        ] {
            assert_eq!(joined(text), expected, "{text}");
        }
    }

    #[test]
    fn checks_what_the_later_object_sets() {
        let rules = |engine: &str| {
            let engine = engine.parse().expect("an Engine");
            let text = r#"{"debug": true} {"mtu": "1450"}"#.to_owned();
            let found = analyze(&Request { text, engine, ..Request::default() }).diagnostics;
            found.iter().map(|it| it.rule).collect::<Vec<_>>()
        };
        assert_eq!(rules("29"), [super::ID, "wrong-type"]);
        assert_eq!(rules("20.10"), [super::ID], "which does not read it");
    }

    proptest! {
        #[test]
        fn joining_keeps_every_member(
            objects in proptest::collection::vec(proptest::collection::vec(0..5_usize, 0..3), 1..4),
            between in prop_oneof![Just(""), Just(" "), Just("\n"), Just(",\n"), Just(" /* x */ "), Just("\n// y\n")],
            within in prop_oneof![Just(""), Just(" "), Just("\n  "), Just(" // z\n")],
        ) {
            let members = [r#""a": 1"#, r#""b": [1, 2]"#, r#""c": {"d": {}}"#, r#""e": "}{""#, r#""f": null"#];
            let object = |it: &Vec<usize>| {
                let chosen: Vec<&str> = it.iter().map(|it| members[*it]).collect();
                ["{", within, &chosen.join(&[",", within].concat()), within, "}"].concat()
            };
            let text = objects.iter().map(object).collect::<Vec<_>>().join(between);
            let after = joined(&text);
            let value = |text: &str| Value::of(&json::read(text).root);
            let one = objects.concat().iter().map(|it| members[*it]).collect::<Vec<_>>().join(",");
            prop_assert_eq!(value(&after), value(&["{", &one, "}"].concat()), "{} became {}", text, after);
            for comment in ["x", "y", "z"] {
                prop_assert_eq!(text.matches(comment).count(), after.matches(comment).count(), "{} became {}", text, after);
            }
        }
    }

    #[test]
    fn flags_what_follows() {
        for (engine, text, expected) in [
            ("29", "{} {}", &["error text-after-end 3..4"][..]),
            ("20.10", "{} {}", &["warning text-after-end 3..4"]),
            ("20.10", "{} {", &["warning text-after-end 3..4"]),
            ("29", "{} {} {}", &["error text-after-end 3..4", "error text-after-end 6..7"]),
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
