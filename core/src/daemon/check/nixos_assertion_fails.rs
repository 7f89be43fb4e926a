//! What a module of NixOS asserts is not so.

use super::{
    Context, Found,
    voice::{Diagnostic, Stage},
};
use crate::daemon::nixos::FlawKind;

rule! {
    /// Options that a module of NixOS refuses together.
    ///
    /// ## Why it matters
    /// Modules assert what they need, and nixos-rebuild stops where it is not so: Podman cannot be the command `docker` beside
    /// Docker, and all volumes are pruned only where pruning is on.
    ///
    /// ## What to do
    /// Choose one of the two, or turn on what is needed.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker.enable = true;
    ///   virtualisation.podman = {
    ///     enable = true;
    ///     dockerCompat = true;
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/podman/default.nix` and `docker.nix`, `assertions`
    "nixos-assertion-fails", [Error], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let flaws = context.nixos.map_or(&[][..], |it| &it.flaws);
    for flaw in flaws.iter().filter(|it| matches!(it.kind, FlawKind::Assertion(_))) {
        let mut diagnostic = Diagnostic::error(ID, Stage::Evaluation, flaw.key, flaw.message());
        if let Some(other) = flaw.related {
            diagnostic = diagnostic.related(other, "what it cannot be beside");
        }
        found.push(diagnostic.why(flaw.why()).help(flaw.help()));
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn podman_is_not_docker_beside_docker() {
        let podman = "virtualisation.podman.dockerCompat = true; virtualisation.podman.dockerSocket.enable = true;";
        for (docker, expected) in [
            ("virtualisation.docker.enable = true;", &["error dockerCompat", "error enable"][..]),
            ("virtualisation.docker.enable = false;", &[]),
            ("virtualisation.docker.rootless.enable = true;", &[]),
        ] {
            let text = ["{ ", docker, " ", podman, " }"].concat();
            assert_flags("29", &text, "nixos-assertion-fails", expected);
        }
        for (docker, podman) in [
            ("lib.mkIf config.a { enable = true; }", "lib.mkIf config.b { enable = true; dockerCompat = true; }"),
            ("lib.mkIf config.a { enable = true; }", "{ enable = true; dockerCompat = true; }"),
            ("{ enable = true; }", "lib.mkIf config.b { enable = true; dockerSocket.enable = true; }"),
            ("{ enable = true; }", "{ enable = config.b; dockerCompat = true; }"),
            ("{ enable = true; }", "{ enable = true; dockerCompat = config.b; }"),
            ("{ enable = true; }", "{ enable = false; dockerCompat = true; }"),
            ("{ enable = true; autoPrune = { enable = config.a; allVolumes.enable = true; }; }", "{ }"),
            ("{ enable = true; autoPrune = lib.mkIf config.a { allVolumes.enable = true; }; }", "{ }"),
            ("{ enable = true; autoPrune = lib.mkMerge [ config.a { allVolumes.enable = true; } ]; }", "{ }"),
        ] {
            let text =
                format!("{{ lib, config, ... }}: {{ virtualisation = {{ docker = {docker}; podman = {podman}; }}; }}");
            assert_flags("29", &text, "nixos-assertion-fails", &[]);
        }
        let text = "{ virtualisation.docker = { enable = true; autoPrune.allVolumes.enable = true; }; }";
        assert_flags("29", text, "nixos-assertion-fails", &["error enable"]);
    }
}
