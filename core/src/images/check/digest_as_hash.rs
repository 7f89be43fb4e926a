//! A hash that is the digest.

use super::{Context, Diagnostic, Found, Hash};

rule! {
    /// A hash that is the digest.
    ///
    /// ## Why it matters
    /// `imageDigest` is the digest of the manifest in the registry, and `hash` that of the archive that skopeo makes: two numbers of two things. Nix stops after the download, because they differ.
    ///
    /// ## What to do
    /// Run `nix-prefetch-docker`, which prints both.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }:
    /// pkgs.dockerTools.pullImage {
    ///   imageName = "debian";
    ///   imageDigest = "sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7";
    ///   sha256 = "054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7";
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `doc/build-helpers/images/dockertools.section.md`, *pullImage*
    "digest-as-hash", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker.pulls()) {
        let read = |name: &str| made.text(name).and_then(|it| Hash::read(it).ok());
        let Some(digest) = read("imageDigest") else { continue };
        for name in ["hash", "sha256"] {
            let Some(given) = made.given(name).filter(|_| read(name).as_ref() == Some(&digest)) else { continue };
            found.push(
                Diagnostic::warning(ID, given.value_span, format!("`{name}` is the digest of the manifest once more"))
                    .why("It has to be the hash of what is downloaded, which is another number: Nix stops after the download.")
                    .help("`nix-prefetch-docker` prints both; with `pkgs.lib.fakeHash` Nix says the right one."),
            );
        }
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
                "pkgs.dockerTools.pullImage { imageName = \"a\"; imageDigest = \"sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7\"; hash = \"sha256-BUq+OLHm+GO++kJYy/rxJ7HMlEDS4uNJsV0i5na1kec=\"; }",
                &["warning \"sha256-BUq+OLHm+GO++kJYy/rxJ7HMlEDS4uNJsV0i5na1kec=\""][..],
            ),
            (
                "pkgs.dockerTools.pullImage { imageName = \"a\"; imageDigest = \"sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7\"; sha256 = \"1744l0c8ag5y7ck9nhr6r5wy9frmaxi7xh80ypgnxb7g891m42nd\"; }",
                &[],
            ),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
