//! A drop-in that adds a second command instead of replacing the first.

use super::{
    Context, Found,
    voice::{ARE_READ, Diagnostic, Fix},
};
use crate::document::ProblemKind;

rule! {
    /// A drop-in sets `ExecStart=` without an empty one before it.
    ///
    /// ## Why it matters
    /// The settings of a drop-in are added to the unit. A service that is not of type `oneshot` may have one command only, so
    /// systemd refuses the unit: *Service has more than one ExecStart= setting*.
    ///
    /// ## What to do
    /// Write a line `ExecStart=` before it, which takes out what the unit said.
    ///
    /// ## Example
    /// ```sh
    /// [Service]
    /// ExecStart=/usr/bin/dockerd --debug
    /// ```
    ///
    /// ## Source
    /// systemd.service(5), `ExecStart=`; systemd `src/core/service.c`, `service_verify`
    "start-not-reset", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    // A glance sees no units.
    if !ARE_READ {
        return;
    }
    for problem in context.problems(ProblemKind::StartNotReset) {
        found.push(
            Diagnostic::warning(ID, problem.span, "As a drop-in this adds a second command to the unit's own")
                .why("systemd refuses a service of this type with more than one `ExecStart=`, and does not start the daemon.")
                .help("Write an empty `ExecStart=` before it, unless this is the whole unit.")
                .fix(Fix::choice("Insert an empty `ExecStart=`", problem.mend.clone())),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_first_fix, assert_flags};

    #[test]
    fn flags_a_drop_in_that_does_not_reset() {
        for (text, flagged) in [
            ("[Service]\nExecStart=/usr/bin/dockerd\n", &["warning ExecStart"][..]),
            ("[Service]\nExecStart=\nExecStart=/usr/bin/dockerd\n", &[]),
            ("[Unit]\nDescription=Docker\n[Service]\nType=notify\nExecStart=/usr/bin/dockerd\n", &[]),
        ] {
            assert_flags("29", text, "start-not-reset", flagged);
        }
        assert_first_fix(
            "[Service]\nExecStart=/usr/bin/dockerd\n",
            "start-not-reset",
            "Insert an empty `ExecStart=`",
            "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd\n",
        );
    }
}
