//! A `~` that no shell replaces.

use super::{Context, Found, refused};
use crate::{
    rule::diagnostic::Fix,
    run::problem::ProblemKind,
    text::{Edits, Span},
};

rule! {
    /// A `~` that no shell replaces.
    ///
    /// ## Why it matters
    /// A shell replaces `~` only at the start of a word, without quotes. Elsewhere Docker gets the character itself,
    /// and refuses the mount, as its path does not begin with `/`.
    ///
    /// ## What to do
    /// Write `$HOME`, or the whole path.
    ///
    /// ## Example
    /// ```sh
    /// docker run --volume=~/data:/data nginx:1.27
    /// ```
    ///
    /// ## Source
    /// POSIX.1-2024, *Shell Command Language*, 2.6.1; moby `daemon/volume/mounts/linux_parser.go`
    "tilde-not-replaced", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        if problem.kind == ProblemKind::TildeKept {
            let tilde = context.written(problem.span).find('~').map(|it| problem.span.start + it);
            let before = context.text.get(..problem.span.start).unwrap_or_default();
            // In single quotes `$HOME` would be kept, too.
            let fix = tilde
                .filter(|_| !before.ends_with('\''))
                .map(|at| Fix::choice("Write `$HOME`", Edits::replace(Span::new(at, at + 1), "$HOME")));
            found.push(
                refused(ID, problem.span, "No shell replaces this `~`")
                    .why("It is not at the start of its word, or is in quotes. Docker gets the character itself.")
                    .help("Write `$HOME`, or the whole path.")
                    .fix(fix),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_tildes_that_stay() {
        assert_found("docker run --volume=~/a:/a nginx:1", ID, &["error ~/a:/a"]);
        assert_found("docker run -v \"~/a:/a\" nginx:1", ID, &["error ~/a:/a"]);
        assert_found("docker run -v ~/a:/a nginx:1", ID, &[]);
        assert_fixed("docker run --volume=~/a:/a nginx:1", ID, "docker run --volume=$HOME/a:/a nginx:1");
    }
}
