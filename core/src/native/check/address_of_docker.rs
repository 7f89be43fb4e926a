//! An address that Docker has, or may give away.

use super::{Context, Diagnostic, Found};
use crate::address::{Collisions, Subnet};

rule! {
    /// An address of a container is one of Docker's: of docker0, or of a pool that its networks come from.
    ///
    /// ## Why it matters
    /// The host has two interfaces for the same address, and reaches one of the two. Docker keeps clear of an address only
    /// while the container runs, and only when it makes a network.
    ///
    /// ## What to do
    /// Use addresses outside of Docker's pools, or give Docker pools that leave room: `default-address-pools` in
    /// `virtualisation.docker.daemon.settings`.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker.enable = true;
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostAddress = "172.17.0.10";
    ///     localAddress = "172.17.0.11";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipamutils/utils.go`, `GetLocalScopeDefaultNetworks`;
    /// `daemon/libnetwork/netutils/utils_linux.go`, `InferReservedNetworks`
    "address-of-docker", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let space = context.space;
    let all = &space.used;
    let subnets: Vec<Subnet> = all.iter().map(|it| it.subnet).collect();
    let bridges: Vec<Subnet> = space.docker0().collect();
    let mut told = std::collections::HashSet::new();
    for collision in Collisions::between(&subnets, &bridges).ours {
        let (Some(it), Some(bridge)) = (all.get(collision.index as usize), bridges.get(collision.widest as usize))
        else {
            continue;
        };
        told.insert(collision.index);
        found.push(
            Diagnostic::warning(
                ID,
                it.span,
                format!("{} of `{}` is in {bridge} of docker0", it.address, context.name(it.container)),
            )
            .why("The host has two interfaces for these addresses, and reaches the container or those of Docker, not both.")
            .help(format!("Use an address that Docker does not have{}, or move docker0 with `bip`.", context.such_as()))
            .fix(context.other_pair(it)),
        );
    }
    let pools: Vec<Subnet> = space.networks.plan.pools.iter().map(|it| it.pool.base()).collect();
    for collision in Collisions::between(&subnets, &pools).ours {
        let (Some(it), Some(pool)) = (all.get(collision.index as usize), pools.get(collision.widest as usize)) else {
            continue;
        };
        if !told.insert(collision.index) {
            continue;
        }
        found.push(
            Diagnostic::hint(
                ID,
                it.span,
                format!("{} of `{}` is in {pool}, a pool of Docker", it.address, context.name(it.container)),
            )
            .why("A network that Docker makes while the container does not run may get this address.")
            .help(format!("Use an address outside of Docker's pools{}.", context.such_as()))
            .fix(context.other_pair(it)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn addresses_are_compared_with_those_of_docker() {
        let with = |docker: &str, address: &str| {
            format!("{{ {docker} containers.web = {{ privateNetwork = true; localAddress = \"{address}\"; }}; }}")
        };
        let on = "virtualisation.docker.enable = true;";
        for (docker, address, expected) in [
            ("", "172.17.0.2", &[][..]),
            (on, "172.17.0.2", &["warning \"172.17.0.2\""]),
            (on, "192.168.100.11", &["hint \"192.168.100.11\""]),
            (on, "10.7.0.2", &[]),
            (
                "virtualisation.docker = { enable = true; daemon.settings.default-address-pools = [ { base = \"10.7.0.0/16\"; size = 24; } ]; };",
                "10.7.3.2",
                &["hint \"10.7.3.2\""],
            ),
            (
                "virtualisation.docker = { enable = true; daemon.settings.bip = \"10.7.3.1/24\"; };",
                "10.7.3.2",
                &["warning \"10.7.3.2\""],
            ),
        ] {
            assert_found(&with(docker, address), ID, expected);
        }
        let text = with("", "10.7.0.2");
        assert_eq!(found_with(&text, ID, chosen("pools", "10.7.0.0/16 size 20")), ["warning \"10.7.0.2\""]);
    }
}
