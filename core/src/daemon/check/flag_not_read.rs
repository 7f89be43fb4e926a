//! Flags that are filled in elsewhere.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::document::ProblemKind;

rule! {
    /// A part of the command line that is filled in when the daemon starts, or not part of it at all.
    ///
    /// ## Why it matters
    /// `$DOCKER_OPTS`, a file of variables, `$(hostname)` and systemd's `%h` stand for something that only the host
    /// knows. Whatever it is counts for the daemon, and is not checked here. A command with quotes within quotes of another
    /// one is not checked either, and a variable behind a `#` sets nothing.
    ///
    /// ## What to do
    /// Paste the contents of the variable or the file to have them checked too.
    ///
    /// ## Example
    /// ```sh
    /// dockerd --debug $DOCKER_OPTS
    /// ```
    ///
    /// ## Source
    /// systemd.service(5), *Command lines*; systemd.exec(5), `EnvironmentFile=`
    "flag-not-read", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems(ProblemKind::Nested) {
        found.push(
            Diagnostic::hint(ID, problem.span, "The command within these quotes is not checked here")
                .why("It has quotes or backslashes of its own: only a shell can tell what it comes to.")
                .help("Paste the inner command by itself to have it checked."),
        );
    }
    for problem in context.problems(ProblemKind::OnlyComments) {
        found.push(
            Diagnostic::hint(ID, problem.span, "The variable for the daemon's flags is a comment: it sets nothing")
                .why("Lines that begin with `#` are passed over, so dockerd is started without flags from this file.")
                .help("Take the `#` out to set them.")
                .fix(Fix::choice("Take the `#` out", problem.mend.clone())),
        );
    }
    for problem in context.problems(ProblemKind::NotRead) {
        let written = context.written(problem.span);
        found.push(
            Diagnostic::hint(ID, problem.span, say!("What `{written}` stands for is not checked here"))
                .why("It is filled in when the daemon starts, and counts as if it were written here.")
                .help("Paste its contents to have them checked as well."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn names_what_is_filled_in() {
        for (text, flagged) in [
            ("dockerd --debug", &[][..]),
            ("dockerd $OPTIONS", &["hint $OPTIONS"]),
            ("dockerd --label=host=$(hostname)", &["hint $(hostname)"]),
            ("dockerd --data-root ~/docker", &["hint ~"]),
            ("# Docker\n#DOCKER_OPTS=\"--debug\"\n", &["hint #DOCKER_OPTS=\"--debug\""]),
            ("sh -c \"dockerd --label=\\\"a b\\\"\"", &["hint \"dockerd --label=\\\"a b\\\"\""]),
            (
                "[Service]\nEnvironmentFile=/etc/default/docker\nExecStart=\nExecStart=/usr/bin/dockerd $DOCKER_OPTS\n",
                &["hint /etc/default/docker", "hint $DOCKER_OPTS"],
            ),
        ] {
            assert_flags("29", text, "flag-not-read", flagged);
        }
    }
}
