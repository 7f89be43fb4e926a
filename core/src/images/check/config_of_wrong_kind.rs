//! A key of the configuration of another kind than images have.

use super::{Context, Diagnostic, Edits, Fix, Found, Given, Said, Takes, key_of, nix_text};

rule! {
    /// A key of the configuration of another kind than images have.
    ///
    /// ## Why it matters
    /// The image is built, and whoever loads it refuses it: `ExposedPorts` and `Volumes` are sets, `Env` is a list of `NAME=value`.
    ///
    /// ## What to do
    /// Write it as images have it.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildLayeredImage { name = "a"; config.ExposedPorts = [ "80/tcp" ]; }
    /// ```
    ///
    /// ## Source
    /// opencontainers/image-spec `config.md`, `ExposedPorts`, `Env`
    "config-of-wrong-kind", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker.builds()) {
        for key in &made.config {
            let name = crate::images::functions::KEYS.iter().find(|it| it.name.eq_ignore_ascii_case(&key.name));
            let Some(row) = name.and_then(|it| key_of(it.name)) else { continue };
            if let Some((message, right)) = wrong(row.takes, key) {
                let fix = right
                    .filter(|_| key.is_written)
                    .map(|it| Fix::safe("Write it so", Edits::replace(key.value_span, it)));
                found.push(
                    Diagnostic::no_container(ID, key.value_span, format!("`{}` {message}", row.name))
                        .why("The image is built all the same, and whoever loads it refuses it or passes over this.")
                        .help(format!("Write {}.", row.takes.noun()))
                        .fix(fix),
                );
            }
        }
    }
}

/// What is wrong with a value, and what is right.
fn wrong(takes: Takes, key: &Given) -> Option<(String, Option<String>)> {
    match (takes, &key.value) {
        (Takes::Names, Said::List(all)) => {
            let names: Option<Vec<String>> = all
                .iter()
                .map(|it| match &it.0 {
                    Said::Text(text) => Some(format!("{} = {{ }};", nix_text(text))),
                    _ => None,
                })
                .collect();
            Some(("is a set, and this is a list".to_owned(), names.map(|it| format!("{{ {} }}", it.join(" ")))))
        }
        (Takes::Names, Said::Text(text)) => {
            Some(("is a set, and this is a string".to_owned(), Some(format!("{{ {} = {{ }}; }}", nix_text(text)))))
        }
        (Takes::Names, Said::Set(all, _)) => {
            let wrong = all.iter().find(|it| key.name.eq_ignore_ascii_case("ExposedPorts") && it.0.contains(':'))?;
            Some((format!("has `{}`: a port of the image is `80/tcp`, and is published when it runs", wrong.0), None))
        }
        (Takes::Words, Said::Set(all, is_open)) if key.name.eq_ignore_ascii_case("Env") => {
            let pairs: Option<Vec<String>> = all
                .iter()
                .map(|it| match &it.1 {
                    Said::Text(text) => Some(nix_text(&[&it.0, "=", text].concat())),
                    _ => None,
                })
                .collect();
            let right = pairs.filter(|_| !is_open).map(|it| format!("[ {} ]", it.join(" ")));
            Some(("is a list of `NAME=value`, and this is a set".to_owned(), right))
        }
        (Takes::Words, Said::List(all)) if key.name.eq_ignore_ascii_case("Env") => {
            let lacks = all.iter().find_map(|it| match &it.0 {
                Said::Text(text) if !text.contains('=') => Some(text),
                _ => None,
            })?;
            Some((format!("has `{lacks}`, which has no `=`"), None))
        }
        (Takes::Set, Said::List(_) | Said::Text(_)) => Some(("is a set, and this is none".to_owned(), None)),
        (Takes::Text, Said::Number(number)) => {
            Some(("is a string, and this is a number".to_owned(), Some(format!("\"{number}\""))))
        }
        (Takes::Text, Said::List(_) | Said::Set(..) | Said::Flag(_)) => {
            Some(("is a string, and this is none".to_owned(), None))
        }
        _ => None,
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
                "pkgs.dockerTools.buildImage { name = \"a\"; config.Env = { A = \"1\"; }; }",
                &["warning { A = \"1\"; }"][..],
            ),
            ("pkgs.dockerTools.buildImage { name = \"a\"; config.Env = [ \"A\" ]; }", &["warning [ \"A\" ]"]),
            (
                "pkgs.dockerTools.buildImage { name = \"a\"; config.ExposedPorts = { \"80:80\" = { }; }; }",
                &["warning { \"80:80\" = { }; }"],
            ),
            ("pkgs.dockerTools.buildImage { name = \"a\"; config.User = 1000; }", &["warning 1000"]),
            (
                "pkgs.dockerTools.buildImage { name = \"a\"; config = { Env = [ \"A=1\" \"B=${x}\" ]; Volumes = { \"/d\" = { }; }; }; }",
                &[],
            ),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
