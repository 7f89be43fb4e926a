//! A quote that nothing closes.

use super::{Context, Found, refused};
use crate::run::{problem::ProblemKind, script::SlipKind};

rule! {
    /// A quote that nothing closes.
    ///
    /// ## Why it matters
    /// A shell takes everything behind it for one word, over the end of the line, and waits for more.
    ///
    /// ## What to do
    /// Close the quote at the end of the value.
    ///
    /// ## Example
    /// ```sh
    /// docker run -e "GREETING=hello nginx:1.27
    /// ```
    ///
    /// ## Source
    /// POSIX.1-2024, *Shell Command Language*, 2.2.2 and 2.2.3
    "quote-unclosed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems() {
        if matches!(problem.kind, ProblemKind::Unclosed | ProblemKind::Slip(SlipKind::QuoteUnclosed)) {
            found.push(
                refused(ID, problem.span, "Nothing closes this quote")
                    .why("A shell takes everything behind it for one word. Here it ends with its line.")
                    .help("Close the quote at the end of the value."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_open_quotes() {
        assert_found("docker run -e \"A=b nginx:1", ID, &["error \""]);
        assert_found("docker run -e \"A=b\" nginx:1", ID, &[]);
    }
}
