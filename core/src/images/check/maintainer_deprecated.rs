//! MAINTAINER, which a label has taken the place of.

use super::{Context, Diagnostic, Edits, Fix, Found, json};

rule! {
    /// MAINTAINER, which a label has taken the place of.
    ///
    /// ## Why it matters
    /// It is deprecated, and Nix has no other place for it than a label.
    ///
    /// ## What to do
    /// Write a LABEL.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM alpine:3.21
    /// MAINTAINER me@example.org
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *MAINTAINER (deprecated)*
    "maintainer-deprecated", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for it in context.instructions("MAINTAINER") {
        let label = format!("LABEL org.opencontainers.image.authors={}", json::quoted(it.line()));
        found.push(
            Diagnostic::hint(ID, it.word, "MAINTAINER is deprecated")
                .why("A label says the same, and is found by programs.")
                .help("Write `LABEL org.opencontainers.image.authors=…`.")
                .fix(Fix::safe("Write a LABEL", Edits::replace(it.span, label))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in
            [("FROM a:1\nMAINTAINER me\n", &["hint MAINTAINER"][..]), ("FROM a:1\nLABEL a=b\n", &[])]
        {
            assert_found(text, ID, expected);
        }
    }
}
