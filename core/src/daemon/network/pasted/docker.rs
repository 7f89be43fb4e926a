//! Which networks does Docker itself use, and which does a Compose file ask for?

use super::{
    Found, Ignored, Judgement, Line, NotUnderstood, Notation, Pasted, Role, System,
    addresses::cidr,
    reader::{Naming, Reader},
    row::Row,
};
use crate::{address::Subnet, daemon::spoken::is_spoken, text::order};

/// What was told of Docker's networks so far.
#[derive(Default)]
pub struct Networks<'a> {
    /// Those that `docker network ls` lists, each with its line.
    pub listed: Vec<(usize, String)>,
    /// The lines with `host` or `none`, as a template lists them.
    templates: Vec<usize>,
    /// Those whose subnets `docker network inspect` tells.
    pub inspected: Vec<String>,
    /// The keys of a Compose file that the line is below, each with its indentation.
    keys: Vec<(usize, &'a str)>,
}

/// Whether an interface is a bridge that the Engine made.
///
/// Source: moby daemon/libnetwork/drivers/bridge/interface_linux.go, `DefaultBridgeName`; drivers/bridge/bridge_linux.go
/// (`"br-" + id[:12]`); daemon/libnetwork/default_gateway_linux.go, `libnGWNetwork`; read at docker-v29.7.2.
pub fn is_interface(name: &str) -> bool {
    let id = name.strip_prefix("br-").unwrap_or_default();
    matches!(name, "docker0" | GATEWAY_BRIDGE) || id.len() == 12 && is_hex(id)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// `9f904ee27bf5   bridge    bridge    local`
pub fn network_ls<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let [id, name, driver, scope] = row.words[..] else {
        return false;
    };
    let is_id = id.len() >= 12 && id.bytes().all(|it| it.is_ascii_alphanumeric());
    if !is_id || !matches!(scope, "local" | "global" | "swarm") {
        return false;
    }
    list(reader, name, driver);
    reader.take(Notation::DockerNetworks, Ignored::Detail)
}

/// `bridge [{172.17.0.0/16  172.17.0.1 map[]}]`, `host []`, and `host` alone, as templates of `docker network inspect`
/// print them.
pub fn network_line<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let (name, listed) = match row.text.split_once('[') {
        Some((name, listed)) => (name.trim_end(), listed),
        None => (row.text, ""),
    };
    let is_empty = matches!(listed, "" | "]");
    if matches!(name, "host" | "none") && is_empty {
        reader.docker.templates.push(reader.pasted.lines.len());
        return reader.take(Notation::DockerNetworks, Ignored::Detail);
    }
    let is_config = listed.starts_with('{') && listed.ends_with("}]");
    if !(is_config || listed == "]" && reader.place.tells_docker) || name.is_empty() {
        return false;
    }
    reader.enter(Notation::DockerNetworks);
    for config in listed.split('{').skip(1) {
        let word = config.split(' ').next().unwrap_or_default();
        let naming = Naming { role: Role::Docker, system: System::Linux, name: Some(name) };
        match cidr(word) {
            Some(cidr) => reader.find(Subnet::of(cidr), row.span(word), naming),
            None => reader.refuse(NotUnderstood::Address),
        }
    }
    reader.ignore(Ignored::Detail);
    true
}

/// A list of names and subnets is Docker's when `host` or `none` is in it, which have no subnet.
pub fn judge_templates(pasted: &mut Pasted, networks: &Networks) {
    let is_listed = |it: &Line| {
        it.judgement == Judgement::Networks && it.notation == Notation::List || it.notation == Notation::DockerNetworks
    };
    let mut reached = 0;
    for at in &networks.templates {
        // The lines of one list are judged once, however many templates are among them.
        if *at < reached {
            continue;
        }
        let lines = &pasted.lines;
        let before = lines.get(reached..*at).unwrap_or_default();
        let before = before.iter().rev().take_while(|it| is_listed(it)).count();
        let behind = lines.get(at + 1..).unwrap_or_default();
        let behind = behind.iter().take_while(|it| is_listed(it)).count();
        reached = at + 1 + behind;
        let (first, last) = (at - before.min(*at), at + behind);
        let start = pasted.networks.partition_point(|it| it.line < first);
        let end = pasted.networks.partition_point(|it| it.line <= last);
        for found in pasted.networks.get_mut(start..end).unwrap_or_default() {
            if found.role == Role::Listed {
                (found.role, found.system, found.avoid) = (Role::Docker, System::Linux, false);
            }
        }
        for line in pasted.lines.get_mut(first..=last).unwrap_or_default() {
            line.notation = Notation::DockerNetworks;
        }
    }
}

