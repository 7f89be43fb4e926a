//! Which steps free an address at once, in their order, and what do they stop?

use super::{
    AddressPlan, Avoid, Avoided, Clearance, Part,
    avoid::disjoint,
    pasted::System,
    proposal::private_ranges,
    space::{gaps, middle_block},
};
use crate::address::Subnet;

/// A step that frees addresses until networks are made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// For a shell, or a setting for the configuration.
    pub command: String,
    /// What it does and what it stops, in sentences.
    pub effect: String,
}

/// Shows the subnets of all networks, in the shells of Linux and macOS and in PowerShell.
const WHICH: &str =
    "docker network inspect $(docker network ls -q) --format '{{.Name}}{{range .IPAM.Config}} {{.Subnet}}{{end}}'";

impl Clearance {
    /// What frees the addresses at once, one step after the other. The next networks may collide again: only other pools
    /// help for good.
    pub fn right_now(&self, plan: &AddressPlan, avoid: &Avoid) -> Vec<Remedy> {
        let mut remedies = Vec::new();
        let mut hits_pool = false;
        let mut hits_docker0 = false;
        // What the Engine passes over is free.
        for hit in self.hits.iter().filter(|it| !it.steps_aside) {
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
                effect:
                    "Shows which network has which subnet. `docker network rm` removes the one that collides, once \
                         its containers have stopped."
                        .to_owned(),
            });
            remedies.push(Remedy {
                command: "docker compose down".to_owned(),
                effect:
                    "For the network of a Compose project, run this in the project's folder. It stops and removes its \
                         containers and networks; volumes stay. `docker compose up -d` brings them back."
                        .to_owned(),
            });
        }
        if hits_docker0 {
            remedies.extend(move_docker0(plan, avoid));
        }
        remedies
    }

    /// How a swarm gets a pool that is clear of all that is given, of the plan and of `besides`; `None` where its pool is
    /// in nobody's way, or no private block is free.
    ///
    /// Source: docker/cli cli/command/swarm/init.go, `--default-addr-pool` and `--default-addr-pool-mask-length`, at
    /// v29.7.2; that a swarm keeps its pool: moby api/types/swarm/swarm.go, where `InitRequest` has `DefaultAddrPool` and
    /// `Spec`, which `docker swarm update` changes, has not, at docker-v29.7.2.
    pub fn swarm_remedy(&self, plan: &AddressPlan, avoid: &Avoid, besides: &[Subnet]) -> Option<Remedy> {
        self.hits.iter().find(|it| it.what == Part::SwarmPool)?;
        let pool = clear_block(plan, avoid, besides, 16)?;
        Some(Remedy {
            command: format!(
                "docker swarm init --default-addr-pool {pool} --default-addr-pool-mask-length 24"
            ),
            effect: "Gives the overlay networks of a new swarm another pool; no setting of the daemon does. A swarm that \
                     exists keeps its pool: its nodes have to leave it first, and its services and networks are made anew."
                .to_owned(),
        })
    }
}

/// The change that moves docker0, then what makes it count.
fn move_docker0(plan: &AddressPlan, avoid: &Avoid) -> Vec<Remedy> {
    let Some(bip) = clear_block(plan, avoid, &[], 24).and_then(|it| it.address(1)) else {
        return Vec::new();
    };
    let is_desktop = |it: &Avoided| it.system == System::Other;
    let is_desktop = avoid.networks().iter().chain(avoid.in_use()).any(is_desktop);
    let setting = format!("\"bip\": \"{bip}/24\"");
    match is_desktop {
        true => vec![Remedy {
            command: setting,
            effect:
                "Moves docker0. In Docker Desktop: Settings › Docker Engine, add this to the configuration there, then \
                     *Apply & restart*, which stops all containers."
                    .to_owned(),
        }],
        false => vec![
            Remedy {
                command: setting,
                effect: "Add this to the configuration: docker0 moves there with the next step.".to_owned(),
            },
            Remedy {
                command: "sudo systemctl restart docker".to_owned(),
                effect: "Stops all containers, unless `live-restore` is on; then docker0 moves only when none runs."
                    .to_owned(),
            },
        ],
    }
}

