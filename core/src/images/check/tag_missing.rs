//! An image that is another one tomorrow.

use super::{Context, Diagnostic, Found, Reference};

rule! {
    /// An image that is another one tomorrow.
    ///
    /// ## Why it matters
    /// `latest`, and no tag at all, is whatever was pushed last. The same Dockerfile makes another image then.
    ///
    /// ## What to do
    /// Write a tag of a version, or a digest.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM python
    /// CMD ["python3"]
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *FROM*: *the builder assumes a latest tag by default*
    "tag-missing", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(file) = context.file() else { return };
    for (at, stage) in file.stages.iter().enumerate() {
        let image = stage.image.as_str();
        if image.is_empty() || image == "scratch" || image.contains('$') || file.stage(image, at).is_some() {
            continue;
        }
        let Some(reference) = Reference::read(image) else { continue };
        if reference.digest.is_some() || !matches!(reference.tag.as_str(), "" | "latest") {
            continue;
        }
        found.push(
            Diagnostic::hint(ID, stage.span, format!("`{image}` is another image tomorrow"))
                .why("Without a tag of a version it is whatever was pushed last.")
                .help("Write a tag of a version, or a digest."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            ("FROM python\nFROM nixos/nix:latest\n", &["hint python", "hint nixos/nix:latest"][..]),
            (
                "FROM python:3.12 AS a\nFROM a\nFROM scratch\nFROM $X\nFROM b@sha256:054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7\n",
                &[],
            ),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
