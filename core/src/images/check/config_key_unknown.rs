//! A key of the configuration that images do not have.

use super::{Context, Diagnostic, Edits, Fix, Found, KEYS, Span, distance, key_of};

rule! {
    /// A key of the configuration that images do not have.
    ///
    /// ## Why it matters
    /// The configuration is written into the image as it is. Docker passes over keys that it does not know, without a word; of capitals it takes no notice, and other programs do.
    ///
    /// ## What to do
    /// Write the key as images have it: `Cmd`, `Entrypoint`, `Env`, `ExposedPorts`, `WorkingDir`.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs }: pkgs.dockerTools.buildLayeredImage { name = "a"; config.WorkDir = "/data"; }
    /// ```
    ///
    /// ## Source
    /// opencontainers/image-spec `config.md`; moby/docker-image-spec `spec.md`; Go `encoding/json`, `Unmarshal`
    "config-key-unknown", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for made in context.calls().filter(|it| it.maker.builds()) {
        for key in &made.config {
            if key_of(&key.name).is_some() || key.name.is_empty() {
                continue;
            }
            // Of `config.cmd` the last name.
            let written = key.name_span.of(context.text);
            let at = written.rfind(key.name.as_str()).unwrap_or_default();
            let place =
                Span::new(key.name_span.start + at, key.name_span.start + at + key.name.len().min(written.len() - at));
            let same = KEYS.iter().find(|it| it.name.eq_ignore_ascii_case(&key.name));
            if let Some(same) = same {
                found.push(
                    Diagnostic::hint(ID, place, format!("Images call it `{}`, with its capitals", same.name))
                        .why("Docker takes no notice of capitals, but the specification and other programs do.")
                        .help(format!("Write `{}`.", same.name))
                        .fix(
                            key.is_written
                                .then(|| Fix::safe(format!("Write `{}`", same.name), Edits::replace(place, same.name))),
                        ),
                );
                continue;
            }
            let near = context
                .may_compare()
                .then(|| KEYS.iter().map(|it| (distance(&key.name, it.name), it.name)).min())
                .flatten();
            let near = near.filter(|it| it.0 <= 1 + key.name.len() / 3).map(|it| it.1);
            let fix = near
                .filter(|_| key.is_written)
                .map(|it| Fix::choice(format!("Write `{it}`"), Edits::replace(place, it)));
            let help = match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Leave it out, or write a key that images have.".to_owned(),
            };
            found.push(
                Diagnostic::warning(ID, place, format!("Images have no `{}` in their configuration", key.name))
                    .why("It is written into the image, and whoever runs it passes over it without a word.")
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
            ("pkgs.dockerTools.buildImage { name = \"a\"; config.WorkDir = \"/\"; }", &["warning WorkDir"][..]),
            ("nix2container.buildImage { name = \"a\"; config = { entrypoint = [ ]; }; }", &["hint entrypoint"]),
            ("pkgs.dockerTools.buildImage { name = \"a\"; config.Cmd = [ ]; }", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
