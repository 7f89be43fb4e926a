//! A definition that counts for nothing.

use super::{Context, Found, voice::Diagnostic};

rule! {
    /// Settings that count for nothing because NixOS's own weigh more.
    ///
    /// ## Why it matters
    /// `lib.mkDefault` makes a definition weigh less than a plain one. NixOS gives `daemon.settings` plain ones of its own, so of a
    /// whole set in `lib.mkDefault` nothing is left: the daemon starts without it, and nobody says so.
    ///
    /// ## What to do
    /// Write `lib.mkDefault` before single settings, or leave it out.
    ///
    /// ## Example
    /// ```nix
    /// { lib, ... }:
    /// {
    ///   virtualisation.docker = {
    ///     enable = true;
    ///     daemon.settings = lib.mkDefault {
    ///       bip = "10.200.0.1/24";
    ///     };
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `lib/modules.nix`, `filterOverrides`; `nixos/modules/virtualisation/docker.nix`
    "nixos-definition-outweighed", [Warning], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let outweighed = context.nixos.map_or(&[][..], |it| &it.outweighed);
    for span in outweighed {
        let name = context.written(*span);
        found.push(
            Diagnostic::warning(ID, *span, say!("`{name}` counts for nothing: what NixOS sets weighs more"))
                .why("A definition in `lib.mkDefault` gives way to a plain one, and NixOS has a plain one here.")
                .help("Leave `lib.mkDefault` out, or write it before the single settings that others may change."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn minds_what_loses_to_nixos() {
        for (text, expected) in [
            (
                "{ lib, ... }: { virtualisation.docker.daemon.settings = lib.mkDefault { mtu = 1; }; }",
                &["warning settings"][..],
            ),
            (
                "{ lib, ... }: { virtualisation.docker.daemon.settings.group = lib.mkDefault \"x\"; }",
                &["warning group"],
            ),
            ("{ lib, ... }: { virtualisation.docker.daemon.settings.mtu = lib.mkDefault 1; }", &[]),
            ("{ lib, ... }: { virtualisation.docker.rootless.daemon.settings = lib.mkDefault { mtu = 1; }; }", &[]),
        ] {
            assert_flags("29", text, "nixos-definition-outweighed", expected);
        }
    }
}
