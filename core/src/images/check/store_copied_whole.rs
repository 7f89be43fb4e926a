//! The whole Nix store in the image.

use super::{Context, Diagnostic, Found};

rule! {
    /// The whole Nix store in the image.
    ///
    /// ## Why it matters
    /// The store of the stage has the compiler and all else that was needed for the build, and the store of nixos/nix itself.
    ///
    /// ## What to do
    /// Copy what the result needs: `nix-store -qR result/` says it.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM nixos/nix AS builder
    /// RUN nix-build
    /// FROM scratch
    /// COPY --from=builder /nix/store /nix/store
    /// ```
    ///
    /// ## Source
    /// nix `doc/manual/source/command-ref/nix-store/query.md`, `--requisites`
    "store-copied-whole", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for it in context.instructions("COPY").filter(|it| it.flag("from").is_some()) {
        let Some((_, sources)) = it.arguments().split_last() else { continue };
        for word in sources.iter().filter(|it| matches!(it.text.trim_end_matches('/'), "/nix" | "/nix/store")) {
            found.push(
                Diagnostic::warning(ID, word.span, "The whole store of the stage is copied")
                    .why("It has compilers and all else that the build needed, so the image is many times as large.")
                    .help("Copy what the result needs: `cp -R $(nix-store -qR result/) /tmp/nix-store-closure` in the stage, and that from here."),
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
            ("FROM nixos/nix AS b\nFROM scratch\nCOPY --from=b /nix/store /nix/store\n", &["warning /nix/store"][..]),
            ("FROM nixos/nix AS b\nFROM scratch\nCOPY --from=b /tmp/nix-store-closure /nix/store\n", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
