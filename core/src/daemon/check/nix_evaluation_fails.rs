//! A value that Nix does not come to.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::nixos::FlawKind,
    notation::nix::value::{Failure, FailureKind},
    text::Span,
};

rule! {
    /// An expression whose evaluation fails for certain.
    ///
    /// ## Why it matters
    /// Nix evaluates what NixOS asks it for, and stops at a member that a set does not have, at a number where text belongs, at
    /// an assertion that is false. Only values that reach an option of Docker are told here, and only where everything that they
    /// depend on is in the text.
    ///
    /// ## What to do
    /// Mend the expression that is marked.
    ///
    /// ## Example
    /// ```nix
    /// { lib, ... }:
    /// let
    ///   ports = {
    ///     metrics = 9323;
    ///   };
    /// in
    /// {
    ///   virtualisation.docker.daemon.settings.metrics-addr = "127.0.0.1:${ports.metrics}";
    /// }
    /// ```
    ///
    /// ## Source
    /// nix `src/libexpr/eval.cc`, `src/libexpr/primops.cc`; nixpkgs `lib/modules.nix`, `mergeDefinitions`
    "nix-evaluation-fails", [Error], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let flaws = context.nixos.map_or(&[][..], |it| &it.flaws);
    for flaw in flaws {
        if let FlawKind::Fails(failure) = &flaw.kind {
            let diagnostic = Diagnostic::error(ID, Stage::Evaluation, failure.span, flaw.message());
            found.push(diagnostic.why(flaw.why()).help(flaw.help()).explained(|it| it.fix(mended(context, failure))));
        }
    }
}

