//! A command that runs in a shell.

use super::{Context, Diagnostic, Edits, Fix, Found, json};

rule! {
    /// A command that runs in a shell.
    ///
    /// ## Why it matters
    /// The shell is the first process, and passes no signals on: `docker stop` waits ten seconds, and then kills. An image from Nix needs a shell for it.
    ///
    /// ## What to do
    /// Write a list.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM python:3.12
    /// CMD python app.py
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *Shell and exec form*
    "command-in-shell-form", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for it in ["CMD", "ENTRYPOINT"].iter().flat_map(|it| context.instructions(it)) {
        let line = it.line();
        if it.list.is_some() || line.is_empty() || line.starts_with('[') || line.starts_with("exec ") {
            continue;
        }
        let is_plain =
            !line.contains(['$', '|', '&', ';', '<', '>', '`', '*', '?', '(', ')', '~', '"', '\'', '\\', '=', '#']);
        let words: Vec<String> = line.split_whitespace().map(json::quoted).collect();
        let list = format!("[{}]", words.join(", "));
        let fix = is_plain.then(|| Fix::choice("Write a list", Edits::replace(it.line_span(), list)));
        found.push(
            Diagnostic::hint(ID, it.line_span(), format!("{} runs in a shell, which passes no signals on", it.name))
                .why("`docker stop` ends the shell and not the program; and the image needs a shell for it.")
                .help("Write a list: `[\"program\", \"argument\"]`.")
                .fix(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            ("FROM a:1\nCMD python app.py\n", &["hint python app.py"][..]),
            ("FROM a:1\nENTRYPOINT exec a $B\n", &[]),
            ("FROM a:1\nCMD [\"a\"]\n", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
