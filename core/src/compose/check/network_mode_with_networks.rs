//! A network mode and networks at once.

use super::{Context, Diagnostic, Fix, Stage};

rule! {
    /// A service has both `network_mode` and `networks`.
    ///
    /// ## Why it matters
    /// Compose refuses the file: with a mode, a container has no networks of its own.
    ///
    /// ## What to do
    /// Take one of the two out.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     network_mode: host
    ///     networks: [front]
    /// networks:
    ///   front:
    /// ```
    ///
    /// ## Source
    /// compose-go `loader/validate.go`, `checkConsistency`
    "network-mode-with-networks", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for container in &context.project().containers {
        let (Some(mode), Some(joined)) = (&container.network_mode, container.networks.first()) else { continue };
        let key = context.at("services.*", "network_mode").find(|it| it.value.span == mode.span);
        found.push(
            Diagnostic::error(
                ID,
                Stage::Load,
                mode.span,
                format!("`{}` has both `network_mode` and `networks`", container.name),
            )
            .related(joined.span, "a network that it joins")
            .why("Compose refuses the file: with a mode, a container has no networks of its own.")
            .help("Take one of the two out.")
            .fix(key.map(|it| Fix::choice("Remove `network_mode`", context.without(it.span())))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn a_mode_excludes_networks() {
        let text = "services:\n  a:\n    network_mode: host\n    networks: [n]\nnetworks: {n: }\n";
        assert_flags(text, super::ID, &["error host"]);
        assert_first_fix(
            text,
            super::ID,
            "Remove `network_mode`",
            "services:\n  a:\n    networks: [n]\nnetworks: {n: }\n",
        );
        assert_flags("services: {a: {network_mode: host}}\n", super::ID, &[]);
    }
}
