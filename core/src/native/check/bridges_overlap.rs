//! Two bridges with the same addresses behind them.

use super::{Context, Diagnostic, Found, Shape, Used};

rule! {
    /// Two networks of the host have addresses in common, of which one is behind a bridge.
    ///
    /// ## Why it matters
    /// The host has two interfaces for the same addresses, and looks for a machine at one of them alone.
    ///
    /// ## What to do
    /// Give each bridge a network of its own, or plug both containers into one bridge.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   networking.bridges = {
    ///     br0.interfaces = [ ];
    ///     br1.interfaces = [ ];
    ///   };
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostBridge = "br0";
    ///     localAddress = "192.168.100.5/24";
    ///     config.system.stateVersion = "25.11";
    ///   };
    ///   containers.mail = {
    ///     privateNetwork = true;
    ///     hostBridge = "br1";
    ///     localAddress = "192.168.100.6/24";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// RFC 1812, section 5.2.4.3: of routes to one address the longest match counts, and one of several that are as long
    "bridges-overlap", [Warning], check
}

/// So many containers are compared with each other.
const MOST: usize = 256;

fn check(context: &Context, found: &mut Found) {
    let bridge = |it: &Used| {
        let links = context.reading.containers.get(it.container)?;
        let of_veths = links.veths.iter().map(|it| &it.2);
        let mut all = [&links.link].into_iter().chain(of_veths);
        let link = all.find(|link| link.local.iter().flatten().any(|given| given.span == it.span))?;
        link.bridge.as_ref()?.value.as_deref()
    };
    // What is the address alone is told by another rule.
    let is_network = |it: &&Used| it.subnet.prefix_len() < it.subnet.address_bits();
    let bridged: Vec<&Used> =
        context.local().filter(|it| it.shape == Shape::Bridged).filter(is_network).take(MOST).collect();
    for (at, it) in bridged.iter().enumerate() {
        let Some(own) = bridge(it) else { continue };
        let is_other =
            |other: &&&Used| other.subnet.overlaps(it.subnet) && bridge(other).is_some_and(|name| name != own);
        if let Some(other) = bridged.iter().take(at).find(is_other) {
            let name = bridge(other).unwrap_or_default();
            found.push(
                Diagnostic::warning(
                    ID,
                    it.span,
                    format!("{} behind `{own}` overlaps {} behind `{name}`", it.subnet, other.subnet),
                )
                .related(other.span, "the other network")
                .why(
                    "The host has two interfaces for the same addresses, and looks for a machine at one of them alone.",
                )
                .help("Give each bridge a network of its own, or plug both containers into one bridge."),
            );
        }
        let lan =
            context.reading.host.addresses.iter().find(|lan| lan.interface != own && lan.subnet.overlaps(it.subnet));
        // The interface of the address may be plugged into the bridge.
        let is_plugged = |interface: &str| {
            let bridges = context.reading.host.bridges.iter().filter(|it| it.name == own);
            bridges.flat_map(|it| it.interfaces.iter().flatten()).any(|it| it == interface)
        };
        if let Some(lan) = lan.filter(|it| !is_plugged(&it.interface)) {
            found.push(
                Diagnostic::warning(
                    ID,
                    it.span,
                    format!("{} behind `{own}` overlaps {} of the host at `{}`", it.subnet, lan.subnet, lan.interface),
                )
                .related(lan.span, "the host's address")
                .why(
                    "The host has two interfaces for the same addresses, and looks for a machine at one of them alone.",
                )
                .help("Give the bridge a network of its own, or plug the interface into it."),
            );
        }
    }
    // A pair of interfaces within a network of the host.
    for it in context.local().filter(|it| it.shape == Shape::Routed) {
        let lan =
            context.reading.host.addresses.iter().find(|lan| lan.subnet.holds(it.address) && lan.address != it.address);
        if let Some(lan) = lan {
            found.push(
                Diagnostic::warning(
                    ID,
                    it.span,
                    format!(
                        "{} of `{}` is in {} of the host at `{}`",
                        it.address,
                        context.name(it.container),
                        lan.subnet,
                        lan.interface
                    ),
                )
                .related(lan.span, "the host's address")
                .why("Machines in that network look for the address among themselves, and do not find the container.")
                .help(format!(
                    "Use an address outside of it{}, or plug the container into a bridge.",
                    context.such_as()
                ))
                .fix(context.other_pair(it)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn each_bridge_has_a_network_of_its_own() {
        let on = |name: &str, bridge: &str, address: &str| {
            format!(
                "containers.{name} = {{ privateNetwork = true; hostBridge = \"{bridge}\"; localAddress = \"{address}\"; }};"
            )
        };
        let lan = |interface: &str| {
            format!(
                "networking.interfaces.{interface}.ipv4.addresses = [ {{ address = \"10.7.0.1\"; prefixLength = 24; }} ];"
            )
        };
        let plugged = "networking.bridges.br0.interfaces = [ \"eth0\" ];".to_owned();
        let pair = "containers.a = { privateNetwork = true; localAddress = \"10.7.0.9\"; };".to_owned();
        for (parts, expected) in [
            ([on("a", "br0", "10.7.0.5/24"), on("b", "br1", "10.7.0.6/24")], &["warning \"10.7.0.6/24\""][..]),
            ([on("a", "br0", "10.7.0.5/24"), on("b", "br0", "10.7.0.6/24")], &[]),
            ([on("a", "br0", "10.7.0.5/24"), on("b", "br1", "10.7.1.6/24")], &[]),
            ([on("a", "br0", "10.7.0.5/24"), lan("eth0")], &["warning \"10.7.0.5/24\""]),
            ([on("a", "br0", "10.7.0.5/24"), lan("br0")], &[]),
            ([[on("a", "br0", "10.7.0.5/24"), plugged].concat(), lan("eth0")], &[]),
            ([pair, lan("eth0")], &["warning \"10.7.0.9\""]),
        ] {
            assert_found(&format!("{{ {} }}", parts.concat()), ID, expected);
        }
    }
}
