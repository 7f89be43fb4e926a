//! An instruction before the first FROM.

use super::{Context, Diagnostic, Found, Stage, instructions};

rule! {
    /// An instruction before the first FROM.
    ///
    /// ## Why it matters
    /// A stage begins with FROM. Before the first there is room for ARG alone.
    ///
    /// ## What to do
    /// Begin with FROM.
    ///
    /// ## Example
    /// ```dockerfile
    /// RUN apk add curl
    /// FROM alpine:3.21
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *FROM*: *A valid Dockerfile must start with a FROM instruction*
    "from-missing", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(file) = context.file() else { return };
    let early = file
        .instructions
        .iter()
        .filter(|it| it.stage.is_none() && it.name != "ARG" && instructions::find(&it.name).is_some());
    for it in early.take(1) {
        found.push(
            Diagnostic::error(ID, Stage::Evaluation, it.word, format!("{} stands before the first FROM", it.name))
                .why("Nothing is built: an image begins with FROM, and only ARG may stand before it.")
                .help("Begin with FROM, `FROM scratch` for nothing below."),
        );
    }
    if file.stages.is_empty()
        && found.iter().all(|it| it.rule != ID)
        && let Some(first) = file.instructions.first()
    {
        found.push(
            Diagnostic::error(ID, Stage::Evaluation, first.word, "There is no FROM")
                .why("Nothing is built without one.")
                .help("Begin with FROM, `FROM scratch` for nothing below."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [("RUN a\nCMD b\nFROM c:1\n", &["error RUN"][..]), ("ARG A=1\nFROM a:$A\nRUN a\n", &[])]
        {
            assert_found(text, ID, expected);
        }
    }
}
