//! A packet size that no bridge can have.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::settings::Setting;

rule! {
    /// `mtu` is a packet size that the default bridge, or IPv6 on it, cannot have; or
    /// `network-control-plane-mtu` is lower than the daemon allows.
    ///
    /// ## Why it matters
    /// The kernel refuses bridges with packets below 68 or above 65535 bytes. Since 25.0 the daemon sets the size on
    /// the bridge itself and does not start when that fails; before, containers on it did not. Negative sizes are
    /// refused with the file since 23.0. IPv6 needs packets of 1280 bytes. Swarm's own traffic gets at least 500.
    ///
    /// ## What to do
    /// Use the size of the network the host is in, less what a tunnel adds: 1500 for Ethernet, about 1420 for
    /// WireGuard, 1450 for VXLAN.
    ///
    /// ## Example
    /// ```json
    /// { "mtu": 65536 }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `Validate`; `daemon/libnetwork/drivers/bridge/setup_device_linux.go`, `setupMTU`;
    /// `daemon/libnetwork/config/config.go`, `OptionNetworkControlPlaneMTU`; vishvananda/netlink `link_linux.go`,
    /// `LinkSetMTU`; Linux `net/bridge/br_device.c`; RFC 8200
    "mtu-out-of-range", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    if let Some(mtu) = context.settings.integer("mtu") {
        found.extend(of_bridge(context, mtu));
    }
    if let Some(mtu) = context.settings.integer("network-control-plane-mtu")
        && mtu.value < 500
        && mtu.value != 0
    {
        let message = say!("`network-control-plane-mtu` {} is raised to 500", mtu.value);
        found.push(
            Diagnostic::warning(ID, mtu.span, message)
                .why("The daemon allows no smaller packets for swarm's own traffic.")
                .help("Use 500 or more, usually the packet size of the network between the nodes.")
                .fix(Fix::safe("Use 500", context.replace(mtu.span, 500_i64))),
        );
    }
}

fn of_bridge(context: &Context, mtu: Setting<i64>) -> Option<Diagnostic> {
    let size = mtu.value;
    let is_bridge_made = || context.makes_docker0();
    let message = say!("`mtu` {size} is not a packet size that a bridge can have");
    let start = |why| Diagnostic::error(ID, Stage::Start, mtu.span, message.clone()).why(why);
    let warn = |why| Diagnostic::warning(ID, mtu.span, message.clone()).why(why);
    let diagnostic = match size {
        ..0 if context.since(23, 0) => Diagnostic::error(ID, Stage::Load, mtu.span, say!("`mtu` {size} is negative"))
            .why("The daemon refuses the settings."),
        ..0 if is_bridge_made() => start("The Engine cannot make the default bridge with it, and does not start."),
        0 | 1280..=65_535 => return None,
        68..1280 if context.settings.is_true("ipv6") => {
            Diagnostic::warning(ID, mtu.span, say!("`mtu` {size} is too small for IPv6"))
                .why("IPv6 needs packets of 1280 bytes. The kernel switches it off on a bridge that allows fewer.")
        }
        68..1280 => return None,
        _ if !is_bridge_made() => return None,
        _ if size > 65_535 && (68..=65_535).contains(&(size & 0xFFFF_FFFF)) => {
            warn("The Engine hands the kernel its lower 32 bits, and the daemon starts.")
        }
        _ if context.since(25, 0) => {
            start("The kernel refuses it when the Engine sets it on the default bridge. The Engine does not start.")
        }
        _ => {
            warn("The kernel refuses it for the containers' interfaces: containers on the default bridge do not start.")
        }
    };
    Some(
        diagnostic
            .help("Use the packet size of the host's network, less what tunnels add: 1500 for Ethernet, 1450 for VXLAN. The default is 1500.")
            .fix(Fix::choice("Use 1500", context.replace(mtu.span, 1500_i64))),
    )
}

#[cfg(test)]
mod tests {
    use crate::{daemon::check::tests::*, rule::diagnostic::Stage};

    #[test]
    fn the_consequence_depends_on_the_engine() {
        let (load, start, warning) = (Some(Some(Stage::Load)), Some(Some(Stage::Start)), Some(None));
        for (mtu, stages) in [
            // 20.10, 24 and 29.
            (-1_i64, [start, load, load]),
            (0, [None, None, None]),
            (67, [warning, warning, start]),
            (68, [None, None, None]),
            (1500, [None, None, None]),
            (65_535, [None, None, None]),
            (65_536, [warning, warning, start]),
            ((1 << 32) + 1500, [warning, warning, warning]), // taken for 1500
            (1 << 32, [warning, warning, start]),
        ] {
            let text = format!(r#"{{"mtu": {mtu}}}"#);
            for (engine, stage) in ["20.10", "24", "29"].into_iter().zip(stages) {
                let found = diagnose_on(engine.parse().expect("an Engine"), &text, super::ID);
                assert_eq!(found.first().map(|it| it.stage), stage, "{mtu} on {engine}");
            }
        }
        assert_flags("29", r#"{"bridge": "none", "mtu": 9}"#, super::ID, &[]);
        assert_flags("29", r#"{"ipv6": true, "mtu": 1200}"#, super::ID, &["warning 1200"]);
        assert_flags("29", r#"{"network-control-plane-mtu": 400}"#, super::ID, &["warning 400"]);
        assert_flags("29", r#"{"network-control-plane-mtu": 65536}"#, super::ID, &[]);
    }
}
