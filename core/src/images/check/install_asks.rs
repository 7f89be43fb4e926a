//! A package manager that waits for an answer.

use super::{Context, Diagnostic, Edits, Fix, Found, Span};

rule! {
    /// A package manager that waits for an answer.
    ///
    /// ## Why it matters
    /// A build has nobody who answers: the command stops, and the build with it.
    ///
    /// ## What to do
    /// Write `-y`.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install curl
    /// ```
    ///
    /// ## Source
    /// docker docs `reference/dockerfile.md`, *RUN*; apt-get(8), `--yes`
    "install-asks", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for it in context.instructions("RUN").filter(|it| it.list.is_none()) {
        for (at, word) in it.words.iter().enumerate() {
            if !matches!(word.text.as_str(), "apt-get" | "apt" | "dnf" | "yum" | "microdnf" | "zypper") {
                continue;
            }
            let ends = |it: &str| matches!(it, "&&" | "||" | "|" | ";") || it.ends_with(';');
            let rest: Vec<_> = it.words.iter().skip(at + 1).take_while(|it| !ends(&it.text)).collect();
            let Some(install) =
                rest.iter().find(|it| it.text == "install" || it.text == "upgrade" || it.text == "dist-upgrade")
            else {
                continue;
            };
            let is_yes = |it: &str| {
                matches!(it, "--yes" | "--assume-yes" | "-qq" | "--assumeyes" | "--non-interactive" | "-n")
                    || (it.starts_with('-') && !it.starts_with("--") && it.contains('y'))
            };
            if rest.iter().any(|it| is_yes(&it.text)) || it.line().contains("APT::Get::Assume-Yes") {
                continue;
            }
            let edit = Edits::replace(Span::empty(install.span.end), " -y");
            found.push(
                Diagnostic::warning(
                    ID,
                    install.span,
                    format!("`{} {}` asks, and nobody answers", word.text, install.text),
                )
                .why("A build has no terminal, so the command stops and the build with it.")
                .help("Write `-y`.")
                .fix(Fix::safe("Write `-y`", edit)),
            );
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
            ("FROM a:1\nRUN apt-get update && apt-get install curl\n", &["warning install"][..]),
            ("FROM a:1\nRUN apt-get -qy install curl; dnf install -y x\n", &[]),
            ("FROM a:1\nRUN apk add curl\n", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
