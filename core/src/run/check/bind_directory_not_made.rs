//! A directory of the host that nobody makes.

use super::{Context, Found};
use crate::{containers::model::MountKind, rule::diagnostic::Diagnostic};

rule! {
    /// A directory of the host that nobody makes.
    ///
    /// ## Why it matters
    /// Docker makes a missing directory of `-v`, as root, so that a program that runs as another user cannot write to
    /// it. Podman does not: "statfs: no such file or directory", and the container does not start. With `--mount`
    /// Docker refuses it, too.
    ///
    /// ## What to do
    /// Make it with `systemd.tmpfiles.rules`, for the user that the program runs as.
    ///
    /// ## Example
    /// ```sh
    /// docker run --mount type=bind,source=/srv/data,target=/data nginx:1.27
    /// ```
    ///
    /// ## Source
    /// moby `daemon/volume/mounts/mounts.go`, `Setup`; containers/podman issues #1324, #6234 and #10471
    "bind-directory-not-made", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, run) in context.runs() {
        let is_podman = context.is_podman(run);
        let binds = container.mounts.iter().filter(|it| it.value.kind == MountKind::Bind);
        for mount in binds.filter(|it| !is_of_the_system(&it.value.source)) {
            let is_long = run.all("mount").any(|it| it.value.as_ref().is_some_and(|it| it.span == mount.span));
            let makes = mount.value.options.iter().any(|it| it.starts_with("bind-create-src"));
            let path = &mount.value.source;
            let (is_fatal, why) = match (is_podman, is_long && !makes) {
                (true, _) => (true, "Podman makes no directory of the host: without it the container does not start."),
                (_, true) => (
                    true,
                    "With `--mount`, Docker makes no directory of the host: without it the container does not start.",
                ),
                _ => (
                    false,
                    "Docker makes the directory where it is missing, and root owns it: a program that runs as another user cannot write there.",
                ),
            };
            let message = format!("`{path}` has to be there before the container starts");
            let it = match is_fatal {
                true => Diagnostic::warning(ID, mount.span, message),
                false => Diagnostic::hint(ID, mount.span, message),
            };
            found.push(
                it.why(why).help(format!("Make it with `systemd.tmpfiles.rules`: `d {path} 0750 USER GROUP -`.")),
            );
        }
    }
}

/// Whether a path is there on every machine.
fn is_of_the_system(path: &str) -> bool {
    let is_below = |it: &str| path == it || path.strip_prefix(it).is_some_and(|it| it.starts_with('/'));
    path == "/"
        || [
            "/dev",
            "/proc",
            "/sys",
            "/run",
            "/var/run",
            "/tmp",
            "/nix",
            "/etc/localtime",
            "/etc/timezone",
            "/etc/passwd",
            "/etc/group",
            "/lib/modules",
        ]
        .iter()
        .any(|it| is_below(it))
        || matches!(
            path,
            "/etc"
                | "/home"
                | "/var/log"
                | "/var/lib/docker"
                | "/etc/ssl/certs"
                | "/etc/os-release"
                | "/etc/machine-id"
        )
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_directories_that_nobody_makes() {
        for (text, expected) in [
            ("docker run -v /srv/a:/a x:1", &["hint /srv/a:/a"][..]),
            ("docker run --mount type=bind,src=/srv/a,dst=/a x:1", &["warning type=bind,src=/srv/a,dst=/a"]),
            ("podman run -v /srv/a:/a docker.io/x/x:1", &["warning /srv/a:/a"]),
            ("docker run -v /etc/localtime:/etc/localtime:ro x:1", &[]),
            ("docker run -v data:/a x:1", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
