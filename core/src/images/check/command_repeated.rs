//! A command that a later one replaces.

use super::{Context, Diagnostic, Found};

rule! {
    /// A command that a later one replaces.
    ///
    /// ## Why it matters
    /// Only the last CMD, ENTRYPOINT and HEALTHCHECK of a stage count.
    ///
    /// ## What to do
    /// Keep the one that is meant.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM alpine:3.21
    /// CMD ["a"]
    /// CMD ["b"]
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *CMD*
    "command-repeated", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for name in ["CMD", "ENTRYPOINT", "HEALTHCHECK"] {
        let mut later: Option<&crate::images::dockerfile::Instruction> = None;
        let all: Vec<_> = context.instructions(name).collect();
        for it in all.into_iter().rev() {
            if let Some(last) = later.filter(|last| last.stage == it.stage) {
                found.push(
                    Diagnostic::warning(ID, it.span, format!("This {name} does nothing: a later one replaces it"))
                        .related(last.span, "the one that counts")
                        .why(format!("Only the last {name} of a stage counts."))
                        .help("Keep the one that is meant."),
                );
                continue;
            }
            later = Some(it);
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
            ("FROM a:1\nCMD [\"a\"]\nCMD [\"b\"]\n", &["warning CMD [\"a\"]"][..]),
            ("FROM a:1\nCMD [\"a\"]\nFROM b:1\nCMD [\"b\"]\n", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
