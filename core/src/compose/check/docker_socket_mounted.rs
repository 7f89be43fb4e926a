//! The socket of the Engine in a container.

use super::{Context, Diagnostic};

rule! {
    /// A container gets the socket of the Engine.
    ///
    /// ## Why it matters
    /// Whoever speaks to it is root on the machine: one request starts a container with the whole disk in it. `:ro` does not
    /// change that.
    ///
    /// ## What to do
    /// Mount it only into what you trust as root, or put a proxy before it that passes few requests on.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   traefik:
    ///     image: traefik:3.2
    ///     volumes:
    ///       - /var/run/docker.sock:/var/run/docker.sock:ro
    /// ```
    ///
    /// ## Source
    /// Docker documentation, *Protect the Docker daemon socket*
    "docker-socket-mounted", [Hint], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for container in &context.project().containers {
        for mount in &container.mounts {
            let source = mount.value.source.as_str();
            if !source.ends_with("/docker.sock") && !source.ends_with("/podman.sock") {
                continue;
            }
            found.push(
                Diagnostic::hint(ID, mount.span, format!("`{}` can do what root can", container.name))
                    .why("Whoever speaks to the socket is root on the machine, even where it is mounted with `:ro`.")
                    .help("Mount it only into what you trust as root, or put a proxy before it that passes few requests on."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn the_socket_is_root() {
        let text = "services: {a: {volumes: ['/var/run/docker.sock:/x:ro', '/run/x.sock:/y']}}\n";
        assert_flags(text, super::ID, &["hint '/var/run/docker.sock:/x:ro'"]);
    }
}
