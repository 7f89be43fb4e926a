//! When does the Engine keep clear by itself?

use crate::{
    Engine,
    daemon::network::{Avoided, Role, pasted::System},
};

pub(super) const SWARM: &str = "Overlay networks get its subnets one after the other, whatever a host is connected to; `docker swarm \
                     init --default-addr-pool` chooses another pool.";

pub(super) const NO_IPV6: &str = "The Engine does not look at IPv6 routes.";

/// Whether the Engine keeps clear of a network when it creates one of its own, and why.
///
/// Source: moby daemon/libnetwork/netutils/utils_linux.go, `InferReservedNetworks`; read at docker-v29.7.2.
pub(super) fn steps_aside(network: &Avoided, engine: Engine) -> (bool, &'static str) {
    let is_seen = network.is_seen_by(engine);
    let why = match network.role {
        Role::Nameserver if is_seen => {
            "The Engine steps aside for a name server that is set when it creates a network; older networks stay."
        }
        _ if is_seen => {
            "The Engine steps aside only when it creates a network while this machine is connected there; networks \
             that exist already stay."
        }
        _ if network.system == System::Other => {
            "The Engine runs in a virtual machine and does not see the routes of this one."
        }
        _ if network.system == System::Elsewhere => {
            "The Engine looks only at the network of its own machine, not at that of another machine or namespace."
        }
        Role::GatewayRoute if network.subnet.is_ipv4() => {
            "Since 20.10.15 the Engine does not look at routes through a gateway, which most office and VPN routes are."
        }
        Role::OtherTableRoute => "The Engine looks at the main routing table only.",
        Role::AllowedIps => {
            "What WireGuard routes is in another routing table or comes up later; the Engine looks at the main table \
             only, and only when it creates a network."
        }
        _ if !network.subnet.is_ipv4() => NO_IPV6,
        _ => {
            "The Engine looks only when it creates a network, and only for networks that the machine is connected to \
             at that moment: not for one that you join later."
        }
    };
    (is_seen, why)
}
