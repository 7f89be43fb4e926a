//! What does a text lack for its containers to work as it says, and what is to be written for that?

use std::{collections::BTreeMap, net::IpAddr};

use super::{
    chosen::Choices,
    model::{Container, Given, Host, Shape},
    nat::{self, Cover},
    places,
    read::Reading,
    space::Written,
};
use crate::{
    address::Subnet,
    notation::nix::{Binding, Nix},
    text::{Edits, Span, TextEdit},
};

/// Something that the text lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// Where it belongs.
    pub belongs: Belongs,
    /// The option: `networking.nat.enable`.
    pub option: String,
    /// What is written.
    pub value: Nix,
    /// The bytes of the list that is there already, which grows.
    pub list: Option<Span>,
    /// The bytes that are written otherwise.
    pub instead_of: Option<Span>,
    /// What is said above it; empty for nothing.
    pub comment: &'static str,
    /// Why, in a sentence.
    pub why: String,
}

/// Where an option belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Belongs {
    /// To the host.
    Host,
    /// To the container with this place in the text.
    Container(usize),
    /// Into its `config`.
    Inside(usize),
}

/// What is said where the uplink is not known.
const UPLINK_COMMENT: &str = "The interface that leads to the internet: `ip route show default` says it.";

/// Whether a text makes no bridge of this name, as far as it says.
pub fn lacks_bridge(host: &Host, name: &str) -> bool {
    const OTHERS: &[&str] = &["virbr", "docker", "br-", "lxdbr", "incusbr", "podman", "cni", "microbr"];
    !host.has_networkd
        && !host.bridges.iter().any(|it| it.name == name)
        && !OTHERS.iter().any(|it| name.starts_with(it))
}

/// Where a container on a bridge finds the way out: the host's own gateway, where both are in one network, or the host
/// where nothing is plugged into the bridge.
pub fn gateway(host: &Host, container: &Container) -> Option<String> {
    let local = container.link.local[0].as_ref().and_then(|it| Written::read(it.value.as_deref()?))?;
    let subnet = around(host, local);
    let of_host = host.gateway.as_ref().and_then(|it| it.value.as_deref()?.parse::<IpAddr>().ok());
    if let Some(it) = of_host.filter(|it| subnet.holds(*it) && *it != local.address) {
        return Some(it.to_string());
    }
    let bridge = container.link.bridge.as_ref()?.value.as_deref()?;
    let is_apart = host.bridges.iter().any(|it| it.name == bridge && it.interfaces.as_ref().is_some_and(Vec::is_empty));
    let own = host.addresses.iter().find(|it| it.interface == bridge && subnet.holds(it.address));
    own.filter(|_| is_apart).map(|it| it.address.to_string())
}

/// The network of an address on a bridge: as its prefix says, or as that of the host's address beside it.
fn around(host: &Host, local: Written) -> Subnet {
    let beside = host.addresses.iter().find(|it| it.subnet.holds(local.address)).map(|it| it.subnet);
    beside.filter(|_| local.prefix.is_none()).unwrap_or_else(|| local.subnet())
}

/// `networking.nat` for a text that says nothing of it.
pub fn nat(host: &Host, choices: &Choices) -> Vec<Binding> {
    let mut all = vec![
        Binding::of("enable", Nix::from(true)),
        Binding::of("internalInterfaces", Nix::List(vec![Nix::String(choices.wildcard(host).to_owned())])),
    ];
    if !choices.uplink.is_empty() {
        all.push(Binding::of("externalInterface", Nix::String(choices.uplink.clone())));
    }
    vec![Binding::of("networking.nat", Nix::Set(all))]
}

/// All that a text lacks, in the order in which it is written.
pub fn all(reading: &Reading, choices: &Choices) -> Vec<Missing> {
    let containers: Vec<Container> = reading.containers.iter().map(connected).collect();
    let mut found = Vec::new();
    for (at, (container, before)) in containers.iter().zip(&reading.containers).enumerate() {
        if container.private_network != before.private_network {
            found.push(Missing::new(
                Belongs::Container(at),
                "privateNetwork",
                Nix::from(true),
                format!("Without a network of its own, the addresses and ports of `{}` do nothing.", container.name),
            ));
        }
    }
    of_nat(&mut found, &reading.host, &containers, choices);
    of_bridges(&mut found, &reading.host, &containers, choices);
    of_shared(&mut found, &reading.host, &containers);
    for (at, container) in containers.iter().enumerate() {
        of_inside(&mut found, &reading.host, at, container, choices);
    }
    found
}

