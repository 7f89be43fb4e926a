//! An option that the module does not have.

use super::{Context, Diagnostic, Edits, Fix, Found, ProblemKind, Stage};

rule! {
    /// An option that containers do not have.
    ///
    /// ## Why it matters
    /// nixos-rebuild stops at a name that no module declares, whatever its value. What is about the NixOS inside, such as
    /// `services`, belongs into `config`.
    ///
    /// ## What to do
    /// Correct the spelling, move it into `config`, or take it out. What has no option goes into `extraFlags`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     privateNetworking = true;
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `lib/modules.nix`, `checkUnmatched`
    "option-unknown", [Error], check
}

/// Names of NixOS itself.
const OF_NIXOS: &[&str] = &[
    "boot",
    "environment",
    "fileSystems",
    "hardware",
    "i18n",
    "networking",
    "programs",
    "security",
    "services",
    "system",
    "systemd",
    "time",
    "users",
    "virtualisation",
];

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        let ProblemKind::UnknownOption { name, near } = problem else { continue };
        let shown: String = name.chars().take(40).collect();
        let it = Diagnostic::error(ID, Stage::Evaluation, span, format!("`{shown}` is no option of a container"))
            .why("nixos-rebuild stops at a name that no module declares, whatever its value.");
        found.push(match near {
            _ if OF_NIXOS.contains(&name.as_str()) => it.help("It is about the NixOS inside: move it into `config`."),
            Some(near) => it
                .help(format!("Did you mean `{near}`?"))
                .fix(Fix::choice(format!("Rename to `{near}`"), Edits::replace(span, *near))),
            None => it.help("Take it out. What has no option goes into `extraFlags`, as a flag of systemd-nspawn."),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn options_are_those_of_the_module() {
        let with = |rest: &str| format!("{{ containers.web = {{ {rest} }}; }}");
        for (rest, expected) in [
            ("privateNetworking = true;", &["error privateNetworking"][..]),
            ("services.nginx.enable = true;", &["error services"]),
            ("bindMounts.\"/a\".readOnly = true;", &["error readOnly"]),
            ("forwardPorts = [ { port = 80; } ];", &["error port"]),
            ("extraVeths.lan.bridge = \"br0\";", &["error bridge"]),
            ("autoStart = true; config = { }; restartIfChanged = false;", &[]),
        ] {
            assert_found(&with(rest), ID, expected);
        }
        assert_first_fix(&with("hostAdress = null;"), ID, "Rename to `hostAddress`", &with("hostAddress = null;"));
    }
}
