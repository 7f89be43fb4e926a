//! What a machine says of its networks, and what `docker` says of itself.

use super::{Kind, page::Page};

/// What `docker info`, `docker version` and the lists of `docker` print.
pub fn output(page: &Page) -> Option<(Kind, usize)> {
    const HEADINGS: &[&str] = &["CONTAINER ID", "NETWORK ID", "REPOSITORY ", "IMAGE ", "VOLUME NAME", "● docker"];
    const LINES: &[&str] = &[
        "Client:",
        "Server:",
        "Containers: ",
        "Server Version: ",
        "Storage Driver: ",
        "Logging Driver: ",
        "Cgroup Driver: ",
        "Docker Root Dir: ",
        "Kernel Version: ",
        "API version: ",
        "Insecure Registries:",
        "Default Address Pools:",
        "Git commit: ",
        "Runtimes: ",
    ];
    if page.begins_as_json {
        return None;
    }
    let heading = (0..3).find(|it| page.starts(*it, HEADINGS) && has_columns(page.line(*it)));
    let first = page.find(0, LINES);
    let line = heading.or(first.filter(|it| page.find(it + 1, LINES).is_some()))?;
    Some((Kind::Output, line))
}

/// Whether words are set apart as the columns of a table are, or follow the dot of `systemctl status`.
fn has_columns(line: &str) -> bool {
    crate::text::find::contains(line, "  ") || line.starts_with('●')
}

/// Routing tables, addresses, name servers.
pub fn tables(page: &Page) -> Option<(Kind, usize)> {
    const HEADINGS: &[&str] = &[
        "Kernel I",
        "Routing tables",
        "Destination  ",
        "=====",
        "IPv4 Route",
        "IPv6 Route",
        "Windows IP",
        "1: lo",
        "lo: flags",
        "lo0: flags",
        "nameserver ",
        "ifIndex",
        "Network Destination",
        "Network Subnet",
        "Active Routes",
        "Interface List",
        "Internet:",
        "IP4.",
        "GENERAL.",
        "Ethernet adapter",
        "Wireless LAN",
        "interface: ",
        "IPAddress ",
        "DNS configuration",
    ];
    if page.begins_as_json {
        return None;
    }
    let line = (0..page.lines.len().min(8)).find(|it| page.starts(*it, HEADINGS) || is_route(page.line(*it)))?;
    Some((Kind::Networks, line))
}

/// Networks that have names: a line for each.
pub fn list(page: &Page) -> Option<(Kind, usize)> {
    let is_listed = |it: &&&str| {
        let mut words = it.split([' ', '\t', ',', ';', '(', ')', '=', ':']);
        words.any(|it| it.contains('/') && is_address(it))
    };
    let listed = page.lines.iter().filter(is_listed).count();
    let is_list = !page.begins_as_json && !page.has_settings() && listed > 0;
    (is_list && listed * 2 >= page.lines.len()).then_some((Kind::Networks, 0))
}

/// Whether a line begins with a network, or leads to one.
fn is_route(line: &str) -> bool {
    let mut words = line.split([' ', '\t', ',', ';']).filter(|it| !it.is_empty());
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match first {
        "default" | "unreachable" | "blackhole" | "broadcast" | "local" => {
            matches!(second, "via" | "dev") || is_address(second) || second.starts_with("link#")
        }
        _ => is_address(first),
    }
}

/// Whether a word looks like an address or a network.
fn is_address(word: &str) -> bool {
    let is_four = word.bytes().all(|it| it.is_ascii_digit() || b"./".contains(&it));
    let is_six = word.bytes().all(|it| it.is_ascii_hexdigit() || b":/.".contains(&it));
    let points = word.bytes().filter(|it| *it == b'.').count();
    let colons = word.bytes().filter(|it| *it == b':').count();
    is_four && points == 3 && word.starts_with(|it: char| it.is_ascii_digit()) || is_six && colons >= 2
}
