//! A flag that the program does not have.

use super::{Context, Diagnostic, Fix, Found, Stage};
use crate::{
    run::{flags::Cli, problem::ProblemKind},
    text::Edits,
};

rule! {
    /// A flag that the program does not have.
    ///
    /// ## Why it matters
    /// The unit stops at it, and the container is not made.
    ///
    /// ## What to do
    /// Correct the spelling, or take the flag out. Each element of the list is one word: a flag and its value are two, or
    /// have `=` between them.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.oci-containers.containers.web = {
    ///     image = "nginx:1.27";
    ///     extraOptions = [ "--newtork=front" ];
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/container/opts.go`, `addFlags`; containers/podman `cmd/podman/common/create.go`
    "flag-unknown", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in &context.reading.flags {
        let span = problem.span;
        let refused = |message: String| {
            Diagnostic::error(ID, Stage::Run, span, message).why("The unit stops at it, and the container is not made.")
        };
        // What a name stands for is written elsewhere.
        let written_as = |written: &str, right: &str| {
            let right = ["--", right].concat();
            let is_here = context.written(span) == written;
            is_here.then(|| Fix::safe(format!("Write `{right}`"), Edits::replace(span, &*right)))
        };
        found.push(match &problem.kind {
            ProblemKind::UnknownFlag { cli, written, near } => {
                let message = match written.starts_with('-') {
                    true => format!("{} has no flag `{written}`", cli.title()),
                    false => format!("`{written}` stands where {} looks for a flag", cli.title()),
                };
                let it = refused(message);
                match near {
                    Some(right) => it.help(format!("Did you mean `--{right}`?")).fix(written_as(written, right)),
                    None => it.help("Take it out, or look for the flag that does what is meant."),
                }
            }
            ProblemKind::FlagOfOther { cli, name } => {
                let other = if *cli == Cli::Docker { Cli::Podman } else { Cli::Docker };
                refused(format!("`--{name}` is a flag of {}, and {} has none of this name", other.title(), cli.title()))
                    .help("Take it out, or let the other program run the container.")
            }
            ProblemKind::OneDash { name } => {
                let fix = written_as(&["-", name].concat(), name);
                refused(format!("`--{name}` has two dashes")).help("Write both.").fix(fix)
            }
            ProblemKind::ValueMissing { name } => refused(format!("`--{name}` has no value"))
                .help("Write the value behind `=`, or as the next element of the list."),
            _ => continue,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    fn module(options: &str, backend: &str) -> String {
        let container = format!("{{ image = \"x:1\"; extraOptions = [ {options} ]; }}");
        format!("{{ virtualisation.oci-containers = {{ backend = \"{backend}\"; containers.a = {container}; }}; }}")
    }

    #[test]
    fn flags_are_those_of_the_program() {
        for (options, backend, expected) in [
            ("\"--newtork=a\"", "docker", &["error --newtork"][..]),
            ("\"--network=a\" \"--ip\" \"10.0.0.2\"", "docker", &[]),
            ("\"--sdnotify=conmon\"", "docker", &["error --sdnotify"]),
            ("\"--pod=a\"", "podman", &[]),
            ("\"-network=a\"", "docker", &["error -network"]),
            ("\"--memory\"", "docker", &["error --memory"]),
            ("\"front\"", "docker", &["error front"]),
        ] {
            assert_found(&module(options, backend), ID, expected);
        }
        // A part of the string is written elsewhere.
        let open = "{ config, ... }: let n = \"a\"; in { virtualisation.oci-containers.containers.a = { image = \"x:1\"; extraOptions = [ \"--newtork=${n}\" ]; }; }";
        let found: Vec<_> = diagnose_all(open).into_iter().filter(|it| it.rule == ID).collect();
        assert!(found.len() == 1 && found[0].fixes.is_empty(), "{found:?}");
        let after = module("\"--network=a\"", "docker");
        assert_first_fix(&module("\"--newtork=a\"", "docker"), ID, "Write `--network`", &after);
    }
}
