//! ONBUILD, which images of the OCI do not have.

use super::{Context, Diagnostic, Found};

rule! {
    /// ONBUILD, which images of the OCI do not have.
    ///
    /// ## Why it matters
    /// It is of Docker's format alone: Podman and BuildKit without it pass over it, and Nix builds on images in no such way.
    ///
    /// ## What to do
    /// Write the instruction into the Dockerfiles that need it.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM alpine:3.21
    /// ONBUILD RUN echo
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *ONBUILD*; opencontainers/image-spec `config.md`, which has no `OnBuild`
    "onbuild-ignored", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for it in context.instructions("ONBUILD") {
        found.push(
            Diagnostic::hint(ID, it.word, "Images of the OCI have no ONBUILD")
                .why("Only Docker's own format keeps it, and nothing that Nix builds heeds it.")
                .help("Write the instruction into the Dockerfiles that need it."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [("FROM a:1\nONBUILD RUN x\n", &["hint ONBUILD"][..]), ("FROM a:1\nRUN x\n", &[])] {
            assert_found(text, ID, expected);
        }
    }
}
