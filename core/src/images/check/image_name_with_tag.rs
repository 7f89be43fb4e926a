//! A tag in the name of an image that is fetched.

use super::{Context, Diagnostic, Edits, Fix, Found, Maker, insertion, nix_text};

rule! {
    /// A tag in the name of an image that is fetched.
    ///
    /// ## Why it matters
    /// `pullImage` asks the registry for `NAME@DIGEST`, and skopeo refuses a name with both a tag and a digest.
    ///
    /// ## What to do
    /// Leave the tag out of `imageName`, and say it as `finalImageTag`. That tag is in the archive: another one makes another hash.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }:
    /// pkgs.dockerTools.pullImage {
    ///   imageName = "nginx:1.27";
    ///   imageDigest = "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7";
    ///   hash = pkgs.lib.fakeHash;
    /// }
    /// ```
    ///
    /// ## Source
    /// containers/image `docker/docker_transport.go`, `newReference`; nixpkgs `doc/build-helpers/images/dockertools.section.md`, *pullImage*
    "image-name-with-tag", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| matches!(it.maker, Maker::Pull | Maker::ContainerPull)) {
        let (Some(given), Some(image)) = (made.given("imageName"), made.text("imageName")) else { continue };
        let last = image.rsplit('/').next().unwrap_or_default();
        let Some((_, tag)) = last.split_once(':') else { continue };
        let name = image.strip_suffix(tag).and_then(|it| it.strip_suffix(':')).unwrap_or_default();
        let mut edits = Edits::replace(given.value_span, nix_text(name));
        if made.maker == Maker::Pull && made.given("finalImageTag").is_none() {
            let line = format!("finalImageTag = {};", nix_text(tag));
            edits = edits.and(insertion(context.text, made, &line).map_or(Edits::NONE, |it| Edits::of(vec![it])));
        }
        let help = match made.maker {
            Maker::Pull => "Say it as `finalImageTag`; the hash is that of an archive with this tag in it.",
            _ => "Leave it out: the digest says which image it is.",
        };
        found.push(
            Diagnostic::warning(ID, given.value_span, format!("The tag `{tag}` does not belong into `imageName`"))
                .why("The registry is asked by the digest, and skopeo refuses a name with both.")
                .help(help)
                .fix(given.is_written.then(|| Fix::choice("Move the tag", edits))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            (
                "pkgs.dockerTools.pullImage { imageName = \"a/nginx:1.27\"; imageDigest = \"\"; hash = \"\"; }",
                &["warning \"a/nginx:1.27\""][..],
            ),
            (
                "pkgs.dockerTools.pullImage { imageName = \"localhost:5000/nginx\"; imageDigest = \"\"; hash = \"\"; }",
                &[],
            ),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
