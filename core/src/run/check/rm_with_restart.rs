//! `--rm` together with `--restart`.

use super::{Context, Found, refused};
use crate::{containers::model::RestartPolicy, rule::diagnostic::Fix};

rule! {
    /// `--rm` together with `--restart`.
    ///
    /// ## Why it matters
    /// A container that is removed when it ends cannot be started again: Docker and Podman refuse the two together.
    ///
    /// ## What to do
    /// Take `--rm` out. A unit removes its old container by itself before it starts a new one.
    ///
    /// ## Example
    /// ```sh
    /// docker run --rm --restart always nginx:1.27
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/container/opts.go`, `parse`: "conflicting options: cannot specify both --restart and
    /// --rm"; containers/podman `cmd/podman/containers/create.go`
    "rm-with-restart", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, run) in context.runs() {
        let restart = container.restart.as_ref().filter(|it| it.value.policy != RestartPolicy::No);
        if let (Some(restart), Some(rm)) = (restart, run.last("rm").filter(|_| run.is_on("rm"))) {
            found.push(
                refused(ID, rm.flag, "`--rm` and `--restart` exclude each other")
                    .related(restart.span, "starts it again")
                    .why("A container that is removed when it ends cannot be started again.")
                    .help("Take `--rm` out: the unit removes its old container before it starts a new one.")
                    .fix(Fix::choice("Remove `--rm`", context.without(rm))),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_both_together() {
        assert_found("docker run --rm --restart always nginx:1", ID, &["error --rm"]);
        assert_found("docker run --rm --restart no nginx:1", ID, &[]);
        assert_found("docker run --rm=false --restart always nginx:1", ID, &[]);
        assert_fixed("docker run --rm --restart always nginx:1", ID, "docker run --restart always nginx:1");
        assert_fixed(
            "docker run \\\n  --rm \\\n  --restart always nginx:1",
            ID,
            "docker run \\\n  --restart always nginx:1",
        );
    }
}
