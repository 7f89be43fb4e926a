//! Addresses and ports of a container that shares the network of the host.

use super::{Context, Diagnostic, Fix, Found, Nix};

rule! {
    /// Addresses, a bridge or ports of a container that has no network of its own.
    ///
    /// ## Why it matters
    /// Without `privateNetwork = true` the container shares the network of the host. NixOS then does nothing with
    /// addresses, bridges and ports, and says nothing either.
    ///
    /// ## What to do
    /// Write `privateNetwork = true;`, or take the options out.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     hostAddress = "192.168.100.10";
    ///     localAddress = "192.168.100.11";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `environment.etc`: `optionalString cfg.privateNetwork`
    "addresses-without-network", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers().filter(|it| it.is_private() == Some(false)) {
        let link = &container.link;
        let mut said: Vec<(&str, super::Span)> = link.addresses().map(|it| (it.0, it.1.whole)).collect();
        said.extend(link.bridge.as_ref().map(|it| ("hostBridge", it.whole)));
        said.extend(link.mac.as_ref().map(|it| ("localMacAddress", it.whole)));
        said.extend(link.ports.first().map(|it| ("forwardPorts", it.span)));
        said.sort_by_key(|it| it.1);
        let Some((_, span)) = said.first() else { continue };
        let names = super::words::listed(said.iter().map(|it| it.0), "and");
        let verb = if said.len() == 1 { "does" } else { "do" };
        let fix = match &container.private_network {
            Some(it) => super::Edits::replace(it.span, "true"),
            None => context.add(container.place, "privateNetwork", Nix::from(true)),
        };
        found.push(
            Diagnostic::warning(ID, *span, format!("{names} of `{}` {verb} nothing without `privateNetwork = true`", container.name))
                .why("The container shares the network of the host: NixOS does nothing with its addresses, bridge and ports, and does not say so.")
                .help("Give it a network of its own, or take them out.")
                .fix(Fix::choice("Write `privateNetwork = true;`", fix)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn addresses_need_a_network() {
        let with = |rest: &str| format!("{{ lib, x, ... }}: {{ containers.web = {{ {rest} }}; }}");
        for (rest, expected) in [
            ("localAddress = \"10.7.0.2\";", &["warning localAddress = \"10.7.0.2\";"][..]),
            ("privateNetwork = false; hostBridge = \"br0\";", &["warning hostBridge = \"br0\";"]),
            ("forwardPorts = [ { hostPort = 80; } ];", &["warning { hostPort = 80; }"]),
            ("privateNetwork = x; localAddress = \"10.7.0.2\";", &[]),
            ("privateNetwork = true; localAddress = \"10.7.0.2\";", &[]),
            ("autoStart = true;", &[]),
        ] {
            assert_found(&with(rest), ID, expected);
        }
        let title = "Write `privateNetwork = true;`";
        let before = "localAddress = \"10.7.0.2\";";
        assert_first_fix(&with(before), ID, title, &with(&[before, " privateNetwork = true;"].concat()));
        let off = |it: &str| with(&format!("privateNetwork = {it}; hostBridge = \"br0\";"));
        assert_first_fix(&off("false"), ID, title, &off("true"));
    }
}
