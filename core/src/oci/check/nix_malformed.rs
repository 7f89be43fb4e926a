//! The text is not Nix, or Nix fails at it.

use super::{Context, Diagnostic, Fix, Found, Stage};
use crate::document::ProblemKind;

rule! {
    /// The text is not Nix, or Nix fails at it.
    ///
    /// ## Why it matters
    /// nixos-rebuild stops, and changes nothing.
    ///
    /// ## What to do
    /// Mend the place that is marked. Everything outside it is read and checked all the same.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.oci-containers.containers.web.image = "nginx:1.27"
    /// }
    /// ```
    ///
    /// ## Source
    /// nix `src/libexpr/parser.y`, `src/libexpr/eval.cc`
    "nix-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.reading.syntax.iter().filter(|it| it.kind != ProblemKind::Empty) {
        let (message, help) = words(problem.kind, context.written(problem.span));
        let title = match problem.mend.first().map(|it| it.text.as_str()) {
            Some("") => "Take it out".to_owned(),
            Some(text) if text.len() <= 20 && !text.contains('\n') => format!("Write `{}`", text.trim()),
            _ => "Mend it".to_owned(),
        };
        let fix = (!problem.mend.is_empty()).then(|| Fix::choice(title, problem.mend.clone()));
        let it = Diagnostic::error(ID, Stage::Evaluation, problem.span, message)
            .why(format!("{} stops at a file that is not Nix, and changes nothing.", context.reader()))
            .help(help)
            .fix(fix);
        found.push(match problem.related {
            Some(span) => it.related(span, "belongs to it"),
            None => it,
        });
    }
    for failure in &context.reading.failures {
        found.push(
            Diagnostic::error(ID, Stage::Evaluation, failure.span, failure.message())
                .why(format!("Nix stops at it where it is asked for the value, and {} with it.", context.reader()))
                .help(failure.help()),
        );
    }
}

/// What is wrong, and what to do.
fn words(kind: ProblemKind, written: &str) -> (String, &'static str) {
    let quoted = match written.trim().chars().count() {
        0 => "the end".to_owned(),
        1..=40 => format!("`{}`", written.trim()),
        _ => "this".to_owned(),
    };
    let (message, help) = match kind {
        ProblemKind::MissingSemicolon => (
            "A semicolon is missing here".to_owned(),
            "Put a semicolon after each value of a set, after the last one too.",
        ),
        ProblemKind::MissingEquals => {
            ("An equals sign is missing between name and value".to_owned(), "Put `=` between them.")
        }
        ProblemKind::NotEquals => {
            (format!("{quoted} is between a name and its value, where Nix has `=`"), "Write `=`.")
        }
        ProblemKind::JsonInNix => (
            "This is JSON, not Nix".to_owned(),
            "Nix has `=` between a name and its value, a semicolon after each, and nothing between the elements of a list.",
        ),
        ProblemKind::WrongSeparator | ProblemKind::ExtraComma | ProblemKind::ExtraSemicolon => (
            format!("Nix has no {quoted} here"),
            "Elements of a list have only a blank between them, and a semicolon ends each value of a set.",
        ),
        ProblemKind::Unclosed | ProblemKind::UnclosedString | ProblemKind::UnclosedComment => {
            (format!("Nothing closes what is open at {quoted}"), "Close it.")
        }
        ProblemKind::Unopened => (format!("{quoted} closes nothing"), "Remove it."),
        ProblemKind::Undefined => (
            format!("Nothing gives the name {quoted} a value"),
            "Add it to the arguments of the module, mend the spelling, or put text in double quotes.",
        ),
        ProblemKind::DefinedTwice => (
            format!("{quoted} is given a value twice"),
            "Nix takes one value for each name of a set. Keep one of them.",
        ),
        ProblemKind::Unquoted => (format!("{quoted} needs double quotes"), "Put it in double quotes."),
        ProblemKind::MissingValue => {
            ("A value is missing here".to_owned(), "Write a value, or remove what leads to it.")
        }
        ProblemKind::MissingKeyword => ("A word of Nix is missing here".to_owned(), "Write the word."),
        ProblemKind::MissingParentheses => (
            "An element of a list that is more than one word or bracket needs parentheses".to_owned(),
            "Put it in parentheses.",
        ),
        _ => (format!("Nix does not understand {quoted} here"), "Mend it, or take it out."),
    };
    (message, help)
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn mistakes_are_told_at_their_place_and_the_rest_is_read() {
        let text = "{ virtualisation.oci-containers.containers = { a.image = \"x:1\" b.image = \"y:1\"; }; }";
        let found = diagnose_all(text);
        let found: Vec<_> = found.iter().filter(|it| it.rule == ID).map(|it| it.message.as_str()).collect();
        assert_eq!(found, ["A semicolon is missing here"]);
        assert_eq!(crate::oci::read(text, &Default::default()).project.containers.len(), 2);
        let text = "{ virtualisation.oci-containers.containers.a.image = throw \"no\"; }";
        assert_found(text, ID, &["error throw \"no\""]);
        let text = "{ ... }: { virtualisation.oci-containers.containers.a.image = libb.x; }";
        assert_found(text, ID, &["error libb"]);
    }
}
