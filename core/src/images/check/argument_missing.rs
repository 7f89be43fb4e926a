//! An argument that the function cannot do without.

use super::{Context, Diagnostic, Edits, Fix, Found, Maker, Stage, insertion};

rule! {
    /// An argument that the function cannot do without.
    ///
    /// ## Why it matters
    /// Nix stops: a function whose argument set names what it takes wants all that has no default.
    ///
    /// ## What to do
    /// Write it.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildLayeredImage { tag = "1"; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `pkgs/build-support/docker/default.nix`; nlewo/nix2container `default.nix`
    "argument-missing", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| !it.is_open) {
        let mut missing: Vec<&str> =
            made.maker.arguments().filter(|it| it.usual.is_empty()).map(|it| it.name).collect();
        missing.retain(|it| made.given(it).is_none());
        if made.maker == Maker::Pull
            && ["hash", "sha256", "sha512", "outputHash"].iter().all(|it| made.given(it).is_none())
        {
            missing.push("hash");
        }
        for name in missing {
            let value = match name {
                "hash" | "sha256" => "pkgs.lib.fakeHash",
                _ => "\"\"",
            };
            let edit = insertion(context.text, made, &format!("{name} = {value};"));
            let fix = edit.map(|it| Fix::choice(format!("Add `{name}`"), Edits::of(vec![it])));
            let help = match name {
                "hash" | "sha256" | "imageDigest" => "`nix-prefetch-docker --image-name NAME --image-tag TAG` says it; with `pkgs.lib.fakeHash` Nix stops once and says the hash.".to_owned(),
                name => format!("Write `{name}`."),
            };
            found.push(
                Diagnostic::error(ID, Stage::Evaluation, made.name, format!("`{}` lacks `{name}`", made.maker.title()))
                    .why("The function has no default for it, so Nix stops.")
                    .help(help)
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
            ("pkgs.dockerTools.buildImage { tag = \"1\"; }", &["error pkgs.dockerTools.buildImage"][..]),
            (
                "pkgs.dockerTools.pullImage { imageName = \"a\"; imageDigest = \"x\"; }",
                &["error pkgs.dockerTools.pullImage"],
            ),
            ("pkgs.dockerTools.pullImage { imageName = \"a\"; imageDigest = \"x\"; sha256 = \"\"; }", &[]),
            ("pkgs.dockerTools.buildImage (args // { tag = \"1\"; })", &[]),
            ("pkgs.dockerTools.mergeImages [ ]", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
