//! A comment in JSON.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::document::ProblemKind;

rule! {
    /// A comment in `daemon.json`.
    ///
    /// ## Why it matters
    /// JSON has no comments, and the daemon refuses the whole file because of one. Only Engines before 23.0 accept
    /// comments, and only after the last brace.
    ///
    /// ## What to do
    /// Remove it. On NixOS, write the comment in the Nix file instead: `daemon.settings` becomes a clean
    /// `daemon.json`.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   // the office VPN uses 172.17.0.0/16
    ///   "bip": "10.200.0.1/24"
    /// }
    /// ```
    ///
    /// ## Source
    /// RFC 8259, section 2; Go `encoding/json/scanner.go`
    "comment", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    if context.is_nix() {
        return;
    }
    for problem in context.problems(ProblemKind::Comment) {
        let diagnostic = match context.is_read(problem.span) {
            true => Diagnostic::error(ID, Stage::Load, problem.span, "JSON has no comments")
                .why("The daemon refuses the whole file because of a comment."),
            false => Diagnostic::warning(ID, problem.span, "JSON has no comments")
                .why("This Engine does not read past the last brace, but every Engine from 23.0 on refuses the file."),
        };
        found.push(diagnostic.help("Remove the comment.").fix(Fix::safe("Remove the comment", problem.mend.clone())));
    }
}

#[cfg(test)]
mod tests {
    use crate::{Engine, daemon::check::tests::assert_found_on};

    #[test]
    fn flags_comments_of_every_kind() {
        for (engine, text, expected) in [
            ("29", "{} // x", &["error comment 3..7"][..]),
            ("29", "# x\n{}", &["error comment 0..3"]),
            ("29", "{/* x */}", &["error comment 1..8"]),
            ("20.10", "{}\n# x", &["warning comment 3..6"]),
            ("20.10", "{ // x\n}", &["error comment 2..6"]),
            ("29", r#"{"registry-mirrors": ["https://a"]}"#, &[]),
        ] {
            let engine: Engine = engine.parse().expect("an Engine");
            assert_found_on(engine, text, super::ID, expected);
        }
    }
}
