//! A list that is none.

use super::{Context, Diagnostic, Edits, Fix, Found, json};

rule! {
    /// A list that is none.
    ///
    /// ## Why it matters
    /// A list is JSON, with double quotes. Anything else is a line for a shell, which looks for a program called `[`.
    ///
    /// ## What to do
    /// Write double quotes.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM alpine:3.21
    /// CMD ['a', 'b']
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *Exec form*: *must use double-quotes*
    "list-with-single-quotes", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for it in ["CMD", "ENTRYPOINT", "SHELL", "VOLUME", "RUN"].iter().flat_map(|it| context.instructions(it)) {
        let line = it.line();
        let is_test = it.name == "RUN" && !line.ends_with(']');
        if it.list.is_some() || !line.starts_with('[') || is_test || line.starts_with("[ ") && it.name == "RUN" {
            continue;
        }
        let right = line.replace('\'', "\"");
        let is_right = right.ends_with(']') && json::read(&right).problems.is_empty();
        let fix = is_right.then(|| Fix::safe("Write double quotes", Edits::replace(it.line_span(), right)));
        found.push(
            Diagnostic::warning(
                ID,
                it.line_span(),
                format!("This is no list, so {} takes it for a line of a shell", it.name),
            )
            .why("A list is JSON: double quotes, commas, a bracket at the end.")
            .help("Write `[\"a\", \"b\"]`.")
            .fix(fix),
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
            ("FROM a:1\nCMD ['a', 'b']\n", &["warning ['a', 'b']"][..]),
            ("FROM a:1\nCMD [\"a\"]\nRUN [ -f /a ] || true\n", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
