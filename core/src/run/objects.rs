//! Which networks and volumes do `docker network create` and its like make?

use super::{
    arguments::{self, Given, Grammar, Parsed, Value},
    call::Call,
    flags::Cli,
    problem::{Malformed, ProblemKind},
    read::Reader,
};
use crate::{
    address::Subnet,
    containers::{
        flags::Takes,
        model::{At, Joined, Network, SubnetOf, Volume},
    },
    docker::go::net,
    text::{Role, Span, words::distance},
};

/// A flag of these commands: name, letter, what it takes, and which programs have it.
type Row = (&'static str, Option<char>, Takes, &'static str);

/// Source: docker/cli `cli/command/network/create.go`; containers/podman `cmd/podman/networks/create.go`.
const NETWORK_CREATE: &[Row] = &[
    ("attachable", None, Takes::Switch, "d"),
    ("aux-address", None, Takes::Many, "d"),
    ("config-from", None, Takes::One, "d"),
    ("config-only", None, Takes::Switch, "d"),
    ("disable-dns", None, Takes::Switch, "p"),
    ("dns", None, Takes::Many, "p"),
    ("driver", Some('d'), Takes::One, "dp"),
    ("gateway", None, Takes::Many, "dp"),
    ("ignore", None, Takes::Switch, "p"),
    ("ingress", None, Takes::Switch, "d"),
    ("interface-name", None, Takes::One, "p"),
    ("internal", None, Takes::Switch, "dp"),
    ("ip-range", None, Takes::Many, "dp"),
    ("ipam-driver", None, Takes::One, "dp"),
    ("ipam-opt", None, Takes::Many, "d"),
    ("ipv4", None, Takes::Switch, "d"),
    ("ipv6", None, Takes::Switch, "dp"),
    ("label", None, Takes::Many, "dp"),
    ("opt", Some('o'), Takes::Many, "dp"),
    ("route", None, Takes::Many, "p"),
    ("scope", None, Takes::One, "d"),
    ("subnet", None, Takes::Many, "dp"),
];

/// Source: docker/cli `cli/command/network/connect.go`; containers/podman `cmd/podman/networks/connect.go`.
const NETWORK_CONNECT: &[Row] = &[
    ("alias", None, Takes::Many, "dp"),
    ("driver-opt", None, Takes::Many, "d"),
    ("gw-priority", None, Takes::One, "d"),
    ("ip", None, Takes::One, "dp"),
    ("ip6", None, Takes::One, "dp"),
    ("link", None, Takes::Many, "d"),
    ("link-local-ip", None, Takes::Many, "d"),
    ("mac-address", None, Takes::One, "p"),
];

/// Source: docker/cli `cli/command/volume/create.go`; containers/podman `cmd/podman/volumes/create.go`.
const VOLUME_CREATE: &[Row] = &[
    ("availability", None, Takes::One, "d"),
    ("driver", Some('d'), Takes::One, "dp"),
    ("gid", None, Takes::One, "p"),
    ("group", None, Takes::One, "d"),
    ("ignore", None, Takes::Switch, "p"),
    ("label", Some('l'), Takes::Many, "dp"),
    ("limit-bytes", None, Takes::One, "d"),
    ("name", None, Takes::One, "d"),
    ("opt", Some('o'), Takes::Many, "dp"),
    ("required-bytes", None, Takes::One, "d"),
    ("scope", None, Takes::One, "d"),
    ("secret", None, Takes::Many, "d"),
    ("sharing", None, Takes::One, "d"),
    ("topology-preferred", None, Takes::Many, "d"),
    ("topology-required", None, Takes::Many, "d"),
    ("type", None, Takes::One, "d"),
    ("uid", None, Takes::One, "p"),
];

fn find_in(rows: &[Row], name: &str) -> Option<(&'static str, Takes)> {
    rows.iter().find(|it| it.0 == name).map(|it| (it.0, it.2))
}

fn letter_in(rows: &[Row], letter: char) -> Option<&'static str> {
    rows.iter().find(|it| it.1 == Some(letter)).map(|it| it.0)
}

fn nearest_in(rows: &[Row], written: &str, cli: Cli) -> Option<&'static str> {
    let sign = if cli == Cli::Docker { 'd' } else { 'p' };
    let own = rows.iter().filter(|it| it.3.contains(sign));
    let near = own.map(|it| (distance(written, it.0), it.0));
    near.filter(|(distance, it)| *distance <= 1 + it.len() / 6).min().map(|it| it.1)
}

fn grammar_of_network_create(cli: Cli) -> Grammar {
    Grammar {
        cli,
        find: |it| find_in(NETWORK_CREATE, it),
        letter: |it| letter_in(NETWORK_CREATE, it),
        nearest: |it, cli| nearest_in(NETWORK_CREATE, it, cli),
        is_interspersed: true,
    }
}