/// Other arguments for a module; a number that is filled into a string, as a string.
fn mended(context: &Context, failure: &Failure) -> Option<Fix> {
    if failure.kind == FailureKind::ClosedModule {
        let names = context.written(failure.span).trim_end_matches('}').trim_end();
        return Some(Fix::safe("Let it take others", context.rewrite(failure.span, &[names, ", ... }"].concat())));
    }
    let is_number = matches!(
        failure.kind,
        FailureKind::WrongKind { wanted: "a string", found: "a whole number" | "a number with a fraction" }
    );
    let Span { start, end } = failure.span;
    let around = (context.text.get(..start)?, context.text.get(end..)?);
    let is_filled_in = around.0.trim_end().ends_with("${") && around.1.trim_start().starts_with('}');
    let written = context.written(failure.span);
    let right = match written.contains(' ') {
        true => ["toString (", written, ")"].concat(),
        false => ["toString ", written].concat(),
    };
    (is_number && is_filled_in).then(|| Fix::safe(say!("Write `{right}`"), context.rewrite(failure.span, &right)))
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_first_fix, assert_flags, diagnose};

    const ID: &str = "nix-evaluation-fails";

    #[test]
    fn expressions_fail_where_nix_fails() {
        for (value, expected) in [
            ("throw \"no\"", &["error throw \"no\""][..]),
            ("abort \"no\"", &["error abort \"no\""]),
            ("assert 1 == 2; \"x\"", &["error 1 == 2"]),
            ("{ a = \"x\"; }.b", &["error { a = \"x\"; }.b"]),
            ("{ a = \"x\"; }.b or \"x\"", &[]),
            ("[ ] ++ \"x\"", &["error \"x\""]),
            ("\"a\" + 1", &["error 1"]),
            ("\"a${toString 1}${2}\"", &["error 2"]),
            ("1 / 0", &["error 1 / 0"]),
            ("if \"x\" then 1 else 2", &["error \"x\""]),
            ("! \"x\"", &["error \"x\""]),
            ("(x: x) \"a\"", &[]),
            ("(\"a\" + \"b\") \"c\"", &["error \"a\" + \"b\""]),
            ("({ a }: a) { b = 1; }", &["error ({ a }: a) { b = 1; }"]),
            ("builtins.fromJSON \"{\"", &["error builtins.fromJSON \"{\""]),
            ("with { a = 1; }; b", &["error b"]),
            ("lib.mkIf \"true\" 1", &["error \"true\""]),
            ("lib.mkMerge { a = 1; }", &["error { a = 1; }"]),
            // A single definition is compared with no other.
            ("lib.mkOverride \"x\" 1", &[]),
            ("lib.mkForce (throw \"no\")", &["error throw \"no\""]),
            ("[ 1 { a = throw \"no\"; } ]", &["error throw \"no\""]),
            // What is not known, and what depends on it.
            ("config.x.y + 1", &[]),
            ("lib.mkIf config.x (throw \"no\")", &[]),
            ("[ ] ++ lib.optional config.x (throw \"no\")", &[]),
            ("builtins.head (lib.optional config.x 1)", &[]),
            ("if config.x then throw \"no\" else 1", &[]),
            ("builtins.tryEval (throw \"no\")", &[]),
            ("with lib; b", &[]),
            // What is never asked for.
            ("let a = throw \"no\"; in 1", &[]),
            ("lib.mkIf false (throw \"no\")", &[]),
            ("lib.mkMerge [ (lib.mkForce 1) (lib.mkDefault (throw \"no\")) ]", &[]),
            ("lib.mkMerge [ (lib.mkForce 1) (throw \"no\") ]", &["error throw \"no\""]),
        ] {
            let text = ["{ config, lib, ... }: { virtualisation.docker.daemon.settings.x = ", value, "; }"].concat();
            assert_flags("29", &text, ID, expected);
        }
    }

    #[test]
    fn only_what_is_asked_for_fails() {
        for (module, expected) in [
            ("{ virtualisation.docker = { enable = false; logDriver = throw \"no\"; }; }", &[][..]),
            ("{ virtualisation.docker = { enable = true; logDriver = throw \"no\"; }; }", &["error throw \"no\""]),
            ("{ virtualisation.docker = { enable = true; rootless.package = throw \"no\"; }; }", &[]),
            ("{ virtualisation.docker = { enable = true; autoPrune.dates = throw \"no\"; }; }", &[]),
            ("{ virtualisation.docker = { enable = false; daemon = throw \"no\"; }; }", &["error throw \"no\""]),
            ("{ virtualisation.docker = throw \"no\"; system.stateVersion = \"25.05\"; }", &["error throw \"no\""]),
            ("{ services.x = throw \"no\"; virtualisation.docker.enable = true; }", &[]),
            ("lib.mkIf 1 { virtualisation.docker.enable = true; }", &["error 1"]),
            ("lib.mkIf config.x (lib.mkIf 1 { virtualisation.docker.enable = true; })", &[]),
            ("assert false; { virtualisation.docker.enable = true; }", &["error false"]),
            ("{ virtualisation.docker = { logDriver = throw \"no\"; daemon.settings.log-driver = \"local\"; }; }", &[]),
        ] {
            assert_flags("29", &["{ config, lib, ... }: ", module].concat(), ID, expected);
        }
    }

    #[test]
    fn modules_have_their_form() {
        for (text, expected) in [
            ("{ pkgs }: { virtualisation.docker.enable = true; }", &["error { pkgs }"][..]),
            ("{ config, lib, pkgs, ... }: { virtualisation.docker.enable = true; }", &[]),
            ("args: { virtualisation.docker.enable = true; }", &[]),
            // Called by the text that imports it.
            ("{ pkgs, user }: { virtualisation.docker.enable = true; }", &[]),
            ("{ pkgs ? import <nixpkgs> { } }: { virtualisation.docker.enable = true; }", &[]),
            ("{ imports = [ ({ lib }: { virtualisation.docker.enable = true; }) ]; }", &["error { lib }"]),
            (
                "{ outputs = { self }: { nixosConfigurations.a = f { modules = [ ({ pkgs }: { virtualisation.docker.enable = true; }) ]; }; }; }",
                &[],
            ),
            (
                "{ outputs = { self, f }: { nixosConfigurations.a = f { modules = [ ({ pkgs }: { virtualisation.docker.enable = true; }) ]; }; }; }",
                &["error { pkgs }"],
            ),
            (
                "{ config.virtualisation.docker.enable = true; virtualisation.docker.logDriver = \"local\"; }",
                &["error virtualisation"],
            ),
            ("{ options.x = { }; virtualisation.docker.enable = true; }", &["error virtualisation"]),
            ("{ options.x = { }; imports = [ ]; config.virtualisation.docker.enable = true; }", &[]),
            ("{ imports = ./x.nix; virtualisation.docker.enable = true; }", &["error ./x.nix"]),
            ("{ imports = [ ./x.nix ]; virtualisation.docker.enable = true; }", &[]),
        ] {
            assert_flags("29", text, ID, expected);
        }
        assert_first_fix(
            "{ pkgs }: { virtualisation.docker.enable = true; }",
            ID,
            "Let it take others",
            "{ pkgs, ... }: { virtualisation.docker.enable = true; }",
        );
    }

    #[test]
    fn a_number_becomes_a_string() {
        assert_first_fix(
            "{ ... }: { virtualisation.docker.daemon.settings.metrics-addr = \"127.0.0.1:${9000 + 1}\"; }",
            ID,
            "Write `toString (9000 + 1)`",
            "{ ... }: { virtualisation.docker.daemon.settings.metrics-addr = \"127.0.0.1:${toString (9000 + 1)}\"; }",
        );
        let text = "{ ... }: { virtualisation.docker.daemon.settings.bip = \"a\" + 1; }";
        assert_eq!(diagnose(text, ID)[0].fixes, []);
    }
}
