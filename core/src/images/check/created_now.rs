//! A date that is another one at each build.

use super::{Context, Diagnostic, Edits, Fix, Found, Said, with_line};

rule! {
    /// A date that is another one at each build.
    ///
    /// ## Why it matters
    /// With `"now"` every build makes another image: nothing can be compared, and layers with `mtime = "now"` are shared by none.
    ///
    /// ## What to do
    /// Leave it out, and the image is of 1970; or take the date of the commit in a flake.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildImage { name = "a"; created = "now"; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `doc/build-helpers/images/dockertools.section.md`, `created`
    "created-now", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls() {
        for given in ["created", "mtime"].iter().filter_map(|it| made.given(it)) {
            if given.value != Said::Text("now".to_owned()) {
                continue;
            }
            let fix = (given.is_written && given.is_here)
                .then(|| Fix::choice("Leave it out", Edits::replace(with_line(context.text, given.binding), "")));
            found.push(
                Diagnostic::warning(
                    ID,
                    given.name_span,
                    format!("With `{} = \"now\"` each build is another image", given.name),
                )
                .why("The date of the build is in the image, so the same sources do not make the same one.")
                .help("Leave it out, or take the date of the commit: `self.lastModifiedDate` of a flake.")
                .fix(fix),
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
            ("pkgs.dockerTools.buildImage { name = \"a\"; created = \"now\"; }", &["warning created"][..]),
            ("pkgs.dockerTools.streamLayeredImage { name = \"a\"; mtime = \"now\"; }", &["warning mtime"]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; created = \"1970-01-01T00:00:01Z\"; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
