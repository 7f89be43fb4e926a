//! A name within a network, and no network of its own.

use super::{Context, Found, refused};

rule! {
    /// A name within a network, and no network of its own.
    ///
    /// ## Why it matters
    /// Docker refuses `--network-alias` on the network that it has by itself, where containers have no names for each
    /// other.
    ///
    /// ## What to do
    /// Join a network with `--network`.
    ///
    /// ## Example
    /// ```sh
    /// docker run --network-alias web nginx:1.27
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/container/opts.go`, `parseNetworkAttachmentOpt`: "network-scoped aliases are only
    /// supported for user-defined networks"
    "alias-without-network", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, run) in context.runs().filter(|it| it.0.networks.is_empty() && !context.is_podman(it.1)) {
        for alias in run.all("network-alias").filter_map(|it| it.value.as_ref()) {
            let it = refused(ID, alias.span, format!("`{}` is a name within no network", alias.value))
                .why("On the network that Docker has by itself, containers have no names for each other.")
                .help("Make a network, and join it with `--network`.");
            found.push(match &container.network_mode {
                Some(mode) => it.related(mode.span, "is no network of its own"),
                None => it,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_aliases_of_no_network() {
        assert_found("docker run --network-alias a x:1", ID, &["error a"]);
        assert_found("docker run --net host --net-alias a x:1", ID, &["error a"]);
        assert_found("docker run --network n --network-alias a x:1", ID, &[]);
    }
}
