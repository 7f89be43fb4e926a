//! A manifest has another digest than its name says.

use super::{Context, Diagnostic, Found, ProblemKind};

rule! {
    /// A manifest has another digest than its name says.
    ///
    /// ## Why it matters
    /// The digest of a manifest is that of its very bytes. Either the text was laid out anew since the registry served it, or it is the manifest of another image.
    ///
    /// ## What to do
    /// Paste what `skopeo inspect --raw docker://debian@sha256:…` says, as it is. What is written down has the digest of the name.
    ///
    /// ## Example
    /// ```json
    /// # debian:12@sha256:cd0a524342efac6edff500c17e625735bbe479c926439b263bbe3c8518a0849c
    /// { "config": { "digest": "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7" }, "layers": [] }
    /// ```
    ///
    /// ## Source
    /// opencontainers/distribution-spec `spec.md`, *Pulling manifests*
    "digest-differs", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        if let ProblemKind::OtherDigest(named, own) = problem {
            found.push(
                Diagnostic::warning(ID, span, "This manifest has another digest than its name says")
                    .why(format!("The name has `{named}`, and these bytes have `{own}`: the text was laid out anew, or is of another image."))
                    .help("Paste what `skopeo inspect --raw` says, as it is. What is written down has the digest of the name."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::{Hash, check::tests::*};

    #[test]
    fn a_manifest_is_that_of_its_name() {
        let manifest = r#"{ "config": { "digest": "@" }, "layers": [] }"#.replace('@', DIGEST);
        let own = Hash::sha256(&manifest).digest();
        for (name, expected) in [(own.as_str(), 0), (DIGEST, 1)] {
            let found = diagnose_all(&format!("# debian@{name}\n{manifest}\n"));
            assert_eq!(found.iter().filter(|it| it.rule == ID).count(), expected, "{name}");
        }
    }
}
