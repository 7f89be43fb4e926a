//! Definitions of one option that exclude each other.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::nixos::{Flaw, FlawKind};

rule! {
    /// Two definitions of one option that exclude each other.
    ///
    /// ## Why it matters
    /// Of an option that is defined twice with the same priority, the module system puts lists and sets together; anything else
    /// must be the same. nixos-rebuild stops where it is not. `group` is such an option: NixOS itself sets it to `docker`.
    ///
    /// ## What to do
    /// Keep one of them, or write `lib.mkForce` before the one that should count.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker = {
    ///     enable = true;
    ///     daemon.settings.group = "wheel";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `lib/options.nix`, `mergeEqualOption` and `mergeOneOption`; `lib/types.nix`, `nullOr`
    "nixos-definitions-conflict", [Error], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let flaws = context.nixos.map_or(&[][..], |it| &it.flaws);
    for flaw in flaws
        .iter()
        .filter(|it| matches!(it.kind, FlawKind::Conflict { .. } | FlawKind::NullAndValue | FlawKind::Twice))
    {
        found.push(tell(context, flaw));
    }
}

fn tell(context: &Context, flaw: &Flaw) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::error(ID, Stage::Evaluation, flaw.span, flaw.message()).why(flaw.why()).help(flaw.help());
    if let Some(other) = flaw.related {
        diagnostic = diagnostic.related(other, "the other definition");
    }
    diagnostic.fix(Fix::choice("Remove this one", context.without_binding(flaw.binding)))
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn what_excludes_itself_is_refused() {
        for (text, expected) in [
            ("{ virtualisation.docker.daemon.settings.group = \"wheel\"; }", &["error \"wheel\""][..]),
            ("{ lib, ... }: { virtualisation.docker.daemon.settings.group = lib.mkForce \"wheel\"; }", &[]),
            ("{ virtualisation.docker.daemon.settings.group = \"docker\"; }", &[]),
            (
                "{ lib, ... }: { virtualisation.docker.daemon.settings = lib.mkMerge [ { mtu = 1; } { mtu = 2; } ]; }",
                &["error 2"],
            ),
            (
                "{ lib, ... }: { virtualisation.docker.daemon.settings = lib.mkMerge [ { dns = [ \"1.1.1.1\" ]; } { dns = [ \"9.9.9.9\" ]; } ]; }",
                &[],
            ),
            (
                "{ lib, config, ... }: { virtualisation.docker.daemon.settings = lib.mkMerge [ { mtu = 1; } (lib.mkIf config.x { mtu = 2; }) ]; }",
                &[],
            ),
            // As much as the default that the option is declared with.
            (
                "{ lib, ... }: { virtualisation.docker.logDriver = lib.mkOptionDefault \"local\"; }",
                &["error \"local\""],
            ),
            ("{ lib, ... }: { virtualisation.docker.logDriver = lib.mkOptionDefault \"journald\"; }", &[]),
            ("{ lib, ... }: { virtualisation.docker.enable = lib.mkOptionDefault true; }", &["error true"]),
            ("{ lib, ... }: { virtualisation.docker.autoPrune.flags = lib.mkOptionDefault [ \"--all\" ]; }", &[]),
            ("{ lib, ... }: { virtualisation.docker.logDriver = lib.mkOverride 1499 \"local\"; }", &[]),
            ("{ lib, ... }: { virtualisation.docker.logDriver = lib.mkOverride 1501 \"local\"; }", &[]),
        ] {
            assert_flags("29", text, "nixos-definitions-conflict", expected);
        }
    }
}
