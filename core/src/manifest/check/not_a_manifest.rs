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
    "not-a-manifest", [Error, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let (mut lines, mut values) = (0, 0);
    let reading = context.reading;
    let has_more = !(reading.images.is_empty() && reading.indexes.is_empty() && reading.hashes.is_empty());
    for (problem, span) in context.problems() {
        let message = match problem {
            ProblemKind::Unknown(noun) if values < 5 => {
                values += 1;
                format!("This is {noun}, and tells nothing of an image")
            }
            ProblemKind::Line if lines < 5 => {
                lines += 1;
                format!("{} is no manifest, no hash and no name with a digest", context.quoted(span))
            }
            ProblemKind::TooMany => "The rest is not read: no image has so many parts".to_owned(),
            _ => continue,
        };
        let is_beside = has_more && *problem == ProblemKind::Line;
        let it = match is_beside {
            true => Diagnostic::hint(ID, span, message),
            false => Diagnostic::error(ID, Stage::Evaluation, span, message),
        };
        found.push(
            it.why("A manifest has `config` and `layers`, a list of manifests has `manifests`.")
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
            ("hello\n@\n", &["hint hello"]),
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
