//! A manifest of the first version.

use super::{Context, Diagnostic, Found, ProblemKind, Stage};

rule! {
    /// A manifest of the first version (*schema 1*).
    ///
    /// ## Why it matters
    /// It names no configuration, and its digest is that of a signed text. Hocker, nix2container and skopeo's newer formats do not take it, and from Engine 26 on
    /// Docker no longer pulls such images unless it is told to.
    ///
    /// ## What to do
    /// Many registries answer with it where the client does not ask for more: `skopeo inspect --raw` asks. If there is nothing newer, pull the image with an older
    /// Engine and push it again.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "schemaVersion": 1,
    ///   "fsLayers": [
    ///     { "blobSum": "sha256:cd0a524342efac6edff500c17e625735bbe479c926439b263bbe3c8518a0849c" }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// distribution.github.io *Update deprecated schema image manifest version 2, v1 images*; moby pull request 47459
    "schema-too-old", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        if *problem == ProblemKind::SchemaOne {
            found.push(
                Diagnostic::error(ID, Stage::Evaluation, span, "This is a manifest of the first version, schema 1")
                    .why("It names no configuration, and Docker no longer pulls such images from Engine 26 on unless it is told to.")
                    .help("Ask the registry with `skopeo inspect --raw`; if it has nothing newer, pull the image with an older Engine and push it again."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::check::tests::*;

    #[test]
    fn manifests_are_of_the_second_version() {
        for (text, expected) in [
            (r#"{ "schemaVersion": 1, "fsLayers": [] }"#, &["error 1"][..]),
            (r#"{ "schemaVersion": 2, "config": { "digest": "@" }, "layers": [] }"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
