//! The text is no whole JSON.

use super::{Context, Diagnostic, Found, ProblemKind, Stage};
use crate::document::ProblemKind as Mistake;

rule! {
    /// The text is no whole JSON.
    ///
    /// ## Why it matters
    /// A manifest that is cut off lacks layers. What is there is read all the same.
    ///
    /// ## What to do
    /// Copy it again, from the first brace to the last: `skopeo inspect --raw docker://debian:12 > manifest.json`.
    ///
    /// ## Example
    /// ```json
    /// { "schemaVersion": 2, "layers": [
    /// ```
    ///
    /// ## Source
    /// RFC 8259
    "json-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        let ProblemKind::Json(mistake) = problem else { continue };
        let quoted = context.quoted(span);
        let message = match mistake {
            Mistake::Unclosed | Mistake::UnclosedString => {
                "The text ends before all of it is closed: it is cut off".to_owned()
            }
            Mistake::MissingComma => "A comma is missing here".to_owned(),
            Mistake::TrailingComma | Mistake::ExtraComma => "A comma too many".to_owned(),
            Mistake::Comment => "JSON has no comments; a name goes on a line above the first brace".to_owned(),
            _ => format!("JSON has nothing like {quoted} here"),
        };
        found.push(
            Diagnostic::error(ID, Stage::Evaluation, span, message)
                .why("What reads a manifest stops here; a manifest that is cut off lacks layers.")
                .help("Copy it again, from the first brace to the last."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::manifest::check::tests::*;

    #[test]
    fn json_is_whole() {
        for (text, expected) in [
            (r#"{ "config": { "digest": "@" }, "layers": [ "#, &["error "][..]),
            (r#"{ "config": { "digest": "@" }, "layers": [], }"#, &["error ,"]),
            (r#"{ "config": { "digest": "@" }, "layers": [] }"#, &[]),
            ("# debian:12\n@", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
