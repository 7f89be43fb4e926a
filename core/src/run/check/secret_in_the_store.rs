//! A secret in the command.

use super::{Context, Found};
use crate::{containers::secret::is_secret, rule::diagnostic::Diagnostic};

rule! {
    /// A secret in the command.
    ///
    /// ## Why it matters
    /// What a module says is in the Nix store, which every user of the machine can read, and often in a repository. It
    /// is also seen by whoever may inspect the container.
    ///
    /// ## What to do
    /// Choose under Surroundings, in the header, where secrets are kept: in files, or by sops-nix or agenix. Or put it into a file of
    /// variables that only root can read, and name that with `--env-file`: `environmentFiles` on NixOS.
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
            let value = value.as_deref().unwrap_or_default();
            // What is asked for is not there yet.
            let is_open = value.starts_with('@') && value.ends_with('@');
            if is_open || context.choices.keeps_secrets || !is_secret(name, value) {
                continue;
            }
            found.push(
                Diagnostic::warning(ID, variable.span, format!("The value of `{name}` would be readable for everybody on the machine"))
                    .why("What a module says is in the Nix store, which every user can read.")
                    .help("Choose under Surroundings, in the header, where secrets are kept, or name a file that only root can read with `--env-file`."),
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
