//! A health check, and none.

use super::{Context, Found, refused};
use crate::rule::diagnostic::Fix;

rule! {
    /// A health check, and none.
    ///
    /// ## Why it matters
    /// `--no-healthcheck` and the flags that begin with `--health-` exclude each other.
    ///
    /// ## What to do
    /// Take one of the two out.
    ///
    /// ## Example
    /// ```sh
    /// docker run --no-healthcheck --health-cmd true nginx:1.27
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/container/opts.go`, `parse`: "--no-healthcheck conflicts with --health-* options";
    /// containers/podman `pkg/specgenutil/specgen.go`
    "healthcheck-both-ways", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (_, run) in context.runs() {
        let Some(none) = run.last("no-healthcheck").filter(|_| run.is_on("no-healthcheck")) else { continue };
        if let Some(some) = run.sets.iter().find(|it| it.name.starts_with("health-")) {
            found.push(
                refused(ID, none.flag, format!("`--no-healthcheck` and `--{}` exclude each other", some.name))
                    .related(some.flag, "says something of a check")
                    .why("The command is refused.")
                    .help("Take one of the two out.")
                    .fix(Fix::choice("Remove `--no-healthcheck`", context.without(none))),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_both() {
        assert_found("docker run --no-healthcheck --health-cmd true x:1", ID, &["error --no-healthcheck"]);
        assert_found("docker run --no-healthcheck x:1", ID, &[]);
    }
}