/// A container with the network that its addresses need.
fn connected(container: &Container) -> Container {
    let mut it = container.clone();
    let asks = it.link.is_said() || !it.link.ports.is_empty();
    if it.is_private() == Some(false) && it.private_network.is_none() && asks {
        it.private_network = Some(Given { value: Some(true), span: it.span, whole: it.span });
    }
    it
}

impl Missing {
    fn new(belongs: Belongs, option: &str, value: Nix, why: impl Into<String>) -> Self {
        let (list, instead_of) = (None, None);
        Self { belongs, option: option.to_owned(), value, list, instead_of, comment: "", why: why.into() }
    }
}

fn text(it: &str) -> Nix {
    Nix::String(it.to_owned())
}

fn of_nat(found: &mut Vec<Missing>, host: &Host, containers: &[Container], choices: &Choices) {
    let covers: Vec<(&Container, Cover)> =
        containers.iter().filter(|it| nat::needs(it)).map(|it| (it, nat::cover(host, choices, it))).collect();
    let Some((first, _)) = covers.iter().find(|it| it.1 != Cover::Open) else { return };
    let of_host = |option: &str, value: Nix, why: &str| {
        Missing::new(Belongs::Host, &["networking.", option].concat(), value, why)
    };
    if choices.nftables && host.nftables.is_none() {
        let why = "nftables is chosen for the firewall, and the text does not switch it on.";
        found.push(of_host("nftables.enable", Nix::from(true), why));
    }
    let wildcard = choices.wildcard(host);
    if covers.iter().any(|it| it.1 == Cover::Off) && host.nat.enable.is_none() {
        let why = format!("`{}` reaches nobody but the host without it.", first.name);
        found.push(of_host("nat.enable", Nix::from(true), &why));
    }
    // What was switched off on purpose stays so.
    if host.nat.enable.as_ref().is_some_and(|it| it.value != Some(true)) {
        return;
    }
    let (own, other) = if wildcard.ends_with('*') { ('*', '+') } else { ('+', '*') };
    let mut is_wrong = false;
    for it in &host.nat.internal {
        let Some(stem) = it.value.as_deref().and_then(|it| it.strip_suffix(other)) else { continue };
        is_wrong = true;
        let with = format!("{stem}{own}");
        let why = "The wildcard is that of the other firewall.";
        found.push(Missing { instead_of: Some(it.span), ..of_host("nat.internalInterfaces", text(&with), why) });
    }
    let is_left_out = covers.iter().any(|it| matches!(it.1, Cover::Off | Cover::NotListed));
    let is_listed = host.nat.internal.iter().any(|it| it.value.as_deref() == Some(wildcard));
    if is_left_out && !is_wrong && !is_listed {
        let why = format!("Packets come from the host's ends of containers, `{wildcard}`.");
        let value = Nix::List(vec![text(wildcard)]);
        found.push(Missing { list: host.nat.list, ..of_host("nat.internalInterfaces", value, &why) });
    }
    if host.nat.external.is_none() {
        let is_known = !choices.uplink.is_empty();
        let why = match is_known {
            true => "It is the interface that was chosen as uplink.".to_owned(),
            false => format!(
                "`{}` stands for the interface that leads to the internet: choose it as Uplink under Surroundings, in the header.",
                super::chosen::SOME_UPLINK
            ),
        };
        let mut it = Missing::new(Belongs::Host, "networking.nat.externalInterface", text(&choices.uplink(host)), why);
        it.comment = if is_known { "" } else { UPLINK_COMMENT };
        found.push(it);
    }
    let has_ipv6 = covers.iter().any(|it| it.0.link.local[1].is_some());
    if has_ipv6 && host.nat.ipv6.is_none() {
        let why = "Containers have IPv6 addresses, and NAT is for IPv4 alone by itself.";
        found.push(Missing::new(Belongs::Host, "networking.nat.enableIPv6", Nix::from(true), why));
    }
}

fn of_bridges(found: &mut Vec<Missing>, host: &Host, containers: &[Container], choices: &Choices) {
    let mut names: Vec<&str> = Vec::new();
    for container in containers.iter().filter(|it| it.is_private() == Some(true)) {
        let links = [&container.link].into_iter().chain(container.veths.iter().map(|it| &it.2));
        let bridges = links.filter_map(|it| it.bridge.as_ref()?.value.as_deref());
        for name in bridges.filter(|it| lacks_bridge(host, it)) {
            if !names.contains(&name) && names.len() < 64 {
                names.push(name);
            }
        }
    }
    for name in names {
        let is_known = !choices.uplink.is_empty() || host.nat.external.as_ref().is_some_and(|it| it.value.is_some());
        let path = |before: &str, after: &str| [before, name, after].concat();
        let mut it = Missing::new(
            Belongs::Host,
            &path("networking.bridges.", ".interfaces"),
            Nix::List(vec![text(&choices.uplink(host))]),
            format!(
                "Nothing makes the bridge `{name}`. The uplink is plugged into it, so that containers are neighbours of the host."
            ),
        );
        it.comment = if is_known { "" } else { UPLINK_COMMENT };
        found.push(it);
        if !host.interfaces.iter().any(|it| it == name) {
            found.push(Missing::new(
                Belongs::Host,
                &path("networking.interfaces.", ".useDHCP"),
                Nix::from(true),
                format!("An interface in a bridge has no address: the host gets its own at `{name}`."),
            ));
        }
    }
}

