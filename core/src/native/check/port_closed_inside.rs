//! A port that leads to a closed door.

use super::{Context, Diagnostic, Edits, Fix, Found, Nix};
use crate::native::{model::Place, places};

rule! {
    /// A port of the host leads into a container whose own firewall keeps it closed.
    ///
    /// ## Why it matters
    /// A NixOS has a firewall by itself, also in a container: what it does not open nobody reaches from outside.
    ///
    /// ## What to do
    /// Open the port in `config`: `networking.firewall.allowedTCPPorts`, or `openFirewall` of the service.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   networking.nat = {
    ///     enable = true;
    ///     internalInterfaces = [ "ve-+" ];
    ///     externalInterface = "eth0";
    ///   };
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress = "192.168.100.10";
    ///     localAddress = "192.168.100.11";
    ///     forwardPorts = [ { hostPort = 8080; containerPort = 80; } ];
    ///     config = {
    ///       services.nginx.enable = true;
    ///       system.stateVersion = "25.11";
    ///     };
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/services/networking/ssh/sshd.nix`, `openFirewall`, whose default is true, unlike elsewhere;
    /// nixpkgs `nixos/modules/services/networking/firewall.nix`, `networking.firewall.enable`, whose default is true
    "port-closed-inside", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for container in context.containers().filter(|it| it.is_private() == Some(true)) {
        let Some(inside) = container.inside().filter(|it| !it.has_imports && !it.opens_by_itself) else { continue };
        for port in &container.link.ports {
            let (Some(number), protocol) = (port.container, port.protocol.as_str()) else { continue };
            if !matches!(protocol, "tcp" | "udp") || inside.firewall.lets_through(protocol, number) {
                continue;
            }
            let option = if protocol == "tcp" { "allowedTCPPorts" } else { "allowedUDPPorts" };
            let element = Nix::Number(number.to_string());
            let list = inside.firewall.lists.iter().find(|it| it.0 == protocol);
            let edits = match (list, inside.place) {
                (Some((_, list)), _) => places::append(context.text, *list, &[element]),
                (None, Some(place @ (Place::Set(_) | Place::Beside(_)))) => {
                    context.add(Some(place), &["networking.firewall.", option].concat(), Nix::List(vec![element]))
                }
                (None, None) => Edits::NONE,
            };
            found.push(
                Diagnostic::warning(
                    ID,
                    port.span,
                    format!("The firewall inside `{}` keeps port {number} closed", container.name),
                )
                .why("A NixOS has a firewall by itself, also in a container.")
                .help(format!("Write `networking.firewall.{option} = [ {number} ];` into `config`."))
                .fix(Fix::choice(format!("Open port {number} inside"), edits)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn forwarded_ports_are_open_inside() {
        let with = |port: &str, inside: &str| routed(&format!("forwardPorts = [ {port} ]; config = {{ {inside} }};"));
        let port = "{ hostPort = 8080; containerPort = 80; }";
        let closed = [&*["warning ", port].concat()];
        for (port, inside, expected) in [
            (port, "x = 1;", &closed[..]),
            (port, "networking.firewall.allowedTCPPorts = [ 80 ];", &[]),
            (port, "networking.firewall.allowedUDPPorts = [ 80 ];", &closed),
            (port, "networking.firewall.enable = false;", &[]),
            (port, "networking.firewall.allowedTCPPortRanges = [ { from = 1; to = 99; } ];", &[]),
            (port, "services.x.openFirewall = true;", &[]),
            (port, "imports = [ ./x.nix ];", &[]),
            ("{ hostPort = 22; }", "services.openssh.enable = true;", &[]),
            (
                "{ hostPort = 22; }",
                "services.openssh = { enable = true; openFirewall = false; };",
                &["warning { hostPort = 22; }"],
            ),
            (
                "{ hostPort = 22; }",
                "services.openssh = { enable = true; ports = [ 2222 ]; };",
                &["warning { hostPort = 22; }"],
            ),
            ("{ hostPort = 53; protocol = \"udp\"; }", "networking.firewall.allowedUDPPorts = [ 53 ];", &[]),
        ] {
            assert_found(&with(port, inside), ID, expected);
        }
        let after = with(port, "x = 1; networking.firewall.allowedTCPPorts = [ 80 ];");
        assert_first_fix(&with(port, "x = 1;"), ID, "Open port 80 inside", &after);
        let list = |it: &str| with(port, &format!("networking.firewall.allowedTCPPorts = [ {it} ];"));
        assert_first_fix(&list("22"), ID, "Open port 80 inside", &list("22 80"));
    }
}
