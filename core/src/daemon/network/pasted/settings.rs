//! Which networks do the settings of NetworkManager, WireGuard, OpenVPN and the resolver name?

use super::{
    Ignored, NotUnderstood, Notation, Role, System,
    addresses::{address, cidr, looks_like_address, mask},
    reader::{Naming, Reader},
    row::Row,
};
use crate::address::Subnet;

/// Finds the addresses and blocks of a list that commas or spaces part; `(none)` is one of none.
fn each<'a>(reader: &mut Reader<'a>, row: &Row<'a>, listed: &'a str, naming: Naming<'a>) {
    for word in listed.split([',', ' ', '\t', ';', '"']).filter(|it| !it.is_empty()) {
        // `1.1.1.1#cloudflare-dns.com`, and `192.168.1.34/24,192.168.1.1` with a gateway behind.
        let bare = word.split('#').next().unwrap_or_default();
        match cidr(bare) {
            Some(cidr) => reader.find(Subnet::of(cidr), row.span(bare), naming),
            None if looks_like_address(bare) => reader.refuse(NotUnderstood::Address),
            None => {}
        }
    }
    reader.ignore(Ignored::Detail);
}

/// `IP4.ROUTE[1]:    dst = 10.0.0.0/8, nh = 192.168.1.1, mt = 600`
pub fn nmcli<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    const OTHERS: &[&str] = &[
        "GENERAL",
        "connection",
        "DHCP4",
        "DHCP6",
        "WIRED-PROPERTIES",
        "CAPABILITIES",
        "INTERFACE-FLAGS",
        "802-3-ethernet",
        "802-11-wireless",
        "802-11-wireless-security",
        "WIFI-PROPERTIES",
        "AP[",
        "proxy",
        "tun",
        "vpn",
        "wireguard",
        "bridge",
        "CONNECTIONS",
        "tc",
        "match",
        "hostname",
        "ip-tunnel",
        "BRIDGE",
    ];
    if matches!(row.word(0), "route4" | "route6") {
        reader.enter(Notation::Nmcli);
        return nmcli_short(reader, row);
    }
    if row.word(0) == "servers:" {
        reader.enter(Notation::Nmcli);
        let naming = Naming { role: Role::Nameserver, system: System::Linux, name: None };
        let listed = row.text.strip_prefix("servers:").unwrap_or_default();
        each(reader, row, listed, naming);
        return true;
    }
    let Some((key, value)) = row.text.split_once(':') else {
        return false;
    };
    let Some((group, setting)) = key.split_once('.') else {
        return false;
    };
    let setting = setting.split('[').next().unwrap_or_default();
    // Names in lower case may be anything: only within a block of this notation are they settings.
    let is_setting = group.starts_with(|it: char| it.is_ascii_uppercase() || it == '8')
        || reader.notation == Notation::Nmcli
        || !row.has_addresses();
    if OTHERS.contains(&group) && !key.contains(' ') && is_setting {
        reader.enter(Notation::Nmcli);
        if matches!(setting, "DEVICE" | "interface-name" | "IP-IFACE") {
            reader.interface = Some(value.trim()).filter(|it| !it.is_empty() && *it != "--");
        }
        reader.ignore(Ignored::Detail);
        return true;
    }
    if !matches!(group, "IP4" | "IP6" | "ipv4" | "ipv6") {
        return false;
    }
    reader.enter(Notation::Nmcli);
    let interface = reader.interface;
    let naming = |role| Naming { role, system: System::Linux, name: interface };
    match setting {
        "ADDRESS" | "addresses" => each(reader, row, value, naming(Role::OwnAddress)),
        "DNS" | "dns" => each(reader, row, value, naming(Role::Nameserver)),
        "GATEWAY" | "gateway" => {
            if let Some(addr) = address(value.trim()) {
                reader.find_address(addr, row.span(value.trim()), naming(Role::Server));
            }
            reader.ignore(Ignored::Detail);
        }
        "ROUTE" | "routes" => {
            for route in value.split(['}', ';']) {
                nmcli_route(reader, row, route, interface);
            }
            reader.ignore(Ignored::Detail);
        }
        _ => reader.ignore(Ignored::Detail),
    }
    true
}

