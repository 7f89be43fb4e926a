//! The nftables firewall on a node of a swarm.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `firewall-backend` is `nftables` on a node of a swarm.
    ///
    /// ## Why it matters
    /// Swarm's networks rely on iptables. The daemon does not start as a node of a swarm with nftables; outside a swarm
    /// it refuses to create or join one.
    ///
    /// ## What to do
    /// Use iptables. Since 29.6 `swarm-nftables` in `features` lets swarm use nftables as well.
    ///
    /// ## Example
    /// ```json swarm
    /// { "firewall-backend": "nftables" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config_linux.go`, `IsSwarmCompatible`; `daemon/cluster/cluster.go`, `newNodeRunner`
    "nftables-in-swarm", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let settings = context.settings;
    let backend = settings.text("firewall-backend").filter(|it| it.value == "nftables");
    let Some(backend) = backend.filter(|_| context.since(29, 0) && context.host().swarm) else {
        return;
    };
    let is_firewall_off = settings.bool("iptables").is_some_and(|it| !it.value);
    let is_ready = context.since(29, 6) && settings.is_true("features.swarm-nftables");
    if is_firewall_off || is_ready {
        return;
    }
    found.push(
        Diagnostic::error(ID, Stage::Start, backend.span, "A node of a swarm cannot use nftables")
            .why("Swarm's networks rely on iptables. The daemon does not start as a node of a swarm.")
            .help(match context.since(29, 6) {
                true => "Use iptables, or set `swarm-nftables` in `features` to true.",
                false => "Use iptables, the default.",
            })
            .fix(Fix::choice("Remove `firewall-backend`", context.remove(backend.span))),
    );
}

#[cfg(test)]
mod tests {
    use crate::{Request, analyze, docker::host::Host};

    #[test]
    fn a_swarm_needs_iptables() {
        for (text, engine, swarm, is_error) in [
            (r#"{"firewall-backend": "nftables"}"#, "29.7", true, true),
            (r#"{"firewall-backend": "nftables"}"#, "29.7", false, false),
            (r#"{"firewall-backend": "nftables", "iptables": false}"#, "29.7", true, false),
            (r#"{"firewall-backend": "nftables", "features": {"swarm-nftables": true}}"#, "29.7", true, false),
            (r#"{"firewall-backend": "nftables", "features": {"swarm-nftables": true}}"#, "29.5", true, true),
        ] {
            let report = analyze(&Request {
                text: text.to_owned(),
                engine: engine.parse().expect("an Engine"),
                host: Host { swarm, ..Host::default() },
                ..Request::default()
            });
            let is_found = report.diagnostics.iter().any(|it| it.rule == super::ID);
            assert_eq!(is_found, is_error, "{text} on {engine}");
        }
    }
}
