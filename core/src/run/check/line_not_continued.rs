//! A line that ends too early.

use super::{Context, Found, refused};
use crate::{
    rule::diagnostic::{Diagnostic, Fix},
    run::{problem::ProblemKind, script::SlipKind},
    text::{Edits, Span},
};

rule! {
    /// A line that ends too early.
    ///
    /// ## Why it matters
    /// A shell joins two lines where `\` is the very last character. With a blank or a comment behind it, or with none
    /// at all, the command ends there, and the rest is taken for another one.
    ///
    /// ## What to do
    /// End the line with ` \`, and put comments before the command.
    ///
    /// ## Example
    /// ```sh
    /// docker run -d \ # in the background
    ///   --name web nginx:1.27
    /// ```
    ///
    /// ## Source
    /// POSIX.1-2024, *Shell Command Language*, 2.2.1
    "line-not-continued", [Error, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        let ProblemKind::Slip(kind) = problem.kind else { continue };
        let span = problem.span;
        let why = "A shell ends the command there, and takes what follows for another one.";
        found.push(match kind {
            SlipKind::BlankAfterMark => refused(ID, span, "Blanks behind the `\\` end the command here")
                .why(why)
                .help("Take the blanks at the end of the line out.")
                .fix(Fix::safe("Remove the blanks", Edits::replace(span, ""))),
            SlipKind::CommentAfterMark => refused(ID, span, "A comment behind the `\\` ends the command here")
                .why(why)
                .help("Put the comment before the command.")
                .fix(Fix::choice("Remove the comment", Edits::replace(span, ""))),
            SlipKind::NotContinued => {
                let (message, help) = match context.written(span).contains('#') {
                    true => ("A comment ends the command here", "Put the comment before the command."),
                    false => ("The line does not say that the command goes on", "End the line with ` \\`."),
                };
                let line = context.text.get(..span.end).map_or(0, |it| it.rfind('\n').map_or(0, |it| it + 1));
                let indent = context.written(Span::new(line.max(span.start), span.end));
                let joined =
                    Edits::replace(span, format!(" \\\n{}", if indent.trim().is_empty() { indent } else { "  " }));
                let fix = match context.written(span).contains('#') {
                    true => Fix::choice("Go on without the comment", joined),
                    false => Fix::safe("Add ` \\`", joined),
                };
                refused(ID, span, message).why(why).help(help).fix(fix)
            }
            SlipKind::MarkWithinLine => refused(ID, span, "The `\\` stayed when the lines were joined")
                .why("Within a line, `\\` makes a word of the blank behind it, which is then taken for the image.")
                .help("Take it out, or end the line there.")
                .fix(Fix::safe("Remove the `\\`", Edits::replace(Span::new(span.start, span.end + 1), ""))),
            SlipKind::NothingAfterMark => Diagnostic::hint(ID, span, "Nothing follows the `\\` at the end")
                .why("A shell waits for another line. Perhaps one was not copied.")
                .help("Take it out, or add what follows.")
                .fix(Fix::choice("Remove the `\\`", Edits::replace(span, ""))),
            _ => continue,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_lines_that_end_too_early() {
        for (text, expected) in [
            ("docker run \\  \n nginx:1", &["error   "][..]),
            ("docker run \\ # c\n nginx:1", &["error  # c"]),
            ("docker run -d\n  --rm nginx:1", &["error \n  "]),
            ("docker run -d \\ --rm nginx:1", &["error \\"]),
            ("docker run nginx:1 \\\n", &["hint \\"]),
            ("docker run \\\n nginx:1", &[]),
            ("docker run nginx:1\n\n  docker ps", &[]),
        ] {
            assert_found(text, ID, expected);
        }
        assert_fixed("docker run \\  \n nginx:1", ID, "docker run \\\n nginx:1");
        assert_fixed("docker run -d\n  --rm nginx:1", ID, "docker run -d \\\n  --rm nginx:1");
        assert_fixed("docker run -d \\\n  # why\n  --rm nginx:1", ID, "docker run -d \\\n  --rm nginx:1");
    }
}
