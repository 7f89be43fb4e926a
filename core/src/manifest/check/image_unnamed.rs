//! A manifest does not say of which image it is.

use super::{Context, Diagnostic, Found};
use crate::manifest::read::first_byte;

rule! {
    /// A manifest does not say of which image it is.
    ///
    /// ## Why it matters
    /// Layers are fetched from a repository, by its name. Without one, what is written down has a gap.
    ///
    /// ## What to do
    /// Write the name on the line above the manifest, `# debian:12`, or as *Image* under Surroundings, in the header.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "schemaVersion": 2,
    ///   "config": { "digest": "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7", "size": 1512 },
    ///   "layers": []
    /// }
    /// ```
    ///
    /// ## Source
    /// opencontainers/distribution-spec `spec.md`, *Pulling blobs*
    "image-unnamed", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let images = context.reading.images.iter().filter(|it| it.name.is_none()).map(|it| it.span);
    let indexes = context.reading.indexes.iter().filter(|it| it.name.is_none()).map(|it| it.span);
    if let Some(span) = images.chain(indexes).min() {
        let first = first_byte(span);
        found.push(
            Diagnostic::hint(ID, first, "This does not say of which image it is")
                .why("Layers are fetched from a repository, by its name.")
                .help(
                    "Write the name on the line above, `# debian:12`, or as Image under Surroundings, in the header.",
                ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::{Choices, check::tests::*};

    #[test]
    fn images_have_a_name() {
        for (text, expected) in [
            (r#"{ "config": { "digest": "@" }, "layers": [] }"#, &["hint {"][..]),
            ("# debian:12\n{ \"config\": { \"digest\": \"@\" }, \"layers\": [] }", &[]),
            (r#"[{ "Config": "a.json", "RepoTags": ["debian:12"], "Layers": [] }]"#, &[]),
            (r#"{ "manifests": [] }"#, &["hint \""]),
        ] {
            assert_found(text, ID, expected);
        }
        let choices = Choices { image: "debian:12".to_owned(), ..Choices::default() };
        assert_eq!(
            diagnose_with(r#"{ "config": {}, "layers": [] }"#, &choices).iter().filter(|it| it.rule == ID).count(),
            0
        );
    }
}
