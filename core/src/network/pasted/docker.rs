//! Which networks does Docker itself use, or will by a Compose file?

use super::{
    Ignored, Judgement, NotUnderstood, Notation, Pasted, Role, System,
    addresses::cidr,
    reader::{Naming, Reader},
    row::Row,
};
use crate::{daemon_words, network::Subnet, order};

/// What was told of Docker's networks so far.
#[derive(Default)]
pub struct Networks<'a> {
    /// Those that `docker network ls` lists, each with its line.
    pub listed: Vec<(usize, String)>,
    /// Those whose subnets `docker network inspect` tells.
    pub inspected: Vec<String>,
    /// The keys of a Compose file that the line stands below, each with its indentation.
    keys: Vec<(usize, &'a str)>,
}

/// Whether an interface is a bridge that the Engine made.
///
/// Source: moby daemon/libnetwork/drivers/bridge/interface_linux.go, `DefaultBridgeName`; drivers/bridge/bridge_linux.go
/// (`"br-" + id[:12]`); daemon/libnetwork/default_gateway_linux.go, `libnGWNetwork`; read at docker-v29.7.2.
pub fn is_interface(name: &str) -> bool {
    let id = name.strip_prefix("br-").unwrap_or_default();
    matches!(name, "docker0" | "docker_gwbridge") || id.len() == 12 && is_hex(id)
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

/// A network of this name exists; those of some drivers have no subnet.
pub fn list(reader: &mut Reader, name: &str, driver: &str) {
    if !matches!(driver, "host" | "null" | "none") {
        let line = reader.pasted.lines.len();
        reader.docker.listed.push((line, name.to_owned()));
    }
}

/// A network that is listed and whose subnets nobody told is not understood.
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
/// told as networks, and those are to be reached.
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
    let is_heading = matches!(row.text, "Client:" | "Server:" | "Default Address Pools:")
        || row.text.starts_with("Client: Docker");
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
    let is_message = row.words.len() > 3 && daemon_words::is_spoken(row.text);
    if is_message {
        reader.ignore(Ignored::DaemonMessage);
    }
    is_message
}

/// The lines of a Compose file: only `subnet` names networks.
pub fn compose<'a>(reader: &mut Reader<'a>, row: &Row<'a>) -> bool {
    const ROOTS: &[&str] = &[
        "services", "networks", "ipam", "volumes", "configs", "secrets",
    ];
    const ADDRESSES: &[&str] = &[
        "ip_range",
        "gateway",
        "ipv4_address",
        "ipv6_address",
        "aux_addresses",
    ];
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

/// What stands behind `subnet:`.
fn subnet_of(text: &str) -> Option<&str> {
    let (before, value) = text.split_once("subnet")?;
    let value = value.trim_start_matches(['"', '\'']).strip_prefix(':')?;
    let is_start = before.is_empty() || before.ends_with(['-', ' ', '{', '"', '\'', ',']);
    let value = value.split([',', '}', '#']).next().unwrap_or_default();
    is_start.then(|| value.trim().trim_matches(['"', '\'']))
}

fn subnet<'a>(reader: &mut Reader<'a>, row: &Row<'a>, value: &'a str) {
    // `${SUBNET:-172.28.0.0/16}` has the value that holds when nothing else is set.
    let value = value.split_once(":-").map_or(value, |it| it.1);
    let keys = reader.docker.keys.iter().filter(|it| it.0 < row.indent);
    let mut keys = keys
        .rev()
        .map(|it| it.1)
        .skip_while(|it| *it != "ipam")
        .skip(1);
    let naming = Naming {
        role: Role::Docker,
        system: System::Unknown,
        name: keys.next(),
    };
    match cidr(value) {
        Some(cidr) => reader.find(Subnet::of(cidr), row.span(value), naming),
        None => reader.refuse(NotUnderstood::Address),
    }
}
