//! An address with a prefix, where no network is around it.

use super::{Context, Diagnostic, Edits, Fix, Found, Shape, Stage};
use crate::native::space::Written;

rule! {
    /// An address of a pair of interfaces has the length of a prefix.
    ///
    /// ## Why it matters
    /// Without a bridge NixOS makes a route from each end to the address of the other. `ip` takes no route to an address
    /// with the prefix of a network around it, and the container does not start.
    ///
    /// ## What to do
    /// Write the address alone. Addresses on a bridge have the length of their prefix.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress = "192.168.100.10/24";
    ///     localAddress = "192.168.100.11/24";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `postStartScript` (`ip route add <localAddress>`) and
    /// `containerInit` (`ip route add $HOST_ADDRESS`); iproute2: "Invalid prefix for given prefix length"
    "prefix-on-veth", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers().filter(|it| it.shape() == Shape::Routed) {
        for (option, given) in container.link.addresses() {
            let written = given.value.as_deref().and_then(Written::read);
            let Some(Written { address, prefix: Some(prefix) }) = written else { continue };
            let whole = if address.is_ipv4() { 32 } else { 128 };
            if prefix == whole {
                continue;
            }
            // The end of the container alone does not keep it from starting where the host has none.
            let edits = match context.written(given.span).starts_with('"') {
                true => Edits::replace(given.span, format!("\"{address}\"")),
                false => Edits::NONE,
            };
            found.push(
                Diagnostic::error(ID, Stage::Run, given.span, format!("`{option}` of `{}` has the prefix of a network, and there is no bridge", container.name))
                    .why("Each end gets a route to the address of the other, which `ip` refuses with such a prefix; the container does not start.")
                    .help(format!("Write {address} alone, or name a bridge with `hostBridge`."))
                    .fix(Fix::choice(format!("Write {address} alone"), edits)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn pairs_have_addresses_alone() {
        let with = |rest: &str| format!("{{ containers.web = {{ privateNetwork = true; {rest} }}; }}");
        for (rest, expected) in [
            ("localAddress = \"10.7.0.2/24\";", &["error \"10.7.0.2/24\""][..]),
            ("hostAddress = \"10.7.0.1/24\"; localAddress = \"10.7.0.2\";", &["error \"10.7.0.1/24\""]),
            ("localAddress6 = \"fd00::2/64\";", &["error \"fd00::2/64\""]),
            ("localAddress = \"10.7.0.2/32\";", &[]),
            ("hostBridge = \"br0\"; localAddress = \"10.7.0.2/24\";", &[]),
        ] {
            assert_found(&with(rest), ID, expected);
        }
        let after = with("localAddress = \"10.7.0.2\";");
        assert_first_fix(&with("localAddress = \"10.7.0.2/24\";"), ID, "Write 10.7.0.2 alone", &after);
    }
}
