//! Which addresses do the containers of a text have, and what else has addresses where they run?

use std::{collections::HashSet, net::IpAddr};

use super::{
    model::{Host, Link, Shape},
    read::Reading,
};
use crate::{
    address::{Scope, Subnet, known::Weight},
    bench::Request,
    containers::{chosen::POOLS, model::Project, networks::Networks, print::Backend},
    daemon::network::{
        disjoint,
        space::{gaps, middle_block},
    },
    docker::go::net::{Cidr, parse_cidr, parse_ip},
    text::Span,
};

/// The addresses of containers, and all that is around them.
pub struct Space {
    /// What is to be kept clear of, what is known, and Docker's plan.
    pub networks: Networks,
    /// Whether Docker runs on the host.
    pub has_docker: bool,
    /// The addresses of the text.
    pub used: Vec<Used>,
}

/// An address that a container has, or the host for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// The container, by its place in the text.
    pub container: usize,
    /// The option that says it.
    pub option: &'static str,
    /// The address.
    pub address: IpAddr,
    /// The network that it is in on a bridge; elsewhere the address alone.
    pub subnet: Subnet,
    /// Its bytes.
    pub span: Span,
    /// How it is connected.
    pub shape: Shape,
}

impl Used {
    /// Whether the host has it.
    pub fn is_hosts(&self) -> bool {
        self.option.starts_with("host")
    }
}

/// An address as it is written, with the length of its prefix where one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The address.
    pub address: IpAddr,
    /// The length of the prefix.
    pub prefix: Option<u8>,
}

impl Written {
    /// Reads `192.168.100.11` and `192.168.100.5/24`.
    pub fn read(text: &str) -> Option<Self> {
        match parse_cidr(text) {
            Some(Cidr { addr, bits }) => Some(Self { address: addr, prefix: Some(bits) }),
            None => Some(Self { address: parse_ip(text)?, prefix: None }),
        }
    }

    /// The address alone, as a network.
    pub fn alone(self) -> Subnet {
        Subnet::new(self.address, if self.address.is_ipv4() { 32 } else { 128 })
    }

    /// The network it is in.
    pub fn subnet(self) -> Subnet {
        self.prefix.map_or_else(|| self.alone(), |it| Subnet::new(self.address, it))
    }
}

/// Where a pair of addresses is looked for that nothing else has.
const FREE: [&str; 3] = ["192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12"];

/// What `nixos-container create` hands out by itself.
///
/// Source: nixpkgs `pkgs/by-name/ni/nixos-container/nixos-container.pl`, `create`.
const IMPERATIVE: &str = "10.233.0.0/16";

impl Space {
    /// What follows from a text and what is chosen beside it.
    pub fn of(reading: &Reading, request: &Request) -> Self {
        let chosen_pools = request.chosen.value(&POOLS);
        let has_docker = reading.host.docker.enabled.is_some() || !chosen_pools.trim().is_empty();
        let mut request = request.clone();
        if chosen_pools.trim().is_empty() {
            request.chosen = request.chosen.with(&POOLS, &daemon_json(&reading.host));
        }
        let mut networks = Networks::of(&Project::default(), &request, Backend::Docker);
        if !has_docker {
            networks.plan.pools.clear();
        }
        let mut used = Vec::new();
        for (at, container) in reading.containers.iter().enumerate() {
            if container.is_private() == Some(false) {
                continue;
            }
            let links = [&container.link].into_iter().chain(container.veths.iter().map(|it| &it.2));
            links.for_each(|it| addresses(at, it, &mut used));
        }
        Self { networks, has_docker, used }
    }

    /// The subnets of docker0.
    pub fn docker0(&self) -> impl Iterator<Item = Subnet> {
        self.networks.bridges().filter(|_| self.has_docker)
    }

    /// All that is not to be proposed, as networks.
    fn busy(&self, host: &Host) -> Vec<Subnet> {
        let networks = &self.networks;
        let alarms = networks.known.iter().filter(|it| it.weight() != Weight::Informs);
        let mut busy: Vec<Subnet> = alarms.flat_map(|it| it.subnets.iter().copied()).collect();
        busy.extend(networks.avoid.merged().iter().copied());
        busy.extend(networks.avoid.in_use().iter().map(|it| it.subnet));
        busy.extend(self.docker0());
        busy.extend(networks.plan.pools.iter().map(|it| it.pool.base()));
        busy.extend(host.addresses.iter().map(|it| it.subnet));
        busy.extend(self.used.iter().filter(|it| it.shape == Shape::Bridged).map(|it| it.subnet));
        busy.extend(parse_cidr(IMPERATIVE).map(Subnet::of));
        busy
    }

