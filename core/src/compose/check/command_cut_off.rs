//! A command line with an operator of a shell.

use super::{Context, Diagnostic, Fix};
use crate::compose::words;

rule! {
    /// A command has an operator of a shell, and no shell reads it.
    ///
    /// ## Why it matters
    /// Compose splits the line into words itself, and passes on none from `&&`, `|`, `;`, `<`, `>` or `&` on.
    ///
    /// ## What to do
    /// Run a shell: `command: sh -c 'a && b'`.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: app:1
    ///     command: ./migrate && ./serve
    /// ```
    ///
    /// ## Source
    /// mattn/go-shellwords `shellwords.go`, `Parser.Parse`, called in compose-go `types/command.go`
    "command-cut-off", [Warning], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for member in ["command", "entrypoint"].into_iter().flat_map(|it| context.at("services.*", it)) {
        let Some(text) = member.value.as_str() else { continue };
        let split = words::split(text);
        if split.lost.is_empty() {
            continue;
        }
        let span = member.value.span;
        let lost = split.lost.lines().next().unwrap_or_default().trim_end();
        let written = context.written(span);
        // A block of lines would need other quotes.
        let is_line = written == text && member.key == "command";
        let shell = ["sh -c '", &text.replace('\'', "'\\''"), "'"].concat();
        let quoted = ["\"", &shell.replace('\\', "\\\\").replace('"', "\\\""), "\""].concat();
        found.push(
            Diagnostic::warning(ID, span, format!("Nothing from `{lost}` on is passed to the container"))
                .why("Compose splits the line into words itself, and stops at an operator of a shell.")
                .help("Run a shell for it: `sh -c 'a && b'`.")
                .fix(is_line.then(|| Fix::choice("Run it in a shell", context.replace(span, quoted)))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn operators_need_a_shell() {
        assert_flags("services: {a: {command: x && y}}\n", super::ID, &["warning x && y"]);
        assert_flags("services: {a: {command: sh -c 'x && y'}}\n", super::ID, &[]);
        assert_flags("services: {a: {command: [x, '&&', y]}}\n", super::ID, &[]);
        let after = "services:\n  a:\n    command: \"sh -c 'x && y'\"\n";
        assert_first_fix("services:\n  a:\n    command: x && y\n", super::ID, "Run it in a shell", after);
    }
}
