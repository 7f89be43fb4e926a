//! An address that swarm cannot name to other nodes.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::docker::go::{hostport, net};

rule! {
    /// `swarm-default-advertise-addr` is neither an address nor an interface.
    ///
    /// ## Why it matters
    /// The daemon starts, and `docker swarm init` and `docker swarm join` are refused.
    ///
    /// ## What to do
    /// Write an address of this machine without a port, or the name of an interface: `192.0.2.7`, `eth0`.
    ///
    /// ## Example
    /// ```json
    /// { "swarm-default-advertise-addr": "192.0.2.7:2377" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/cluster/listen_addr.go`, `resolveInputIPAddr`
    "swarm-address-malformed", [Warning], check
}

/// The longest name of an interface in Linux, in bytes.
const LONGEST_INTERFACE: usize = 15;

fn check(context: &Context, found: &mut Found) {
    let Some(setting) = context.settings.text("swarm-default-advertise-addr") else {
        return;
    };
    let text = setting.value;
    let address = net::parse_ip(text);
    let (part, message) = if address.is_some_and(|it| it.is_unspecified()) {
        ("", say!("Swarm address `{text}` does not name a particular address"))
    } else if address.is_some() {
        return;
    } else if let Some((host, _)) = hostport::split(text) {
        (host, say!("Swarm address `{text}` has a port"))
    } else if let Some((host, _)) = text.split_once('/') {
        (host, say!("Swarm address {text} has a prefix length"))
    } else if text.len() > LONGEST_INTERFACE || text.contains(char::is_whitespace) {
        ("", say!("Swarm address `{text}` is neither an address nor an interface"))
    } else {
        return; // an interface of that name may be there
    };
    found.push(
        Diagnostic::warning(ID, setting.span, message)
            .why("The daemon starts, and `docker swarm init` and `docker swarm join` are refused.")
            .help("Write an address of this machine alone, or the name of an interface.")
            .explained(|diagnostic| {
                let is_right = net::parse_ip(part).is_some_and(|it| !it.is_unspecified());
                let fix = is_right.then(|| Fix::choice(say!("Use `{part}`"), context.replace(setting.span, part)));
                diagnostic.fix(fix)
            }),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn takes_addresses_and_interfaces() {
        for (address, is_flagged) in [
            ("192.0.2.7", false),
            ("fd00::7", false),
            ("eth0", false),
            ("", false),
            ("192.0.2.7:2377", true),
            ("192.0.2.7/24", true),
            ("0.0.0.0", true),
            ("::", true),
            ("my.host.example.com", true), // longer than an interface's name
        ] {
            let text = format!(r#"{{"swarm-default-advertise-addr": "{address}"}}"#);
            let expected = format!("warning {ID} 33..{}", 35 + address.len());
            let expected = is_flagged.then_some(&*expected);
            assert_found(&text, ID, expected.as_slice());
        }
    }
}