fn grammar_of_network_connect(cli: Cli) -> Grammar {
    Grammar {
        cli,
        find: |it| find_in(NETWORK_CONNECT, it),
        letter: |it| letter_in(NETWORK_CONNECT, it),
        nearest: |it, cli| nearest_in(NETWORK_CONNECT, it, cli),
        is_interspersed: true,
    }
}

fn grammar_of_volume_create(cli: Cli) -> Grammar {
    Grammar {
        cli,
        find: |it| find_in(VOLUME_CREATE, it),
        letter: |it| letter_in(VOLUME_CREATE, it),
        nearest: |it, cli| nearest_in(VOLUME_CREATE, it, cli),
        is_interspersed: true,
    }
}

fn parsed<'a>(reader: &mut Reader, call: &Call<'a>, grammar: &Grammar) -> Parsed<'a> {
    let mut problems = Vec::new();
    let parsed = arguments::parse(call.rest, grammar, &mut problems);
    for problem in problems {
        reader.unusable(problem.span, "It could not be read.");
        reader.problem(problem.kind, problem.span);
    }
    for given in &parsed.given {
        reader.ink(given.flag, Role::Key);
        if let Some(value) = given.value {
            reader.ink(value.span(), Role::String);
        }
    }
    for word in &parsed.between {
        reader.ink(word.span, Role::Word);
    }
    parsed
}

fn call_span(call: &Call) -> Span {
    match (call.head.first(), call.head.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    }
}

/// Tells of words behind the name, which both programs refuse.
fn too_many(reader: &mut Reader, parsed: &Parsed) {
    for word in parsed.between.iter().skip(1) {
        reader.unusable(word.span, "The command takes one name, and refuses further words.");
    }
}

/// A name and a value.
fn pair(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (name.to_owned(), value.to_owned())
}

/// Whether a switch is on.
fn is_on(given: &Given) -> bool {
    given.value.is_none_or(|it| !matches!(it.text(), "false" | "0" | "f" | "F" | "FALSE" | "False"))
}

