//! An address of the host's end, which is plugged into a bridge.

use super::{Context, Diagnostic, Fix, Found, Shape};
use crate::native::places;

rule! {
    /// An address of the host's end beside a bridge.
    ///
    /// ## Why it matters
    /// The host's end of a pair that is plugged into a bridge has no address: the bridge has it. NixOS does not give
    /// `hostAddress` to anything then; inside, the container takes it for its gateway all the same.
    ///
    /// ## What to do
    /// Take it out, give the bridge its address with `networking.interfaces.<bridge>`, and name the gateway in the
    /// container with `networking.defaultGateway`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostBridge = "br0";
    ///     hostAddress = "192.168.100.1";
    ///     localAddress = "192.168.100.5/24";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `networkOptions.hostBridge`, `postStartScript` (only
    /// without `HOST_BRIDGE`) and `containerInit` (`ip route add default via $HOST_ADDRESS`)
    "bridge-with-host-address", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers().filter(|it| it.shape() == Shape::Bridged) {
        let names = ["hostAddress", "hostAddress6"];
        for (name, given) in names.into_iter().zip(&container.link.host) {
            let Some(given) = given else { continue };
            found.push(
                Diagnostic::warning(
                    ID,
                    given.whole,
                    format!("`{name}` of `{}` is given to nothing beside `hostBridge`", container.name),
                )
                .why("The host's end has no address where it is plugged into a bridge. Inside, the container takes this one for its gateway.")
                .help("Take it out, give the bridge its address with `networking.interfaces`, and name the gateway inside with `networking.defaultGateway`.")
                .fix(Fix::choice(format!("Take `{name}` out"), places::remove(context.text, given.whole))),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn a_bridge_has_the_address_itself() {
        let with = |rest: &str| format!("{{\n  containers.web = {{\n    privateNetwork = true;\n{rest}  }};\n}}\n");
        let bridge = "    hostBridge = \"br0\";\n";
        let host = "    hostAddress = \"10.7.0.1\";\n";
        assert_found(&with(&[bridge, host].concat()), ID, &["warning hostAddress = \"10.7.0.1\";"]);
        assert_found(&with(host), ID, &[]);
        assert_found(&with(bridge), ID, &[]);
        assert_first_fix(&with(&[bridge, host].concat()), ID, "Take `hostAddress` out", &with(bridge));
    }
}
