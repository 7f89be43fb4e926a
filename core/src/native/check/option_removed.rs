//! An option that is gone.

use super::{Context, Diagnostic, Found, ProblemKind, Stage};

rule! {
    /// An option that is gone.
    ///
    /// ## Why it matters
    /// `pkgs` of a container was removed in NixOS 20.09: nixos-rebuild stops where it is set.
    ///
    /// ## What to do
    /// Write `nixpkgs` for another release, or `config.nixpkgs.pkgs = pkgs;` for other packages alone.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs, ... }:
    /// {
    ///   containers.web = {
    ///     pkgs = pkgs;
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `checkAssertion`
    "option-removed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        if let ProblemKind::RemovedOption(name) = problem {
            found.push(
                Diagnostic::error(ID, Stage::Evaluation, span, format!("A container has no option `{name}` any more"))
                    .why("nixos-rebuild stops where it is set, whatever its value.")
                    .help("Write `nixpkgs` for another release, or `nixpkgs.pkgs` in `config` for other packages."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn what_is_gone_is_told() {
        assert_found("{ pkgs, ... }: { containers.a = { inherit pkgs; }; }", ID, &["error pkgs"]);
        assert_found("{ containers.a.nixpkgs = <nixpkgs>; }", ID, &[]);
    }
}
