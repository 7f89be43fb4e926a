//! A port of the host that leads nowhere, as the host forwards nothing.

use super::{Context, Diagnostic, Edits, Fix, Found, Shape};
use crate::native::places;

rule! {
    /// A port of the host leads into a container, and nothing lets the host forward.
    ///
    /// ## Why it matters
    /// systemd-nspawn changes the destination of what comes to the port. Whether the host then hands it on is for the
    /// kernel, which does so only where forwarding is on: `networking.nat.enable` switches it on, `forwardPorts` of a
    /// container does not. Only the host itself reaches the port.
    ///
    /// ## What to do
    /// Switch on `networking.nat`, which also lets the container out.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress = "192.168.100.10";
    ///     localAddress = "192.168.100.11";
    ///     forwardPorts = [ { hostPort = 8080; containerPort = 80; } ];
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/services/networking/nat.nix` (`net.ipv4.conf.all.forwarding`); systemd
    /// `src/nspawn/nspawn-expose-ports.c`, `expose_port_execute`
    "port-not-routed", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let host = &context.reading.host;
    let is_on = host.nat.enable.as_ref().is_some_and(|it| it.value != Some(false));
    let forwards = ["ip_forward", "forwarding", "IPForward", "IPv4Forwarding"];
    // Docker switches forwarding on, too.
    let by_others = host.docker.enabled.is_some()
        || host.has_own_rules
        || host.has_networkd
        || host.nat.is_open
        || forwards.iter().any(|it| context.text.contains(it));
    if is_on || by_others {
        return;
    }
    for container in context.containers().filter(|it| it.shape() == Shape::Routed) {
        let Some(port) = container.link.ports.first() else { continue };
        let edits = match &host.nat.enable {
            Some(it) => Edits::replace(it.span, "true"),
            None => {
                let bindings = crate::native::missing::nat(host, context.choices);
                let around = context.reading.around.as_ref();
                around.map_or(Edits::NONE, |it| places::add_around(context.text, it, &bindings))
            }
        };
        let number = port.host.map_or_else(|| "The port".to_owned(), |it| format!("Port {it}"));
        found.push(
            Diagnostic::warning(ID, port.span, format!("{number} leads into `{}`, and nothing lets the host forward", container.name))
                .why("systemd-nspawn changes where packets go, and the kernel hands none on while forwarding is off. Only the host itself reaches the port.")
                .help("Switch on `networking.nat`, which also lets the container out.")
                .fix(Fix::choice("Switch on NAT", edits)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn the_host_forwards() {
        let with =
            |host: &str| routed("forwardPorts = [ { hostPort = 80; } ];").replacen("{ ", &format!("{{ {host} "), 1);
        assert_found(&with(""), ID, &["warning { hostPort = 80; }"]);
        assert_found(&with("networking.nat.enable = true;"), ID, &[]);
        assert_found(&with("virtualisation.docker.enable = true;"), ID, &[]);
        assert_found(&with("boot.kernel.sysctl.\"net.ipv4.ip_forward\" = 1;"), ID, &[]);
        let found = diagnose_all(&with(""));
        let fix = &found.iter().find(|it| it.rule == ID).expect("a finding").fixes[0];
        let after = fix.edits.apply(&with(""));
        assert_found(&after, ID, &[]);
        assert_found(&after, "nat-missing", &[]);
        assert!(after.contains("internalInterfaces = [ \"ve-+\" ];"), "{after}");
    }
}
