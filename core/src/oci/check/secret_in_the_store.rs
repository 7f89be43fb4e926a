//! A password in the module.

use super::{Context, Diagnostic, Found};
use crate::containers::{placeholder::Placeholders, secret::is_secret};

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
    let project = &context.reading.project;
    let open = Placeholders::of(project.missing.iter().map(|it| it.placeholder.as_str()));
    let variables = project.containers.iter().enumerate();
    for (at, variable) in variables.flat_map(|(at, it)| it.environment.iter().map(move |it| (at, it))) {
        let (name, value) = &variable.value;
        let is_told = |it: &str| match open.are_in(it) {
            // What is asked for is not there yet; an address may have a password all the same.
            true => is_secret("", &open.taken_out_of(it)),
            false => !refers(it) && is_secret(name, it),
        };
        if !value.as_deref().is_some_and(is_told) {
            continue;
        }
        let message = format!("The value of `{name}` is readable for everybody on the machine");
        let option = if at < context.reading.before_arion { "environmentFiles" } else { "env_file" };
        let help = format!(
            "Put the variable into a file that only root can read, such as sops-nix or agenix make, and name that in `{option}`."
        );
        found.push(
            Diagnostic::warning(ID, variable.span, message)
                .why("What the text says is in the Nix store, which every user can read.")
                .help(help),
        );
    }
}

/// Whether a program that reads a value would put a variable into it: `${NAME}`.
fn refers(value: &str) -> bool {
    value.split("${").skip(1).any(|it| {
        let name = it.split_once('}').map_or("", |it| it.0);
        !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::oci::check::tests::*;

    #[test]
    fn files_are_named_as_the_module_names_them() {
        let oci =
            "{ virtualisation.oci-containers.containers.a = { image = \"x:1\"; environment.DB_PASSWORD = \"x\"; }; }";
        let quadlet = "{ virtualisation.quadlet.containers.a.containerConfig = { image = \"x:1\"; environments.DB_PASSWORD = \"x\"; }; }";
        let arion =
            "{ project.name = \"x\"; services.a.service = { image = \"x:1\"; environment.DB_PASSWORD = \"x\"; }; }";
        for (text, option) in [(oci, "`environmentFiles`"), (quadlet, "`environmentFiles`"), (arion, "`env_file`")] {
            let found: Vec<_> = diagnose_all(text).into_iter().filter(|it| it.rule == ID).collect();
            let [it] = &found[..] else { panic!("{text}: {found:?}") };
            assert!(it.help.contains(option), "{text}");
        }
    }

    #[test]
    fn secrets_are_kept_elsewhere() {
        let oci = |pair: &str| {
            let container = format!("{{ image = \"x:1\"; environment.{pair}; }}");
            format!("{{ config, ... }}: {{ virtualisation.oci-containers.containers.a = {container}; }}")
        };
        assert_found(&oci("DB_PASSWORD = \"x\""), ID, &["warning environment.DB_PASSWORD = \"x\";"]);
        assert_found(&oci("DB_PASSWORD_FILE = \"/run/x\""), ID, &[]);
        for (pair, is_told) in [
            ("DB_PASSWORD = config.sops.placeholder.x", false),
            ("DB_PASSWORD = \"a${config.x}\"", false),
            ("DB_PASSWORD = \"\\${OTHER}\"", false),
            ("URL = \"postgres://u:${config.x}@db\"", false),
            ("URL = \"postgres://u:pw@${config.x}/a\"", true),
            ("URL = \"postgres://u:pw@db/a\"", true),
            ("DB_PASSWORD = \"p@ss\"", true),
            ("DB_PASSWORD = \"p@s@s\"", true), // what looks like a placeholder and is none
            ("DB_PASSWORD = \"p\\${ss\"", true),
        ] {
            let text = oci(pair);
            let whole = format!("warning environment.{pair};");
            let expected = [whole.as_str()];
            assert_found(&text, ID, if is_told { &expected } else { &[] });
        }
    }
}
