//! A network whose subnet is left to chance, where not every subnet is good.

use super::{Context, Diagnostic, Open};
use crate::{
    address::{Collisions, Subnet},
    containers::print::Backend,
    daemon::network::Avoided,
};

rule! {
    /// A network gets a subnet of the address pools, which hold a network to keep clear of.
    ///
    /// ## Why it matters
    /// Docker gives the network the first subnet that is free, 172.18.0.0/16 where nothing else is, and Podman 10.89.0.0/24.
    /// They pass over networks that the machine is connected to at that moment, and know of no others. While the network is
    /// there, the machine does not reach what really has its addresses.
    ///
    /// ## What to do
    /// Give the network a subnet that nothing around the machine has, or give the daemon other pools.
    ///
    /// ## Example
    /// ```yaml keep-clear=172.18.0.0/16
    /// # With 172.18.0.0/16, a train's Wi-Fi, among the networks to keep clear of.
    /// services:
    ///   web: { image: "nginx:1.27" }
    /// ```
    /// ```sh keep-clear=172.18.0.0/16
    /// # With 172.18.0.0/16, a train's Wi-Fi, among the networks to keep clear of.
    /// docker network create front
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/address_space.go`, `allocatePredefinedPool`,
    /// `daemon/libnetwork/netutils/utils_linux.go`, `InferReservedNetworks`; containers/common
    /// `libnetwork/internal/util/util.go`, `GetUsedSubnets`
    "subnet-left-open", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let avoid = context.networks.avoid.certain();
    for open in &context.networks.open {
        let Some(gets) = &open.gets else { continue };
        let pools = context.networks.plan.pools.iter().map(|it| it.pool.base());
        let pools: Vec<Subnet> = pools.filter(|it| it.family() == open.family).collect();
        let hit = |subnets: &[Subnet]| {
            let found = Collisions::between(subnets, avoid.subnets()).ours;
            let first = found.iter().min_by_key(|it| it.index)?;
            Some((*subnets.get(first.index as usize)?, avoid.networks().get(first.first as usize)?))
        };
        if let Some((subnet, avoided)) = hit(gets) {
            found.push(told(context, open, subnet, avoided, true));
        } else if let Some((pool, avoided)) = hit(&pools) {
            found.push(told(context, open, pool, avoided, false));
        }
    }
}

/// `is_first`: where nothing else is, one of the networks gets the subnet; otherwise some day one of the pool.
fn told(context: &Context, open: &Open, subnet: Subnet, avoided: &Avoided, is_first: bool) -> Diagnostic {
    let names = context.names(&open.networks, "or");
    let other = match avoided.name.as_str() {
        "" => format!("{}, a network to keep clear of", avoided.subnet),
        name => format!("{} of {name}", avoided.subnet),
    };
    let span = open.networks.first().map(|it| context.span(*it)).unwrap_or_default();
    let maker = context.maker();
    let diagnostic = match is_first {
        true => {
            let gets = if open.networks.len() == 1 { "gets" } else { "may get" };
            let message = format!("{names} {gets} {subnet}, which overlaps {other}");
            Diagnostic::warning(ID, span, message).why(format!(
                "{maker} gives a network without a subnet the first of its pools that is free. The machine then does not reach what really has these addresses."
            ))
        }
        false => Diagnostic::hint(ID, span, format!("{names} may get a subnet of {subnet}, which holds {other}")).why(format!(
            "{maker} gives a network without a subnet the first of its pools that is free: another one where other networks are there. It passes over what the machine is connected to at that moment, and knows of nothing else."
        )),
    };
    let daemon = match context.networks.backend {
        Backend::Docker => "give the daemon other `default-address-pools`",
        Backend::Podman => "give Podman other `default_subnet_pools` in `containers.conf`",
    };
    let which = if open.networks.len() == 1 { "it a subnet" } else { "each a subnet" };
    let mut diagnostic = diagnostic
        .help(format!("Give {which} that nothing around the machine has{}, or {daemon}.", context.such_as()))
        .fix(context.give_subnets(open));
    for network in open.networks.iter().skip(1).take(6) {
        diagnostic = diagnostic.related(context.span(*network), "has no subnet either");
    }
    diagnostic
}
