//! A character that a text editor put in place of another.

use super::{Context, Found, refused};
use crate::{
    rule::diagnostic::Fix,
    run::{problem::ProblemKind, script::SlipKind},
    text::Edits,
};

rule! {
    /// A character that a text editor put in place of another.
    ///
    /// ## Why it matters
    /// To a shell, `–` is no dash, `“` is no quote, and a non-breaking space is a letter. Web pages and word processors
    /// put them there.
    ///
    /// ## What to do
    /// Type the character anew.
    ///
    /// ## Example
    /// ```sh
    /// docker run –name web nginx:1.27
    /// ```
    ///
    /// ## Source
    /// POSIX.1-2024, *Shell Command Language*, 2.2 and 2.3
    "typographic-character", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        if let ProblemKind::Slip(SlipKind::Typographic(meant)) = problem.kind {
            let written = context.written(problem.span);
            let (message, help) = match meant {
                " " => {
                    ("A character that looks like a blank is none to a shell".to_owned(), "Type a blank.".to_owned())
                }
                _ => (format!("`{written}` is not `{meant}`"), format!("Type `{meant}`.")),
            };
            let fix = Fix::safe(format!("Write `{meant}`"), Edits::replace(problem.span, meant));
            let why = "A shell takes it for a letter, so that the words come out otherwise than they look.";
            found.push(refused(ID, problem.span, message).why(why).help(help).fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_what_editors_put_there() {
        assert_found("docker run –name web nginx:1", ID, &["error –"]);
        assert_found("docker run -e A=“b” nginx:1", ID, &["error “", "error ”"]);
        assert_found("docker run -e 'A=“b” – c' nginx:1", ID, &[]);
        assert_fixed("docker run –name web nginx:1", ID, "docker run --name web nginx:1");
        assert_fixed("docker run –p 80:80 nginx:1", ID, "docker run -p 80:80 nginx:1");
    }
}
