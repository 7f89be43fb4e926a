//! A digest that is none.

use super::{Context, Diagnostic, Found, ProblemKind, Stage};
use crate::{rule::diagnostic::Fix, text::Edits};

rule! {
    /// A digest that is none.
    ///
    /// ## Why it matters
    /// A registry finds a layer by its digest alone, and Nix compares what was fetched with it. A letter too few, and there is neither.
    ///
    /// ## What to do
    /// Copy it again, whole: `sha256:` and 64 hexadecimal letters. Programs shorten digests in tables; `--no-trunc` shows all of it.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "schemaVersion": 2,
    ///   "config": { "digest": "sha256:054abe38b1e6", "size": 1512 },
    ///   "layers": []
    /// }
    /// ```
    ///
    /// ## Source
    /// opencontainers/image-spec `descriptor.md`, *Digests*; nix `src/libutil/hash.cc`
    "digest-malformed", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        let message = match problem {
            ProblemKind::OtherForm(right) => {
                found.push(
                    Diagnostic::warning(ID, span, "Registries do not take a digest in this form")
                        .why("It is the right number in other letters; a registry compares the letters.")
                        .help(format!("Write `{right}`."))
                        .fix(Fix::safe("Write it as registries do", Edits::replace(span, right.as_str()))),
                );
                continue;
            }
            ProblemKind::Hash(error) => error.to_string(),
            ProblemKind::NoDigest => "A part without a digest".to_owned(),
            _ => continue,
        };
        found.push(
            Diagnostic::error(ID, Stage::Evaluation, span, message)
                .why("Registries find what they have by its digest, and Nix compares what was fetched with it.")
                .help("Copy it again, whole: `sha256:` and 64 hexadecimal letters."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::check::tests::*;

    #[test]
    fn digests_are_whole() {
        for (text, expected) in [
            (r#"{ "config": { "digest": "@" }, "layers": [{ "digest": "sha256:00" }] }"#, &["error \"sha256:00\""][..]),
            (r#"{ "config": { "digest": "@" }, "layers": [{ "size": 7 }] }"#, &["error { \"size\": 7 }"]),
            (r#"{ "config": { "digest": 7 }, "layers": [] }"#, &["error 7"]),
            (r#"{ "config": { "digest": "@" }, "layers": {} }"#, &["error {}"]),
            (
                r#"{ "config": { "digest": "sha256:1rwinmvfc8jxn54y7qnj82acrc97y7xcnn22zaz67y76n4wbwjh5" }, "layers": [] }"#,
                &["warning sha256:1rwinmvfc8jxn54y7qnj82acrc97y7xcnn22zaz67y76n4wbwjh5"],
            ),
            (r#"{ "manifests": [{ "digest": "latest" }] }"#, &["error \"latest\""]),
            (r#"{ "config": { "digest": "@" }, "layers": [{ "digest": "@" }] }"#, &[]),
            ("sha256:00\n@\n", &["error sha256:00"]),
            (
                "1rwinmvfc8jxn54y7qnj82acrc97y7xcnn22zaz67y76n4wbwjhe",
                &["error 1rwinmvfc8jxn54y7qnj82acrc97y7xcnn22zaz67y76n4wbwjhe"],
            ),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
