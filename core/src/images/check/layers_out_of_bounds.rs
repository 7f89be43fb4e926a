//! More or fewer layers than there can be.

use super::{Context, Diagnostic, Found, Maker, Said, Stage};

rule! {
    /// More or fewer layers than there can be.
    ///
    /// ## Why it matters
    /// The function stops below 2. Docker takes no image of more than 125 layers, and what is built on the image needs some, too.
    ///
    /// ## What to do
    /// Take a number from 2 to 125; 100 is the default.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.streamLayeredImage { name = "a"; maxLayers = 1; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `pkgs/build-support/docker/default.nix`, `maxLayers`; moby `daemon/internal/layer/layer_store.go`, `maxLayerDepth`
    "layers-out-of-bounds", [Error, Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls() {
        let Some(given) = made.given("maxLayers") else { continue };
        let is_layered = matches!(made.maker, Maker::Layered | Maker::Stream);
        if is_layered && made.given("layeringPipeline").is_some_and(|it| it.value != Said::Null) {
            found.push(
                Diagnostic::hint(ID, given.name_span, "`maxLayers` does nothing beside `layeringPipeline`")
                    .why("The pipeline makes the layers.")
                    .help("Leave it out, and say it in the pipeline with `limit_layers`."),
            );
            continue;
        }
        match given.value {
            Said::Number(most) if most < 2 && is_layered => found.push(
                Diagnostic::error(ID, Stage::Evaluation, given.value_span, "`maxLayers` must be more than 1")
                    .why("The last layer has the links, and the others the store: the function stops.")
                    .help("Take a number from 2 to 125, or `buildImage` for one layer."),
            ),
            Said::Number(most) if most > 125 => found.push(
                Diagnostic::warning(ID, given.value_span, format!("Docker takes no image of {most} layers"))
                    .why("It stops at 125, so that an image that uses all of these cannot be loaded.")
                    .help("Take 125 at most, or fewer where others build on it."),
            ),
            _ => {}
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
            ("pkgs.dockerTools.streamLayeredImage { name = \"a\"; maxLayers = 1; }", &["error 1"][..]),
            ("pkgs.dockerTools.streamLayeredImage { name = \"a\"; maxLayers = 200; }", &["warning 200"]),
            (
                "pkgs.dockerTools.streamLayeredImage { name = \"a\"; maxLayers = 100; layeringPipeline = [ ]; }",
                &["hint maxLayers"],
            ),
            ("nix2container.buildImage { name = \"a\"; maxLayers = 1; }", &[]),
            ("pkgs.dockerTools.streamLayeredImage { name = \"a\"; maxLayers = 125; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
