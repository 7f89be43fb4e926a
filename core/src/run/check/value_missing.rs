//! A flag without its value.

use super::{Context, Found, refused};
use crate::run::problem::ProblemKind;

rule! {
    /// A flag without its value.
    ///
    /// ## Why it matters
    /// The program takes the next word for the value, whatever it is; or there is none, and the command stops.
    ///
    /// ## What to do
    /// Give the value, or take the flag out.
    ///
    /// ## Example
    /// ```sh
    /// docker run --name -p 8080:80 nginx:1.27
    /// ```
    ///
    /// ## Source
    /// spf13/pflag `flag.go`, `parseLongArg` and `parseSingleShortArg`
    "value-missing", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        let written = context.written(problem.span);
        match problem.kind {
            ProblemKind::ValueMissing { name } => {
                let written = if written.starts_with('-') { written } else { name };
                found.push(
                    refused(ID, problem.span, format!("`{written}` has no value"))
                        .why("The program takes the next word for the value, even where it is another flag.")
                        .help("Give the value behind it, or take the flag out."),
                );
            }
            ProblemKind::NameMissing => found.push(
                refused(ID, problem.span, format!("`{written}` does not say which"))
                    .why("The command needs the name of what it is about.")
                    .help("Add the name at the end."),
            ),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_what_has_no_value() {
        for (text, expected) in [
            ("docker run --name -p 80:80 x", &["error --name"][..]),
            ("docker run -p", &["error -p"]),
            ("docker run -e -d x", &["error -e"]),
            ("docker network create", &["error docker network create"]),
            ("docker run --memory-swap -1 x", &[]),
            ("docker run --name a x", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
