//! A registry that cannot mirror Docker Hub, listed as a mirror of it.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::docker::go::url;

rule! {
    /// A registry listed as a mirror that holds images of its own.
    ///
    /// ## Why it matters
    /// Mirrors are asked for the images of Docker Hub only: for `nginx`, not for `ghcr.io/owner/image`. A registry
    /// that does not mirror Docker Hub is asked in vain before every pull, or answers with another image of the
    /// same name.
    ///
    /// ## What to do
    /// Remove it: images of other registries are pulled by their full name, without any setting.
    ///
    /// ## Example
    /// ```json
    /// { "registry-mirrors": ["https://ghcr.io"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/pkg/registry/service_v2.go`, `lookupV2Endpoints`
    "registry-mirror-of-other-registry", [Warning], check
}

/// Hosts that serve images of their own, or are Docker Hub itself.
const REGISTRIES: &[&str] = &[
    "docker.io",
    "index.docker.io",
    "registry-1.docker.io",
    "hub.docker.com",
    "ghcr.io",
    "quay.io",
    "gcr.io",
    "registry.k8s.io",
    "mcr.microsoft.com",
    "registry.gitlab.com",
    "lscr.io",
];

fn check(context: &Context, found: &mut Found) {
    for mirror in context.settings.texts("registry-mirrors") {
        let Ok(url) = url::parse(mirror.value, context.engine) else {
            continue;
        };
        let host = url.hostname();
        let Some(registry) = REGISTRIES.iter().find(|it| it.eq_ignore_ascii_case(host)) else {
            continue;
        };
        let is_docker_hub = registry.ends_with("docker.io") || registry.ends_with("docker.com");
        let (message, why) = match is_docker_hub {
            true => (
                say!("Registry mirror `{}` is Docker Hub itself", mirror.value),
                "Docker Hub is asked anyway when no mirror has an image.",
            ),
            false => (
                say!("Registry mirror `{}` does not mirror Docker Hub", mirror.value),
                "Mirrors are asked for the images of Docker Hub only. This registry is asked in vain before \
                 every pull from there.",
            ),
        };
        let help = match is_docker_hub {
            true => say!("Remove it."),
            false => say!("Remove it, and pull its images by their full name: `{registry}/owner/image`."),
        };
        found.push(
            Diagnostic::warning(ID, mirror.span, message)
                .why(why)
                .help(help)
                .fix(Fix::choice("Remove the mirror", context.remove(mirror.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn knows_registries_that_are_no_mirrors() {
        for (text, expected) in [
            (r#"{"registry-mirrors": ["https://ghcr.io"]}"#, &["warning registry-mirror-of-other-registry 22..39"][..]),
            (
                r#"{"registry-mirrors": ["https://registry-1.docker.io/"]}"#,
                &["warning registry-mirror-of-other-registry 22..53"],
            ),
            (r#"{"registry-mirrors": ["https://mirror.gcr.io"]}"#, &[]), // mirrors Docker Hub
        ] {
            assert_found(text, ID, expected);
        }
    }
}
