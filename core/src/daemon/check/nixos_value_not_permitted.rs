//! A string that the option does not take.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::nixos::{Flaw, FlawKind};

rule! {
    /// A driver that the option of NixOS does not take.
    ///
    /// ## Why it matters
    /// `logDriver` and `storageDriver` take the names that NixOS lists, and nixos-rebuild stops at another, though the daemon may
    /// know it: a plugin such as `loki`, or `fuse-overlayfs`.
    ///
    /// ## What to do
    /// Write one of the names, or set the driver in `daemon.settings`, which takes any.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker = {
    ///     enable = true;
    ///     storageDriver = "fuse-overlayfs";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/docker.nix`, `logDriver` and `storageDriver`
    "nixos-value-not-permitted", [Error], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let flaws = context.nixos.map_or(&[][..], |it| &it.flaws);
    for flaw in flaws.iter().filter(|it| matches!(it.kind, FlawKind::NotPermitted { .. })) {
        found.push(tell(context, flaw));
    }
}

fn tell(context: &Context, flaw: &Flaw) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(ID, Stage::Evaluation, flaw.span, flaw.message()).why(flaw.why()).help(flaw.help());
    diagnostic.explained(|mut diagnostic| {
        let FlawKind::NotPermitted { value, choices } = &flaw.kind else {
            return diagnostic;
        };
        if let Some(right) = context.nearest(value, choices.iter().copied()) {
            let fix = Fix::safe(say!("Use `{right}`"), context.rewrite(flaw.span, &say!("\"{right}\"")));
            diagnostic = diagnostic.fix(fix);
        }
        let key = match flaw.path.last().map(String::as_str) {
            Some("logDriver") => "daemon.settings.log-driver",
            _ => "daemon.settings.storage-driver",
        };
        diagnostic.fix(Fix::choice(say!("Set `{key}`"), context.rewrite(flaw.key, key)))
    })
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::{assert_first_fix, assert_flags};

    const ID: &str = "nixos-value-not-permitted";

    #[test]
    fn drivers_are_those_of_the_option() {
        for (text, expected) in [
            ("{ virtualisation.docker.logDriver = \"jsonfile\"; }", &["error \"jsonfile\""][..]),
            ("{ virtualisation.docker.storageDriver = \"vfs\"; }", &["error \"vfs\""]),
            ("{ virtualisation.docker.logDriver = \"json-file\"; }", &[]),
            ("{ virtualisation.docker.daemon.settings.storage-driver = \"vfs\"; }", &[]),
        ] {
            assert_flags("29", text, ID, expected);
        }
        assert_first_fix(
            "{ virtualisation.docker.storageDriver = \"fuse-overlayfs\"; }",
            ID,
            "Set `daemon.settings.storage-driver`",
            "{ virtualisation.docker.daemon.settings.storage-driver = \"fuse-overlayfs\"; }",
        );
    }
}
