//! Published ports of a container without a network of its own.

use super::{Context, Found, refused};
use crate::{
    containers::model::NetworkMode,
    rule::diagnostic::{Diagnostic, Fix},
    run::Set,
};

rule! {
    /// Published ports of a container without a network of its own.
    ///
    /// ## Why it matters
    /// With `--network host` the program listens on the ports of the machine itself, and Docker discards `-p`; with
    /// `none` nothing listens. With the network of another container Docker refuses them: that one publishes them.
    ///
    /// ## What to do
    /// Take `-p` out, or publish the ports of the container whose network it is.
    ///
    /// ## Example
    /// ```sh
    /// docker run --network host -p 8080:80 nginx:1.27
    /// ```
    ///
    /// ## Source
    /// moby `daemon/container_operations.go` and `runconfig/hostconfig_unix.go`: "conflicting options: port publishing
    /// and the container type network mode"
    "ports-without-network", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, run) in context.runs() {
        let (Some(mode), Some(first)) = (&container.network_mode, container.ports.first()) else { continue };
        let publishes: Vec<&Set> = run.all("publish").collect();
        let fix = Fix::choice("Remove the ports", context.without_all(&publishes));
        let it = match &mode.value {
            NetworkMode::Host => Diagnostic::warning(ID, first.span, "With `--network host` no port is published")
                .why("The program listens on the ports of the machine itself, and `-p` is discarded.")
                .help("Take the ports out, or the network."),
            NetworkMode::None => Diagnostic::warning(ID, first.span, "Without a network no port is published")
                .why("Nothing reaches a container that has no network.")
                .help("Take the ports out, or the network."),
            NetworkMode::Container(other) => {
                refused(ID, first.span, format!("`{other}` has to publish the ports of its network"))
                    .why("Docker refuses ports of a container that has the network of another.")
                    .help(format!("Publish them with `{other}`."))
            }
            NetworkMode::Bridge | NetworkMode::Other(_) => continue,
        };
        found.push(it.related(mode.span, "the network").fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_ports_that_nobody_reaches() {
        for (text, expected) in [
            ("docker run --network host -p 8080:80 x:1", &["warning 8080:80"][..]),
            ("docker run --net none -p 8080:80 x:1", &["warning 8080:80"]),
            ("docker run --net container:a -p 8080:80 x:1", &["error 8080:80"]),
            ("docker run --net a -p 8080:80 x:1", &[]),
            ("docker run --network host x:1", &[]),
        ] {
            assert_found(text, ID, expected);
        }
        assert_fixed("docker run --network host -p 1:1 -p 2:2 x:1", ID, "docker run --network host x:1");
    }
}
