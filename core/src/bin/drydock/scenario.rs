//! Which subnets would an Engine hand out in a given situation? One JSON object in, one out, line by line.

use drydock::{
    Engine,
    go::net,
    network::{AddressPool, Allocator, Family, NoSubnet, Subnet, default_pools},
};
use serde::Deserialize;

/// A line of input: the situation, bare or as a member `scenario` of an object.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Member { scenario: Scenario },
    Bare(Scenario),
}

#[derive(Deserialize)]
struct Scenario {
    /// `null` or none: those of the Engine.
    #[serde(default)]
    pools: Option<Vec<Pool>>,
    /// What the Engine finds on the host, and keeps away from by itself.
    #[serde(default)]
    reserved: Option<Vec<String>>,
    /// The subnets that networks were given by hand, in this order, before the rest.
    #[serde(default, rename = "static")]
    by_hand: Option<Vec<String>>,
    /// Whether the networks are IPv6 ones.
    #[serde(default)]
    v6: bool,
    /// How many networks without a subnet of their own are made then.
    requests: usize,
}

#[derive(Deserialize)]
struct Pool {
    base: String,
    size: i64,
}

/// What the Engine answers to the situation in a line: `{"static": […], "allocated": […], "exhausted": false}`.
///
/// # Errors
///
/// Why the line describes no situation, such as a pool 10.0.0.0/16 with size 12.
pub fn answer(line: &str, engine: Engine) -> Result<String, String> {
    let line = serde_json::from_str(line).map_err(|it| it.to_string())?;
    let (Line::Member { scenario } | Line::Bare(scenario)) = line;
    let pools = match scenario.pools.unwrap_or_default() {
        written if written.is_empty() => default_pools(),
        written => written.iter().map(pool).collect::<Result<_, _>>()?,
    };
    let family = match scenario.v6 {
        true => Family::Ipv6,
        false => Family::Ipv4,
    };
    let mut allocator = Allocator::new(engine, &pools, family);
    let by_hand = scenario.by_hand.unwrap_or_default();
    let by_hand: Vec<String> = by_hand
        .iter()
        .map(|it| occupy(&mut allocator, it, engine))
        .collect();
    let reserved = scenario.reserved.unwrap_or_default();
    let reserved = reserved.iter().map(|it| subnet(it));
    allocator.reserve(&reserved.collect::<Result<Vec<_>, _>>()?);
    let handed_out = allocator.take(scenario.requests);
    let handed_out: Vec<String> = handed_out.map(|it| it.to_string()).collect();
    let mut members = Vec::new();
    if !by_hand.is_empty() {
        members.push(format!("\"static\": {}", list(&by_hand)));
    }
    members.push(format!("\"allocated\": {}", list(&handed_out)));
    let is_exhausted = handed_out.len() < scenario.requests;
    members.push(format!("\"exhausted\": {is_exhausted}"));
    Ok(format!("{{{}}}", members.join(", ")))
}

fn list(texts: &[String]) -> String {
    let texts = texts.iter().map(|it| serde_json::Value::from(it.as_str()));
    let texts: Vec<String> = texts.map(|it| it.to_string()).collect();
    format!("[{}]", texts.join(", "))
}

fn subnet(text: &str) -> Result<Subnet, String> {
    let cidr = net::parse_prefix(text);
    cidr.map(Subnet::of)
        .ok_or_else(|| format!("{text:?} is no subnet such as 10.0.0.0/24"))
}

fn pool(written: &Pool) -> Result<AddressPool, String> {
    let Pool { base, size } = written;
    AddressPool::new(subnet(base)?, *size)
        .map_err(|_| format!("Address pool {base} cannot be split into /{size} subnets"))
}

/// What the Engine says to `docker network create --subnet`.
///
/// Source: moby daemon/libnetwork/ipams/defaultipam/allocator.go, `RequestPool`; read at docker-v29.7.2, v28.5.2 and
/// (libnetwork/ipam/allocator.go) v26.1.5.
fn occupy(allocator: &mut Allocator, text: &str, engine: Engine) -> String {
    let Some(cidr) = net::parse_prefix(text) else {
        return format!(
            "failed to parse pool request for address space \"LocalDefault\" pool \"{text}\" subpool \"\": invalid address pool"
        );
    };
    let ok = || "ok".to_owned();
    if Engine::new(29, 0, 0) <= engine && cidr.addr.is_unspecified() {
        let handed_out = match cidr.bits {
            0 => allocator.next().ok_or(NoSubnet::UsedUp),
            bits => allocator.next_of_size(bits),
        };
        return match handed_out {
            Ok(_) => ok(),
            Err(NoSubnet::NoPool) => "invalid address pool".to_owned(),
            Err(NoSubnet::UsedUp) => {
                "all predefined address pools have been fully subnetted".to_owned()
            }
        };
    }
    let overlap = "Pool overlaps with other one on this address space";
    match allocator.occupy(Subnet::of(cidr)) {
        Ok(()) => ok(),
        Err(_) if Engine::new(27, 0, 0) <= engine => format!("invalid pool request: {overlap}"),
        Err(_) => overlap.to_owned(),
    }
}
