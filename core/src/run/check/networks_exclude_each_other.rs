//! Networks of its own together with `host`, `none` or `bridge`.

use super::{Context, Found, refused};
use crate::rule::diagnostic::Fix;

rule! {
    /// Networks of its own together with `host`, `none` or `bridge`.
    ///
    /// ## Why it matters
    /// A container has networks of its own, or one of these modes: Docker refuses both together.
    ///
    /// ## What to do
    /// Take the mode out, or the networks.
    ///
    /// ## Example
    /// ```sh
    /// docker run --network web --network host nginx:1.27
    /// ```
    ///
    /// ## Source
    /// docker/cli `cli/command/container/opts.go`, `parseNetworkOpts`: "conflicting options: cannot attach both user-
    /// defined and non-user-defined network-modes"
    "networks-exclude-each-other", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, run) in context.runs().filter(|it| !it.0.networks.is_empty()) {
        for set in run.all("network") {
            let Some(value) = &set.value else { continue };
            if !container.networks.iter().any(|it| it.span == value.span) {
                found.push(
                    refused(ID, value.span, format!("`{}` and networks of its own exclude each other", value.value))
                        .why("A container has networks, or a mode that does without.")
                        .help("Take one of the two out.")
                        .fix(Fix::choice(format!("Remove `{}`", value.value), context.without(set))),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_modes_beside_networks() {
        assert_found("docker run --network a --network host x:1", ID, &["error host"]);
        assert_found("docker run --network a --network b x:1", ID, &[]);
        assert_fixed("docker run --network a --network host x:1", ID, "docker run --network a x:1");
    }
}
