//! A terminal for a service.

use super::{Context, Found};
use crate::{
    rule::diagnostic::{Diagnostic, Fix},
    run::Set,
};

rule! {
    /// A terminal for a service.
    ///
    /// ## Why it matters
    /// A unit of systemd has no terminal. In the foreground, as `virtualisation.oci-containers` runs it, Docker refuses
    /// `-it`: "the input device is not a TTY". With `-t` alone, the log has carriage returns.
    ///
    /// ## What to do
    /// Take the flags out, unless the program ends without them.
    ///
    /// ## Example
    /// ```sh
    /// docker run -it -d nginx:1.27
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/container/run.go`, `runContainer`, and `cli/streams/in.go`, `CheckTty`
    "terminal-of-a-service", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (_, run) in context.runs() {
        let Some(tty) = run.last("tty").filter(|_| run.is_on("tty")) else { continue };
        let both: Vec<&Set> = run.sets.iter().filter(|it| matches!(it.name, "tty" | "interactive")).collect();
        let edits = context.without_all(&both);
        let why = "A unit of systemd has no terminal: in the foreground Docker refuses `-it`, and with `-t` alone the log has carriage returns.";
        found.push(
            Diagnostic::warning(ID, tty.flag, "A service has no terminal")
                .why(why)
                .help("Take `-t` and `-i` out, unless the program ends without them.")
                .fix(Fix::choice("Remove `-t` and `-i`", edits)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_terminals() {
        assert_found("docker run -itd nginx:1", ID, &["warning t"]);
        assert_found("docker run --tty nginx:1", ID, &["warning --tty"]);
        assert_found("docker run -i nginx:1", ID, &[]);
        assert_fixed("docker run -itd nginx:1", ID, "docker run -d nginx:1");
        assert_fixed("docker run -it nginx:1", ID, "docker run nginx:1");
        assert_fixed("docker run -d -t -i nginx:1", ID, "docker run -d nginx:1");
    }
}
