//! Which networks does a pasted text name: a list, a routing table, a VPN's settings?
//!
//! Every line is judged on its own and none is dropped in silence: a line is read, ignored for a reason, or not
//! understood, and then the result is not complete.

mod addresses;
mod command;
mod docker;
mod interfaces;
mod list;
mod objects;
mod program;
mod reader;
mod row;
mod settings;
mod tables;

pub use docker::GATEWAY_BRIDGE;

use std::fmt;

use super::{AddressPlan, AddressPool};
use crate::{
    Engine,
    address::Subnet,
    document::{Change, Step, Value},
    text::Span,
};

/// The commands that list a machine's networks, by system.
pub const COMMANDS: [(&str, &str); 4] = [
    ("Linux", "ip route; ip -6 route; cat /etc/resolv.conf"),
    ("macOS", "netstat -rn"),
    ("Windows", "route print"),
    ("Docker", "docker network inspect $(docker network ls -q)"),
];

/// What was read from a pasted text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pasted {
    /// The lines, in order; their spans tile the text.
    pub lines: Vec<Line>,
    /// Every network found, in the order of the text; a network can occur many times.
    pub networks: Vec<Found>,
    /// The address pools that a daemon says it has.
    pub pools: Vec<AddressPool>,
}

/// A line of a pasted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes, the line break included.
    pub span: Span,
    /// What it was taken for.
    pub notation: Notation,
    /// How it was read.
    pub judgement: Judgement,
}

/// How a line was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It names networks: those of [`Pasted::networks`] with its index.
    Networks,
    /// It names none that matters, for a reason.
    Ignored(Ignored),
    /// It could not be read, and may name networks that are missed.
    NotUnderstood(NotUnderstood),
}

/// Why a line is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// Nothing but white space.
    Empty,
    /// A comment.
    Comment,
    /// A command and its prompt.
    Command,
    /// A heading of a table or a block.
    Heading,
    /// Part of a table or a block, without a network in it.
    Detail,
    /// A default route, or half of one as VPNs install it: it leads everywhere.
    DefaultRoute,
    /// Addresses of the machine itself.
    Loopback,
    /// Addresses that mean something on one link only.
    LinkLocal,
    /// A multicast group or a broadcast address.
    Multicast,
    /// A neighbour or an own address, in a network that has its own line.
    Neighbour,
    /// A block that a daemon cuts its own networks from.
    DaemonPool,
    /// Something the daemon said.
    DaemonMessage,
}

/// Why a line is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotUnderstood {
    /// Nothing in it looks like an address.
    NoAddress,
    /// Something looks like an address but is not one: `10.0.0.0/33`.
    Address,
    /// A mask whose ones are not all at its start, or a mask that stands alone.
    Mask,
    /// The first address of a network whose prefix length is missing: `10.20.0.0`.
    NoLength,
    /// A range whose end lies before its start, or of mixed families.
    Range,
    /// The JSON breaks off, or has a mistake.
    Json,
    /// A Docker network whose subnets are not told.
    DockerNetwork,
    /// A table with names in place of addresses.
    Hostname,
    /// A rule of a firewall, which tells of no route.
    Firewall,
    /// More networks than are kept; see [`MAX_NETWORKS`].
    TooMany,
}

/// What a line was taken for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notation {
    /// A list of networks, ranges and addresses.
    #[default]
    List,
    /// `ip route`
    IpRoute,
    /// `ip addr`
    IpAddr,
    /// `ip -j route`, `ip -j addr`
    IpJson,
    /// `ifconfig`
    Ifconfig,
    /// `route -n` or `netstat -rn` on Linux
    RouteTable,
    /// `netstat -rn` on macOS and the BSDs
    Netstat,
    /// `route print` on Windows
    RoutePrint,
    /// `ipconfig` on Windows
    Ipconfig,
    /// `Get-NetRoute` on Windows
    GetNetRoute,
    /// `netsh interface ipv4 show route` on Windows
    Netsh,
    /// `nmcli`
    Nmcli,
    /// `resolvectl`
    Resolvectl,
    /// `wg show`, or a configuration of WireGuard
    WireGuard,
    /// A configuration of OpenVPN, or what its server pushes
    OpenVpn,
    /// `resolv.conf`
    ResolvConf,
    /// `docker network ls` or `docker network inspect`
    DockerNetworks,
    /// `docker info`
    DockerInfo,
    /// A Compose file
    Compose,
    /// A `daemon.json`
    DaemonJson,
    /// Some other JSON
    Json,
    /// What a VPN client or another program says of its networks
    Program,
    /// Rules of `iptables` or `nft`
    Firewall,
}

/// A network that a line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The network; host bits are gone.
    pub subnet: Subnet,
    /// What the line says it is.
    pub role: Role,
    /// Whether to keep clear of it. Docker's own networks, and routes to everything or to one link, are listed all the
    /// same, because an Engine may heed them.
    pub avoid: bool,
    /// The interface, the Docker network or the word beside it, when the line tells; cut after [`MAX_NAME`] characters.
    pub name: Option<String>,
    /// The bytes it was read from.
    pub span: Span,
    /// The index of its line.
    pub line: usize,
    /// Where the text comes from.
    pub system: System,
}