/// A private block that nothing that is known of overlaps.
fn clear_block(plan: &AddressPlan, avoid: &Avoid, besides: &[Subnet], prefix_len: u8) -> Option<Subnet> {
    let mut busy: Vec<Subnet> = plan.pools.iter().map(|it| it.pool.base()).collect();
    busy.extend(plan.docker0.subnet);
    busy.extend(avoid.in_use().iter().map(|it| it.subnet));
    busy.extend(avoid.subnets());
    busy.extend(besides);
    let busy = disjoint(busy);
    private_ranges().find_map(|range| middle_block(&gaps(range, &busy), prefix_len, range))
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
    Some(match name.strip_suffix("_default").filter(|it| !it.is_empty()) {
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
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Engine, Request, address::Subnet, analyze, daemon::network::Avoided, docker::go::net::parse_cidr};

    fn listed(text: &str, name: &str) -> Avoided {
        Avoided::listed(Subnet::of(parse_cidr(text).expect(text)), name)
    }

    #[track_caller]
    fn commands(text: &str, avoid: &str, in_use: &[(&str, &str)]) -> Vec<String> {
        let in_use = in_use.iter().map(|it| listed(it.0, it.1)).collect();
        let avoid = Avoid::new(vec![listed(avoid, "")], in_use, 0);
        let request = Request { engine: Engine::LATEST, avoid: avoid.clone().into(), ..Request::of(text) };
        let report = analyze(&request);
        let clearance = report.clearance.expect("something to avoid");
        let remedies = clearance.right_now(&report.plan, &avoid).into_iter();
        remedies.map(|it| it.command).collect()
    }

    #[test]
    fn frees_what_exists_or_shows_where_to_look() {
        let bip = "\"bip\": \"10.127.255.1/24\"";
        let restart = "sudo systemctl restart docker";
        for (avoid, in_use, expected) in [
            ("10.0.0.0/8", &[][..], &[][..]),
            ("172.18.0.0/16", &[], &[WHICH, "docker compose down"]),
            ("172.17.0.0/16", &[], &[bip, restart]),
            ("172.18.0.0/16", &[("172.18.0.0/16", "shop_default")], &["docker compose -p shop down"]),
            (
                "172.18.0.0/16",
                &[("172.18.0.0/16", "backbone"), ("172.19.0.0/16", "else")],
                &["docker network rm backbone"],
            ),
            ("172.18.0.0/16", &[("172.18.0.0/16", "br-3f2a9c1d8e7b")], &["docker network rm 3f2a9c1d8e7b"]),
            ("172.17.0.0/16", &[("172.17.0.0/16", "docker0")], &[bip, restart]),
            // Nothing for a shell.
            ("172.18.0.0/16", &[("172.18.0.0/16", "x; rm -rf /")], &[]),
            ("172.18.0.0/16", &[("172.18.0.0/16", "-f")], &[]),
        ] {
            assert_eq!(commands("{}", avoid, in_use), expected, "{avoid} {in_use:?}");
        }
    }

    #[test]
    fn docker_desktop_has_no_systemd() {
        let office = Avoided { system: System::Other, ..listed("172.17.0.0/16", "office") };
        let avoid = Avoid::new(vec![office], Vec::new(), 0);
        let request = Request { avoid: avoid.clone().into(), ..Request::of("{}") };
        let report = analyze(&request);
        let clearance = report.clearance.expect("something to avoid");
        let steps = clearance.right_now(&report.plan, &avoid);
        let [step] = &steps[..] else {
            panic!("{steps:?}");
        };
        assert!(step.command.starts_with("\"bip\""), "{step:?}");
        assert!(step.effect.contains("Settings › Docker Engine"), "{step:?}");
    }

    #[test]
    fn a_swarm_gets_its_pool_when_it_is_made() {
        let request = |text: &str| {
            let avoid = Avoid::new(vec![listed(text, "vpn")], Vec::new(), 0);
            let mut request = Request { avoid: avoid.into(), ..Request::of("{}") };
            request.host.swarm = true;
            request
        };
        for (given, expected) in
            [("10.8.0.0/24", Some("docker swarm init --default-addr-pool 10.")), ("192.0.2.0/24", None)]
        {
            let request = request(given);
            let report = analyze(&request);
            let clearance = report.clearance.expect("something to avoid");
            let remedy = clearance.swarm_remedy(&report.plan, &request.avoid, &[]);
            let command = remedy.map(|it| it.command);
            assert_eq!(command.is_some(), expected.is_some(), "{given}");
            if let (Some(command), Some(expected)) = (command, expected) {
                assert!(command.starts_with(expected), "{command}");
                assert!(!command.contains("10.8.0.0"), "{command}");
            }
        }
    }
}