/// What there is to know of Docker's networks as a whole, in sentences.
///
/// Source of what a node of a swarm has: moby daemon/libnetwork/default_gateway_linux.go, `createGWNetwork`;
/// daemon/cluster/executor/container/executor.go (`ingress`); read at docker-v29.7.2.
pub fn notes(pasted: &Pasted) -> Vec<String> {
    const MOST: usize = 8;
    let mut notes = Vec::new();
    let mut networks: Vec<&Found> = pasted.in_use().filter(|it| it.name.is_some()).collect();
    for (name, what) in [
        (GATEWAY_BRIDGE, "through which containers in overlay networks reach the world"),
        ("ingress", "which takes in the swarm's published ports"),
    ] {
        let found = networks.iter().find(|it| it.name.as_deref() == Some(name));
        notes.extend(found.map(|it| format!("{name} exists, {what}, and has {}: no second one is made.", it.subnet)));
    }
    // Wider before narrower, so that each lies in the last wide one or after it.
    order::sort(&mut networks, |a, b| (a.subnet, &a.name).cmp(&(b.subnet, &b.name)));
    networks.dedup_by(|a, b| a.subnet == b.subnet && a.name == b.name);
    let mut widest: Option<&Found> = None;
    let mut more = 0;
    for it in networks {
        let Some(wide) = widest.filter(|wide| wide.subnet.contains(it.subnet)) else {
            widest = Some(it);
            continue;
        };
        // `ip route` names the bridge, `docker network ls` the network.
        let (Some(first), Some(second)) = (&wide.name, &it.name) else {
            continue;
        };
        let is_same_bridge = wide.subnet == it.subnet && (is_interface(first) || is_interface(second));
        if first == second || is_same_bridge {
            continue;
        }
        if notes.len() == MOST {
            more += 1;
            continue;
        }
        notes.push(match wide.subnet == it.subnet {
            true => format!(
                "The networks {first} and {second} both have {}: what is sent to one can end in the other. Remove one of \
                 them with `docker network rm`, and make it again with another subnet.",
                it.subnet
            ),
            false => format!(
                "The networks {first} ({}) and {second} ({}) overlap: what is sent to one can end in the other. Remove one \
                 of them with `docker network rm`, and make it again with another subnet.",
                wide.subnet, it.subnet
            ),
        });
    }
    if more > 0 {
        notes.push(format!("{more} more of Docker's networks overlap."));
    }
    notes
}

/// The bridge through which containers in overlay networks reach the world.
pub const GATEWAY_BRIDGE: &str = "docker_gwbridge";

/// A network of this name exists; those of some drivers have no subnet.
pub fn list(reader: &mut Reader, name: &str, driver: &str) {
    if !matches!(driver, "host" | "null" | "none") {
        let line = reader.pasted.lines.len();
        reader.docker.listed.push((line, name.to_owned()));
    }
}

/// A listed network without its subnets counts as not understood.
pub fn judge_listed(pasted: &mut Pasted, networks: &mut Networks) {
    order::sort(&mut networks.inspected, String::cmp);
    for (line, name) in &networks.listed {
        let is_told = networks.inspected.binary_search(name).is_ok();
        if let Some(line) = pasted.lines.get_mut(*line).filter(|_| !is_told) {
            line.judgement = Judgement::NotUnderstood(NotUnderstood::DockerNetwork);
        }
    }
}