/// What a network is to the machine the text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The machine is connected to it: a route of the main table without a gateway.
    OnLinkRoute,
    /// A route through a gateway, or to nowhere.
    GatewayRoute,
    /// A route in another table than the main one, such as those of Tailscale and `wg-quick`.
    OtherTableRoute,
    /// An address of the machine, with the network it is in.
    OwnAddress,
    /// A name server.
    Nameserver,
    /// A gateway or server that the machine talks to, outside the networks it is in.
    Server,
    /// What a WireGuard peer may send and get.
    AllowedIps,
    /// Written down as such, in a list.
    Listed,
    /// A network of Docker: in use, or asked for by a Compose file.
    Docker,
}

/// Where a text comes from, as far as its notation tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// From Linux, where the Engine sees what the text shows.
    Linux,
    /// From Windows, macOS or a BSD, where the Engine runs in a virtual machine with routes of its own.
    Other,
    /// From another machine than the Engine's, or from another network namespace of its machine.
    Elsewhere,
    /// Unknown.
    Unknown,
}

/// More networks than this are not kept; the lines beyond count as not understood.
pub const MAX_NETWORKS: usize = 1 << 18;

/// The most characters of a name that are kept: it is used in sentences, and each network on a line has a copy.
pub const MAX_NAME: usize = 80;

/// Reads anything a person can paste; see [`Notation`] for what is understood.
///
/// Lines of several kinds may be mixed. Time and memory grow with the length of the text.
///
/// ```
/// use drydock::daemon::network::pasted;
///
/// let pasted = pasted::read("default via 172.18.0.1 dev wlan0\n172.18.0.0/16 dev wlan0 scope link\n");
/// let found: Vec<_> = pasted.to_avoid().map(|it| it.subnet.to_string()).collect();
/// assert_eq!(found, ["172.18.0.0/16"]);
/// assert!(pasted.is_complete());
/// ```
pub fn read(text: &str) -> Pasted {
    reader::read(text)
}

impl Pasted {
    /// Whether every line was read, or ignored for a reason; otherwise the result is not certain.
    pub fn is_complete(&self) -> bool {
        !self.lines.iter().any(|it| matches!(it.judgement, Judgement::NotUnderstood(_)))
    }

    /// The networks to keep clear of.
    pub fn to_avoid(&self) -> impl Iterator<Item = &Found> {
        self.networks.iter().filter(|it| it.avoid)
    }

    /// The networks that Docker itself uses, or that a Compose file asks for.
    pub fn in_use(&self) -> impl Iterator<Item = &Found> {
        let is_here = |it: &&Found| it.role == Role::Docker && it.system != System::Elsewhere;
        self.networks.iter().filter(is_here)
    }

    /// The networks that an Engine on this machine steps aside for when it creates a network; Docker's own are left out.
    pub fn reserved(&self, engine: Engine) -> impl Iterator<Item = &Found> {
        let seen = move |it: &&Found| it.role != Role::Docker && it.is_seen_by(engine);
        self.networks.iter().filter(seen)
    }

    /// Whether Docker has made the bridge that a host in a swarm needs, which it then does not make again.
    pub fn has_gateway_bridge(&self) -> bool {
        let mut in_use = self.in_use();
        in_use.any(|it| it.name.as_deref() == Some(GATEWAY_BRIDGE))
    }

    /// What there is to know of Docker's own networks as a whole, in sentences: which exist already, which overlap.
    pub fn notes(&self) -> Vec<String> {
        docker::notes(self)
    }

    /// What gives a configuration the pools that a daemon says it has; `None` when there are none, or it has them.
    pub fn pools_change(&self, plan: &AddressPlan) -> Option<Change> {
        let planned = plan.pools.iter().map(|it| it.pool);
        if !plan.from_defaults && plan.unknown.is_none() && self.pools.iter().copied().eq(planned) {
            return None;
        }
        let pools: Vec<Value> = self.pools.iter().map(|it| it.written()).collect();
        (!pools.is_empty()).then(|| Change::Set { path: Step::top("default-address-pools"), value: Value::List(pools) })
    }

    /// The networks that a line names.
    pub fn of_line(&self, line: usize) -> &[Found] {
        let start = self.networks.partition_point(|it| it.line < line);
        let end = self.networks.partition_point(|it| it.line <= line);
        self.networks.get(start..end).unwrap_or_default()
    }
}

impl Found {
    /// Whether an Engine on this machine passes over the network by itself when it creates one.
    ///
    /// Name servers count, and the IPv4 routes of the main table: all of them at first, since 20.10.15
    /// only those without a gateway. What comes up later never counts.
    ///
    /// Source: moby daemon/libnetwork/netutils/utils_linux.go, `InferReservedNetworks`, `queryOnLinkRoutes`, at
    /// docker-v29.7.2, v27.5.0 and v27.4.1; libnetwork/netutils/utils_linux.go, `CheckRouteOverlaps`, at v26.1.5,
    /// v20.10.15 and v20.10.14.
    pub fn is_seen_by(&self, engine: Engine) -> bool {
        self.system == System::Linux && self.role.is_seen(self.subnet, engine)
    }
}

