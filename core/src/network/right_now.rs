//! Which commands free an address at once, and what do they stop?

use super::{Avoid, Clearance, Part};

/// A command that frees addresses until networks are made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// For a shell.
    pub command: String,
    /// What it does and what it stops, in sentences.
    pub effect: String,
}

/// Shows the subnets of all networks.
const WHICH: &str = "docker network ls -q | xargs docker network inspect --format '{{.Name}}{{range .IPAM.Config}} {{.Subnet}}{{end}}'";

impl Clearance {
    /// What frees the addresses at once. The next networks may collide again: only other pools help for good.
    pub fn right_now(&self, avoid: &Avoid) -> Vec<Remedy> {
        let mut remedies = Vec::new();
        let mut hits_pool = false;
        let mut hits_docker0 = false;
        for hit in &self.hits {
            match hit.what {
                Part::InUse(index) => {
                    let name = avoid.in_use().get(index).map_or("", |it| it.name.as_str());
                    match name {
                        "docker0" | "bridge" => hits_docker0 = true,
                        name => remedies.extend(removal(name)),
                    }
                }
                Part::Docker0 | Part::Docker0Ipv6 => hits_docker0 = true,
                Part::Pool(_) | Part::AddedPool => hits_pool = true,
                // Its networks are made anew with the swarm only.
                Part::SwarmPool => {}
            }
        }
        if hits_pool && avoid.in_use().is_empty() {
            remedies.push(Remedy {
                command: WHICH.to_owned(),
                effect: "Shows which network has which subnet. `docker network rm` removes the one that collides, once \
                         its containers have stopped."
                    .to_owned(),
            });
            remedies.push(Remedy {
                command: "docker compose down".to_owned(),
                effect: "When it is the network of a Compose project, in the project's folder: stops and removes its \
                         containers and networks; volumes stay. `docker compose up -d` brings them back."
                    .to_owned(),
            });
        }
        if hits_docker0 {
            remedies.push(Remedy {
                command: "sudo systemctl restart docker".to_owned(),
                effect: "Moves docker0, after `bip` has been changed. Stops all containers, unless `live-restore` is on; \
                         then docker0 moves only when none runs."
                    .to_owned(),
            });
        }
        remedies
    }
}

/// Removes a network; `None` for a name that a shell might take for something else.
///
/// Bridges are named after the first twelve digits of the network's id, which the commands take for a name.
///
/// Source: moby daemon/libnetwork/drivers/bridge/bridge_linux.go, `parseNetworkOptions`; a network with running
/// containers is refused: daemon/libnetwork/error.go, `ActiveEndpointsError`; read at docker-v29.7.2.
fn removal(name: &str) -> Option<Remedy> {
    let name = match name.strip_prefix("br-") {
        Some(id) if id.len() == 12 && id.bytes().all(|it| it.is_ascii_hexdigit()) => id,
        _ => name,
    };
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"_.-".contains(&it);
    let starts_well = name.starts_with(|it: char| it.is_ascii_alphanumeric());
    if !starts_well || !name.bytes().all(is_plain) {
        return None;
    }
    Some(
        match name.strip_suffix("_default").filter(|it| !it.is_empty()) {
            Some(project) => Remedy {
                command: format!("docker compose -p {project} down"),
                effect: format!(
                    "Stops and removes the containers of {project} and its networks; volumes stay. `docker compose up -d` in \
                 its folder brings them back."
                ),
            },
            None => Remedy {
                command: format!("docker network rm {name}"),
                effect: format!(
                    "Removes the network. Refused while containers run on it: `docker ps --filter network={name}` lists them."
                ),
            },
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Engine, Request, analyze,
        go::net::parse_cidr,
        network::{Avoided, Subnet},
    };

    fn listed(text: &str, name: &str) -> Avoided {
        Avoided::listed(Subnet::of(parse_cidr(text).expect(text)), name)
    }

    #[track_caller]
    fn commands(text: &str, avoid: &str, in_use: &[(&str, &str)]) -> Vec<String> {
        let in_use = in_use.iter().map(|it| listed(it.0, it.1)).collect();
        let avoid = Avoid::new(vec![listed(avoid, "")], in_use, 0);
        let request = Request {
            engine: Engine::LATEST,
            avoid: avoid.clone().into(),
            ..Request::of(text)
        };
        let clearance = analyze(&request).clearance.expect("something to avoid");
        let remedies = clearance.right_now(&avoid).into_iter();
        remedies.map(|it| it.command).collect()
    }

    #[test]
    fn frees_what_exists_or_shows_where_to_look() {
        let restart = "sudo systemctl restart docker";
        for (avoid, in_use, expected) in [
            ("10.0.0.0/8", &[][..], &[][..]),
            ("172.18.0.0/16", &[], &[WHICH, "docker compose down"]),
            ("172.17.0.0/16", &[], &[restart]),
            (
                "172.18.0.0/16",
                &[("172.18.0.0/16", "shop_default")],
                &["docker compose -p shop down"],
            ),
            (
                "172.18.0.0/16",
                &[("172.18.0.0/16", "backbone"), ("172.19.0.0/16", "else")],
                &["docker network rm backbone"],
            ),
            (
                "172.18.0.0/16",
                &[("172.18.0.0/16", "br-3f2a9c1d8e7b")],
                &["docker network rm 3f2a9c1d8e7b"],
            ),
            ("172.17.0.0/16", &[("172.17.0.0/16", "docker0")], &[restart]),
            // Nothing for a shell.
            ("172.18.0.0/16", &[("172.18.0.0/16", "x; rm -rf /")], &[]),
            ("172.18.0.0/16", &[("172.18.0.0/16", "-f")], &[]),
        ] {
            assert_eq!(
                commands("{}", avoid, in_use),
                expected,
                "{avoid} {in_use:?}"
            );
        }
    }
}
