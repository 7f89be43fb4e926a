//! Which addresses do a machine's interfaces have?

use super::{
    Ignored, NotUnderstood, Notation, Role, System,
    addresses::{address, address_bits, cidr, looks_like_address, mask},
    reader::{Naming, Reader},
    row::Row,
};
use crate::{address::Subnet, docker::go::net::Cidr};

/// Whether an interface is named as macOS and the BSDs name theirs.
pub fn is_bsd(interface: &str) -> bool {
    const NAMES: &[&str] = &[
        "lo", "en", "utun", "awdl", "llw", "bridge", "gif", "stf", "anpi", "ap", "vmenet", "feth", "ppp", "ipsec",
        "em", "igb", "ix", "re", "vtnet", "vmx", "wlan", "epair", "tun", "tap", "wg",
    ];
    let digits = interface.trim_end_matches(|it: char| it.is_ascii_digit());
    digits.len() < interface.len() && NAMES.contains(&digits)
}

/// The lines of `ip addr`, also with `-o` or `-br`.
pub fn ip_addr<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    const STATES: &[&str] = &["UP", "DOWN", "UNKNOWN", "LOWERLAYERDOWN", "DORMANT", "TESTING", "NOTPRESENT"];
    let number = row.word(0).strip_suffix(':').unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    if is_number && row.word(2).starts_with('<') && row.word(1).ends_with(':') {
        reader.enter(Notation::IpAddr);
        reader.interface = Some(interface(row.word(1)));
        reader.ignore(Ignored::Heading);
        return true;
    }
    if is_number && matches!(row.word(2), "inet" | "inet6") {
        reader.enter(Notation::IpAddr);
        reader.interface = Some(interface(row.word(1)));
        inet(reader, row, 2, System::Linux);
        return true;
    }
    if STATES.contains(&row.word(1)) && !looks_like_address(row.word(0)) {
        reader.enter(Notation::IpAddr);
        reader.interface = Some(interface(row.word(0)));
        for word in row.words.iter().skip(2) {
            match cidr(word) {
                Some(cidr) => own(reader, row, word, cidr, System::Linux),
                None if looks_like_address(word) => reader.refuse(NotUnderstood::Address),
                None => {}
            }
        }
        reader.ignore(Ignored::Detail);
        return true;
    }
    if row.word(0).starts_with("link/") || matches!(row.word(0), "valid_lft" | "altname") {
        return reader.take(Notation::IpAddr, Ignored::Detail);
    }
    false
}

fn interface(word: &str) -> &str {
    let name = word.trim_end_matches(':');
    name.split('@').next().unwrap_or(name)
}

/// The lines of `ifconfig` in its three forms, and the addresses below a heading of `ip addr`.
pub fn ifconfig<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let name = row.word(0).trim_end_matches(':');
    let is_heading = row.word(1).starts_with("flags=") || (row.word(1), row.word(2)) == ("Link", "encap:Ethernet");
    if is_heading || row.word(1) == "Link" && row.word(2).starts_with("encap:") {
        reader.enter(Notation::Ifconfig);
        reader.interface = Some(name);
        reader.link = None;
        reader.system = Some(match is_bsd(name) && row.indent == 0 && !row.text.contains("  mtu") {
            true => System::Other,
            false => System::Linux,
        });
        reader.ignore(Ignored::Heading);
        return true;
    }
    match row.word(0) {
        "inet" | "inet6" | "inet4"
            if looks_like_address(row.word(1).trim_start_matches("addr:")) || row.word(1) == "addr:" => {}
        // Lines of an interface whose addresses are not networks of its own.
        "tunnel" | "nat64" if reader.notation == Notation::Ifconfig => {
            reader.ignore(Ignored::Detail);
            return true;
        }
        _ => return false,
    }
    let is_ip_addr = row.has("scope") || row.word(0) == "inet4";
    let system = match (is_ip_addr, row.text.contains("netmask 0x") || row.text.contains("-->")) {
        (true, _) => System::Linux,
        (_, true) => System::Other,
        _ => reader.system.unwrap_or(System::Linux),
    };
    let is_nmcli = reader.notation == Notation::Nmcli || row.word(0) == "inet4";
    if is_nmcli {
        reader.enter(Notation::Nmcli);
    } else if is_ip_addr && reader.notation != Notation::Ifconfig {
        reader.enter(Notation::IpAddr);
    } else {
        reader.enter(Notation::Ifconfig);
    }
    inet(reader, row, 0, system);
    true
}

