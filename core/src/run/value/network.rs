//! A network that a container joins: `name=web,alias=app,ip=10.1.0.2`, `web:ip=10.1.0.2`, `host`.

use super::fields;
use crate::{
    containers::model::{Joined, NetworkMode},
    docker::go::{net, strconv},
    run::{flags::Cli, problem::Malformed},
};

/// What the value of `--network` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Network {
    /// A network of its own name.
    Joined(Joined),
    /// No network of its own.
    Mode(NetworkMode),
}

/// Reads the value of `--network`; Podman may name several.
///
/// Source: docker/cli `opts/network.go`, `NetworkOpt.Set`; moby `api/types/container/hostconfig.go`, `NetworkMode`;
/// containers/podman `pkg/specgen/namespaces.go`, `ParseNetworkFlag` and `parseBridgeNetworkOptions`.
///
/// # Errors
///
/// What the program refuses: `name=web,foo=bar`, `name=web,ip=10.1.0.300`, `alias=app`.
pub fn network(text: &str, cli: Cli) -> Result<Vec<Network>, Malformed> {
    if text.is_empty() {
        return Err(Malformed::at(text, text, "The network has no name", "Name the network, or leave the flag out."));
    }
    match cli {
        Cli::Docker => of_docker(text).map(|it| vec![it]),
        Cli::Podman => of_podman(text),
    }
}

/// What is no network by itself; `None` for the name of one.
fn mode(text: &str) -> Option<NetworkMode> {
    Some(match text {
        "host" => NetworkMode::Host,
        "none" => NetworkMode::None,
        "bridge" => NetworkMode::Bridge,
        "default" => NetworkMode::Other("default".to_owned()),
        _ => NetworkMode::Container(text.strip_prefix("container:")?.to_owned()),
    })
}

fn of_docker(text: &str) -> Result<Network, Malformed> {
    let is_long = text.as_bytes().windows(3).any(|it| {
        let is_letter = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
        matches!(it, [before, b'=', behind] if is_letter(*before) && is_letter(*behind))
    });
    if !is_long {
        return Ok(mode(text).map_or_else(|| named(text), Network::Mode));
    }
    let mut joined = Joined::default();
    for (field, place) in fields(text) {
        let field = field.to_lowercase();
        let refuse = |message: String, help: &str| Err(Malformed::at(text, place, message, help));
        let Some((key, value)) = field.split_once('=').map(|(key, value)| (key.trim(), value.trim())) else {
            return refuse(format!("`{field}` is no name with a value"), HELP);
        };
        let address = |value: &str| net::parse_addr(value).map(|_| value.to_owned());
        match key {
            "name" => joined.network = value.to_owned(),
            "alias" => joined.aliases.push(value.to_owned()),
            "ip" => match address(value) {
                Some(it) => joined.ipv4 = Some(it),
                None => return refuse(format!("`{value}` is no address"), "Write an IPv4 address of the network."),
            },
            "ip6" => match address(value) {
                Some(it) => joined.ipv6 = Some(it),
                None => return refuse(format!("`{value}` is no address"), "Write an IPv6 address of the network."),
            },
            "mac-address" => joined.mac = Some(value.to_owned()),
            "gw-priority" if strconv::atoi(value).is_none() => {
                return refuse(format!("`{value}` is no priority"), "Write a whole number.");
            }
            "gw-priority" | "driver-opt" | "link-local-ip" => joined.options.push((key.to_owned(), value.to_owned())),
            _ => return refuse(format!("`{key}` is no part of a network"), HELP),
        }
    }
    match joined.network.is_empty() {
        true => Err(Malformed::at(text, text, "The network has no name", "Add `name=`.")),
        false => Ok(match mode(&joined.network) {
            Some(mode) if joined.aliases.is_empty() && joined.ipv4.is_none() => Network::Mode(mode),
            _ => Network::Joined(joined),
        }),
    }
}

