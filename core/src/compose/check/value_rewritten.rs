//! A value that YAML reads as another one.

use super::{Context, Diagnostic, Fix};
use crate::document::{Kind, Node};

rule! {
    /// A value without quotes that YAML reads as another one: `1.10` is 1.1, `010` is 8.
    ///
    /// ## Why it matters
    /// The container gets the other text: a version, a mode or a date is no longer what was written.
    ///
    /// ## What to do
    /// Put the value in quotes.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     environment:
    ///       VERSION: 1.10
    ///       UMASK: 022
    /// ```
    ///
    /// ## Source
    /// go-yaml v4 `resolve.go`, `resolve`; compose-go `types/mapping.go` writes values with `fmt.Sprint`
    "value-rewritten", [Warning], check
}

/// What Compose makes of a value, where that is another text than what is written.
fn other(context: &Context, node: &Node) -> Option<String> {
    let written = context.written(node.span);
    let read = match &node.kind {
        Kind::Number(digits) => digits.clone(),
        Kind::Bool(value) => value.to_string(),
        // A day is the only word that becomes another text.
        Kind::String(text) if text.ends_with(" UTC") && !written.contains("UTC") => text.clone(),
        _ => return None,
    };
    (read != written && !written.starts_with(['"', '\''])).then_some(read)
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    // Keys whose values are texts of any kind, and those that are texts to Docker.
    let is_text = |key: &str| {
        matches!(
            key,
            "environment" | "labels" | "args" | "annotations" | "sysctls" | "driver_opts" | "options" | "storage_opt"
        )
    };
    for written in context.keys.iter().filter(|it| is_text(&it.member.key)) {
        for member in written.member.value.members() {
            let Some(read) = other(context, &member.value) else { continue };
            let span = member.value.span;
            let text = context.written(span);
            found.push(
                Diagnostic::warning(ID, span, format!("`{}` is `{read}`, not `{text}`", member.key))
                    .why("YAML reads a number, truth value or day here, and Compose writes it down in its own way.")
                    .help("Put the value in quotes, so that it stays as written.")
                    .fix(Fix::choice(format!("Write `\"{text}\"`"), context.quote(span))),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn texts_stay_as_they_are_written() {
        for (value, is_flagged) in [
            ("1.10", true),
            ("010", true),
            ("2024-01-02", true),
            ("True", true),
            ("1_000", true),
            ("1e3", true),
            ("1.5", false),
            ("8080", false),
            ("true", false),
            ("yes", false),
            ("12:30", false),
            ("'1.10'", false),
        ] {
            let text = format!("services: {{a: {{environment: {{A: {value}}}}}}}\n");
            let place = format!("warning {value}");
            assert_flags(&text, super::ID, if is_flagged { vec![place.as_str()] } else { vec![] }.as_slice());
        }
        assert_first_fix(
            "services: {a: {labels: {v: 1.10}}}\n",
            super::ID,
            "Write `\"1.10\"`",
            "services: {a: {labels: {v: \"1.10\"}}}\n",
        );
    }
}
