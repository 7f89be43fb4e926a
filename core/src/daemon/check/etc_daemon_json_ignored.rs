//! A daemon.json that no daemon reads.

use super::{Context, Found, voice::Diagnostic};

rule! {
    /// `/etc/docker/daemon.json` is written, which the daemon does not read on NixOS.
    ///
    /// ## Why it matters
    /// NixOS starts the daemon with `--config-file` and a file of the Nix store, so nothing in `/etc/docker/daemon.json` counts.
    ///
    /// ## What to do
    /// Put the settings into `virtualisation.docker.daemon.settings`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker.enable = true;
    ///   environment.etc."docker/daemon.json".text = builtins.toJSON { mtu = 1450; };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/docker.nix`, `ExecStart`
    "etc-daemon-json-ignored", [Warning], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let others = context.nixos.map_or(&[][..], |it| &it.others);
    let is_it = |path: &[String]| matches!(path, [a, b, c, ..] if [&**a, &**b, &**c] == ["environment", "etc", "docker/daemon.json"]);
    if let Some(it) = others.iter().find(|it| is_it(&it.path)) {
        found.push(
            Diagnostic::warning(ID, it.name, "The daemon does not read /etc/docker/daemon.json on NixOS")
                .why("NixOS starts it with `--config-file` and a file of the Nix store.")
                .help("Put the settings into `virtualisation.docker.daemon.settings`."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::diagnose;

    #[test]
    fn minds_the_file_of_the_daemon() {
        for (text, count) in [
            ("{ virtualisation.docker.enable = true; environment.etc.\"docker/daemon.json\".text = \"{}\"; }", 1),
            ("{ virtualisation.docker.enable = true; environment.etc.\"docker/key.json\".text = \"{}\"; }", 0),
        ] {
            assert_eq!(diagnose(text, super::ID).len(), count, "{text}");
        }
    }
}
