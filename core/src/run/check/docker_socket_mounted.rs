//! The socket of the daemon within a container.

use super::{Context, Found};
use crate::rule::diagnostic::Diagnostic;

rule! {
    /// The socket of the daemon within a container.
    ///
    /// ## Why it matters
    /// Whoever can speak to the socket can start a container that has the whole file system of the host: it is root on
    /// this machine. Read-only does not help, as it is about the file, not about what is said through it.
    ///
    /// ## What to do
    /// Leave it out, or put a proxy between that lets only some requests pass.
    ///
    /// ## Example
    /// ```sh
    /// docker run -v /var/run/docker.sock:/var/run/docker.sock portainer/portainer-ce:2.21.0
    /// ```
    ///
    /// ## Source
    /// Docker documentation, *Docker daemon attack surface*
    "docker-socket-mounted", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, run) in context.runs() {
        for mount in &container.mounts {
            if !mount.value.source.ends_with("/docker.sock") && !mount.value.source.ends_with("/podman.sock") {
                continue;
            }
            let help = match context.is_podman(run) {
                true => {
                    "Leave it out, or put a proxy between. On NixOS with Podman, `virtualisation.podman.dockerSocket.enable` makes the socket."
                }
                false => "Leave it out, or put a proxy between that lets only some requests pass.",
            };
            found.push(
                Diagnostic::warning(ID, mount.span, "The container becomes root of this machine through the socket")
                    .why("Whoever can speak to the socket can start a container that has the whole file system of the host.")
                    .help(help),
            );
        }
        if let Some(set) = run.last("use-api-socket") {
            found.push(
                Diagnostic::warning(ID, set.flag, "The container becomes root of this machine through the socket")
                    .why("`--use-api-socket` mounts the socket of the daemon, and the credentials of the caller.")
                    .help("Leave it out, or put a proxy between that lets only some requests pass."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_the_socket() {
        let mount = "/var/run/docker.sock:/var/run/docker.sock:ro";
        assert_found(&format!("docker run -v {mount} x:1"), ID, &[&format!("warning {mount}")]);
        assert_found("docker run -v /var/run/other.sock:/s x:1", ID, &[]);
    }
}
