//! An image without its registry, for Podman.

use super::{Context, Found};
use crate::{
    rule::diagnostic::{Diagnostic, Fix},
    text::{Edits, Span},
};

rule! {
    /// An image without its registry, for Podman.
    ///
    /// ## Why it matters
    /// Docker puts `docker.io/` before such a name. Podman looks in each registry of `registries.conf`, on NixOS in
    /// docker.io and then quay.io, and a unit has nobody to ask which one is meant: whoever has the name elsewhere is
    /// trusted.
    ///
    /// ## What to do
    /// Write the registry: `docker.io/library/` before a name without `/`, else `docker.io/`.
    ///
    /// ## Example
    /// ```sh
    /// podman run -d nginx:1.27
    /// ```
    ///
    /// ## Source
    /// containers/image `pkg/shortnames/shortnames.go`, `Resolve`; nixpkgs
    /// `nixos/modules/virtualisation/containers.nix`, `registries.search`; distribution/reference `normalize.go`
    "image-short-name", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, run) in context.runs().filter(|it| context.is_podman(it.1)) {
        let Some(image) = container.image.as_ref().filter(|it| !run.is_on("rootfs") && !it.value.starts_with('@'))
        else {
            continue;
        };
        if let Some(prefix) = prefix(&image.value) {
            let whole = format!("{prefix}{}", image.value);
            found.push(
                Diagnostic::warning(ID, image.span, format!("`{}` names no registry", image.value))
                    .why("Docker takes it from docker.io. Podman looks in all the registries that it knows, and takes the first that has the name.")
                    .help(format!("Write `{whole}`."))
                    .fix(Fix::safe(format!("Write `{whole}`"), Edits::replace(Span::empty(image.span.start), prefix))),
            );
        }
    }
}

/// What goes before an image that names no registry.
///
/// Source: distribution/reference `normalize.go`, `splitDockerDomain`.
fn prefix(image: &str) -> Option<&'static str> {
    if image.contains("://") || image.starts_with(['/', '.']) {
        return None;
    }
    match image.split_once('/') {
        None => Some("docker.io/library/"),
        Some((first, _)) if first.contains(['.', ':']) || first == "localhost" || first.contains('@') => None,
        Some(_) => Some("docker.io/"),
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_short_names() {
        use crate::run::flags::Cli;
        for (text, expected) in [
            ("podman run nginx:1", &["warning nginx:1"][..]),
            ("podman run a/b:1", &["warning a/b:1"]),
            ("podman run docker.io/a/b:1", &[]),
            ("podman run localhost/a:1", &[]),
            ("podman run host:5000/a:1", &[]),
            ("docker run nginx:1", &[]),
        ] {
            assert_found(text, ID, expected);
        }
        assert_found_on(Cli::Podman, "docker run nginx:1", ID, &["warning nginx:1"]);
        assert_fixed("podman run nginx:1", ID, "podman run docker.io/library/nginx:1");
        assert_fixed("podman run a/b:1", ID, "podman run docker.io/a/b:1");
    }
}
