//! A port of the host that the host itself does not find where people look.

use super::{Context, Diagnostic, Found};

rule! {
    /// A port of the host leads into a container, and not at 127.0.0.1.
    ///
    /// ## Why it matters
    /// systemd-nspawn forwards what comes to an address of the host. It leaves out 127.0.0.1 and `localhost`, where people
    /// look first, and where a proxy on the host is often told to look.
    ///
    /// ## What to do
    /// On the host, use the container's own address: `curl http://192.168.100.11`, or the name `<container>.containers`,
    /// which NixOS writes into `/etc/hosts`.
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
    /// systemd-nspawn(1), *--port*; systemd issue 6106
    "port-not-on-loopback", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    // Once is enough.
    let mut with_ports = context.containers().filter(|it| it.is_private() == Some(true) && !it.link.ports.is_empty());
    let Some(container) = with_ports.next() else { return };
    let Some((port, number)) = container.link.ports.iter().find_map(|it| Some((it, it.host?))) else { return };
    let name = &container.name;
    let inner = port.container.unwrap_or(number);
    let address = context.local().find(|it| context.name(it.container) == name && it.address.is_ipv4());
    let at = address.map_or_else(
        || format!("`{name}.containers:{inner}`"),
        |it| format!("{}:{inner}, or `{name}.containers:{inner}`", it.address),
    );
    found.push(
        Diagnostic::hint(
            ID,
            port.span,
            format!("Port {number} leads into `{name}` at the addresses of the host, not at 127.0.0.1"),
        )
        .why("systemd-nspawn leaves out loopback addresses when it forwards a port.")
        .help(format!("On the host itself, use {at}.")),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn it_is_said_once_where_to_look() {
        let ports = "forwardPorts = [ { hostPort = 8080; } { hostPort = 8081; } ];";
        assert_found(&routed(ports), ID, &["hint { hostPort = 8080; }"]);
        assert_found(&routed(""), ID, &[]);
        let found = diagnose_all(&routed(ports));
        let help = &found.iter().find(|it| it.rule == ID).expect("a finding").help;
        assert_eq!(help, "On the host itself, use 10.7.0.2:8080, or `web.containers:8080`.");
    }
}
