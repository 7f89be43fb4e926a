//! A layer that its registry does not have.

use super::{Context, Diagnostic, Found, ProblemKind};

rule! {
    /// A layer that its registry does not have.
    ///
    /// ## Why it matters
    /// Base layers of Windows may not be copied to other registries: their manifest names another server. What fetches layers from the registry fails there.
    ///
    /// ## What to do
    /// Take an image for Linux. Docker itself fetches such layers from where the manifest says.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "config": { "digest": "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7" },
    ///   "layers": [
    ///     {
    ///       "mediaType": "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
    ///       "digest": "sha256:cd0a524342efac6edff500c17e625735bbe479c926439b263bbe3c8518a0849c",
    ///       "urls": ["https://mcr.microsoft.com/v2/windows/blobs/sha256:cd0a"]
    ///     }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// distribution.github.io *Image Manifest V 2, Schema 2*, `urls`; opencontainers/image-spec `layer.md`, *Non-Distributable Layers*
    "layer-elsewhere", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        if let ProblemKind::Elsewhere(url) = problem {
            found.push(
                Diagnostic::warning(ID, span, "This layer is not in the registry: it is foreign")
                    .why(format!("The manifest says that it is at `{url}`; what asks the registry for it fails."))
                    .help("Take an image for Linux, or let Docker itself pull this one."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::check::tests::*;

    #[test]
    fn layers_are_in_the_registry() {
        for (text, expected) in [
            (
                r#"{ "config": { "digest": "@" }, "layers": [{ "digest": "@", "urls": ["https://a"] }] }"#,
                &["warning \"@\""][..],
            ),
            (r#"{ "config": { "digest": "@" }, "layers": [{ "digest": "@", "urls": [] }] }"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
