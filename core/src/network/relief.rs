//! What can be done at once, before the train leaves: which commands free a range that Docker has taken, and what they stop?

use super::{Avoid, Clearance, Part};

/// Something to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relief {
    /// What it does: a sentence.
    pub about: String,
    /// The commands, one a line.
    pub commands: String,
    /// What stops, and for how long: a sentence or two.
    pub stops: &'static str,
}

/// Says which networks there are, with their subnets.
const LIST: &str = "docker network inspect --format '{{.Name}} {{range .IPAM.Config}}{{.Subnet}} {{end}}' $(docker network ls -q)";

/// What is told at most: who has more networks to free stops Docker.
const MOST: usize = 6;

/// What frees the ranges that collide, the likeliest first; nothing when nothing collides.
///
/// Which networks exist is known only where they were pasted; of a pool, the first command tells.
pub fn relief(clearance: &Clearance, avoid: &Avoid) -> Vec<Relief> {
    let mut told: Vec<Relief> = Vec::new();
    let mut asks = false;
    for hit in &clearance.hits {
        let it = match hit.what {
            Part::InUse(at) => {
                let name = avoid.in_use().get(at).map_or("", |it| &it.name);
                match name {
                    "bridge" | "docker0" => bridge(),
                    name => network(name, &hit.network.to_string()),
                }
            }
            Part::Docker0 | Part::Docker0Ipv6 => bridge(),
            Part::Pool(_) | Part::AddedPool if asks => continue,
            Part::Pool(_) | Part::AddedPool => {
                asks = true;
                let part = hit.first.map_or(hit.part, |it| it.subnet);
                Relief {
                    about: [
                        "See whether a network has addresses of ",
                        &part.to_string(),
                        " already; remove it if one does.",
                    ]
                    .concat(),
                    commands: [LIST, "\ndocker network rm NAME"].concat(),
                    stops: "The first command only looks. The second needs the containers of that network stopped: in the folder of a Compose project, `docker compose down` does both.",
                }
            }
        };
        if told.len() < MOST && !told.contains(&it) {
            told.push(it);
        }
    }
    told
}

/// Frees a network whose name was pasted.
fn network(name: &str, subnet: &str) -> Relief {
    let name = if is_plain(name) { name } else { "NAME" };
    let commands = match name.strip_suffix("_default") {
        Some(project) if !project.is_empty() => {
            ["docker compose --project-name ", project, " down"].concat()
        }
        _ => ["docker network rm ", name].concat(),
    };
    Relief {
        about: ["Remove the network ", name, ", which has ", subnet, "."].concat(),
        commands,
        stops: "The containers on that network stop; what is in their volumes stays.",
    }
}

/// Frees the default bridge.
fn bridge() -> Relief {
    Relief {
        about: "Take docker0 down until you are back.".to_owned(),
        commands: "sudo systemctl stop docker.socket docker.service\nsudo ip link delete docker0"
            .to_owned(),
        stops: "Every container. Docker makes docker0 again when it starts: in the same place, unless the configuration has changed.",
    }
}

/// Whether a pasted name is one that Docker gives, so that it can stand in a command.
///
/// Source: moby daemon/names/names.go, `RestrictedNameChars`; read at docker-v29.7.2.
fn is_plain(name: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_alphanumeric();
    name.starts_with(is_letter) && name.chars().all(|it| is_letter(it) || "_.-".contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Engine, Request, analyze,
        go::net::parse_cidr,
        network::{Avoided, Subnet},
    };

    #[track_caller]
    fn commands(given: &str, in_use: &[(&str, &str)]) -> Vec<String> {
        let network = |subnet: &str, name: &str| {
            Avoided::listed(Subnet::of(parse_cidr(subnet).expect(subnet)), name)
        };
        let in_use = in_use.iter().map(|(subnet, name)| network(subnet, name));
        let avoid = Avoid::new(vec![network(given, "")], in_use.collect(), 0);
        let plan = analyze(&Request::of("{}")).plan;
        let clearance = Clearance::of(&plan, &avoid, Engine::LATEST);
        let told = clearance.map(|it| relief(&it, &avoid)).unwrap_or_default();
        told.into_iter().map(|it| it.commands).collect()
    }

    #[test]
    fn frees_what_collides() {
        let stop = "sudo systemctl stop docker.socket docker.service\nsudo ip link delete docker0";
        let look = [LIST, "\ndocker network rm NAME"].concat();
        for (given, expected) in [
            ("10.0.0.0/8", vec![]),
            ("172.17.0.0/16", vec![stop.to_owned()]),
            ("172.18.0.0/16", vec![look.clone()]),
            ("172.16.0.0/12", vec![stop.to_owned(), look]), // one look for all pools
        ] {
            assert_eq!(commands(given, &[]), expected, "{given}");
        }
    }

    #[test]
    fn names_networks_that_were_pasted_and_only_plain_names() {
        for (name, command) in [
            ("shop_default", "docker compose --project-name shop down"),
            ("my-net.1", "docker network rm my-net.1"),
            ("_default", "docker network rm NAME"),
            ("a; rm -rf ~", "docker network rm NAME"),
        ] {
            let told = commands("172.20.0.0/16", &[("172.20.0.0/16", name)]);
            assert_eq!(told.first().map(String::as_str), Some(command), "{name}");
        }
    }
}
