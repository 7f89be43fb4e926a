//! A DNS server that is the container itself.

use super::{Context, Found, voice::Diagnostic};
use crate::docker::go::net::parse_ip;

rule! {
    /// An entry of `dns` is a loopback address.
    ///
    /// ## Why it matters
    /// Containers ask the server from their own network namespace, where 127.0.0.53 or ::1 is the container itself.
    /// Nothing answers there, and no name is resolved. The daemon does not check it.
    ///
    /// ## What to do
    /// Name the server that the local one forwards to, or let the local one listen on the address of docker0 and
    /// name that. Without `dns` the daemon takes the host's servers; loopback ones it asks from the host itself, or
    /// leaves out.
    ///
    /// ## Example
    /// ```json
    /// { "dns": ["127.0.0.53"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/internal/resolvconf/resolvconf.go`, `TransformForIntNS`: only servers from the host's
    /// own file are asked from the host
    "dns-loopback", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for server in context.settings.texts("dns") {
        if parse_ip(server.value).is_some_and(|it| it.is_loopback()) {
            let message = say!("DNS server {} is the container itself", server.value);
            found.push(
                Diagnostic::warning(ID, server.span, message)
                    .why("Containers ask it from their own network namespace, where nothing listens on a loopback address.")
                    .help("Name the server it forwards to, or an address of the host that containers reach, such as that of docker0."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_loopback_addresses() {
        for (server, is_flagged) in [
            ("127.0.0.53", true),
            ("127.1.2.3", true),
            ("::1", true),
            ("::ffff:127.0.0.1", true),
            ("1.1.1.1", false),
            ("nonsense", false),
        ] {
            let text = format!(r#"{{"dns": ["{server}"]}}"#);
            let flagged = format!(r#"warning "{server}""#);
            let expected: &[&str] = if is_flagged { &[&flagged] } else { &[] };
            assert_flags("29", &text, super::ID, expected);
        }
    }
}
