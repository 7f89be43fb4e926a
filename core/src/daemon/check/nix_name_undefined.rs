//! A name that nothing gives a value.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::document::ProblemKind;

rule! {
    /// A name that nothing gives a value.
    ///
    /// ## Why it matters
    /// Nix takes each word without quotes for a name, and looks for what gives it a value before it evaluates anything: an
    /// argument of the function around it, `let`, `rec` or `with`. nixos-rebuild stops at a name without one, even where it
    /// is never used. Of a text that is a part of a module, only misspelt constants are told.
    ///
    /// ## What to do
    /// Add `lib`, `pkgs` or `config` to the arguments of the module, mend the spelling, or put text in double quotes.
    ///
    /// ## Example
    /// ```nix
    /// { pkgs, ... }:
    /// {
    ///   virtualisation.docker.enable = lib.mkDefault true;
    /// }
    /// ```
    ///
    /// ## Source
    /// nix `src/libexpr/nixexpr.cc`, `ExprVar::bindVars`
    "nix-name-undefined", [Error], nixos check
}

fn check(context: &Context, found: &mut Found) {
    for problem in context.problems(ProblemKind::Undefined) {
        let name = context.written(problem.span);
        let mend = problem.mend.first();
        let new = mend.map_or("", |it| &it.text);
        let (help, title) = if mend.is_some_and(|it| it.span != problem.span) {
            (
                say!("It is an argument of modules: write `{{ {name}, ... }}:` at their beginning."),
                say!("Add `{name}` to the arguments"),
            )
        } else if new.starts_with('"') {
            (say!("Write `{new}` if it is a string."), say!("Write `{new}`"))
        } else if !new.is_empty() {
            (say!("Did you mean `{new}`?"), say!("Write `{new}`"))
        } else {
            (
                say!("Give `{name}` a value with `let`, or take it from a set: `lib.{name}`, `pkgs.{name}`."),
                String::new(),
            )
        };
        let diagnostic =
            Diagnostic::error(ID, Stage::Evaluation, problem.span, say!("Nothing gives the name `{name}` a value"))
                .why("Nix takes a word without quotes for a name, and nixos-rebuild stops at one that is not defined.")
                .help(help);
        found.push(diagnostic.fix(match new {
            "" => None,
            it if it.starts_with('"') => Some(Fix::choice(title, problem.mend.clone())),
            _ => Some(Fix::safe(title, problem.mend.clone())),
        }));
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_first_fix, assert_flags};

    const ID: &str = "nix-name-undefined";

    #[test]
    fn names_are_looked_for_in_all_that_is_around() {
        for (text, expected) in [
            ("{ pkgs, ... }: { virtualisation.docker.enable = lib.mkForce true; }", &["error lib"][..]),
            ("{ ... }: { virtualisation.docker.enable = tru; }", &["error tru"]),
            ("{ ... }: let unused = nothing; in { virtualisation.docker.enable = true; }", &["error nothing"]),
            ("{ ... }: { virtualisation = { inherit docker; }; }", &["error docker"]),
            (
                "{ ... }: { virtualisation.docker.daemon.settings.${name}.x = \"${a}${b.c}\"; }",
                &["error name", "error a", "error b"],
            ),
            ("{ ... }: { virtualisation.docker.enable = lib.a lib.b; }", &["error lib"]),
            // Given a value.
            ("{ lib, ... }: { virtualisation.docker.enable = lib.mkForce true; }", &[]),
            ("args: { virtualisation.docker.enable = args.lib.mkForce true; }", &[]),
            ("{ pkgs, ... }@args: { virtualisation.docker.enable = args.x pkgs; }", &[]),
            ("{ pkgs, lib ? pkgs.lib, ... }: { virtualisation.docker.enable = lib.mkForce true; }", &[]),
            ("{ lib, ... }: with lib; { virtualisation.docker.enable = mkForce anything; }", &[]),
            ("{ ... }: rec { a = b; b = 1; virtualisation.docker.enable = true; }", &[]),
            ("{ ... }: { a = rec { x = 1; }; a.y = x; virtualisation.docker.enable = true; }", &[]),
            ("{ ... }: let a.b = 1; inherit (a) b; in { virtualisation.docker.daemon.settings.mtu = b; }", &[]),
            ("{ ... }: { virtualisation.docker.daemon.settings.mtu = let { body = x; x = 1; }; }", &[]),
            ("{ ... }: { virtualisation.docker.enable = builtins.isNull (import ./x.nix) || __add 1 2 == 3; }", &[]),
            // What is around a part of a module could give it one.
            ("{ virtualisation.docker.enable = lib.mkForce true; }", &[]),
            ("virtualisation.docker.enable = lib.mkForce mine;", &[]),
            ("let a = 1; in { virtualisation.docker.enable = lib.mkForce true; }", &[]),
            ("{ virtualisation.docker.storageDriver = btrfs; }", &[]),
            // No word of Nix is near it by chance.
            ("{ virtualisation.docker.enable = fasle; }", &["error fasle"]),
            (
                "{ outputs = { self }: { nixosModules.x = { virtualisation.docker.enable = lib.x; }; }; }",
                &["error lib"],
            ),
            // Half-typed text.
            ("{ ... }: { virtualisation.docker.enable = lib.mkForce ; b c }", &[]),
        ] {
            assert_flags("29", text, ID, expected);
        }
    }

    #[test]
    fn what_was_meant_is_offered() {
        for (text, title, after) in [
            (
                "{ pkgs, ... }: { virtualisation.docker.enable = lib.mkForce true; }",
                "Add `lib` to the arguments",
                "{ lib, pkgs, ... }: { virtualisation.docker.enable = lib.mkForce true; }",
            ),
            (
                "{ pkgs, ... }: { virtualisation.docker.package = pkg.docker_29; }",
                "Write `pkgs`",
                "{ pkgs, ... }: { virtualisation.docker.package = pkgs.docker_29; }",
            ),
            (
                "{ ... }: { virtualisation.docker.enable = ture; }",
                "Write `true`",
                "{ ... }: { virtualisation.docker.enable = true; }",
            ),
            (
                "{ ... }: { virtualisation.docker.storageDriver = btrfs; }",
                "Write `\"btrfs\"`",
                "{ ... }: { virtualisation.docker.storageDriver = \"btrfs\"; }",
            ),
        ] {
            assert_first_fix(text, ID, title, after);
        }
    }

    #[test]
    fn it_is_told_once() {
        let text = "{ ... }: { virtualisation.docker = { enable = true; storageDriver = btrfs; }; }";
        assert_flags("29", text, "nixos-value-not-known", &[]);
    }
}
