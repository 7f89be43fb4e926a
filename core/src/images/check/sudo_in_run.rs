//! sudo in a build.

use super::{Context, Diagnostic, Edits, Fix, Found, Span};

rule! {
    /// sudo in a build.
    ///
    /// ## Why it matters
    /// A build runs as root until USER says otherwise; most images have no sudo, and what it sets is not that of the line.
    ///
    /// ## What to do
    /// Leave it out, and write USER where somebody else is to run something.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM debian:12
    /// RUN sudo mkdir /data
    /// ```
    ///
    /// ## Source
    /// docs.docker.com *Building best practices*, *USER*
    "sudo-in-run", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for it in context.instructions("RUN").filter(|it| it.list.is_none()) {
        let mut begins = true;
        for word in &it.words {
            if begins && word.text == "sudo" {
                let rest = context.text.get(word.span.end..).unwrap_or_default();
                let gap = rest.len() - rest.trim_start_matches(' ').len();
                let edit = Edits::replace(Span::new(word.span.start, word.span.end + gap), "");
                found.push(
                    Diagnostic::hint(ID, word.span, "A build is root already")
                        .why("Most images have no sudo, and the line fails.")
                        .help("Leave it out; USER says who runs what follows.")
                        .fix(Fix::choice("Leave it out", edit)),
                );
            }
            begins = matches!(word.text.as_str(), "&&" | "||" | "|" | ";") || word.text.ends_with(';');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            ("FROM a:1\nRUN sudo x && sudo y\n", &["hint sudo", "hint sudo"][..]),
            ("FROM a:1\nRUN apt-get install -y sudo\n", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
