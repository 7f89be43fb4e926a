//! A container that no command makes.

use super::{Context, Found};
use crate::{rule::diagnostic::Diagnostic, run::problem::ProblemKind};

rule! {
    /// A container that no command makes.
    ///
    /// ## Why it matters
    /// A network is connected to it, or it is referred to, and the text does not make it: nothing of that can be
    /// carried over.
    ///
    /// ## What to do
    /// Add the command that makes it.
    ///
    /// ## Example
    /// ```sh
    /// docker network connect web app
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/network/connect.go`
    "container-not-made", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        if let ProblemKind::ContainerUnknown(name) = &problem.kind {
            found.push(
                Diagnostic::warning(ID, problem.span, format!("No command makes the container `{name}`"))
                    .why("What is said of it cannot be carried over.")
                    .help("Add the command that makes it, before this one."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_containers_that_nobody_makes() {
        assert_found("docker network connect a b", ID, &["warning b"]);
        assert_found("docker run --name bb x:1\ndocker network connect a bb", ID, &[]);
    }
}
