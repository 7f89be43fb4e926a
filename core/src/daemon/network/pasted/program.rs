//! Which networks do the words of VPN clients, firewalls and clusters name?

use super::{
    Ignored, NotUnderstood, Notation, Role, System,
    addresses::{address, address_bits, cidr, looks_like_address, special},
    reader::{Naming, Reader},
    row::Row,
};
use crate::address::Subnet;

/// The line of a rule of the policy routing: `5270: from all lookup 52`. A rule leads to a table, it is no route.
///
/// Source: iproute2 ip/iprule.c, `print_rule`.
pub fn ip_rule<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let number = row.word(0).strip_suffix(':').unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    let words = row.words.get(1..).unwrap_or_default();
    let is_rule = is_number && matches!(words.first(), Some(&"from" | &"not"));
    if !is_rule {
        return false;
    }
    reader.enter(Notation::IpRoute);
    for (word, role) in [("from", Role::Listed), ("to", Role::OtherTableRoute)] {
        let Some(selector) = row.after(word) else {
            continue;
        };
        let naming = Naming { role, system: System::Linux, name: Some("ip rule") };
        match cidr(selector) {
            Some(cidr) => reader.find(Subnet::of(cidr), row.span(selector), naming),
            None if looks_like_address(selector) => reader.refuse(NotUnderstood::Address),
            None => {}
        }
    }
    reader.ignore(Ignored::Detail);
    true
}

/// Rules of iptables and nft. Docker writes many, with the addresses of containers; none is a route.
pub fn firewall<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    const NFT: &[&str] = &["table", "chain", "type", "policy", "set", "map", "elements"];
    let (first, second) = (row.word(0), row.word(1));
    let is_option = matches!(first, "-A" | "-P" | "-N" | "-I" | "-D") && row.words.len() > 1;
    let is_saved = first.starts_with(':') && row.text.ends_with(']') || first == "COMMIT" && row.words.len() == 1;
    let is_table = first.starts_with('*') && matches!(first, "*nat" | "*filter" | "*mangle" | "*raw" | "*security");
    let is_chain = first == "Chain" && row.text.ends_with(')');
    let is_columns = first == "target" && second == "prot"
        || first == "pkts" && row.has("target")
        || first == "num" && row.has("prot");
    let is_nft = matches!(first, "table" | "chain") && row.text.ends_with('{');
    let is_open = reader.notation == Notation::Firewall;
    let has_target = |at: usize| {
        let target = row.word(at);
        !target.is_empty() && target.bytes().all(|it| it.is_ascii_uppercase() || b"-_0123456789".contains(&it))
    };
    let is_listed = is_open && row.has("--") && (has_target(0) || has_target(1) || has_target(2));
    let is_rule = is_open
        && (NFT.contains(&first)
            || row.text.starts_with('}')
            || ["saddr", "daddr", "iifname", "oifname", "counter", "jump", "accept", "drop", "return", "ct"]
                .iter()
                .any(|it| row.has(it)));
    if !(is_option || is_saved || is_table || is_chain || is_columns || is_nft || is_listed || is_rule) {
        return false;
    }
    reader.enter(Notation::Firewall);
    match row.has_addresses() {
        true => reader.refuse(NotUnderstood::Firewall),
        false => reader.ignore(Ignored::Detail),
    }
    true
}

/// `100.101.102.103  laptop  alice@  linux  -`: whoever joins a tailnet gets an address of one block.
///
/// Source: tailscale cmd/tailscale/cli/status.go, `printPS`; net/tsaddr/tsaddr.go, `CGNATRange`.
pub fn tailscale<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    const SYSTEMS: &[&str] =
        &["linux", "windows", "macOS", "iOS", "android", "freebsd", "openbsd", "tvOS", "js", "illumos", "plan9"];
    let owner = row.word(2);
    let is_peer = SYSTEMS.contains(&row.word(3)) || owner.ends_with('@') || owner == "tagged-devices";
    if !is_peer || row.words.len() < 4 {
        return false;
    }
    let Some(addr) = address(row.word(0)) else {
        return false;
    };
    let block = cidr(match addr.is_ipv4() {
        true => "100.64.0.0/10",
        false => "fd7a:115c:a1e0::/48",
    });
    let naming = Naming { role: Role::OtherTableRoute, system: System::Linux, name: Some("Tailscale") };
    reader.enter(Notation::Program);
    match block.map(Subnet::of).filter(|it| it.holds(addr)) {
        Some(block) => reader.find(block, row.span(row.word(0)), naming),
        None => reader.find_address(addr, row.span(row.word(0)), naming),
    }
    true
}

