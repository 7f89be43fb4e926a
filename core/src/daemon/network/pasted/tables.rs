//! Which routes does a line of a routing table tell of?

use super::{
    Ignored, NotUnderstood, Notation, Role, System,
    addresses::{self, abbreviated, address, cidr, looks_like_address, mask},
    interfaces::is_bsd,
    reader::{Naming, Reader},
    row::Row,
};
use crate::{address::Subnet, docker::go::net::Cidr, text::Span};

/// `10.0.0.0/8 via 192.168.1.1 dev wlan0 proto static metric 600`
pub fn ip_route<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    const TYPES: &[&str] = &[
        "unicast",
        "local",
        "broadcast",
        "multicast",
        "anycast",
        "throw",
        "unreachable",
        "prohibit",
        "blackhole",
        "nat",
    ];
    const KEYWORDS: &[&str] =
        &["dev", "via", "proto", "scope", "nexthop", "metric", "src", "table", "nhid", "encap", "onlink"];
    // Those that need no interface.
    const NOWHERE: &[&str] = &["throw", "unreachable", "prohibit", "blackhole"];
    let kind = Some(row.word(0)).filter(|it| TYPES.contains(it));
    let at = usize::from(kind.is_some());
    let (destination, keyword) = (row.word(at), row.word(at + 1));
    if matches!(destination, "nexthop" | "cache") && reader.notation == Notation::IpRoute {
        return reader.take(Notation::IpRoute, Ignored::Detail);
    }
    let is_route = KEYWORDS.contains(&keyword) || row.words.len() == 2 && kind.is_some_and(|it| NOWHERE.contains(&it));
    if !is_route || !(destination == "default" || looks_like_address(destination)) {
        return false;
    }
    reader.enter(Notation::IpRoute);
    let route = Route {
        destination,
        kind,
        table: row.after("table"),
        interface: row.after("dev"),
        leads_out: row.has("via") || row.has("nexthop"),
    };
    find_route(reader, &route, row.span(destination));
    true
}

/// A route as `ip` tells of it.
pub struct Route<'a> {
    pub destination: &'a str,
    pub kind: Option<&'a str>,
    pub table: Option<&'a str>,
    pub interface: Option<&'a str>,
    /// Whether it leads to a gateway.
    pub leads_out: bool,
}

/// Finds the network of a route that `ip` tells of, or says why there is none.
pub fn find_route(reader: &mut Reader, route: &Route, span: Span) {
    if route.destination == "default" {
        return reader.ignore(Ignored::DefaultRoute);
    }
    let Some(cidr) = cidr(route.destination) else {
        return reader.refuse(NotUnderstood::Address);
    };
    let table = route.table.filter(|it| !matches!(*it, "main" | "254"));
    let why = match (route.kind, table) {
        (Some("broadcast" | "multicast"), _) => Some(Ignored::Multicast),
        (Some("local" | "anycast"), _) | (_, Some("local" | "255")) => Some(Ignored::Neighbour),
        // It leads back to the other tables.
        (Some("throw"), _) => Some(Ignored::Detail),
        (None, _) if route.interface == Some("lo") => Some(Ignored::Loopback),
        _ => None,
    };
    if let Some(why) = why {
        return reader.ignore(addresses::special(Subnet::of(cidr)).unwrap_or(why));
    }
    // Routes of the other types lead nowhere.
    let is_plain = route.kind.is_none_or(|it| it == "unicast");
    let is_on_link = is_plain && !route.leads_out && route.interface.is_some();
    let role = match (table, is_on_link) {
        (Some(_), _) => Role::OtherTableRoute,
        (None, true) => Role::OnLinkRoute,
        (None, false) => Role::GatewayRoute,
    };
    let naming = Naming { role, system: System::Linux, name: route.interface };
    reader.find(Subnet::of(cidr), span, naming);
}

