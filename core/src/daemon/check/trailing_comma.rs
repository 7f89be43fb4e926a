//! A comma after the last member or element.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::document::ProblemKind;

rule! {
    /// A comma after the last member of an object or the last element of a list.
    ///
    /// ## Why it matters
    /// JSON allows commas only between two members, and the daemon refuses the whole file. It is what remains when
    /// the last line of a file is deleted or a block is pasted in.
    ///
    /// ## What to do
    /// Remove the comma.
    ///
    /// ## Example
    /// ```json
    /// { "dns": ["1.1.1.1", "8.8.8.8",] }
    /// ```
    ///
    /// ## Source
    /// RFC 8259, section 4; Go `encoding/json/scanner.go`
    "trailing-comma", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let problems = context.problems(ProblemKind::TrailingComma);
    for problem in problems.filter(|it| context.is_read(it.span)) {
        found.push(
            Diagnostic::error(ID, Stage::Load, problem.span, "Nothing follows this comma")
                .why("JSON allows a comma only between two members or elements. The daemon refuses the whole file.")
                .help("Remove the comma.")
                .fix(Fix::safe("Remove the comma", problem.mend.clone())),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn flags_the_comma_itself() {
        for (text, expected) in [
            (r#"{"debug": true,}"#, &["error trailing-comma 14..15"][..]),
            (r#"{"dns": ["1.1.1.1" , ]}"#, &["error trailing-comma 19..20"]),
            (r#"{"debug": true, "mtu": 1}"#, &[]),
        ] {
            assert_found(text, super::ID, expected);
        }
    }
}