const HELP: &str =
    "The parts are `name`, `alias`, `ip`, `ip6`, `mac-address`, `link-local-ip`, `driver-opt` and `gw-priority`.";

fn named(name: &str) -> Network {
    Network::Joined(Joined { network: name.to_owned(), ..Joined::default() })
}

fn of_podman(text: &str) -> Result<Vec<Network>, Malformed> {
    if let Some(mode) = mode(text) {
        return Ok(vec![Network::Mode(mode)]);
    }
    let name = text.split(':').next().unwrap_or_default();
    if matches!(name, "slirp4netns" | "pasta" | "private" | "ns" | "pod" | "bridge") {
        return Ok(vec![Network::Mode(NetworkMode::Other(text.to_owned()))]);
    }
    let Some((name, options)) = text.split_once(':') else {
        return Ok(text.split(',').filter(|it| !it.is_empty()).map(named).collect());
    };
    let mut joined = Joined { network: name.to_owned(), ..Joined::default() };
    for option in options.split(',').filter(|it| !it.is_empty()) {
        let (key, value) = option.split_once('=').unwrap_or((option, ""));
        match key {
            "ip" | "ip6" => match net::parse_ip(value) {
                Some(it) if it.is_ipv4() => joined.ipv4 = Some(value.to_owned()),
                Some(_) => joined.ipv6 = Some(value.to_owned()),
                None => {
                    let message = format!("`{value}` is no address");
                    return Err(Malformed::at(text, option, message, "Write an address of the network."));
                }
            },
            "mac" => joined.mac = Some(value.to_owned()),
            "alias" => joined.aliases.push(value.to_owned()),
            _ => joined.options.push((key.to_owned(), value.to_owned())),
        }
    }
    Ok(vec![Network::Joined(joined)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, cli: Cli) -> String {
        let each = |it: Network| match it {
            Network::Mode(mode) => format!("{mode:?}"),
            Network::Joined(it) => {
                let addresses = [it.ipv4, it.ipv6, it.mac].map(Option::unwrap_or_default).join("|");
                format!("{} {} {addresses} {:?}", it.network, it.aliases.join(","), it.options)
            }
        };
        network(text, cli).expect(text).into_iter().map(each).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn reads_networks() {
        for (text, expected) in [
            ("host", "Host"),
            ("none", "None"),
            ("container:db", "Container(\"db\")"),
            ("web", "web  || []"),
            ("name=web,alias=App,ip=10.1.0.2", "web app 10.1.0.2|| []"), // Docker makes it all lower case
            ("name=web,gw-priority=10,ip6=fd00::2", "web  |fd00::2| [(\"gw-priority\", \"10\")]"),
            ("name=host", "Host"),
        ] {
            assert_eq!(told(text, Cli::Docker), expected);
        }
        for (text, expected) in [
            ("slirp4netns:port_handler=slirp4netns", "Other(\"slirp4netns:port_handler=slirp4netns\")"),
            ("pasta", "Other(\"pasta\")"),
            ("web:alias=app,ip=10.1.0.2,mac=aa:bb:cc:dd:ee:ff", "web app 10.1.0.2||aa:bb:cc:dd:ee:ff []"),
            ("web,db", "web  || []; db  || []"),
            ("web:interface_name=eth9", "web  || [(\"interface_name\", \"eth9\")]"),
        ] {
            assert_eq!(told(text, Cli::Podman), expected);
        }
    }

    #[test]
    fn names_what_is_refused() {
        for (text, part) in [
            ("", ""),
            ("alias=app", "alias=app"),
            ("name=web,foo=bar", "foo=bar"),
            ("name=web,ip=10.1.0.300", "ip=10.1.0.300"),
            ("name=web,gw-priority=high", "gw-priority=high"),
        ] {
            assert_eq!(&text[network(text, Cli::Docker).expect_err(text).part], part);
        }
        assert!(network("web:ip=x", Cli::Podman).is_err());
    }
}