/// `192.168.1.0     0.0.0.0         255.255.255.0   U     600    0        0 wlan0`, and the like for IPv6
pub fn linux<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let is_flags =
        |it: &str| !it.is_empty() && it.len() < 8 && it.bytes().all(|it| b"UGHRDMACI!BneadcirwL".contains(&it));
    let is_number = |at: usize| {
        let word = row.word(at);
        !word.is_empty() && word.bytes().all(|it| it.is_ascii_digit())
    };
    let is_four = row.words.len() >= 8 && is_flags(row.word(3)) && mask(row.word(2)).is_some();
    let is_six = row.words.len() >= 7
        && row.word(0).contains(':')
        && row.word(1).contains(':')
        && is_flags(row.word(2))
        && (3..6).all(is_number);
    if !is_four && !is_six {
        return false;
    }
    reader.enter(Notation::RouteTable);
    let destination = row.word(0);
    let (gateway, flags, bits) = match is_four {
        true => (row.word(1), row.word(3), mask(row.word(2))),
        false => (row.word(1), row.word(2), None),
    };
    let found = match (destination, bits) {
        ("default", _) => Some(Cidr { addr: [0; 4].into(), bits: 0 }),
        // A table without -n names these two.
        ("link-local", _) => cidr("169.254.0.0/16"),
        ("loopback", _) => cidr("127.0.0.0/8"),
        (_, Some(bits)) => address(destination).filter(|it| it.is_ipv4()).map(|addr| Cidr { addr, bits }),
        // netstat writes the default as [::]/0.
        (_, None) => cidr(&destination.replace(['[', ']'], "")),
    };
    let Some(found) = found else {
        reader.refuse(match destination.bytes().next() {
            Some(b'0'..=b'9') => NotUnderstood::Address,
            _ => NotUnderstood::Hostname,
        });
        return true;
    };
    let subnet = Subnet::of(found);
    if row.last() == "lo" || flags.contains('n') {
        reader.ignore(addresses::special(subnet).unwrap_or(Ignored::Neighbour));
        return true;
    }
    let is_on_link = !flags.contains(['G', '!']) && matches!(gateway, "0.0.0.0" | "*" | "::" | "[::]");
    let role = match is_on_link {
        true => Role::OnLinkRoute,
        false => Role::GatewayRoute,
    };
    let naming = Naming { role, system: System::Linux, name: Some(row.last()).filter(|it| *it != "-") };
    reader.find(subnet, row.span(destination), naming);
    true
}

/// `10.8/24            utun3              USc                 utun3`
pub fn bsd<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let (destination, gateway, flags) = (row.word(0), row.word(1), row.word(2));
    // Source: netstat(1) of macOS and FreeBSD.
    let is_flags = flags.starts_with(['U', 'R', 'B']) && flags.len() < 14;
    let is_flags = is_flags && flags.bytes().all(|it| b"123BbCcDdGgHIiLMmPRrSUWXYz".contains(&it));
    let is_gateway =
        gateway.starts_with("link#") || gateway.contains([':', '.']) || gateway == row.word(3) || is_bsd(gateway);
    let is_destination = destination == "default"
        || destination.contains(':')
        || destination.starts_with(|it: char| it.is_ascii_digit());
    if !(4..=8).contains(&row.words.len()) || !is_flags || !is_gateway || !is_destination {
        return false;
    }
    // Older tables have the columns Refs and Use before the interface.
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let interface = match is_number(row.word(3)) && is_number(row.word(4)) {
        true => row.word(5),
        false => row.word(3),
    };
    reader.enter(Notation::Netstat);
    if destination == "default" {
        reader.ignore(Ignored::DefaultRoute);
        return true;
    }
    let Some(cidr) = abbreviated(destination) else {
        reader.refuse(NotUnderstood::Address);
        return true;
    };
    let subnet = Subnet::of(cidr);
    let is_link = gateway.starts_with("link#") || gateway.bytes().filter(|it| *it == b':').count() == 5;
    let role = match flags.contains('G') {
        true => Role::GatewayRoute,
        false => Role::OnLinkRoute,
    };
    let naming = Naming { role, system: System::Other, name: Some(interface) };
    let is_single = cidr.bits == addresses::address_bits(cidr.addr);
    if interface.starts_with("lo") || is_single && role == Role::OnLinkRoute && is_link {
        reader.ignore(addresses::special(subnet).unwrap_or(Ignored::Neighbour));
        return true;
    }
    match is_single {
        true => reader.find_address(cidr.addr, row.span(destination), naming),
        false => reader.find(subnet, row.span(destination), naming),
    }
    true
}

