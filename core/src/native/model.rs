//! What does a text say of native containers, and of the host that they run on?

use std::net::IpAddr;

use crate::{address::Subnet, text::Span};

/// A value that is said, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T> {
    /// The value; `None` where the text leaves it open.
    pub value: Option<T>,
    /// The bytes of the value.
    pub span: Span,
    /// The bytes of the option with its value.
    pub whole: Span,
}

/// Where further options can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a set, whose bytes these are, with its braces.
    Set(Span),
    /// Behind the same names as here: the bytes of `containers.web`, from the start of the binding.
    Beside(Span),
}

/// A native container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Container {
    /// Its name; as written where it is worked out.
    pub name: String,
    /// The bytes of the name.
    pub span: Span,
    /// Whether the name is worked out by Nix.
    pub is_name_open: bool,
    /// Whether more may be said of it than can be read here.
    pub is_open: bool,
    /// Where further options of it can be written.
    pub place: Option<Place>,
    /// `autoStart`
    pub auto_start: Option<Given<bool>>,
    /// `ephemeral`
    pub ephemeral: Option<Given<bool>>,
    /// `privateNetwork`
    pub private_network: Option<Given<bool>>,
    /// Its own pair of interfaces.
    pub link: Link,
    /// `extraVeths`
    pub veths: Vec<(String, Span, Link)>,
    /// `macvlans`
    pub macvlans: Vec<Given<String>>,
    /// `interfaces`
    pub interfaces: Vec<Given<String>>,
    /// `networkNamespace`
    pub network_namespace: Option<Given<String>>,
    /// `privateUsers`, as written: `pick`, `65536`.
    pub private_users: Option<Given<String>>,
    /// `bindMounts`
    pub mounts: Vec<Mount>,
    /// `extraFlags`
    pub flags: Vec<Given<String>>,
    /// `config`
    pub config: Option<Inside>,
    /// `path`
    pub path: Option<Given<String>>,
    /// `flake`
    pub flake: Option<Given<String>>,
}

/// A pair of interfaces: one end on the host, one in the container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// `hostBridge`
    pub bridge: Option<Given<String>>,
    /// `hostAddress` and `hostAddress6`
    pub host: [Option<Given<String>>; 2],
    /// `localAddress` and `localAddress6`
    pub local: [Option<Given<String>>; 2],
    /// `localMacAddress`
    pub mac: Option<Given<String>>,
    /// `forwardPorts`
    pub ports: Vec<Forward>,
}

impl Link {
    /// What it says of addresses: the name of the option, and its value.
    pub fn addresses(&self) -> impl Iterator<Item = (&'static str, &Given<String>)> {
        let names = ["hostAddress", "hostAddress6", "localAddress", "localAddress6"];
        let all = self.host.iter().chain(&self.local);
        names.into_iter().zip(all).filter_map(|(name, it)| Some((name, it.as_ref()?)))
    }

    /// Whether it says anything.
    pub fn is_said(&self) -> bool {
        self.bridge.is_some() || self.mac.is_some() || self.addresses().next().is_some()
    }
}

/// How a container is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// It shares the network of the host.
    Host,
    /// A pair of interfaces with an address at each end.
    Routed,
    /// A pair of interfaces, of which the host's end is plugged into a bridge.
    Bridged,
    /// By interfaces of the host alone.
    Interfaces,
    /// In a network namespace that is there already.
    Namespace,
    /// It has a network of its own, and nothing leads out of it.
    Alone,
    /// Nobody knows here.
    Open,
}

impl Container {
    /// Whether it has a network of its own; `None` where that is not known.
    pub fn is_private(&self) -> Option<bool> {
        match &self.private_network {
            Some(it) => it.value,
            None if self.is_open => None,
            None => Some(false),
        }
    }

    /// How it is connected.
    pub fn shape(&self) -> Shape {
        let has_interfaces = !self.macvlans.is_empty() || !self.interfaces.is_empty();
        match self.is_private() {
            _ if self.network_namespace.as_ref().is_some_and(|it| it.value.as_deref() != Some("")) => Shape::Namespace,
            Some(true) if self.link.bridge.is_some() => Shape::Bridged,
            Some(true) if self.link.is_said() => Shape::Routed,
            Some(true) if self.is_open => Shape::Open,
            Some(true) if has_interfaces || !self.veths.is_empty() => Shape::Interfaces,
            Some(true) => Shape::Alone,
            None => Shape::Open,
            Some(false) if has_interfaces => Shape::Interfaces,
            Some(false) => Shape::Host,
        }
    }

    /// Whether its `config` is read here, as far as it says.
    pub fn inside(&self) -> Option<&Inside> {
        self.config.as_ref().filter(|it| it.is_read)
    }
}

/// A port of the host that leads into a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forward {
    /// The bytes that say it.
    pub span: Span,
    /// `tcp` or `udp`.
    pub protocol: String,
    /// The port of the host; `None` where it is not known.
    pub host: Option<u16>,
    /// The port of the container.
    pub container: Option<u16>,
}

