//! A value that the option does not take.

use super::{Context, Diagnostic, Edits, Fix, Found, ProblemKind, Stage};

rule! {
    /// A value that the option does not take.
    ///
    /// ## Why it matters
    /// The option is declared with a type, and nixos-rebuild stops at a value of another: a port is a number, an address a
    /// string.
    ///
    /// ## What to do
    /// Write the value as the option takes it.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     autoStart = "yes";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `options.containers`
    "option-of-wrong-kind", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (problem, span) in context.problems() {
        let ProblemKind::WrongKind { option, wanted, found: given } = problem else { continue };
        let written = context.written(span);
        let bare = written.trim_matches('"');
        let is_number = !bare.is_empty() && bare.bytes().all(|it| it.is_ascii_digit());
        let message = match (wanted.starts_with("a port"), *given) {
            (true, "a whole number") => format!("`{option}` takes {wanted}, not {written}"),
            _ => format!("`{option}` takes {wanted}, not {given}"),
        };
        let it = Diagnostic::error(ID, Stage::Evaluation, span, message)
            .why("The option is declared with a type, and nixos-rebuild stops at a value of another.");
        let meant = match bare.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" if wanted.starts_with("`true`") => Some("true".to_owned()),
            "false" | "no" | "off" if wanted.starts_with("`true`") => Some("false".to_owned()),
            _ if wanted.starts_with("a port") && is_number && bare.parse::<u16>().is_ok() => Some(bare.to_owned()),
            _ if wanted.starts_with("a list of strings") && written.starts_with('"') => Some(format!("[ {written} ]")),
            _ if wanted.starts_with("a list of sets") && written.starts_with('{') => Some(format!("[ {written} ]")),
            _ => None,
        };
        found.push(match meant {
            Some(meant) if !written.is_empty() => it.help(format!("Write {wanted}.")).fix(Fix::choice(
                format!("Write `{}`", meant.chars().take(30).collect::<String>()),
                Edits::replace(span, meant),
            )),
            _ => it.help(format!("Write {wanted}.")),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn values_are_of_their_types() {
        let with = |rest: &str| format!("{{ containers.web = {{ {rest} }}; }}");
        for (rest, expected) in [
            ("autoStart = \"yes\";", &["error \"yes\""][..]),
            ("forwardPorts = [ { hostPort = \"80\"; } ];", &["error \"80\""]),
            ("forwardPorts = [ { hostPort = 70000; } ];", &["error 70000"]),
            ("forwardPorts = [ 80 ];", &["error 80"]),
            ("forwardPorts = { hostPort = 80; };", &["error { hostPort = 80; }"]),
            ("bindMounts = [ \"/a\" ];", &["error [ \"/a\" ]"]),
            ("bindMounts.\"/a\" = \"/b\";", &["error \"/b\""]),
            ("localAddress = 10;", &["error 10"]),
            ("macvlans = \"eth0\";", &["error \"eth0\""]),
            ("privateUsers = \"yes\";", &["error \"yes\""]),
            ("privateUsers = 65536; hostBridge = null; timeoutStartSec = \"2min\";", &[]),
            ("privateUsers = \"pick\"; path = ./x; nixpkgs = <nixpkgs>; networkNamespace = /run/netns/a;", &[]),
            ("allowedDevices = [ { node = \"/dev/fuse\"; modifier = 7; } ];", &["error 7"]),
        ] {
            assert_found(&with(rest), ID, expected);
        }
        assert_found("{ containers.web = true; }", ID, &["error true"]);
        assert_first_fix(&with("autoStart = \"yes\";"), ID, "Write `true`", &with("autoStart = true;"));
        assert_first_fix(&with("macvlans = \"eth0\";"), ID, "Write `[ \"eth0\" ]`", &with("macvlans = [ \"eth0\" ];"));
    }
}
