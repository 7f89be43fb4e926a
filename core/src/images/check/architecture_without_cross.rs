//! An architecture that the packages are not built for.

use super::{Context, Diagnostic, Found, Said};

rule! {
    /// An architecture that the packages are not built for.
    ///
    /// ## Why it matters
    /// `architecture` is what the image says of itself. The programs in it stay those of the machine that builds.
    ///
    /// ## What to do
    /// Take the packages from `pkgsCross.aarch64-multiplatform`, or build on such a machine; the image then has its architecture by itself.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildLayeredImage { name = "a"; architecture = "arm64"; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `doc/build-helpers/images/dockertools.section.md`, `architecture`
    "architecture-without-cross", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker.builds()) {
        let is_cross = || ["pkgsCross", "crossSystem", "localSystem"].iter().any(|it| context.text.contains(it));
        for given in ["architecture", "arch"].iter().filter_map(|it| made.given(it)) {
            let Said::Text(name) = &given.value else { continue };
            if is_cross() {
                continue;
            }
            found.push(
                Diagnostic::hint(ID, given.name_span, format!("The image says `{name}`, whatever its programs are"))
                    .why("The argument is written into the image; the packages stay those of the machine that builds.")
                    .help("Take the packages from `pkgsCross`, or build on such a machine."),
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
            ("pkgs.dockerTools.buildImage { name = \"a\"; architecture = \"arm64\"; }", &["hint architecture"][..]),
            ("pkgs.pkgsCross.x.dockerTools.buildImage { name = \"a\"; architecture = \"arm64\"; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
