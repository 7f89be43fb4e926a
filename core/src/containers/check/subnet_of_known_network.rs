//! A subnet that people come across elsewhere.

use super::{Context, Diagnostic};
use crate::{
    address::{Collisions, KnownNetwork, Subnet, known::Weight},
    daemon::network::overlapping,
};

rule! {
    /// A subnet is also that of a network that many machines come across: a hotspot, a VPN, a router at home.
    ///
    /// ## Why it matters
    /// A machine that is taken there does not reach it while this network is there. On a machine that stays where it is, it
    /// does not matter.
    ///
    /// ## What to do
    /// Where the machine may meet it, choose a subnet that is less common.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web: { image: "nginx:1.27", networks: [front] }
    /// networks:
    ///   front:
    ///     ipam: { config: [{ subnet: 192.168.178.0/24 }] }
    /// ```
    /// ```sh
    /// docker network create --subnet 192.168.178.0/24 front
    /// ```
    ///
    /// ## Source
    /// The list of known networks, `core/data/known-networks.json`, has a source for each
    "subnet-of-known-network", [Hint], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let networks = context.networks;
    let alarms = networks.known.iter().filter(|it| it.weight() == Weight::Alarms);
    let mut known: Vec<(Subnet, &KnownNetwork)> = Vec::new();
    for it in alarms {
        known.extend(it.subnets.iter().map(|subnet| (*subnet, it)));
    }
    // What the machine must reach, what is refused, and what is of the pools, is told by other rules.
    let is_told = |it: Subnet| networks.meets_bridge(it) || !overlapping(networks.avoid.merged(), it).is_empty();
    let written: Vec<_> = networks.written.iter().filter(|it| it.is_routed && !is_told(it.subnet)).collect();
    let subnets: Vec<Subnet> = written.iter().map(|it| it.subnet).collect();
    let blocks: Vec<Subnet> = known.iter().map(|it| it.0).collect();
    for collision in Collisions::between(&subnets, &blocks).ours {
        let Some(it) = written.get(collision.index as usize) else { continue };
        // The nearest says the most.
        let near = known.iter().filter(|known| known.0.overlaps(it.subnet));
        let Some((subnet, first)) = near.max_by_key(|it| it.0.prefix_len()) else { continue };
        let more = match collision.count {
            1 => String::new(),
            count => format!(", and {} more known networks", count - 1),
        };
        let name = context.name(it.network);
        found.push(
            Diagnostic::hint(
                ID,
                it.span,
                format!("{} of `{name}` overlaps {subnet} of {}{more}", it.subnet, first.name),
            )
            .why(
                ["A machine that comes there does not reach it while this network is there. ", &first.note]
                    .concat()
                    .trim()
                    .to_owned(),
            )
            .help(format!("Where the machine may meet it, choose a subnet that is less common{}.", context.such_as())),
        );
    }
}