/// Ports that containers without a network of their own open, where the host's firewall decides.
fn of_shared(found: &mut Vec<Missing>, host: &Host, containers: &[Container]) {
    for (protocol, option) in
        [("tcp", "networking.firewall.allowedTCPPorts"), ("udp", "networking.firewall.allowedUDPPorts")]
    {
        let mut ports: Vec<u16> = Vec::new();
        for inside in containers.iter().filter(|it| it.shape() == Shape::Host).filter_map(Container::inside) {
            let own = inside.firewall.open.iter().filter(|it| it.0 == protocol).map(|it| it.1);
            ports.extend(own.filter(|it| !host.firewall.lets_through(protocol, *it)));
        }
        ports.sort_unstable();
        ports.dedup();
        if !ports.is_empty() {
            let list = ports.iter().map(|it| Nix::Number(it.to_string())).collect();
            let why = "The containers share the network of the host, whose firewall decides about their ports.";
            let mut it = Missing::new(Belongs::Host, option, Nix::List(list), why);
            it.list = host.firewall.lists.iter().find(|it| it.0 == protocol).map(|it| it.1);
            found.push(it);
        }
    }
}

fn of_inside(found: &mut Vec<Missing>, host: &Host, at: usize, container: &Container, choices: &Choices) {
    let Some(inside) = container.inside().filter(|it| !it.has_imports) else { return };
    let name = &container.name;
    let inner = |option: &str, value: Nix, why: String| Missing::new(Belongs::Inside(at), option, value, why);
    let shape = container.shape();
    for (protocol, option) in
        [("tcp", "networking.firewall.allowedTCPPorts"), ("udp", "networking.firewall.allowedUDPPorts")]
    {
        if inside.opens_by_itself || container.is_private() != Some(true) {
            break;
        }
        let own = container.link.ports.iter().filter(|it| it.protocol == protocol).filter_map(|it| it.container);
        let mut ports: Vec<u16> = own.filter(|it| !inside.firewall.lets_through(protocol, *it)).collect();
        ports.sort_unstable();
        ports.dedup();
        if !ports.is_empty() {
            let list = ports.iter().map(|it| Nix::Number(it.to_string())).collect();
            let why = format!("Ports of the host lead there, and the firewall inside `{name}` keeps them closed.");
            let list_there = inside.firewall.lists.iter().find(|it| it.0 == protocol).map(|it| it.1);
            found.push(Missing { list: list_there, ..inner(option, Nix::List(list), why) });
        }
    }
    let names = ["localAddress", "localAddress6"];
    for (name, given) in names.into_iter().zip(&container.link.local).filter(|_| shape == Shape::Bridged) {
        let Some((given, local)) = given.as_ref().and_then(|it| Some((it, Written::read(it.value.as_deref()?)?)))
        else {
            continue;
        };
        let subnet = around(host, local);
        if local.prefix.is_none() && subnet != local.subnet() {
            let with = format!("{}/{}", local.address, subnet.prefix_len());
            let why = "Without the length of its prefix the address has no neighbours on the bridge.";
            let it = Missing::new(Belongs::Container(at), name, text(&with), why);
            found.push(Missing { instead_of: Some(given.span), ..it });
        }
    }
    if shape == Shape::Bridged && !container.is_open {
        let has_address = container.link.local.iter().any(Option::is_some);
        let has_way = container.link.host.iter().any(Option::is_some) || inside.has_gateway || inside.asks_dhcp;
        if !has_address && !has_way && !inside.has_address {
            let why = format!("`{name}` has no address on the bridge, and NixOS switches DHCP off in containers.");
            found.push(inner("networking.interfaces.eth0.useDHCP", Nix::from(true), why));
        } else if let Some(gateway) = gateway(host, container).filter(|_| has_address && !has_way) {
            let why = format!("On a bridge NixOS gives `{name}` an address and no gateway.");
            found.push(inner("networking.defaultGateway", text(&gateway), why));
        }
    }
    if matches!(shape, Shape::Routed | Shape::Bridged) && !inside.resolves {
        let why = format!(
            "The host's `/etc/resolv.conf`, which `{name}` has a copy of, may name a resolver of the host alone."
        );
        found.push(inner("networking.useHostResolvConf", Nix::from(false), why.clone()));
        found.push(inner("services.resolved.enable", Nix::from(true), why));
    }
    if !inside.has_state_version {
        let why = format!("Without it the data of `{name}` changes its form with each release of the host.");
        found.push(inner("system.stateVersion", text(&choices.release.to_string()), why));
    }
}

