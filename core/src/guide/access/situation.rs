//! Which case is it?

use std::net::IpAddr;

use super::{
    choices::{HOST, LOW_PORTS, NETWORKS, PLATFORM, RELEASE, ROOTFUL, USERS, WAY},
    users::{self, Kind, User},
    way::Way,
};
use crate::{
    address::Subnet,
    bench::{Choice, Chosen},
    docker::{go::net, host::Release},
    guide::platform::Platform,
};

/// A distribution, as far as its commands differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    Nixos,
    FlyingCircus,
    Debian,
    Fedora,
    Arch,
    Other,
}

impl System {
    /// Each, with its name in links and its name for people.
    pub(super) const ALL: [(Self, &str, &str); 6] = [
        (Self::Nixos, "nixos", "NixOS"),
        (Self::FlyingCircus, "flying-circus", "Flying Circus"),
        (Self::Debian, "debian", "Debian, Ubuntu"),
        (Self::Fedora, "fedora", "Fedora, RHEL"),
        (Self::Arch, "arch", "Arch Linux"),
        (Self::Other, "other", "Another Linux"),
    ];

    /// What takes up its files.
    pub(super) fn platform(self) -> Platform {
        match self {
            Self::Nixos => Platform::Nixos,
            Self::FlyingCircus => Platform::FlyingCircus,
            Self::Debian | Self::Fedora | Self::Arch | Self::Other => Platform::Other,
        }
    }

    /// Whether it is made from Nix.
    pub(super) fn is_nixos(self) -> bool {
        self.platform() != Platform::Other
    }
}

/// A network that containers have, as it is written.
#[derive(Debug)]
pub(super) enum Network {
    /// What the platform's firewall lets in anyway.
    LetIn(Subnet),
    /// What it does not.
    Outside(Subnet),
    /// No network.
    Unread(String),
}

/// A case.
#[derive(Debug)]
pub(super) struct Situation {
    pub way: Way,
    pub system: System,
    pub release: Release,
    /// Everybody who was named.
    pub named: Vec<User>,
    pub has_rootful: bool,
    pub has_low_ports: bool,
    /// The other machine; `None` where what was typed is no name of one.
    pub host: Option<String>,
    pub networks: Vec<Network>,
}

impl Situation {
    /// The case that was chosen.
    pub(super) fn of(chosen: &Chosen) -> Self {
        let platform = chosen.value(&PLATFORM);
        let system = System::ALL.iter().find(|it| it.1 == platform).map_or(System::Other, |it| it.0);
        let host = chosen.value(&HOST).trim().to_owned();
        let networks = chosen.value(&NETWORKS);
        let networks = networks.split([',', ' ', '\t']).filter(|it| !it.is_empty());
        Self {
            way: Way::of(&chosen.value(&WAY)),
            system,
            release: Release::read(&chosen.value(&RELEASE)).unwrap_or(Release::LATEST),
            named: users::read(&chosen.value(&USERS)),
            has_rootful: chosen.value(&ROOTFUL) == "yes",
            has_low_ports: chosen.value(&LOW_PORTS) == "yes",
            host: is_host(&host).then_some(host),
            networks: networks.map(network).collect(),
        }
    }

    /// What is asked for in this case, in order.
    pub(super) fn asks(&self) -> Vec<&'static Choice> {
        let asked = [
            (&WAY, true),
            (&PLATFORM, self.way != Way::Context),
            (&USERS, self.has_users()),
            (&RELEASE, self.system == System::Nixos && self.way.has_docker()),
            (&ROOTFUL, self.way == Way::Rootless && self.system != System::FlyingCircus),
            (&LOW_PORTS, matches!(self.way, Way::Rootless | Way::Podman)),
            (&HOST, self.way.has_host()),
            (&NETWORKS, self.asks_for_networks()),
        ];
        asked.into_iter().filter(|it| it.1).map(|it| it.0).collect()
    }

    /// Whether users are named: on Flying Circus, the role has put all into the group.
    pub(super) fn has_users(&self) -> bool {
        self.way.has_users() && !(self.system == System::FlyingCircus && self.way == Way::Group)
    }

    fn asks_for_networks(&self) -> bool {
        self.system == System::FlyingCircus && matches!(self.way, Way::Group | Way::Ssh | Way::Tls)
    }

    /// The users that there can be.
    pub(super) fn users(&self) -> impl Iterator<Item = &str> {
        let is_asked = self.has_users();
        let possible = self.named.iter().filter(move |it| is_asked && !matches!(it.kind, Kind::Impossible(_)));
        possible.map(|it| it.name.as_str())
    }

    /// Whether the daemon of root runs beside the rootless ones: on Flying Circus, the role runs it.
    pub(super) fn has_rootful(&self) -> bool {
        self.has_rootful || self.system == System::FlyingCircus
    }

    /// The networks that the platform's firewall has to be told of.
    pub(super) fn outside(&self) -> impl Iterator<Item = Subnet> {
        let is_asked = self.asks_for_networks();
        self.networks.iter().filter_map(move |it| match it {
            Network::Outside(subnet) if is_asked => Some(*subnet),
            Network::Outside(_) | Network::LetIn(_) | Network::Unread(_) => None,
        })
    }

    /// The other machine, or a name in its place.
    pub(super) fn host(&self) -> &str {
        self.host.as_deref().unwrap_or("server.example.org")
    }

    /// The same as a URL has it.
    pub(super) fn host_in_url(&self) -> String {
        let host = self.host();
        if host.contains(':') { ["[", host, "]"].concat() } else { host.to_owned() }
    }
}

/// Whether a machine can have this name, or it is an address.
///
/// Source: RFC 1123, 2.1.
fn is_host(text: &str) -> bool {
    let is_label = |it: &str| {
        let is_inner = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
        (1..=63).contains(&it.len()) && !it.starts_with('-') && it.bytes().all(is_inner)
    };
    text.parse::<IpAddr>().is_ok() || (text.len() <= 253 && text.split('.').all(is_label))
}

fn network(text: &str) -> Network {
    let subnet = net::parse_cidr(text).map(Subnet::of);
    match subnet {
        Some(subnet) if crate::docker::host::flying_circus_lets_in(subnet) => Network::LetIn(subnet),
        Some(subnet) => Network::Outside(subnet),
        None => Network::Unread(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::is_host;

    #[test]
    fn hosts_are_names_or_addresses() {
        for (text, expected) in [
            ("server.example.org", true),
            ("10.0.0.7", true),
            ("fd00::7", true),
            ("build_1", true),
            ("", false),
            ("-oProxyCommand=reboot", false),
            ("a b", false),
            ("a;reboot", false),
            ("$(reboot)", false),
            ("a..b", false),
        ] {
            assert_eq!(is_host(text), expected, "{text}");
        }
    }
}
