//! An instruction that Dockerfiles do not have.

use super::{Context, Diagnostic, Edits, Fix, Found, Stage, instructions, nearest};

rule! {
    /// An instruction that Dockerfiles do not have.
    ///
    /// ## Why it matters
    /// The build stops at it.
    ///
    /// ## What to do
    /// Write the one that is meant. A line that goes on needs a `\` at the end of the one before.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM alpine:3.21
    /// ENTRYPONT ["a"]
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`; moby/buildkit `frontend/dockerfile/command/command.go`
    "instruction-unknown", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(file) = context.file() else { return };
    for it in file.instructions.iter().filter(|it| instructions::find(&it.name).is_none()).take(200) {
        let near = if context.may_compare() { nearest(&it.name) } else { None };
        let written = it.word.of(context.text);
        let quoted = if written.chars().count() <= 40 { format!("`{written}`") } else { "This".to_owned() };
        let help = match near {
            Some(near) => format!("Did you mean {near}?"),
            None => "Put a backslash at the end of the line before, if this goes on with it.".to_owned(),
        };
        found.push(
            Diagnostic::error(ID, Stage::Evaluation, it.word, format!("{quoted} is no instruction"))
                .why("The build stops at it.")
                .help(help)
                .fix(near.map(|near| Fix::choice(format!("Write {near}"), Edits::replace(it.word, near)))),
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
            [("FROM a:1\nENTRYPONT [\"a\"]\n&& b\n", &["error ENTRYPONT", "error &&"][..]), ("from a:1\nrun b\n", &[])]
        {
            assert_found(text, ID, expected);
        }
    }
}
