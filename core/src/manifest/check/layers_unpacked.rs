//! The digests are those of unpacked layers.

use super::{Context, Diagnostic, Found};
use crate::manifest::read::Shape;

rule! {
    /// The digests are those of unpacked layers.
    ///
    /// ## Why it matters
    /// `docker image inspect` and `docker save` name a layer by the hash of its files as they are on this machine (*diff ID*). A registry has it compressed,
    /// under another digest: it answers that it knows no such layer.
    ///
    /// ## What to do
    /// Paste the manifest that the registry serves: `skopeo inspect --raw docker://debian:12`, or `docker manifest inspect debian:12`.
    ///
    /// ## Example
    /// ```json
    /// [
    ///   {
    ///     "RepoTags": ["debian:12"],
    ///     "RootFS": {
    ///       "Type": "layers",
    ///       "Layers": ["sha256:cd0a524342efac6edff500c17e625735bbe479c926439b263bbe3c8518a0849c"]
    ///     }
    ///   }
    /// ]
    /// ```
    ///
    /// ## Source
    /// opencontainers/image-spec `config.md`, *Layer DiffID*; moby `image/tarexport/save.go`
    "layers-unpacked", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for image in context.reading.images.iter().filter(|it| !it.is_served()) {
        let Some(first) = image.layers.first() else { continue };
        let program = match image.shape {
            Shape::Saved => "`docker save`",
            _ => "`docker image inspect`, or its configuration,",
        };
        let name = image.name.as_ref().map_or_else(|| "NAME:TAG".to_owned(), |it| it.tagged());
        found.push(
            Diagnostic::warning(
                ID,
                first.span,
                format!("These are the layers as {program} names them, not as a registry does"),
            )
            .why("They are hashes of unpacked files. A registry has each layer compressed, under another digest.")
            .help(format!("Paste what `skopeo inspect --raw docker://{name}` says.")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::check::tests::*;

    #[test]
    fn unpacked_layers_are_told_from_packed_ones() {
        for (text, expected) in [
            (r#"[{ "RootFS": { "Layers": ["@"] } }]"#, &["warning @"][..]),
            (r#"{ "rootfs": { "diff_ids": ["@", "@"] } }"#, &["warning @"]),
            (
                r#"[{ "Config": "blobs/sha256/cd0a524342efac6edff500c17e625735bbe479c926439b263bbe3c8518a0849c", "Layers": ["blobs/sha256/054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7"] }]"#,
                &["warning \"blobs/sha256/054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7\""],
            ),
            (r#"{ "Digest": "@", "Layers": ["@"] }"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
