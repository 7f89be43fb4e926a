//! A password in the module.

use super::{Context, Diagnostic, Found};
use crate::containers::secret::is_secret;

rule! {
    /// A password in the module.
    ///
    /// ## Why it matters
    /// What a module says is in the Nix store, which every user of the machine can read.
    ///
    /// ## What to do
    /// Put the variable into a file that only root can read, such as sops-nix or agenix make, and name that in
    /// `environmentFiles`, or `env_file` with Arion.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.oci-containers.containers.db = {
    ///     image = "postgres:17";
    ///     environment.POSTGRES_PASSWORD = "swordfish";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nix `doc/manual/source/store/index.md`: objects of the store are readable for all users
    "secret-in-the-store", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for variable in context.reading.project.containers.iter().flat_map(|it| &it.environment) {
        let (name, value) = &variable.value;
        // What is asked for is not there yet.
        let is_open = |it: &&str| it.contains('@') || it.contains("${");
        if !value.as_deref().filter(|it| !is_open(it)).is_some_and(|it| is_secret(name, it)) {
            continue;
        }
        let message = format!("The value of `{name}` is readable for everybody on the machine");
        let help = "Put the variable into a file that only root can read, such as sops-nix or agenix make, and name that in `environmentFiles`.";
        found.push(
            Diagnostic::warning(ID, variable.span, message)
                .why("What a module says is in the Nix store, which every user can read.")
                .help(help),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn secrets_are_kept_elsewhere() {
        let oci = |pair: &str| {
            let container = format!("{{ image = \"x:1\"; environment.{pair}; }}");
            format!("{{ config, ... }}: {{ virtualisation.oci-containers.containers.a = {container}; }}")
        };
        assert_found(&oci("DB_PASSWORD = \"x\""), ID, &["warning environment.DB_PASSWORD = \"x\";"]);
        assert_found(&oci("DB_PASSWORD_FILE = \"/run/x\""), ID, &[]);
        assert_found(&oci("DB_PASSWORD = config.sops.placeholder.x"), ID, &[]);
    }
}
