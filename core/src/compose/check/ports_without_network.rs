//! Published ports without a network of its own.

use super::{Context, Diagnostic, Stage};
use crate::containers::model::NetworkMode;

rule! {
    /// A container publishes ports and has no network of its own.
    ///
    /// ## Why it matters
    /// With the network of the host, the container's ports are those of the host already, and `ports` is passed over; so it is
    /// without any network. With that of another container, Docker refuses to start it.
    ///
    /// ## What to do
    /// Take `ports` out; of a shared network, write it for the other container.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     network_mode: host
    ///     ports: ["80:80"]
    /// ```
    ///
    /// ## Source
    /// moby `daemon/pkg/runconfig/hostconfig_unix.go`, `validateNetMode`; docker/cli `cli/command/container/create.go`
    "ports-without-network", [Error, Warning], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for container in &context.project().containers {
        let (Some(mode), Some(port)) = (&container.network_mode, container.ports.first()) else { continue };
        let name = &container.name;
        let diagnostic = match mode.value {
            NetworkMode::Host | NetworkMode::None => {
                let whose = if mode.value == NetworkMode::Host { "the network of the host" } else { "no network" };
                Diagnostic::warning(ID, port.span, format!("`{name}` has {whose}, and publishes no ports"))
                    .why("Ports are published for a network of the container's own; here they are passed over.")
            }
            NetworkMode::Container(_) => {
                let message = format!("`{name}` has the network of another container, and cannot publish ports");
                Diagnostic::error(ID, Stage::Start, port.span, message).why("Docker refuses to start such a container.")
            }
            NetworkMode::Bridge | NetworkMode::Other(_) => continue,
        };
        found.push(
            diagnostic
                .related(mode.span, "its network")
                .help("Take `ports` out, or `network_mode`. Of a shared network, the other container publishes them."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn ports_need_a_network_of_their_own() {
        for (mode, expected) in [
            ("host", &["warning '80:80'"][..]),
            ("none", &["warning '80:80'"]),
            ("service:b", &["error '80:80'"]),
            ("bridge", &[]),
        ] {
            let text = format!("services: {{a: {{network_mode: '{mode}', ports: ['80:80']}}, b: {{}}}}\n");
            assert_flags(&text, super::ID, expected);
        }
    }
}
