//! A password in the file.

use super::{Context, Diagnostic};
use crate::containers::secret::is_secret;

rule! {
    /// A password or key is written into the file.
    ///
    /// ## Why it matters
    /// Whoever reads the file has it; on NixOS also whoever reads the Nix store, which is everybody on the machine.
    ///
    /// ## What to do
    /// Leave it to a file with variables (`env_file`), or to a secret: many images read `NAME_FILE`. For NixOS, choose beside
    /// the text where secrets are kept: in files, or by sops-nix or agenix.
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
    "secret-inlined", [Warning], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    for container in &context.project().containers {
        for variable in &container.environment {
            let (name, value) = &variable.value;
            let value = value.as_deref().unwrap_or_default();
            let written = context.written(variable.span);
            let is_open =
                written.replace("$$", "").contains('$') || !written.contains(value.lines().next().unwrap_or_default());
            if is_open || !is_secret(name, value) {
                continue;
            }
            found.push(
                Diagnostic::warning(ID, variable.span, format!("`{name}` is written into the file"))
                    .why("Whoever reads the file has it; on NixOS everybody on the machine, once it is in the Nix store.")
                    .help("Leave it to a file with variables, or to a secret; many images read the variable with `_FILE` behind its name. For NixOS, choose beside the text where secrets are kept."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

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
}
