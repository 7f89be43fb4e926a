//! The text tells nothing of an image.

use super::{Context, Diagnostic, Found, ProblemKind, Stage};

rule! {
    /// The text tells nothing of an image.
    ///
    /// ## Why it matters
    /// There is nothing to write down.
    ///
    /// ## What to do
    /// Paste a manifest, as `skopeo inspect --raw docker://debian:12` or `docker manifest inspect debian:12` prints it, or a hash in any form.
    ///
    /// ## Example
    /// ```json
    /// { "mtu": 1400 }
    /// ```
    ///
    /// ## Source
    /// opencontainers/image-spec `manifest.md`
    "not-a-manifest", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let mut lines = 0;
    for (problem, span) in context.problems() {
        let message = match problem {
            ProblemKind::Unknown(noun) => format!("This is {noun}, and tells nothing of an image"),
            ProblemKind::Line if lines < 5 => {
                lines += 1;
                format!("{} is neither a manifest nor a hash", context.quoted(span))
            }
            ProblemKind::TooMany => "The rest is not read: no image has so many parts".to_owned(),
            _ => continue,
        };
        found.push(
            Diagnostic::error(ID, Stage::Evaluation, span, message)
                .why("A manifest has `config` and `layers`, a list of manifests has `manifests`.")
                .help("Paste what `skopeo inspect --raw docker://debian:12` or `docker manifest inspect debian:12` prints, or a hash."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::check::tests::*;

    #[test]
    fn what_tells_of_an_image_is_told_from_the_rest() {
        for (text, expected) in [
            ("{ \"mtu\": 1400 }", &["error { \"mtu\": 1400 }"][..]),
            ("[]", &["error []"]),
            ("hello there, World!\n", &["error hello there, World!"]),
            ("hello\n@\n", &["error hello"]),
            ("@\n# comment\n\n", &[]),
            ("debian:12\n", &["error debian:12"]),
            ("debian:12\n{ \"config\": { \"digest\": \"@\" }, \"layers\": [] }", &[]),
            (r#"{ "fsLayers": [] }"#, &[]),
            ("", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
