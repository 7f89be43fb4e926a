//! The version of a format that has none any more.

use super::{Context, Diagnostic, Fix};

rule! {
    /// `version` is obsolete.
    ///
    /// ## Why it matters
    /// Nothing reads it: Compose says that it is obsolete each time it starts.
    ///
    /// ## What to do
    /// Take it out.
    ///
    /// ## Example
    /// ```yaml
    /// version: "3.8"
    /// services:
    ///   web: { image: "nginx:1.27" }
    /// ```
    ///
    /// ## Source
    /// compose-spec `04-version-and-name.md`; compose-go `loader/loader.go`
    "version-obsolete", [Hint], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for member in context.at("", "version") {
        found.push(
            Diagnostic::hint(ID, member.key_span, "`version` is obsolete")
                .why("Nothing reads it, and Compose says so each time it starts.")
                .help("Take it out.")
                .fix(Fix::safe("Remove `version`", context.without(member.span()))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn no_version_is_needed() {
        assert_first_fix("version: '3'\nservices: {}\n", super::ID, "Remove `version`", "services: {}\n");
        assert_flags("services: {}\n", super::ID, &[]);
    }
}
