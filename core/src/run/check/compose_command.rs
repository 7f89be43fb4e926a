//! A command to Compose.

use super::{Context, Found};
use crate::{rule::diagnostic::Diagnostic, run::problem::ProblemKind};

rule! {
    /// A command to Compose.
    ///
    /// ## Why it matters
    /// Compose reads a file of its own, `compose.yaml`, which says what to run. The command alone does not.
    ///
    /// ## What to do
    /// Paste the Compose file where Compose files are read.
    ///
    /// ## Example
    /// ```sh
    /// docker compose up -d
    /// ```
    ///
    /// ## Source
    /// docker/compose `cmd/compose/up.go`
    "compose-command", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        if problem.kind == ProblemKind::Compose {
            found.push(
                Diagnostic::hint(ID, problem.span, "What Compose runs is in a file of its own")
                    .why("The command alone does not say what to run.")
                    .help("Paste its `compose.yaml` where Compose files are read."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn points_to_the_file() {
        assert_found("docker compose up -d", ID, &["hint docker compose up -d"]);
        assert_found("docker-compose up", ID, &["hint docker-compose up"]);
    }
}
