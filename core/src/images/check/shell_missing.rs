//! A command for a shell, and no shell.

use super::{Context, Diagnostic, Edits, Fix, Found, Said};

rule! {
    /// A command for a shell, and no shell.
    ///
    /// ## Why it matters
    /// An image without a base has what Nix puts into it, and nothing else: no `/bin/sh`. The container does not start.
    ///
    /// ## What to do
    /// Put `dockerTools.binSh` into the image, or name the program by its path in the store, which comes along.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildLayeredImage { name = "a"; contents = [ pkgs.hello ]; config.Cmd = [ "/bin/sh" "-c" "hello" ]; }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `doc/build-helpers/images/dockertools.section.md`, *binSh*
    "shell-missing", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker.builds() && !it.has_base() && !it.is_open) {
        let has = made
            .words
            .iter()
            .any(|it| ["binSh", "bash", "busybox", "dash", "zsh", "toybox"].iter().any(|name| it.contains(name)));
        let files = made.files();
        // What only Nix knows may have one.
        let is_known = files.is_none_or(|it| matches!(it.value, Said::List(_) | Said::Null));
        for key in ["Entrypoint", "Cmd"].iter().filter_map(|it| made.key(it)) {
            let Said::List(all) = &key.value else { continue };
            let Some((Said::Text(first), span)) = all.first() else { continue };
            if has_other(made, first)
                || (has && first != "/bin/sh")
                || has && made.words.iter().any(|it| it.contains("binSh"))
            {
                continue;
            }
            let is_shell = matches!(first.as_str(), "sh" | "/bin/sh" | "bash" | "/bin/bash");
            if !is_shell || !is_known || (has && files.is_some()) {
                continue;
            }
            let fix = files.filter(|it| it.is_written && it.value_span.of(context.text).starts_with('[')).map(|it| {
                let at = crate::text::Span::empty(it.value_span.start + 1);
                let tools = if made.before.is_empty() { "pkgs." } else { made.before.as_str() };
                Fix::choice("Add a shell", Edits::replace(at, format!(" {tools}dockerTools.binSh")))
            });
            found.push(
                Diagnostic::no_container(ID, *span, format!("Nothing puts `{first}` into the image"))
                    .why("Without a base the image has no shell, so the container does not start.")
                    .help("Put `dockerTools.binSh` into the image.")
                    .fix(fix),
            );
            break;
        }
    }
}

/// Whether an entry goes before the command, so that this is only an argument.
fn has_other(made: &crate::images::nix::Made, first: &str) -> bool {
    made.key("Entrypoint").is_some_and(|it| match &it.value {
        Said::List(all) => all.first().is_some_and(|it| it.0 != Said::Text(first.to_owned())),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            (
                "pkgs.dockerTools.buildLayeredImage { name = \"a\"; contents = [ pkgs.hello ]; config.Cmd = [ \"sh\" \"-c\" \"x\" ]; }",
                &["warning \"sh\""][..],
            ),
            (
                "pkgs.dockerTools.buildLayeredImage { name = \"a\"; contents = [ pkgs.dockerTools.binSh ]; config.Cmd = [ \"/bin/sh\" ]; }",
                &[],
            ),
            (
                "pkgs.dockerTools.buildLayeredImage { name = \"a\"; contents = [ pkgs.bash ]; config.Cmd = [ \"/bin/bash\" ]; }",
                &[],
            ),
            ("pkgs.dockerTools.buildLayeredImage { name = \"a\"; fromImage = b; config.Cmd = [ \"sh\" ]; }", &[]),
            ("pkgs.dockerTools.buildLayeredImage { name = \"a\"; contents = env; config.Cmd = [ \"sh\" ]; }", &[]),
            ("pkgs.dockerTools.buildLayeredImage { name = \"a\"; config.Cmd = [ \"${pkgs.bash}/bin/bash\" ]; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
