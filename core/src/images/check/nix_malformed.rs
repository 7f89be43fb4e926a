//! The text is not Nix.

use super::{Context, Diagnostic, Fix, Found, ProblemKind, Stage};

rule! {
    /// The text is not Nix.
    ///
    /// ## Why it matters
    /// Nix stops, and nothing is built.
    ///
    /// ## What to do
    /// Mend the place that is marked. Everything outside it is read and checked all the same.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }:
    /// pkgs.dockerTools.buildImage {
    ///   name = "a"
    /// }
    /// ```
    ///
    /// ## Source
    /// nix `src/libexpr/parser.y`
    "nix-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let problems = context.nix().map(|it| it.problems()).unwrap_or_default();
    for problem in problems.iter().filter(|it| it.kind != ProblemKind::Empty) {
        let (message, help) = words(problem.kind, problem.span.of(context.text));
        let title = match problem.mend.first().map(|it| it.text.trim()) {
            Some("") => "Take it out".to_owned(),
            Some(text) if text.len() <= 20 && !text.contains('\n') => format!("Write `{text}`"),
            _ => "Mend it".to_owned(),
        };
        let fix = (!problem.mend.is_empty()).then(|| Fix::choice(title, problem.mend.clone()));
        let it = Diagnostic::error(ID, Stage::Evaluation, problem.span, message)
            .why("Nix stops at a file that is not Nix, and nothing is built.")
            .help(help)
            .fix(fix);
        found.push(match problem.related {
            Some(span) => it.related(span, "belongs to it"),
            None => it,
        });
    }
}

/// What is wrong, and what to do.
fn words(kind: ProblemKind, written: &str) -> (String, &'static str) {
    let quoted = match written.trim().chars().count() {
        0 => "the end".to_owned(),
        1..=40 => format!("`{}`", written.trim()),
        _ => "this".to_owned(),
    };
    match kind {
        ProblemKind::MissingSemicolon => (
            "A semicolon is missing here".to_owned(),
            "Put a semicolon after each value of a set, after the last one too.",
        ),
        ProblemKind::MissingEquals => {
            ("An equals sign is missing between name and value".to_owned(), "Put `=` between them.")
        }
        ProblemKind::Unclosed | ProblemKind::UnclosedString | ProblemKind::UnclosedComment => {
            (format!("Nothing closes what is open at {quoted}"), "Close it.")
        }
        ProblemKind::Unopened => (format!("{quoted} closes nothing"), "Remove it."),
        _ => (format!("Nix does not expect {quoted} here"), "Mend it, or take it out."),
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            ("{ pkgs }: pkgs.dockerTools.buildImage { name = \"a\" }", &["error "][..]),
            ("{ pkgs }: pkgs.dockerTools.buildImage { name = \"a\"; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
