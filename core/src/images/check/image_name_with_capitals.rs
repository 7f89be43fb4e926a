//! Capitals in the name of an image.

use super::{Context, Diagnostic, Edits, Fix, Found, nix_text};

rule! {
    /// Capitals in the name of an image.
    ///
    /// ## Why it matters
    /// Names of images have none: the functions write small letters, and what is run by the name as it is written here is not found.
    ///
    /// ## What to do
    /// Write small letters.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildLayeredImage { name = "MyApp"; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `pkgs/build-support/docker/default.nix`, `lib.toLower name`
    "image-name-with-capitals", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker.builds()) {
        let (Some(given), Some(name)) = (made.given("name"), made.text("name")) else { continue };
        if !name.bytes().any(|it| it.is_ascii_uppercase()) {
            continue;
        }
        let small = name.to_ascii_lowercase();
        found.push(
            Diagnostic::hint(ID, given.value_span, format!("The image is called `{small}`"))
                .why("Names of images have no capitals, so the function makes small letters of them.")
                .help(format!("Write `{small}`."))
                .fix(given.is_written.then(|| {
                    Fix::safe(format!("Write `{small}`"), Edits::replace(given.value_span, nix_text(&small)))
                })),
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
            ("pkgs.dockerTools.buildImage { name = \"MyApp\"; }", &["hint \"MyApp\""][..]),
            ("pkgs.dockerTools.buildImage { name = \"my-app\"; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
