//! A command that is a string, where a list is meant.

use super::{Context, Diagnostic, Edits, Fix, Found, Said, words_of};

rule! {
    /// A command that is a string, where a list is meant.
    ///
    /// ## Why it matters
    /// `Cmd` and `Entrypoint` are lists of words. Of a string Docker makes one word, the name of a program with blanks in it; other programs refuse the image.
    ///
    /// ## What to do
    /// Write a list, with a string for each word.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildLayeredImage { name = "a"; config.Cmd = "/bin/redis-server --port 1"; }
    /// ```
    ///
    /// ## Source
    /// opencontainers/image-spec `config.md`, `Cmd`; moby `api/types/strslice/strslice.go`, `UnmarshalJSON`
    "command-is-a-string", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls() {
        for key in ["Cmd", "Entrypoint"].iter().filter_map(|it| made.key(it)).filter(|it| it.is_written) {
            let fix = match &key.value {
                Said::Text(text) => words_of(text).map(|list| {
                    let edits = Edits::replace(key.value_span, list);
                    match text.contains(char::is_whitespace) {
                        true => Fix::choice("Write each word", edits),
                        false => Fix::safe("Make it a list", edits),
                    }
                }),
                Said::Filled => {
                    let written = key.value_span.of(context.text);
                    let is_one = !written.contains([' ', '\n']);
                    is_one
                        .then(|| Fix::safe("Make it a list", Edits::replace(key.value_span, format!("[ {written} ]"))))
                }
                _ => continue,
            };
            found.push(
                Diagnostic::warning(
                    ID,
                    key.value_span,
                    format!("`{}` is a list of words, and this is a string", key.name),
                )
                .why("Docker takes it for the name of one program, blanks and all; others refuse the image.")
                .help("Write a list, with a string for each word: `[ \"/bin/sh\" \"-c\" \"…\" ]` for a shell.")
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
            ("pkgs.dockerTools.buildImage { name = \"a\"; config.Cmd = \"x y\"; }", &["warning \"x y\""][..]),
            (
                "pkgs.dockerTools.buildImage { name = \"a\"; config.Entrypoint = \"${pkgs.a}/bin/a\"; }",
                &["warning \"${pkgs.a}/bin/a\""],
            ),
            ("pkgs.dockerTools.buildImage { name = \"a\"; config.Cmd = [ \"x\" ]; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
