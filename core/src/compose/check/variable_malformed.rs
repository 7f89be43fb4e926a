//! What looks like a variable and is none.

use super::{Context, Diagnostic, Fix, Stage};

rule! {
    /// A dollar sign begins what is no variable.
    ///
    /// ## Why it matters
    /// Compose refuses the file: `${` needs a name and a closing brace.
    ///
    /// ## What to do
    /// Correct it, or write `$$` for a dollar sign of its own.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     command: echo ${HOME
    /// ```
    ///
    /// ## Source
    /// compose-go `template/template.go`, `DefaultPattern`
    "variable-malformed", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for span in &context.reading.malformed {
        let text = context.written(*span).lines().next().unwrap_or_default();
        let dollar = crate::text::Span::new(span.start, span.start + 1);
        let is_dollar = context.written(dollar) == "$";
        found.push(
            Diagnostic::error(ID, Stage::Load, *span, format!("`{text}` is no variable"))
                .why("Compose refuses the file: after `${` it expects a name, and a closing brace.")
                .help("Write `${NAME}` or `${NAME:-default}`, or `$$` for a dollar sign of its own.")
                .fix(is_dollar.then(|| Fix::choice("Write `$$`", context.replace(dollar, "$$")))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn variables_have_a_name_and_a_brace() {
        assert_flags("services: {a: {image: 'x:${1}', command: 'a $1 $$ $'}}\n", super::ID, &["error ${1}"]);
        assert_first_fix(
            "services: {a: {image: 'x${'}}\n",
            super::ID,
            "Write `$$`",
            "services: {a: {image: 'x$${'}}\n",
        );
    }
}
