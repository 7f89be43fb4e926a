//! A password in the image.

use super::{Context, Diagnostic, Found, Said, Span, is_secret};

rule! {
    /// A password in the image.
    ///
    /// ## Why it matters
    /// Whoever has the image reads its variables and its history; what Nix makes of it is in the Nix store besides, which every user of the machine can read.
    ///
    /// ## What to do
    /// Hand it to the container when it runs, as a file or a variable; hand it to a build with `RUN --mount=type=secret`.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM alpine:3.21
    /// ENV DB_PASSWORD=swordfish
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *ARG*: build arguments are visible in the history; nix `doc/manual/source/store/index.md`
    "secret-in-the-image", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let mut tell = |name: &str, span: Span| {
        found.push(
            Diagnostic::warning(ID, span, format!("The value of `{name}` is in the image for everybody to read"))
                .why("Whoever has the image reads its variables and its history.")
                .help("Hand it to the container when it runs, as a file or a variable."),
        );
    };
    for it in ["ENV", "ARG"].iter().flat_map(|it| context.instructions(it)) {
        for pair in &it.pairs {
            let value = pair.value.as_deref().unwrap_or_default();
            if !value.starts_with('$') && is_secret(&pair.name, value) {
                tell(&pair.name, pair.span);
            }
        }
    }
    for key in context.calls().filter_map(|it| it.key("Env")) {
        let Said::List(all) = &key.value else { continue };
        for (said, span) in all {
            if let Said::Text(text) = said
                && let Some((name, value)) = text.split_once('=')
                && is_secret(name, value)
            {
                tell(name, *span);
            }
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
            ("FROM a:1\nENV A=1 DB_PASSWORD=x\nARG NPM_TOKEN\n", &["warning DB_PASSWORD=x"][..]),
            ("FROM a:1\nENV DB_PASSWORD=$P\n", &[]),
            (
                "pkgs.dockerTools.buildImage { name = \"a\"; config.Env = [ \"API_TOKEN=x\" \"A=1\" ]; }",
                &["warning \"API_TOKEN=x\""],
            ),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
