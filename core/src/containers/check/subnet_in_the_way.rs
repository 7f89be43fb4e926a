//! A subnet that the machine has to reach.

use std::collections::HashSet;

use super::{Context, Diagnostic, Written};
use crate::{
    address::{Collisions, Subnet},
    daemon::network::Avoided,
};

rule! {
    /// A subnet overlaps a network to keep clear of.
    ///
    /// ## Why it matters
    /// While the network is there, the machine and its containers look in it for these addresses, and do not reach the
    /// machines that really have them: the train's Wi-Fi shows no portal, the VPN no server.
    ///
    /// ## What to do
    /// Choose a subnet that nothing around the machine has.
    ///
    /// ## Example
    /// ```yaml keep-clear=172.18.0.0/16
    /// # With 172.18.0.0/16 among the networks to keep clear of.
    /// services:
    ///   web: { image: "nginx:1.27", networks: [front] }
    /// networks:
    ///   front:
    ///     ipam: { config: [{ subnet: 172.18.7.0/24 }] }
    /// ```
    /// ```sh keep-clear=172.18.0.0/16
    /// # With 172.18.0.0/16 among the networks to keep clear of.
    /// docker network create --subnet 172.18.7.0/24 front
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/drivers/bridge/setup_ipv4_linux.go`, `setupBridgeIPv4`: the bridge gets an address with the
    /// prefix length of the subnet, for which the kernel adds a route (RFC 1812, section 5.2.4.3: the longest match)
    "subnet-in-the-way", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let avoid = &context.networks.avoid;
    let written: Vec<&Written> = context.networks.written.iter().filter(|it| it.is_routed).collect();
    let subnets: Vec<Subnet> = written.iter().map(|it| it.subnet).collect();
    let mut told = HashSet::new();
    for avoid in [avoid.certain(), avoid] {
        for collision in Collisions::between(&subnets, avoid.subnets()).ours {
            let avoided = avoid.networks().get(collision.widest as usize);
            let Some((it, avoided)) = written.get(collision.index as usize).zip(avoided) else { continue };
            if told.insert(collision.index) {
                found.push(tell(context, it, avoided, collision.count));
            }
        }
    }
}

fn tell(context: &Context, it: &Written, avoided: &Avoided, count: u32) -> Diagnostic {
    let other = match avoided.name.as_str() {
        "" => format!("{}, a network to keep clear of", avoided.subnet),
        name => format!("{} of {name}", avoided.subnet),
    };
    let more = match count {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    let message = format!("{} of `{}` overlaps {other}{more}", it.subnet, context.name(it.network));
    let diagnostic = match &avoided.informs {
        Some(why) => Diagnostic::hint(ID, it.span, message).why(why.clone()),
        None => Diagnostic::warning(ID, it.span, message).why(
            "The machine and its containers look for these addresses in this network, and do not reach what really has them.",
        ),
    };
    diagnostic.help(format!("Choose a subnet that nothing around the machine has{}.", context.such_as()))
}
