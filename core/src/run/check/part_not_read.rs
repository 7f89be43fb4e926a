//! A part of a script that is not read.

use super::{Context, Found};
use crate::{rule::diagnostic::Diagnostic, run::problem::ProblemKind};

rule! {
    /// A part of a script that is not read.
    ///
    /// ## Why it matters
    /// Loops, conditions, functions and texts within a script decide while it runs. Here only single commands are read,
    /// so that what is in such a part is not carried over.
    ///
    /// ## What to do
    /// Write the commands one by one, with the values that they get.
    ///
    /// ## Example
    /// ```sh
    /// for i in 1 2; do
    ///   docker run -d nginx:1.27
    /// done
    /// ```
    ///
    /// ## Source
    /// POSIX.1-2024, *Shell Command Language*, 2.7.4 and 2.9.4
    "part-not-read", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        if let ProblemKind::Refused(what) = problem.kind {
            let (name, help) = match what {
                "heredoc" => (
                    "text within a script",
                    "Put the text into a file; `environment.etc` or `pkgs.writeText` can make one.",
                ),
                "loop" => ("loop", "Write its commands one by one, with the values that they get."),
                _ => (what, "Write the commands that are meant one by one."),
            };
            found.push(
                Diagnostic::warning(ID, problem.span, format!("This {name} is not read"))
                    .why("What is in it is decided while the script runs.")
                    .help(help),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_what_is_not_read() {
        let text = "for i in 1; do\ndocker run nginx:1\ndone";
        assert_found(text, ID, &[&["warning ", text].concat()]);
        assert_found("docker run nginx:1", ID, &[]);
    }
}
