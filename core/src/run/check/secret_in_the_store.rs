//! A secret in the command.

use super::{Context, Found};
use crate::rule::diagnostic::Diagnostic;

rule! {
    /// A secret in the command.
    ///
    /// ## Why it matters
    /// What a module says is in the Nix store, which every user of the machine can read, and often in a repository. It
    /// is also seen by whoever may inspect the container.
    ///
    /// ## What to do
    /// Put it into a file of variables that only root can read, such as one that sops-nix or agenix make, and name that
    /// with `--env-file`: `environmentFiles` on NixOS.
    ///
    /// ## Example
    /// ```sh
    /// docker run -e POSTGRES_PASSWORD=swordfish postgres:17
    /// ```
    ///
    /// ## Source
    /// NixOS manual, *Nix store*; nixpkgs `nixos/modules/virtualisation/oci-containers.nix`, `environmentFiles`
    "secret-in-the-store", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, run) in context.runs() {
        for variable in &container.environment {
            let (name, value) = &variable.value;
            let Some(value) = value.as_deref().filter(|_| holds_secret(name)) else { continue };
            // What is asked for is not there yet; a path or a truth value is no secret.
            let is_open = value.is_empty() || (value.starts_with('@') && value.ends_with('@'));
            let is_plain = value.starts_with('/') || matches!(value, "true" | "false" | "yes" | "no" | "0" | "1");
            if is_open || is_plain {
                continue;
            }
            found.push(
                Diagnostic::warning(ID, variable.span, format!("The value of `{name}` would be readable for everybody on the machine"))
                    .why("What a module says is in the Nix store, which every user can read.")
                    .help("Put the variable into a file that only root can read, such as sops-nix or agenix make, and name that with `--env-file`."),
            );
        }
        for set in run.all("creds") {
            found.push(
                Diagnostic::warning(ID, set.flag, "The credentials would be readable for everybody on the machine")
                    .why("What a module says is in the Nix store, which every user can read.")
                    .help("Use `login.passwordFile` of the container on NixOS."),
            );
        }
    }
}

/// Whether a variable of this name likely holds a secret.
fn holds_secret(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    if upper.ends_with("_FILE") || upper.ends_with("_PATH") || upper.ends_with("_ID") {
        return false;
    }
    let mut words = upper.split(['_', '-', '.']);
    let is_key = upper.ends_with("_KEY")
        && ["API", "SECRET", "PRIVATE", "ACCESS", "ENCRYPTION", "APP", "MASTER"].iter().any(|it| upper.contains(it));
    is_key
        || upper.contains("PASSWORD")
        || upper.contains("PASSWD")
        || words.any(|it| matches!(it, "PASS" | "PWD" | "SECRET" | "TOKEN" | "APIKEY" | "CREDENTIALS" | "PASSPHRASE"))
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_secrets_and_never_shows_them() {
        for (text, expected) in [
            ("docker run -e POSTGRES_PASSWORD=swordfish x:1", &["warning POSTGRES_PASSWORD=swordfish"][..]),
            ("docker run -e API_TOKEN=swordfish x:1", &["warning API_TOKEN=swordfish"]),
            ("docker run -e APP_KEY=swordfish x:1", &["warning APP_KEY=swordfish"]),
            ("docker run -e POSTGRES_PASSWORD x:1", &[]),
            ("docker run -e POSTGRES_PASSWORD=$P x:1", &[]),
            ("docker run -e POSTGRES_PASSWORD_FILE=/run/p x:1", &[]),
            ("docker run -e ALLOW_EMPTY_PASSWORD=yes x:1", &[]),
            ("docker run -e PGDATA=/data x:1", &[]),
            ("docker run -e KEYBOARD=de x:1", &[]),
        ] {
            assert_found(text, ID, expected);
        }
        let text = "docker run -e POSTGRES_PASSWORD=swordfish x:1";
        let found = crate::run::examine(text, &Default::default()).diagnostics;
        assert!(found.iter().all(|it| !format!("{} {} {}", it.message, it.why, it.help).contains("swordfish")));
    }
}