/// `200 listnetworks 8056c2e21c000001 lab 92:31:c0:ff:ee:01 OK PRIVATE ztr2qsmswx 10.147.17.5/24`
///
/// Source: ZeroTierOne one.cpp, `listnetworks`.
pub fn zerotier<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    if (row.word(0), row.word(1)) != ("200", "listnetworks") {
        return false;
    }
    reader.enter(Notation::Program);
    for word in row.last().split(',') {
        let naming = Naming {
            role: Role::OwnAddress,
            system: System::Unknown,
            name: Some(row.word(3)).filter(|_| row.words.len() > 8),
        };
        match cidr(word) {
            Some(cidr) => reader.find(Subnet::of(cidr), row.span(word), naming),
            None if looks_like_address(word) => reader.refuse(NotUnderstood::Address),
            None => {}
        }
    }
    reader.ignore(Ignored::Detail);
    true
}

/// `PrefixLength      : 24` below `IPAddress         : 192.168.1.5`, as Get-NetIPAddress shows them.
pub fn prefix_length<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let Some((key, value)) = row.text.split_once(':') else {
        return false;
    };
    if key.trim() == "IPAddress" {
        let Some(addr) = address(value.trim()) else {
            return false;
        };
        reader.enter(Notation::Program);
        reader.address = Some((addr, row.span(value.trim()), reader.pasted.networks.len()));
        let naming = Naming { role: Role::OwnAddress, system: System::Other, name: None };
        let bits = address_bits(addr);
        reader.find(Subnet::new(addr, bits), row.span(value.trim()), naming);
        return true;
    }
    if key.trim() != "PrefixLength" {
        return false;
    }
    let bits = value.trim().parse::<u8>().ok();
    let Some((bits, (addr, span, at))) = bits.zip(reader.address.take()) else {
        return false;
    };
    if bits <= address_bits(addr) {
        let subnet = Subnet::new(addr, bits);
        let found = reader.pasted.networks.get_mut(at);
        let found = found.filter(|it| it.span == span && special(subnet).is_none());
        if let Some(found) = found {
            found.subnet = subnet;
        }
    }
    reader.take(Notation::Program, Ignored::Detail)
}

/// Words that mark a line as the output of a program: without an address it is of no interest, and nothing is missed.
pub fn heading<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    // A longer line is a sentence that only mentions such a word.
    if row.words.len() > 8 || row.has_addresses() {
        return false;
    }
    const STARTS: &[&str] = &[
        "Cisco AnyConnect",
        "Cisco Secure Client",
        "Route Details",
        "Secured Routes",
        "Secure Routes",
        "Non-Secured Routes",
        "Non-Secure Routes",
        "GlobalProtect",
        "FortiClient",
        "Available Networks:",
        "Peers detail:",
        "NetBird ",
        "DHCP Configuration",
        "Manual Configuration",
        "apiVersion: ",
        "kind: ",
    ];
    // `"--allocate-node-cidrs=true",` among the flags of a cluster's parts.
    let is_flag = row.words.len() == 1 && row.text.contains("--") && row.text.contains('=');
    if is_flag {
        return reader.take(Notation::Program, Ignored::Detail);
    }
    if !STARTS.iter().any(|it| row.text.starts_with(it)) {
        return false;
    }
    reader.take(Notation::Program, Ignored::Heading);
    // Cisco's lists say by their headings alone what they are.
    reader.interface = Some(row.text).filter(|it| it.contains("Routes"));
    true
}
