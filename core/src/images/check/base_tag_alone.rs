//! The name or the tag of a base image without the other.

use super::{Context, Diagnostic, Found, Said};

rule! {
    /// The name or the tag of a base image without the other.
    ///
    /// ## Why it matters
    /// `fromImageName` and `fromImageTag` choose an image of an archive with several, and count only together. With one of them the first image is taken.
    ///
    /// ## What to do
    /// Write both, or none: an archive of `pullImage` or `buildImage` has one image.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs, base }:
    /// pkgs.dockerTools.buildImage {
    ///   name = "redis";
    ///   fromImage = base;
    ///   fromImageName = null;
    ///   fromImageTag = "latest";
    ///   config.Cmd = [ "/bin/redis-server" ];
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `doc/build-helpers/images/dockertools.section.md`, `fromImageName`
    "base-tag-alone", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls() {
        let given = |name: &str| made.given(name).filter(|it| it.value != Said::Null);
        let (alone, other) = match (given("fromImageName"), given("fromImageTag")) {
            (Some(it), None) => (it, "fromImageTag"),
            (None, Some(it)) => (it, "fromImageName"),
            _ => continue,
        };
        if made.is_open {
            continue;
        }
        found.push(
            Diagnostic::hint(ID, alone.name_span, format!("`{}` does nothing without `{other}`", alone.name))
                .why("They choose an image of an archive together; with one of them the first image is taken.")
                .help(format!("Write `{other}`, too, or leave this out.")),
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
            ("pkgs.dockerTools.buildImage { name = \"a\"; fromImageName = \"b\"; }", &["hint fromImageName"][..]),
            (
                "pkgs.dockerTools.buildImage { name = \"a\"; fromImageName = null; fromImageTag = \"1\"; }",
                &["hint fromImageTag"],
            ),
            ("pkgs.dockerTools.buildImage { name = \"a\"; fromImageName = \"b\"; fromImageTag = \"1\"; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