/// `route print`, `Get-NetRoute` and `netsh`: only the shape tells, the words are translated.
pub fn windows<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let is_rule = row.text.len() > 20 && row.text.bytes().all(|it| it == b'=');
    let begins_with_number = row.text.starts_with(|it: char| it.is_ascii_digit());
    let is_interface = begins_with_number && row.text.as_bytes().windows(3).any(|it| it == b"...");
    if is_rule || is_interface {
        return reader.take(Notation::RoutePrint, Ignored::Heading);
    }
    let count = row.words.len();
    let is_prefix = |it: &str| it.contains('/') && looks_like_address(it);
    if count >= 4 && is_number(row.word(0)) && is_prefix(row.word(1)) && address(row.word(2)).is_some() {
        reader.enter(Notation::GetNetRoute);
        let on_link = matches!(row.word(2), "0.0.0.0" | "::");
        windows_route(reader, row, row.word(1), cidr(row.word(1)), on_link);
        return true;
    }
    // `No  Manual  0  0.0.0.0/0  12  172.18.0.1`, or the words of an interface at its end.
    if count >= 6 && is_number(row.word(2)) && is_prefix(row.word(3)) && is_number(row.word(4)) {
        reader.enter(Notation::Netsh);
        let on_link = address(row.word(5)).is_none();
        windows_route(reader, row, row.word(3), cidr(row.word(3)), on_link);
        return true;
    }
    if count >= 3 && is_number(row.word(0)) && is_number(row.word(1)) && is_prefix(row.word(2)) {
        reader.enter(Notation::RoutePrint);
        // A long line goes on in the next one, with the gateway alone.
        let next = row.rest.split('\n').next().unwrap_or_default().trim();
        let gateway = match count {
            3 => next,
            _ => row.last(),
        };
        windows_route(reader, row, row.word(2), cidr(row.word(2)), address(gateway).is_none());
        reader.is_wrapped = count == 3;
        return true;
    }
    if std::mem::take(&mut reader.is_wrapped) && reader.notation == Notation::RoutePrint && row.indent > 8 {
        return reader.take(Notation::RoutePrint, Ignored::Detail);
    }
    let (Some(addr), Some(bits)) = (address(row.word(0)), mask(row.word(1))) else {
        return false;
    };
    let is_active = count >= 5 && address(row.word(count - 2)).is_some() && is_number(row.last());
    // Routes that survive a restart have no interface, and can have a word for their metric.
    let is_persistent = count == 4 && address(row.word(2)).is_some();
    if !addr.is_ipv4() || !(is_active || is_persistent) {
        return false;
    }
    reader.enter(Notation::RoutePrint);
    let on_link = is_active && (count > 5 || address(row.word(2)).is_none());
    let own = address(row.word(count - 2)).filter(|_| is_active);
    if own == Some(addr) && bits == 32 {
        let why = addresses::special(Subnet::new(addr, bits));
        reader.ignore(why.unwrap_or(Ignored::Neighbour));
        return true;
    }
    let cidr = Cidr { addr, bits };
    windows_route(reader, row, row.word(0), Some(cidr), on_link);
    true
}

fn windows_route<'a>(reader: &mut Reader<'a>, row: &Row<'a>, word: &'a str, cidr: Option<Cidr>, on_link: bool) {
    let Some(cidr) = cidr else {
        return reader.refuse(NotUnderstood::Address);
    };
    let role = match on_link {
        true => Role::OnLinkRoute,
        false => Role::GatewayRoute,
    };
    let naming = Naming { role, system: System::Other, name: None };
    let is_single = cidr.bits == addresses::address_bits(cidr.addr);
    match is_single && on_link {
        true => reader.find_address(cidr.addr, row.span(word), naming),
        false => reader.find(Subnet::of(cidr), row.span(word), naming),
    }
}
