//! An argument that the function does not have.

use super::{Context, Diagnostic, Edits, Fix, Found, Maker, Stage, distance, first_of, functions::files_of};

rule! {
    /// An argument that the function does not have.
    ///
    /// ## Why it matters
    /// Nix stops: the function names all that it takes. `copyToRoot` of `buildImage` is `contents` in `buildLayeredImage` and `streamLayeredImage`.
    ///
    /// ## What to do
    /// Write the name that the function has, or leave the argument out.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildLayeredImage { name = "a"; copyToRoot = [ pkgs.hello ]; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `pkgs/build-support/docker/default.nix`; nlewo/nix2container `default.nix`
    "argument-unknown", [Error], check
}

/// Arguments of `pullImage` besides, which are hashes in another form.
const OTHER_HASHES: &[&str] = &["outputHash", "outputHashAlgo", "sha512"];

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker != Maker::Merge) {
        for given in &made.arguments {
            let name = given.name.as_str();
            if made.maker.argument(name).is_some() || OTHER_HASHES.contains(&name) || name.is_empty() {
                continue;
            }
            let near = match name {
                "copyToRoot" | "contents" => made.maker.argument(files_of(made.maker)).map(|it| it.name),
                _ if !context.may_compare() => None,
                _ => {
                    let all = made.maker.arguments().map(|it| (distance(name, it.name), it.name));
                    all.min().filter(|it| it.0 <= 1 + name.len() / 4).map(|it| it.1)
                }
            };
            let near = near.filter(|it| made.given(it).is_none());
            let fix = near.filter(|_| given.is_written).map(|it| {
                Fix::choice(format!("Write `{it}`"), Edits::replace(first_of(context.text, given.name_span), it))
            });
            let help = match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Leave it out, or choose the function that has it.".to_owned(),
            };
            found.push(
                Diagnostic::error(
                    ID,
                    Stage::Evaluation,
                    given.name_span,
                    format!("`{}` has no argument `{name}`", made.maker.title()),
                )
                .why("The function names all that it takes, so Nix stops at anything else.")
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
            ("pkgs.dockerTools.streamLayeredImage { name = \"a\"; copyToRoot = x; }", &["error copyToRoot"][..]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; fromImge = x; }", &["error fromImge"]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; fakeRootCommands = x; }", &["error fakeRootCommands"]),
            ("pkgs.dockerTools.pullImage { imageName = \"a\"; imageDigest = \"x\"; sha512 = \"\"; }", &[]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; contents = x; config.Cmd = [ ]; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
