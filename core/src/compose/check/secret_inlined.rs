//! A password in the file.

use super::{Context, Diagnostic};
use crate::containers::secret::{Known, Place, is_secret};

rule! {
    /// A password or key is written into the file.
    ///
    /// ## Why it matters
    /// Whoever reads the file has it; on NixOS also whoever reads the Nix store, which is everybody on the machine.
    ///
    /// ## What to do
    /// Leave it to a file with variables (`env_file`), or to a secret: many images read `NAME_FILE`. For NixOS, choose under
    /// Surroundings, in the header, where secrets are kept: in files, or by sops-nix or agenix. Variables are then read from
    /// there, and this file alone still holds them. What is in a command, a label or a build is not: the rule says what to
    /// do.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     environment:
    ///       POSTGRES_PASSWORD: hunter2
    /// ```
    ///
    /// ## Source
    /// Docker documentation, *Secrets in Compose*; Nix manual, *Nix store*: it is readable by everybody
    "secret-inlined", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for container in &context.project().containers {
        for variable in &container.environment {
            let (name, value) = &variable.value;
            let value = value.as_deref().unwrap_or_default();
            let written = context.written(variable.span);
            if is_open(written, value) || !is_secret(name, value) {
                continue;
            }
            let message = format!("`{name}` is written into the file");
            found.push(match context.keeps_secrets {
                true => Diagnostic::hint(ID, variable.span, message)
                    .why("The result reads it from elsewhere, as was chosen; this file itself still holds it.")
                    .help("Take it out of the file before somebody else gets that, or it goes into a repository."),
                false => Diagnostic::warning(ID, variable.span, message)
                    .why("Whoever reads the file has it; on NixOS everybody on the machine, once it is in the Nix store.")
                    .help("Leave it to a file with variables, or to a secret; many images read the variable with `_FILE` behind its name. For NixOS, choose under Surroundings, in the header, where secrets are kept."),
            });
        }
    }
    let known = Known::of(context.project());
    for Place { span, what, by, advice } in known.places(context.project()) {
        if context.written(span).replace("$$", "").contains('$') {
            continue;
        }
        let (first, rest) = what.split_at(1);
        let by = if what.contains(&by) { String::new() } else { [": ", &by].concat() };
        let message = format!("{}{rest} holds a secret{by}", first.to_uppercase());
        found.push(
            Diagnostic::warning(ID, span, message)
                .why("Whoever reads the file has it; on NixOS everybody on the machine, as it stays in the Nix store wherever secrets are kept.")
                .help(advice),
        );
    }
}

/// Whether a value comes from elsewhere.
fn is_open(written: &str, value: &str) -> bool {
    written.replace("$$", "").contains('$') || !written.contains(value.lines().next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use crate::{
        bench::{Chosen, Request},
        compose::{WORKBENCH, check::tests::*},
        containers::chosen::SECRETS,
        rule::diagnostic::Severity,
    };

    #[test]
    fn secrets_are_kept_elsewhere() {
        let text = "services: {a: {environment: {DB_PASSWORD: x, A_PASSWORD_FILE: /x, TOKEN: '${TOKEN}', USER: y, API_KEY: , MYSQL_ALLOW_EMPTY_PASSWORD: 1}}}\n";
        assert_flags(text, super::ID, &["warning DB_PASSWORD: x"]);
        assert_flags(
            "services: {a: {environment: ['SECRET_KEY=abc', 'SECRET=']}}\n",
            super::ID,
            &["warning 'SECRET_KEY=abc'"],
        );
    }

    #[test]
    fn secrets_of_commands_labels_and_builds_are_told_as_well() {
        for (text, flagged) in [
            (
                "services: {a: {command: redis-server --requirepass hunter2}}\n",
                "warning redis-server --requirepass hunter2",
            ),
            ("services: {a: {labels: {app.token: hunter2}}}\n", "warning app.token: hunter2"),
            (
                "services: {a: {build: {context: ., args: {NPM_TOKEN: hunter2}}}}\n",
                "warning build: {context: ., args: {NPM_TOKEN: hunter2}}",
            ),
            (
                "services: {a: {healthcheck: {test: 'mysqladmin ping --password=hunter2'}}}\n",
                "warning healthcheck: {test: 'mysqladmin ping --password=hunter2'}",
            ),
            (
                "volumes: {a: {driver_opts: {type: cifs, o: 'username=me,password=hunter2'}}}\n",
                "warning o: 'username=me,password=hunter2'",
            ),
        ] {
            assert_flags(text, super::ID, &[flagged]);
        }
        for text in [
            "services: {a: {command: 'serve --password ${PASSWORD}'}}\n",
            "services: {a: {healthcheck: {test: 'mysqladmin ping -p$$MYSQL_PASSWORD'}}}\n",
            "services: {a: {command: serve --password-file /run/secrets/a}}\n",
        ] {
            assert_flags(text, super::ID, &[]);
        }
    }

    /// With a place for secrets, those that it has are no problem of the result.
    #[test]
    fn a_choice_for_secrets_is_heeded() {
        let text = "services: {a: {image: 'x:1', environment: {DB_PASSWORD: hunter2}, command: serve --token=abc}}\n";
        for (choice, expected) in [
            ("inline", [Severity::Warning, Severity::Warning]),
            ("file", [Severity::Hint, Severity::Warning]),
            ("sops-nix", [Severity::Hint, Severity::Warning]),
            ("agenix", [Severity::Hint, Severity::Warning]),
        ] {
            let chosen = Chosen::default().with(&SECRETS, choice);
            let request = Request { text: text.to_owned(), chosen, ..Request::default() };
            let examined = (WORKBENCH.examine)(&request);
            let found = examined.diagnostics.iter().filter(|it| it.rule == super::ID).map(|it| it.severity);
            assert_eq!(found.collect::<Vec<_>>(), expected, "{choice}");
        }
    }
}
