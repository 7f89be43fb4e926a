//! Which subnets would an Engine hand out in a given situation? One JSON object in, one out, line by line.

use drydock::{
    Engine,
    address::{Family, Subnet},
    daemon::network::{AddressPool, Allocator, NoSubnet, Unfit, default_pools},
    docker::go::net,
};
use serde::Deserialize;
use serde_json::Value;

/// More networks are not asked for at once.
const MOST_REQUESTS: usize = 1 << 20;

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

/// What the Engine answers to the situation in a line: `{"static": […], "allocated": […], "exhausted": false}`, or
/// `{"error": …}` with the words in which it refuses the pools. The line holds the situation, or an object with the
/// situation as its member `scenario`.
///
/// # Errors
///
/// Why the line describes no situation, such as one without `requests`.
pub fn answer(line: &str, engine: Engine) -> Result<String, String> {
    let mut line: Value = serde_json::from_str(line).map_err(|it| it.to_string())?;
    let inner = line.get_mut("scenario").map(Value::take);
    let scenario: Scenario = serde_json::from_value(inner.unwrap_or(line)).map_err(|it| it.to_string())?;
    if scenario.requests > MOST_REQUESTS {
        return Err(format!("more than {MOST_REQUESTS} requests"));
    }
    let pools = match scenario.pools.unwrap_or_default() {
        written if written.is_empty() => default_pools(),
        written => match read_pools(&written, engine)? {
            Ok(pools) => pools,
            Err(refusal) => return Ok(format!("{{\"error\": {}}}", Value::from(refusal))),
        },
    };
    let family = match scenario.v6 {
        true => Family::Ipv6,
        false => Family::Ipv4,
    };
    let mut allocator = Allocator::new(engine, &pools, family);
    let by_hand = scenario.by_hand.unwrap_or_default();
    let by_hand: Vec<String> = by_hand.iter().map(|it| occupy(&mut allocator, it, engine)).collect();
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
    let texts = texts.iter().map(|it| Value::from(it.as_str()));
    let texts: Vec<String> = texts.map(|it| it.to_string()).collect();
    format!("[{}]", texts.join(", "))
}

fn subnet(text: &str) -> Result<Subnet, String> {
    let cidr = net::parse_prefix(text);
    cidr.map(Subnet::of).ok_or_else(|| format!("{text:?} is no subnet such as 10.0.0.0/24"))
}

/// The pools, or the words in which the Engine refuses them.
///
/// Source: moby daemon/libnetwork/ipams/defaultipam/allocator.go, `splitByIPFamily`, `NewAllocator`; read at
/// docker-v29.7.2. libnetwork/ipamutils/utils.go, `SplitNetworks`; read at v26.1.5.
fn read_pools(written: &[Pool], engine: Engine) -> Result<Result<Vec<AddressPool>, String>, String> {
    let mut pools = Vec::new();
    for (index, Pool { base, size }) in written.iter().enumerate() {
        let subnet = subnet(base)?;
        if net::is_mapped(subnet.network_address()) {
            return Err(format!("pool {base} is an IPv4 block in IPv6 notation"));
        }
        match AddressPool::new(subnet, *size) {
            Ok(pool) if *size > 0 => pools.push(pool),
            Err(Unfit::LongerThanAddress) => {
                return Err(format!("no address has {size} bits, as pool {base} asks for"));
            }
            Ok(_) | Err(Unfit::LargerThanPool) => {
                let bits = subnet.prefix_len();
                let what = match size {
                    0 => "is not in canonical form".to_owned(),
                    _ => format!("has a smaller prefix (/{bits}) than the target size of that pool (/{size})"),
                };
                return Ok(Err(match Engine::new(27, 0, 0) <= engine {
                    true => format!(
                        "could not construct local address space: network at index {index} (&{{{base} {size}}}) {what}"
                    ),
                    false => format!("invalid pools size: {size}"),
                }));
            }
        }
    }
    Ok(Ok(pools))
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
            Err(NoSubnet::UsedUp) => "all predefined address pools have been fully subnetted".to_owned(),
        };
    }
    let overlap = "Pool overlaps with other one on this address space";
    match allocator.occupy(Subnet::of(cidr)) {
        Ok(()) => ok(),
        Err(_) if Engine::new(27, 0, 0) <= engine => format!("invalid pool request: {overlap}"),
        Err(_) => overlap.to_owned(),
    }
}
