//! An insecure registry that covers more than was likely meant, or nothing.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::docker::go::net;

rule! {
    /// An insecure registry that covers every address, or has no effect.
    ///
    /// ## Why it matters
    /// With 0.0.0.0/0 the daemon accepts images from every registry without a trusted certificate. Docker Hub,
    /// on the other hand, stays secure whatever the list says.
    ///
    /// ## What to do
    /// List the registry's own address or name.
    ///
    /// ## Example
    /// ```json
    /// { "insecure-registries": ["0.0.0.0/0"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/pkg/registry/config.go`, `loadInsecureRegistries` and `isCIDRMatch`
    "insecure-registry-too-wide", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for registry in context.settings.texts("insecure-registries") {
        let (message, why, help) = if net::parse_prefix(registry.value).is_some_and(|it| it.bits == 0) {
            (
                say!("Every registry is insecure: {} covers all addresses", registry.value),
                "The daemon takes images from any registry that shows any certificate or none.",
                "List the host or subnet of the one registry that has no trusted certificate.",
            )
        } else if registry.value == "docker.io" {
            (
                say!("`docker.io` cannot be made insecure"),
                "Docker Hub stays secure whatever the list says: the entry has no effect.",
                "Remove it. For a mirror of Docker Hub list the mirror's own host.",
            )
        } else {
            continue;
        };
        found.push(
            Diagnostic::warning(ID, registry.span, message)
                .why(why)
                .help(help)
                .fix(Fix::choice("Remove the entry", context.remove(registry.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn flags_all_addresses_and_docker_hub() {
        for (text, expected) in [
            (r#"{"insecure-registries": ["0.0.0.0/0"]}"#, &["warning insecure-registry-too-wide 25..36"][..]),
            (r#"{"insecure-registries": ["::/0"]}"#, &["warning insecure-registry-too-wide 25..31"]),
            (r#"{"insecure-registries": ["docker.io"]}"#, &["warning insecure-registry-too-wide 25..36"]),
            (r#"{"insecure-registries": ["10.0.0.0/8"]}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