    /// Two neighbouring IPv4 addresses that nothing else here has: for the host's end, and for the container's.
    pub fn free_pair(&self, host: &Host) -> Option<[IpAddr; 2]> {
        let taken: HashSet<IpAddr> = self.used.iter().map(|it| it.address).collect();
        let busy = disjoint(self.busy(host));
        let is_clear = |it: &Subnet| Scope::of(*it) == Scope::Free && !busy.iter().any(|busy| busy.overlaps(*it));
        let routed = self.used.iter().filter(|it| it.shape == Shape::Routed && it.address.is_ipv4());
        let beside = routed.map(|it| Subnet::new(it.address, 24)).filter(is_clear);
        let apart = FREE.iter().find_map(|it| {
            let range = Subnet::of(parse_cidr(it)?);
            let inner: Vec<Subnet> =
                busy.iter().copied().chain(self.used.iter().map(|it| Subnet::new(it.address, 24))).collect();
            middle_block(&gaps(range, &disjoint(inner)), 24, range)
        });
        beside.chain(apart).find_map(|network| {
            let last = (1..=254).rev().find(|it| network.address(*it).is_some_and(|it| taken.contains(&it)));
            let first = last.map_or(1, |it| it + 1);
            let pair = [network.address(first)?, network.address(first + 1)?];
            (first + 1 < 255).then_some(pair)
        })
    }

    /// ", such as 192.168.7.1": an address that nothing else has; empty where there is none.
    pub fn such_as(&self, host: &Host) -> String {
        self.free_pair(host).map(|it| format!(", such as {}", it[1])).unwrap_or_default()
    }
}

fn addresses(container: usize, link: &Link, used: &mut Vec<Used>) {
    let shape = if link.bridge.is_some() { Shape::Bridged } else { Shape::Routed };
    for (option, given) in link.addresses() {
        // On a bridge the host has no such address.
        if shape == Shape::Bridged && option.starts_with("host") {
            continue;
        }
        let Some(written) = given.value.as_deref().and_then(Written::read) else { continue };
        let subnet = if shape == Shape::Bridged { written.subnet() } else { written.alone() };
        used.push(Used { container, option, address: written.address, subnet, span: given.span, shape });
    }
}

/// What the text says of Docker's addresses, as a `daemon.json`; nothing where it says nothing of them.
fn daemon_json(host: &Host) -> String {
    let pool = |it: &(String, i64)| {
        let base = Subnet::of(parse_cidr(&it.0)?);
        Some(format!(r#"{{"base": "{base}", "size": {}}}"#, it.1))
    };
    let pools: Vec<String> = host.docker.pools.iter().filter_map(pool).collect();
    let bip = host.docker.bip.as_deref().and_then(parse_cidr);
    let pools = (!pools.is_empty()).then(|| format!(r#""default-address-pools": [{}]"#, pools.join(", ")));
    let bip = bip.map(|it| format!(r#""bip": "{}/{}""#, it.addr, it.bits));
    let members: Vec<String> = pools.into_iter().chain(bip).collect();
    match members.is_empty() {
        true => String::new(),
        false => ["{", &members.join(", "), "}"].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{bench::Chosen, containers::chosen::KEEP_CLEAR, native::read};

    fn space(text: &str, keep: &str) -> (Reading, Space) {
        let request = Request { chosen: Chosen::default().with(&KEEP_CLEAR, keep), ..Request::default() };
        let reading = read(text);
        let space = Space::of(&reading, &request);
        (reading, space)
    }

    #[test]
    fn the_next_pair_is_beside_the_others_where_that_is_clear() {
        let web = "{ containers.web = { privateNetwork = true; hostAddress = \"10.7.0.10\"; localAddress = \"10.7.0.11\"; }; }";
        for (text, keep, expected) in [
            (web.to_owned(), "", "10.7.0.12 10.7.0.13"),
            (web.replace("10.7.0.11", "10.7.0.254"), "", "192.168.127.1 192.168.127.2"),
            (web.to_owned(), "10.7.0.0/16 the office", "192.168.127.1 192.168.127.2"),
            (web.to_owned(), "10.0.0.0/8\n192.168.0.0/16", "172.23.255.1 172.23.255.2"),
            ("{ containers.web.privateNetwork = true; }".to_owned(), "", "192.168.127.1 192.168.127.2"),
        ] {
            let (reading, space) = space(&text, keep);
            let pair = space.free_pair(&reading.host).expect("a pair");
            assert_eq!(pair.map(|it| it.to_string()).join(" "), expected, "{text} {keep}");
        }
    }

    #[test]
    fn docker_is_there_where_the_text_says_so() {
        for (docker, pools, bridge) in [
            ("", 0, ""),
            ("virtualisation.docker.enable = true;", 7, "172.17.0.0/16"),
            (
                "virtualisation.docker = { enable = true; daemon.settings = { bip = \"10.9.0.1/24\"; }; };",
                7,
                "10.9.0.0/24",
            ),
            (
                "virtualisation.docker.daemon.settings.default-address-pools = [ { base = \"172.30.0.0/16\"; size = 24; } ];",
                1,
                "172.30.0.0/24",
            ),
        ] {
            let (_, space) = space(&format!("{{ {docker} containers.a = {{ }}; }}"), "");
            assert_eq!(space.networks.plan.pools.len(), pools, "{docker}");
            let docker0: Vec<String> = space.docker0().map(|it| it.to_string()).collect();
            assert_eq!(docker0.join(" "), bridge, "{docker}");
            assert!(space.networks.unread.is_empty(), "{docker}");
        }
    }
}
