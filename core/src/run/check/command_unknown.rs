//! A command that the program does not have.

use super::{Context, Found, refused};
use crate::{rule::diagnostic::Fix, run::problem::ProblemKind, text::Edits};

rule! {
    /// A command that the program does not have.
    ///
    /// ## Why it matters
    /// Nothing is run.
    ///
    /// ## What to do
    /// Write the command that is meant; a blank sets it apart from its flags.
    ///
    /// ## Example
    /// ```sh
    /// docker run-d nginx:1.27
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/commands/commands.go`; containers/podman `cmd/podman/root.go`
    "command-unknown", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        let ProblemKind::UnknownCommand { meant } = &problem.kind else { continue };
        let written = context.written(problem.span);
        let it = refused(ID, problem.span, format!("There is no command `{written}`")).why("Nothing is run.");
        found.push(match meant {
            Some(meant) => it
                .help(format!("Did you mean `{meant}`?"))
                .fix(Fix::choice(format!("Write `{meant}`"), Edits::replace(problem.span, meant.clone()))),
            None => it.help("Write the command that is meant."),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_commands_that_are_none() {
        for (text, expected) in [
            ("docker run-d nginx:1", &["error run-d"][..]),
            ("docker rnu nginx:1", &["error rnu"]),
            ("dokcer run nginx:1", &["error dokcer"]),
            ("docker pull nginx:1", &[]),
            ("podman generate systemd x", &[]),
            ("npm run build", &[]),
        ] {
            assert_found(text, ID, expected);
        }
        assert_fixed("docker run-d nginx:1", ID, "docker run -d nginx:1");
        assert_fixed("dokcer run nginx:1", ID, "docker run nginx:1");
    }
}