/// The lines of `docker info`. Its pools are what the daemon cuts its own networks from; registries and proxies may be
/// given as networks, which must stay within reach.
///
/// Source: docker/cli cli/command/system/info.go, `prettyPrintInfo`, `prettyPrintServerInfo`, `printSwarmInfo`; read at
/// v29.7.2.
pub fn info<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let pool = row.text.strip_prefix("Base: ");
    if let Some((base, size)) = pool.and_then(|it| it.split_once(", Size: ")) {
        reader.enter(Notation::DockerInfo);
        match (cidr(base), size.trim().parse()) {
            (Some(base), Ok(size)) => reader.find_pool(Subnet::of(base), size),
            _ => reader.refuse(NotUnderstood::Address),
        }
        return true;
    }
    let is_heading =
        matches!(row.text, "Client:" | "Server:" | "Default Address Pools:") || row.text.starts_with("Client: Docker");
    if is_heading {
        return reader.take(Notation::DockerInfo, Ignored::Heading);
    }
    let is_detail = row.indent > 0 || row.text.starts_with("WARNING: ");
    if reader.notation != Notation::DockerInfo || !is_detail {
        return false;
    }
    let key = row.text.split_once(':').unwrap_or_default().0;
    if key == "Default Address Pool" {
        // That of the swarm: docker swarm init --default-addr-pool.
        return reader.take(Notation::DockerInfo, Ignored::DaemonPool);
    }
    let naming = Naming {
        role: Role::Listed,
        system: System::Unknown,
        name: Some(match key {
            "No Proxy" => "without proxy",
            _ => "insecure registry",
        }),
    };
    let words = row.words.iter().flat_map(|it| it.split(','));
    for word in words.filter(|it| it.contains('/')) {
        if let Some(cidr) = cidr(word) {
            reader.find(Subnet::of(cidr), row.span(word), naming);
        }
    }
    reader.take(Notation::DockerInfo, Ignored::Detail)
}

/// What the daemon said, pasted where networks belong.
pub fn message<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    let is_message = row.words.len() > 3 && is_spoken(row.text);
    if is_message {
        reader.ignore(Ignored::DaemonMessage);
    }
    is_message
}

/// The lines of a Compose file: only `subnet` names networks.
pub fn compose<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    const ROOTS: &[&str] = &["services", "networks", "ipam", "volumes", "configs", "secrets"];
    const ADDRESSES: &[&str] = &["ip_range", "gateway", "ipv4_address", "ipv6_address", "aux_addresses"];
    let (key, value) = row.text.split_once(':').unwrap_or_default();
    let key = key.trim_start_matches(['-', ' ']).trim_matches(['"', '\'']);
    let is_key = !key.is_empty() && !key.contains([' ', '/', '.']);
    let opens = is_key && value.is_empty();
    let is_root = opens && ROOTS.contains(&key);
    if let Some(value) = subnet_of(row.text) {
        reader.enter(Notation::Compose);
        subnet(reader, row, value);
        return true;
    }
    if !is_root && reader.notation != Notation::Compose {
        return false;
    }
    if row.indent == 0 || is_root && reader.notation != Notation::Compose {
        reader.docker.keys.clear();
    }
    let keys = &mut reader.docker.keys;
    keys.truncate(keys.partition_point(|it| it.0 < row.indent));
    let in_services = keys.iter().any(|it| it.1 == "services");
    if opens {
        keys.push((row.indent, key));
        return reader.take(Notation::Compose, Ignored::Heading);
    }
    // Below a service, addresses are ports and names; elsewhere they may be networks.
    let is_entry = is_key || row.text.starts_with("- ");
    let is_known = in_services && is_entry || ADDRESSES.contains(&key) || !row.has_addresses();
    row.indent > 0 && is_known && reader.take(Notation::Compose, Ignored::Detail)
}

/// What follows `subnet:`.
fn subnet_of(text: &str) -> Option<&str> {
    // Nearly every line ends here.
    if !text.contains(':') {
        return None;
    }
    let (before, value) = text.split_once("subnet")?;
    let value = value.trim_start_matches(['"', '\'']).strip_prefix(':')?;
    let is_start = before.is_empty() || before.ends_with(['-', ' ', '{', '"', '\'', ',']);
    let value = value.split([',', '}', '#']).next().unwrap_or_default();
    is_start.then(|| value.trim().trim_matches(['"', '\'']))
}

fn subnet<'a>(reader: &mut Reader<'a>, row: &Row<'a>, value: &'a str) {
    // `${SUBNET:-172.28.0.0/16}` has a default.
    let value = value.split_once(":-").map_or(value, |it| it.1);
    let keys = reader.docker.keys.iter().filter(|it| it.0 < row.indent);
    let mut keys = keys.rev().map(|it| it.1).skip_while(|it| *it != "ipam").skip(1);
    let naming = Naming { role: Role::Docker, system: System::Unknown, name: keys.next() };
    match cidr(value) {
        Some(cidr) => reader.find(Subnet::of(cidr), row.span(value), naming),
        None => reader.refuse(NotUnderstood::Address),
    }
}
