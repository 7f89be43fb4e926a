//! Both daemons at once.

use super::{Context, Found, voice::Diagnostic};

rule! {
    /// The daemon of root and those of users are both turned on.
    ///
    /// ## Why it matters
    /// `virtualisation.docker.enable` and `virtualisation.docker.rootless.enable` start daemons of their own, each with its own
    /// images, networks and settings. Which of them the command `docker` reaches depends on `DOCKER_HOST`, and it is easy to look
    /// for a container in the other.
    ///
    /// ## What to do
    /// Keep one of them: without root, `rootless.enable` with `setSocketVariable`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker = {
    ///     enable = true;
    ///     rootless.enable = true;
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/docker.nix` and `docker-rootless.nix`; NixOS wiki, *Docker*
    "rootful-and-rootless", [Warning], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let Some(outcome) = context.nixos.filter(|it| it.has_both) else { return };
    // Under conditions, it may be one or the other.
    let place = |name: &str| outcome.option(name).filter(|it| !it.is_conditional).map(|it| it.key);
    if let (Some(rootless), Some(rootful)) = (place("rootless.enable"), place("enable")) {
        found.push(
            Diagnostic::warning(ID, rootless, "Docker runs twice: as root, and once more for each user")
                .related(rootful, "the daemon of root")
                .why("Each has its own images, networks and settings, and `DOCKER_HOST` decides which one the command `docker` reaches.")
                .help("Keep one of them."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn minds_both_only() {
        for (rootful, rootless, expected) in
            [("true", "true", &["warning enable"][..]), ("true", "false", &[]), ("false", "true", &[])]
        {
            let text =
                format!("{{ virtualisation.docker = {{ enable = {rootful}; rootless.enable = {rootless}; }}; }}");
            assert_flags("29", &text, "rootful-and-rootless", expected);
        }
        for docker in [
            "{ enable = lib.mkIf config.a true; rootless.enable = lib.mkIf config.b true; }",
            "{ enable = true; rootless = lib.mkIf config.b { enable = true; }; }",
            "{ enable = lib.mkIf config.a true; rootless.enable = true; }",
            "{ enable = true; rootless.enable = config.a; }",
        ] {
            let text = format!("{{ config, lib, ... }}: {{ virtualisation.docker = {docker}; }}");
            assert_flags("29", &text, "rootful-and-rootless", &[]);
        }
    }
}