/// The edits that write all of it into the text; none where some place for it is not known.
pub fn edits(text: &str, reading: &Reading, all: &[Missing]) -> Option<Edits> {
    let mut bindings: BTreeMap<Belongs, Vec<Binding>> = BTreeMap::new();
    let mut lists: BTreeMap<Span, Vec<Nix>> = BTreeMap::new();
    let mut edits: Vec<TextEdit> = Vec::new();
    for it in all {
        match (it.instead_of, it.list, &it.value) {
            (Some(span), _, Nix::String(_)) if span.of(text).starts_with('"') => {
                edits.extend(Edits::replace(span, crate::notation::nix::write_inline(&it.value)));
            }
            (Some(_), ..) => return None,
            (None, Some(list), Nix::List(elements)) => lists.entry(list).or_default().extend(elements.iter().cloned()),
            _ => {
                let binding = Binding::of(&it.option, it.value.clone());
                let binding = if it.comment.is_empty() { binding } else { binding.said(it.comment) };
                bindings.entry(it.belongs).or_default().push(binding);
            }
        }
    }
    let bindings = bindings.into_iter().map(|(belongs, all)| (belongs, gathered(all)));
    let mut more = |found: Edits| {
        let is_there = !found.is_empty();
        edits.extend(found);
        is_there.then_some(())
    };
    for (belongs, bindings) in bindings {
        more(match belongs {
            Belongs::Host => places::add_around(text, reading.around.as_ref()?, &bindings),
            Belongs::Container(at) => places::add(text, reading.containers.get(at)?.place?, &bindings),
            Belongs::Inside(at) => places::add(text, reading.containers.get(at)?.inside()?.place?, &bindings),
        })?;
    }
    for (list, elements) in lists {
        more(places::append(text, list, &elements))?;
    }
    Some(Edits::of(edits))
}

/// The same with what belongs to `networking.nat` in one set, where that is several.
fn gathered(all: Vec<Binding>) -> Vec<Binding> {
    let is_of_nat = |it: &Binding| it.path.len() == 3 && it.path.iter().take(2).eq(["networking", "nat"]);
    if all.iter().filter(|it| is_of_nat(it)).count() < 2 {
        return all;
    }
    let place = all.iter().position(is_of_nat).unwrap_or_default();
    let (of_nat, mut rest): (Vec<Binding>, Vec<Binding>) = all.into_iter().partition(is_of_nat);
    let inner = of_nat.into_iter().map(|it| Binding { path: it.path.into_iter().skip(2).collect(), ..it });
    rest.insert(place, Binding::of("networking.nat", Nix::Set(inner.collect())));
    rest
}

/// All of it as a module of its own, which is imported beside the text.
pub fn module(reading: &Reading, all: &[Missing]) -> Nix {
    let mut host = Vec::new();
    let mut containers: BTreeMap<usize, (Vec<Binding>, Vec<Binding>)> = BTreeMap::new();
    for it in all.iter().filter(|it| it.instead_of.is_none()) {
        let binding = Binding::of(&it.option, it.value.clone());
        let binding = if it.comment.is_empty() { binding } else { binding.said(it.comment) };
        match it.belongs {
            Belongs::Host => host.push(binding),
            Belongs::Container(at) => containers.entry(at).or_default().0.push(binding),
            Belongs::Inside(at) => containers.entry(at).or_default().1.push(binding),
        }
    }
    let mut host = gathered(host);
    for (at, (mut options, inside)) in containers {
        let Some(container) = reading.containers.get(at) else { continue };
        let mut path = vec!["containers".to_owned(), container.name.clone()];
        let value = match options.is_empty() {
            true => {
                path.push("config".to_owned());
                Nix::Set(inside)
            }
            false => {
                if !inside.is_empty() {
                    options.push(Binding::of("config", Nix::Set(inside)));
                }
                Nix::Set(options)
            }
        };
        let apart = !host.is_empty();
        host.push(Binding { path, value, apart, comments: Vec::new() });
    }
    Nix::Set(host)
}