impl Role {
    /// Whether an Engine on a Linux machine passes over a network of this role.
    pub(super) fn is_seen(self, subnet: Subnet, engine: Engine) -> bool {
        let is_v4 = subnet.is_ipv4();
        match self {
            Self::Nameserver => true,
            // The kernel adds the route when the address is given, unless it is the only one of its network.
            Self::OwnAddress => is_v4 && subnet.prefix_len() < 32,
            Self::OnLinkRoute | Self::Docker => {
                // Since 27.5 a destination of 0.0.0.0 counts as default, whatever its length.
                let is_zero = subnet.network_address().is_unspecified();
                is_v4 && !(is_zero && Engine::new(27, 5, 0) <= engine)
            }
            Self::GatewayRoute => is_v4 && engine < Engine::new(20, 10, 15),
            Self::OtherTableRoute | Self::Server | Self::AllowedIps | Self::Listed => false,
        }
    }

    /// What it is, in words that follow a network: "a route through a gateway".
    pub fn words(self) -> &'static str {
        match self {
            Role::OnLinkRoute => "this machine is connected to it",
            Role::GatewayRoute => "a route through a gateway",
            Role::OtherTableRoute => "a route outside the main table",
            Role::OwnAddress => "an address of this machine",
            Role::Nameserver => "a name server",
            Role::Server => "a gateway or server",
            Role::AllowedIps => "allowed for a WireGuard peer",
            Role::Listed => "listed",
            Role::Docker => "a network of Docker",
        }
    }
}

impl Notation {
    /// What the source of such lines is called, for "read as …".
    pub fn title(self) -> &'static str {
        match self {
            Notation::List => "a list",
            Notation::IpRoute => "ip route",
            Notation::IpAddr => "ip addr",
            Notation::IpJson => "ip -j",
            Notation::Ifconfig => "ifconfig",
            Notation::RouteTable => "route -n",
            Notation::Netstat => "netstat -rn",
            Notation::RoutePrint => "route print",
            Notation::Ipconfig => "ipconfig",
            Notation::GetNetRoute => "Get-NetRoute",
            Notation::Netsh => "netsh",
            Notation::Nmcli => "nmcli",
            Notation::Resolvectl => "resolvectl",
            Notation::WireGuard => "WireGuard",
            Notation::OpenVpn => "OpenVPN",
            Notation::ResolvConf => "resolv.conf",
            Notation::DockerNetworks => "docker network",
            Notation::DockerInfo => "docker info",
            Notation::Compose => "a Compose file",
            Notation::DaemonJson => "daemon.json",
            Notation::Json => "JSON",
            Notation::Program => "a program's own words",
            Notation::Firewall => "rules of a firewall",
        }
    }
}

impl Notation {
    /// Whether lines without an address belong to it: headings, counters, hardware addresses.
    fn has_headings(self) -> bool {
        !matches!(self, Notation::List | Notation::IpRoute | Notation::IpJson | Notation::Json | Notation::DaemonJson)
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Ignored::Empty => "an empty line",
            Ignored::Comment => "a comment",
            Ignored::Command => "a command",
            Ignored::Heading => "a heading",
            Ignored::Detail => "no network on it",
            Ignored::DefaultRoute => "a default route leads everywhere and names no network",
            Ignored::Loopback => "loopback addresses never leave the machine",
            Ignored::LinkLocal => "link-local addresses",
            Ignored::Multicast => "multicast or broadcast addresses",
            Ignored::Neighbour => "a single address within a network that has its own line",
            Ignored::DaemonPool => "a block that Docker itself uses, not a network to reach",
            Ignored::DaemonMessage => "a message of the daemon, which names no network to reach",
        })
    }
}

impl fmt::Display for NotUnderstood {
    /// What is wrong, and what would be understood.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotUnderstood::NoAddress => {
                "no address on it; write a subnet such as 10.0.0.0/8, a range, or paste what `ip route` prints"
            }
            NotUnderstood::Address => {
                "not an address; write four numbers up to 255, or an IPv6 address, with a prefix length up to 32 or 128"
            }
            NotUnderstood::Mask => {
                "not a mask for an address; write it behind the address, as 10.1.0.0 255.255.0.0, or write 10.1.0.0/16"
            }
            NotUnderstood::NoLength => "a network without its prefix length; write how wide it is, as 10.20.0.0/16",
            NotUnderstood::Range => "not a range; write the lower address first, as 10.0.0.0-10.0.3.255",
            NotUnderstood::Json => "the JSON is broken here; paste it whole",
            NotUnderstood::DockerNetwork => {
                "its subnets are missing; paste the output of `docker network inspect $(docker network ls -q)`"
            }
            NotUnderstood::Hostname => {
                "a name where an address is needed; paste the output of `ip route` or `route -n`"
            }
            NotUnderstood::Firewall => {
                "a firewall rule, which does not tell which networks are reached; paste the output of `ip route`"
            }
            NotUnderstood::TooMany => "more networks than can be compared; leave out what repeats",
        })
    }
}

#[cfg(test)]
mod tests;
