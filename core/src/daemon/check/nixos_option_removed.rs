//! An option that is gone.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::nixos::{Flaw, FlawKind};

rule! {
    /// An option that NixOS has removed.
    ///
    /// ## Why it matters
    /// nixos-rebuild stops where it is set, whatever its value.
    ///
    /// ## What to do
    /// Remove it. systemd always listens for the daemon now.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker = {
    ///     enable = true;
    ///     socketActivation = true;
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/docker.nix`, `mkRemovedOptionModule`
    "nixos-option-removed", [Error], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let flaws = context.nixos.map_or(&[][..], |it| &it.flaws);
    for flaw in flaws.iter().filter(|it| matches!(it.kind, FlawKind::Removed { .. })) {
        found.push(tell(context, flaw));
    }
}

fn tell(context: &Context, flaw: &Flaw) -> Diagnostic {
    Diagnostic::error(ID, Stage::Evaluation, flaw.key, flaw.message())
        .why(flaw.why())
        .help(flaw.help())
        .fix(Fix::safe("Remove it", context.without_binding(flaw.binding)))
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_first_fix;

    #[test]
    fn what_is_gone_is_taken_out() {
        assert_first_fix(
            "{\n  virtualisation.docker.enable = true;\n  virtualisation.docker.socketActivation = false;\n}\n",
            "nixos-option-removed",
            "Remove it",
            "{\n  virtualisation.docker.enable = true;\n}\n",
        );
    }
}
