//! Ports that are opened where no firewall runs.

use super::{Context, Diagnostic, Fix, Found, Nix, Shape};

rule! {
    /// Ports are opened in a container that shares the network of the host.
    ///
    /// ## Why it matters
    /// Without a network of its own the container may not change any, so that its firewall does not start: that of the host
    /// decides, and keeps the ports closed.
    ///
    /// ## What to do
    /// Open the ports on the host: `networking.firewall.allowedTCPPorts`, beside the containers.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web.config = {
    ///     services.nginx.enable = true;
    ///     networking.firewall.allowedTCPPorts = [ 80 ];
    ///     system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// systemd-nspawn(1), *--private-network*: CAP_NET_ADMIN is kept with it alone; nixpkgs
    /// `nixos/modules/services/networking/firewall-iptables.nix`, `ConditionCapability`
    "firewall-of-shared-network", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let host = &context.reading.host.firewall;
    for container in context.containers().filter(|it| it.shape() == Shape::Host) {
        let Some(inside) = container.inside() else { continue };
        let closed: Vec<(&str, u16)> =
            inside.firewall.open.iter().copied().filter(|it| !host.lets_through(it.0, it.1)).collect();
        let Some((protocol, _)) = closed.first() else { continue };
        let span = inside.firewall.lists.iter().find(|it| it.0 == *protocol).map_or(inside.name, |it| it.1);
        let told: Vec<String> = closed.iter().map(|it| it.1.to_string()).collect();
        let ports = super::words::listed(told.iter().map(String::as_str), "and");
        let option = if *protocol == "tcp" { "allowedTCPPorts" } else { "allowedUDPPorts" };
        let path = ["networking.firewall.", option].concat();
        let of_one = closed.iter().filter(|it| it.0 == *protocol).map(|it| Nix::Number(it.1.to_string())).collect();
        // A list that is there already is not written twice.
        let edits = match host.lists.iter().any(|it| it.0 == *protocol) {
            true => super::Edits::NONE,
            false => context.add_to_host(&path, Nix::List(of_one)),
        };
        let noun = if closed.len() == 1 { "port" } else { "ports" };
        found.push(
            Diagnostic::hint(
                ID,
                span,
                format!("The firewall of the host keeps the {noun} {ports} of `{}` closed", container.name),
            )
            .why("The container shares the network of the host, where its own firewall does not start.")
            .help(format!("Open them on the host, with `{path}` beside the containers."))
            .fix(Fix::choice("Open them on the host", edits)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn the_host_decides() {
        let with = |host: &str, rest: &str| {
            format!("{{ {host} containers.web = {{ {rest} config.networking.firewall.allowedTCPPorts = [ 80 ]; }}; }}")
        };
        assert_found(&with("", ""), ID, &["hint [ 80 ]"]);
        assert_found(&with("", "privateNetwork = true;"), ID, &[]);
        assert_found(&with("networking.firewall.allowedTCPPorts = [ 80 ];", ""), ID, &[]);
        assert_found(&with("networking.firewall.enable = false;", ""), ID, &[]);
        let after = "{  containers.web = {  config.networking.firewall.allowedTCPPorts = [ 80 ]; }; networking.firewall.allowedTCPPorts = [ 80 ]; }";
        assert_first_fix(&with("", ""), ID, "Open them on the host", after);
    }
}