pub(super) fn network_create(reader: &mut Reader, cli: Cli, call: &Call) {
    let parsed = parsed(reader, call, &grammar_of_network_create(cli));
    let Some(name) = parsed.between.first() else {
        return reader.problem(ProblemKind::NameMissing, call_span(call));
    };
    too_many(reader, &parsed);
    let mut network = Network { name: name.text.clone(), span: name.inner(), ..Network::default() };
    let mut parts: Vec<(&'static str, Value, At<String>)> = Vec::new();
    for given in &parsed.given {
        let Some(value) = given.value else {
            let it = Some(At::new(true, given.flag));
            switch(&mut network, given, it);
            continue;
        };
        let text = At::new(value.text().to_owned(), value.span());
        match given.name {
            "driver" => network.driver = Some(text),
            "opt" => network.driver_options.push(At::new(pair(&text.value), text.span)),
            "ipam-driver" => network.ipam_driver = Some(text),
            "ipam-opt" => network.ipam_options.push(At::new(pair(&text.value), text.span)),
            "label" => network.labels.push(At::new(pair(&text.value), text.span)),
            "subnet" | "ip-range" | "gateway" | "aux-address" => {
                let pieces = value.text().split(',').filter(|it| !it.is_empty());
                parts.extend(pieces.map(|it| (given.name, value, At::new(it.to_owned(), value.part_of(it)))));
            }
            "internal" | "attachable" | "ipv4" | "ipv6" | "ignore" => {
                let it = Some(At::new(is_on(given), given.flag));
                switch(&mut network, given, it);
            }
            name => network.flags.push(At::new((name.to_owned(), Some(text.value)), text.span)),
        }
    }
    subnets(reader, &mut network, parts);
    let at = reader.reading.project.networks.len();
    if reader.networks.insert(network.name.clone(), at).is_none() {
        reader.reading.project.networks.push(network);
    } else {
        reader.unusable(network.span, "A network of this name is made before.");
    }
}

fn switch(network: &mut Network, given: &Given, is_on: Option<At<bool>>) {
    match given.name {
        "internal" => network.internal = is_on,
        "attachable" => network.attachable = is_on,
        "ipv4" => network.ipv4 = is_on,
        "ipv6" => network.ipv6 = is_on,
        // The unit asks first whether the network is there.
        "ignore" => {}
        name => network.flags.push(At::new((name.to_owned(), None), given.flag)),
    }
}

/// Puts subnets and what is said of them together, as the program does: what lies in a subnet belongs to it.
///
/// Source: docker/cli `cli/command/network/create.go`, `createIPAMConfig`.
fn subnets(reader: &mut Reader, network: &mut Network, parts: Vec<(&'static str, Value, At<String>)>) {
    let mut blocks: Vec<Option<Subnet>> = Vec::new();
    for (_, value, text) in parts.iter().filter(|it| it.0 == "subnet") {
        let cidr = net::parse_cidr(&text.value);
        if cidr.is_none() {
            let message = format!("`{}` is no subnet", text.value);
            let help = "Write the first address of the subnet and the length of its prefix: `172.28.0.0/16`.";
            reader.malformed(
                "subnet",
                *value,
                Malformed { part: 0..value.text().len(), message, help: help.to_owned() },
            );
            continue;
        }
        blocks.push(cidr.map(Subnet::of));
        let subnet = SubnetOf { subnet: text.value.clone(), ..SubnetOf::default() };
        network.subnets.push(At::new(subnet, text.span));
    }
    for (name, value, text) in parts.iter().filter(|it| it.0 != "subnet") {
        let (key, address) = match *name {
            "aux-address" => text.value.split_once('=').unwrap_or(("", &text.value)),
            _ => ("", text.value.as_str()),
        };
        let first = match *name {
            "ip-range" => net::parse_cidr(address).map(|it| Subnet::of(it).network_address()),
            _ => net::parse_ip(address),
        };
        let Some(first) = first else {
            let (what, help) = match *name {
                "ip-range" => ("range of addresses", "Write it as a subnet: `172.28.5.0/24`."),
                _ => ("address", "Write an address of the subnet."),
            };
            let message = format!("`{address}` is no {what}");
            reader.malformed(name, *value, Malformed { part: 0..value.text().len(), message, help: help.to_owned() });
            continue;
        };
        let at = blocks.iter().position(|it| it.is_some_and(|it| it.holds(first)));
        let Some(subnet) = at.and_then(|it| network.subnets.get_mut(it)) else {
            let message = match blocks.is_empty() {
                true => format!("`{address}` has no subnet"),
                false => format!("`{address}` lies in none of the network's subnets"),
            };
            let help = "Give `--subnet` a block that holds it.".to_owned();
            reader.malformed(name, *value, Malformed { part: 0..value.text().len(), message, help });
            continue;
        };
        let told = Some(address.to_owned());
        match *name {
            "ip-range" => subnet.value.ip_range = told,
            "gateway" => subnet.value.gateway = told,
            _ => subnet.value.auxiliary.push((key.to_owned(), address.to_owned())),
        }
    }
}

pub(super) fn network_connect(reader: &mut Reader, cli: Cli, call: &Call) {
    let parsed = parsed(reader, call, &grammar_of_network_connect(cli));
    let [network, container, ..] = parsed.between.as_slice() else {
        return reader.problem(ProblemKind::NameMissing, call_span(call));
    };
    let mut joined = Joined { network: network.text.clone(), ..Joined::default() };
    for given in &parsed.given {
        let Some(text) = given.value.map(|it| it.text().to_owned()) else { continue };
        match given.name {
            "alias" => joined.aliases.extend(text.split(',').map(str::to_owned)),
            "ip" => joined.ipv4 = Some(text),
            "ip6" => joined.ipv6 = Some(text),
            "mac-address" => joined.mac = Some(text),
            "link" => {
                let why =
                    "A link within a network is a name for another container: an alias of that one does the same.";
                reader.unusable(given.flag, why);
            }
            name => joined.options.push((name.to_owned(), text)),
        }
    }
    let found = reader.names.get(&container.text).copied();
    match found.and_then(|it| reader.reading.project.containers.get_mut(it)) {
        Some(it) => it.networks.push(At::new(joined, network.inner())),
        None => {
            reader.problem(ProblemKind::ContainerUnknown(container.text.clone()), container.inner());
            reader.unusable(call_span(call).to(container.span), "The text makes no container of this name.");
        }
    }
}

pub(super) fn volume_create(reader: &mut Reader, cli: Cli, call: &Call) {
    let parsed = parsed(reader, call, &grammar_of_volume_create(cli));
    let old = parsed.given.iter().find(|it| it.name == "name").and_then(|it| it.value);
    let name = parsed.between.first().map(|it| At::new(it.text.clone(), it.inner()));
    let Some(name) = name.or_else(|| old.map(|it| At::new(it.text().to_owned(), it.span()))) else {
        let why = "A volume without a name belongs to nobody: containers make those that they need.";
        return reader.unusable(call_span(call), why);
    };
    too_many(reader, &parsed);
    let mut volume = Volume { name: name.value, span: name.span, ..Volume::default() };
    for given in &parsed.given {
        let text = given.value.map(|it| At::new(it.text().to_owned(), it.span()));
        match (given.name, text) {
            ("driver", text) => volume.driver = text,
            ("opt", Some(text)) => volume.driver_options.push(At::new(pair(&text.value), text.span)),
            ("label", Some(text)) => volume.labels.push(At::new(pair(&text.value), text.span)),
            ("name" | "ignore", _) => {}
            (name, text) => {
                let span = text.as_ref().map_or(given.flag, |it| it.span);
                volume.flags.push(At::new((name.to_owned(), text.map(|it| it.value)), span));
            }
        }
    }
    let at = reader.reading.project.volumes.len();
    if reader.volumes.insert(volume.name.clone(), at).is_none() {
        reader.reading.project.volumes.push(volume);
    } else {
        reader.unusable(volume.span, "A volume of this name is made before.");
    }
}
