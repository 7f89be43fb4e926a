//! A text that is no address of its family.

use super::{Context, Diagnostic, Found, Stage};
use crate::native::space::Written;

rule! {
    /// A text that is no address of the family that the option takes.
    ///
    /// ## Why it matters
    /// The option is a string, which NixOS hands to `ip` when the container starts. That refuses it, and the container does
    /// not start.
    ///
    /// ## What to do
    /// Write an IPv4 address into `hostAddress` and `localAddress`, and an IPv6 address into `hostAddress6` and
    /// `localAddress6`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress = "192.168.100";
    ///     localAddress = "192.168.100.11";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `containerInit`, `postStartScript`
    "address-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers() {
        let links = [&container.link].into_iter().chain(container.veths.iter().map(|it| &it.2));
        for (option, given) in links.flat_map(|it| it.addresses()) {
            let Some(text) = given.value.as_deref() else { continue };
            let wants_ipv6 = option.ends_with('6');
            let family = if wants_ipv6 { "IPv6" } else { "IPv4" };
            let is_right = Written::read(text).is_some_and(|it| it.address.is_ipv4() != wants_ipv6);
            if is_right {
                continue;
            }
            let such_as = if wants_ipv6 { "fd5e:1c0a:b2f3::2" } else { "192.168.100.11" };
            found.push(
                Diagnostic::error(
                    ID,
                    Stage::Run,
                    given.span,
                    format!("`{option}` of `{}` is no {family} address", container.name),
                )
                .why("It is handed to `ip` when the container starts. That refuses it, and the container does not start.")
                .help(format!("Write an {family} address, such as {such_as}.")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn addresses_are_of_their_family() {
        let with = |option: &str| format!("{{ containers.web = {{ privateNetwork = true; {option} }}; }}");
        for (option, expected) in [
            ("hostAddress = \"10.0.0.256\";", &["error \"10.0.0.256\""][..]),
            ("hostAddress = \"fd00::1\";", &["error \"fd00::1\""]),
            ("localAddress6 = \"10.0.0.1\";", &["error \"10.0.0.1\""]),
            ("localAddress = \"10.0.0.1/33\";", &["error \"10.0.0.1/33\""]),
            ("localAddress = \"10.0.0.1/24\"; localAddress6 = \"fd00::1/64\";", &[]),
            ("localAddress = \"${x}.1\";", &[]),
            ("extraVeths.lan.localAddress = \"lan\";", &["error \"lan\""]),
        ] {
            assert_found(&with(option), ID, expected);
        }
    }
}