/// `dst = 10.0.0.0/8, nh = 192.168.1.1, mt = 50, table=52`, or `10.0.0.0/8 192.168.1.1`.
fn nmcli_route<'a>(reader: &mut Reader<'a>, row: &Row<'a>, route: &'a str, interface: Option<&'a str>) {
    let words = || {
        let words = route.split([' ', ',', '=', '{']);
        words.filter(|it| !it.is_empty())
    };
    let after = |name: &str| words().skip_while(|it| *it != name).nth(1);
    let Some(destination) = words().find(|it| looks_like_address(it)) else {
        return;
    };
    let Some(cidr) = cidr(destination) else {
        return reader.refuse(NotUnderstood::Address);
    };
    let mut unnamed = words().filter(|it| looks_like_address(it)).skip(1);
    let gateway = after("nh").or_else(|| unnamed.next()).and_then(address);
    let table = after("table").filter(|it| !matches!(*it, "254" | "0"));
    let role = match (table, gateway) {
        (Some(_), _) => Role::OtherTableRoute,
        (None, Some(gateway)) if !gateway.is_unspecified() => Role::GatewayRoute,
        _ => Role::OnLinkRoute,
    };
    let naming = Naming { role, system: System::Linux, name: interface };
    reader.find(Subnet::of(cidr), row.span(destination), naming);
}

/// `route4 10.0.0.0/8 via 192.168.1.1 metric 600`
fn nmcli_short<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let destination = row.word(1);
    match cidr(destination) {
        Some(cidr) => {
            let role = match row.has("via") {
                true => Role::GatewayRoute,
                false => Role::OnLinkRoute,
            };
            let naming = Naming { role, system: System::Linux, name: reader.interface };
            reader.find(Subnet::of(cidr), row.span(destination), naming);
        }
        None if destination == "default" => reader.ignore(Ignored::DefaultRoute),
        None => reader.refuse(NotUnderstood::Address),
    }
    true
}

/// `AllowedIPs = 10.0.0.0/8, ::/0`, and the same as `wg show` writes it.
pub fn wireguard<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    const SHOWN: &[&str] = &[
        "peer",
        "public key",
        "private key",
        "preshared key",
        "listening port",
        "endpoint",
        "latest handshake",
        "transfer",
        "persistent keepalive",
        "fwmark",
    ];
    const WRITTEN: &[&str] = &[
        "privatekey",
        "publickey",
        "presharedkey",
        "endpoint",
        "listenport",
        "mtu",
        "table",
        "preup",
        "postup",
        "predown",
        "postdown",
        "saveconfig",
        "persistentkeepalive",
        "fwmark",
    ];
    if matches!(row.text, "[Interface]" | "[Peer]") {
        return reader.take(Notation::WireGuard, Ignored::Heading);
    }
    if let Some((key, value)) = row.text.split_once('=') {
        let key = key.trim().to_ascii_lowercase();
        let role = match key.as_str() {
            "allowedips" => Some(Role::AllowedIps),
            "address" => Some(Role::OwnAddress),
            "dns" => Some(Role::Nameserver),
            _ => None,
        };
        if let Some(role) = role {
            reader.enter(Notation::WireGuard);
            let value = value.split('#').next().unwrap_or_default();
            let naming = Naming { role, system: System::Unknown, name: reader.interface };
            each(reader, row, value, naming);
            return true;
        }
        if WRITTEN.contains(&key.as_str()) {
            return reader.take(Notation::WireGuard, Ignored::Detail);
        }
    }
    let Some((key, value)) = row.text.split_once(": ") else {
        return false;
    };
    match key {
        "allowed ips" => {
            reader.enter(Notation::WireGuard);
            let naming = Naming { role: Role::AllowedIps, system: System::Unknown, name: reader.interface };
            each(reader, row, value, naming);
        }
        "interface" if row.words.len() == 2 && reader.notation != Notation::Nmcli => {
            reader.enter(Notation::WireGuard);
            reader.interface = Some(value.trim());
            reader.ignore(Ignored::Heading);
        }
        key if SHOWN.contains(&key) && !row.has_blocks() => {
            return reader.take(Notation::WireGuard, Ignored::Detail);
        }
        _ => return false,
    }
    true
}

/// `nameserver 192.168.1.1`; also what `resolvectl` and macOS's `scutil --dns` print.
pub fn resolv_conf<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let (notation, system, value) = match row.word(0) {
        "nameserver" => (Notation::ResolvConf, System::Linux, row.text.strip_prefix("nameserver")),
        word if word.starts_with("nameserver[") => {
            (Notation::ResolvConf, System::Other, row.text.split_once(':').map(|it| it.1))
        }
        "search" | "domain" | "options" | "sortlist"
            if row.words.len() > 1 && row.indent == 0 && (row.word(0) == "sortlist" || !row.has_addresses()) =>
        {
            return reader.take(Notation::ResolvConf, Ignored::Detail);
        }
        _ => match row.text.split_once(':') {
            Some((label, value)) if label.ends_with("DNS Servers") || label.ends_with("DNS Server") => {
                (Notation::Resolvectl, System::Linux, Some(value))
            }
            _ => return false,
        },
    };
    reader.enter(notation);
    let value = value.unwrap_or_default();
    let value = value.split([';']).next().unwrap_or_default();
    let naming = Naming { role: Role::Nameserver, system, name: None };
    each(reader, row, value, naming);
    if notation == Notation::Resolvectl {
        reader.continues = Some(Role::Nameserver);
    }
    true
}

