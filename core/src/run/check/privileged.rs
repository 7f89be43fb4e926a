//! A container that may do all that root may.

use super::{Context, Found};
use crate::rule::diagnostic::{Diagnostic, Fix};

rule! {
    /// A container that may do all that root may.
    ///
    /// ## Why it matters
    /// With `--privileged` a container has every capability and every device, and none of the usual limits: it can load
    /// modules, write to disks, and leave its namespace.
    ///
    /// ## What to do
    /// Give it the capability or device that it needs: `--cap-add`, `--device`.
    ///
    /// ## Example
    /// ```sh
    /// docker run --privileged nginx:1.27
    /// ```
    ///
    /// ## Source
    /// moby `daemon/pkg/oci/defaults.go`; Docker documentation, *Runtime privilege and Linux capabilities*
    "privileged", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (_, run) in context.runs() {
        if let Some(set) = run.last("privileged").filter(|_| run.is_on("privileged")) {
            found.push(
                Diagnostic::warning(ID, set.flag, "The container may do all that root of this machine may")
                    .why("It has every capability and every device, and none of the usual limits.")
                    .help("Give it the capability or device that it needs, with `--cap-add` or `--device`.")
                    .fix(Fix::choice("Remove `--privileged`", context.without(set))),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_it() {
        assert_found("docker run --privileged x:1", ID, &["warning --privileged"]);
        assert_found("docker run --privileged=false x:1", ID, &[]);
        assert_fixed("docker run --privileged -d x:1", ID, "docker run -d x:1");
    }
}
