//! Settings for a daemon that is not turned on.

use super::{Context, Found, voice::Diagnostic};
use crate::daemon::nixos::Daemon;

rule! {
    /// Settings for the daemon of root where only users' daemons run, or the other way round.
    ///
    /// ## Why it matters
    /// `virtualisation.docker.daemon.settings` is for the daemon of root, and `virtualisation.docker.rootless.daemon.settings` for
    /// those of users. Settings of the one that is not turned on reach no daemon.
    ///
    /// ## What to do
    /// Move them to the settings of the daemon that runs.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker = {
    ///     rootless.enable = true;
    ///     daemon.settings.dns = [ "9.9.9.9" ];
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/docker.nix` and `docker-rootless.nix`
    "settings-of-other-daemon", [Warning], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let Some(outcome) = context.nixos.filter(|it| it.is_enabled == Some(true)) else { return };
    let Some(span) = outcome.set_aside.first() else { return };
    let (message, help) = match outcome.daemon {
        Daemon::Rootless => (
            "These are settings of the daemon of root, which is not turned on",
            "Move them to `virtualisation.docker.rootless.daemon.settings`.",
        ),
        Daemon::Rootful => (
            "These are settings of users' daemons, which are not turned on",
            "Move them to `virtualisation.docker.daemon.settings`, or set `rootless.enable`.",
        ),
    };
    found.push(Diagnostic::warning(ID, *span, message).why("They reach no daemon.").help(help));
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn minds_the_daemon_that_runs() {
        for (text, expected) in [
            (
                "{ virtualisation.docker = { rootless.enable = true; daemon.settings.mtu = 1; }; }",
                &["warning settings"][..],
            ),
            (
                "{ virtualisation.docker = { enable = true; rootless.daemon.settings.mtu = 1; }; }",
                &["warning settings"],
            ),
            ("{ virtualisation.docker = { enable = true; daemon.settings.mtu = 1; }; }", &[]),
            (
                "{ lib, config, ... }: { virtualisation.docker = { enable = lib.mkIf config.a true; rootless.daemon.settings.mtu = 1; }; }",
                &["warning settings"],
            ),
            (
                "{ virtualisation.docker = { enable = true; rootless.enable = false; rootless.daemon.settings.mtu = 1; }; }",
                &["warning settings"],
            ),
            // The text does not decide it.
            (
                "{ config, ... }: { virtualisation.docker = { enable = true; rootless.enable = config.a; rootless.daemon.settings.mtu = 1; }; }",
                &[],
            ),
            (
                "{ config, ... }: { virtualisation.docker = { enable = config.a; rootless.enable = true; daemon.settings.mtu = 1; }; }",
                &[],
            ),
            (
                "{ lib, config, ... }: { virtualisation.docker = { enable = true; rootless = lib.mkIf config.a { enable = false; daemon.settings.mtu = 1; }; }; }",
                &[],
            ),
            (
                "{ lib, config, ... }: { virtualisation.docker = { enable = true; rootless.daemon.settings = lib.mkIf config.a { mtu = 1; }; }; }",
                &[],
            ),
            (
                "{ lib, config, ... }: { virtualisation.docker = lib.mkMerge [ config.a { enable = true; rootless.daemon.settings.mtu = 1; } ]; }",
                &[],
            ),
            ("{ virtualisation.docker = { daemon.settings.mtu = 1; rootless.daemon.settings.mtu = 1; }; }", &[]),
        ] {
            assert_flags("29", text, "settings-of-other-daemon", expected);
        }
    }
}
