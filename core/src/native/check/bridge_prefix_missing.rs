//! An address on a bridge that says nothing of the network around it.

use super::{Context, Diagnostic, Edits, Fix, Found, Shape};
use crate::native::space::Written;

rule! {
    /// An address on a bridge without the length of its prefix.
    ///
    /// ## Why it matters
    /// The container then has the address alone (/32, /128), no neighbours, and no way to its gateway: it reaches nobody.
    ///
    /// ## What to do
    /// Write the length of the prefix of the network behind the bridge: `192.168.100.5/24`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostBridge = "br0";
    ///     localAddress = "192.168.100.5";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `networkOptions.localAddress`: "this should be given with
    /// netmask to access the whole network"
    "bridge-prefix-missing", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let host = &context.reading.host;
    for container in context.containers().filter(|it| it.shape() == Shape::Bridged) {
        for given in container.link.local.iter().flatten() {
            let written = given.value.as_deref().and_then(Written::read).filter(|it| it.prefix.is_none());
            let Some(Written { address, .. }) = written else { continue };
            let around = host.addresses.iter().find(|it| it.subnet.holds(address)).map(|it| it.subnet.prefix_len());
            let usual = if address.is_ipv4() { 24 } else { 64 };
            let with = format!("{address}/{}", around.unwrap_or(usual));
            let edits = match context.written(given.span).starts_with('"') {
                true => Edits::replace(given.span, format!("\"{with}\"")),
                false => Edits::NONE,
            };
            let title = format!("Use {with}");
            found.push(
                Diagnostic::warning(
                    ID,
                    given.span,
                    format!("{address} of `{}` has no neighbours on the bridge", container.name),
                )
                .why("Without the length of a prefix the container knows no network around it, and reaches nobody.")
                .help(format!("Write the length of the prefix of the network behind the bridge, such as {with}."))
                .fix(match around {
                    Some(_) => Fix::safe(title, edits),
                    None => Fix::choice(title, edits),
                }),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn addresses_on_a_bridge_have_a_prefix() {
        let with = |host: &str, address: &str| {
            format!("{{ {host} containers.web = {{ privateNetwork = true; hostBridge = \"br0\"; {address} }}; }}")
        };
        for (address, expected) in [
            ("localAddress = \"10.7.0.5\";", &["warning \"10.7.0.5\""][..]),
            ("localAddress = \"10.7.0.5/24\"; localAddress6 = \"fd00::5\";", &["warning \"fd00::5\""]),
            ("localAddress = \"10.7.0.5/24\";", &[]),
            ("", &[]),
        ] {
            assert_found(&with("", address), ID, expected);
        }
        let host = "networking.interfaces.br0.ipv4.addresses = [ { address = \"10.7.0.3\"; prefixLength = 16; } ];";
        let after = with(host, "localAddress = \"10.7.0.5/16\";");
        assert_first_fix(&with(host, "localAddress = \"10.7.0.5\";"), ID, "Use 10.7.0.5/16", &after);
    }
}
