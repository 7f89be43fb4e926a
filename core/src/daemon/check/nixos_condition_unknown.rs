//! What holds only where a condition does.

use super::{Context, Found, voice::Diagnostic};

rule! {
    /// Options that hold only under a condition that the text does not decide.
    ///
    /// ## Why it matters
    /// What is in `lib.mkIf` with such a condition is checked here as if it holds. Where it does not, the daemon has other settings.
    ///
    /// ## What to do
    /// Nothing, where that is meant. The file of a machine is in its system: `systemctl cat docker` names it.
    ///
    /// ## Example
    /// ```nix
    /// { config, lib, ... }:
    /// {
    ///   virtualisation.docker.enable = lib.mkIf config.services.gitlab-runner.enable true;
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `lib/modules.nix`, `dischargeProperties`
    "nixos-condition-unknown", [Hint], nixos check
}

fn check(context: &Context, found: &mut Found) {
    if let Some(span) = context.nixos.and_then(|it| it.condition) {
        found.push(
            Diagnostic::hint(ID, span, "This holds under a condition that the text does not decide")
                .why("It is checked here as if the condition holds; where it does not, the daemon has other settings.")
                .help("Nothing to do where that is meant."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn is_said_once() {
        let text = "{ config, lib, ... }: { virtualisation.docker = lib.mkIf config.x { enable = true; logDriver = \"local\"; }; }";
        assert_flags("29", text, "nixos-condition-unknown", &["hint enable"]);
        assert_flags("29", "{ virtualisation.docker.enable = true; }", "nixos-condition-unknown", &[]);
    }
}
