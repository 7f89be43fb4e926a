//! Several machines in one text.

use super::{Context, Found, voice::Diagnostic};
use crate::daemon::dialect::nixos::machines;

rule! {
    /// Several machines or modules of one text set Docker up, and one of them is looked at.
    ///
    /// ## Why it matters
    /// Each machine of a flake has settings of its own. What is said here, drawn and printed is about the first that has
    /// settings of the daemon; mistakes of the others are not told.
    ///
    /// ## What to do
    /// To check another, leave only that one in the text.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   outputs = { nixpkgs, ... }: {
    ///     nixosConfigurations.web = nixpkgs.lib.nixosSystem {
    ///       modules = [ { virtualisation.docker.daemon.settings.mtu = 1400; } ];
    ///     };
    ///     nixosConfigurations.db = nixpkgs.lib.nixosSystem {
    ///       modules = [ { virtualisation.docker.daemon.settings.mtu = 1450; } ];
    ///     };
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nix `src/nix/flake.md`, *Flake format*; nixpkgs `flake.nix`, `nixosSystem`
    "nixos-several-machines", [Hint], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let machines = context.nixos.map(|_| machines(context.text)).unwrap_or_default();
    let [first, others @ ..] = &machines[..] else {
        return;
    };
    if others.is_empty() {
        return;
    }
    let name = first.of(context.text).trim_matches('"');
    let mut diagnostic = Diagnostic::hint(
        ID,
        *first,
        say!("Several parts of this text set up Docker, and `{name}` is the one looked at"),
    )
    .why("Each has settings of its own. The first with settings of the daemon counts here; the others are not checked.")
    .help("To check another, leave only that one in the text.");
    for it in others {
        diagnostic = diagnostic.related(*it, "not looked at");
    }
    found.push(diagnostic);
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn names_the_one_that_is_looked_at() {
        let host = |name: &str, settings: &str| {
            format!("nixosConfigurations.{name} = f {{ modules = [ {{ {settings} }} ]; }};")
        };
        let flake = |hosts: &[String]| format!("{{ outputs = {{ f, ... }}: {{ {} }}; }}", hosts.concat());
        let docker = "virtualisation.docker.daemon.settings.log-driver = \"local\";";
        for (text, expected) in [
            (flake(&[host("a", docker), host("b", docker)]), &["hint a"][..]),
            (flake(&[host("a", "services.x.enable = true;"), host("b", docker)]), &[]),
            (flake(&[host("a", "virtualisation.docker.enable = true;"), host("b", docker)]), &["hint b"]),
            (flake(&[host("a", docker)]), &[]),
        ] {
            assert_flags("29", &text, "nixos-several-machines", expected);
        }
    }
}