/// `inet …` or `inet6 …`, which is the word at `at`.
fn inet<'a>(reader: &mut Reader<'a>, row: &Row<'a>, at: usize, system: System) {
    let word = match row.word(at + 1) {
        "addr:" => row.word(at + 2),
        word => word.trim_start_matches("addr:"),
    };
    let after = |word: &str| row.after(word);
    let old = |prefix: &str| row.words.iter().find_map(|it| it.strip_prefix(prefix));
    let Some(found) = cidr(word) else {
        return reader.refuse(NotUnderstood::Address);
    };
    let bits = match (after("netmask").or(old("Mask:")), after("prefixlen")) {
        (Some(written), _) => match mask(written) {
            Some(bits) => bits,
            None => return reader.refuse(NotUnderstood::Mask),
        },
        (None, Some(length)) => match length.parse() {
            Ok(bits) if bits <= address_bits(found.addr) => bits,
            _ => return reader.refuse(NotUnderstood::Address),
        },
        (None, None) => found.bits,
    };
    // `ip addr` names the interface at the end of the line.
    if reader.interface.is_none() && row.has("scope") && found.addr.is_ipv4() {
        reader.interface = Some(row.last());
    }
    let cidr_ = Cidr { addr: found.addr, bits };
    own(reader, row, word, cidr_, system);
    // The other end of a tunnel.
    let peer = after("peer").or(after("-->")).or(after("destination")).or(old("P-t-P:"));
    if let Some((peer, written)) = peer.and_then(|it| Some((cidr(it)?, it))) {
        let naming = Naming { role: Role::OnLinkRoute, system, name: reader.interface };
        reader.find(Subnet::of(peer), row.span(written), naming);
    }
}

fn own<'a>(reader: &mut Reader<'a>, row: &Row<'a>, word: &'a str, cidr: Cidr, system: System) {
    let naming = Naming { role: Role::OwnAddress, system, name: reader.interface };
    reader.find(Subnet::of(cidr), row.span(word), naming);
}

/// The lines of `ipconfig`: a label with dots, a colon and a value. Only the shape tells, the labels are translated.
pub fn ipconfig<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let Some((label, value)) = labelled(row.text) else {
        return false;
    };
    if row.indent == 0 && reader.notation != Notation::Ipconfig {
        return false;
    }
    reader.enter(Notation::Ipconfig);
    // What is in brackets says how the address came to be.
    let value = value.split('(').next().unwrap_or_default().trim();
    let Some(addr) = address(value) else {
        match looks_like_address(value) {
            true => reader.refuse(NotUnderstood::Address),
            false => reader.ignore(Ignored::Detail),
        }
        return true;
    };
    if is_mask(value) {
        reader.ignore(Ignored::Detail);
        return true;
    }
    let is_nameserver = label.contains("DNS");
    let next = row.rest.split('\n').next().unwrap_or_default();
    let own_bits = match addr {
        _ if is_nameserver => None,
        // The mask is on the next line.
        std::net::IpAddr::V4(_) => labelled(next.trim()).map(|it| it.1).filter(|it| is_mask(it)).and_then(mask),
        // IPv6 addresses come without their length; RFC 4291, 2.5.1: an interface identifier has 64 bits.
        std::net::IpAddr::V6(_) => Some(64),
    };
    if let Some(bits) = own_bits {
        own(reader, row, value, Cidr { addr, bits }, System::Other);
        // The addresses of a gateway begin with an IPv6 one.
        reader.continues = Some(Role::Server);
        return true;
    }
    let role = match is_nameserver {
        true => Role::Nameserver,
        false => Role::Server,
    };
    let naming = Naming { role, system: System::Other, name: None };
    reader.find_address(addr, row.span(value), naming);
    reader.continues = Some(role);
    true
}

fn is_mask(value: &str) -> bool {
    (value.starts_with("255.") || value == "0.0.0.0") && mask(value).is_some()
}

/// `   DNS-Server  . . . . . . . . . . . : 192.168.1.1`
fn labelled(text: &str) -> Option<(&str, &str)> {
    // Nearly every line ends here.
    if !text.contains(':') {
        return None;
    }
    let dots = text.find(". .").or_else(|| text.find(".:")).or_else(|| text.find(". :"))?;
    let colon = dots + text.get(dots..)?.find(':')?;
    Some((text.get(..dots)?, text.get(colon + 1..)?.trim()))
}
