//! A list of manifests, and no platform is chosen.

use super::{Context, Diagnostic, Found};

rule! {
    /// A list of manifests, and no platform is chosen.
    ///
    /// ## Why it matters
    /// A list (*index*, *manifest list*) has a manifest for each platform, and no layers. Hocker and nix2container read a manifest alone; `pullImage` takes
    /// either, and then fetches for the platform of its `arch`.
    ///
    /// ## What to do
    /// Choose a *Platform* under Surroundings, in the header. For the layers, paste the manifest of that platform:
    /// `skopeo inspect --raw docker://debian@sha256:…` with the digest that the list has for it.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "schemaVersion": 2,
    ///   "manifests": [
    ///     {
    ///       "digest": "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7",
    ///       "platform": { "architecture": "amd64", "os": "linux" }
    ///     }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// opencontainers/image-spec `image-index.md`; awakesecurity/hocker `src/Data/Docker/Image/V1_2/Types.hs`; nlewo/nix2container `default.nix`
    "index-instead-of-manifest", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for index in context.reading.indexes.iter().filter(|it| it.entry(context.platform).is_none()) {
        let platforms = index.platforms();
        let told = match &*platforms {
            [] => "none that is told".to_owned(),
            some => some.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", "),
        };
        let name = index.name.as_ref().map_or_else(|| "NAME".to_owned(), |it| it.full_name());
        let first = index.entries.iter().find(|it| it.is_image());
        let digest = first.map_or_else(|| "sha256:…".to_owned(), |it| it.blob.hash.digest());
        found.push(
            Diagnostic::warning(ID, index.span, "This is a list of manifests, one for each platform")
                .why(format!("It has no layers; what fetches an image is for one platform. There are: {told}."))
                .help(format!(
                    "Choose a Platform under Surroundings, in the header. For the layers, paste what `skopeo inspect --raw docker://{name}@{digest}` says."
                )),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::check::tests::*;

    #[test]
    fn lists_are_told_from_manifests() {
        for (text, expected) in [
            (r#"{ "manifests": [{ "digest": "@" }] }"#, &["warning \"manifests\": [{ \"digest\": \"@\" }]"][..]),
            (r#"{ "config": { "digest": "@" }, "layers": [] }"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
