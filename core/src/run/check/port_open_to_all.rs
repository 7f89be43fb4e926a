//! A port published to every address of the machine.

use super::{Context, Found};
use crate::{
    rule::diagnostic::{Diagnostic, Fix},
    text::{Edits, Span},
};

rule! {
    /// A port published to every address of the machine.
    ///
    /// ## Why it matters
    /// Docker writes rules of its own before those of `networking.firewall`: a published port is reachable from every
    /// network, even where the firewall opens none.
    ///
    /// ## What to do
    /// Bind it to `127.0.0.1` where only this machine, or a proxy on it, is to reach it.
    ///
    /// ## Example
    /// ```sh
    /// docker run -p 8080:80 nginx:1.27
    /// ```
    ///
    /// ## Source
    /// Docker documentation, *Packet filtering and firewalls*; moby
    /// `daemon/libnetwork/drivers/bridge/internal/iptabler`
    "port-open-to-all", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, run) in context.runs() {
        let open = container.ports.iter().filter(|it| matches!(it.value.host_address.as_str(), "" | "0.0.0.0" | "::"));
        for port in open {
            let written = context.written(port.span);
            let colons = written.matches(':').count();
            let (first, last) = port.value.host.unwrap_or_default();
            let which = match port.value.host {
                None => "A free port of the host".to_owned(),
                Some(_) if first == last => format!("Port {first}"),
                Some(_) => format!("Ports {first} to {last}"),
            };
            let is_are = if first == last { "is" } else { "are" };
            let prefix = if colons == 0 { "127.0.0.1::" } else { "127.0.0.1:" };
            let is_plain =
                port.value.host_address.is_empty() && colons < 2 && !written.contains('=') && !written.starts_with(':');
            let fix = is_plain
                .then(|| Fix::choice("Bind it to 127.0.0.1", Edits::replace(Span::empty(port.span.start), prefix)));
            let why = match context.is_podman(run) {
                true => "Podman forwards it before the rules of `networking.firewall` see it.",
                false => {
                    "Docker's rules come before those of `networking.firewall`, so that no firewall of NixOS holds it back."
                }
            };
            found.push(
                Diagnostic::hint(ID, port.span, format!("{which} {is_are} open to every network of the machine"))
                    .why(why)
                    .help("Bind it to `127.0.0.1` where only this machine is to reach it.")
                    .fix(fix),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_open_ports() {
        for (text, expected) in [
            ("docker run -p 8080:80 x:1", &["hint 8080:80"][..]),
            ("docker run -p 80 x:1", &["hint 80"]),
            ("docker run -p 0.0.0.0:8080:80 x:1", &["hint 0.0.0.0:8080:80"]),
            ("docker run -p 127.0.0.1:8080:80 x:1", &[]),
            ("docker run -p 192.168.1.2:8080:80 x:1", &[]),
        ] {
            assert_found(text, ID, expected);
        }
        assert_fixed("docker run -p8080:80 x:1", ID, "docker run -p127.0.0.1:8080:80 x:1");
        assert_fixed("docker run -p 80 x:1", ID, "docker run -p 127.0.0.1::80 x:1");
    }
}
