//! A port of the host that leads two ways.

use std::collections::HashMap;

use super::{Context, Diagnostic, Found, Span};

rule! {
    /// Two containers want the same port of the host.
    ///
    /// ## Why it matters
    /// Both start. What comes to the port goes to one of them, mostly to the one that started first.
    ///
    /// ## What to do
    /// Give each a port of its own.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   networking.nat.enable = true;
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress = "192.168.100.10";
    ///     localAddress = "192.168.100.11";
    ///     forwardPorts = [ { hostPort = 8080; containerPort = 80; } ];
    ///     config.system.stateVersion = "25.11";
    ///   };
    ///   containers.mail = {
    ///     privateNetwork = true;
    ///     hostAddress = "192.168.100.10";
    ///     localAddress = "192.168.100.12";
    ///     forwardPorts = [ { hostPort = 8080; containerPort = 80; } ];
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// systemd `src/nspawn/nspawn-expose-ports.c`, `expose_port_execute`: a rule of the firewall each
    "port-taken", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let mut first: HashMap<(u16, &str), (Span, &str)> = HashMap::new();
    for container in context.containers().filter(|it| it.is_private() == Some(true)) {
        let links = [&container.link].into_iter().chain(container.veths.iter().map(|it| &it.2));
        for port in links.flat_map(|it| &it.ports) {
            let Some(number) = port.host else { continue };
            match first.get(&(number, port.protocol.as_str())) {
                None => {
                    first.insert((number, &port.protocol), (port.span, &container.name));
                }
                Some((span, other)) => {
                    let message = match *other == container.name {
                        true => format!("Port {number} of the host leads into `{other}` twice"),
                        false => {
                            format!("Port {number} of the host leads into `{other}`, and into `{}`", container.name)
                        }
                    };
                    found.push(
                        Diagnostic::warning(ID, port.span, message)
                            .related(*span, "the other one")
                            .why("What comes to the port goes to one of the two, mostly to the one that started first.")
                            .help("Give each a port of its own."),
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn a_port_leads_one_way() {
        let two = |a: &str, b: &str| {
            let with = |name: &str, port: &str| {
                format!("containers.{name} = {{ privateNetwork = true; forwardPorts = [ {port} ]; }};")
            };
            format!("{{ {} {} }}", with("a", a), with("b", b))
        };
        let port = |it: &str| format!("{{ hostPort = {it}; }}");
        assert_found(&two(&port("80"), &port("80")), ID, &["warning { hostPort = 80; }"]);
        assert_found(&two(&port("80"), &port("81")), ID, &[]);
        assert_found(&two(&port("53"), "{ hostPort = 53; protocol = \"udp\"; }"), ID, &[]);
    }
}
