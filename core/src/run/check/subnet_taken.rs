//! A subnet that another network has, or may get.

use super::{Context, Found, refused};
use crate::{address::Subnet, docker::go::net, rule::diagnostic::Diagnostic, text::Span};

rule! {
    /// A subnet that another network has, or may get.
    ///
    /// ## Why it matters
    /// Docker refuses a network whose subnet overlaps that of another: "Pool overlaps with other one on this address
    /// space". Where it lies within the default address pools, a network that Docker made before may have it.
    ///
    /// ## What to do
    /// Choose a subnet outside the default address pools, such as one of 10.0.0.0/8.
    ///
    /// ## Example
    /// ```sh
    /// docker network create --subnet 172.17.0.0/24 web
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/address_space.go`, `allocateSubnet`; docker/cli
    /// `cli/command/network/create.go`, `createIPAMConfig`
    "subnet-taken", [Error, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let mut seen: Vec<(Subnet, Span, &str)> = Vec::new();
    for network in context.project.networks.iter().filter(|it| !it.is_external) {
        // macvlan and ipvlan are given the subnet of a network that is there.
        let driver = network.driver.as_ref().map_or("bridge", |it| it.value.as_str());
        for subnet in network.subnets.iter().take(MOST.saturating_sub(seen.len())) {
            let Some(block) = net::parse_cidr(&subnet.value.subnet).map(Subnet::of) else { continue };
            let rival = seen.iter().find(|it| it.0.overlaps(block));
            let help = "Choose a subnet of its own, such as one of 10.0.0.0/8 that no network you reach has.";
            if let Some((other, place, name)) = rival {
                let message = match *name == network.name {
                    true => format!("Subnet {block} overlaps {other} of the same network"),
                    false => format!("Subnet {block} overlaps {other} of `{name}`"),
                };
                found.push(
                    refused(ID, subnet.span, message)
                        .related(*place, "has addresses in common with it")
                        .why("Docker refuses a network whose subnet overlaps that of another.")
                        .help(help),
                );
            } else if let Some(bridge) = context.choices.docker0.filter(|it| it.overlaps(block) && driver == "bridge") {
                found.push(
                    refused(ID, subnet.span, format!("Subnet {block} overlaps {bridge} of docker0"))
                        .why("That is the network that Docker has by itself, and it refuses another one in it.")
                        .help(help),
                );
            } else if let Some(pool) =
                context.choices.pools.iter().find(|it| it.overlaps(block)).filter(|_| driver == "bridge")
            {
                found.push(
                    Diagnostic::hint(ID, subnet.span, format!("Docker may have given {block} to another network"))
                        .why(format!("It lies in the default address pool {pool}, from which Docker takes subnets of its own choice: the first network gets the first that is free."))
                        .help("Choose a subnet outside the default address pools, or make this network before the others."),
                );
            }
            seen.push((block, subnet.span, &network.name));
        }
    }
}

/// So many subnets are compared with each other.
const MOST: usize = 512;

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_subnets_that_overlap() {
        for (text, expected) in [
            (
                "docker network create --subnet 10.1.0.0/16 a\ndocker network create --subnet 10.1.2.0/24 b",
                &["error 10.1.2.0/24"][..],
            ),
            ("docker network create --subnet 10.1.0.0/16 --subnet 10.1.2.0/24 a", &["error 10.1.2.0/24"]),
            ("docker network create --subnet 172.17.5.0/24 a", &["error 172.17.5.0/24"]),
            ("docker network create --subnet 172.28.0.0/16 a", &["hint 172.28.0.0/16"]),
            ("docker network create --subnet 10.1.0.0/16 a", &[]),
            ("docker network create -d macvlan --subnet 192.168.1.0/24 a", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
