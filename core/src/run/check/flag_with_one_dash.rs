//! A long flag behind a single dash.

use super::{Context, Found, refused};
use crate::{rule::diagnostic::Fix, run::problem::ProblemKind, text::Edits};

rule! {
    /// A long flag behind a single dash.
    ///
    /// ## Why it matters
    /// Behind one dash each letter is a flag of its own: `-name web` is read as `-n`, which nobody knows, and the
    /// command stops.
    ///
    /// ## What to do
    /// Write two dashes.
    ///
    /// ## Example
    /// ```sh
    /// docker run -name web nginx:1.27
    /// ```
    ///
    /// ## Source
    /// spf13/pflag `flag.go`, `parseSingleShortArg`
    "flag-with-one-dash", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        if let ProblemKind::OneDash { name } = problem.kind {
            let fix = Fix::safe(format!("Write `--{name}`"), Edits::replace(problem.span, format!("--{name}")));
            found.push(
                refused(ID, problem.span, format!("`--{name}` needs two dashes"))
                    .why("Behind one dash each letter is a flag of its own, and the first that nobody knows stops the command.")
                    .help(format!("Write `--{name}`."))
                    .fix(fix),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_names_with_one_dash() {
        for (text, expected) in [
            ("docker run -name web x", &["error -name"][..]),
            ("docker run -restart=always x", &["error -restart"]),
            ("docker run -env-file a x", &["error -env-file"]),
            ("docker run -rm x", &["error -rm"]),
            ("docker run -it x", &[]),
            ("docker run -p80:80 x", &[]),
        ] {
            assert_found(text, ID, expected);
        }
        assert_fixed("docker run -name web x", ID, "docker run --name web x");
    }
}
