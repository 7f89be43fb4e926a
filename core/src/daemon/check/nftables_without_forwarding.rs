//! The nftables firewall, which leaves IP forwarding to the host.

use super::{Context, Found, voice::Diagnostic};
use crate::daemon::network::Origin;

rule! {
    /// `firewall-backend` is `nftables`, with which the host must have IP forwarding on.
    ///
    /// ## Why it matters
    /// With iptables the daemon switches IP forwarding on by itself. With nftables it leaves that to the host, and does
    /// not start when it is off. What the host does is not in this file.
    ///
    /// ## What to do
    /// Set `net.ipv4.ip_forward` to 1 on the host, and `net.ipv6.conf.all.forwarding` for IPv6; on NixOS by
    /// `boot.kernel.sysctl`. Or set `ip-forward` to false, and the daemon does not check.
    ///
    /// ## Example
    /// ```json
    /// { "firewall-backend": "nftables" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/drivers/bridge/setup_ip_forwarding.go`, `checkIPv4Forwarding`
    "nftables-without-forwarding", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let settings = context.settings;
    let backend = settings.text("firewall-backend").filter(|it| it.value == "nftables");
    let Some(backend) = backend.filter(|_| context.since(29, 0)) else {
        return;
    };
    let is_unchecked = settings.bool("ip-forward").is_some_and(|it| !it.value);
    if is_unchecked || context.plan.docker0.origin == Origin::Disabled {
        return;
    }
    let sysctls = match settings.is_true("ipv6") {
        true => "`net.ipv4.ip_forward` and `net.ipv6.conf.all.forwarding`",
        false => "`net.ipv4.ip_forward`",
    };
    found.push(
        Diagnostic::hint(ID, backend.span, "With nftables IP forwarding must already be on, which is not checked here")
            .why("With nftables the daemon does not switch it on, and does not start when it is off.")
            .help(say!("Set {sysctls} to 1 on the host. With `ip-forward` false the daemon does not check.")),
    );
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn hints_at_forwarding() {
        for (text, expected) in [
            (r#"{"firewall-backend": "nftables"}"#, &[r#"hint "nftables""#][..]),
            (r#"{"firewall-backend": "nftables", "ip-forward": false}"#, &[]),
            (r#"{"firewall-backend": "nftables", "bridge": "none"}"#, &[]),
            (r#"{"firewall-backend": "iptables"}"#, &[]),
        ] {
            assert_flags("29", text, super::ID, expected);
            assert_flags("28", text, super::ID, &[]);
        }
    }
}