/// A line with nothing but an address, below one that says what it is.
pub fn continuation<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let Some(role) = reader.continues else {
        return false;
    };
    let bare = row.text.split(['#', '(']).next().unwrap_or_default();
    let Some(addr) = address(bare).filter(|_| row.indent > 8 && row.words.len() == 1) else {
        return false;
    };
    let system = match reader.notation {
        Notation::Ipconfig => System::Other,
        _ => System::Linux,
    };
    reader.find_address(addr, row.span(bare), Naming { role, system, name: None });
    true
}

/// The directives of OpenVPN that name networks, in a file, in `push "…"` or in the log's `PUSH_REPLY,…`.
pub fn openvpn<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    if row.text.contains(',')
        && let Some((_, pushed)) = row.text.split_once("PUSH_REPLY,")
    {
        reader.enter(Notation::OpenVpn);
        for directive in pushed.split([',', '\'', '"']) {
            openvpn_directive(reader, row, directive.trim());
        }
        reader.ignore(Ignored::Detail);
        return true;
    }
    const OTHERS: &[&str] = &[
        "remote",
        "local",
        "management",
        "http-proxy",
        "socks-proxy",
        "route-gateway",
        "remote-random",
        "client",
        "dev",
        "proto",
        "topology",
        "redirect-gateway",
        "ifconfig-pool",
        "client-config-dir",
        "explicit-exit-notify",
    ];
    let pushed = row.text.strip_prefix("push ").map(|it| it.trim().trim_matches(['"', '\'']));
    let directive = pushed.unwrap_or(row.text);
    if pushed.is_some() || openvpn_words(directive).is_some() {
        reader.enter(Notation::OpenVpn);
        openvpn_directive(reader, row, directive);
        reader.ignore(Ignored::Detail);
        return true;
    }
    let is_other = row.words.len() > 1 && OTHERS.contains(&row.word(0)) && !row.has_blocks();
    is_other && reader.take(Notation::OpenVpn, Ignored::Detail)
}

/// The role of the network that a directive names, and its arguments.
fn openvpn_words(directive: &str) -> Option<(Role, Vec<&str>)> {
    let mut words = directive.split([' ', '\t']).filter(|it| !it.is_empty());
    let role = match words.next()? {
        "route" | "iroute" | "route-ipv6" | "iroute-ipv6" => Role::GatewayRoute,
        "server" | "server-ipv6" | "ifconfig" | "ifconfig-push" | "ifconfig-ipv6" => Role::OwnAddress,
        "dhcp-option" if matches!(words.next(), Some("DNS" | "DNS6")) => Role::Nameserver,
        _ => return None,
    };
    let words: Vec<_> = words.take_while(|it| !it.starts_with(['#', ';'])).collect();
    let is_address = words.first().is_some_and(|it| looks_like_address(it));
    (is_address && words.len() <= 5).then_some((role, words))
}

fn openvpn_directive<'a>(reader: &mut Reader<'a>, row: &Row<'a>, directive: &'a str) {
    let Some((role, words)) = openvpn_words(directive) else {
        return;
    };
    let naming = Naming { role, system: System::Unknown, name: None };
    let word = words.first().copied().unwrap_or_default();
    let Some(found) = cidr(word) else {
        return reader.refuse(NotUnderstood::Address);
    };
    let second = words.get(1).copied().unwrap_or_default();
    let bits = match second.starts_with("255.") || second == "0.0.0.0" {
        true => mask(second),
        false => Some(found.bits),
    };
    let Some(bits) = bits else {
        return reader.refuse(NotUnderstood::Mask);
    };
    reader.find(Subnet::new(found.addr, bits), row.span(word), naming);
    // The other end of a tunnel between two points.
    let peer = cidr(second).filter(|_| role == Role::OwnAddress && bits == 32);
    if let Some(peer) = peer {
        let naming = Naming { role: Role::OnLinkRoute, ..naming };
        reader.find(Subnet::of(peer), row.span(second), naming);
    }
}
