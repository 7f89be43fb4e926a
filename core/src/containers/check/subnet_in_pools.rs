//! A subnet of the pools, from which networks without one are served.

use super::{Context, Diagnostic, Open, Written, order};

rule! {
    /// A subnet lies in the address pools, from which networks without a subnet get theirs.
    ///
    /// ## Why it matters
    /// It is allowed, and takes its place out of the pools. But whichever network is made first has it: where Docker has
    /// given these addresses to another network before, this one is refused, "Pool overlaps with other one on this address
    /// space". Nothing says which network of a text is made first.
    ///
    /// ## What to do
    /// Choose a subnet outside the pools, or give the other networks subnets, too.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web: { image: "nginx:1.27", networks: [front, back] }
    /// networks:
    ///   front:
    ///     ipam: { config: [{ subnet: 172.18.0.0/16 }] }
    ///   back:
    /// ```
    /// ```sh
    /// docker network create back
    /// docker network create --subnet 172.18.0.0/16 front
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/address_space.go`, `allocatePredefinedPool`, `allocateSubnet`;
    /// containers/common `libnetwork/internal/util/bridge.go`, `CreateBridge`
    "subnet-in-pools", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let networks = context.networks;
    let mut open: Vec<(&Open, crate::address::Subnet)> =
        networks.open.iter().flat_map(|open| open.gets_first.iter().map(move |it| (open, *it))).collect();
    order::sort(&mut open, |a, b| a.1.cmp(&b.1));
    for it in networks.written.iter().filter(|it| it.is_exclusive && !networks.meets_bridge(it.subnet)) {
        let Some(pool) = networks.plan.pools.iter().map(|it| it.pool).find(|pool| pool.base().overlaps(it.subnet))
        else {
            continue;
        };
        // Those in order that overlap it are beside its place.
        let behind = open.partition_point(|open| open.1 < it.subnet);
        let near = open.get(behind.saturating_sub(1)..).unwrap_or_default().iter().take(2);
        let rival = near.into_iter().find(|open| open.1.overlaps(it.subnet));
        found.push(match rival {
            Some((open, subnet)) => rivalled(context, it, open, *subnet),
            None => Diagnostic::hint(ID, it.span, format!("{} may have given {} to another network", context.maker(), it.subnet))
                .why(format!(
                    "It lies in the address pool {}, from which networks without a subnet get theirs, each the first that is free.",
                    pool.base()
                ))
                .help(format!("Choose a subnet outside the pools{}, or make this network before others.", context.such_as())),
        });
    }
}

/// A network without a subnet may get this one.
fn rivalled(context: &Context, it: &Written, open: &Open, subnet: crate::address::Subnet) -> Diagnostic {
    let rivals = context.names(&open.networks, "or");
    let name = context.name(it.network);
    let mut found = Diagnostic::warning(ID, it.span, format!("{} of `{name}` may go to {rivals} first", it.subnet))
        .why(format!(
            "{rivals} without a subnet may get {subnet} of the address pools. Where that is made first, {} refuses `{name}`.",
            context.maker()
        ))
        .help(format!("Choose a subnet outside the pools{}, or give the others subnets, too.", context.such_as()))
        .fix(context.give_subnets(open));
    for network in open.networks.iter().take(6) {
        found = found.related(context.span(*network), "has no subnet");
    }
    found
}
