//! A placeholder left over from a template.

use super::{
    Context, Found,
    voice::{Diagnostic, Stage},
};
use crate::document::ProblemKind;

rule! {
    /// A placeholder that a template was to fill in.
    ///
    /// ## Why it matters
    /// The daemon fills nothing in: a placeholder outside of a text in quotes is not JSON, and the daemon refuses the file.
    /// Here everything around it is read and checked; its value is not known.
    ///
    /// ## What to do
    /// Let the template's program write the file, or put a value in its place.
    ///
    /// ## Example
    /// ```json
    /// { "data-root": "/srv/docker", "mtu": {{ docker_mtu }} }
    /// ```
    ///
    /// ## Source
    /// RFC 8259; Go `encoding/json/scanner.go`
    "placeholder-left", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    if context.is_nix() {
        return;
    }
    for problem in context.problems(ProblemKind::Placeholder) {
        let message = say!("`{}` is a placeholder of a template", context.written(problem.span));
        found.push(
            Diagnostic::error(ID, Stage::Load, problem.span, message)
                .why("The daemon does not fill it in, and refuses the file. Everything around it is read and checked here.")
                .help("Let the template's program write the file, or put a value in its place."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn flags_placeholders_outside_of_texts() {
        for (text, expected) in [
            (r#"{ "mtu": {{ mtu }} }"#, &["error placeholder-left 9..18"][..]),
            (r#"{ "mtu": ${MTU} }"#, &["error placeholder-left 9..15"]),
            (r#"{ "log-opts": { "tag": "{{.Name}}" } }"#, &[]),
            (r#"{{ "mtu": 1450 }}"#, &[]),
        ] {
            assert_found(text, super::ID, expected);
        }
    }
}
