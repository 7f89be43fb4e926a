//! Only the variables of a base image are kept.

use super::{Context, Diagnostic, Found, Maker};

rule! {
    /// Only the variables of a base image are kept.
    ///
    /// ## Why it matters
    /// What the base runs, its user, its ports and its directory are not taken over: a container of the image has nothing to run.
    ///
    /// ## What to do
    /// Say `Cmd` or `Entrypoint` again in `config`.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs, base }: pkgs.dockerTools.buildImage { name = "a"; fromImage = base; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `doc/build-helpers/images/dockertools.section.md`, `fromImage`: *Only Env configuration is inherited from the base image*
    "base-configuration-dropped", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let tools = |it: Maker| matches!(it, Maker::Plain | Maker::Layered | Maker::Stream);
    for made in context.calls().filter(|it| tools(it.maker) && it.has_base()) {
        let runs = made.key("Cmd").is_some() || made.key("Entrypoint").is_some();
        let Some(given) = made.given("fromImage").filter(|_| !runs && !made.config_is_open && !made.is_open) else {
            continue;
        };
        // What another image is built on need not run.
        if made.is_within {
            continue;
        }
        found.push(
            Diagnostic::hint(ID, given.name_span, "The image runs nothing by itself: of the base only `Env` is kept")
                .why("What the base runs, its user and its directory are not taken over.")
                .help("Say `Cmd` or `Entrypoint` in `config`, and what else counts of the base."),
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
            ("pkgs.dockerTools.buildImage { name = \"a\"; fromImage = b; }", &["hint fromImage"][..]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; fromImage = b; config.Cmd = [ \"x\" ]; }", &[]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; fromImage = null; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
