//! A manifest of something that is no image.

use super::{Context, Diagnostic, Found, ProblemKind};

rule! {
    /// A manifest of something that is no image.
    ///
    /// ## Why it matters
    /// Registries also store Helm charts, signatures, bills of materials and attestations. None of them runs.
    ///
    /// ## What to do
    /// Take the manifest of the image: in a list of manifests, one whose platform is not `unknown/unknown`.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "schemaVersion": 2,
    ///   "config": {
    ///     "mediaType": "application/vnd.cncf.helm.config.v1+json",
    ///     "digest": "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7"
    ///   },
    ///   "layers": []
    /// }
    /// ```
    ///
    /// ## Source
    /// opencontainers/image-spec `manifest.md`, *Guidelines for Artifact Usage*; docker/buildx `docs`, *Attestation storage*
    "not-an-image", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        if let ProblemKind::Artifact(kind) = problem {
            found.push(
                Diagnostic::warning(ID, span, format!("This is stored like an image, and is `{kind}`"))
                    .why("Charts, signatures and attestations have manifests too; nothing of them runs.")
                    .help("Take the manifest of the image: in a list, one whose platform is not `unknown/unknown`."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::check::tests::*;

    #[test]
    fn images_are_told_from_what_is_stored_like_one() {
        let manifest =
            |kind: &str| format!(r#"{{ "config": {{ "mediaType": "{kind}", "digest": "@" }}, "layers": [] }}"#);
        for (kind, expected) in [
            ("application/vnd.oci.empty.v1+json", 1),
            ("application/vnd.oci.image.config.v1+json", 0),
            ("application/vnd.docker.container.image.v1+json", 0),
            ("", 0),
        ] {
            let found = diagnose_all(&manifest(kind).replace('@', DIGEST));
            assert_eq!(found.iter().filter(|it| it.rule == ID).count(), expected, "{kind}");
        }
    }
}
