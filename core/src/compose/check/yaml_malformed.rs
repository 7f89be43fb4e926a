//! A text that is not YAML.

use super::{Context, Diagnostic, Fix, Stage};
use crate::{document::ProblemKind, notation::yaml::words};

rule! {
    /// A text that is not YAML.
    ///
    /// ## Why it matters
    /// Compose refuses the file.
    ///
    /// ## What to do
    /// Mend it as told: indent with blanks, close quotes and brackets, put a blank after a colon.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    /// \t  image: nginx:1.27
    /// ```
    ///
    /// ## Source
    /// YAML 1.2.2, sections 6.1 and 7.3
    "yaml-malformed", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for problem in &context.reading.yaml.problems {
        let words = words::words(context.text, problem);
        let mut diagnostic = Diagnostic::error(ID, Stage::Load, problem.span, words.message)
            .why("No reader of YAML takes the file as it is. What is outside of the mistake was read.")
            .help(words.help);
        if let Some(related) = problem.related {
            diagnostic = diagnostic.related(related, words.related);
        }
        let is_sure = problem.kind == ProblemKind::TabIndentation;
        let title = if words.title.is_empty() { "Mend it" } else { words.title };
        let edits = problem.mend.clone();
        found.push(diagnostic.fix(if is_sure { Fix::safe(title, edits) } else { Fix::choice(title, edits) }));
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn mistakes_are_told_once_and_mended() {
        let tabs = "services:\n\ta:\n\t\timage: x\n";
        assert_flags(tabs, super::ID, &["error \t"]);
        assert_first_fix(tabs, super::ID, "Indent with blanks", "services:\n  a:\n    image: x\n");
        assert_flags("services: {a: {image: x, image: y}}\n", super::ID, &["error image"]);
        assert_flags("services: {}\n", super::ID, &[]);
    }
}