/// Something of the host that a container sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// The bytes of its name.
    pub span: Span,
    /// Where further options of it can be written.
    pub place: Option<Place>,
    /// The path in the container; `None` where it is not known.
    pub target: Option<String>,
    /// The path on the host, where one is said.
    pub source: Option<Given<String>>,
    /// `isReadOnly`, where it is said.
    pub read_only: Option<Given<bool>>,
}

impl Mount {
    /// Whether the container can only read it, as far as that is known.
    pub fn is_read_only(&self) -> bool {
        self.read_only.as_ref().is_none_or(|it| it.value.unwrap_or(false))
    }
}

/// The NixOS in a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    /// The bytes of the value, with the head of a function.
    pub span: Span,
    /// The bytes of the name `config` in the container.
    pub name: Span,
    /// Whether it is a set that is written here.
    pub is_read: bool,
    /// Whether other modules take part in it.
    pub has_imports: bool,
    /// Where further options can be written.
    pub place: Option<Place>,
    /// Whether it says `system.stateVersion`.
    pub has_state_version: bool,
    /// Whether it says how names are resolved.
    pub resolves: bool,
    /// Whether it says where packets go that are for nobody near.
    pub has_gateway: bool,
    /// Whether it asks for an address by DHCP, or leaves that to networkd.
    pub asks_dhcp: bool,
    /// Whether it gives an interface an address.
    pub has_address: bool,
    /// Its firewall.
    pub firewall: Firewall,
    /// Whether a service opens its ports by itself.
    pub opens_by_itself: bool,
    /// The services that are switched on, each with its place.
    pub services: Vec<(String, Span)>,
    /// Values that are no secret any more: what is said of, and its place.
    pub secrets: Vec<(String, Span)>,
}

/// A firewall of NixOS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firewall {
    /// `enable`
    pub enable: Option<Given<bool>>,
    /// Open ports, each with its protocol.
    pub open: Vec<(&'static str, u16)>,
    /// Open ranges of ports, each with its protocol.
    pub ranges: Vec<(&'static str, u16, u16)>,
    /// The lists of open ports that are written in their places, each with its protocol.
    pub lists: Vec<(&'static str, Span)>,
    /// Whether something about it is not known here.
    pub is_open: bool,
}

impl Firewall {
    /// Whether a port is let through; so is every one where nobody knows.
    pub fn lets_through(&self, protocol: &str, port: u16) -> bool {
        let is_off = self.enable.as_ref().is_some_and(|it| it.value != Some(true));
        is_off
            || self.is_open
            || self.open.contains(&(protocol, port))
            || self.ranges.iter().any(|it| it.0 == protocol && (it.1..=it.2).contains(&port))
    }
}

/// The host that containers run on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// `boot.enableContainers`
    pub enable_containers: Option<Given<bool>>,
    /// `networking.nat`
    pub nat: Nat,
    /// `networking.nftables.enable`
    pub nftables: Option<Given<bool>>,
    /// `networking.bridges`
    pub bridges: Vec<Bridge>,
    /// Addresses of `networking.interfaces`.
    pub addresses: Vec<HostAddress>,
    /// Interfaces of which anything is said.
    pub interfaces: Vec<String>,
    /// `networking.defaultGateway`
    pub gateway: Option<Given<String>>,
    /// `networking.firewall`
    pub firewall: Firewall,
    /// `virtualisation.docker`
    pub docker: Docker,
    /// Whether something else rewrites addresses: rules of iptables or nftables.
    pub has_own_rules: bool,
    /// Whether systemd-networkd says what the networks of the host are.
    pub has_networkd: bool,
}

/// `networking.nat`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nat {
    /// `enable`
    pub enable: Option<Given<bool>>,
    /// `enableIPv6`
    pub ipv6: Option<Given<bool>>,
    /// `externalInterface`
    pub external: Option<Given<String>>,
    /// `internalInterfaces`
    pub internal: Vec<Given<String>>,
    /// The bytes of the list of them, where it is written in its place.
    pub list: Option<Span>,
    /// `internalIPs` and `internalIPv6s`
    pub subnets: Vec<Subnet>,
    /// `forwardPorts` and `dmzHost`, which need an external interface.
    pub forwards: Option<Span>,
    /// Whether something about it is not known here.
    pub is_open: bool,
}

/// A bridge of the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bridge {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub span: Span,
    /// The interfaces that are plugged into it; `None` where that is not known.
    pub interfaces: Option<Vec<String>>,
}

/// An address of the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostAddress {
    /// The interface that has it.
    pub interface: String,
    /// The address.
    pub address: IpAddr,
    /// The network it is in.
    pub subnet: Subnet,
    /// Its bytes.
    pub span: Span,
}

/// What a text says of Docker's addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docker {
    /// The bytes that switch it on.
    pub enabled: Option<Span>,
    /// Its pools: base and size.
    pub pools: Vec<(String, i64)>,
    /// `bip`
    pub bip: Option<String>,
}
