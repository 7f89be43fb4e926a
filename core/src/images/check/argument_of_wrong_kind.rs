//! An argument of another kind than the function takes.

use super::{Context, Diagnostic, Edits, Fix, Found, Maker, Said, Stage, Takes};

rule! {
    /// An argument of another kind than the function takes.
    ///
    /// ## Why it matters
    /// Nix compares and joins values as they are: a string is no number.
    ///
    /// ## What to do
    /// Write it as the function takes it.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.streamLayeredImage { name = "a"; maxLayers = "100"; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `pkgs/build-support/docker/default.nix`
    "argument-of-wrong-kind", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls() {
        for given in made.arguments.iter().filter(|it| it.is_written) {
            let Some(row) = made.maker.argument(&given.name) else { continue };
            let (is_wrong, right) = match (row.takes, &given.value) {
                (Takes::Number, Said::Text(text)) => (true, text.parse::<i64>().ok().map(|it| it.to_string())),
                (Takes::Flag, Said::Text(text)) => {
                    (true, matches!(text.as_str(), "true" | "false").then(|| text.clone()))
                }
                (Takes::Flag, Said::Number(_)) => (true, None),
                // The plain function turns it into text.
                (Takes::Text, Said::Number(number)) => (made.maker != Maker::Plain, Some(format!("\"{number}\""))),
                (Takes::Text, Said::List(_) | Said::Set(..) | Said::Flag(_)) => (true, None),
                (Takes::Set, Said::List(_) | Said::Text(_) | Said::Number(_)) => (true, None),
                _ => (false, None),
            };
            if !is_wrong {
                continue;
            }
            let fix = right.map(|it| Fix::safe(format!("Write {it}"), Edits::replace(given.value_span, it)));
            let noun = row.takes.noun();
            found.push(
                Diagnostic::error(
                    ID,
                    Stage::Evaluation,
                    given.value_span,
                    format!("`{}` is {noun}, and this is none", given.name),
                )
                .why("Nix takes nothing for something else, and stops.")
                .help(format!("Write {noun}."))
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
            ("pkgs.dockerTools.streamLayeredImage { name = \"a\"; maxLayers = \"9\"; }", &["error \"9\""][..]),
            ("pkgs.dockerTools.streamLayeredImage { name = \"a\"; tag = 1; }", &["error 1"]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; tag = 1; }", &[]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; tag = null; config = cfg; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
