//! Which networks are there, and which does a container join?

use super::{Reader, flags::joined};
use crate::{
    containers::model::{At, Container, Joined, Network, NetworkMode, SubnetOf},
    document::{Kind, Member, Node},
    text::Span,
};

/// The network that a project has by itself.
pub(super) const DEFAULT: &str = "default";

/// That network, where nobody wrote it down.
pub(super) fn by_itself(span: Span) -> Network {
    Network { name: DEFAULT.to_owned(), span, ..Network::default() }
}

impl Reader<'_> {
    /// The networks of the project.
    pub(super) fn networks(&mut self, node: &Node) {
        for entry in self.entries(node) {
            let mut network = Network { name: entry.key.clone(), span: entry.key_span, ..Network::default() };
            for (key, member) in self.fields(&entry.value, "networks.*") {
                let value = &member.value;
                match key {
                    "name" => network.own_name = self.text_of(value),
                    "driver" => network.driver = self.text_of(value),
                    "driver_opts" => network.driver_options = self.full_pairs(value),
                    "labels" => network.labels = self.full_pairs(value),
                    "attachable" => network.attachable = self.truth(value),
                    "internal" => network.internal = self.truth(value),
                    "enable_ipv4" => network.ipv4 = self.truth(value),
                    "enable_ipv6" => network.ipv6 = self.truth(value),
                    "ipam" => self.ipam(&mut network, value),
                    _ => {
                        let (is_external, name) = self.external(value, "networks.*.external");
                        network.is_external = is_external;
                        network.own_name = network.own_name.take().or(name);
                    }
                }
            }
            self.project.networks.push(network);
        }
    }

    fn ipam(&mut self, network: &mut Network, node: &Node) {
        for (key, member) in self.fields(node, "networks.*.ipam") {
            match key {
                "driver" => network.ipam_driver = self.text_of(&member.value),
                "options" => network.ipam_options = self.full_pairs(&member.value),
                _ => {
                    for element in self.elements(&member.value) {
                        let subnet = self.subnet(element);
                        network.subnets.push(At::new(subnet, element.span));
                    }
                }
            }
        }
    }

    fn subnet(&mut self, node: &Node) -> SubnetOf {
        let mut subnet = SubnetOf::default();
        for (key, member) in self.fields(node, "networks.*.ipam.config[]") {
            let value = &member.value;
            match key {
                "subnet" => subnet.subnet = self.plain(value).unwrap_or_default(),
                "gateway" => subnet.gateway = self.plain(value),
                "ip_range" => subnet.ip_range = self.plain(value),
                _ => subnet.auxiliary = self.full_pairs(value).into_iter().map(|it| it.value).collect(),
            }
        }
        subnet
    }

    /// The networks that a service joins: a list of names, or a mapping that says more.
    pub(super) fn joined(&mut self, node: &Node, service: &str) -> Vec<At<Joined>> {
        let alias = || vec![service.to_owned()];
        if !matches!(node.kind, Kind::Map(_)) {
            let names = self.texts(node);
            let named =
                |it: At<String>| At::new(Joined { network: it.value, aliases: alias(), ..Joined::default() }, it.span);
            let joined = names.into_iter().map(named).collect();
            return self.last_of(joined, |it| it.network.clone());
        }
        let mut joined = Vec::new();
        for entry in self.entries(node) {
            let mut one = Joined { network: entry.key.clone(), aliases: alias(), ..Joined::default() };
            let mut priority = 0.0;
            for (key, member) in self.fields(&entry.value, "services.*.networks.*") {
                priority = self.joined_field(&mut one, key, member).unwrap_or(priority);
            }
            joined.push((priority, At::new(one, entry.span())));
        }
        // The highest priority is joined first, and the order of the text decides the rest.
        crate::text::order::sort(&mut joined, |a: &(f64, _), b: &(f64, _)| b.0.total_cmp(&a.0));
        joined.into_iter().map(|it| it.1).collect()
    }

    /// Takes one field; returns the priority where it is that.
    fn joined_field(&mut self, joined: &mut Joined, key: &'static str, member: &Member) -> Option<f64> {
        let value = &member.value;
        match key {
            "aliases" => {
                for alias in self.texts(value) {
                    if !joined.aliases.contains(&alias.value) {
                        joined.aliases.push(alias.value);
                    }
                }
            }
            "ipv4_address" => joined.ipv4 = self.plain(value),
            "ipv6_address" => joined.ipv6 = self.plain(value),
            "mac_address" => joined.mac = self.plain(value),
            "link_local_ips" => {
                let addresses = self.texts(value);
                joined.options.extend(addresses.into_iter().map(|it| ("link-local-ip".to_owned(), it.value)));
            }
            "driver_opts" => {
                let options = self.pairs(value);
                joined.options.extend(options.into_iter().map(|it| ("driver-opt".to_owned(), self::joined(it.value))));
            }
            // Source: moby daemon/libnetwork/netlabel/labels.go, `Ifname`.
            "interface_name" => {
                let option = self.plain(value).map(|it| ["com.docker.network.endpoint.ifname=", &it].concat());
                joined.options.extend(option.map(|it| ("driver-opt".to_owned(), it)));
            }
            "gw_priority" => {
                let priority = self.plain(value);
                joined.options.extend(priority.map(|it| ("gw-priority".to_owned(), it)));
            }
            _ => return self.plain(value).and_then(|it| it.parse().ok()),
        }
        None
    }

    /// `host`, `none`, `service:db`.
    pub(super) fn network_mode(&mut self, container: &mut Container, node: &Node) {
        let Some(text) = self.text_of(node) else { return };
        let mode = match text.value.as_str() {
            "host" => NetworkMode::Host,
            "none" => NetworkMode::None,
            "bridge" => NetworkMode::Bridge,
            other => match (other.strip_prefix("service:"), other.strip_prefix("container:")) {
                (Some(service), _) => {
                    self.depend(container, service, text.span, true);
                    NetworkMode::Container(service.to_owned())
                }
                (None, Some(other)) => NetworkMode::Container(other.to_owned()),
                (None, None) => NetworkMode::Other(other.to_owned()),
            },
        };
        container.network_mode = Some(At::new(mode, text.span));
    }
}
