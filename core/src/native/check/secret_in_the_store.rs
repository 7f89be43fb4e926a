//! A password that everybody can read.

use super::{Context, Diagnostic, Found};

rule! {
    /// A password or key is in the text.
    ///
    /// ## Why it matters
    /// What the text says, also what `pkgs.writeText` makes a file of, is in the Nix store, which every user of the host
    /// can read, and every container, too.
    ///
    /// ## What to do
    /// Keep it in a file that only root can read, such as sops-nix or agenix make, bind that into the container with
    /// `bindMounts`, and name its path: `hashedPasswordFile`, `adminpassFile`, `passwordFile`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.cloud.config = { pkgs, ... }: {
    ///     services.nextcloud.config.adminpassFile = "${pkgs.writeText "adminpass" "test123"}";
    ///     system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// Nix manual, *Store*: files of the store can be read by everybody
    "secret-in-the-store", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers() {
        for (name, span) in container.config.iter().flat_map(|it| &it.secrets) {
            let shown: String = name.chars().take(40).collect();
            found.push(
                Diagnostic::warning(ID, *span, format!("`{shown}` in `{}` is readable for everybody on the host", container.name))
                    .why("What the text says is in the Nix store, which every user and every container can read.")
                    .help("Keep it in a file that only root can read, such as sops-nix or agenix make, bind that into the container, and name its path."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn secrets_are_kept_elsewhere() {
        let with = |inside: &str| format!("{{ containers.a.config = {{ pkgs, ... }}: {{ {inside} }}; }}");
        for (inside, expected) in [
            (
                "services.nextcloud.config.adminpassFile = \"${pkgs.writeText \"adminpass\" \"test123\"}\";",
                &["warning writeText \"adminpass\" \"test123\""][..],
            ),
            ("x.passwordFile = pkgs.writeText \"pw\" ''a'';", &["warning writeText \"pw\" ''a''"]),
            ("users.users.me.password = \"123\";", &["warning users.users.me.password = \"123\";"]),
            ("users.users.me = { initialPassword = \"123\"; };", &["warning initialPassword = \"123\";"]),
            ("users.users.me.hashedPassword = \"$6$x\";", &[]),
            ("services.x.passwordFile = \"/run/secrets/x\";", &[]),
            ("services.x.password = \"/run/secrets/x\";", &[]),
            ("# pkgs.writeText \"adminpass\" \"test123\"\n", &[]),
            ("environment.etc.x.source = pkgs.writeText \"motd\" \"hello\";", &[]),
        ] {
            assert_found(&with(inside), ID, expected);
        }
    }
}
