//! The text is not Nix, or Nix fails at it.

use super::{Context, Diagnostic, Fix, Found, Stage};
use crate::{document::ProblemKind, notation::nix::in_words};

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
        let (message, help) = in_words(problem.kind, context.written(problem.span));
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
