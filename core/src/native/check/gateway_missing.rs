//! A container on a bridge that knows no way further, or has no address.

use super::{Context, Diagnostic, Fix, Found, Nix, Shape};

rule! {
    /// A container on a bridge has an address and no gateway, or no address at all.
    ///
    /// ## Why it matters
    /// On a bridge NixOS gives the container its address and nothing else: it reaches its neighbours, and nobody beyond
    /// them. Without an address it asks for none either, as NixOS switches DHCP off in containers.
    ///
    /// ## What to do
    /// Write `networking.defaultGateway` into its `config`, or `networking.interfaces.eth0.useDHCP = true;` in place of an
    /// address.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   networking.bridges.br0.interfaces = [ "eth0" ];
    ///   networking.defaultGateway = "192.168.100.1";
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostBridge = "br0";
    ///     localAddress = "192.168.100.5/24";
    ///     config = {
    ///       services.nginx.enable = true;
    ///       system.stateVersion = "25.11";
    ///     };
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `containerInit`, and `networking.useDHCP = false`
    "gateway-missing", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers().filter(|it| it.shape() == Shape::Bridged && !it.is_open) {
        let Some(inside) = container.inside().filter(|it| !it.has_imports) else { continue };
        let [local, local6] = &container.link.local;
        let Some(bridge) = &container.link.bridge else { continue };
        if local.is_none() && local6.is_none() {
            if !inside.asks_dhcp && !inside.has_address && !inside.has_gateway {
                let edits = context.add(inside.place, "networking.interfaces.eth0.useDHCP", Nix::from(true));
                found.push(
                    Diagnostic::warning(
                        ID,
                        bridge.span,
                        format!("`{}` has no address on the bridge, and asks for none", container.name),
                    )
                    .why("NixOS switches DHCP off in containers, so that none asks for an address by itself.")
                    .help("Write `localAddress`, or `networking.interfaces.eth0.useDHCP = true;` into `config`.")
                    .fix(Fix::choice("Ask for an address by DHCP", edits)),
                );
            }
            continue;
        }
        let has_way = container.link.host.iter().any(Option::is_some) || inside.has_gateway || inside.asks_dhcp;
        let Some(local) = local.as_ref().filter(|_| !has_way) else { continue };
        let gateway = crate::native::missing::gateway(&context.reading.host, container);
        let such_as = gateway.as_ref().map(|it| format!(", such as `{it}`")).unwrap_or_default();
        let fix = gateway.map(|it| {
            let edits = context.add(inside.place, "networking.defaultGateway", Nix::String(it.clone()));
            Fix::choice(format!("Name the gateway {it}"), edits)
        });
        found.push(
            Diagnostic::hint(
                ID,
                local.span,
                format!("`{}` reaches its neighbours on the bridge, and nobody beyond", container.name),
            )
            .why("On a bridge NixOS gives a container its address, and no gateway.")
            .help(format!("Write `networking.defaultGateway` into `config`{such_as}."))
            .fix(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn there_is_a_way_out_of_a_bridge() {
        let with = |host: &str, address: &str, inside: &str| {
            format!(
                "{{ {host} containers.web = {{ privateNetwork = true; hostBridge = \"br0\"; {address} config = {{ {inside} }}; }}; }}"
            )
        };
        let address = "localAddress = \"10.7.0.5/24\";";
        let host = "networking.defaultGateway = \"10.7.0.1\";";
        for (address, inside, expected) in [
            (address, "x = 1;", &["hint \"10.7.0.5/24\""][..]),
            (address, "networking.defaultGateway = \"10.7.0.1\";", &[]),
            (address, "networking.interfaces.eth0.useDHCP = true;", &[]),
            (address, "imports = [ ./x.nix ];", &[]),
            ("", "x = 1;", &["warning \"br0\""]),
            ("", "networking.interfaces.eth0.useDHCP = true;", &[]),
            ("", "networking.interfaces.eth0.ipv4.addresses = [ ];", &[]),
            ("", "networking.useNetworkd = true;", &[]),
        ] {
            assert_found(&with(host, address, inside), ID, expected);
        }
        let after = with(host, address, "x = 1; networking.defaultGateway = \"10.7.0.1\";");
        assert_first_fix(&with(host, address, "x = 1;"), ID, "Name the gateway 10.7.0.1", &after);
        assert_found(
            "{ containers.web = { privateNetwork = true; hostBridge = \"br0\"; config = ./web.nix; }; }",
            ID,
            &[],
        );
    }
}
