//! A program that speaks TLS, and no certificates.

use super::{Context, Diagnostic, Found};

rule! {
    /// A program that speaks TLS, and no certificates.
    ///
    /// ## Why it matters
    /// An image without a base has no certificates of authorities, so each such connection fails.
    ///
    /// ## What to do
    /// Put `dockerTools.caCertificates` into the image.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildLayeredImage { name = "a"; contents = [ pkgs.curl ]; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `doc/build-helpers/images/dockertools.section.md`, *caCertificates*
    "certificates-missing", [Hint], check
}

/// Programs whose work it is.
const PROGRAMS: &[&str] = &["curl", "wget", "git", "gitMinimal", "aria2", "httpie", "rclone", "restic", "skopeo"];

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker.builds() && !it.has_base()) {
        let last = |it: &str| it.rsplit('.').next().unwrap_or_default().to_owned();
        let program = made.words.iter().map(|it| last(it)).find(|it| PROGRAMS.contains(&it.as_str()));
        let has =
            ["cacert", "caCertificates", "SSL_CERT_FILE"].iter().any(|it| made.span.of(context.text).contains(it));
        let Some(program) = program.filter(|_| !has) else { continue };
        found.push(
            Diagnostic::hint(
                ID,
                made.files().map_or(made.name, |it| it.name_span),
                format!("`{program}` finds no certificates in the image"),
            )
            .why("Without a base the image has none, so connections with TLS fail.")
            .help("Put `dockerTools.caCertificates` beside it."),
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
            ("pkgs.dockerTools.buildImage { name = \"a\"; copyToRoot = [ pkgs.curl ]; }", &["hint copyToRoot"][..]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; copyToRoot = [ pkgs.curl pkgs.cacert ]; }", &[]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; copyToRoot = [ pkgs.hello ]; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
