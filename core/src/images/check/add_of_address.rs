//! ADD of an address.

use super::{Context, Diagnostic, Found};

rule! {
    /// ADD of an address.
    ///
    /// ## Why it matters
    /// What is at the address may change, and then the image does; nobody checks it.
    ///
    /// ## What to do
    /// Say `--checksum=sha256:…`. With Nix `pkgs.fetchurl` fetches it, by its hash.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM alpine:3.21
    /// ADD https://example.org/tool.tar.gz /opt/
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *ADD --checksum*
    "add-of-address", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for it in context.instructions("ADD").filter(|it| it.flag("checksum").is_none()) {
        for word in it.arguments().iter().filter(|it| it.text.starts_with("http://") || it.text.starts_with("https://"))
        {
            found.push(
                Diagnostic::hint(ID, word.span, "Nobody checks what is at this address")
                    .why("It may be something else tomorrow, and the image with it.")
                    .help("Say `--checksum=sha256:…`; with Nix `pkgs.fetchurl` has a hash."),
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
            ("FROM a:1\nADD https://x.example/a /a\n", &["hint https://x.example/a"][..]),
            ("FROM a:1\nADD --checksum=sha256:00 https://x.example/a /a\nADD b /b\n", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
