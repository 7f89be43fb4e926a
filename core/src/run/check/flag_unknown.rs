//! A flag that the program does not have.

use super::{Context, Found, refused};
use crate::{
    rule::diagnostic::Fix,
    run::{flags::Cli, problem::ProblemKind},
    text::Edits,
};

rule! {
    /// A flag that the program does not have.
    ///
    /// ## Why it matters
    /// Docker and Podman stop at a flag that they do not know, and no container is made. Each has flags that the other
    /// lacks.
    ///
    /// ## What to do
    /// Use the name that was meant, or take the flag out.
    ///
    /// ## Example
    /// ```sh
    /// docker run --publsh 8080:80 nginx:1.27
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/container/opts.go`, `addFlags`; containers/podman `cmd/podman/common/create.go`,
    /// `DefineCreateFlags`
    "flag-unknown", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        let span = problem.span;
        found.push(match &problem.kind {
            ProblemKind::UnknownFlag { cli, written, near } => {
                let message = format!("{} has no flag `{written}`", cli.title());
                let it = refused(ID, span, message).why("The command stops at it, and no container is made.");
                match near {
                    Some(right) => it
                        .help(format!("Did you mean `--{right}`?"))
                        .fix(Fix::safe(format!("Write `--{right}`"), Edits::replace(span, format!("--{right}")))),
                    None => it.help("Take it out, or look for the flag that does what is meant."),
                }
            }
            ProblemKind::FlagOfOther { cli, name } => {
                let other = if *cli == Cli::Docker { Cli::Podman } else { Cli::Docker };
                let message =
                    format!("`--{name}` is a flag of {}, and {} has none of this name", other.title(), cli.title());
                let help = match (*name, cli) {
                    ("health-start-interval", _) => {
                        "Podman has `--health-startup-cmd` and `--health-startup-interval`."
                    }
                    ("link", _) => "Let both containers join one network: there, each is found by its name.",
                    ("runtime", _) => "Podman takes it before `run`: `podman --runtime … run`.",
                    _ => "Take it out, or let the other program run the container.",
                };
                refused(ID, span, message).why("The command stops at it, and no container is made.").help(help)
            }
            _ => continue,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_what_the_program_does_not_know() {
        for (text, expected) in [
            ("docker run --publsh 80:80 x", &["error --publsh"][..]),
            ("docker run --colour x", &["error --colour"]),
            ("docker run -x x", &["error -x"]),
            ("docker run --tz local x", &["error --tz"]),
            ("podman run --link a:b x", &["error --link"]),
            ("docker run --publish 80:80 x", &[]),
            ("docker run x --colour", &[]),
        ] {
            assert_found(text, ID, expected);
        }
        assert_fixed("docker run --publsh 80:80 x", ID, "docker run --publish 80:80 x");
        assert_fixed("docker run --volumes=/a:/b x", ID, "docker run --volume=/a:/b x");
    }
}
