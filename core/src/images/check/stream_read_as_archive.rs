//! A script that is loaded as if it were an archive.

use super::{Context, Diagnostic, Found, Span};

rule! {
    /// A script that is loaded as if it were an archive.
    ///
    /// ## Why it matters
    /// What `streamLayeredImage` makes is a script, which writes the archive when it runs. `docker load < result` reads the script itself, and fails.
    ///
    /// ## What to do
    /// Run it: `./result | docker load`.
    ///
    /// ## Example
    /// ```nix
    /// # nix-build, then: docker load < result
    /// { pkgs }: pkgs.dockerTools.streamLayeredImage { name = "a"; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `doc/build-helpers/images/dockertools.section.md`, *streamLayeredImage*
    "stream-read-as-archive", [Warning], check
}

/// What reads an archive.
const READS: &[&str] = &[
    "docker load <",
    "docker load -i",
    "docker image load -i",
    "podman load <",
    "podman load -i",
    "docker load --input",
];

fn check(context: &Context, found: &mut Found) {
    let Some(nix) = context.nix() else { return };
    let is_script = nix.images().next().is_some() && nix.images().all(|it| it.maker.is_script());
    if !is_script {
        return;
    }
    for reads in READS {
        for (at, _) in context.text.match_indices(reads).take(20) {
            let line = context.text.get(at..).unwrap_or_default().lines().next().unwrap_or_default();
            let span = Span::new(at, at + line.trim_end().len());
            found.push(
                Diagnostic::warning(ID, span, "The result is a script, and no archive")
                    .why("It writes the archive when it runs; read as it is, it is none.")
                    .help("Run it: `./result | docker load`."),
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
                "# docker load < result\npkgs.dockerTools.streamLayeredImage { name = \"a\"; }",
                &["warning docker load < result"][..],
            ),
            ("# ./result | docker load\npkgs.dockerTools.streamLayeredImage { name = \"a\"; }", &[]),
            ("# docker load < result\npkgs.dockerTools.buildImage { name = \"a\"; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
