//! A variable without a value.

use super::{Context, Diagnostic};

rule! {
    /// A variable has no value here.
    ///
    /// ## Why it matters
    /// Compose puts nothing in its place, with a word in its log; with `:?` it refuses the file.
    ///
    /// ## What to do
    /// Give it a value in `.env`, or a default: `${NAME:-default}`.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: nginx:${NGINX_VERSION}
    /// ```
    ///
    /// ## Source
    /// compose-go `template/template.go`, `DefaultReplacementAppliedFunc`
    "variable-missing", [Warning], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for missing in &context.project().missing {
        let name = &missing.name;
        let is_refused = context.written(missing.span).contains('?');
        found.push(
            Diagnostic::warning(ID, missing.span, format!("`{name}` has no value here"))
                .why(match is_refused {
                    true => "Compose refuses the file until it has one.",
                    false => "Compose puts nothing in its place.",
                })
                .help(format!("Give it a value in `.env`, or a default: `${{{name}:-default}}`.")),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn variables_have_a_value() {
        let text = "services: {a: {image: 'x:${TAG}', user: '${U:-1}', hostname: $H}}\n";
        assert_flags(text, super::ID, &["warning ${TAG}", "warning $H"]);
    }
}
