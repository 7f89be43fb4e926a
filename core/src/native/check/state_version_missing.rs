//! A container whose data changes its form with the channel.

use super::{Context, Diagnostic, Fix, Found, Nix};

rule! {
    /// A container without `system.stateVersion`.
    ///
    /// ## Why it matters
    /// It then takes the version of the release that it is built with. After an update of the host, a database looks for
    /// its data in another directory or another form: it seems lost.
    ///
    /// ## What to do
    /// Write `system.stateVersion` into `config`, with the release that the container was first made with, and leave it.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.db.config = {
    ///     services.postgresql.enable = true;
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// NixOS Wiki, *NixOS Containers*, Troubleshooting; nixpkgs `nixos/modules/misc/version.nix`, `stateVersion`
    "state-version-missing", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers() {
        let Some(inside) = container.inside().filter(|it| !it.has_imports && !it.has_state_version) else { continue };
        let release = context.choices.release;
        let edits = context.add(inside.place, "system.stateVersion", Nix::String(release.to_string()));
        found.push(
            Diagnostic::warning(ID, inside.name, format!("`{}` has no `system.stateVersion`", container.name))
                .why("It takes that of the release it is built with: after an update, services look for their data elsewhere.")
                .help("Write it into `config`, with the release that the container was first made with.")
                .fix(Fix::choice(format!("Write {release}"), edits)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn a_container_knows_its_version() {
        let with = |config: &str| format!("{{ containers.a.config = {config}; }}");
        for (config, expected) in [
            ("{ }", &["warning config"][..]),
            ("{ pkgs, ... }: { services.x.enable = true; }", &["warning config"]),
            ("{ system.stateVersion = \"25.11\"; }", &[]),
            ("{ imports = [ ./x.nix ]; }", &[]),
            ("./x.nix", &[]),
            ("import ./x.nix { }", &[]),
            ("{ config, ... }: { system = { inherit (config) stateVersion; }; }", &[]),
        ] {
            assert_found(&with(config), ID, expected);
        }
        let after = with("{ pkgs, ... }: { system.stateVersion = \"26.05\"; }");
        assert_first_fix(&with("{ pkgs, ... }: { }"), ID, "Write 26.05", &after);
    }
}
