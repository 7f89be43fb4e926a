//! `contents`, which `copyToRoot` has taken the place of.

use super::{Context, Diagnostic, Edits, Fix, Found, Maker, Stage};

rule! {
    /// `contents`, which `copyToRoot` has taken the place of.
    ///
    /// ## Why it matters
    /// Nix warns at each evaluation. With both of them it stops.
    ///
    /// ## What to do
    /// Write `copyToRoot`. Programs come to `/bin` with `buildEnv` and `pathsToLink`.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildImage { name = "a"; contents = [ pkgs.hello ]; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `pkgs/build-support/docker/default.nix`, `buildImage`, `checked`; nlewo/nix2container `default.nix`, `checked`
    "contents-deprecated", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let is_old = |it: Maker| matches!(it, Maker::Plain | Maker::Container | Maker::ContainerLayer);
    for made in context.calls().filter(|it| is_old(it.maker)) {
        let Some(old) = made.given("contents") else { continue };
        if made.given("copyToRoot").is_some() {
            found.push(
                Diagnostic::error(ID, Stage::Evaluation, old.name_span, "`contents` and `copyToRoot` are both given")
                    .why("The function takes one of them, and stops.")
                    .help("Put all into `copyToRoot`."),
            );
            continue;
        }
        let fix = old.is_written.then(|| Fix::safe("Write `copyToRoot`", Edits::replace(old.name_span, "copyToRoot")));
        found.push(
            Diagnostic::warning(ID, old.name_span, "`contents` is deprecated here")
                .why("Nix warns at each evaluation: `copyToRoot` has taken its place.")
                .help("Write `copyToRoot`.")
                .fix(fix),
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
            ("pkgs.dockerTools.buildImage { name = \"a\"; contents = [ ]; }", &["warning contents"][..]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; contents = [ ]; copyToRoot = x; }", &["error contents"]),
            ("pkgs.dockerTools.buildLayeredImage { name = \"a\"; contents = [ ]; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
