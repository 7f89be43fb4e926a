//! A digest or hash in a form that is not read.

use super::{Context, Diagnostic, Edits, Fix, Found, Hash, Stage, nix_text};

rule! {
    /// A digest or hash in a form that is not read.
    ///
    /// ## Why it matters
    /// A registry takes `sha256:` and 64 hexadecimal letters. `hash` of Nix is SRI, `sha256-…`; `sha256` may be hexadecimal, base32 or base64, too.
    ///
    /// ## What to do
    /// Write it in its form; the bench *Layers and hashes* writes one in every form.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }:
    /// pkgs.dockerTools.pullImage {
    ///   imageName = "debian";
    ///   imageDigest = "sha256-BUq+OLHm+GO++kJYy/rxJ7HMlEDS4uNJsV0i5na1kec=";
    ///   sha256 = "1744l0c8ag5y7ck9nhr6r5wy9frmaxi7xh80ypgnxb7g891m42nd";
    /// }
    /// ```
    ///
    /// ## Source
    /// nix `src/libutil/hash.cc`; distribution/reference `regexp.go`, `digest`
    "hash-malformed", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker.pulls()) {
        for name in ["imageDigest", "hash", "sha256"] {
            let (Some(given), Some(text)) = (made.given(name), made.text(name)) else { continue };
            // Nix takes nothing for a hash that it is to say.
            if text.is_empty() {
                continue;
            }
            let hash = match Hash::read(text) {
                Err(error) => {
                    found.push(
                        Diagnostic::error(ID, Stage::Evaluation, given.value_span, error.to_string())
                            .why(if name == "imageDigest" {
                                "The registry knows no such digest."
                            } else {
                                "Nix stops at what is no hash."
                            })
                            .help("Copy it again, whole: `nix-prefetch-docker` prints it."),
                    );
                    continue;
                }
                Ok(hash) => hash,
            };
            let right = match name {
                "imageDigest" if text != hash.digest() => hash.digest(),
                "hash" if !text.starts_with("sha256-") && !text.starts_with("sha256:") => hash.sri(),
                _ => continue,
            };
            let message = if name == "imageDigest" {
                "Registries do not take a digest in this form"
            } else {
                "`hash` is to name its algorithm, as SRI does"
            };
            found.push(
                Diagnostic::warning(ID, given.value_span, message)
                    .why("It is the right number in other letters, and whoever reads it compares the letters or looks for the algorithm.")
                    .help(format!("Write `{right}`."))
                    .fix(given.is_written.then(|| Fix::safe("Write it so", Edits::replace(given.value_span, nix_text(&right))))),
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
                "pkgs.dockerTools.pullImage { imageName = \"a\"; imageDigest = \"sha256:00\"; hash = \"\"; }",
                &["error \"sha256:00\""][..],
            ),
            (
                "pkgs.dockerTools.pullImage { imageName = \"a\"; imageDigest = \"sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7\"; hash = \"1744l0c8ag5y7ck9nhr6r5wy9frmaxi7xh80ypgnxb7g891m42nd\"; }",
                &["warning \"1744l0c8ag5y7ck9nhr6r5wy9frmaxi7xh80ypgnxb7g891m42nd\""],
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
